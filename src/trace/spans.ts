import type { Followed, Place, Seed } from './followed.ts'
import { Heap } from './heap.ts'
import { firstOut, type Journal, NOBODY, placeOf, type Stream } from './journal.ts'
import { below, type Cut, cut, firstOf, join, move, runsOf, type SpanTree, spanOf } from './span-tree.ts'

/** An account to which stolen money came; it waits for the payment in which the first of its spans leaves. */
interface Pocket {
  readonly account: number
  /** By where they come in the account's stream. */
  spans: SpanTree | null
  /** Place in the journal's `outs` of the payment it waits for, and the row of that. */
  out: number
  next: number
  waits: boolean
  stays: number
  hops: number
  firstRow: number
  lastRow: number
}

interface SpanAsk {
  readonly seed: Seed
  /** Payments after which money is followed no further; 0: to the end. */
  readonly limit: number
  readonly returnedTo?: ReadonlySet<number> | undefined
}

/**
 * First in, first out by a journal's streams: units that came to an account as its 500th to its 600th leave with the payment that
 * takes its 500th to 600th, which is found by halving. Only payments that carry stolen money are looked at, and no clean money is kept.
 * Keeps  what `follow` says by `fifoRule`, to the minor unit and the row (reference.test.ts, spans.test.ts)
 * Cost   O(payments that carry stolen money * log(rows)), whatever the book
 * Not for  journals without streams, and exchanges of two rows
 */
export function followSpans(journal: Journal, stream: Stream, ask: SpanAsk): Followed<number> {
  return new Course(journal, stream, ask).run()
}

class Course {
  readonly #journal: Journal
  readonly #stream: Stream
  readonly #ask: SpanAsk
  readonly #pockets = new Map<number, Pocket>()
  readonly #waiting = new Heap<Pocket>()
  readonly #hops = { rows: [] as number[], minors: [] as number[], depths: [] as number[] }
  readonly #source: Pocket
  #unspent: number
  #lost = 0
  #returned = 0
  readonly #cut: Cut = { before: null, after: null }

  constructor(journal: Journal, stream: Stream, ask: SpanAsk) {
    this.#journal = journal
    this.#stream = stream
    this.#ask = ask
    this.#unspent = ask.seed.minor
    this.#source = this.#pocketOf(ask.seed.account)
  }

  run(): Followed<number> {
    const { seed } = this.#ask
    const source = this.#source
    source.hops = 0
    const place = placeOf(this.#journal, seed.account, seed.row)
    this.#waitFor(source, firstOut(this.#journal, seed.account, place))
    for (let payer = this.#waiting.first; payer; payer = this.#waiting.first) {
      this.#pay(payer)
      this.#goOn(payer)
    }
    const { currency } = seed
    const places: Place<number>[] = []
    for (const pocket of this.#pockets.values()) places.push(this.#placeOf(pocket))
    return {
      places,
      unspent: this.#unspent,
      lost: new Map([[currency, this.#lost]]),
      returned: new Map([[currency, this.#returned]]),
      conversions: [],
      hops: this.#hops,
    }
  }

  /** A payment: what is stolen of it goes on, and clean units of the source are made stolen while any are due. */
  #pay(payer: Pocket): void {
    const row = payer.next
    const due = payer === this.#source && this.#unspent > 0
    const first = this.#leftBefore(payer)
    cut(payer.spans, this.#stream.left[payer.out] as number, this.#cut)
    payer.spans = this.#cut.after
    let carried = this.#cut.before
    // from here on by where they come in the payment, in which what the balance lacks comes from outside and is last
    if (carried) move(carried, -first, this.#ask.limit > 0 ? 1 : 0)
    if (due) carried = this.#decree(carried, this.#journal.minor[row] as number)
    if (!carried) return
    const depth = due ? 1 : payer.hops + 1
    this.#hops.rows.push(row)
    this.#hops.minors.push(carried.units)
    this.#hops.depths.push(depth)
    this.#bring(carried, row, depth)
  }

  /** Clean units of a payment become stolen, the first first, while any are due. */
  #decree(carried: SpanTree | null, minor: number): SpanTree | null {
    let all: SpanTree | null = null
    let at = 0
    const fill = (until: number) => {
      const stolen = Math.min(until - at, this.#unspent)
      this.#unspent -= stolen
      if (stolen > 0) all = join(all, spanOf(at, at + stolen, 1))
    }
    for (const { from, to, hops } of runsOf(carried)) {
      fill(from)
      all = join(all, spanOf(from, to, hops))
      at = to
    }
    fill(minor)
    return all
  }

  /** Stolen units of a payment come to its payee. */
  #bring(carried: SpanTree, row: number, depth: number): void {
    const { limit, returnedTo } = this.#ask
    const payee = this.#journal.payee[row] as number
    if (payee === NOBODY) this.#lost += carried.units
    else if (returnedTo?.has(payee)) this.#returned += carried.units
    else {
      const to = this.#pocketOf(payee)
      if (depth < to.hops) to.hops = depth
      if (to.firstRow < 0) to.firstRow = row
      to.lastRow = row
      const all = carried.units
      const onward = limit > 0 ? below(carried, limit) : carried
      to.stays += all - (onward?.units ?? 0)
      if (onward) this.#add(to, onward, row)
    }
  }

  #add(to: Pocket, spans: SpanTree, row: number): void {
    const place = placeOf(this.#journal, to.account, row)
    move(spans, (this.#stream.came[place] as number) - (this.#journal.minor[row] as number))
    const before = to.spans
    to.spans = join(before, spans)
    // who waits already waits for units that came before, and units after some that never leave never leave
    if (!to.waits && !before) this.#waitFor(to, this.#outOf(to.account, firstOf(spans).from))
  }

  /** The payment in which the unit at a place of the account's stream leaves; that of nobody when it never does. */
  #outOf(account: number, unit: number): number {
    const { outStarts } = this.#journal
    const end = outStarts[account + 1] as number
    return firstAbove(this.#stream.left, unit, [outStarts[account] as number, end])
  }

  #leftBefore({ account, out }: Pocket): number {
    return out > (this.#journal.outStarts[account] as number) ? (this.#stream.left[out - 1] as number) : 0
  }

  #waitFor(it: Pocket, out: number): void {
    it.waits = this.#await(it, out)
    if (it.waits) this.#waiting.push(it)
  }

  /** Sets the payment that it waits for; false where the account makes none. */
  #await(it: Pocket, out: number): boolean {
    const { outStarts, outs, touching } = this.#journal
    if (out >= (outStarts[it.account + 1] as number)) return false
    it.out = out
    it.next = touching[outs[out] as number] as number
    return true
  }

  #goOn(payer: Pocket): void {
    const { spans } = payer
    const all = payer === this.#source && this.#unspent > 0
    payer.waits =
      (all || spans !== null) &&
      this.#await(payer, all || !spans ? payer.out + 1 : this.#outOf(payer.account, firstOf(spans).from))
    if (payer.waits) this.#waiting.sink()
    else this.#waiting.pop()
  }

  #pocketOf(account: number): Pocket {
    const before = this.#pockets.get(account)
    if (before) return before
    const pocket: Pocket = {
      account,
      spans: null,
      out: 0,
      next: 0,
      waits: false,
      stays: 0,
      hops: Number.POSITIVE_INFINITY,
      firstRow: -1,
      lastRow: -1,
    }
    this.#pockets.set(account, pocket)
    return pocket
  }

  #placeOf({ account, spans, stays, hops, firstRow, lastRow }: Pocket): Place<number> {
    const stolen = stays + (spans?.units ?? 0)
    return { account, currency: this.#ask.seed.currency, stolen, stays, hops, firstRow, lastRow }
  }
}

/** The first place in `rising[from..to)` with more than `value`; `to` when there is none. */
function firstAbove(rising: Float64Array, value: number, [from, to]: readonly [number, number]): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
