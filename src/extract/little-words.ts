import { LANGUAGES } from './lexicon/languages.ts'
import { KINDS, LATN, SCRIPT_BITS } from './script.ts'

/** Every language whose little words are known, those that are not read here first: of equals the first is believed. */
export const LANGUAGE_NAMES: readonly string[] = [
  ...Object.keys(LANGUAGES.others),
  ...Object.keys(LANGUAGES.languages),
]

/** What the words in Latin letters of a text say of its language. */
export interface LatinVotes {
  words: number
  known: number
  /** By language, as in LANGUAGE_NAMES: each known word gives one vote, shared between the languages that have it. */
  readonly votes: number[]
  /** Words that only one language has; Indonesian and Malay count as one. */
  readonly own: number[]
}

export function noVotes(): LatinVotes {
  const { length } = LANGUAGE_NAMES
  return { words: 0, known: 0, votes: zeros(length), own: zeros(length) }
}

/** A plain list: typed arrays cost more to make than a short text costs to read. */
export function zeros(length: number): number[] {
  const list: number[] = []
  for (let i = 0; i < length; i++) list.push(0)
  return list
}

interface LittleWord {
  readonly word: string
  readonly languages: readonly number[]
  /** The language that alone has it; -1 when several do. */
  readonly only: number
}

/** Words longer than this are keys, hashes and links. */
const LONGEST_WORD = 24
const SLOTS = 0x2000
/** Units of Latin script lie below; those of other scripts are no letters of a word here. */
const LAST_LATIN = 0x1eff
/** Small letters of the units in Latin script. */
const LOWER = buildLower()
const VIETNAMESE = /[ăơưđ\u1ea0-\u1ef9]/
const VIETNAMESE_UNITS = buildVietnamese()
const VIET = LANGUAGE_NAMES.indexOf('vi')
const TABLE = buildTable()

function buildLower(): Uint16Array {
  const lower = Uint16Array.from({ length: LAST_LATIN + 1 }, (_, unit) => {
    const small = String.fromCharCode(unit).toLowerCase()
    return small.length === 1 ? small.charCodeAt(0) : unit
  })
  return lower
}

function buildVietnamese(): Uint8Array {
  return Uint8Array.from(LOWER, (lower) => Number(VIETNAMESE.test(String.fromCharCode(lower))))
}

function buildTable(): (LittleWord | undefined)[] {
  const table: (LittleWord | undefined)[] = new Array(SLOTS).fill(undefined)
  const votes = new Map<string, number[]>()
  for (const [language, list] of Object.entries({ ...LANGUAGES.languages, ...LANGUAGES.others })) {
    const id = LANGUAGE_NAMES.indexOf(language)
    for (const word of new Set(list.split(/\s+/))) votes.set(word, [...(votes.get(word) ?? []), id])
  }
  if (votes.size * 2 > SLOTS) throw new Error('the table of little words is too small')
  for (const [word, languages] of votes) {
    let slot = hashOf(word)
    while (table[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1)
    table[slot] = { word, languages, only: onlyOf(languages) }
  }
  return table
}

function onlyOf(languages: readonly number[]): number {
  const [first = -1, second] = languages
  if (second === undefined) return first
  const alike = LANGUAGE_NAMES[first] === 'id' && LANGUAGE_NAMES[second] === 'ms' && languages.length === 2
  return alike ? first : -1
}

function hashOf(word: string): number {
  let hash = 0
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash, 31) + word.charCodeAt(i)
  return slotOf(hash)
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 13)) & (SLOTS - 1)
}

/** Counts the word in Latin letters that begins at `start`, and returns where it ends. */
export function countWord(text: string, start: number, latin: LatinVotes): number {
  let hash = 0
  let vietnamese = 0
  let end = start
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end)
    if (((KINDS[unit] as number) & SCRIPT_BITS) !== LATN) break
    hash = Math.imul(hash, 31) + (LOWER[unit] as number)
    vietnamese |= VIETNAMESE_UNITS[unit] as number
  }
  if (end - start > LONGEST_WORD || isPartOfCode(text, start, end)) return end
  latin.words++
  const known = lookUp(text, { start, end }, slotOf(hash))
  if (known !== undefined || vietnamese !== 0) latin.known++
  if (known !== undefined) {
    const { languages, only } = known
    for (const language of languages) add(latin.votes, language, 1 / languages.length)
    if (only >= 0) add(latin.own, only, 1)
  } else if (vietnamese !== 0) add(latin.own, VIET, 1)
  if (vietnamese !== 0) add(latin.votes, VIET, 1)
  return end
}

function add(counts: number[], language: number, weight: number): void {
  counts[language] = (counts[language] as number) + weight
}

function lookUp(
  text: string,
  { start, end }: { start: number; end: number },
  hash: number,
): LittleWord | undefined {
  for (let slot = hash; ; slot = (slot + 1) & (SLOTS - 1)) {
    const entry = TABLE[slot]
    if (entry === undefined || isSame(text, { start, end }, entry.word)) return entry
  }
}

function isSame(text: string, { start, end }: { start: number; end: number }, word: string): boolean {
  if (word.length !== end - start) return false
  for (let i = 0; i < word.length; i++)
    if (LOWER[text.charCodeAt(start + i)] !== word.charCodeAt(i)) return false
  return true
}

const DIGIT = 1
const BEFORE = 2
const BEHIND = 4
const ALPHANUMERIC = 8
const SIGNS = buildSigns()

function buildSigns(): Uint8Array {
  const signs = new Uint8Array(128)
  for (let unit = 48; unit < 58; unit++) signs[unit] = DIGIT | BEFORE | BEHIND | ALPHANUMERIC
  for (let unit = 65; unit < 91; unit++) signs[unit] = ALPHANUMERIC
  for (let unit = 97; unit < 123; unit++) signs[unit] = ALPHANUMERIC
  for (const sign of '@/_=') signs[sign.charCodeAt(0)] = BEFORE | BEHIND
  signs[35] = BEFORE
  return signs
}

function signAt(text: string, i: number): number {
  return i >= 0 && i < text.length ? (SIGNS[text.charCodeAt(i)] ?? 0) : 0
}

const DOT = 46

/** Letters beside a digit, a dot without a blank, a slash or an at sign belong to a number, a link or an address. */
function isPartOfCode(text: string, start: number, end: number): boolean {
  if ((signAt(text, start - 1) & BEFORE) !== 0) return true
  const next = signAt(text, end + 1)
  if (((signAt(text, end) | next) & BEHIND) !== 0) return true
  return text.charCodeAt(end) === DOT && (next & ALPHANUMERIC) !== 0
}
