import { Heap } from './heap.ts'
import {
  firstFrom,
  type Journal,
  movesNothing,
  NOBODY,
  paidIn,
  receivedIn,
  receivedMinor,
} from './journal.ts'
import type { Rule } from './rule.ts'

/** What was stolen: the first `minor` units that leave `account` in `currency` from row `row` on. */
export interface Seed {
  readonly account: number
  readonly currency: number
  readonly minor: number
  /** The first row that counts. */
  readonly row: number
}

/** One account in one currency, while stolen money is or was in it. */
export interface Pocket<C, T> {
  readonly account: number
  readonly currency: number
  contents: C
  /** Place in the journal's `touching` up to which the contents know what happened. */
  place: number
  /** Place in the journal's `outs` of its next payment, and the row of that. */
  out: number
  next: number
  live: boolean
  /** Money stays here though nothing in the contents says so: followed no further, or never handed over. */
  stays: T
  /** Changes of currency that this account still has to hand over. */
  owes: number
  /** Fewest payments by which stolen money came here, and the rows of the first and the last. */
  hops: number
  firstRow: number
  lastRow: number
}

/** Payments that carried stolen money, in booking order, one place of each column a payment. */
export interface Hops {
  readonly rows: number[]
  /** Minor units as people read them. */
  readonly minors: number[]
  readonly depths: number[]
}

/** Stolen money that changed its currency: what was given in `out`, and what came back in `back` for it. */
export interface Conversion<T> {
  readonly out: number
  readonly back: number
  readonly gave: T
  readonly got: T
}

export interface Followed<C, T> {
  readonly pockets: readonly Pocket<C, T>[]
  /** Stolen money that was never paid out: it is where it was. */
  readonly unspent: T
  /** By currency, as a place in the journal's `currencies`. */
  readonly lost: ReadonlyMap<number, T>
  readonly returned: ReadonlyMap<number, T>
  readonly conversions: readonly Conversion<T>[]
  readonly hops: Hops
  /** Rows looked at. */
  readonly visited: number
}

interface Arrival<P> {
  readonly parcel: P
  readonly row: number
  readonly depth: number
}

interface FollowOptions {
  /** Accounts whose money counts as returned when it reaches them. */
  readonly returnedTo?: ReadonlySet<number>
}

/**
 * Follows stolen money from payment to payment in booking order, and looks only at rows of accounts that hold some.
 * Keeps  pockets' `left` and `stays`, unspent, lost, returned and what was given in conversions add up to the seed and what
 *        was got in conversions, by every rule but poison (follow.test.ts)
 * Cost   O(payments made by accounts while they hold some * log(such accounts)); what they receive is added up between two of
 *        their payments, at once where the journal knows balances
 */
export function follow<C, P, T>(
  journal: Journal,
  { seed, rule, returnedTo }: { readonly seed: Seed; readonly rule: Rule<C, P, T> } & FollowOptions,
): Followed<C, T> {
  const found = new Map<number, Pocket<C, T>>()
  const waiting = new Heap<Pocket<C, T>>()
  const lost = new Map<number, T>()
  const returned = new Map<number, T>()
  const conversions: Conversion<T>[] = []
  const hops: Hops = { rows: [], minors: [], depths: [] }
  const legs = new Map(journal.legs)
  const owed = new Map<number, { out: number; gave: T; got: T; hops: number }>()
  let unspent = rule.whole(seed.minor)
  let visited = 0

  const keyOf = (account: number, currency: number) => account * journal.currencies.length + currency
  const count = (into: Map<number, T>, currency: number, value: T) =>
    into.set(currency, rule.add(into.get(currency) ?? rule.zero, value))

  const known = (account: number, currency: number): Pocket<C, T> => {
    const key = keyOf(account, currency)
    const before = found.get(key)
    if (before) return before
    const pocket = emptyPocket({ account, currency, place: journal.starts[account] as number }, rule)
    found.set(key, pocket)
    return pocket
  }

  /** The pocket, awake: it has been told all that happened before `row` and waits for what comes. */
  const awake = (account: number, currency: number, row: number): Pocket<C, T> => {
    const pocket = known(account, currency)
    if (pocket.live) return pocket
    const place = placeOf(journal, pocket, row)
    pocket.contents = rule.open(
      balanceAt(journal, { ...pocket, end: place }, () => rule.balance(pocket.contents)),
    )
    pocket.place = place
    pocket.live = true
    pocket.out = firstOut(journal, account, place)
    if (goOn(journal, pocket)) waiting.push(pocket)
    return pocket
  }

  /** Tells a pocket of the clean money that came before its row at `place`. */
  const catchUp = (pocket: Pocket<C, T>, place: number) => {
    const { balances } = journal
    if (place === pocket.place) return
    if (balances) {
      const first = journal.starts[pocket.account] as number
      const before = pocket.place > first ? (balances[pocket.place - 1] as number) : 0
      rule.putClean(pocket.contents, (balances[place - 1] as number) - before)
    } else
      for (let at = pocket.place; at < place; at++) {
        const row = journal.touching[at] as number
        if (journal.payee[row] === pocket.account && receivedIn(journal, row) === pocket.currency)
          rule.putClean(pocket.contents, receivedMinor(journal, row))
      }
    pocket.place = place
  }

  /** Stolen money comes to an account; what has made its last hop stays there and is looked at no more. */
  const arrive = (to: number, currency: number, { parcel, row, depth }: Arrival<P>) => {
    const stopped = rule.stop(parcel)
    const ends = rule.isZero(rule.carried(parcel))
    const pocket = ends ? known(to, currency) : awake(to, currency, row)
    if (!ends) {
      const place = placeOf(journal, pocket, row)
      catchUp(pocket, place)
      rule.put(pocket.contents, parcel)
      pocket.place = place + 1
    }
    if (!rule.isZero(stopped)) pocket.stays = rule.add(pocket.stays, stopped)
    pocket.hops = Math.min(pocket.hops, depth)
    if (pocket.firstRow < 0) pocket.firstRow = row
    pocket.lastRow = row
  }

  const pay = (payer: Pocket<C, T>) => {
    const row = payer.next
    const place = journal.outs[payer.out] as number
    catchUp(payer, place)
    payer.place = place + 1
    if (movesNothing(journal, row)) return
    const [from, to] = [journal.payer[row] as number, journal.payee[row] as number]
    const [paid, got] = [paidIn(journal, row), receivedIn(journal, row)]
    let parcel = rule.take(payer.contents, journal.minor[row] as number)
    let depth = payer.hops + 1
    if (from === seed.account && paid === seed.currency && row >= seed.row && !rule.isZero(unspent)) {
      unspent = rule.less(unspent, rule.decree(parcel, unspent))
      depth = 1
    }
    const due = owed.get(row)
    if (due) {
      const handed = rule.decree(parcel, due.got)
      payer.stays = rule.add(payer.stays, rule.less(due.got, handed))
      payer.owes--
      if (depth > due.hops) depth = due.hops
    }
    // what is clean the payee is told of when it pays or is paid next
    const carried = rule.carried(parcel)
    if (rule.isZero(carried)) return
    hops.rows.push(row)
    hops.minors.push(rule.shown(carried))
    hops.depths.push(depth)
    const back = legs.get(row)
    if (back !== undefined && back > row && to !== NOBODY) {
      const worth = rule.scale(carried, journal.minor[back] as number, journal.minor[row] as number)
      conversions.push({ out: row, back, gave: carried, got: worth })
      owed.set(back, { out: row, gave: carried, got: worth, hops: depth + 1 })
      awake(journal.payer[back] as number, paidIn(journal, back), row).owes++
      return
    }
    if (got !== paid) {
      parcel = rule.convert(parcel, receivedMinor(journal, row))
      conversions.push({ out: row, back: row, gave: carried, got: rule.carried(parcel) })
    }
    if (to === NOBODY) count(lost, got, rule.carried(parcel))
    else if (returnedTo?.has(to)) count(returned, got, rule.carried(parcel))
    else arrive(to, got, { parcel, row, depth })
  }

  const source = awake(seed.account, seed.currency, seed.row)
  source.hops = 0
  for (let pocket = waiting.first; pocket; pocket = waiting.first) {
    visited++
    pay(pocket)
    pocket.out++
    const wanted =
      pocket.owes > 0 || rule.isTainted(pocket.contents) || (pocket === source && !rule.isZero(unspent))
    if (wanted && goOn(journal, pocket)) waiting.sink()
    else {
      waiting.pop()
      // an account that pays nothing more keeps what it holds
      pocket.live = wanted
    }
  }
  for (const pocket of found.values())
    if (pocket.live) catchUp(pocket, journal.starts[pocket.account + 1] as number)
  return { pockets: [...found.values()], unspent, lost, returned, conversions, hops, visited }
}

function emptyPocket<C, P, T>(
  it: { readonly account: number; readonly currency: number; readonly place: number },
  rule: Rule<C, P, T>,
): Pocket<C, T> {
  return {
    ...it,
    contents: rule.open(0),
    out: 0,
    next: 0,
    live: false,
    stays: rule.zero,
    owes: 0,
    hops: Number.POSITIVE_INFINITY,
    firstRow: -1,
    lastRow: -1,
  }
}

/** Moves to the pocket's next payment in its own currency; false when there is none. */
function goOn<C, T>(journal: Journal, pocket: Pocket<C, T>): boolean {
  const end = journal.outStarts[pocket.account + 1] as number
  for (let out = pocket.out; out < end; out++) {
    const row = journal.touching[journal.outs[out] as number] as number
    if (journal.mixed && paidIn(journal, row) !== pocket.currency) continue
    pocket.out = out
    pocket.next = row
    return true
  }
  pocket.out = end
  pocket.next = journal.rows
  return false
}

/** The place in `touching` of an account's first row that is not before `row`. */
const placeOf = (
  { touching, starts }: Journal,
  { account, place }: { readonly account: number; readonly place: number },
  row: number,
) => firstFrom(touching, row, [place, starts[account + 1] as number])

/** The place in `outs` of an account's first payment that is not before a place in `touching`. */
const firstOut = ({ outs, outStarts }: Journal, account: number, place: number) =>
  firstFrom(outs, place, [outStarts[account] as number, outStarts[account + 1] as number])

interface Span {
  readonly account: number
  readonly currency: number
  readonly place: number
  readonly end: number
}

/** What an account holds before its row at `end`; `opening` is asked where the journal does not know balances. */
function balanceAt(journal: Journal, span: Span, opening: () => number | bigint): number | bigint {
  const { balances, starts } = journal
  if (!balances) return cleanBalance(journal, span, BigInt(opening()))
  return span.end > (starts[span.account] as number) ? (balances[span.end - 1] as number) : 0
}

/** What an account holds after its rows from `place` to `end`, when nothing of it is stolen. */
export function cleanBalance(
  journal: Journal,
  { account, currency, place, end }: Span,
  opening: bigint,
): bigint {
  let high = opening
  // added up in numbers while they are exact, carried over into a bigint before they are not
  let low = 0
  const { payer, minor, touching, mixed } = journal
  for (let i = place; i < end; i++) {
    const row = touching[i] as number
    const out = payer[row] === account
    if (!mixed) low += out ? -(minor[row] as number) : (minor[row] as number)
    else {
      if (out && paidIn(journal, row) === currency) low -= minor[row] as number
      if (journal.payee[row] === account && receivedIn(journal, row) === currency)
        low += receivedMinor(journal, row)
    }
    if (low >= 0 && low <= 2 ** 51) continue
    if (low > 0 || high > 0n) high += BigInt(low)
    low = 0
    if (high < 0n) high = 0n
  }
  return high + BigInt(low)
}
