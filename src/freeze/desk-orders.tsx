import { useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatMoney } from '../core/money.ts'
import { SecondPerson } from '../grants/second-person.tsx'
import { AlsoWaits, useAlsoWaits } from '../members/also-waits.tsx'
import { sinceWords } from '../web/parts/duration.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import styles from './desk.module.css'
import { deskHeadline, ordersToAnswer } from './desk.ts'
import { orderRows } from './desk-export.ts'
import type { DeskList, RowWords } from './desk-filter.ts'
import { DeskFoot, Group, Row } from './desk-parts.tsx'
import { RequestLists } from './desk-requests.tsx'
import { Selected, Selecting, useSelection } from './desk-select.tsx'
import { DeskTools, type DeskView, useDeskView } from './desk-tools.tsx'
import { dayBefore } from './order-draft.ts'
import type { HoldOrder } from './shapes.ts'
import { useArrivals } from './use-arrivals.ts'

const FIRST_ANSWERED = 8

/** The desk of a bank: orders to answer, recalls it was asked for, and what it has answered. */
export function OrdersDesk() {
  const [desk, orders, all] = useSuspenseQueries({
    queries: [queries.desk(), queries.orders(), queries.requests('all'), queries.network()],
  })
  const arrivals = useArrivals(desk.data, desk.isFetching)
  const waiting = ordersToAnswer(desk.data.orders)
  const view = useDeskView({
    name: 'orders-filter',
    lists: listsOf(waiting, orders.data.orders),
    wordsOf,
    waits: ['to_answer'],
  })
  const [first] = waiting
  const also = useAlsoWaits()
  return (
    <>
      <Headline action={first && <OpenFirst id={first.id} />}>
        {deskHeadline(
          desk.data,
          'fraud_desk',
          also.map((it) => it.words),
        )}
      </Headline>
      <SecondPerson />
      <AlsoWaits />
      <Lists view={view} fresh={arrivals.fresh} />
      {waiting.length === 0 && desk.data.requests.length === 0 && (
        <EmptyState title="When an authority orders you to hold money, the order stands here at once.">
          With the account, the amount and the legal basis. You see the order alone, never the case behind it.
          You hear a sound, if you allow it below.
        </EmptyState>
      )}
      <RequestLists open={desk.data.requests} all={all.data.requests} fresh={arrivals.fresh} />
      <DeskFoot arrivals={arrivals} />
    </>
  )
}

function listsOf(waiting: readonly HoldOrder[], all: readonly HoldOrder[]): DeskList<HoldOrder>[] {
  const answered = all
    .filter(({ answeredAt }) => answeredAt !== null)
    .sort((a, b) => Date.parse(b.answeredAt ?? '') - Date.parse(a.answeredAt ?? ''))
  return [
    { place: 'to_answer', title: 'To answer', rows: waiting },
    { place: 'answered', title: 'Answered', rows: answered },
  ].filter(({ rows }) => rows.length > 0)
}

function wordsOf(order: HoldOrder): RowWords {
  const { authorityName, reference, account, minor, currency } = order
  return { other: authorityName, text: `${reference} ${account} ${formatMoney(minor, currency)}` }
}

interface ListsProps {
  readonly view: DeskView<HoldOrder>
  readonly fresh: ReadonlySet<string>
}

function Lists({ view, fresh }: ListsProps) {
  const selection = useSelection()
  const shown = view.shown.flatMap(({ rows }) => rows)
  const selected = shown.filter(({ id }) => selection.has(id))
  const csv = () => orderRows(selected.length > 0 ? selected : shown)
  return (
    <Selecting selection={selection}>
      <DeskTools view={view} name={selected.length > 0 ? 'orders-selected' : 'orders'} csv={csv} />
      {selected.length > 0 && (
        <Selected count={selected.length} onClear={selection.clear}>
          <span className="quiet small">Export CSV saves these alone.</span>
        </Selected>
      )}
      {view.shown.map(({ place, title, rows }) => (
        <OrderGroup key={place} title={title} orders={rows} fresh={fresh} isOver={place === 'answered'} />
      ))}
    </Selecting>
  )
}

interface OrderGroupProps {
  readonly title: string
  readonly orders: readonly HoldOrder[]
  readonly fresh: ReadonlySet<string>
  readonly isOver: boolean
}

function OrderGroup({ title, orders, fresh, isOver }: OrderGroupProps) {
  const [all, setAll] = useState(false)
  const shown = isOver && !all ? orders.slice(0, FIRST_ANSWERED) : orders
  const onAll = shown.length < orders.length ? () => setAll(true) : null
  return (
    <Group title={title} count={orders.length} onAll={onAll}>
      {shown.map((order) => (
        <OrderRow key={order.id} order={order} isNew={fresh.has(order.id)} />
      ))}
    </Group>
  )
}

function OpenFirst({ id }: { readonly id: string }) {
  const navigate = useNavigate()
  return (
    <NextAction onClick={() => void navigate({ to: '/orders/$id', params: { id } })}>
      Open the first
    </NextAction>
  )
}

function OrderRow({ order, isNew }: { readonly order: HoldOrder; readonly isNew: boolean }) {
  const now = useNow()
  const { heldMinor, currency, minor, answeredAt, expiresAt } = order
  return (
    <Row to="/orders/$id" id={order.id} name={order.reference} isNew={isNew}>
      <span className={styles.what}>
        {heldMinor === null
          ? `Hold ${formatMoney(minor, currency)} in `
          : `${formatMoney(heldMinor, currency)} of ${formatMoney(minor, currency)} held in `}
        <Identifier kind={order.factKind} normal={order.account} bare most={24} />
      </span>
      <span className={styles.who}>
        from {order.authorityName}
        <span className={styles.hour}>{sinceWords(Date.parse(order.orderedAt), now)}</span>
      </span>
      <span className={styles.ref}>{order.reference}</span>
      <span className={answeredAt === null ? styles.next : styles.state}>
        {answeredAt !== null ? (
          <LocalTime at={answeredAt} />
        ) : (
          <>
            {expiresAt !== null && (
              <span className={styles.clock}>
                <Countdown due={expiresAt} red={dayBefore(expiresAt)} />
              </span>
            )}
            Answer
          </>
        )}
      </span>
    </Row>
  )
}
