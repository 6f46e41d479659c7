import { FOLD, foldText, foldUnit } from './script.ts'

/** One entry of a word list: how it is written, and what it means. */
export type Entry<T> = readonly [form: string, value: T]

/** Whether a hit counts; `end` is where it ends (where it begins, when searching backwards). */
export type Accept<T> = (value: T, end: number) => boolean

const ROOT = 0
const FIRSTS = 1024
const SLOT = 3

/** A node in one number: the unit that leads to it, what it leads to (the one node behind it, or several by a look-up), whether entries end there. */
const UNIT = 0xffff
const ONE = 0x10000
const MANY = 0x20000
const ENDS = 0x40000

/**
 * A word list that is searched letter by letter, in folded form (see `foldUnit`), so that a text is read once
 * however long the list is. Nodes lie in the order of the sorted entries: where only one letter can follow, it stands
 * right behind, and only forks are looked up.
 * Cost  building is that of sorting the list; a look-up is linear in the letters of the longest entry.
 */
export class Trie<T> {
  /** 1 for the first units of entries, by their low bits. */
  private readonly firsts = new Uint8Array(FIRSTS)
  private readonly nodes: Int32Array
  /** By node: the index of its values, where entries end there. */
  private readonly valuesOf: Uint32Array
  /** Of forks, slots of three: a node plus 1, the unit that leads on from it, and the node it leads to. */
  private readonly slots: Int32Array
  private readonly mask: number
  private readonly values: (readonly T[])[] = []
  private readonly step: 1 | -1
  /** Its entries, folded. */
  readonly forms: readonly string[]

  /** @param direction  'forward' searches from a start onwards, 'backward' from an end towards the beginning. */
  constructor(entries: Iterable<Entry<T>>, direction: 'forward' | 'backward' = 'forward') {
    this.step = direction === 'forward' ? 1 : -1
    const meanings = new Map<string, T[]>()
    const forms: string[] = []
    for (const [written, value] of entries) {
      const form = foldText(written)
      if (form === '') continue
      forms.push(form)
      const known = meanings.get(form)
      if (known === undefined) meanings.set(form, [value])
      else known.push(value)
    }
    this.forms = forms
    const keys = this.step === 1 ? [...meanings.keys()] : [...meanings.keys()].map(reversed)
    const draft = draftOf(keys.sort())
    this.nodes = draft.nodes
    this.valuesOf = new Uint32Array(draft.nodes.length)
    for (const at of draft.ends.keys()) {
      const key = keys[at] as string
      const node = draft.ends[at] as number
      draft.nodes[node] = (draft.nodes[node] as number) | ENDS
      this.valuesOf[node] = this.values.length
      this.values.push(meanings.get(this.step === 1 ? key : reversed(key)) as T[])
      this.firsts[key.charCodeAt(0) & (FIRSTS - 1)] = 1
    }
    const size = 2 ** Math.ceil(Math.log2((draft.forks.length / SLOT) * 1.6 + 4))
    this.mask = size - 1
    this.slots = new Int32Array(size * SLOT)
    for (let i = 0; i < draft.forks.length; i += SLOT) this.fork(draft.forks, i)
  }

  private fork(forks: readonly number[], i: number): void {
    const slot = this.find(forks[i] as number, forks[i + 1] as number)
    this.slots[slot] = (forks[i] as number) + 1
    this.slots[slot + 1] = forks[i + 1] as number
    this.slots[slot + 2] = forks[i + 2] as number
  }

  /** The slot of a step from a fork, or the empty one where it would stand. */
  private find(node: number, unit: number): number {
    const { slots, mask } = this
    let at = ((Math.imul(node + 1, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7) & mask
    for (;;) {
      const slot = at * SLOT
      const known = slots[slot] as number
      if (known === 0 || (known === node + 1 && slots[slot + 1] === unit)) return slot
      at = (at + 1) & mask
    }
  }

  /** The node behind `node` by `unit`; 0 when there is none. */
  private follow(node: number, unit: number): number {
    const way = this.nodes[node] as number
    if ((way & ONE) !== 0) return ((this.nodes[node + 1] as number) & UNIT) === unit ? node + 1 : 0
    return (way & MANY) === 0 ? 0 : (this.slots[this.find(node, unit) + 2] as number)
  }

  private ends(node: number): boolean {
    return ((this.nodes[node] as number) & ENDS) !== 0
  }

  /** What the entries that end at a node mean. */
  private valuesAt(node: number): readonly T[] {
    return this.values[this.valuesOf[node] as number] as readonly T[]
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
    const { step, nodes } = this
    const stop = step === 1 ? text.length : -1
    let i = step === 1 ? at : at - 1
    if (i < 0 || i >= text.length) return false
    let node = this.open(FOLD[text.charCodeAt(i)] as number)
    for (i += step; node !== 0; i += step) {
      if (((nodes[node] as number) & ENDS) !== 0) return true
      if (i === stop) return false
      const unit = FOLD[text.charCodeAt(i)] as number
      if (unit !== 0) node = this.follow(node, unit)
    }
    return false
  }

  /** Every entry that stands at `at`, shorter ones first. */
  visit(text: string, at: number, see: (value: T, end: number) => void): void {
    let node = this.open(foldUnit(text.charCodeAt(at)))
    for (let i = at + 1; node !== 0; i++) {
      if (this.ends(node)) {
        const values = this.valuesAt(node)
        for (let k = 0; k < values.length; k++) see(values[k] as T, i)
      }
      if (i >= text.length) return
      const unit = FOLD[text.charCodeAt(i)] as number
      if (unit !== 0) node = this.follow(node, unit)
    }
  }

  /**
   * The longest entry at `at` that `accept` agrees to.
   * @param at  forwards, the offset of its first unit; backwards, the offset behind its last
   */
  longest(text: string, at: number, accept: Accept<T>): { value: T; end: number } | null {
    const { step, nodes } = this
    const stop = step === 1 ? text.length : -1
    let i = step === 1 ? at : at - 1
    if (i === stop || i < 0) return null
    let node = this.open(foldUnit(text.charCodeAt(i)))
    let best: T | undefined
    let reach = -1
    for (i += step; node !== 0; i += step) {
      if (((nodes[node] as number) & ENDS) !== 0) {
        const end = step === 1 ? i : i + 1
        const values = this.valuesAt(node)
        for (let k = 0; k < values.length; k++) {
          const value = values[k] as T
          if (accept(value, end)) {
            best = value
            reach = end
          }
        }
      }
      if (i === stop) break
      const unit = FOLD[text.charCodeAt(i)] as number
      if (unit !== 0) node = this.follow(node, unit)
    }
    return reach < 0 ? null : { value: best as T, end: reach }
  }
}

interface Draft {
  readonly nodes: Int32Array
  /** Node, unit and next node of every step from a fork. */
  readonly forks: number[]
  /** By key: the node at which it ends. */
  readonly ends: Int32Array
}

/** The nodes of sorted, different keys: each key adds those that the one before it has not. */
function draftOf(keys: readonly string[]): Draft {
  const most = keys.reduce((sum, key) => sum + key.length, 1)
  const nodes = new Int32Array(most)
  const forks: number[] = []
  const ends = new Int32Array(keys.length)
  const path: number[] = [ROOT]
  let count = 1
  let before = ''
  keys.forEach((key, index) => {
    let shared = 0
    while (shared < before.length && key.charCodeAt(shared) === before.charCodeAt(shared)) shared++
    for (let k = shared; k < key.length; k++) {
      const from = path[k] as number
      const unit = key.charCodeAt(k)
      const way = nodes[from] as number
      if ((way & (ONE | MANY)) === 0) nodes[from] = way | ONE
      else {
        if ((way & ONE) !== 0) forks.push(from, (nodes[from + 1] as number) & UNIT, from + 1)
        nodes[from] = (way & ~ONE) | MANY
        forks.push(from, unit, count)
      }
      nodes[count] = unit
      path[k + 1] = count++
    }
    ends[index] = path[key.length] as number
    before = key
  })
  return { nodes: nodes.slice(0, count), forks, ends }
}

function reversed(form: string): string {
  return form.split('').reverse().join('')
}
