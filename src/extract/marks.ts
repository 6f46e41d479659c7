import { CHINESE_DIGITS, WORDS } from './find/date-words.ts'
import { OPENERS } from './find/money-words.ts'
import { NAME_TRIGGERS } from './find/name-words.ts'
import { KNOWN } from './find/organisation-known.ts'
import { isQuote } from './find/organisation-quotes.ts'
import { TRIGGERS } from './find/organisation-words.ts'
import { GAZETTEER } from './find/place-words.ts'
import type { Plain } from './finder.ts'
import { LABELS } from './label-words.ts'
import { isDigitUnit } from './scan.ts'
import { FOLD, isEdge, isUnspaced, KINDS, LATN, SCRIPT_BITS } from './script.ts'

/** What may begin at a mark; several bits when a word is in several lists. */
export const DIGITS = 1
export const LABEL = 2
export const ORGANISATION = 4
export const BANK = 8
export const PLACE = 16
export const DATE = 32
export const NUMBER = 64
export const QUOTE = 128
/** A capital directly behind a small letter: the N of BitNaga. */
export const INNER_CAPITAL = 256
export const NAME = 512

const LISTS: readonly (readonly [{ readonly forms: readonly string[] }, number])[] = [
  [LABELS, LABEL],
  [TRIGGERS, ORGANISATION],
  [KNOWN, BANK],
  [GAZETTEER, PLACE],
  [WORDS, DATE],
  [{ forms: [...CHINESE_DIGITS] }, DATE],
  [OPENERS, NUMBER],
  [NAME_TRIGGERS, NAME],
]

/** Where a word of some list may begin, in rising order: `bits[i]` says at `at[i]` of which. */
export interface Marks {
  readonly at: readonly number[]
  readonly bits: readonly number[]
}

const SLOT_BITS = 0x1ffff

/**
 * Bits of the lists that have an entry which begins so, by the hash of what is seen of it. Most places of a text begin
 * nothing: `seen` says that in little memory, one bit a slot, before the wide tables are looked at.
 */
interface Heads {
  readonly seen: Uint8Array
  /** By the first word, for entries in Latin letters. */
  readonly words: Uint16Array
  /** By the first unit: entries of one unit, and all entries. */
  readonly ones: Uint16Array
  readonly any: Uint16Array
  /** By the first two units, for entries of two; by the first three for longer ones. */
  readonly twos: Uint16Array
  readonly threes: Uint16Array
  /** What is to be done with a unit: see below. */
  readonly ways: Uint8Array
}

const PASS = 0
const LATIN_WAY = 1
const DIGIT_WAY = 2
const OTHER_WAY = 3
const QUOTE_WAY = 4

let built: Heads | null = null

function heads(): Heads {
  built ??= buildHeads()
  return built
}

function buildHeads(): Heads {
  const sized = () => new Uint16Array(SLOT_BITS + 1)
  const byUnit = () => new Uint16Array(0x10000)
  const seen = new Uint8Array((SLOT_BITS + 1) >> 3)
  const made = { seen, words: sized(), twos: sized(), threes: sized(), ones: byUnit(), any: byUnit() }
  for (const [list, bit] of LISTS) for (const form of list.forms) note(made, form, bit)
  return { ...made, ways: buildWays(made.any) }
}

function note(
  { seen, words, ones, any, twos, threes }: Omit<Heads, 'ways'>,
  form: string,
  bit: number,
): void {
  const [a, b, c] = [form.charCodeAt(0), form.charCodeAt(1), form.charCodeAt(2)]
  const set = (table: Uint16Array, slot: number) => {
    table[slot] = (table[slot] ?? 0) | bit
    if (table !== ones && table !== any) seen[slot >> 3] = (seen[slot >> 3] ?? 0) | (1 << (slot & 7))
  }
  const word = /^[a-z]+/.exec(form)?.[0]
  if (word !== undefined) set(words, hashOfWord(word))
  else {
    set(any, a)
    if (form.length === 1) set(ones, a)
    else if (form.length === 2) set(twos, hashOf(a, b, 0))
    else set(threes, hashOf(a, b, c))
  }
}

function buildWays(any: Uint16Array): Uint8Array {
  const ways = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) {
    if (isDigitUnit(unit)) ways[unit] = DIGIT_WAY
    else if (((KINDS[unit] ?? 0) & SCRIPT_BITS) === LATN) ways[unit] = LATIN_WAY
    else if (isQuote(unit)) ways[unit] = QUOTE_WAY
    else if (any[FOLD[unit] ?? 0] !== 0) ways[unit] = OTHER_WAY
  }
  return ways
}

function hashOfWord(word: string): number {
  let hash = 0
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) & 0x7fffffff
  return slotOf(hash)
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & SLOT_BITS
}

function hashOf(a: number, b: number, c: number): number {
  return (Math.imul(a, 0x9e37) ^ Math.imul(b, 0x85ebca) ^ Math.imul(c, 0xc2b2ae)) & SLOT_BITS
}

/** One pass over a text for the words of all lists: a list is searched only where one of its words may begin. */
export function marksOf(text: string): Marks {
  const { seen, words, ways } = heads()
  const at: number[] = []
  const bits: number[] = []
  const { length } = text
  for (let i = 0; i < length; ) {
    const way = ways[text.charCodeAt(i)]
    if (way === PASS) i++
    else if (way === LATIN_WAY) {
      const start = i
      let hash = 0
      let folded = true
      let before = 0
      let inner = false
      for (; i < length; i++) {
        const unit = text.charCodeAt(i)
        if (ways[unit] !== LATIN_WAY) break
        const letter = FOLD[unit] as number
        if (letter >= 97 && letter <= 122) {
          if (folded) hash = (Math.imul(hash, 31) + letter) & 0x7fffffff
        } else if (letter !== 0) folded = false
        if (unit < 97 && before >= 97 && before < 128) inner = true
        before = unit
      }
      const slot = slotOf(hash)
      const found = isSeen(seen, slot) ? (words[slot] as number) : 0
      if (found !== 0 && opensWord(text, start)) {
        at.push(start)
        bits.push(found)
      }
      if (inner) noteCapitals(text, { start, end: i }, { at, bits })
    } else {
      const found = headAt(text, i) | (way === DIGIT_WAY ? DIGITS : way === QUOTE_WAY ? QUOTE : 0)
      if (found !== 0 && (way !== OTHER_WAY || isEdge(text, i))) {
        at.push(i)
        bits.push(found)
      }
      i++
      if (way === DIGIT_WAY) while (i < length && isDigitUnit(text.charCodeAt(i))) i++
    }
  }
  return { at, bits }
}

/** Whether a Latin word may begin at `i`, no Latin letter standing in front: not behind letters of spaced scripts. */
function opensWord(text: string, i: number): boolean {
  const left = i === 0 ? 0 : (KINDS[text.charCodeAt(i - 1)] as number) & SCRIPT_BITS
  return left === 0 || isUnspaced(left)
}

function noteCapitals(
  text: string,
  { start, end }: { start: number; end: number },
  { at, bits }: { at: number[]; bits: number[] },
): void {
  for (let i = start + 1; i < end; i++) {
    const unit = text.charCodeAt(i)
    const before = text.charCodeAt(i - 1)
    if (unit < 97 && before >= 97 && before < 128) {
      at.push(i)
      bits.push(INNER_CAPITAL)
    }
  }
}

/** The lists with an entry that begins as the text does at `i`, by its first units. */
function headAt(text: string, i: number): number {
  const { seen, ones, any, twos, threes } = heads()
  const a = FOLD[text.charCodeAt(i)] as number
  if (any[a] === 0) return 0
  const b = i + 1 < text.length ? (FOLD[text.charCodeAt(i + 1)] as number) : 1
  const c = i + 2 < text.length ? (FOLD[text.charCodeAt(i + 2)] as number) : 1
  // A sign that folding passes over stands among them: any entry may follow.
  if (b === 0 || c === 0) return any[a] as number
  const two = hashOf(a, b, 0)
  const three = hashOf(a, b, c)
  const longer =
    (isSeen(seen, two) ? (twos[two] as number) : 0) | (isSeen(seen, three) ? (threes[three] as number) : 0)
  return (ones[a] as number) | longer
}

function isSeen(seen: Uint8Array, slot: number): boolean {
  return (((seen[slot >> 3] as number) >> (slot & 7)) & 1) !== 0
}

/** The marks of a text, made when they are first asked for. */
export function marksIn(plain: Plain): Marks {
  plain.seen.marks ??= marksOf(plain.text)
  return plain.seen.marks
}

/** The index of the first mark at `offset` or later. */
export function markFrom({ at }: Marks, offset: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
