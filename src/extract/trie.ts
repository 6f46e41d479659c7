import { foldText, foldUnit } from './script.ts'

/** One entry of a word list: how it is written, and what it means. */
export type Entry<T> = readonly [form: string, value: T]

/** Whether a hit counts; `end` is where it ends (where it begins, when searching backwards). */
export type Accept<T> = (value: T, end: number) => boolean

/**
 * A word list that is searched letter by letter, in folded form (see `foldUnit`), so that a text is read once
 * however long the list is.
 * Cost  building is linear in the letters of the list; a look-up in the letters of the longest entry.
 */
export class Trie<T> {
  /** Next node by first unit: most look-ups end here. */
  private readonly roots = new Int32Array(0x10000)
  private readonly nodes: Int32Array
  private readonly units: Uint16Array
  private readonly next: Int32Array
  private readonly mask: number
  private readonly values: (readonly T[] | undefined)[] = [undefined]
  private readonly step: 1 | -1
  /** Its entries, folded. */
  readonly forms: readonly string[]

  /** @param direction  'forward' searches from a start onwards, 'backward' from an end towards the beginning. */
  constructor(entries: Iterable<Entry<T>>, direction: 'forward' | 'backward' = 'forward') {
    this.step = direction === 'forward' ? 1 : -1
    const list = [...entries].map(([form, value]) => [foldText(form), value] as const)
    const letters = list.reduce((sum, [form]) => sum + form.length, 0)
    const size = 2 ** Math.ceil(Math.log2(letters * 2 + 16))
    this.mask = size - 1
    this.nodes = new Int32Array(size)
    this.units = new Uint16Array(size)
    this.next = new Int32Array(size)
    this.forms = list.map(([form]) => form).filter((form) => form !== '')
    for (const [form, value] of list) this.add(form, value)
  }

  private add(form: string, value: T): void {
    if (form === '') return
    let node = 0
    for (let k = 0; k < form.length; k++) {
      node = this.grow(node, form.charCodeAt(this.step === 1 ? k : form.length - 1 - k))
    }
    this.values[node] = [...(this.values[node] ?? []), value]
  }

  private grow(node: number, unit: number): number {
    const found = node === 0 ? (this.roots[unit] ?? 0) : this.follow(node, unit)
    if (found !== 0) return found
    const fresh = this.values.push(undefined) - 1
    if (node === 0) {
      this.roots[unit] = fresh
      return fresh
    }
    let slot = this.slot(node, unit)
    while (this.next[slot] !== 0) slot = (slot + 1) & this.mask
    this.nodes[slot] = node
    this.units[slot] = unit
    this.next[slot] = fresh
    return fresh
  }

  private slot(node: number, unit: number): number {
    return ((Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7) & this.mask
  }

  private follow(node: number, unit: number): number {
    let slot = this.slot(node, unit)
    for (;;) {
      const next = this.next[slot] ?? 0
      if (next === 0 || (this.nodes[slot] === node && this.units[slot] === unit)) return next
      slot = (slot + 1) & this.mask
    }
  }

  /** Whether any entry begins (or, backwards, ends) with this unit. */
  starts(unit: number): boolean {
    return this.roots[foldUnit(unit)] !== 0
  }

  /** Whether some entry stands at `at`, whatever it asks for: a quick look before `longest`. */
  reaches(text: string, at: number): boolean {
    const step = this.step
    let i = step === 1 ? at : at - 1
    if (i < 0 || i >= text.length) return false
    let node = this.roots[foldUnit(text.charCodeAt(i))] ?? 0
    for (i += step; node !== 0; i += step) {
      if (this.values[node] !== undefined) return true
      if (i < 0 || i >= text.length) return false
      const unit = foldUnit(text.charCodeAt(i))
      if (unit !== 0) node = this.follow(node, unit)
    }
    return false
  }

  /** Every entry that stands at `at`, shorter ones first. */
  visit(text: string, at: number, see: (value: T, end: number) => void): void {
    let node = this.roots[foldUnit(text.charCodeAt(at))] ?? 0
    for (let i = at + 1; node !== 0; i++) {
      const values = this.values[node]
      if (values !== undefined) for (const value of values) see(value, i)
      if (i >= text.length) return
      const unit = foldUnit(text.charCodeAt(i))
      if (unit !== 0) node = this.follow(node, unit)
    }
  }

  /**
   * The longest entry at `at` that `accept` agrees to.
   * @param at  forwards, the offset of its first unit; backwards, the offset behind its last
   */
  longest(text: string, at: number, accept: Accept<T>): { value: T; end: number } | null {
    const step = this.step
    const stop = step === 1 ? text.length : -1
    let i = step === 1 ? at : at - 1
    if (i === stop || i < 0) return null
    let node = this.roots[foldUnit(text.charCodeAt(i))] ?? 0
    let best: { value: T; end: number } | null = null
    for (i += step; node !== 0; i += step) {
      const end = step === 1 ? i : i + 1
      const values = this.values[node]
      if (values !== undefined) {
        for (const value of values) if (accept(value, end)) best = { value, end }
      }
      if (i === stop) break
      const unit = foldUnit(text.charCodeAt(i))
      if (unit !== 0) node = this.follow(node, unit)
    }
    return best
  }
}
