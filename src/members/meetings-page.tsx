import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { hereZone, zoneName } from '../web/parts/moment.ts'
import { NextAction } from '../web/parts/next-action.tsx'
import { Countdown } from '../web/parts/time.tsx'
import { TlpLabel } from '../web/parts/tlp-label.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import {
  callerGroups,
  emptyMeeting,
  type MeetingDraft,
  MeetingFields,
  meetingOf,
  nextDraft,
} from './meeting-fields.tsx'
import type { Meeting, MeetingList } from './meeting-shapes.ts'
import { dueWords, orderMeetings, whenWords } from './meeting-words.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

type MeetingsOf = z.infer<typeof MeetingList>

/** Meetings that come and that were; calling one. */
export function MeetingsPage() {
  const list = useQuery(queries.meetings())
  const groups = useQuery(queries.groups())
  const { group, after } = useSearch({ strict: false }) as { group?: string; after?: string }
  const { member } = useMe()
  const now = useNow()
  const [calling, setCalling] = useState(group !== undefined || after !== undefined)
  const rows = useRef<HTMLDivElement>(null)
  useRowKeys(rows)
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  if (!list.data || !groups.data) return null
  const { next, past } = orderMeetings(list.data.meetings, now)
  const before = list.data.meetings.find(({ id }) => id === after)
  // a list from before that meeting was called is just being asked again
  const known = after === undefined || before !== undefined || !list.isFetching
  const mayCall = callerGroups(groups.data.groups, member.role)
  return (
    <>
      <Headline
        below={`Hours are by your clock (${zoneName(hereZone())}); each meeting tells the others’ too.`}
        action={
          mayCall.length > 0 &&
          !calling && <NextAction onClick={() => setCalling(true)}>Call a meeting</NextAction>
        }
      >
        {headline(next, now)}
      </Headline>
      <div className={styles.stack} ref={rows}>
        {calling && mayCall.length > 0 && known && (
          <CallForm groups={mayCall} first={group} before={before} onEnd={() => setCalling(false)} />
        )}
        <Due due={list.data.due} now={now} />
        <Rows title="To come" meetings={next} now={now} />
        <Rows title="Were" meetings={past} now={now} />
        {next.length + past.length === 0 && !calling && (
          <EmptyState title="No meeting is called.">
            {mayCall.length > 0
              ? 'A working group that meets every month knows who can do what. Call the next one: day, hour, place and what it is about.'
              : 'Meetings of the whole network and of your groups stand here, with their agenda, who comes, the minutes and what was agreed.'}
          </EmptyState>
        )}
      </div>
    </>
  )
}

function headline(next: readonly Meeting[], now: number): string {
  const open = next.filter((it) => it.cancelledAt === null)
  const unanswered = open.filter((it) => it.answer === null).length
  if (unanswered > 0)
    return unanswered === 1
      ? 'One meeting waits for your answer'
      : `${unanswered} meetings wait for your answer`
  const [first] = open
  if (!first) return 'No meeting is to come'
  return Date.parse(first.startsAt) <= now
    ? `${first.title} is going on`
    : `Next: ${first.title}, ${whenWords(first, hereZone())}`
}

/** What I said I would do, in whichever meeting: it is marked as done there. */
function Due({ due, now }: { readonly due: MeetingsOf['due']; readonly now: number }) {
  if (due.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>You agreed to do</h2>
      <ul className={styles.rows}>
        {due.map((it) => {
          const { words, late } = dueWords(it.due, new Date(now))
          return (
            <li key={it.id} data-row tabIndex={-1}>
              <span className={styles.what}>
                <Link to="/network/meetings/$id" params={{ id: it.meetingId }}>
                  {it.words}
                </Link>
              </span>
              <span className={`${styles.state} ${late ? styles.waits : ''}`}>
                until {words}
                {late && ', late'}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

interface RowsProps {
  readonly title: string
  readonly meetings: readonly Meeting[]
  readonly now: number
}

function Rows({ title, meetings, now }: RowsProps) {
  if (meetings.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{title}</h2>
      <ul className={styles.rows}>
        {meetings.map((it) => (
          <li key={it.id} data-row tabIndex={-1}>
            <span className={styles.what}>
              <Link to="/network/meetings/$id" params={{ id: it.id }}>
                {it.title}
              </Link>{' '}
              <span className="quiet">
                {it.groupName ?? 'the whole network'} ·{' '}
                <time dateTime={it.startsAt}>{whenWords(it, hereZone())}</time>
              </span>
            </span>
            <span className={styles.state}>
              {it.cancelledAt ? (
                'cancelled'
              ) : Date.parse(it.startsAt) > now ? (
                <>
                  <Countdown due={it.startsAt} /> · {ANSWERED[it.answer ?? 'none']}
                </>
              ) : (
                ANSWERED[it.answer ?? 'none']
              )}{' '}
              <TlpLabel tlp={it.tlp} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const ANSWERED = {
  yes: 'you said yes',
  no: 'you said no',
  maybe: 'you said maybe',
  none: 'you have not answered',
} as const

interface CallFormProps {
  readonly groups: ReturnType<typeof callerGroups>
  readonly first: string | undefined
  /** The one that this is the next of. */
  readonly before: Meeting | undefined
  readonly onEnd: () => void
}

function CallForm({ groups, first, before, onEnd }: CallFormProps) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<MeetingDraft>(() => {
    if (before && groups.some(({ value }) => value === (before.groupId ?? '')))
      return nextDraft(before, new Date())
    const given = groups.find(({ value }) => value === first)
    return { ...emptyMeeting(new Date()), groupId: (given ?? groups[0])?.value ?? '' }
  })
  const navigate = useNavigate()
  const call = useMemberAct(['meetings'], api.meetingNew, (made) =>
    navigate({ to: '/network/meetings/$id', params: { id: made.id } }),
  )
  const ready = meetingOf(draft)
  return (
    <form
      className={styles.form}
      aria-label="Call a meeting"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void call.run({ id, groupId: draft.groupId === '' ? null : draft.groupId, ...ready })
      }}
    >
      <h2>Call a meeting</h2>
      <MeetingFields draft={draft} onDraft={setDraft} groups={groups} />
      {call.error && <ErrorNote error={call.error} what="The meeting was not called" />}
      <ActButtons label="Call the meeting" busy={call.busy} disabled={!ready} onEnd={onEnd} />
    </form>
  )
}
