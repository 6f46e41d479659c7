import type { Plain } from '../finder.ts'
import { FIRM_CUE } from '../marks.ts'
import { isEdge } from '../script.ts'
import { WordIndex } from '../word-index.ts'
import { type Accents, FIRM_CUES, FIRM_THINGS, hasAccents, WORDS_AROUND } from './organisation-words.ts'

/** Where words like "company" (`things`), and those and words like "called" (`cues`), stand in one text. */
export interface Near {
  readonly cues: WordIndex<Accents>
  readonly things: WordIndex<Accents>
  /** Words of work, payment and confinement. */
  readonly around: WordIndex<Accents>
}

export function nearIn(plain: Plain): Near {
  const { text } = plain
  const page = { plain, text }
  const accepts = (accents: Accents, start: number, end: number) =>
    isEdge(text, end) && hasAccents(accents, text, start, end)
  return {
    cues: new WordIndex(page, { list: FIRM_CUES, bit: FIRM_CUE }, accepts),
    things: new WordIndex(page, { list: FIRM_THINGS, bit: FIRM_CUE }, accepts),
    around: new WordIndex(page, { list: WORDS_AROUND, bit: FIRM_CUE }, accepts),
  }
}
