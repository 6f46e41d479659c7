import { useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatMoney } from '../core/money.ts'
import { sinceWords } from '../web/parts/duration.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import styles from './desk.module.css'
import { deskHeadline, endedOf, ordersToAnswer } from './desk.ts'
import { DeskFoot, Group, Row } from './desk-parts.tsx'
import { Ended, RequestGroups } from './desk-requests.tsx'
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
  const answered = orders.data.orders
    .filter(({ answeredAt }) => answeredAt !== null)
    .sort((a, b) => Date.parse(b.answeredAt ?? '') - Date.parse(a.answeredAt ?? ''))
  const [first] = waiting
  return (
    <>
      <Headline action={first && <OpenFirst id={first.id} />}>
        {deskHeadline(desk.data, 'fraud_desk')}
      </Headline>
      {waiting.length > 0 && (
        <Group title="To answer" count={waiting.length}>
          {waiting.map((order) => (
            <OrderRow key={order.id} order={order} isNew={arrivals.fresh.has(order.id)} />
          ))}
        </Group>
      )}
      <RequestGroups requests={desk.data.requests} fresh={arrivals.fresh} />
      {waiting.length === 0 && desk.data.requests.length === 0 && (
        <EmptyState title="When an authority orders you to hold money, the order stands here at once.">
          With the account, the amount and the legal basis. You see the order alone, never the case behind it.
          You hear a sound, if you allow it below.
        </EmptyState>
      )}
      <Answered orders={answered} />
      <Ended requests={endedOf(all.data.requests)} />
      <DeskFoot arrivals={arrivals} />
    </>
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

function Answered({ orders }: { readonly orders: readonly HoldOrder[] }) {
  const [all, setAll] = useState(false)
  if (orders.length === 0) return null
  const shown = all ? orders : orders.slice(0, FIRST_ANSWERED)
  const onAll = shown.length < orders.length ? () => setAll(true) : null
  return (
    <Group title="Answered" count={orders.length} onAll={onAll}>
      {shown.map((order) => (
        <OrderRow key={order.id} order={order} isNew={false} />
      ))}
    </Group>
  )
}

function OrderRow({ order, isNew }: { readonly order: HoldOrder; readonly isNew: boolean }) {
  const now = useNow()
  const { heldMinor, currency, minor, answeredAt, expiresAt } = order
  return (
    <Row to="/orders/$id" id={order.id} isNew={isNew}>
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
