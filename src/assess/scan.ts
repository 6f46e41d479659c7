import type { SentenceReader } from './reader.ts'
import {
  CLASS,
  CURRENCY,
  DIGIT,
  DOT,
  digitOf,
  END,
  INNER,
  INVISIBLE,
  KHMER,
  LAO,
  MYANMAR,
  NEWLINE,
  PAUSE,
  SPACE,
  THAI,
  unspaced,
  WORD,
} from './script.ts'
import { isInner } from './vocabulary.ts'

/** Longer than any sentence people write; keeps work per sentence bounded on text without full stops. */
const MAX_WORDS = 160
const MAX_RUN = 600
/** A line at least this long that ends without a full stop was wrapped, not ended. */
const WRAPPED_LINE = 58
/** Thai and Lao have no full stop: after this many words a space before a typical first word starts a new sentence. */
const THAI_SENTENCE = 9
const THAI_LIMIT = 60

/** A time of day stands this early in the header of a message; the colon behind a name alone, earlier. UTF-16 units. */
const HEADER = 40
const LABEL = 24
const COLON = 0x3a
const SLASH = 0x2f

const ABBREVIATIONS = new Set(
  'mr mrs ms dr st no vs etc approx dept inc ltd co sgt lt col gen sr jr prof eg ie am pm jl bpk tn ny dll ths ts'.split(
    ' ',
  ),
)

/** Where the reading stands; one object, so that the small functions below share it. */
interface Cursor {
  readonly text: string
  readonly end: number
  readonly reader: SentenceReader
  readonly finish: () => void
  i: number
  lineStart: number
  /** The last word, lower case, when it was short: it may be an abbreviation. */
  last: string
}

/**
 * Reads `text` from `start` to `end` sentence by sentence and calls `each` with the reader at the end of every one.
 * Linear in the length of the text, whatever it holds.
 */
export function scan(
  reader: SentenceReader,
  range: { text: string; start: number; end: number },
  each: () => void,
): void {
  const { text, start, end } = range
  reader.text = text
  reader.reset()
  const finish = () => {
    if (reader.start >= 0) each()
    reader.reset()
  }
  const cursor: Cursor = { text, end, reader, finish, i: start, lineStart: start, last: '' }
  while (cursor.i < end) step(cursor)
  finish()
}

function step(at: Cursor): void {
  const code = at.text.charCodeAt(at.i)
  const kind = CLASS[code] ?? 0
  if (at.reader.words > MAX_WORDS) at.finish()
  if (kind === WORD) readWord(at)
  else if (kind === DIGIT) readNumber(at)
  else if (unspaced(kind)) readRun(at, kind)
  else if (kind === SPACE) readSpace(at)
  else if (kind === NEWLINE) readNewline(at)
  else if (kind === END) readEnd(at)
  else if (kind === DOT) readDot(at)
  else if (kind === CURRENCY) at.reader.word(at.i, ++at.i)
  else {
    if (kind === PAUSE || (code === 0x2d && CLASS[at.text.charCodeAt(at.i + 1)] === SPACE)) at.reader.pause()
    at.i++
  }
}

function readWord(at: Cursor): void {
  const { text, end } = at
  const start = at.i
  let i = start + 1
  while (i < end) {
    const kind = CLASS[text.charCodeAt(i)]
    if (kind !== WORD && kind !== INVISIBLE && !(kind === INNER && isInner(text, i))) break
    i++
  }
  at.reader.word(start, i)
  at.last = i - start <= 6 ? text.slice(start, i).toLowerCase() : ''
  at.i = i
}

function readNumber(at: Cursor): void {
  const { text, end } = at
  let i = at.i + 1
  while (i < end) {
    const kind = CLASS[text.charCodeAt(i)]
    const code = text.charCodeAt(i)
    const inside = (kind === DOT || code === 0x2c) && CLASS[text.charCodeAt(i + 1)] === DIGIT
    if (kind !== DIGIT && !inside) break
    i++
  }
  // 0012-3456 is a piece of a longer number, and counts nothing.
  if (isPiece(text, at.i, i)) at.reader.word(at.i, i)
  else at.reader.number(at.i, i)
  at.last = ''
  at.i = i
}

/** Digits that open with a nought, or that a dash joins to others. */
function isPiece(text: string, start: number, end: number): boolean {
  if (digitOf(text.charCodeAt(start)) === 0 && CLASS[text.charCodeAt(start + 1)] === DIGIT) return true
  const joinedBefore = text.charCodeAt(start - 1) === DASH && CLASS[text.charCodeAt(start - 2)] === DIGIT
  const joinedBehind = text.charCodeAt(end) === DASH && CLASS[text.charCodeAt(end + 1)] === DIGIT
  return joinedBefore && joinedBehind
}

const DASH = 45

function readRun(at: Cursor, kind: number): void {
  const { text, end } = at
  let i = at.i + 1
  const limit = Math.min(end, at.i + MAX_RUN)
  while (i < limit) {
    const next = CLASS[text.charCodeAt(i)]
    if (next !== kind && next !== INVISIBLE && !isLooseSpace(text, i, kind)) break
    i++
  }
  at.reader.run(at.i, i, kind)
  at.last = ''
  at.i = i
}

/** Burmese sets a space between phrases as it likes, inside a word of ours too: it parts nothing. */
function isLooseSpace(text: string, i: number, kind: number): boolean {
  return kind === MYANMAR && text.charCodeAt(i) === 0x20 && CLASS[text.charCodeAt(i + 1)] === MYANMAR
}

function readSpace(at: Cursor): void {
  const { text, reader } = at
  const before = CLASS[text.charCodeAt(at.i - 1)]
  let i = at.i + 1
  while (i < at.end && CLASS[text.charCodeAt(i)] === SPACE) i++
  at.i = i
  if (before !== THAI && before !== LAO && before !== KHMER) return
  // A figure or a foreign name is set off by spaces within a clause: "អាយុ ១៧", "ບໍລິສັດ ABC".
  const next = CLASS[text.charCodeAt(i)]
  if (next === DIGIT || next === WORD) return
  if (before === KHMER) {
    reader.pause()
    return
  }
  reader.pause()
  if (reader.words > THAI_LIMIT || (reader.words > THAI_SENTENCE && startsSentence(at))) at.finish()
}

function startsSentence(at: Cursor): boolean {
  const starters = at.reader.rules.starters.get(at.text.charAt(at.i))
  return starters?.some((word) => at.text.startsWith(word, at.i)) ?? false
}

function readNewline(at: Cursor): void {
  const { text } = at
  const line = at.i - at.lineStart
  let i = at.i
  let breaks = 0
  while (i < at.end) {
    const kind = CLASS[text.charCodeAt(i)]
    if (kind === NEWLINE) breaks += text.charCodeAt(i) === 0x0d && text.charCodeAt(i + 1) === 0x0a ? 0 : 1
    else if (kind !== SPACE) break
    i++
  }
  const next = text.charCodeAt(i)
  const goesOn = CLASS[next] === WORD || CLASS[next] === DIGIT || unspaced(CLASS[next] ?? 0)
  const wrapped = breaks === 1 && goesOn && line >= WRAPPED_LINE && !opensMessage(text, i)
  at.i = i
  at.lineStart = i
  if (!wrapped) at.finish()
}

/** A line that opens with a date, with who writes and when, or with a name and a colon, goes on with nothing. */
function opensMessage(text: string, start: number): boolean {
  for (let i = start; i < start + HEADER; i++) {
    const code = text.charCodeAt(i)
    const kind = CLASS[code]
    if (kind === NEWLINE || kind === END || Number.isNaN(code)) return false
    const between = CLASS[text.charCodeAt(i - 1)] === DIGIT && CLASS[text.charCodeAt(i + 1)] === DIGIT
    if (code === COLON && (between || (i < start + LABEL && CLASS[text.charCodeAt(i + 1)] === SPACE)))
      return true
    if (code === SLASH && between && i < start + 5) return true
  }
  return false
}

function readEnd(at: Cursor): void {
  const { text, reader } = at
  let i = at.i
  while (i < at.end) {
    const code = text.charCodeAt(i)
    const kind = CLASS[code]
    if (kind === END) {
      if (code === 0x3f || code === 0xff1f || code === 0x61f) reader.question = true
    } else if (!isClosing(code) && kind !== DOT) break
    i++
  }
  at.i = i
  if (reader.start >= 0) reader.end = i
  at.finish()
}

/** A full stop ends a sentence unless it is inside a number or address, or after an abbreviation; dots in a row pause. */
function readDot(at: Cursor): void {
  const { text } = at
  let i = at.i + 1
  while (i < at.end && CLASS[text.charCodeAt(i)] === DOT) i++
  const dots = i - at.i
  while (i < at.end && isClosing(text.charCodeAt(i))) i++
  const after = i >= at.end ? SPACE : (CLASS[text.charCodeAt(i)] ?? 0)
  const apart = after === SPACE || after === NEWLINE || unspaced(after)
  if (dots > 1) at.reader.pause()
  else if (apart && !ABBREVIATIONS.has(at.last) && at.last.length !== 1) {
    if (at.reader.start >= 0) at.reader.end = i
    at.i = i
    at.finish()
    return
  }
  at.i = i
}

function isClosing(code: number): boolean {
  return (
    code === 0x22 ||
    code === 0x27 ||
    code === 0x29 ||
    code === 0x201d ||
    code === 0x2019 ||
    code === 0x300d ||
    code === 0xbb
  )
}
