import { useSuspenseQueries } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { formatMoney } from '../core/money.ts'
import { IdentifierItems } from '../entities/identifier-items.tsx'
import type { OrgCard } from '../members/shapes.ts'
import { grouped } from '../web/parts/grouping.ts'
import { Headline } from '../web/parts/headline.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { Money } from '../web/parts/money.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useKept } from '../web/use-kept.ts'
import styles from './order.module.css'
import { OrderAnswerForm } from './order-answer.tsx'
import { dayBefore, isUnsaid, type TypedAnswer } from './order-draft.ts'
import type { HoldOrder } from './shapes.ts'

/** One order to the bank, on one screen: what to hold, on whose authority, and the answer. */
export function OrderPage({ id }: { readonly id: string }) {
  return <OneOrder key={id} id={id} />
}

function OneOrder({ id }: { readonly id: string }) {
  const me = useMe()
  const [{ data: order }, { data: network }] = useSuspenseQueries({
    queries: [queries.order(id), queries.network()],
  })
  const [typed, setTyped, forget] = useKept(`answer ${me.member.id} ${id}`, () => NOTHING_TYPED)
  const [mine, setMine] = useState(false)
  const late = isUnsaid(typed, order) && !mine ? typed : null
  return (
    <article>
      <Headline
        title={headlineOf(order)}
        above={
          <>
            <span>Order {order.reference}</span>
            <span>{order.authorityName}</span>
          </>
        }
        below={BELOW[order.answeredAt === null ? 'open' : 'answered']}
      >
        {headlineOf(order)}
      </Headline>
      <div className={styles.columns}>
        <Facts order={order} authority={network.orgs.find((org) => org.id === order.authorityOrg)} />
        <div className={styles.answer}>
          {order.answeredAt === null ? (
            <OrderAnswerForm {...{ order, typed }} onType={setTyped} onSend={setMine} onSent={forget} />
          ) : (
            <Recorded order={order} late={late} />
          )}
          <p className={styles.reminder}>
            The holder of a receiving account may be a victim of trafficking: before closing the account or
            reporting the person, screen for that.
          </p>
        </div>
      </div>
    </article>
  )
}

interface FactsProps {
  readonly order: HoldOrder
  readonly authority: OrgCard | undefined
}

/** All that the bank is told. */
function Facts({ order, authority }: FactsProps) {
  const theirs = authority ? { timeZone: authority.timeZone, name: authority.name } : null
  return (
    <dl className={styles.facts}>
      <Row label="Account">
        <span className={styles.account}>
          <Identifier
            kind={order.factKind}
            normal={order.account}
            menu={<IdentifierItems kind={order.factKind} normal={order.account} inClear={false} />}
          />
        </span>
      </Row>
      <Row label="Amount">
        <span className={styles.amount}>
          <Money minor={order.minor} currency={order.currency} />
        </span>
      </Row>
      <Row label="Legal basis">{order.legalBasis}</Row>
      <Row label="Reference">
        <span className={styles.reference}>{order.reference}</span>
      </Row>
      <Row label="Authority">
        {order.authorityName}
        {authority?.channel && <span className="quiet">; reach them by: {authority.channel}</span>}
      </Row>
      <Row label="Ordered">
        <LocalTime at={order.orderedAt} theirs={theirs} ago />
      </Row>
      <Row label="Holds until">
        {order.expiresAt === null ? (
          'no end is stated'
        ) : (
          <span className={styles.until}>
            <LocalTime at={order.expiresAt} theirs={theirs} />
            <Countdown due={order.expiresAt} red={dayBefore(order.expiresAt)} theirs={theirs} />
          </span>
        )}
      </Row>
    </dl>
  )
}

const NOTHING_TYPED: TypedAnswer = { held: '', gone: '', note: '' }

const BELOW = {
  open: 'Hold what is there, then answer once. You see this order, not the case behind it.',
  answered: 'You see this order, not the case behind it.',
}

function headlineOf(order: HoldOrder): string {
  const { heldMinor, goneMinor, currency, minor } = order
  if (heldMinor === null || goneMinor === null)
    return `Hold ${formatMoney(minor, currency)} in ${grouped(order.factKind, order.account, 24).join(' ')}`
  const rest = minor - heldMinor - goneMinor
  const parts = [
    heldMinor > 0 ? `${formatMoney(heldMinor, currency)} held` : '',
    goneMinor > 0 ? `${formatMoney(goneMinor, currency)} had already gone` : '',
    rest > 0 ? `${formatMoney(rest, currency)} neither held nor gone` : '',
  ]
  return `Answered: ${parts.filter((part) => part !== '').join(', ')}`
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

interface RecordedProps {
  readonly order: HoldOrder
  /** What this person had typed when a colleague answered first: nothing typed is lost. */
  readonly late: TypedAnswer | null
}

function Recorded({ order, late }: RecordedProps) {
  const { heldMinor, goneMinor, minor, currency, answeredAt } = order
  const rest = minor - (heldMinor ?? 0) - (goneMinor ?? 0)
  return (
    <section className={styles.recorded} aria-label="What was recorded">
      <h2>What was recorded</h2>
      {late && (
        <p className={styles.late} role="alert">
          A colleague of yours answered first, so yours was not recorded. You had typed: held{' '}
          {late.held || 'nothing'}, already gone {late.gone || 'nothing'}
          {late.note.trim() === '' ? '' : `, and “${late.note.trim()}”`}. If theirs is wrong, tell{' '}
          {order.authorityName}.
        </p>
      )}
      <dl className={styles.sums}>
        <Row label="Ordered">
          <Money minor={minor} currency={currency} />
        </Row>
        <Row label="Held">
          <Money minor={heldMinor ?? 0} currency={currency} />
        </Row>
        <Row label="Already gone">
          <Money minor={goneMinor ?? 0} currency={currency} />
        </Row>
        <Row label="Still at risk">
          <Money minor={rest} currency={currency} />
        </Row>
      </dl>
      {order.answerNote !== '' && <p className={styles.note}>{order.answerNote}</p>}
      <p className="small quiet">
        {order.bankName} answered {answeredAt && <LocalTime at={answeredAt} ago />}; {order.authorityName} has
        it. If the account shows something new, tell them by their channel: an answer here is given once.
      </p>
    </section>
  )
}
