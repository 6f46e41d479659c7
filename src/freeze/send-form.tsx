import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { TLPS } from '../core/shapes.ts'
import type { Identity } from '../reports/draft.ts'
import type { Entry } from '../reports/entries.ts'
import { factLine, sharedOf } from '../reports/leaving.ts'
import { LeavingList } from '../reports/leaving-list.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { TLP_WORDS } from '../web/parts/tlp-label.tsx'
import type { Rail } from './rail.ts'
import { BASES, type Basis, carriedBy, type Problem, problemsOf, type RequestDraft } from './request-draft.ts'
import { leavingOfRequest, wantedBy } from './request-leaving.ts'
import type { SendableFile } from './send-request.ts'
import styles from './who-can-act.module.css'

export interface SendFormProps {
  readonly draft: RequestDraft
  readonly onDraft: (draft: RequestDraft) => void
  readonly toName: string
  /** It is a member of the network no more. */
  readonly hasLeft: boolean
  readonly fromName: string
  readonly rail: Rail
  readonly entries: readonly Entry[]
  readonly tokens: number
  readonly identity: Identity
  readonly text: string
  readonly files: readonly SendableFile[]
  /** “Send”, or “Save the report and send”. */
  readonly label: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSend: (draft: RequestDraft) => void
}

/** The few fields that are left, exactly what leaves, and the one press that sends it. */
export function SendForm(props: SendFormProps) {
  const { draft, toName, hasLeft, rail, entries, label, busy, error, onSend } = props
  const carried = carriedBy(draft, sharedOf(entries))
  const left = { field: 'toOrg', say: `${toName} has left the network: choose somebody else.` }
  const problems = [...(hasLeft ? [left] : []), ...problemsOf(draft, carried)]
  return (
    <section className={styles.send} aria-label={`Request to ${toName}`}>
      <h3>
        Ask {toName}: {rail.name}
      </h3>
      <p className="quiet small">{rail.description}</p>
      <div className={styles.sides}>
        <Asks {...props} carried={carried} problems={problems} />
        <Preview {...props} carried={carried} />
      </div>
      <Problems problems={problems} />
      {error != null && <ErrorNote error={error} what="The request was not sent" />}
      <NextAction
        type="button"
        classNames={{ root: styles.press ?? '', label: styles.words ?? '' }}
        disabled={problems.length > 0}
        loading={busy}
        onClick={() => onSend(draft)}
      >
        {label}
      </NextAction>
    </section>
  )
}

type AsksProps = SendFormProps & {
  readonly carried: readonly Entry[]
  readonly problems: readonly Problem[]
}

/** What a person still says: why, a note, for whom, and what goes along. */
function Asks(props: AsksProps) {
  const { draft, onDraft, entries, problems } = props
  const set = (part: Partial<RequestDraft>) => onDraft({ ...draft, ...part })
  const wrong = (field: string) => problems.find((problem) => problem.field === field)?.say ?? null
  return (
    <div className={styles.asks}>
      <BasisFields draft={draft} set={set} wrong={wrong} />
      <Textarea
        size="sm"
        label="Note to them, in the clear"
        description="What happened in three sentences, who else was told, who answers tonight. No names of victims."
        value={draft.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={wrong('note')}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
      />
      <NativeSelect
        size="sm"
        label="Marking"
        description={`For ${TLP_WORDS[draft.tlp]}.`}
        value={draft.tlp}
        onChange={(event) => set({ tlp: TLPS.find((tlp) => tlp === event.currentTarget.value) ?? 'AMBER' })}
        data={TLPS.map((value) => ({ value, label: `TLP:${value}` }))}
      />
      <BriefingFields {...props} set={set} />
      <CarriedFields draft={draft} shared={sharedOf(entries)} set={set} />
      <Wanted {...props} />
    </div>
  )
}

interface PartProps {
  readonly draft: RequestDraft
  readonly set: (part: Partial<RequestDraft>) => void
}

const BASIS_HELP: Record<Basis, string> = {
  consent: 'Who agreed, when, and to what',
  public_interest: 'What harm it prevents, and why you could not ask',
  legal_gateway: 'The law or agreement',
}

function BasisFields({
  draft,
  set,
  wrong,
}: PartProps & { readonly wrong: (field: string) => string | null }) {
  return (
    <div>
      <Radio.Group
        label="Why you may share this"
        value={draft.basis}
        onChange={(value) => set({ basis: value as Basis })}
        size="sm"
      >
        <div className={styles.radios}>
          {(Object.keys(BASES) as Basis[]).map((basis) => (
            <Radio key={basis} size="sm" value={basis} label={BASES[basis]} />
          ))}
        </div>
      </Radio.Group>
      {draft.basis !== '' && (
        <TextInput
          size="sm"
          mt={6}
          label={BASIS_HELP[draft.basis]}
          value={draft.basisWords}
          onChange={(event) => set({ basisWords: event.currentTarget.value })}
          error={draft.basisWords === '' ? null : wrong('basisWords')}
          autoComplete="off"
        />
      )}
    </div>
  )
}

function BriefingFields({ draft, set, identity, text, files, toName }: SendFormProps & PartProps) {
  const { briefing } = draft
  const change = (part: Partial<RequestDraft['briefing']>) => set({ briefing: { ...briefing, ...part } })
  const known = Object.values(identity).some((value) => value.trim() !== '')
  return (
    <fieldset className={styles.ticks}>
      <legend>Add, sealed to the people of {toName}</legend>
      <Checkbox
        size="sm"
        checked={briefing.identity}
        disabled={!known && !briefing.identity}
        onChange={(event) => change({ identity: event.currentTarget.checked })}
        label={known ? 'The person: name, contact and notes' : 'The person: nothing is written there yet'}
      />
      {text !== '' && (
        <Checkbox
          size="sm"
          checked={briefing.text}
          onChange={(event) => change({ text: event.currentTarget.checked })}
          label="The whole text"
        />
      )}
      {files.map(({ id, name }) => (
        <Checkbox
          key={id}
          size="sm"
          checked={briefing.files.includes(id)}
          onChange={(event) =>
            change({
              files: event.currentTarget.checked
                ? [...briefing.files, id]
                : briefing.files.filter((it) => it !== id),
            })
          }
          label={name}
        />
      ))}
    </fieldset>
  )
}

/** Facts ticked in the list, each of which this request may still leave out. */
function CarriedFields({ draft, set, shared }: PartProps & { readonly shared: readonly Entry[] }) {
  const others = shared.filter(({ key }) => key !== draft.accountKey)
  if (others.length === 0) return null
  return (
    <fieldset className={styles.ticks}>
      <legend>Facts that go along, in the clear</legend>
      {others.map((entry) => {
        const { label, value } = factLine(entry)
        const out = draft.without.includes(entry.key)
        return (
          <Checkbox
            key={entry.key}
            size="sm"
            checked={!out}
            onChange={() =>
              set({
                without: out
                  ? draft.without.filter((key) => key !== entry.key)
                  : [...draft.without, entry.key],
              })
            }
            label={`${label} ${value}`}
          />
        )
      })}
    </fieldset>
  )
}

function Wanted({ draft, rail, carried }: SendFormProps & { readonly carried: readonly Entry[] }) {
  const wanted = wantedBy(rail.fields, draft, carried)
  const open = wanted.filter(({ standing }) => standing === 'say')
  return (
    <details className={styles.wanted}>
      <summary>
        They ask for {wanted.length} things; {wanted.length - open.length} are there
      </summary>
      <ul>
        {wanted.map(({ label, help, must, standing }) => (
          <li key={label}>
            <strong>{label}</strong>{' '}
            <span className="quiet">
              {standing === 'there'
                ? 'is there'
                : must
                  ? 'needed: say it in the note or the sealed part'
                  : 'helps'}
            </span>
            <p className="quiet">{help}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Preview(props: SendFormProps & { readonly carried: readonly Entry[] }) {
  const { draft, toName, fromName, rail, entries, tokens, identity, text, files, carried } = props
  const leaving = leavingOfRequest({
    ...{ draft, toName, fromName, carried, tokens, identity, text, files },
    railName: rail.name,
    all: entries,
  })
  return <LeavingList title={`What leaves to ${toName}`} leaving={leaving} />
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div aria-live="polite">
      {problems.length > 0 && (
        <ul className={styles.problems}>
          {problems.map(({ field, say }) => (
            <li key={field}>{say}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
