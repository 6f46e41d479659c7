import { balanceAt, received } from './balance.ts'
import type { Conversion, Followed, Hops, Seed } from './followed.ts'
import { Heap } from './heap.ts'
import {
  firstFrom,
  firstOut,
  type Journal,
  movesNothing,
  NOBODY,
  paidIn,
  receivedIn,
  receivedMinor,
} from './journal.ts'
import type { Rule } from './rule.ts'

/** One account in one currency, while stolen money is or was in it. */
interface Pocket<C, T> {
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
): Followed<T> {
  const found = new Map<number, Pocket<C, T>>()
  const waiting = new Heap<Pocket<C, T>>()
  const lost = new Map<number, T>()
  const returned = new Map<number, T>()
  const conversions: Conversion<T>[] = []
  const hops: Hops = { rows: [], minors: [], depths: [] }
  const legs = new Map(journal.legs)
  const owed = new Map<number, { got: T; hops: number; made: number }>()
  let unspent = rule.whole(seed.minor)

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
    const out = firstOut(journal, account, place)
    pocket.contents = rule.open(
      balanceAt(journal, { ...pocket, end: place, out }, () => rule.balance(pocket.contents)),
    )
    pocket.place = place
    pocket.live = true
    pocket.out = out
    if (goOn(journal, pocket)) waiting.push(pocket)
    return pocket
  }

  /** Tells a pocket of the clean money that came before its row at `place`. */
  const catchUp = (pocket: Pocket<C, T>, place: number) => {
    if (place === pocket.place) return
    const { stream } = journal
    if (stream) {
      const first = journal.starts[pocket.account] as number
      const before = pocket.place > first ? (stream.came[pocket.place - 1] as number) : 0
      rule.putClean(pocket.contents, (stream.came[place - 1] as number) - before)
    } else for (const minor of received(journal, pocket, place)) rule.putClean(pocket.contents, minor)
    pocket.place = place
  }

  /** Stolen money has come to an account, of which `stopped` is followed no further. */
  const stay = (pocket: Pocket<C, T>, stopped: T, { row, depth }: { row: number; depth: number }) => {
    if (!rule.isZero(stopped)) pocket.stays = rule.add(pocket.stays, stopped)
    pocket.hops = Math.min(pocket.hops, depth)
    if (pocket.firstRow < 0) pocket.firstRow = row
    pocket.lastRow = row
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
    stay(pocket, stopped, { row, depth })
  }

  /** The first leg of two: the exchange keeps what it was paid as clean money, and owes what that is worth. */
  const exchange = (
    parcel: P,
    it: { readonly row: number; readonly back: number; readonly depth: number },
  ) => {
    const { row, back, depth } = it
    const made = rule.fewest(parcel)
    const stopped = rule.stop(parcel)
    if (!rule.isZero(stopped))
      stay(known(journal.payee[row] as number, receivedIn(journal, row)), stopped, it)
    const gave = rule.carried(parcel)
    if (rule.isZero(gave)) return
    const got = rule.scale(gave, journal.minor[back] as number, journal.minor[row] as number)
    conversions.push({ out: row, back, gave, got })
    owed.set(back, { got, hops: depth + 1, made })
    awake(journal.payer[back] as number, paidIn(journal, back), row).owes++
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
      const handed = rule.decree(parcel, due.got, due.made)
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
      exchange(parcel, { row, back, depth })
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
  const places = Array.from(found.values(), (it) => ({
    account: it.account,
    currency: it.currency,
    stolen: rule.add(rule.left(it.contents), it.stays),
    stays: it.stays,
    hops: it.hops,
    firstRow: it.firstRow,
    lastRow: it.lastRow,
  }))
  return { places, unspent, lost, returned, conversions, hops }
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

/** The place in `touching` of an account's first row that is not before `row`, of those it has not been told of. */
const placeOf = (
  { touching, starts }: Journal,
  { account, place }: { readonly account: number; readonly place: number },
  row: number,
) => firstFrom(touching, row, [place, starts[account + 1] as number])
