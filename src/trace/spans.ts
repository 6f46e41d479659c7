import type { Followed, Place, Seed } from './followed.ts'
import { Heap } from './heap.ts'
import { firstOut, type Journal, NOBODY, placeOf, type Stream } from './journal.ts'

/** A stolen run of units in the stream of an account, by where they came: `from`, `to` (not included), and hops made. */
interface Span {
  from: number
  to: number
  /** 1 when hops are not counted. */
  readonly hops: number
}

/** Spans that have left are kept until there are this many. */
const MOST_GONE = 64

/** An account to which stolen money came; it waits for the payment in which the first of its spans leaves. */
interface Pocket {
  readonly account: number
  readonly spans: Span[]
  /** Spans before this one have left. */
  head: number
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
 * Cost   O(spans * log(payments of their account))
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
  /** Of the payment that is looked at: its payee, where in the payee's stream its first unit comes, what of it is stolen, and how deep. */
  #payee = NOBODY
  #base = 0
  #carried = 0
  #depth = 0
  #row = 0

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
    return {
      places: Array.from(this.#pockets.values(), (it) => this.#placeOf(it)),
      unspent: this.#unspent,
      lost: new Map([[currency, this.#lost]]),
      returned: new Map([[currency, this.#returned]]),
      conversions: [],
      hops: this.#hops,
    }
  }

  /** A payment, unit by unit in order: what is stolen of it goes on, and clean units of the source are made stolen while any are due. */
  #pay(payer: Pocket): void {
    const { minor, payee } = this.#journal
    const row = payer.next
    this.#row = row
    this.#payee = payee[row] as number
    this.#base = -1
    this.#carried = 0
    const due = payer === this.#source && this.#unspent > 0
    this.#depth = due ? 1 : payer.hops + 1
    const first = this.#leftBefore(payer)
    const last = this.#stream.left[payer.out] as number
    let at = first
    for (let span = payer.spans[payer.head]; span && span.from < last; span = payer.spans[payer.head]) {
      if (due && span.from > at) this.#decree(at - first, span.from - at)
      at = span.to < last ? span.to : last
      this.#bring(span.from - first, at - span.from, span.hops + 1)
      if (span.to > last) span.from = last
      else payer.head++
    }
    // what the balance lacks comes from outside and leaves last
    if (due) this.#decree(at - first, (minor[row] as number) - (at - first))
    if (this.#carried === 0) return
    this.#hops.rows.push(row)
    this.#hops.minors.push(this.#carried)
    this.#hops.depths.push(this.#depth)
  }

  #decree(offset: number, clean: number): void {
    const stolen = Math.min(clean, this.#unspent)
    this.#unspent -= stolen
    if (stolen > 0) this.#bring(offset, stolen, 1)
  }

  /** Stolen units of the payment come to its payee. */
  #bring(offset: number, minor: number, hops: number): void {
    const { limit, returnedTo } = this.#ask
    this.#carried += minor
    if (this.#payee === NOBODY) this.#lost += minor
    else if (returnedTo?.has(this.#payee)) this.#returned += minor
    else {
      const to = this.#pocketOf(this.#payee)
      if (this.#depth < to.hops) to.hops = this.#depth
      if (to.firstRow < 0) to.firstRow = this.#row
      to.lastRow = this.#row
      if (limit > 0 && hops >= limit) to.stays += minor
      else this.#add(to, offset, { minor, hops: limit > 0 ? hops : 1 })
    }
  }

  #add(to: Pocket, offset: number, { minor, hops }: { readonly minor: number; readonly hops: number }): void {
    const { came } = this.#stream
    if (this.#base < 0) {
      const place = placeOf(this.#journal, to.account, this.#row)
      this.#base = (came[place] as number) - (this.#journal.minor[this.#row] as number)
    }
    const from = this.#base + offset
    const last = to.spans.length > to.head ? to.spans[to.spans.length - 1] : undefined
    if (last && last.to === from && last.hops === hops) last.to += minor
    else to.spans.push({ from, to: from + minor, hops })
    // who waits already waits for units that came before
    if (!to.waits && to.head === to.spans.length - 1) this.#waitFor(to, this.#outOf(to.account, from))
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
    if (payer.head > MOST_GONE && payer.head * 2 > payer.spans.length) {
      payer.spans.splice(0, payer.head)
      payer.head = 0
    }
    const span = payer.spans[payer.head]
    const all = payer === this.#source && this.#unspent > 0
    payer.waits =
      (all || span !== undefined) &&
      this.#await(payer, all || !span ? payer.out + 1 : this.#outOf(payer.account, span.from))
    if (payer.waits) this.#waiting.sink()
    else this.#waiting.pop()
  }

  #pocketOf(account: number): Pocket {
    const before = this.#pockets.get(account)
    if (before) return before
    const pocket: Pocket = {
      account,
      spans: [],
      head: 0,
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

  #placeOf({ account, spans, head, stays, hops, firstRow, lastRow }: Pocket): Place<number> {
    let stolen = stays
    for (let i = head; i < spans.length; i++) stolen += (spans[i] as Span).to - (spans[i] as Span).from
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
