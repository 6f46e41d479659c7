import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { usePageMarking } from '../web/marking.tsx'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { hereZone, zoneName } from '../web/parts/moment.ts'
import { LocalTime } from '../web/parts/time.tsx'
import { TlpLabel } from '../web/parts/tlp-label.tsx'
import { queries } from '../web/queries.ts'
import { asHouseError } from '../web/use-act.ts'
import { AttendancePart } from './attendance-part.tsx'
import { ItemsPart } from './items-part.tsx'
import { Clocks, draftOf, MeetingFields, meetingOf } from './meeting-fields.tsx'
import type { Meeting } from './meeting-shapes.ts'
import { whenWords } from './meeting-words.ts'
import styles from './members.module.css'
import { MinutesPart } from './minutes-part.tsx'
import { useMemberAct } from './use-member-act.ts'

/** One meeting: when by each clock, the agenda, who comes, the minutes and what was agreed. */
export function MeetingPage({ id }: { readonly id: string }) {
  const whole = useQuery(queries.meeting(id))
  usePageMarking(whole.data?.meeting.tlp ?? null, whole.data?.meeting.groupName ?? 'the whole network')
  if (whole.error && asHouseError(whole.error).code === 'not_found')
    return (
      <>
        <Headline above={<Link to="/network/meetings">Meetings</Link>}>This meeting is not yours</Headline>
        <EmptyState title="You do not sit in its group, or there is no such meeting." />
      </>
    )
  const failed = failureOf(whole)
  if (failed) return <ErrorNote error={failed} onRetry={() => whole.refetch()} />
  if (!whole.data) return null
  const { meeting, attendance, items } = whole.data
  return (
    <>
      <Headline
        title={meeting.title}
        above={
          <>
            <Link to="/network/meetings">Meetings</Link>
            <TlpLabel tlp={meeting.tlp} />
            <span>{meeting.groupName ?? 'the whole network'}</span>
          </>
        }
        below={<Clocks startsAt={meeting.startsAt} />}
      >
        {meeting.title}: {meeting.cancelledAt ? 'cancelled' : whenWords(meeting, hereZone())}
      </Headline>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Answer meeting={meeting} />
          <section className={styles.section}>
            <h2>Agenda</h2>
            {meeting.agenda.trim() === '' ? (
              <p className="quiet">Nothing is on it yet.</p>
            ) : (
              <p className={styles.pre}>{meeting.agenda}</p>
            )}
          </section>
          <MinutesPart key={id} whole={whole.data} />
          <ItemsPart meeting={meeting} items={items} attendance={attendance} />
        </div>
        <aside className={styles.side} aria-label="About this meeting">
          <About meeting={meeting} />
          <AttendancePart meeting={meeting} attendance={attendance} />
          {meeting.keeps && <Change key={JSON.stringify(meeting)} meeting={meeting} />}
        </aside>
      </div>
    </>
  )
}

const ANSWERS = [
  ['yes', 'I come'],
  ['maybe', 'Maybe'],
  ['no', 'I do not come'],
] as const

function Answer({ meeting }: { readonly meeting: Meeting }) {
  const answer = useMemberAct(['meetings'], (it: 'yes' | 'no' | 'maybe', key) =>
    api.meetingAnswer(meeting.id, it, key),
  )
  if (meeting.cancelledAt)
    return (
      <p className={styles.warning}>
        Cancelled <LocalTime at={meeting.cancelledAt} ago />.
      </p>
    )
  if (Date.parse(meeting.startsAt) + meeting.minutes * 60_000 <= Date.now()) return null
  return (
    <section className={styles.section}>
      <h2>{meeting.answer === null ? 'Do you come?' : 'Your answer'}</h2>
      <section className={styles.buttons} aria-label="Your answer">
        {ANSWERS.map(([value, words]) => (
          <Button
            key={value}
            variant={
              meeting.answer === value || (meeting.answer === null && value === 'yes') ? 'filled' : 'default'
            }
            color={meeting.answer === null && value === 'yes' ? 'ember' : 'ink'}
            aria-pressed={meeting.answer === value}
            disabled={answer.busy}
            onClick={() => void answer.run(value)}
          >
            {words}
          </Button>
        ))}
      </section>
      {answer.error && <ErrorNote error={answer.error} what="Your answer was not saved" />}
    </section>
  )
}

function About({ meeting }: { readonly meeting: Meeting }) {
  return (
    <section className={styles.section}>
      <h2>About this meeting</h2>
      <dl className={styles.particulars}>
        <dt>When</dt>
        <dd>
          <time dateTime={meeting.startsAt}>{whenWords(meeting, hereZone())}</time>{' '}
          <span className="quiet">({zoneName(hereZone())})</span>
        </dd>
        <dt>Where</dt>
        <dd>{meeting.place}</dd>
        <dt>For</dt>
        <dd>{meeting.groupName ?? 'the whole network'}</dd>
      </dl>
      <p>
        <a href={`/api/meetings/${meeting.id}/invitation.ics`} download="meeting.ics">
          For your calendar (.ics)
        </a>{' '}
        <span className="quiet small">
          without place and agenda
          {meeting.tlp === 'CLEAR' || meeting.tlp === 'GREEN' ? '' : ', named only “Meeting”'}
        </span>
      </p>
      {meeting.keeps && (
        <Link to="/network/meetings" search={{ after: meeting.id }}>
          Call the next one, four weeks on
        </Link>
      )}
    </section>
  )
}

/** Changing or cancelling it: its keeper's. */
function Change({ meeting }: { readonly meeting: Meeting }) {
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState(() => draftOf(meeting))
  const ready = meetingOf(draft)
  const change = useMemberAct(
    ['meetings'],
    (cancel: boolean, key) => {
      if (!ready) throw new Error('not ready')
      return api.meetingChange(meeting.id, { ...ready, cancel }, key)
    },
    () => setOpen(false),
  )
  if (!open)
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {meeting.cancelledAt ? 'Call it again' : 'Change or cancel'}
        </Button>
      </div>
    )
  return (
    <form
      className={styles.form}
      aria-label="Change the meeting"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void change.run(false)
      }}
    >
      <MeetingFields draft={draft} onDraft={setDraft} groups={null} />
      {change.error && <ErrorNote error={change.error} what="The meeting was not changed" />}
      <ActButtons
        label={meeting.cancelledAt ? 'Call it again' : 'Save the changes'}
        busy={change.busy}
        disabled={!ready}
        onEnd={() => setOpen(false)}
      />
      {!meeting.cancelledAt && (
        <div>
          <Button
            variant="subtle"
            color="lost"
            disabled={change.busy || !ready}
            onClick={() => void change.run(true)}
          >
            Cancel the meeting
          </Button>
          <p className="quiet small">Everybody sees that it is cancelled. You can call it again.</p>
        </div>
      )}
    </form>
  )
}
