import { foldText, foldUnit } from './script.ts'

/** One entry of a word list: how it is written, and what it means. */
export type Entry<T> = readonly [form: string, value: T]

/** Whether a hit counts; `end` is where it ends (where it begins, when searching backwards). */
export type Accept<T> = (value: T, end: number) => boolean

const ROOT = 1
const SLOT = 3
const FIRSTS = 1024

/** How many nodes a list of forms needs: one for each beginning that is not that of the form before it. */
function countNodes(forms: readonly string[], step: 1 | -1): number {
  const sorted = (step === 1 ? [...forms] : forms.map((form) => form.split('').reverse().join(''))).sort()
  let nodes = 1
  let before = ''
  for (const form of sorted) {
    let shared = 0
    while (shared < form.length && form.charCodeAt(shared) === before.charCodeAt(shared)) shared++
    nodes += form.length - shared
    before = form
  }
  return nodes
}

/**
 * A word list that is searched letter by letter, in folded form (see `foldUnit`), so that a text is read once
 * however long the list is.
 * Cost  building is linear in the letters of the list; a look-up in the letters of the longest entry.
 */
export class Trie<T> {
  /** 1 for the first units of entries, by their low bits. */
  private readonly firsts = new Uint8Array(FIRSTS)
  /** Slots of three: a node, the unit that leads on from it, and the node it leads to. Nodes count from 1. */
  private readonly slots: Int32Array
  private readonly mask: number
  private readonly values: (readonly T[] | undefined)[] = [undefined, undefined]
  private readonly step: 1 | -1
  /** Its entries, folded. */
  readonly forms: readonly string[]

  /** @param direction  'forward' searches from a start onwards, 'backward' from an end towards the beginning. */
  constructor(entries: Iterable<Entry<T>>, direction: 'forward' | 'backward' = 'forward') {
    this.step = direction === 'forward' ? 1 : -1
    const list = [...entries].map(([form, value]) => [foldText(form), value] as const)
    this.forms = list.map(([form]) => form).filter((form) => form !== '')
    const size = 2 ** Math.ceil(Math.log2(countNodes(this.forms, this.step) * 1.5 + 4))
    this.mask = size - 1
    this.slots = new Int32Array(size * SLOT)
    for (const [form, value] of list) this.add(form, value)
  }

  private add(form: string, value: T): void {
    if (form === '') return
    let node = ROOT
    for (let k = 0; k < form.length; k++) {
      node = this.grow(node, form.charCodeAt(this.step === 1 ? k : form.length - 1 - k))
    }
    this.firsts[form.charCodeAt(this.step === 1 ? 0 : form.length - 1) & (FIRSTS - 1)] = 1
    this.values[node] = [...(this.values[node] ?? []), value]
  }

  private grow(node: number, unit: number): number {
    const slot = this.find(node, unit)
    const found = this.slots[slot + 2] as number
    if (found !== 0) return found
    const fresh = this.values.push(undefined) - 1
    this.slots[slot] = node
    this.slots[slot + 1] = unit
    this.slots[slot + 2] = fresh
    return fresh
  }

  /** The slot of a step, or the empty one where it would stand. */
  private find(node: number, unit: number): number {
    const { slots, mask } = this
    let at = ((Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7) & mask
    for (;;) {
      const slot = at * SLOT
      const known = slots[slot] as number
      if (known === 0 || (known === node && slots[slot + 1] === unit)) return slot
      at = (at + 1) & mask
    }
  }

  private follow(node: number, unit: number): number {
    return this.slots[this.find(node, unit) + 2] as number
  }

  private open(unit: number): number {
    return this.firsts[unit & (FIRSTS - 1)] === 0 ? 0 : this.follow(ROOT, unit)
  }

  /** False when no entry begins (or, backwards, ends) with this unit: the quick look. */
  starts(unit: number): boolean {
    return this.firsts[foldUnit(unit) & (FIRSTS - 1)] !== 0
  }

  /** Whether some entry stands at `at`, whatever it asks for: a quick look before `longest`. */
  reaches(text: string, at: number): boolean {
    const step = this.step
    let i = step === 1 ? at : at - 1
    if (i < 0 || i >= text.length) return false
    let node = this.open(foldUnit(text.charCodeAt(i)))
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
    let node = this.open(foldUnit(text.charCodeAt(at)))
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
    let node = this.open(foldUnit(text.charCodeAt(i)))
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
