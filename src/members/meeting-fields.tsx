import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isAllowed } from '../access/policy.ts'
import type { Role } from '../core/role.ts'
import { TLPS } from '../core/shapes.ts'
import { hereZone, zoneName } from '../web/parts/moment.ts'
import { TLP_WORDS, type Tlp } from '../web/parts/tlp-label.tsx'
import { queries } from '../web/queries.ts'
import type { Group } from './group-shapes.ts'
import type { Meeting } from './meeting-shapes.ts'
import { fourWeeksOn, localOf, momentOf, otherClocks } from './meeting-words.ts'
import styles from './members.module.css'

/** A meeting while it is written; `local` is day and hour by this browser's clock. */
export interface MeetingDraft {
  /** '' for the whole network. */
  readonly groupId: string
  readonly title: string
  readonly local: string
  readonly minutes: number
  readonly place: string
  readonly agenda: string
  readonly tlp: Tlp
}

/** Tomorrow at ten, for an hour: a beginning that is easy to change. */
export function emptyMeeting(now: Date): MeetingDraft {
  const at = new Date(now.getTime() + 86_400_000)
  at.setHours(10, 0, 0, 0)
  const local = localOf(at.toISOString())
  return { groupId: '', title: '', local, minutes: 60, place: '', agenda: '', tlp: 'AMBER' }
}

export function draftOf(it: Meeting): MeetingDraft {
  const { title, minutes, place, agenda, tlp } = it
  return { groupId: it.groupId ?? '', local: localOf(it.startsAt), title, minutes, place, agenda, tlp }
}

/** The same once more, four weeks on: whoever meets every month changes the agenda and little else. */
export function nextDraft(it: Meeting, now: Date): MeetingDraft {
  return draftOf({ ...it, startsAt: fourWeeksOn(it.startsAt, now) })
}

/** What is sent; null while something is missing. */
export function meetingOf({ title, local, minutes, place, agenda, tlp }: MeetingDraft) {
  const startsAt = momentOf(local)
  if (startsAt === null || title.trim() === '' || place.trim() === '') return null
  return { title, startsAt, minutes, place, agenda, tlp }
}

/** For whom somebody may call a meeting: the groups they sit in, and the whole network as its steward. */
export function callerGroups(groups: readonly Group[], role: Role): { value: string; label: string }[] {
  const mine = groups
    .filter(({ seat, closedAt }) => seat !== null && closedAt === null)
    .map(({ id, name }) => ({ value: id, label: name }))
  return isAllowed(role, 'meeting.call_all') ? [{ value: '', label: 'the whole network' }, ...mine] : mine
}

export interface MeetingFieldsProps {
  readonly draft: MeetingDraft
  readonly onDraft: (draft: MeetingDraft) => void
  /** Null where a meeting that is called is changed: whose it is stays. */
  readonly groups: ReturnType<typeof callerGroups> | null
}

export function MeetingFields({ draft, onDraft, groups }: MeetingFieldsProps) {
  const set = (more: Partial<MeetingDraft>) => onDraft({ ...draft, ...more })
  const startsAt = momentOf(draft.local)
  return (
    <>
      <div className={styles.grid}>
        <TextInput
          label="What it is about"
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          maxLength={200}
          required
          withAsterisk={false}
        />
        {groups && (
          <NativeSelect
            label="For"
            value={draft.groupId}
            onChange={(event) => set({ groupId: event.currentTarget.value })}
            data={groups}
          />
        )}
        <TextInput
          type="datetime-local"
          label={`Begins, by your clock (${zoneName(hereZone())})`}
          value={draft.local}
          onChange={(event) => set({ local: event.currentTarget.value })}
          required
          withAsterisk={false}
        />
        <NumberInput
          label="Minutes"
          value={draft.minutes}
          onChange={(value) => set({ minutes: Number(value) })}
          min={5}
          max={1_440}
          allowDecimal={false}
          hideControls
        />
      </div>
      {startsAt && <Clocks startsAt={startsAt} />}
      <div className={styles.grid}>
        <TextInput
          label="Where"
          description="A room or a link. It stands here alone, never in the calendar file."
          value={draft.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
          maxLength={500}
          required
          withAsterisk={false}
        />
        <NativeSelect
          label="Marking"
          description="Stricter than GREEN, the calendar file says only “Meeting”."
          value={draft.tlp}
          onChange={(event) => set({ tlp: event.currentTarget.value as Tlp })}
          data={TLPS.map((value) => ({ value, label: `TLP:${value}: ${TLP_WORDS[value]}` }))}
        />
      </div>
      <Textarea
        label="Agenda"
        description="One point a line. No names of possible victims."
        value={draft.agenda}
        onChange={(event) => set({ agenda: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={10_000}
      />
    </>
  )
}

/** The same moment on the clocks of the network's other places. */
export function Clocks({ startsAt }: { readonly startsAt: string }) {
  const { data } = useQuery(queries.network())
  const zones = data?.orgs.filter(({ leftAt }) => leftAt === null).map(({ timeZone }) => timeZone) ?? []
  const others = otherClocks(startsAt, zones)
  if (others.length === 0) return null
  return (
    <p className="quiet small">
      That is {others.map(({ clock, places }) => `${clock} in ${places.join(', ')}`).join('; ')}.
    </p>
  )
}
