import { useSuspenseQueries } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Role } from '../core/role.ts'
import { placeOf } from '../requests/acts.ts'
import { headlineParts, timeLeft } from '../requests/headline.ts'
import { Offers } from '../requests/offers.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import styles from './desk.module.css'
import { type Desk, deskHeadline, endedOf, groupsOf, mostUrgent } from './desk.ts'
import { DeskFoot, Group, OtherHour, Row } from './desk-parts.tsx'
import type { RequestSummary } from './shapes.ts'
import { useArrivals } from './use-arrivals.ts'

/** The desk of those who send and those who act on requests. */
export function RequestsDesk() {
  const { member } = useMe()
  const now = useNow()
  // the network is asked for along with them, so that no row grows when it arrives
  const [desk, all] = useSuspenseQueries({
    queries: [queries.desk(), queries.requests('all'), queries.network()],
  })
  const arrivals = useArrivals(desk.data, desk.isFetching)
  const groups = groupsOf(desk.data.requests)
  const urgent = mostUrgent(desk.data)
  const first = urgent ?? groups.find(({ place }) => place !== 'waiting')?.requests[0] ?? null
  const words = deskHeadline(desk.data, member.role)
  const isEmpty = groups.length === 0 && desk.data.offers.length === 0
  return (
    <>
      <Headline title={words} action={<First request={first} role={member.role} isEmpty={isEmpty} />}>
        {words}
        {urgent && (
          <>
            {'; the first: '}
            <span className={now >= Date.parse(urgent.redAt) ? styles.red : ''}>
              {timeLeft(urgent.dueAt, now)}
            </span>
          </>
        )}
      </Headline>
      <OffersToDecide offers={desk.data.offers} />
      <RequestGroups requests={desk.data.requests} fresh={arrivals.fresh} />
      {isEmpty && <Nothing role={member.role} />}
      <Ended requests={endedOf(all.data.requests)} />
      <DeskFoot arrivals={arrivals} />
    </>
  )
}

interface RequestGroupsProps {
  readonly requests: readonly RequestSummary[]
  /** Ids of those that have just arrived. */
  readonly fresh: ReadonlySet<string>
}

/** Open requests by what they wait for. */
export function RequestGroups({ requests, fresh }: RequestGroupsProps) {
  return groupsOf(requests).map(({ place, title, requests: these }) => (
    <Group key={place} title={title} count={these.length}>
      {these.map((request) => (
        <RequestRow key={request.id} request={request} isNew={fresh.has(request.id)} />
      ))}
    </Group>
  ))
}

function OffersToDecide({ offers }: Pick<Desk, 'offers'>) {
  if (offers.length === 0) return null
  return (
    <section className={styles.group} aria-label="Offers to join">
      <h2>
        Offers to join <span className={styles.count}>{offers.length}</span>
      </h2>
      <Offers offers={offers} />
    </section>
  )
}

interface FirstProps {
  readonly request: RequestSummary | null
  readonly role: Role
  readonly isEmpty: boolean
}

/** The one next action of the desk: into what is most urgent, or for a finder with an empty desk, a report. */
function First({ request, role, isEmpty }: FirstProps) {
  const navigate = useNavigate()
  if (request)
    return (
      <NextAction onClick={() => void navigate({ to: '/requests/$id', params: { id: request.id } })}>
        Open the most urgent
      </NextAction>
    )
  if (role !== 'caseworker' || !isEmpty) return null
  return <NextAction onClick={() => void navigate({ to: '/reports/new' })}>Write a report</NextAction>
}

function RequestRow({ request, isNew }: { readonly request: RequestSummary; readonly isNew: boolean }) {
  const now = useNow()
  const { before, clock, after } = headlineParts(request, now)
  const other = request.as === 'sender' ? request.toOrg : request.fromOrg
  const red = clock !== null && now >= Date.parse(request.redAt)
  const { place, words } = placeOf(request, useMe().member.role)
  return (
    <Row to="/requests/$id" id={request.id} isNew={isNew}>
      <span className={styles.what}>
        {before}
        {clock !== null && <span className={red ? styles.red : styles.clock}>{clock}</span>}
        {after}
      </span>
      <span className={styles.who}>
        {PART_WORDS[request.as]} {request.as === 'sender' ? request.toName : request.fromName}
        <OtherHour orgId={other} />
      </span>
      <span className={styles.ref}>{request.ref}</span>
      <span className={place === 'waiting' || place === 'ended' ? styles.state : styles.next}>
        {request.closedAt === null ? words : <LocalTime at={request.closedAt} />}
      </span>
    </Row>
  )
}

const PART_WORDS: Record<RequestSummary['as'], string> = {
  sender: 'to',
  authority: 'from',
  corroborator: 'joined, from',
}

const FIRST_ENDED = 6

/** What became of it: the finder comes back for this, and the officer for the reference. */
export function Ended({ requests }: { readonly requests: readonly RequestSummary[] }) {
  const [all, setAll] = useState(false)
  if (requests.length === 0) return null
  const shown = all ? requests : requests.slice(0, FIRST_ENDED)
  return (
    <Group
      title="Ended"
      count={requests.length}
      onAll={shown.length < requests.length ? () => setAll(true) : null}
    >
      {shown.map((request) => (
        <RequestRow key={request.id} request={request} isNew={false} />
      ))}
    </Group>
  )
}

/** An empty desk teaches what will stand here. */
function Nothing({ role }: { readonly role: Role }) {
  if (role === 'officer')
    return (
      <EmptyState title="When a member asks you to stop a payment, it stands here at once.">
        With its amount, its clock, and everything needed to act. You hear a sound, if you allow it below.
      </EmptyState>
    )
  if (role === 'caseworker')
    return (
      <EmptyState title="What you ask of others stands here, with who has it and what became of it.">
        It begins with a report: paste what you were told, and the accounts in it show who can stop the money
        now.
      </EmptyState>
    )
  return (
    <EmptyState
      title="A request stands here once a member shares it with you."
      action={
        <>
          Until then: <Link to="/network">the network and its powers</Link>, and{' '}
          <Link to="/ledger">the ledger</Link>.
        </>
      }
    />
  )
}
