/** The automaton as plain tables, so that it can be kept in a file and need not be built again. */
export interface AutomatonTables {
  /** By node: the node before it and the letter between them. */
  readonly parent: Int32Array
  readonly letter: Uint16Array
  /** The edges in one open hash table. */
  readonly slots: Int32Array
  /** By node: where to go on when no letter fits, the next shorter key that ends here too, the key that ends here or -1. */
  readonly fail: Int32Array
  readonly link: Int32Array
  readonly own: Int32Array
}

/**
 * Finds every one of many keys in one pass over the text, whatever their number.
 * Cost     time O(text + hits); memory O(sum of key lengths); built once.
 * Source   Aho and Corasick, Efficient string matching, CACM 18 (1975), 333-340.
 */
export class Automaton {
  readonly tables: AutomatonTables
  private readonly shift: number
  private readonly mask: number

  constructor(tables: AutomatonTables) {
    this.tables = tables
    this.mask = tables.slots.length - 1
    this.shift = Math.clz32(this.mask)
  }

  /** The state after reading `code` in `state`; 0 is the start. */
  step(state: number, code: number): number {
    const { fail } = this.tables
    for (let at = state; ; at = fail[at] as number) {
      const next = this.child(at, code)
      if (next > 0 || at === 0) return next
    }
  }

  private child(node: number, code: number): number {
    const { slots, parent, letter } = this.tables
    for (let slot = hash(node, code) >>> this.shift; ; slot = (slot + 1) & this.mask) {
      const next = slots[slot] as number
      if (next === 0 || (parent[next] === node && letter[next] === code)) return next
    }
  }

  /** Whether any key ends in `state`. */
  ends(state: number): boolean {
    const { own, link } = this.tables
    return (own[state] as number) >= 0 || (link[state] as number) > 0
  }

  /** Calls `found(key)` for every key that ends in `state`, longest first. */
  endings(state: number, found: (key: number) => void): void {
    const { own, link } = this.tables
    for (let at = state; at > 0; at = link[at] as number) {
      const key = own[at] as number
      if (key >= 0) found(key)
    }
  }
}

function hash(node: number, code: number): number {
  return Math.imul(node, 0x9e3779b1) ^ Math.imul(code + 1, 0x85ebca6b)
}

/** Builds the automaton; `found` later receives positions in `keys`. Keys must be different and not empty. */
export function buildAutomaton(keys: readonly string[]): Automaton {
  const edges = new Edges(keys.reduce((sum, key) => sum + key.length, 0) + 1)
  const own = plant(keys, edges)
  const { fail, link } = connect(edges, own)
  const { nodes, slots } = edges
  return new Automaton({
    parent: edges.parent.slice(0, nodes),
    letter: edges.letter.slice(0, nodes),
    slots,
    fail,
    link,
    own: own.slice(0, nodes),
  })
}

/** Lays the keys as a tree; returns for each node the key that ends there, or -1. */
function plant(keys: readonly string[], edges: Edges): Int32Array {
  const own = new Int32Array(edges.parent.length).fill(-1)
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
  readonly parent: Int32Array
  readonly letter: Uint16Array
  nodes = 1
  slots = new Int32Array(1 << 10)

  /** @param limit  the most nodes there can be */
  constructor(limit: number) {
    this.parent = new Int32Array(limit)
    this.letter = new Uint16Array(limit)
  }

  /** The child of `node` by `code`, or 0. */
  get(node: number, code: number): number {
    return this.slots[this.#slotOf(node, code)] as number
  }

  add(node: number, code: number): number {
    const slot = this.#slotOf(node, code)
    const there = this.slots[slot] as number
    if (there > 0) return there
    const child = this.nodes++
    this.parent[child] = node
    this.letter[child] = code
    this.slots[slot] = child
    if (this.nodes * 2 > this.slots.length) this.#widen()
    return child
  }

  /** The slot of a step, or the empty one where it would stand. */
  #slotOf(node: number, code: number): number {
    const { slots, parent, letter } = this
    const mask = slots.length - 1
    for (let slot = hash(node, code) >>> Math.clz32(mask); ; slot = (slot + 1) & mask) {
      const child = slots[slot] as number
      if (child === 0 || (parent[child] === node && letter[child] === code)) return slot
    }
  }

  #widen(): void {
    this.slots = new Int32Array(this.slots.length * 2)
    for (let node = 1; node < this.nodes; node++)
      this.slots[this.#slotOf(this.parent[node] as number, this.letter[node] as number)] = node
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
    const next = new Int32Array(deepest + 2)
    for (let node = 1; node < this.nodes; node++) {
      const here = depth[node] as number
      next[here + 1] = (next[here + 1] as number) + 1
    }
    for (let d = 1; d < next.length; d++) next[d] = (next[d] as number) + (next[d - 1] as number)
    const order = new Int32Array(this.nodes - 1)
    for (let node = 1; node < this.nodes; node++) {
      const here = depth[node] as number
      const place = next[here] as number
      order[place] = node
      next[here] = place + 1
    }
    return order
  }
}
