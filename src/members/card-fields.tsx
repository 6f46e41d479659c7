import { NativeSelect, TextInput } from '@mantine/core'
import type { DutyHours } from '../core/hours.ts'
import { languageWords } from '../web/parts/words.ts'
import { HoursField } from './hours-field.tsx'
import { languagesFrom } from './hours-words.ts'
import styles from './members.module.css'

/** A card while it is being written: languages as typed. */
export interface CardDraft {
  readonly timeZone: string
  readonly hours: DutyHours
  readonly languages: string
  readonly channel: string
}

export interface CardFieldsProps {
  readonly draft: CardDraft
  readonly onDraft: (draft: CardDraft) => void
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** What an organisation says of itself: when it is there, what it speaks, how it is reached. */
export function CardFields({ draft, onDraft }: CardFieldsProps) {
  const set = (more: Partial<CardDraft>) => onDraft({ ...draft, ...more })
  const { codes, unknown } = languagesFrom(draft.languages)
  const zones = ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES]
  return (
    <>
      <HoursField value={draft.hours} onValue={(hours) => set({ hours })} />
      <div className={styles.grid}>
        <NativeSelect
          label="Time zone"
          description="Its hours are counted by this clock, summer time included."
          value={draft.timeZone}
          onChange={(event) => set({ timeZone: event.currentTarget.value })}
          data={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        />
        <TextInput
          label="Reach them by"
          description="What the duty person hears at night: a telephone, a messenger. Members alone see it."
          value={draft.channel}
          onChange={(event) => set({ channel: event.currentTarget.value })}
          maxLength={200}
        />
      </div>
      <TextInput
        label="Languages spoken, with commas between"
        description={
          codes.length > 0
            ? `Understood: ${codes.map(languageWords).join(', ')}`
            : 'For example: Thai, English'
        }
        value={draft.languages}
        onChange={(event) => set({ languages: event.currentTarget.value })}
        error={unknown.length > 0 && `Not known as a language: ${unknown.join(', ')}`}
        maxLength={400}
      />
    </>
  )
}

/** The draft as the server wants it; null while a language is not known. */
export function cardOf({ timeZone, hours, languages, channel }: CardDraft) {
  const { codes, unknown } = languagesFrom(languages)
  if (unknown.length > 0 || codes.length > 20) return null
  return { timeZone, hours, languages: codes, channel: channel.trim() === '' ? null : channel.trim() }
}
