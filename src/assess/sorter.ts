import { Finds } from './finds.ts'
import { type Lists, sizeOf, someOf } from './lists.ts'
import type { Rules } from './rules.ts'

const NONE: readonly number[] = []
/** A longer number that contains a shorter one is found within so many finds of it. */
const NEARBY = 8

/** Sorts the raw finds of a sentence into terms and groups; reused for every sentence. */
export class Sorter {
  /** Hits: a term each, or -1 for a number in figures. */
  readonly hits = new Finds()
  readonly touched: number[] = []
  readonly #rules: Rules
  /** Group -> hits in it, in order of `from`. */
  readonly #lists: (number[] | undefined)[]
  /** Ticks of each word that hides shorter ones: where it begins, where it ends. */
  readonly #masks: number[] = []
  /** Group -> number of the sentence in which it was last seen; and the groups of this one on which rules hang. */
  readonly #stamps: Uint32Array
  readonly #atomStamps: Uint32Array
  readonly #anchors: number[] = []
  /** Group -> number of the sentence in which some rule may still ask for it; and those that the manners of a language are read from. */
  readonly #asked: Uint32Array
  readonly #always: Uint8Array
  #stamp = 0
  #raw = new Finds()
  #mixed = false

  constructor(rules: Rules) {
    this.#rules = rules
    this.#lists = new Array(rules.vocabulary.groupCount)
    this.#stamps = new Uint32Array(rules.vocabulary.groupCount)
    this.#atomStamps = new Uint32Array(rules.vocabulary.atomLength.length)
    this.#asked = new Uint32Array(rules.vocabulary.groupCount)
    this.#always = new Uint8Array(rules.vocabulary.groupCount)
    for (const { groups } of rules.moods)
      for (const group of Object.values(groups)) if (group >= 0) this.#always[group] = 1
  }

  list(group: number): readonly number[] {
    return group < 0 ? NONE : (this.#lists[group] ?? NONE)
  }

  clear(): void {
    if (this.hits.count === 0) return
    this.hits.count = 0
    // A list cut to nothing would take new memory with its next hit, and more of it than a fresh list of one.
    for (let i = 0; i < this.touched.length; i++) this.#lists[this.touched[i] ?? 0] = undefined
    this.touched.length = 0
  }

  /**
   * Whether some rule finds a word for each of its elements, before anything is sorted: most sentences end here. In the others
   * only the groups of those rules are sorted: a common word is in hundreds.
   */
  isPromising(raw: Finds): boolean {
    const { vocabulary, rules, byAnchor } = this.#rules
    this.#newStamp()
    for (let i = 0; i < raw.count; i++) {
      const atom = raw.what[i] ?? 0
      if (atom >= 0) this.#atomStamps[atom] = this.#stamp
      else this.#seeNumber(-1 - atom)
    }
    for (let i = 0; i < raw.count; i++) {
      const atom = raw.what[i] ?? -1
      if (atom < 0) continue
      this.#seeAll(vocabulary.atomGroups, atom)
      const { first, items } = vocabulary.phrases
      for (let at = first[atom] ?? 0; at < (first[atom + 1] ?? 0); at++)
        if (this.#hasAll(items[at] ?? 0)) this.#seeAll(vocabulary.allGroups, items[at] ?? 0)
    }
    let promising = false
    for (const group of this.#anchors)
      for (let at = byAnchor.first[group] ?? 0; at < (byAnchor.first[group + 1] ?? 0); at++) {
        const { elements = NONE, unless = NONE } = rules[byAnchor.items[at] ?? -1] ?? {}
        if (!this.#hasSeen(elements)) continue
        promising = true
        this.#ask(elements)
        this.#ask(unless)
      }
    return promising
  }

  #hasSeen(groups: readonly number[]): boolean {
    for (let i = 0; i < groups.length; i++) if (this.#stamps[groups[i] ?? 0] !== this.#stamp) return false
    return true
  }

  #ask(groups: readonly number[]): void {
    for (let i = 0; i < groups.length; i++) this.#asked[groups[i] ?? 0] = this.#stamp
  }

  #seeAll({ first, items }: Lists, i: number): void {
    for (let at = first[i] ?? 0; at < (first[i + 1] ?? 0); at++) this.#see(items[at] ?? 0)
  }

  /** Sorts what `isPromising` was asked of. `mixed`: the finds are not in the order of the text, because longer and shorter ones overlap. */
  sort(raw: Finds, mixed: boolean): void {
    this.#raw = raw
    this.#mixed = mixed
    const order = this.#order()
    const { single, begins } = this.#rules.vocabulary
    this.#findMasks(order)
    for (let i = 0; i < order.length; i++) {
      const at = order[i] ?? 0
      const atom = raw.what[at] ?? 0
      if (atom < 0) this.#numberHit(at, -1 - atom)
      else {
        for (let k = single.first[atom] ?? 0; k < (single.first[atom + 1] ?? 0); k++)
          this.#hit(single.items[k] ?? 0, at, at)
        for (let k = begins.first[atom] ?? 0; k < (begins.first[atom + 1] ?? 0); k++) {
          const term = begins.items[k] ?? 0
          const last = this.#phraseEnd(term, order, i)
          if (last >= 0) this.#hit(term, at, last)
        }
      }
    }
  }

  #hasAll(term: number): boolean {
    const { first, items } = this.#rules.vocabulary.termAtoms
    for (let at = first[term] ?? 0; at < (first[term + 1] ?? 0); at++)
      if (this.#atomStamps[items[at] ?? 0] !== this.#stamp) return false
    return true
  }

  #newStamp(): void {
    this.#anchors.length = 0
    this.#stamp = (this.#stamp + 1) >>> 0
    if (this.#stamp !== 0) return
    this.#stamps.fill(0)
    this.#atomStamps.fill(0)
    this.#asked.fill(0)
    this.#stamp = 1
  }

  #see(group: number): void {
    if (this.#stamps[group] === this.#stamp) return
    this.#stamps[group] = this.#stamp
    if (sizeOf(this.#rules.byAnchor, group) > 0) this.#anchors.push(group)
  }

  #seeNumber(value: number): void {
    for (const { min, max, group } of this.#rules.vocabulary.ranges)
      if (value >= min && value <= max) this.#see(group)
  }

  #order(): number[] {
    const { count, from } = this.#raw
    const order: number[] = []
    for (let i = 0; i < count; i++) order.push(i)
    if (this.#mixed) order.sort((a, b) => (from[a] ?? 0) - (from[b] ?? 0))
    return order
  }

  /** A term of several words: each next one must stand right after the one before. The last find, or -1. */
  #phraseEnd(term: number, order: readonly number[], at: number): number {
    const { first, items } = this.#rules.vocabulary.termAtoms
    const end = first[term + 1] ?? 0
    let find = order[at] ?? 0
    let next = at + 1
    for (let k = (first[term] ?? 0) + 1; k < end; k++) {
      const found = this.#findAt(order, next, { atom: items[k] ?? 0, tick: this.#raw.to[find] ?? 0 })
      if (found < 0) return -1
      next = found + 1
      find = order[found] ?? 0
    }
    return find
  }

  #findAt(order: readonly number[], first: number, want: { atom: number; tick: number }): number {
    for (let j = first; j < order.length; j++) {
      const find = order[j] ?? 0
      const tick = this.#raw.from[find] ?? 0
      if (tick > want.tick) return -1
      if (tick === want.tick && this.#raw.what[find] === want.atom) return j
    }
    return -1
  }

  /** Words that hide shorter ones must be known before those are counted. */
  #findMasks(order: readonly number[]): void {
    this.#masks.length = 0
    const { single, begins } = this.#rules.vocabulary
    const { masks } = this.#rules
    for (let i = 0; i < order.length; i++) {
      const find = order[i] ?? 0
      const atom = this.#raw.what[find] ?? -1
      if (atom < 0) continue
      for (let k = single.first[atom] ?? 0; k < (single.first[atom + 1] ?? 0); k++)
        if (masks[single.items[k] ?? 0] === 1) this.#mask(find, find)
      for (let k = begins.first[atom] ?? 0; k < (begins.first[atom + 1] ?? 0); k++) {
        const term = begins.items[k] ?? 0
        const last = masks[term] === 1 ? this.#phraseEnd(term, order, i) : -1
        if (last >= 0) this.#mask(find, last)
      }
    }
  }

  #mask(first: number, last: number): void {
    this.#masks.push(this.#raw.from[first] ?? 0, this.#raw.to[last] ?? 0)
  }

  #isMasked(first: number, last: number): boolean {
    const from = this.#raw.from[first] ?? 0
    const to = this.#raw.to[last] ?? 0
    const masks = this.#masks
    for (let i = 0; i < masks.length; i += 2) {
      const start = masks[i] ?? 0
      const end = masks[i + 1] ?? 0
      if (start <= from && end >= to && end - start > to - from) return true
    }
    return false
  }

  #hit(term: number, first: number, last: number): void {
    if (this.#masks.length > 0 && this.#isMasked(first, last)) return
    const { termGroups, termValue, ranges } = this.#rules.vocabulary
    const hit = this.#add(term, first, last)
    for (let k = termGroups.first[term] ?? 0; k < (termGroups.first[term + 1] ?? 0); k++)
      this.#join(termGroups.items[k] ?? 0, hit)
    const value = termValue[term] ?? Number.NaN
    if (Number.isNaN(value) || this.#insideLongerNumber(first, last)) return
    if (this.#besideTens(value, first, last)) return
    for (const range of ranges) if (value >= range.min && value <= range.max) this.#join(range.group, hit)
  }

  #numberHit(find: number, value: number): void {
    const hit = this.#add(-1, find, find)
    for (const range of this.#rules.vocabulary.ranges)
      if (value >= range.min && value <= range.max) this.#join(range.group, hit)
  }

  #add(term: number, first: number, last: number): number {
    const raw = this.#raw
    const hit = this.hits.add(term, raw.from[first] ?? 0, raw.to[last] ?? 0)
    this.hits.place(raw.start[first] ?? 0, raw.end[last] ?? 0)
    return hit
  }

  #join(group: number, hit: number): void {
    if (this.#asked[group] !== this.#stamp && this.#always[group] !== 1) return
    const list = this.#lists[group]
    if (list !== undefined) list.push(hit)
    else {
      this.#lists[group] = [hit]
      this.touched.push(group)
    }
  }

  /** In a script without spaces, fourteen contains four: only the longest number counts. */
  #insideLongerNumber(first: number, last: number): boolean {
    if (!this.#mixed) return false
    const { what, from, to, count } = this.#raw
    const length = (to[last] ?? 0) - (from[first] ?? 0)
    for (let i = Math.max(0, first - NEARBY); i < first + NEARBY && i < count; i++) {
      const covers = (from[i] ?? 0) <= (from[first] ?? 0) && (to[i] ?? 0) >= (to[last] ?? 0)
      if (covers && (to[i] ?? 0) - (from[i] ?? 0) > length && this.#isNumber(what[i] ?? -1)) return true
    }
    return false
  }

  /**
   * Twenty-eight contains eight, 二十六 contains 十六, delapan belas is no eight: who stands beside a ten, or is one with
   * a unit beside it, is a piece of a number that is not in the list.
   */
  #besideTens(value: number, first: number, last: number): boolean {
    const { from, to, count } = this.#raw
    const [start, end] = [from[first] ?? 0, to[last] ?? 0]
    for (let i = Math.max(0, first - NEARBY); i < last + NEARBY && i < count; i++) {
      const other = this.#valueOf(i)
      if (Number.isNaN(other)) continue
      const before = (from[i] ?? 0) < start && (to[i] ?? 0) >= start && (to[i] ?? 0) < end
      const behind = (from[i] ?? 0) === end
      if (before && isTen(other)) return true
      if (before && isTen(value) && other < 10) return true
      if (behind && isTen(value) !== isTen(other) && Math.min(value, other) < 10) return true
    }
    return false
  }

  /** The number that a find is by itself, in words; NaN when it is none. */
  #valueOf(find: number): number {
    const { single, termValue } = this.#rules.vocabulary
    const atom = this.#raw.what[find] ?? -1
    if (atom < 0) return Number.NaN
    for (let at = single.first[atom] ?? 0; at < (single.first[atom + 1] ?? 0); at++) {
      const value = termValue[single.items[at] ?? 0] ?? Number.NaN
      if (!Number.isNaN(value)) return value
    }
    return Number.NaN
  }

  #isNumber(atom: number): boolean {
    const { single, termValue } = this.#rules.vocabulary
    return atom >= 0 && someOf(single, atom, (term) => !Number.isNaN(termValue[term] ?? Number.NaN))
  }
}

function isTen(value: number): boolean {
  return value >= 10 && value < 100 && value % 10 === 0
}
