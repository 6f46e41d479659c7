import { endsWord, isExact, type Marks } from '../lexicon/form.ts'
import { MONEY } from '../lexicon/money.ts'
import { Trie } from '../trie.ts'
import { WordIndex } from '../word-index.ts'

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

/** Where words about money stand in one text. */
export class MoneyCues {
  private readonly text: string
  private readonly cues: WordIndex<Marks>
  private readonly against: WordIndex<Marks>

  constructor(text: string) {
    const accepts = (marks: Marks, start: number, end: number) =>
      endsWord(text, end) && isExact(marks, text, { start, end })
    this.text = text
    this.cues = new WordIndex(text, CUES, accepts)
    this.against = new WordIndex(text, WEAK_AGAINST, accepts)
  }

  /** Whether a word about money stands near the span, on the same line. */
  near(start: number, end: number): boolean {
    const behind = this.text.slice(end, end + REACH_BEHIND).indexOf('\n')
    const stop = behind < 0 ? end + REACH_BEHIND : end + behind
    return this.cues.within(this.lineStart(start), start) || this.cues.within(end, stop)
  }

  /** Whether a weak word (12 pounds) is money by what stands in front: paid, and not weighed. */
  strongBefore(start: number): boolean {
    const from = this.lineStart(start)
    return this.cues.within(from, start) && !this.against.within(from, start)
  }

  /** Where the window in front of a number begins: on its line, and no further than a cue may stand. */
  private lineStart(start: number): number {
    const from = Math.max(0, start - REACH)
    return from + this.text.slice(from, start).lastIndexOf('\n') + 1
  }
}
