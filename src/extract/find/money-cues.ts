import { endsWord, isExact, type Marks } from '../lexicon/form.ts'
import { MONEY } from '../lexicon/money.ts'
import { isEdge } from '../script.ts'
import { Trie } from '../trie.ts'

/** Words with accents are told from others by them: đóng is to pay, đồng is not. */
const words = (list: string) =>
  new Trie<Marks>(
    list.split(/\s+/).map((word) => {
      const exact = /[\u00c0-\u1ef9]/.test(word) && !/[\u0900-\u1aff]/.test(word) ? word : null
      return [word, { exact, anyCase: true, languages: null }]
    }),
  )
const CUES = words(`${MONEY.cues} ${MONEY.pay_names}`)
const WEAK_AGAINST = words(MONEY.weak_against)

/** Units in front of a number, and behind it, in which a word about money is looked for. */
const REACH = 40
const REACH_BEHIND = 24

const BLOCK = 64

/** A word of a list in the text. */
interface Hit {
  readonly start: number
  readonly end: number
}

/**
 * Where words about money stand in one text. It is searched a block at a time, only where an amount asks, and never
 * twice, so that a text of nothing but amounts stays linear.
 */
export class MoneyCues {
  private readonly text: string
  private readonly cues = new Map<number, readonly Hit[]>()
  private readonly against = new Map<number, readonly Hit[]>()

  constructor(text: string) {
    this.text = text
  }

  /** Whether a word about money stands near the span, on the same line. */
  near(start: number, end: number): boolean {
    const behind = this.text.slice(end, end + REACH_BEHIND).indexOf('\n')
    const stop = behind < 0 ? end + REACH_BEHIND : end + behind
    return (
      this.stands(this.cues, CUES, [this.lineStart(start), start]) ||
      this.stands(this.cues, CUES, [end, stop])
    )
  }

  /** Whether a weak word (12 pounds) is money by what stands in front: paid, and not weighed. */
  strongBefore(start: number): boolean {
    const window = [this.lineStart(start), start] as const
    return this.stands(this.cues, CUES, window) && !this.stands(this.against, WEAK_AGAINST, window)
  }

  /** Where the window in front of a number begins: on its line, and no further than a cue may stand. */
  private lineStart(start: number): number {
    const from = Math.max(0, start - REACH)
    return from + this.text.slice(from, start).lastIndexOf('\n') + 1
  }

  private stands(
    known: Map<number, readonly Hit[]>,
    list: Trie<Marks>,
    [from, to]: readonly [number, number],
  ): boolean {
    for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block++) {
      const hits = known.get(block) ?? search(list, this.text, block)
      known.set(block, hits)
      if (hits.some(({ start, end }) => start >= from && end <= to)) return true
    }
    return false
  }
}

function search(list: Trie<Marks>, text: string, block: number): Hit[] {
  const found: Hit[] = []
  for (let i = block * BLOCK; i < Math.min(text.length, (block + 1) * BLOCK); i++) {
    if (!list.starts(text.charCodeAt(i)) || !isEdge(text, i)) continue
    const hit = list.longest(
      text,
      i,
      (marks, end) => endsWord(text, end) && isExact(marks, text, { start: i, end }),
    )
    if (hit !== null) found.push({ start: i, end: hit.end })
  }
  return found
}
