import type { Plain } from '../finder.ts'
import { endsWord, isExact, type Marks } from '../lexicon/form.ts'
import { MONEY_CUE } from '../marks.ts'
import { WordIndex } from '../word-index.ts'
import { AGAINST_MONEY, MONEY_CUES } from './money-cue-words.ts'

/** Units in front of a number, and behind it, in which a word about money is looked for. */
const REACH = 40
const REACH_BEHIND = 24

/** Where words about money stand in one text. */
export class MoneyCues {
  private readonly text: string
  private readonly cues: WordIndex<Marks>
  private readonly against: WordIndex<Marks>

  /** @param text  of the plain text, its Chinese commas as they were */
  constructor(plain: Plain, text: string) {
    const accepts = (marks: Marks, start: number, end: number) =>
      endsWord(text, end) && isExact(marks, text, { start, end })
    const page = { plain, text }
    this.text = text
    this.cues = new WordIndex(page, { list: MONEY_CUES, bit: MONEY_CUE }, accepts)
    this.against = new WordIndex(page, { list: AGAINST_MONEY, bit: MONEY_CUE }, accepts)
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
