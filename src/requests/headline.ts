import { formatMoney, MONEY_STATES, type MoneyState } from '../core/money.ts'
import type { MoneyLine, RequestSummary } from '../freeze/shapes.ts'

/** Money of one currency over all lines of a request. Lines of different currencies are never added. */
export type Sum = Pick<MoneyLine, 'currency' | 'reported' | 'atRisk' | 'held' | 'lost' | 'returned'>

/** One sum a currency, in the order in which the currencies first appear. Minor units stay integers. */
export function sumsOf(lines: readonly MoneyLine[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const line of lines) {
    const { currency } = line
    const so = sums.get(currency) ?? { currency, reported: 0, atRisk: 0, held: 0, lost: 0, returned: 0 }
    sums.set(currency, {
      currency,
      reported: so.reported + line.reported,
      atRisk: so.atRisk + line.atRisk,
      held: so.held + line.held,
      lost: so.lost + line.lost,
      returned: so.returned + line.returned,
    })
  }
  return [...sums.values()]
}

export const PART_OF = {
  at_risk: 'atRisk',
  held: 'held',
  lost: 'lost',
  returned: 'returned',
} as const satisfies Record<MoneyState, keyof Sum>

/** `SGD 40,000.00 and USDT 12.000000`; null when nothing stands in that state. */
export function amountsIn(state: MoneyState, lines: readonly MoneyLine[]): string | null {
  const there = sumsOf(lines).filter((sum) => sum[PART_OF[state]] > 0)
  if (there.length === 0) return null
  return listOf(there.map((sum) => formatMoney(sum[PART_OF[state]], sum.currency)))
}

export function reportedAmounts(lines: readonly MoneyLine[]): string {
  return listOf(sumsOf(lines).map(({ reported, currency }) => formatMoney(reported, currency)))
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** `61 hours left`, `85 minutes left`, `the clock ran out 3 hours ago`. Rounded down: it promises no time that is not there. */
export function timeLeft(due: string, now: number): string {
  const left = Date.parse(due) - now
  if (left < 0) return `the clock ran out ${length(-left)} ago`
  return `${length(left)} left`
}

function length(ms: number): string {
  if (ms >= 2 * HOUR) return `${Math.floor(ms / HOUR)} hours`
  if (ms >= 2 * MINUTE) return `${Math.floor(ms / MINUTE)} minutes`
  return ms >= MINUTE ? 'one minute' : 'under a minute'
}

type Headed = Pick<RequestSummary, 'status' | 'lines' | 'dueAt'>

/** What stands in the way of a plain “at risk, 61 hours left” once a request has ended. */
const ENDS: Partial<Record<RequestSummary['status'], string>> = {
  closed: 'Closed: ',
  declined: 'Declined: ',
  recalled: 'Taken back: ',
}

/** The clock runs while a request is open and something is still at risk; afterwards no hour is counted. */
export function clockRuns({ status, lines }: Pick<RequestSummary, 'status' | 'lines'>): boolean {
  return ENDS[status] === undefined && lines.some(({ atRisk }) => atRisk > 0)
}

/**
 * A request in one sentence, as the pieces around its clock: `SGD 48,200.00 at risk, ` `61 hours left`. The clock is apart
 * so that a page can colour it; it is null when none runs.
 */
export function headlineParts(
  it: Headed,
  now: number,
): { before: string; clock: string | null; after: string } {
  const end = ENDS[it.status]
  const open = end === undefined
  const risk = amountsIn('at_risk', it.lines)
  const settled = (['held', 'returned', 'lost'] as const).flatMap((state) => {
    const amounts = amountsIn(state, it.lines)
    return amounts === null ? [] : [`${amounts} ${state}`]
  })
  if (risk === null || !open) {
    const rest = risk === null ? [] : [`${risk} still at risk`]
    return { before: (end ?? '') + [...settled, ...rest].join(', '), clock: null, after: '' }
  }
  const still = settled.length > 0 ? 'still at risk' : 'at risk'
  const after = settled.length > 0 ? `; ${settled.join(', ')}` : ''
  return { before: `${risk} ${still}, `, clock: timeLeft(it.dueAt, now), after }
}

export function headline(it: Headed, now: number): string {
  const { before, clock, after } = headlineParts(it, now)
  return `${before}${clock ?? ''}${after}`
}

/** What was saved and what was lost, without a clock: `SGD 40,000.00 held, SGD 8,200.00 lost`. */
export function outcomeWords(lines: readonly MoneyLine[]): string {
  const words = (['returned', 'held', 'lost', 'at_risk'] as const).flatMap((state) => {
    const amounts = amountsIn(state, lines)
    return amounts === null ? [] : [`${amounts} ${state === 'at_risk' ? 'still at risk' : state}`]
  })
  return words.join(', ')
}

/** What was saved so far, held or returned; null when nothing was. */
export function savedWords(lines: readonly MoneyLine[]): string | null {
  const words = (['returned', 'held'] as const).flatMap((state) => {
    const amounts = amountsIn(state, lines)
    return amounts === null ? [] : [`${amounts} ${state}`]
  })
  return words.length === 0 ? null : listOf(words)
}

/** Whether the four parts of every line add up to what was reported. The database holds it; the page shows it. */
export function addsUp(line: MoneyLine): boolean {
  return MONEY_STATES.reduce((sum, state) => sum + line[PART_OF[state]], 0) === line.reported
}
