import { HouseError } from '../core/errors.ts'
import { isoMoment } from './moment.ts'
import type { Trace, When } from './outcome.ts'

/** Stands where a row has no payer (money paid in) or no payee (money paid out). */
export const NOBODY = 0xffff_ffff

/** Transactions as columns; one place of each column is one row of the file. Amounts are integer minor units. */
export interface Columns {
  readonly rows: number
  /** Names of the accounts; `payer` and `payee` are places in it. */
  readonly accounts: readonly string[]
  /** The place of a name, when whoever made the columns can find it at once; -1 for none. */
  readonly accountNumber?: (name: string) => number
  /** Currency codes; `currency` holds places in it. */
  readonly currencies: readonly string[]
  readonly payer: Uint32Array
  readonly payee: Uint32Array
  readonly minor: Float64Array
  readonly currency: Uint16Array
  /** When the row was booked: milliseconds since 1970 in UTC, or a step of a simulation. */
  readonly at: Float64Array
  /** What reached the payee, for rows that were paid in one currency and received in another. */
  readonly received?: { readonly minor: Float64Array; readonly currency: Uint16Array }
  /** The file's own name of a row; only asked for rows that are shown. */
  readonly idOf?: (row: number) => string
  /** Whether `at` counts moments or steps; moments unless said. */
  readonly clock?: 'moment' | 'step'
  /** Rows of which the first pays for the second: the two legs of one change of currency. */
  readonly legs?: readonly (readonly [out: number, back: number])[]
}

/**
 * The units that ever came into each account, as one line in the order they came; those that left are the first of it, and the
 * balance is what lies between. No rule changes that, whatever was stolen. In minor units.
 */
export interface Stream {
  /** Units that had come when a row of `touching` was done. */
  readonly came: Float64Array
  /** Units of them that had left when a payment of `outs` was done; what came from outside for it is not among them. */
  readonly left: Float64Array
}

/** Columns in booking order, with the rows of each account found at once. */
export interface Journal extends Columns {
  /** The rows of account `a` are `touching[starts[a]]` to `touching[starts[a + 1] - 1]`, in booking order. */
  readonly starts: Uint32Array
  readonly touching: Uint32Array
  /** Places in `touching` of the payments that account `a` made: `outs[outStarts[a]]` to `outs[outStarts[a + 1] - 1]`. */
  readonly outStarts: Uint32Array
  readonly outs: Uint32Array
  /** Null when more than one currency moves, or an account was paid more than 2^53 in all. */
  readonly stream: Stream | null
  /** More than one currency moves in it. */
  readonly mixed: boolean
  /** When its first row and its last were booked; null where there is none. */
  readonly file: Trace['file']
}

/**
 * Puts rows in booking order (ties as in the file) and finds the rows of each account. A transfer to oneself in one
 * currency changes nothing, so it is in no account's list.
 * @throws `invalid` for an amount that is not a whole, safe number of at least 0, or an account that has no name
 * Cost    time O(rows), and O(rows log rows) when the file is out of order; memory 36 bytes a row beside the columns, 12 when more
 *         than one currency moves
 */
export function openJournal(columns: Columns): Journal {
  checkColumns(columns)
  const ordered = isOrdered(columns) ? columns : inOrder(columns)
  return indexed(ordered, isMixed(ordered))
}

function checkColumns({ rows, minor, payer, payee, accounts, at }: Columns): void {
  for (let row = 0; row < rows; row++) {
    const amount = minor[row] as number
    if (!Number.isSafeInteger(amount) || amount < 0)
      throw new HouseError('invalid', `row ${row + 1}: ${amount} is not a whole number of minor units`)
    for (const account of [payer[row] as number, payee[row] as number])
      if (account !== NOBODY && account >= accounts.length)
        throw new HouseError('invalid', `row ${row + 1}: account ${account} has no name`)
    if (Number.isNaN(at[row] as number)) throw new HouseError('invalid', `row ${row + 1}: there is no time`)
  }
}

function isOrdered({ rows, at }: Columns): boolean {
  for (let row = 1; row < rows; row++) if ((at[row] as number) < (at[row - 1] as number)) return false
  return true
}

function inOrder(columns: Columns): Columns {
  const { rows, at, idOf, received, legs } = columns
  const order = Uint32Array.from({ length: rows }, (_, row) => row)
  order.sort((a, b) => (at[a] as number) - (at[b] as number) || a - b)
  const float = (from: Float64Array) => Float64Array.from(order, (row) => from[row] as number)
  const whole = (from: Uint32Array) => Uint32Array.from(order, (row) => from[row] as number)
  const short = (from: Uint16Array) => Uint16Array.from(order, (row) => from[row] as number)
  const placeOf = legs && new Map(Array.from(order, (row, place) => [row, place]))
  return {
    ...columns,
    payer: whole(columns.payer),
    payee: whole(columns.payee),
    minor: float(columns.minor),
    currency: short(columns.currency),
    at: float(at),
    idOf: (place) => idOf?.(order[place] as number) ?? `row ${(order[place] as number) + 1}`,
    ...(received && { received: { minor: float(received.minor), currency: short(received.currency) } }),
    ...(legs && { legs: legs.map(([out, back]) => [placeOf?.get(out) ?? 0, placeOf?.get(back) ?? 0]) }),
  }
}

function isMixed({ rows, currency, received }: Columns): boolean {
  for (let row = 1; row < rows; row++) if (currency[row] !== currency[0]) return true
  return received?.currency.some((it) => it !== currency[0]) ?? false
}

/** Whether a row is in no account's list. */
const isStill = ({ payer, payee, received, currency }: Columns, row: number) =>
  payer[row] === payee[row] && (!received || received.currency[row] === currency[row])

function indexed(columns: Columns, mixed: boolean): Journal {
  const { rows, payer, payee, accounts } = columns
  const [starts, outStarts] = counted(columns)
  const touching = new Uint32Array(starts[accounts.length] as number)
  const outs = new Uint32Array(outStarts[accounts.length] as number)
  const [next, nextOut] = [starts.slice(), outStarts.slice()]
  for (let row = 0; row < rows; row++) {
    if (isStill(columns, row)) continue
    const from = payer[row] as number
    const to = payee[row] as number
    if (from !== NOBODY) {
      const place = next[from] as number
      const out = nextOut[from] as number
      touching[place] = row
      outs[out] = place
      next[from] = place + 1
      nextOut[from] = out + 1
    }
    if (to === NOBODY || to === from) continue
    const place = next[to] as number
    touching[place] = row
    next[to] = place + 1
  }
  const index = { starts, touching, outStarts, outs }
  const file = {
    begins: rows > 0 ? whenOf(columns, 0) : null,
    ends: rows > 0 ? whenOf(columns, rows - 1) : null,
  }
  return { ...columns, ...index, stream: mixed ? null : streamOf(columns, index), mixed, file }
}

/** When a row was booked. */
export function whenOf({ at, clock }: Columns, row: number): When {
  const when = at[row] as number
  return clock === 'step' ? when : isoMoment(when)
}

/** Account by account, so that what is written lies together. */
function streamOf(
  { payer, minor, accounts }: Columns,
  { starts, touching, outStarts }: Pick<Journal, 'starts' | 'touching' | 'outStarts'>,
): Stream | null {
  const came = new Float64Array(touching.length)
  const left = new Float64Array(outStarts[accounts.length] as number)
  let out = 0
  for (let account = 0; account < accounts.length; account++) {
    const end = starts[account + 1] as number
    let [inward, outward] = [0, 0]
    for (let place = starts[account] as number; place < end; place++) {
      const row = touching[place] as number
      const amount = minor[row] as number
      if (payer[row] === account) left[out++] = outward = Math.min(inward, outward + amount)
      else inward += amount
      came[place] = inward
    }
    if (inward > Number.MAX_SAFE_INTEGER) return null
  }
  return { came, left }
}

/** How many rows, and how many payments out, the accounts before each account have. */
function counted(columns: Columns): [starts: Uint32Array, outStarts: Uint32Array] {
  const { rows, payer, payee, accounts } = columns
  const starts = new Uint32Array(accounts.length + 1)
  const outStarts = new Uint32Array(accounts.length + 1)
  for (let row = 0; row < rows; row++) {
    if (isStill(columns, row)) continue
    const from = payer[row] as number
    const to = payee[row] as number
    if (from !== NOBODY) {
      starts[from + 1] = (starts[from + 1] as number) + 1
      outStarts[from + 1] = (outStarts[from + 1] as number) + 1
    }
    if (to !== NOBODY && to !== from) starts[to + 1] = (starts[to + 1] as number) + 1
  }
  for (let account = 0; account < accounts.length; account++) {
    starts[account + 1] = (starts[account + 1] as number) + (starts[account] as number)
    outStarts[account + 1] = (outStarts[account + 1] as number) + (outStarts[account] as number)
  }
  return [starts, outStarts]
}

/** Currency that leaves the payer in a row. */
export const paidIn = (journal: Columns, row: number) => journal.currency[row] as number
/** Currency that reaches the payee in a row. */
export const receivedIn = (journal: Columns, row: number) =>
  (journal.received ? journal.received.currency[row] : journal.currency[row]) as number
/** Minor units that reach the payee in a row, in `receivedIn`; nothing, where nothing was paid. */
export const receivedMinor = (journal: Columns, row: number) =>
  (journal.received && journal.minor[row] !== 0 ? journal.received.minor[row] : journal.minor[row]) as number

/** Whether a row moves nothing: from an account to itself in one currency, or an amount of nought. */
export const movesNothing = (journal: Columns, row: number) =>
  journal.minor[row] === 0 ||
  (journal.payer[row] === journal.payee[row] && paidIn(journal, row) === receivedIn(journal, row))

/** How the file calls a row. */
export const idOf = (journal: Columns, row: number) => journal.idOf?.(row) ?? `row ${row + 1}`

/** The place of the first row of `rows[from..to)` that is not before `row`; `to` when there is none. */
export function firstFrom(rows: Uint32Array, row: number, [from, to]: readonly [number, number]): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle] as number) < row) low = middle + 1
    else high = middle
  }
  return low
}

/** The place in `touching` of an account's first row that is not before `row`. */
export const placeOf = ({ touching, starts }: Journal, account: number, row: number) =>
  firstFrom(touching, row, [starts[account] as number, starts[account + 1] as number])

/** The place in `outs` of an account's first payment that is not before a place in `touching`. */
export const firstOut = ({ outs, outStarts }: Journal, account: number, place: number) =>
  firstFrom(outs, place, [outStarts[account] as number, outStarts[account + 1] as number])
