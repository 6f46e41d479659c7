import { HouseError } from '../core/errors.ts'
import { formatMoney } from '../core/money.ts'
import { backward } from './backward.ts'
import { countPossible } from './exchanges.ts'
import { forward } from './forward.ts'
import type { Found } from './found.ts'
import { type Journal, paidIn, receivedIn } from './journal.ts'
import { isoMoment } from './moment.ts'
import { findAccount } from './nearest.ts'
import type { Direction, Held, Method, Trace, When } from './outcome.ts'

export interface Ask {
  readonly from: string
  /** Whole minor units, above nought. */
  readonly minor: number
  /** That of the first payment that leaves, unless it is named. */
  readonly currency?: string
  /** In the clock of the journal. */
  readonly at: number
  readonly method?: Method
  readonly direction?: Direction
  readonly hops?: number
  /** Accounts of those who lost the money: what reaches them counts as returned. */
  readonly returnedTo?: readonly string[]
}

/**
 * Follows an amount from an account at a time through the journal, or back to where it came from. docs/guide/trace.md says in
 * words what every rule does.
 * @throws `not_found` for an account that the journal does not have, `invalid` for an amount, a currency or a limit that cannot be
 * Keeps   forward by fifo and haircut, held + lost + returned + changed = stolen, in each currency (trace.test.ts)
 */
export function trace(journal: Journal, ask: Ask): Trace {
  const { method = 'fifo', direction = 'forward', hops: limit = 0 } = ask
  if (!Number.isSafeInteger(ask.minor) || ask.minor <= 0)
    throw new HouseError('invalid', `amount: ${ask.minor} is not a whole number of minor units above nought`)
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw new HouseError('invalid', `hops: ${limit} is not a whole number, e.g. 5`)
  if (Number.isNaN(ask.at)) throw new HouseError('invalid', 'at: this is not a time')
  const account = findAccount(journal, ask.from)
  const currency = currencyOf(journal, account, { ask, direction })
  const returnedTo = ask.returnedTo?.length
    ? new Set(ask.returnedTo.map((name) => findAccount(journal, name)))
    : NOBODY_LOST
  const seed = { account, currency, minor: ask.minor, row: rowAt(journal, ask.at, direction) }
  const found = (direction === 'forward' ? forward : backward)(journal, { seed, method, limit, returnedTo })
  const code = journal.currencies[currency] ?? ''
  const own = found.totals.find((it) => it.currency === code)
  return {
    direction,
    method,
    from: journal.accounts[account] ?? ask.from,
    at: journal.clock === 'step' ? ask.at : isoMoment(ask.at),
    stolen: { minor: ask.minor, currency: code },
    held: found.held.toSorted(byAmount),
    lost: own?.lost ?? 0,
    returned: own?.returned ?? 0,
    totals: found.totals,
    changed: found.changed,
    hops: found.hops,
    hopsBelowOne: found.hopsBelowOne,
    file: journal.file,
    notes: notesOf(journal, { ask, account, method, direction, code }, found),
  }
}

const NOBODY_LOST: ReadonlySet<number> = new Set()
const byAmount = (a: Held, b: Held) => b.minor - a.minor || (a.account < b.account ? -1 : 1)

/** Forward: the first row at or after the time. Backward: the first row after it. */
export function rowAt({ rows, at }: Journal, time: number, direction: Direction): number {
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >>> 1
    const here = at[middle] as number
    if (here < time || (direction === 'backward' && here === time)) low = middle + 1
    else high = middle
  }
  return low
}

/** The currency that an amount from this account is in. Throws as `trace` does. */
export function seedCurrency(journal: Journal, ask: Whose): string {
  const { direction = 'forward' } = ask
  const place = currencyOf(journal, findAccount(journal, ask.from), { ask, direction })
  return journal.currencies[place] ?? ''
}

type Whose = Pick<Ask, 'from' | 'at' | 'direction' | 'currency'>

/**
 * The currency that was named; or else that of the first payment that leaves from the time on (backward: of the last that
 * came up to it), or of any.
 */
function currencyOf(
  journal: Journal,
  account: number,
  { ask, direction }: { readonly ask: Whose; readonly direction: Direction },
): number {
  const { currency, from, at } = ask
  const { starts, mixed } = journal
  if (!mixed && currency === undefined)
    return starts[account] === starts[account + 1] ? 0 : paidIn(journal, 0)
  const seen = currenciesOf(journal, account)
  if (currency !== undefined) {
    const place = journal.currencies.indexOf(currency)
    if (place >= 0 && (seen.has(place) || seen.size === 0)) return place
    const names = [...seen].map((it) => journal.currencies[it] ?? '').join(', ')
    throw new HouseError(
      'invalid',
      `currency: ${from} has no row in ${currency}${seen.size > 0 ? `, only in ${names}` : ''}`,
    )
  }
  const [any = 0] = seen
  const forwards = direction === 'forward'
  let nearest: number | null = null
  for (const row of rowsOf(journal, account)) {
    const time = journal.at[row] as number
    if (forwards ? journal.payer[row] !== account || time < at : journal.payee[row] !== account || time > at)
      continue
    if (forwards) return paidIn(journal, row)
    nearest = receivedIn(journal, row)
  }
  return nearest ?? any
}

const rowsOf = ({ starts, touching }: Journal, account: number) =>
  touching.subarray(starts[account], starts[account + 1])

/** Every currency in which an account pays or is paid. */
function currenciesOf(journal: Journal, account: number): Set<number> {
  const seen = new Set<number>()
  if (!journal.mixed) return rowsOf(journal, account).length > 0 ? seen.add(paidIn(journal, 0)) : seen
  for (const row of rowsOf(journal, account))
    seen.add(journal.payer[row] === account ? paidIn(journal, row) : receivedIn(journal, row))
  return seen
}

function currencyNotes(journal: Journal, account: number, taken: string): string[] {
  const others = [...currenciesOf(journal, account)].map((it) => journal.currencies[it] ?? '')
  if (others.length < 2) return []
  return [
    `Money of ${journal.accounts[account]} moves in ${others.join(', ')}; the amount was taken to be in ${taken}, the currency that moved first. Name another with --currency.`,
  ]
}

interface NoteAsk {
  readonly ask: Ask
  readonly account: number
  readonly method: Method
  readonly direction: Direction
  readonly code: string
}

const DAY = 86_400_000
/** More payments than this are not searched for exchanges. */
const MOST_SEARCHED = 5_000

/** Rows that were not followed into another currency. */
function unchanged(hops: Found['hops'], changed: Found['changed']): number[] {
  const done = new Set(changed.map(({ rows }) => rows[0]))
  return hops.slice(0, MOST_SEARCHED).flatMap(({ row }) => (done.has(row) ? [] : [row]))
}

/** A time in a sentence: to the minute, in UTC; a step as its number. */
const said = (when: When) =>
  typeof when === 'number' ? when : `${when.slice(0, -14)} ${when.slice(-13, -8)} UTC`

function notesOf(journal: Journal, about: NoteAsk, found: Found): string[] {
  const { ask, account, code } = about
  const { file } = journal
  if (file.begins === null || file.ends === null) return ['The file has no rows.']
  const notes = journal.mixed && ask.currency === undefined ? currencyNotes(journal, account, code) : []
  const [begins, ends] = [said(file.begins), said(file.ends)]
  const forwards = about.direction === 'forward'
  const { unspent, held, hopsBelowOne } = found
  if (ask.at < (journal.at[0] as number))
    notes.push(`The file begins at ${begins}, after the time that was asked about.`)
  if (ask.at > (journal.at[journal.rows - 1] as number))
    notes.push(`The file ends at ${ends}, before the time that was asked about.`)
  if (unspent > 0)
    notes.push(
      forwards
        ? `${money(ask.minor - unspent, code)} of ${money(ask.minor, code)} left ${ask.from} in this file; the rest is counted as held there.`
        : `Only ${money(ask.minor - unspent, code)} of ${money(ask.minor, code)} reached ${ask.from} in this file up to then; the rest is counted as its own.`,
    )
  notes.push(
    forwards
      ? `The file ends at ${ends}: what is held is held as of then, and where it went later this file does not say.`
      : `The file begins at ${begins}: money that an account had before then counts as its own.`,
  )
  const may = forwards && journal.mixed && journal.clock !== 'step'
  const unfollowed = may ? countPossible(journal, unchanged(found.hops, found.changed), 3 * DAY) : 0
  if (unfollowed > 0)
    notes.push(
      `${unfollowed} of these payments went to somebody who paid the payer back in another currency within three days. If that was an exchange, follow it with --exchange-within 72.`,
    )
  if (about.method === 'poison')
    notes.push(
      'By poison clean money that touches stolen money is counted too, so the amounts add up to more.',
    )
  if (held.some(({ followedNoFurther }) => followedNoFurther))
    notes.push(
      'Some money was followed no further, because of the limit on hops or an exchange that was not completed.',
    )
  if (hopsBelowOne > 0)
    notes.push(
      `${hopsBelowOne} payments that carried less than half a minor unit are counted but not listed.`,
    )
  return notes
}

/** An amount for people; a file without currencies has amounts without a code. */
export function money(minor: number, currency: string): string {
  try {
    return formatMoney(minor, currency)
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    // ISO 4217 calls no currency XXX
    return `${currency === 'XXX' ? '' : currency} ${(minor / 100).toFixed(2)}`.trim()
  }
}
