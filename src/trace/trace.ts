import { HouseError } from '../core/errors.ts'
import { formatMoney } from '../core/money.ts'
import { backward } from './backward.ts'
import { type Found, forward, whenOf } from './forward.ts'
import { type Journal, paidIn, receivedIn } from './journal.ts'
import { findAccount } from './nearest.ts'
import type { Direction, Method, Trace } from './outcome.ts'

export interface Ask {
  readonly from: string
  /** Whole minor units, above nought. */
  readonly minor: number
  /** Needed when the account's money moves in more than one currency. */
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
  const account = findAccount(journal.accounts, ask.from)
  const currency = currencyOf(journal, { ...ask, account, direction })
  const returnedTo = new Set((ask.returnedTo ?? []).map((name) => findAccount(journal.accounts, name)))
  const seed = { account, currency, minor: ask.minor, row: rowAt(journal, ask.at, direction) }
  const found = (direction === 'forward' ? forward : backward)(journal, { seed, method, limit, returnedTo })
  const code = journal.currencies[currency] ?? ''
  const own = found.totals.find((it) => it.currency === code)
  return {
    direction,
    method,
    from: journal.accounts[account] ?? ask.from,
    at: journal.clock === 'step' ? ask.at : new Date(ask.at).toISOString(),
    stolen: { minor: ask.minor, currency: code },
    held: [...found.held].sort((a, b) => b.minor - a.minor || (a.account < b.account ? -1 : 1)),
    lost: own?.lost ?? 0,
    returned: own?.returned ?? 0,
    totals: found.totals,
    changed: found.changed,
    hops: found.hops,
    hopsBelowOne: found.hopsBelowOne,
    file: {
      begins: journal.rows > 0 ? whenOf(journal, 0) : null,
      ends: journal.rows > 0 ? whenOf(journal, journal.rows - 1) : null,
    },
    notes: notesOf(journal, { ...ask, method, direction, currency: code }, found),
  }
}

/** Forward: the first row at or after the time. Backward: the first row after it. */
function rowAt({ rows, at }: Journal, time: number, direction: Direction): number {
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

interface Whose {
  readonly account: number
  readonly currency?: string
  readonly direction: Direction
  readonly from: string
  readonly at: number
}

/** The one currency in which the account's money moves after (backward: before) the time, or the one that was named. */
function currencyOf(journal: Journal, { account, currency, direction, from, at }: Whose): number {
  const seen = new Set<number>()
  const fitting = new Set<number>()
  for (let i = journal.starts[account] as number; i < (journal.starts[account + 1] as number); i++) {
    const row = journal.touching[i] as number
    const out = journal.payer[row] === account
    const moved = out ? paidIn(journal, row) : receivedIn(journal, row)
    seen.add(moved)
    const later = (journal.at[row] as number) >= at
    if (direction === 'forward' ? out && later : !out && (journal.at[row] as number) <= at) fitting.add(moved)
  }
  const names = (places: ReadonlySet<number>) =>
    [...places].map((place) => journal.currencies[place] ?? '').join(', ')
  if (currency !== undefined) {
    const place = journal.currencies.indexOf(currency)
    if (place >= 0 && (seen.has(place) || seen.size === 0)) return place
    throw new HouseError(
      'invalid',
      `currency: ${from} has no row in ${currency}${seen.size > 0 ? `, only in ${names(seen)}` : ''}`,
    )
  }
  const candidates = fitting.size > 0 ? fitting : seen
  const [only] = candidates
  if (candidates.size > 1)
    throw new HouseError(
      'invalid',
      `currency: money of ${from} moves in ${names(candidates)}; say which one the amount is in`,
    )
  return only ?? 0
}

type NoteAsk = Required<Pick<Ask, 'from' | 'minor' | 'at' | 'method' | 'direction' | 'currency'>>

function notesOf(journal: Journal, ask: NoteAsk, { unspent, held, hopsBelowOne }: Found): string[] {
  if (journal.rows === 0) return ['The file has no rows.']
  const notes: string[] = []
  const [first, last] = [journal.at[0] as number, journal.at[journal.rows - 1] as number]
  const ends = whenOf(journal, journal.rows - 1)
  const forwards = ask.direction === 'forward'
  if (ask.at < first)
    notes.push(`The file begins at ${whenOf(journal, 0)}, after the time that was asked about.`)
  if (ask.at > last) notes.push(`The file ends at ${ends}, before the time that was asked about.`)
  if (unspent > 0)
    notes.push(
      forwards
        ? `${money(ask.minor - unspent, ask.currency)} of ${money(ask.minor, ask.currency)} left ${ask.from} in this file; the rest is counted as held there.`
        : `Only ${money(ask.minor - unspent, ask.currency)} of ${money(ask.minor, ask.currency)} reached ${ask.from} in this file up to then; the rest is counted as its own.`,
    )
  notes.push(
    forwards
      ? `The file ends at ${ends}: what is held is held as of then, and where it went later this file does not say.`
      : `The file begins at ${whenOf(journal, 0)}: money that an account had before then counts as its own.`,
  )
  if (ask.method === 'poison')
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
    return `${currency} ${(minor / 100).toFixed(2)}`.trim()
  }
}
