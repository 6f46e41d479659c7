import { DATES } from '../lexicon/dates.ts'
import { foldText, isEdge } from '../script.ts'

const PAST: ReadonlySet<string> = new Set(DATES.past.map(foldText))
const FUTURE: ReadonlySet<string> = new Set(DATES.future.map(foldText))
/** करूँगा, आएगी, भेजेंगे; but not आगे (ahead) or मांगे (asked). */
const ENDS_AHEAD = /(?:[ूेओोए][ँं]?|य)(?:गा|गे|गी)$/
/** जाना है, भेजनी होगी: what is to be done. */
const TO_BE_DONE = /(?:ना|नी|ने)$/
const IS = /^(?:है|हैं|होगा|होगी|पड़ेगा|चाहिए)$/

/** Units of a sentence that are looked at on one side. */
const REACH = 120
const SENTENCE_END = /[।?!\n]|\.(?:\s|$)/

/**
 * Whether कल is yesterday (-1) or tomorrow (1), by the nearest verb of its sentence that tells; null when none does.
 * What stands behind counts first, as Hindi ends with its verb.
 */
export function sideByTense(text: string, start: number, end: number): -1 | 1 | null {
  const behind = text.slice(end, end + REACH).split(SENTENCE_END, 1)[0] ?? ''
  const before =
    text
      .slice(Math.max(0, start - REACH), start)
      .split(SENTENCE_END)
      .at(-1) ?? ''
  return sideOf(wordsOf(behind)) ?? sideOf(wordsOf(before).reverse())
}

function wordsOf(clause: string): string[] {
  return clause.split(/[\s,;:()"'“”–-]+/).filter((word) => word !== '' && isEdge(word, word.length))
}

function sideOf(words: readonly string[]): -1 | 1 | null {
  for (const [i, written] of words.entries()) {
    const word = foldText(written)
    if (PAST.has(word)) return -1
    if (FUTURE.has(word) || ENDS_AHEAD.test(written)) return 1
    if (TO_BE_DONE.test(written) && (IS.test(words[i + 1] ?? '') || IS.test(words[i - 1] ?? ''))) return 1
  }
  return null
}
