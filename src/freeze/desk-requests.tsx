import { useSuspenseQueries } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Role } from '../core/role.ts'
import { SecondPerson } from '../grants/second-person.tsx'
import { AlsoWaits, useAlsoWaits } from '../members/also-waits.tsx'
import { placeOf } from '../requests/acts.ts'
import { headline, headlineParts, timeLeft } from '../requests/headline.ts'
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
import { requestRows } from './desk-export.ts'
import type { DeskList, RowWords } from './desk-filter.ts'
import { DeskFoot, Group, OtherHour, Row } from './desk-parts.tsx'
import { Selected, Selecting, useSelection } from './desk-select.tsx'
import { DeskTools, useDeskView } from './desk-tools.tsx'
import type { RequestSummary } from './shapes.ts'
import { TakeOnMany } from './take-on-many.tsx'
import { useArrivals } from './use-arrivals.ts'

/** Places that wait for whoever sits at the desk. */
const WAITS = ['to_take_on', 'mine']

/** The desk of those who send and those who act on requests. */
export function RequestsDesk() {
  const { member } = useMe()
  // the network is asked for along with them, so that no row grows when it arrives
  const [desk, all] = useSuspenseQueries({
    queries: [queries.desk(), queries.requests('all'), queries.network()],
  })
  const arrivals = useArrivals(desk.data, desk.isFetching)
  const { requests, offers } = desk.data
  const isEmpty = requests.length === 0 && offers.length === 0
  return (
    <>
      <DeskHead desk={desk.data} role={member.role} isEmpty={isEmpty} />
      <SecondPerson />
      <AlsoWaits />
      <OffersToDecide offers={offers} />
      <RequestLists open={requests} all={all.data.requests} fresh={arrivals.fresh} />
      {isEmpty && <Nothing role={member.role} />}
      <DeskFoot arrivals={arrivals} />
    </>
  )
}

interface HeadProps {
  readonly desk: Desk
  readonly role: Role
  readonly isEmpty: boolean
}

function DeskHead({ desk, role, isEmpty }: HeadProps) {
  const now = useNow()
  const urgent = mostUrgent(desk)
  const waiting = groupsOf(desk.requests).find(({ place }) => place !== 'waiting')
  const first = urgent ?? waiting?.requests[0] ?? null
  const also = useAlsoWaits()
  const words = deskHeadline(
    desk,
    role,
    also.map((it) => it.words),
  )
  return (
    <Headline title={words} action={<First request={first} role={role} isEmpty={isEmpty} />}>
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
  )
}

interface ListsProps {
  readonly open: readonly RequestSummary[]
  /** Those that ended among them. */
  readonly all: readonly RequestSummary[]
  /** Ids of those that have just arrived. */
  readonly fresh: ReadonlySet<string>
}

/** Requests by what they wait for, and what ended; through their filter, with what can be done to several at once. */
export function RequestLists({ open, all, fresh }: ListsProps) {
  const { role } = useMe().member
  const words = (request: RequestSummary) => placeOf(request, role).words
  const view = useDeskView({
    name: 'desk-filter',
    lists: listsOf(open, endedOf(all)),
    wordsOf: (request) => wordsOf(request, words(request)),
    waits: WAITS,
  })
  const selection = useSelection()
  const shown = view.shown.flatMap(({ rows }) => rows)
  const selected = shown.filter(({ id }) => selection.has(id))
  const csv = () => requestRows(selected.length > 0 ? selected : shown, words)
  return (
    <Selecting selection={selection}>
      <DeskTools view={view} name={selected.length > 0 ? 'requests-selected' : 'requests'} csv={csv} />
      {selected.length > 0 && (
        <Selected count={selected.length} onClear={selection.clear}>
          <TakeOnMany requests={selected} role={role} onDone={selection.clear} />
          <span className="quiet small">Export CSV saves these alone.</span>
        </Selected>
      )}
      {view.shown.map(({ place, title, rows }) => (
        <RequestGroup key={place} title={title} requests={rows} fresh={fresh} isEnded={place === 'ended'} />
      ))}
    </Selecting>
  )
}

function listsOf(
  open: readonly RequestSummary[],
  ended: readonly RequestSummary[],
): DeskList<RequestSummary>[] {
  const lists = groupsOf(open).map(({ place, title, requests }) => ({ place, title, rows: requests }))
  return ended.length === 0 ? lists : [...lists, { place: 'ended', title: 'Ended', rows: ended }]
}

function wordsOf(request: RequestSummary, words: string): RowWords {
  const other = request.as === 'sender' ? request.toName : request.fromName
  return { other, text: `${request.ref} ${headline(request, Date.now())} ${words}` }
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
    <Row to="/requests/$id" id={request.id} name={request.ref} isNew={isNew}>
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
  informed: 'shared, from',
}

const FIRST_ENDED = 6

interface RequestGroupProps {
  readonly title: string
  readonly requests: readonly RequestSummary[]
  readonly fresh: ReadonlySet<string>
  /** What became of it: the finder comes back for this, and the officer for the reference; the newest first. */
  readonly isEnded: boolean
}

function RequestGroup({ title, requests, fresh, isEnded }: RequestGroupProps) {
  const [all, setAll] = useState(false)
  const shown = isEnded && !all ? requests.slice(0, FIRST_ENDED) : requests
  return (
    <Group
      title={title}
      count={requests.length}
      onAll={shown.length < requests.length ? () => setAll(true) : null}
    >
      {shown.map((request) => (
        <RequestRow key={request.id} request={request} isNew={fresh.has(request.id)} />
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
