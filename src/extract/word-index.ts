import type { Plain } from './finder.ts'
import { isEdge } from './script.ts'
import { type Sweep, swept } from './sweep.ts'
import type { Trie } from './trie.ts'

/** A word list, and the bit of its marks (see marks.ts). */
export interface Listed<T> {
  readonly list: Trie<T>
  readonly bit: number
}

const BLOCK = 64

/**
 * Where the words of one list stand in one text. It is searched a block at a time, only where somebody asks, and never
 * twice, so that asking again and again about the same stretch stays linear.
 */
export class WordIndex<T> {
  private readonly text: string
  private readonly sweep: Sweep
  private readonly listed: Listed<T>
  private readonly accept: (value: T, end: number) => boolean
  /** Where the word begins that is being looked at. */
  private start = 0
  /** By block: start and end of each word that begins there. */
  private readonly blocks: (readonly number[] | undefined)[] = []

  /** @param text  that of `plain`, or with other signs in it at the same places */
  constructor(
    { plain, text }: { readonly plain: Plain; readonly text: string },
    listed: Listed<T>,
    accepts: (value: T, start: number, end: number) => boolean,
  ) {
    this.text = text
    this.sweep = swept(plain)
    this.listed = listed
    this.accept = (value, end) => accepts(value, this.start, end)
  }

  /** Whether a word stands wholly in `[from, to)`. */
  within(from: number, to: number): boolean {
    for (let block = Math.floor(Math.max(0, from) / BLOCK); block * BLOCK < to; block++) {
      const words = this.blocks[block] ?? this.search(block)
      for (let i = 0; i < words.length; i += 2)
        if ((words[i] as number) >= from && (words[i + 1] as number) <= to) return true
    }
    return false
  }

  private search(block: number): readonly number[] {
    const { text, listed } = this
    const { at, bits } = this.sweep
    const stop = (block + 1) * BLOCK
    let found = NONE
    for (let mark = markFrom(at, block * BLOCK); mark < at.length && (at[mark] as number) < stop; mark++) {
      const start = at[mark] as number
      if (((bits[mark] as number) & listed.bit) === 0 || !isEdge(text, start)) continue
      this.start = start
      const hit = listed.list.longest(text, start, this.accept)
      if (hit === null) continue
      if (found === NONE) found = []
      found.push(start, hit.end)
    }
    this.blocks[block] = found
    return found
  }
}

const NONE: number[] = []

/** The index of the first mark at `offset` or later. */
function markFrom(at: readonly number[], offset: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low
}
