import { exponentOf } from '../core/money.ts'
import { sumsOf } from '../requests/headline.ts'
import type { HoldOrder, RequestSummary } from './shapes.ts'

/** Rows of a CSV; the first is the head. Amounts are plain decimals, times ISO 8601 in UTC. */
type Rows = (string | number)[][]

/** Requests as a table: one line for each currency, as different currencies are never added. */
export function requestRows(
  requests: readonly RequestSummary[],
  statusWords: (request: RequestSummary) => string,
): Rows {
  const head = [
    ...['reference', 'marking', 'status', 'taking part as', 'from', 'to', 'rail', 'victim in'],
    ...['currency', 'reported', 'at risk', 'held', 'lost', 'returned'],
    ...['sent', 'taken on', 'clock runs out', 'ended'],
  ]
  const lines = requests.flatMap((it) =>
    sumsOf(it.lines).map((sum) => [
      ...[it.ref, `TLP:${it.tlp}`, statusWords(it), it.as, it.fromName, it.toName, it.railId],
      it.victimCountry ?? '',
      sum.currency,
      ...[sum.reported, sum.atRisk, sum.held, sum.lost, sum.returned].map((minor) =>
        decimal(minor, sum.currency),
      ),
      ...[it.sentAt, it.acknowledgedAt ?? '', it.dueAt, it.closedAt ?? ''],
    ]),
  )
  return [head, ...lines]
}

/** Orders as a table, as the bank sees them. */
export function orderRows(orders: readonly HoldOrder[]): Rows {
  const head = [
    ...['reference', 'authority', 'legal basis', 'account', 'currency', 'ordered', 'held', 'already gone'],
    ...['ordered at', 'holds until', 'answered at', 'note'],
  ]
  const lines = orders.map((it) => {
    const amount = (minor: number | null) => (minor === null ? '' : decimal(minor, it.currency))
    return [
      ...[it.reference, it.authorityName, it.legalBasis, it.account, it.currency],
      ...[amount(it.minor), amount(it.heldMinor), amount(it.goneMinor)],
      ...[it.orderedAt, it.expiresAt ?? '', it.answeredAt ?? '', it.answerNote],
    ]
  })
  return [head, ...lines]
}

/** Minor units as a decimal without groups: 4820000 SGD is `48200.00`. */
function decimal(minor: number, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = String(minor).padStart(exponent + 1, '0')
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
