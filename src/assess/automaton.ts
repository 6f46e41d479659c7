/**
 * Finds every one of many keys in one pass over the text, whatever their number.
 * Cost     time O(text + hits); memory O(sum of key lengths); built once.
 * Source   Aho and Corasick, Efficient string matching, CACM 18 (1975), 333-340.
 */
export interface Automaton {
  /** The state after reading `code` in `state`; 0 is the start. */
  readonly step: (state: number, code: number) => number
  /** Calls `found(key)` for every key that ends in `state`, longest first. */
  readonly endings: (state: number, found: (key: number) => void) => void
  /** Whether any key ends in `state`. */
  readonly ends: (state: number) => boolean
}

/** Builds the automaton; `found` later receives positions in `keys`. Keys must be different and not empty. */
export function buildAutomaton(keys: readonly string[]): Automaton {
  const edges = new Edges(keys.reduce((sum, key) => sum + key.length, 0) + 1)
  const own = plant(keys, edges)
  const { fail, link } = connect(edges, own)
  const step = (state: number, code: number): number => {
    let at = state
    for (;;) {
      const next = edges.get(at, code)
      if (next > 0) return next
      if (at === 0) return 0
      at = fail[at] ?? 0
    }
  }
  const ends = (state: number): boolean => (own[state] ?? -1) >= 0 || (link[state] ?? 0) > 0
  const endings = (state: number, found: (key: number) => void): void => {
    for (let at = state; at > 0; at = link[at] ?? 0) {
      const key = own[at] ?? -1
      if (key >= 0) found(key)
    }
  }
  return { step, endings, ends }
}

/** Lays the keys as a tree; returns for each node the key that ends there, or -1. */
function plant(keys: readonly string[], edges: Edges): Int32Array {
  const own = new Int32Array(edges.limit).fill(-1)
  keys.forEach((key, index) => {
    let at = 0
    for (let i = 0; i < key.length; i++) at = edges.add(at, key.charCodeAt(i))
    own[at] = index
  })
  return own
}

/** Breadth first: where to continue when a letter does not fit, and the next shorter key that ends here too. */
function connect(edges: Edges, own: Int32Array): { fail: Int32Array; link: Int32Array } {
  const fail = new Int32Array(edges.nodes)
  const link = new Int32Array(edges.nodes)
  const queue = edges.byDepth()
  for (const node of queue) {
    const parent = edges.parent[node] ?? 0
    const code = edges.letter[node] ?? 0
    if (parent !== 0) {
      let at = fail[parent] ?? 0
      while (at !== 0 && edges.get(at, code) === 0) at = fail[at] ?? 0
      fail[node] = edges.get(at, code)
    }
    const back = fail[node] ?? 0
    link[node] = (own[back] ?? -1) >= 0 ? back : (link[back] ?? 0)
  }
  return { fail, link }
}

/** The edges of the tree in one open hash table: (node, letter) -> node. */
class Edges {
  readonly limit: number
  readonly parent: Int32Array
  readonly letter: Uint16Array
  nodes = 1
  readonly #slots: Int32Array
  readonly #shift: number

  constructor(limit: number) {
    this.limit = limit
    this.parent = new Int32Array(limit)
    this.letter = new Uint16Array(limit)
    const bits = Math.max(4, 32 - Math.clz32(limit * 2))
    this.#slots = new Int32Array(1 << bits)
    this.#shift = 32 - bits
  }

  /** The child of `node` by `code`, or 0. */
  get(node: number, code: number): number {
    const slots = this.#slots
    let slot = this.#hash(node, code)
    for (;;) {
      const child = slots[slot] ?? 0
      if (child === 0) return 0
      if (this.parent[child] === node && this.letter[child] === code) return child
      slot = (slot + 1) & (slots.length - 1)
    }
  }

  add(node: number, code: number): number {
    const there = this.get(node, code)
    if (there > 0) return there
    const child = this.nodes++
    this.parent[child] = node
    this.letter[child] = code
    let slot = this.#hash(node, code)
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1)
    this.#slots[slot] = child
    return child
  }

  /** All nodes but the root, parents before children. A node is always made after its parent, but not by depth. */
  byDepth(): Int32Array {
    const depth = new Int32Array(this.nodes)
    let deepest = 0
    for (let node = 1; node < this.nodes; node++) {
      const here = (depth[this.parent[node] ?? 0] ?? 0) + 1
      depth[node] = here
      if (here > deepest) deepest = here
    }
    const start = new Int32Array(deepest + 2)
    const count = (d: number, by: number) => {
      const was = start[d] ?? 0
      start[d] = was + by
      return was
    }
    for (let node = 1; node < this.nodes; node++) count((depth[node] ?? 0) + 1, 1)
    for (let d = 1; d < start.length; d++) count(d, start[d - 1] ?? 0)
    const order = new Int32Array(this.nodes - 1)
    for (let node = 1; node < this.nodes; node++) order[count(depth[node] ?? 0, 1)] = node
    return order
  }

  #hash(node: number, code: number): number {
    return (Math.imul(node, 0x9e3779b1) ^ Math.imul(code + 1, 0x85ebca6b)) >>> this.#shift
  }
}
