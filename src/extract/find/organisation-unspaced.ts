import { isDigit, isEdge, isLetter, isMark, isUnspaced, isUpper, scriptAt } from '../script.ts'
import { quotedAt, runAfter } from './organisation-latin.ts'
import {
  type Named,
  PLATFORMS,
  UNSPACED_GENERIC,
  UNSPACED_OPENERS,
  UNSPACED_STOPS,
  UNSPACED_TAILS,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

/** Units of the longest name in these scripts. */
const LONGEST = 40
const BLANK = 32

interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A name behind a head, in scripts without blanks between words: บริษัทโกลเด้นเวฟ เทคโนโลยี, ធនាគារមេគង្គប្រជា.
 * @param how  `kept`: the head is part of the name; `dropped`: it is not; `shy`: only with quotes or capitals behind it
 */
export function nameByUnspacedHead(text: string, at: Span, how: 'kept' | 'dropped' | 'shy'): Named | null {
  let from = at.end
  while (from < at.end + 2 && (text.charCodeAt(from) === BLANK || text[from] === ':' || text[from] === '៖'))
    from++
  const head = text.slice(at.start, at.end)
  const why = `the name behind '${head}'`
  const quoted = quotedAt(text, from)
  if (quoted !== null) return { ...quoted, confidence: 0.85, why: `the name in quotes behind '${head}'` }
  if (isUpper(text, from)) return latinName(text, from, { at, how, why })
  if (how === 'shy' || !isUnspaced(scriptAt(text, from))) return null
  if (UNSPACED_GENERIC.longest(text, from, () => true) !== null || isStop(text, from)) return null
  const end = endOfName(text, from)
  const name = text.slice(from, end)
  if (letters(name) < 3 || isPlaceName(name)) return null
  const spaced = from > at.end
  const start = how === 'kept' || (spaced && head.startsWith('ក្រុមហ៊ុន')) ? at.start : from
  return { start, end, confidence: 0.8, why }
}

function latinName(text: string, from: number, it: { at: Span; how: string; why: string }): Named | null {
  const run = runAfter(text, from)
  const name = run === null ? '' : text.slice(run.start, run.end)
  if (run === null || PLATFORMS.has(name.toLowerCase()) || name.length < 2) return null
  const bank = it.how === 'kept' && /^(?:ធនាគារ|ธนาคาร|ທະນາຄານ)/.test(text.slice(it.at.start, it.at.end))
  return { start: bank ? it.at.start : run.start, end: run.end, confidence: 0.8, why: it.why }
}

function letters(name: string): number {
  let count = 0
  for (let i = 0; i < name.length; i++) if (isLetter(name, i) && !isMark(name, i)) count++
  return count
}

/** Whether a common word stands at `at` and the text goes on behind it; at its end it belongs to the name. */
function isStop(text: string, at: number): boolean {
  return UNSPACED_STOPS.longest(text, at, (_, end) => isEdge(text, end) && isLetter(text, end)) !== null
}

/** Where a name ends: at a sign, a digit, a common word, or a blank behind which no word of a firm stands. */
function endOfName(text: string, from: number): number {
  const script = scriptAt(text, from)
  let i = from
  for (; i < from + LONGEST && i < text.length; i++) {
    if (text.charCodeAt(i) === BLANK) {
      const tail = UNSPACED_TAILS.longest(text, i + 1, () => true)
      if (tail === null) return i
      i = tail.end - 1
      continue
    }
    if (scriptAt(text, i) !== script || isDigit(text, i) || !isLetter(text, i)) return i
    if (i - from >= 3 && isEdge(text, i) && isStop(text, i)) return i
  }
  return i
}

/** A name in front of a tail: หงต๋าเน็ตเวิร์ก, ရွှေနဂါး ကုမ္ပဏီ; glued to it, or with one blank between. */
export function nameByUnspacedTail(text: string, at: Span): Named | null {
  const script = scriptAt(text, at.start)
  const glued = text.charCodeAt(at.start - 1) === BLANK ? at.start - 1 : at.start
  let start = glued
  while (start > glued - LONGEST && scriptAt(text, start - 1) === script && isLetter(text, start - 1)) start--
  const name = lastPart(text, start, glued)
  if (name.end - name.start < 3 || letters(text.slice(name.start, name.end)) < 2) return null
  if (UNSPACED_GENERIC.longest(text, name.start, () => true) !== null) return null
  if (isPlaceName(text.slice(name.start, name.end))) return null
  const tail = text.slice(at.start, at.end)
  return { start: name.start, end: at.end, confidence: 0.75, why: `a name in front of '${tail}'` }
}

/** What stands behind the last common word: a sentence without blanks may run up to the name. */
function lastPart(text: string, start: number, end: number): Span {
  let from = start
  for (let i = start; i < end; i++) {
    if (!isEdge(text, i)) continue
    const hit = UNSPACED_OPENERS.longest(text, i, (_, stop) => stop <= end && isEdge(text, stop))
    if (hit !== null) {
      from = hit.end
      i = hit.end - 1
    }
  }
  return { start: from, end }
}
