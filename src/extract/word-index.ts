import { isEdge } from './script.ts'
import type { Trie } from './trie.ts'

/** A listed word in the text. */
interface Hit {
  readonly start: number
  readonly end: number
}

const BLOCK = 64

/**
 * Where the words of one list stand in one text. It is searched a block at a time, only where somebody asks, and never
 * twice, so that asking again and again about the same stretch stays linear.
 */
export class WordIndex<T> {
  private readonly text: string
  private readonly list: Trie<T>
  private readonly accepts: (value: T, start: number, end: number) => boolean
  private readonly blocks = new Map<number, readonly Hit[]>()

  constructor(text: string, list: Trie<T>, accepts: (value: T, start: number, end: number) => boolean) {
    this.text = text
    this.list = list
    this.accepts = accepts
  }

  /** Whether a word stands wholly in `[from, to)`. */
  within(from: number, to: number): boolean {
    for (let block = Math.floor(Math.max(0, from) / BLOCK); block * BLOCK < to; block++) {
      const hits = this.blocks.get(block) ?? this.search(block)
      if (hits.some(({ start, end }) => start >= from && end <= to)) return true
    }
    return false
  }

  private search(block: number): readonly Hit[] {
    const { text, list } = this
    const found: Hit[] = []
    for (let i = block * BLOCK; i < Math.min(text.length, (block + 1) * BLOCK); i++) {
      if (!list.starts(text.charCodeAt(i)) || !isEdge(text, i)) continue
      const hit = list.longest(text, i, (value, end) => this.accepts(value, i, end))
      if (hit !== null) found.push({ start: i, end: hit.end })
    }
    this.blocks.set(block, found)
    return found
  }
}
