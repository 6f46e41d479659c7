import { HouseError } from '../core/errors.ts'
import { backFifo, backHaircut, backPoison } from './back-rules.ts'
import type { FollowAsk } from './forward.ts'
import { type Found, hopsOf } from './found.ts'
import { Heap } from './heap.ts'
import {
  firstFrom,
  idOf,
  type Journal,
  movesNothing,
  NOBODY,
  paidIn,
  receivedIn,
  receivedMinor,
  whenOf,
} from './journal.ts'
import type { Changed, Held } from './outcome.ts'
import type { Counting } from './rule.ts'

/** Where units stand among all that came into an account in one currency: the first that ever came is 0. */
export interface Before {
  /** Units that had come in, and of those the units that had left, before a row. */
  readonly came: number
  readonly left: number
}

/** How one rule says backward which earlier payments a payment was made of; the mirror image of `Rule`. */
export interface BackRule<D, W, T> {
  readonly zero: T
  readonly add: (a: T, b: T) => T
  readonly less: (a: T, b: T) => T
  readonly isZero: (it: T) => boolean
  readonly whole: (minor: number) => T
  readonly shown: (it: T) => number
  readonly settle: Counting<T>['settle']
  /** An account of which nothing is asked. */
  readonly open: () => D
  readonly asks: (of: D) => boolean
  /** What is asked of a payment that came in. */
  readonly draw: (of: D, minor: number, before: Before) => W
  /** Asks for units of the payment, the last ones first, at most `upTo`; says how many. */
  readonly decree: (part: W, minor: number, upTo: T) => T
  /** Hands what is asked of a payment to its payer; says how much was money that the payer had from elsewhere. */
  readonly supply: (of: D, part: W, it: { readonly minor: number; readonly before: Before }) => T
  readonly carried: (part: W) => T
  readonly convert: (part: W, from: number, to: number) => W
}

interface Pocket<D, T> {
  readonly account: number
  readonly currency: number
  readonly demand: D
  readonly history: History
  /** Its own money: it had it from before the file, or from where the file does not show. */
  own: T
  stopped: boolean
  hops: number
  firstRow: number
  lastRow: number
  /** Place in `history`; `next` is its row, negated, so that the latest row is first in the heap. */
  place: number
  next: number
  live: boolean
}

interface History {
  readonly rows: Uint32Array
  readonly came: Float64Array
  readonly left: Float64Array
}

/** Whose money the seed was: the same rules, read backward from payment to payment. */
export function backward(journal: Journal, ask: FollowAsk): Found {
  if (ask.method === 'fifo') return comeFrom(journal, backFifo, ask)
  if (ask.method === 'haircut') return comeFrom(journal, backHaircut, ask)
  return comeFrom(journal, backPoison, ask)
}

function comeFrom<D, W, T>(journal: Journal, rule: BackRule<D, W, T>, { seed, limit }: FollowAsk): Found {
  const pockets = new Map<number, Pocket<D, T>>()
  const waiting = new Heap<Pocket<D, T>>()
  const hops = { rows: [] as number[], minors: [] as number[], depths: [] as number[] }
  const changed: { at: number; gave: T; got: T; out: number; back: number }[] = []
  const outOf = new Map((journal.legs ?? []).map(([out, back]) => [back, out]))
  const promised = new Map<number, { part: W; hops: number }>()
  const paidByNobody = new Map<number, T>()
  let missing = rule.whole(seed.minor)

  const awake = (account: number, currency: number, row: number) => {
    const key = account * journal.currencies.length + currency
    let pocket = pockets.get(key)
    if (!pocket) {
      pocket = {
        account,
        currency,
        demand: rule.open(),
        history: historyOf(journal, { account, currency, row }),
        own: rule.zero,
        stopped: false,
        hops: Number.POSITIVE_INFINITY,
        firstRow: -1,
        lastRow: -1,
        place: 0,
        next: 0,
        live: false,
      }
      pockets.set(key, pocket)
    }
    if (!pocket.live) {
      pocket.place = firstFrom(pocket.history.rows, row, [0, pocket.history.rows.length])
      pocket.live = goBack(pocket)
      if (pocket.live) waiting.push(pocket)
    }
    return pocket
  }
  const before = ({ history }: Pocket<D, T>, row: number): Before => {
    const place = firstFrom(history.rows, row, [0, history.rows.length])
    return { came: history.came[place] as number, left: history.left[place] as number }
  }

  const supply = (row: number, part: W, depth: number) => {
    const from = journal.payer[row] as number
    const paid = paidIn(journal, row)
    const carried = rule.carried(part)
    hops.rows.push(row)
    hops.minors.push(rule.shown(carried))
    hops.depths.push(depth)
    const out = outOf.get(row)
    if (out !== undefined && out < row && from !== NOBODY) {
      const given = rule.convert(part, journal.minor[row] as number, journal.minor[out] as number)
      changed.push({ at: row, out, back: row, got: carried, gave: rule.carried(given) })
      promised.set(out, { part: given, hops: depth })
      // the account that was paid waits for that row, whatever else is asked of it
      awake(journal.payee[out] as number, receivedIn(journal, out), row)
      return
    }
    if (from === NOBODY) {
      paidByNobody.set(paid, rule.add(paidByNobody.get(paid) ?? rule.zero, carried))
      return
    }
    const payer = awake(from, paid, row)
    payer.hops = Math.min(payer.hops, depth)
    if (payer.lastRow < 0) payer.lastRow = row
    payer.firstRow = row
    if (limit > 0 && depth >= limit) {
      payer.own = rule.add(payer.own, carried)
      payer.stopped = true
      return
    }
    const own = rule.supply(payer.demand, part, {
      minor: journal.minor[row] as number,
      before: before(payer, row),
    })
    payer.own = rule.add(payer.own, own)
  }

  const look = (row: number) => {
    if (movesNothing(journal, row) || journal.payee[row] === NOBODY) return
    const to = journal.payee[row] as number
    const got = receivedIn(journal, row)
    const payee = pockets.get(to * journal.currencies.length + got)
    if (!payee) return
    const received = receivedMinor(journal, row)
    const promise = promised.get(row)
    let part: W
    let depth: number
    if (promise) {
      // what the exchange did with the money it was given is its own affair
      const drawn = rule.draw(payee.demand, received, before(payee, row))
      payee.own = rule.add(payee.own, rule.carried(drawn))
      part = promise.part
      depth = promise.hops + 1
    } else {
      part = rule.draw(payee.demand, received, before(payee, row))
      depth = payee.hops + 1
      if (payee === source && row < seed.row && !rule.isZero(missing)) {
        missing = rule.less(missing, rule.decree(part, received, missing))
        depth = 1
      }
    }
    if (rule.isZero(rule.carried(part))) return
    if (got !== paidIn(journal, row)) {
      const given = rule.convert(part, received, journal.minor[row] as number)
      changed.push({ at: row, out: row, back: row, got: rule.carried(part), gave: rule.carried(given) })
      part = given
    }
    supply(row, part, depth)
  }

  const source = awake(seed.account, seed.currency, seed.row)
  source.hops = 0
  for (let pocket = waiting.first; pocket; pocket = waiting.first) {
    const row = -pocket.next
    look(row)
    for (let done = waiting.first; done && done.next === -row; done = waiting.first) {
      const open = rule.asks(done.demand) || (done === source && !rule.isZero(missing)) || promised.size > 0
      if (open && goBack(done)) waiting.sink()
      else {
        waiting.pop()
        done.live = false
      }
    }
  }
  return presentBack(journal, { pockets, missing, paidByNobody, changed, hops, rule, seed })
}

function goBack<D, T>(pocket: Pocket<D, T>): boolean {
  if (pocket.place === 0) return false
  pocket.place--
  pocket.next = -(pocket.history.rows[pocket.place] as number)
  return true
}

/** An account's rows before `row` in one currency, with what had come and left before each, and after the last. */
function historyOf(
  journal: Journal,
  { account, currency, row }: { readonly account: number; readonly currency: number; readonly row: number },
): History {
  const from = journal.starts[account] as number
  const end = firstFrom(journal.touching, row + 1, [from, journal.starts[account + 1] as number])
  const rows = journal.touching.slice(from, end).filter((at) => {
    const out = journal.payer[at] === account && paidIn(journal, at) === currency
    return out || (journal.payee[at] === account && receivedIn(journal, at) === currency)
  })
  const came = new Float64Array(rows.length + 1)
  const left = new Float64Array(rows.length + 1)
  for (let place = 0; place < rows.length; place++) {
    const at = rows[place] as number
    let [inward, outward] = [came[place] as number, left[place] as number]
    const out = journal.payer[at] === account && paidIn(journal, at) === currency
    if (out) outward = Math.min(inward, outward + (journal.minor[at] as number))
    if (journal.payee[at] === account && receivedIn(journal, at) === currency)
      inward += receivedMinor(journal, at)
    if (inward > Number.MAX_SAFE_INTEGER)
      throw new HouseError(
        'invalid',
        `${journal.accounts[account]} received more than 2^53 minor units: too many to trace backward exactly`,
      )
    came[place + 1] = inward
    left[place + 1] = outward
  }
  return { rows, came, left }
}

interface ToPresent<D, W, T> {
  readonly pockets: ReadonlyMap<number, Pocket<D, T>>
  readonly missing: T
  readonly paidByNobody: ReadonlyMap<number, T>
  readonly changed: readonly { out: number; back: number; gave: T; got: T }[]
  readonly hops: { rows: number[]; minors: number[]; depths: number[] }
  readonly rule: BackRule<D, W, T>
  readonly seed: FollowAsk['seed']
}

function presentBack<D, W, T>(journal: Journal, it: ToPresent<D, W, T>): Found {
  const { changed, rule, seed } = it
  const code = (place: number) => journal.currencies[place] ?? ''
  const currencies = new Set([seed.currency, ...changed.map(({ out }) => paidIn(journal, out))])
  const settled = [...currencies].map((currency) => settleBack(journal, it, currency))
  const back = (one: (typeof changed)[number]): Changed => ({
    rows: [one.out, one.back],
    transaction: idOf(journal, one.out),
    paidBack: idOf(journal, one.back),
    account: journal.accounts[journal.payee[one.out] as number] ?? null,
    gave: { minor: rule.shown(one.gave), currency: code(paidIn(journal, one.out)) },
    got: { minor: rule.shown(one.got), currency: code(receivedIn(journal, one.back)) },
  })
  return {
    held: settled.flatMap(({ held }) => held),
    totals: settled.map(({ total }) => total),
    changed: changed.map(back),
    ...hopsOf(journal, it.hops),
    unspent: rule.shown(it.missing),
  }
}

function settleBack<D, W, T>(journal: Journal, it: ToPresent<D, W, T>, currency: number) {
  const { pockets, missing, paidByNobody, changed, rule, seed } = it
  const sum = (values: readonly T[]) => values.reduce((all, one) => rule.add(all, one), rule.zero)
  const places = [...pockets.values()]
    .filter((pocket) => pocket.currency === currency)
    .map((pocket) => {
      const isSource = pocket.account === seed.account && currency === seed.currency
      return { pocket, value: isSource ? rule.add(pocket.own, missing) : pocket.own }
    })
    .filter(({ value }) => !rule.isZero(value))
  const nobody = paidByNobody.get(currency) ?? rule.zero
  const moved = sum(
    changed.filter(({ back }) => receivedIn(journal, back) === currency).map(({ got }) => got),
  )
  const gave = sum(changed.filter(({ out }) => paidIn(journal, out) === currency).map((one) => one.gave))
  const stolen = currency === seed.currency ? rule.add(gave, rule.whole(seed.minor)) : gave
  const names = places.map(({ pocket }) => journal.accounts[pocket.account] ?? '')
  const values = [...places.map(({ value }) => value), nobody, moved]
  const minors = rule.settle(values, stolen, (i) => names[i] ?? `\uffff${i - names.length}`)
  const [lost = 0, changedMinor = 0] = minors.slice(places.length)
  const held = places.map(
    ({ pocket }, i): Held => ({
      account: journal.accounts[pocket.account] ?? '',
      minor: minors[i] ?? 0,
      currency: journal.currencies[currency] ?? '',
      firstAt: pocket.firstRow < 0 ? null : whenOf(journal, pocket.firstRow),
      lastAt: pocket.lastRow < 0 ? null : whenOf(journal, pocket.lastRow),
      depth: Number.isFinite(pocket.hops) ? pocket.hops : 0,
      ...(pocket.stopped ? { followedNoFurther: true as const } : {}),
    }),
  )
  const all = held.reduce((total, { minor }) => total + minor, 0)
  return {
    held: held.filter(({ minor }) => minor > 0),
    total: {
      currency: journal.currencies[currency] ?? '',
      stolen: rule.shown(stolen),
      held: all,
      lost,
      returned: 0,
      changed: changedMinor,
    },
  }
}
