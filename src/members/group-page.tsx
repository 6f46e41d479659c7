import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { usePageMarking } from '../web/marking.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TLP_WORDS, TlpLabel } from '../web/parts/tlp-label.tsx'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { asHouseError } from '../web/use-act.ts'
import { GroupKeyPart } from './group-key-part.tsx'
import type { Group } from './group-shapes.ts'
import { GroupFields } from './groups-page.tsx'
import styles from './members.module.css'
import { type SeatOf, SeatsPart } from './seats-part.tsx'
import { useMemberAct } from './use-member-act.ts'

/** One group: whom I may see in it, its key, and what its steward does. */
export function GroupPage({ id }: { readonly id: string }) {
  const whole = useQuery(queries.group(id))
  usePageMarking(whole.data ? whole.data.group.tlpLimit : null, 'who sits in this group')
  if (whole.error && asHouseError(whole.error).code === 'not_found')
    return (
      <>
        <Headline above={<Link to="/network/groups">Groups</Link>}>This group is not yours</Headline>
        <EmptyState title="Your seat ended, or there is no such group.">
          Who sits in a group, and whether it exists, is told to those in it alone.
        </EmptyState>
      </>
    )
  const failed = failureOf(whole)
  if (failed) return <ErrorNote error={failed} onRetry={() => whole.refetch()} />
  if (!whole.data) return null
  const { group, seats } = whole.data
  const steers = group.seat?.role === 'steward'
  return (
    <>
      <Headline title={group.name} above={<Link to="/network/groups">Groups</Link>} below={group.purpose}>
        {headline(group, seats)}
      </Headline>
      <div className={styles.columns}>
        <div className={styles.stack}>
          {steers && !group.closedAt && <GroupKeyPart group={group} seats={seats} />}
          <SeatsPart group={group} seats={seats} />
        </div>
        <aside className={styles.side} aria-label="About this group">
          <About group={group} />
          {steers && <Change key={JSON.stringify(group)} group={group} />}
        </aside>
      </div>
    </>
  )
}

function headline(group: Group, seats: readonly SeatOf[]): string {
  if (group.closedAt) return `${group.name} is closed`
  if (!group.seat) return `${group.name}: you do not sit in it`
  const there = seats.filter(({ leftAt }) => leftAt === null).length
  const whom = group.seat.role === 'steward' ? 'seat' : 'seat that you can see'
  return `${group.name}: ${countWords(there, whom, whom.replace('seat', 'seats'))}`
}

function About({ group }: { readonly group: Group }) {
  return (
    <section className={styles.section}>
      <h2>About this group</h2>
      <dl className={styles.particulars}>
        <dt>Up to</dt>
        <dd>
          <TlpLabel tlp={group.tlpLimit} />
          <br />
          <span className="quiet small">
            Nothing stricter is shared into it. For {TLP_WORDS[group.tlpLimit]}.
          </span>
        </dd>
        <dt>Your seat</dt>
        <dd>
          {!group.seat && 'none; you opened it as steward of the network'}
          {group.seat?.role === 'steward' && 'steward: you decide who sits here'}
          {group.seat?.role === 'member' &&
            (group.seat.hidden
              ? 'hidden: the stewards of the group see you, and in the log those of the network'
              : 'member')}
        </dd>
        <dt>Key</dt>
        <dd>{keyWords(group)}</dd>
        {group.closedAt && (
          <>
            <dt>Closed</dt>
            <dd>
              <LocalTime at={group.closedAt} />
            </dd>
          </>
        )}
      </dl>
      {group.seat && (
        <p>
          <Link to="/network/meetings" search={{ group: group.id }}>
            Call a meeting of this group
          </Link>
        </p>
      )}
    </section>
  )
}

function keyWords({ key, seat }: Group): string {
  if (!key) return 'none yet: nothing can be sealed to the group'
  if (!seat) return `version ${key.version}`
  return key.wrapped
    ? `version ${key.version}, and you hold it`
    : `version ${key.version}; a steward has still to give it to you`
}

/** Name, purpose and marking limit, and closing the group: its stewards' alone. */
function Change({ group }: { readonly group: Group }) {
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState({
    name: group.name,
    purpose: group.purpose,
    tlpLimit: group.tlpLimit,
  })
  const change = useMemberAct(
    ['groups'],
    (close: boolean, key) => api.groupChange(group.id, { ...draft, close }, key),
    () => setOpen(false),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void change.run(false)
  }
  if (!open)
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {group.closedAt ? 'Open it again' : 'Change the group'}
        </Button>
      </div>
    )
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Change the group">
      <GroupFields draft={draft} onDraft={setDraft} />
      {change.error && <ErrorNote error={change.error} what="The group was not changed" />}
      <div className={styles.buttons}>
        <NextAction type="submit" size="sm" loading={change.busy}>
          {group.closedAt ? 'Open it again' : 'Save'}
        </NextAction>
        {!group.closedAt && (
          <Button variant="default" loading={change.busy} onClick={() => void change.run(true)}>
            Close the group
          </Button>
        )}
        <Button variant="subtle" onClick={() => setOpen(false)}>
          Not now
        </Button>
      </div>
      {!group.closedAt && (
        <p className="quiet small">
          A closed group takes no new seats. A steward of the group can open it again.
        </p>
      )}
    </form>
  )
}
