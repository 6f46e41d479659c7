import type { Rules } from './rules.ts'
import { CLASS, canEnd, digitOf, ticksOf, WORD, WORD_TICKS } from './script.ts'
import { atomsOfWord } from './vocabulary.ts'

const MEMO_LIMIT = 50_000
const LONG_WORD = 40
/** Two things are side by side when nothing but a thin edge lies between them. */
const SIDE_BY_SIDE = 0
/** A longer number that contains a shorter one is found within so many finds of it. */
const NEARBY = 8

/**
 * One sentence as it is read: what was found in it, where, and in which groups. Reused for every sentence, so what a
 * caller wants to keep must be copied. Positions `from` and `to` are in ticks, `start` and `end` in UTF-16 units.
 */
export class SentenceReader {
  readonly rules: Rules
  text = ''
  start = -1
  end = -1
  /** Ticks read so far. */
  ticks = 0
  words = 0
  question = false
  /** Ticks at which a clause ends. */
  readonly pauses: number[] = []
  readonly hitTerm: number[] = []
  readonly hitFrom: number[] = []
  readonly hitTo: number[] = []
  readonly hitStart: number[] = []
  readonly hitEnd: number[] = []
  /** Group -> hits in it, in order of `from`. */
  readonly #lists: (number[] | undefined)[]
  readonly #touched: number[] = []
  readonly #rawAtom: number[] = []
  readonly #rawFrom: number[] = []
  readonly #rawTo: number[] = []
  readonly #rawStart: number[] = []
  readonly #rawEnd: number[] = []
  /** First and last find of each word that hides shorter ones. */
  readonly #masks: (readonly [number, number])[] = []
  #stirred = false
  #mixed = false
  /** Offsets of the letters of the run being read, without invisible ones. */
  readonly #offsets: number[] = []

  constructor(rules: Rules) {
    this.rules = rules
    this.#lists = new Array(rules.vocabulary.groupCount)
  }

  /** Hits of a group, in order; empty for -1. */
  hits(group: number): readonly number[] {
    return group < 0 ? NONE : (this.#lists[group] ?? NONE)
  }

  /** Groups that occur in this sentence. */
  get groups(): readonly number[] {
    return this.#touched
  }

  reset(): void {
    this.start = -1
    this.ticks = 0
    this.words = 0
    this.question = false
    this.pauses.length = 0
    for (const list of [this.hitTerm, this.hitFrom, this.hitTo, this.hitStart, this.hitEnd]) list.length = 0
    for (const list of [this.#rawAtom, this.#rawFrom, this.#rawTo, this.#rawStart, this.#rawEnd])
      list.length = 0
    for (const group of this.#touched) {
      const list = this.#lists[group]
      if (list) list.length = 0
    }
    this.#touched.length = 0
    this.#stirred = false
    this.#mixed = false
  }

  /** A word of a script with spaces, or a number. */
  word(start: number, end: number): void {
    if (this.start < 0) this.start = start
    this.end = end
    const from = this.ticks
    this.ticks += WORD_TICKS
    this.words++
    const atoms = this.#atoms(this.text.slice(start, end))
    if (atoms === null) return
    for (const atom of atoms) this.#raw(atom, from, this.ticks, start, end)
  }

  /** A number in figures: also a hit of every range that holds it. */
  number(start: number, end: number): void {
    const from = this.ticks
    this.word(start, end)
    let value = 0
    for (let i = start; i < end && i < start + 12; i++) {
      const code = this.text.charCodeAt(i)
      if (CLASS[code] === 2) value = value * 10 + digitOf(code)
      else if (code === 0x2e) break
    }
    // "gr8" and "b4" are words; "USD500" and "16yo" hold numbers.
    if (value < 100 && CLASS[this.text.charCodeAt(start - 1)] === WORD) return
    this.#raw(-1 - value, from, this.ticks, start, end)
    this.#stirred = true
  }

  /** Letters of one script without spaces, from `start` to `end`; at most a few thousand. */
  run(start: number, end: number, kind: number): void {
    if (this.start < 0) this.start = start
    this.end = end
    const { runs, runLength, runAtom, same } = this.rules.vocabulary
    const offsets = this.#offsets
    offsets.length = 0
    const each = ticksOf(kind)
    const base = this.ticks
    let state = 0
    for (let i = start; i < end; i++) {
      const code = this.text.charCodeAt(i)
      if (CLASS[code] !== kind) continue
      offsets.push(i)
      state = runs.step(state, same[code] ?? code)
      if (state === 0 || !runs.ends(state)) continue
      const last = offsets.length
      runs.endings(state, (key) => {
        const first = last - (runLength[key] ?? 1)
        const at = offsets[first] ?? start
        if (!this.#isWhole(at, i + 1)) return
        this.#mixed = true
        this.#raw(runAtom[key] ?? 0, base + first * each, base + last * each, at, i + 1)
      })
    }
    this.ticks += offsets.length * each
    this.words += (offsets.length * each) / WORD_TICKS
  }

  pause(): void {
    this.pauses.push(this.ticks)
    this.ticks += 1
  }

  /** Sorts what was found into terms and groups. False when nothing in it can set off a rule, unless it is `wanted`. */
  settle(wanted = false): boolean {
    if (!this.#stirred && !wanted) return false
    const order = this.#order()
    const { single, begins } = this.rules.vocabulary
    this.#findMasks(order)
    for (let i = 0; i < order.length; i++) {
      const raw = order[i] ?? 0
      const atom = this.#rawAtom[raw] ?? 0
      if (atom < 0) this.#numberHit(raw, -1 - atom)
      else {
        for (const term of single[atom] ?? NONE) this.#hit(term, raw, raw)
        for (const term of begins[atom] ?? NONE) this.#phrase(term, order, i)
      }
    }
    return true
  }

  #atoms(word: string): Int32Array | null {
    const { memo, vocabulary } = this.rules
    const known = memo.get(word)
    if (known !== undefined) return known
    const atoms = atomsOfWord(vocabulary, word)
    if (word.length <= LONG_WORD) {
      if (memo.size >= MEMO_LIMIT) memo.clear()
      memo.set(word, atoms)
    }
    return atoms
  }

  #raw(atom: number, from: number, to: number, start: number, end: number): void {
    this.#rawAtom.push(atom)
    this.#rawFrom.push(from)
    this.#rawTo.push(to)
    this.#rawStart.push(start)
    this.#rawEnd.push(end)
    if (atom >= 0 && this.rules.stirs[atom] === 1) this.#stirred = true
  }

  #isWhole(start: number, end: number): boolean {
    const text = this.text
    const first = text.charCodeAt(start)
    return (
      (start === 0 || canEnd(text.charCodeAt(start - 1), first, 0)) &&
      (end >= text.length || canEnd(text.charCodeAt(end - 1), text.charCodeAt(end), text.charCodeAt(end + 1)))
    )
  }

  #order(): number[] {
    const from = this.#rawFrom
    const order: number[] = []
    for (let i = 0; i < from.length; i++) order.push(i)
    if (this.#mixed) order.sort((a, b) => (from[a] ?? 0) - (from[b] ?? 0))
    return order
  }

  #phrase(term: number, order: readonly number[], at: number): void {
    const last = this.#phraseEnd(term, order, at)
    if (last >= 0) this.#hit(term, order[at] ?? 0, last)
  }

  /** A term of several words: each next one must stand right after the one before. The last find, or -1. */
  #phraseEnd(term: number, order: readonly number[], at: number): number {
    const atoms = this.rules.vocabulary.termAtoms[term] ?? NONE
    let raw = order[at] ?? 0
    let next = at + 1
    for (let k = 1; k < atoms.length; k++) {
      const after = this.#rawTo[raw] ?? 0
      const found = this.#nextAtom(order, next, { atom: atoms[k] ?? 0, after, limit: after + SIDE_BY_SIDE })
      if (found < 0) return -1
      next = found + 1
      raw = order[found] ?? 0
    }
    return raw
  }

  #nextAtom(
    order: readonly number[],
    from: number,
    want: { atom: number; after: number; limit: number },
  ): number {
    for (let j = from; j < order.length; j++) {
      const raw = order[j] ?? 0
      const at = this.#rawFrom[raw] ?? 0
      if (at > want.limit) return -1
      if (at >= want.after && this.#rawAtom[raw] === want.atom) return j
    }
    return -1
  }

  /** Words that hide shorter ones must be known before those are counted. */
  #findMasks(order: readonly number[]): void {
    this.#masks.length = 0
    const { single, begins } = this.rules.vocabulary
    const { masks } = this.rules
    for (let i = 0; i < order.length; i++) {
      const raw = order[i] ?? 0
      const atom = this.#rawAtom[raw] ?? -1
      for (const term of single[atom] ?? NONE) if (masks[term] === 1) this.#masks.push([raw, raw])
      for (const term of begins[atom] ?? NONE) {
        const last = masks[term] === 1 ? this.#phraseEnd(term, order, i) : -1
        if (last >= 0) this.#masks.push([raw, last])
      }
    }
  }

  #isMasked(first: number, last: number): boolean {
    const from = this.#rawFrom[first] ?? 0
    const to = this.#rawTo[last] ?? 0
    return this.#masks.some(([a, b]) => {
      const start = this.#rawFrom[a] ?? 0
      const end = this.#rawTo[b] ?? 0
      return start <= from && end >= to && end - start > to - from
    })
  }

  #hit(term: number, first: number, last: number): void {
    if (this.#masks.length > 0 && this.#isMasked(first, last)) return
    const { termGroups, termValue, ranges } = this.rules.vocabulary
    const hit = this.#add(term, first, last)
    for (const group of termGroups[term] ?? NONE) this.#join(group, hit)
    const value = termValue[term] ?? Number.NaN
    if (Number.isNaN(value) || this.#insideLongerNumber(first, last)) return
    for (const range of ranges) if (value >= range.min && value <= range.max) this.#join(range.group, hit)
  }

  #numberHit(raw: number, value: number): void {
    const hit = this.#add(-1, raw, raw)
    for (const range of this.rules.vocabulary.ranges)
      if (value >= range.min && value <= range.max) this.#join(range.group, hit)
  }

  #add(term: number, first: number, last: number): number {
    this.hitTerm.push(term)
    this.hitFrom.push(this.#rawFrom[first] ?? 0)
    this.hitTo.push(this.#rawTo[last] ?? 0)
    this.hitStart.push(this.#rawStart[first] ?? 0)
    this.hitEnd.push(this.#rawEnd[last] ?? 0)
    return this.hitTerm.length - 1
  }

  #join(group: number, hit: number): void {
    const list = this.#lists[group]
    if (list === undefined) this.#lists[group] = [hit]
    else list.push(hit)
    if ((this.#lists[group]?.length ?? 0) === 1) this.#touched.push(group)
  }

  /** In a script without spaces, fourteen contains four: only the longest number counts. */
  #insideLongerNumber(first: number, last: number): boolean {
    if (!this.#mixed) return false
    const from = this.#rawFrom[first] ?? 0
    const to = this.#rawTo[last] ?? 0
    const { termValue, single } = this.rules.vocabulary
    for (let i = Math.max(0, first - NEARBY); i < first + NEARBY && i < this.#rawAtom.length; i++) {
      const otherFrom = this.#rawFrom[i] ?? 0
      const otherTo = this.#rawTo[i] ?? 0
      if (otherFrom > from || otherTo < to || otherTo - otherFrom <= to - from) continue
      const terms = single[this.#rawAtom[i] ?? -1] ?? NONE
      if (terms.some((term) => !Number.isNaN(termValue[term] ?? Number.NaN))) return true
    }
    return false
  }
}

const NONE: readonly number[] = []
