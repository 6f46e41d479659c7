import { backFifo } from './back-fifo.ts'
import type { BackRule, Before } from './back-rule.ts'
import { backHaircut, backPoison } from './back-rules.ts'
import type { FollowAsk } from './forward.ts'
import type { Found } from './found.ts'
import { Heap } from './heap.ts'
import { type History, historyOf } from './history.ts'
import {
  firstFrom,
  type Journal,
  movesNothing,
  NOBODY,
  paidIn,
  receivedIn,
  receivedMinor,
} from './journal.ts'
import { type Owner, presentBack } from './present-back.ts'

type Writable<W> = { -readonly [Key in keyof W]: W[Key] }

interface Pocket<D, T> extends Writable<Owner<T>> {
  readonly demand: D
  readonly history: History
  /** Place in `history`; `next` is its row, negated, so that the latest row is first in the heap. */
  place: number
  next: number
  live: boolean
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
    return history.before(place)
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
  const owners = [...pockets.values()]
  return presentBack(journal, { owners, missing, paidByNobody, changed, hops, rule, seed })
}

function goBack<D, T>(pocket: Pocket<D, T>): boolean {
  if (pocket.place === 0) return false
  pocket.place--
  pocket.next = -(pocket.history.rows[pocket.place] as number)
  return true
}
