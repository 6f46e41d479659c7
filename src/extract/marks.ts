import { CHINESE_DIGITS, WORDS } from './find/date-words.ts'
import { AGAINST_MONEY, MONEY_CUES } from './find/money-cue-words.ts'
import { OPENERS } from './find/money-words.ts'
import { NAME_TRIGGERS } from './find/name-words.ts'
import { KNOWN } from './find/organisation-known.ts'
import { FIRM_CUES, FIRM_THINGS, TRIGGERS, WORDS_AROUND } from './find/organisation-words.ts'
import { GAZETTEER } from './find/place-words.ts'
import { LABELS } from './label-words.ts'
import { FOLD } from './script.ts'

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
/** A word that speaks for an amount or against one, or for the name of a firm, wherever it stands near. */
export const MONEY_CUE = 1024
export const FIRM_CUE = 2048

const LISTS: readonly (readonly [{ readonly forms: readonly string[] }, number])[] = [
  [LABELS, LABEL],
  [TRIGGERS, ORGANISATION],
  [KNOWN, BANK],
  [GAZETTEER, PLACE],
  [WORDS, DATE],
  [{ forms: [...CHINESE_DIGITS] }, DATE],
  [OPENERS, NUMBER],
  [NAME_TRIGGERS, NAME],
  [MONEY_CUES, MONEY_CUE],
  [AGAINST_MONEY, MONEY_CUE],
  [FIRM_CUES, FIRM_CUE],
  [FIRM_THINGS, FIRM_CUE],
  [WORDS_AROUND, FIRM_CUE],
]

const SLOT_BITS = 0x1ffff

/**
 * Bits of the lists that have an entry which begins so, by the hash of what is seen of it. Most places of a text begin
 * nothing: `seen` says that in little memory, one bit a slot, before the wide tables are looked at.
 */
interface Heads {
  readonly seen: Uint8Array
  /** For entries in Latin letters, by their first word: those of one word, and all. */
  readonly words: Uint16Array
  readonly opened: Uint16Array
  /** By the first unit: entries of one unit, and all entries. */
  readonly ones: Uint16Array
  readonly any: Uint16Array
  /**
   * By the first two units, for entries of two; by the first three for longer ones. Of those in Latin letters the first
   * word counts as one unit.
   */
  readonly twos: Uint16Array
  readonly threes: Uint16Array
}

const { seen, words, opened, ones, any, twos, threes } = buildHeads()

function buildHeads(): Heads {
  const sized = () => new Uint16Array(SLOT_BITS + 1)
  const byUnit = () => new Uint16Array(0x10000)
  const seen = new Uint8Array((SLOT_BITS + 1) >> 3)
  const made = {
    ...{ seen, words: sized(), opened: sized(), twos: sized(), threes: sized() },
    ...{ ones: byUnit(), any: byUnit() },
  }
  for (const [list, bit] of LISTS) for (const form of list.forms) note(made, form, bit)
  return made
}

function note({ seen, words, opened, ones, any, twos, threes }: Heads, form: string, bit: number): void {
  const set = (table: Uint16Array, slot: number) => {
    table[slot] = (table[slot] as number) | bit
    seen[slot >> 3] = (seen[slot >> 3] as number) | (1 << (slot & 7))
  }
  let end = 0
  let hash = 0
  for (let unit = form.charCodeAt(0); unit >= 97 && unit <= 122; unit = form.charCodeAt(++end))
    hash = (Math.imul(hash, 31) + unit) | 0
  if (end > 0) {
    const next = form.charCodeAt(end)
    set(opened, slotOf(hash))
    if (form.length === end) set(words, slotOf(hash))
    else if (form.length === end + 1) set(twos, hashOf(hash, next, 0))
    else set(threes, hashOf(hash, next, form.charCodeAt(end + 1)))
    return
  }
  const a = form.charCodeAt(0)
  const b = form.charCodeAt(1)
  any[a] = (any[a] as number) | bit
  if (form.length === 1) ones[a] = (ones[a] as number) | bit
  else if (form.length === 2) set(twos, hashOf(a, b, 0))
  else set(threes, hashOf(a, b, form.charCodeAt(2)))
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & SLOT_BITS
}

/** The lists with an entry that opens with the word of folded letters a to z of this hash, whatever follows. */
export function listsOpenedBy(hash: number): number {
  const slot = slotOf(hash)
  return isSeen(slot) ? (opened[slot] as number) : 0
}

/** The lists with an entry that opens with such a word and goes on, if it does, as the text at `end`. */
export function listsOfWord(hash: number, text: string, end: number): number {
  const slot = slotOf(hash)
  if (!isSeen(slot) || opened[slot] === 0) return 0
  const next = end < text.length ? (FOLD[text.charCodeAt(end)] as number) : 1
  const second = end + 1 < text.length ? (FOLD[text.charCodeAt(end + 1)] as number) : 1
  // A sign that folding passes over stands among them: any entry may follow.
  if (next === 0 || second === 0) return opened[slot] as number
  const two = hashOf(hash, next, 0)
  const three = hashOf(hash, next, second)
  const longer = (isSeen(two) ? (twos[two] as number) : 0) | (isSeen(three) ? (threes[three] as number) : 0)
  return (words[slot] as number) | longer
}

/** Whether an entry begins with this unit, and it is no Latin letter. */
export function mayHead(unit: number): boolean {
  return any[FOLD[unit] ?? 0] !== 0
}

function hashOf(a: number, b: number, c: number): number {
  return (Math.imul(a, 0x9e37) ^ Math.imul(b, 0x85ebca) ^ Math.imul(c, 0xc2b2ae)) & SLOT_BITS
}

/** The lists with an entry that begins as the text does at `i`, by its first units. */
export function headAt(text: string, i: number): number {
  const a = FOLD[text.charCodeAt(i)] as number
  if (any[a] === 0) return 0
  const b = i + 1 < text.length ? (FOLD[text.charCodeAt(i + 1)] as number) : 1
  const c = i + 2 < text.length ? (FOLD[text.charCodeAt(i + 2)] as number) : 1
  // A sign that folding passes over stands among them: any entry may follow.
  if (b === 0 || c === 0) return any[a] as number
  const two = hashOf(a, b, 0)
  const three = hashOf(a, b, c)
  const longer = (isSeen(two) ? (twos[two] as number) : 0) | (isSeen(three) ? (threes[three] as number) : 0)
  return (ones[a] as number) | longer
}

function isSeen(slot: number): boolean {
  return (((seen[slot >> 3] as number) >> (slot & 7)) & 1) !== 0
}
