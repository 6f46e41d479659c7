import { foldText, isDigit, isEdge, isLetter, isMark } from '../script.ts'
import { quotedAt } from './organisation-quotes.ts'
import { INDIC_STOPS, type Named } from './organisation-words.ts'

const BLANK = 32
const MOST_WORDS = 5

interface Span {
  readonly start: number
  readonly end: number
}

function isWordUnit(text: string, i: number): boolean {
  return i >= 0 && (isLetter(text, i) || isMark(text, i) || isDigit(text, i) || text[i] === '-')
}

/** A name in Hindi or Bengali in front of a tail, back to a common word: सनराइज़ ग्लोबल सर्विसेज़ प्राइवेट लिमिटेड. */
export function indicNameByTail(text: string, at: Span): Named | null {
  let start = at.start
  for (let count = 0; count < MOST_WORDS; count++) {
    const end = text.charCodeAt(start - 1) === BLANK ? start - 1 : start
    let from = end
    while (isWordUnit(text, from - 1) && end - from < 30) from--
    const word = text.slice(from, end)
    if (end === start || from === end || INDIC_STOPS.has(foldText(word)) || isDigit(text, from)) break
    start = from
  }
  // ব্যাংকে is "at the bank": with a case ending, one word in front is not yet a name.
  if (start === at.start || (!isEdge(text, at.end) && !text.slice(start, at.start - 1).includes(' ')))
    return null
  const tail = text.slice(at.start, at.end)
  return { start, end: at.end, confidence: 0.8, why: `a name in front of '${tail}'` }
}

/** A name that is announced: कंपनी का नाम X था, অ্যাপের নাম "X". */
export function indicNameByCall(text: string, at: Span): Named | null {
  const colon = text[at.end] === ':' ? at.end + 1 : at.end
  const from = text.charCodeAt(colon) === BLANK ? colon + 1 : colon
  const call = text.slice(at.start, at.end)
  const quoted = quotedAt(text, from)
  if (quoted !== null) return { ...quoted, confidence: 0.85, why: `the name in quotes behind '${call}'` }
  const announced = colon > at.end || call.endsWith(':') || /नाम$|নাম$/.test(call)
  if (!announced) return null
  const end = endOfName(text, from)
  return end - from < 3 ? null : { start: from, end, confidence: 0.75, why: `the name behind '${call}'` }
}

/** A name behind a head that belongs to it: होटल गोल्डन पैलेस. */
export function indicNameByHead(text: string, at: Span): Named | null {
  if (text.charCodeAt(at.end) !== BLANK) return null
  const end = endOfName(text, at.end + 1)
  const head = text.slice(at.start, at.end)
  return end - at.end < 4
    ? null
    : { start: at.start, end, confidence: 0.75, why: `the name behind '${head}'` }
}

function endOfName(text: string, from: number): number {
  let end = from
  for (let count = 0; count < MOST_WORDS; count++) {
    const start = count === 0 ? from : end + 1
    let stop = start
    while (isWordUnit(text, stop) && stop - start < 30) stop++
    if (stop === start || INDIC_STOPS.has(foldText(text.slice(start, stop)))) break
    end = stop
    if (text.charCodeAt(stop) !== BLANK) break
  }
  return end
}
