import { NAMES } from '../lexicon/names.ts'
import { foldText, isDigit, isEdge, isLetter, isMark, isUnspaced, isUpper, scriptAt } from '../script.ts'
import { Trie } from '../trie.ts'
import type { NameSpan } from './name.ts'
import { KIND_WORDS, NATIONALITIES, ORDINARY, PLATFORMS } from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const BLANK = 32
/** Most words of a name in Latin letters. */
const MOST_WORDS = 5
const LONGEST_WORD = 24

const words = (list: string) => list.split(/\s+/).filter((word) => word !== '')
const NOT_NAMES: ReadonlySet<string> = new Set(words(NAMES.not_names).map((word) => word.toLowerCase()))
const PARTICLES: ReadonlySet<string> = new Set(NAMES.particles.map((word) => word.toLowerCase()))

/** Past blanks, a colon, a dash, "is" and the like: what may stand between a lead and its name. */
function skipGap(text: string, from: number): number {
  return from + (/^(?:[ :：=–-]|is |ni |ay |là |si ){0,4}/.exec(text.slice(from, from + 12))?.[0].length ?? 0)
}

/** A run of capitalised words at `at` that can be a person: Maria dela Cruz, Nguyễn Thị Lan, AHMAD BIN ALI. */
export function latinName(text: string, at: number, least: number): NameSpan | null {
  const start = skipGap(text, at)
  if (!isUpper(text, start)) return null
  let end = start
  let count = 0
  for (let pos = start; count < MOST_WORDS; count++) {
    const stop = wordEnd(text, pos)
    const word = text.slice(pos, stop)
    const joins =
      count > 0 &&
      PARTICLES.has(word.toLowerCase()) &&
      text.charCodeAt(stop) === BLANK &&
      isUpper(text, stop + 1)
    if (stop === pos || (!isUpper(text, pos) && !joins) || NOT_NAMES.has(word.toLowerCase())) break
    end = joins ? end : stop
    const dot = text[stop] === '.' && word.length <= 2 ? 1 : 0
    if (text.charCodeAt(stop + dot) !== BLANK) break
    pos = stop + dot + 1
  }
  return isPerson(text.slice(start, end), least) && !isDigit(text, end) && text[end] !== '@'
    ? { start, end }
    : null
}

function wordEnd(text: string, from: number): number {
  let i = from
  while (
    i - from < LONGEST_WORD &&
    (isLetter(text, i) || (/['’/-]/.test(text[i] ?? '') && isLetter(text, i + 1)))
  )
    i++
  return i
}

/** No firm, place, people, platform or words of trade. */
function isPerson(name: string, least: number): boolean {
  const parts = name.split(/[ .]+/).filter((part) => part !== '')
  if (parts.length < least || name.length < 2 || isPlaceName(name)) return false
  return !parts.some((part) => {
    const plain = foldText(part)
    return PLATFORMS.has(plain) || NATIONALITIES.has(plain) || ORDINARY.has(plain) || isKindWord(part)
  })
}

function isKindWord(word: string): boolean {
  return KIND_WORDS.longest(word, 0, (_, end) => end === word.length) !== null
}

const flags = (list: readonly string[]) => new Trie<true>(list.map((form) => [form, true as const]))
const STOPS = flags(NAMES.unspaced.stops)
const NOT_UNSPACED = flags(NAMES.unspaced.not_names)
/** Units of the longest part of a name in Thai, Lao, Khmer or Burmese. */
const LONGEST_PART = 22

/** A name in a script without blanks, up to a blank or a common word; behind a blank a second part, the surname. */
export function unspacedName(text: string, at: number, withSurname: boolean): NameSpan | null {
  const start = skipGap(text, at)
  const script = scriptAt(text, start)
  if (!isUnspaced(script) || isMark(text, start) || opensNoName(text, at, start)) return null
  const first = partEnd(text, start)
  if (letters(text, start, first) < 2) return null
  const follows = text.charCodeAt(first) === BLANK && scriptAt(text, first + 1) === script
  const surname = follows && !isStop(text, first + 1) ? partEnd(text, first + 1) : first
  const isWhole = surname > first && letters(text, first + 1, surname) >= 3 && !isLetter(text, surname)
  if (withSurname && !isWhole) return null
  const end = isWhole ? surname : first
  const glued = isLetter(text, first) && !isStop(text, first)
  return glued || isPlaceName(text.slice(start, end)) ? null : { start, end }
}

/** นายจ้าง is an employer: a title that belongs to a longer word is none. */
function opensNoName(text: string, at: number, start: number): boolean {
  for (let back = 2; back <= 8; back++) {
    if (NOT_UNSPACED.longest(text, at - back, (_, end) => end > start) !== null) return true
  }
  return NOT_UNSPACED.longest(text, start, () => true) !== null || isStopAlone(text, start)
}

/** A common word by itself; at the head of a longer one it is only a syllable (มา in มาลี). */
function isStopAlone(text: string, at: number): boolean {
  return STOPS.longest(text, at, (_, end) => !isLetter(text, end)) !== null
}

function partEnd(text: string, from: number): number {
  const script = scriptAt(text, from)
  let i = from
  while (i - from < LONGEST_PART && scriptAt(text, i) === script && isLetter(text, i)) {
    if (i - from >= 3 && isEdge(text, i) && isStop(text, i)) return i
    i++
  }
  return i
}

function isStop(text: string, at: number): boolean {
  return STOPS.reaches(text, at) && STOPS.longest(text, at, (_, end) => isEdge(text, end)) !== null
}

function letters(text: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (isLetter(text, i) && !isMark(text, i)) count++
  return count
}

const INDIC_STOPS: ReadonlySet<string> = new Set(NAMES.indic.stops)

/** One to three words in Hindi or Bengali, up to a verb or a postposition. */
export function indicName(text: string, at: number, least: number): NameSpan | null {
  const start = skipGap(text, at)
  let end = start
  let count = 0
  for (let pos = start; count < 3; ) {
    let stop = pos
    while (stop - pos < LONGEST_WORD && (isLetter(text, stop) || isMark(text, stop))) stop++
    if (stop - pos < 2 || INDIC_STOPS.has(text.slice(pos, stop))) break
    end = stop
    count++
    if (text.charCodeAt(stop) !== BLANK) break
    pos = stop + 1
  }
  const spoken = text.slice(start, end)
  if (count < least || !/^[\u0900-\u09ff]/.test(spoken) || isPlaceName(spoken)) return null
  // three words and no stop behind: the sentence went on, and where the name ended is not known
  return count === 3 && isLetter(text, end + 1) && !nextIsStop(text, end) ? null : { start, end }
}

function nextIsStop(text: string, end: number): boolean {
  const next = /^ ([\u0900-\u09ff]{1,24})/.exec(text.slice(end, end + 26))?.[1]
  return next !== undefined && INDIC_STOPS.has(next)
}

const SURNAMES: ReadonlySet<string> = new Set(NAMES.han.surnames)
const HAN_STOPS: ReadonlySet<string> = new Set(NAMES.han.stops)

/** A surname and one or two characters behind it that end at a sign or a common word: 我叫陈小明,今年... */
export function hanName(text: string, at: number): NameSpan | null {
  const start = skipGap(text, at)
  if (!SURNAMES.has(text[start] ?? '')) return null
  for (const length of [2, 3]) {
    const next = text[start + length] ?? ''
    const ends = !/[\u4e00-\u9fff]/.test(next) || HAN_STOPS.has(next)
    const inside = text.slice(start + 1, start + length)
    if (ends && /^[\u4e00-\u9fff]+$/.test(inside) && ![...inside].some((sign) => HAN_STOPS.has(sign)))
      return isPlaceName(text.slice(start, start + length)) ? null : { start, end: start + length }
  }
  return null
}

/** 王先生, 陈美玲女士: a surname that nothing but a sign or a common word stands in front of. */
export function hanNameBefore(text: string, title: number): NameSpan | null {
  for (const length of [3, 2, 1]) {
    const start = title - length
    if (start < 0 || !SURNAMES.has(text[start] ?? '') || !/^[\u4e00-\u9fff]+$/.test(text.slice(start, title)))
      continue
    const before = text[start - 1] ?? ''
    if (/[\u4e00-\u9fff]/.test(before) && !BEFORE.has(before)) continue
    return isPlaceName(text.slice(start, title)) ? null : { start, end: title }
  }
  return null
}

/** Characters that end a word in front of a name. */
const BEFORE: ReadonlySet<string> = new Set('的是叫找跟和与與给給向对對由请請问問位被把说說到让讓,')
