import { LANGUAGES } from './lexicon/languages.ts'
import { SCRIPTS } from './script.ts'

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

/** A plain list: typed arrays cost more to make than a short text costs to read. */
function zeros(length: number): number[] {
  return ZEROS.slice(0, length)
}

const ZEROS: readonly number[] = [...Array(64)].map(() => 0)

/** Words longer than this are keys, hashes and links. */
const LONGEST_WORD = 24
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

/** The little words in one open hash table; flat, since a text asks for every word of it. */
interface Table {
  /** By slot: the hash of the word there, and its number from 1 on; 0 for an empty slot. */
  readonly hashes: Int32Array
  readonly numbers: Uint16Array
  /** The letters of all words, and by number where those of each begin. */
  readonly letters: Uint16Array
  readonly starts: Uint32Array
  /** By number: its languages, and the one that alone has it, -1 when several do. */
  readonly languages: readonly (readonly number[])[]
  readonly only: Int8Array
}

function buildTable(): Table {
  const votes = new Map<string, number[]>()
  for (const [language, list] of Object.entries({ ...LANGUAGES.languages, ...LANGUAGES.others })) {
    const id = LANGUAGE_NAMES.indexOf(language)
    for (const word of new Set(list.split(/\s+/))) votes.set(word, [...(votes.get(word) ?? []), id])
  }
  const words = [...votes.keys()]
  const slots = 2 ** Math.ceil(Math.log2(words.length * 2))
  const hashes = new Int32Array(slots)
  const numbers = new Uint16Array(slots)
  const starts = new Uint32Array(words.length + 2)
  words.forEach((word, i) => {
    let slot = slotOf(hashOf(word), slots)
    while (numbers[slot] !== 0) slot = (slot + 1) & (slots - 1)
    hashes[slot] = hashOf(word)
    numbers[slot] = i + 1
    starts[i + 2] = (starts[i + 1] ?? 0) + word.length
  })
  const letters = Uint16Array.from(words.join(''), (letter) => letter.charCodeAt(0))
  const languages = [[], ...votes.values()]
  return { hashes, numbers, letters, starts, languages, only: Int8Array.from(languages, onlyOf) }
}

function onlyOf(languages: readonly number[]): number {
  const [first = -1, second] = languages
  if (second === undefined) return first
  const alike = LANGUAGE_NAMES[first] === 'id' && LANGUAGE_NAMES[second] === 'ms' && languages.length === 2
  return alike ? first : -1
}

function hashOf(word: string): number {
  let hash = 0
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0
  return hash
}

function slotOf(hash: number, slots: number): number {
  return (hash ^ (hash >>> 13)) & (slots - 1)
}

/** What the letters and words of a text say of its language. */
export interface Votes {
  /** Letters by script, as numbered in SCRIPTS. */
  readonly units: number[]
  readonly latin: LatinVotes
  readonly chinese: ChineseVotes
}

/** Characters that are written in one of the two ways only. */
export interface ChineseVotes {
  simplified: number
  traditional: number
}

export function noVotes(): Votes {
  const { length } = LANGUAGE_NAMES
  return {
    units: zeros(SCRIPTS.length + 2),
    latin: { words: 0, known: 0, votes: zeros(length), own: zeros(length) },
    chinese: { simplified: 0, traditional: 0 },
  }
}

const SIMPLIFIED = 1
const TRADITIONAL = 2
const FORMS = new Uint8Array(0x10000)
for (const sign of LANGUAGES.traditional) FORMS[sign.charCodeAt(0)] = TRADITIONAL
for (const sign of LANGUAGES.simplified) FORMS[sign.charCodeAt(0)] = SIMPLIFIED

export function countChinese(unit: number, chinese: ChineseVotes): void {
  const form = FORMS[unit]
  if (form === SIMPLIFIED) chinese.simplified++
  else if (form === TRADITIONAL) chinese.traditional++
}

/** Counts a word in Latin letters. @param ascii  the hash of its small letters, when all of them are ASCII */
export function countWord(
  text: string,
  { start, end }: { start: number; end: number },
  ascii: number | null,
  latin: LatinVotes,
): void {
  if (end - start > LONGEST_WORD || isPartOfCode(text, start, end)) return
  latin.words++
  const vietnamese = ascii === null && hasVietnamese(text, start, end)
  const known = lookUp(text, { start, end }, ascii ?? hashOfSmall(text, start, end))
  if (known !== 0 || vietnamese) latin.known++
  if (known !== 0) {
    const languages = TABLE.languages[known] as readonly number[]
    const only = TABLE.only[known] as number
    const share = 1 / languages.length
    for (let k = 0; k < languages.length; k++) add(latin.votes, languages[k] as number, share)
    if (only >= 0) add(latin.own, only, 1)
  } else if (vietnamese) add(latin.own, VIET, 1)
  if (vietnamese) add(latin.votes, VIET, 1)
}

function hasVietnamese(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (VIETNAMESE_UNITS[text.charCodeAt(i)] === 1) return true
  return false
}

function hashOfSmall(text: string, start: number, end: number): number {
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (LOWER[text.charCodeAt(i)] as number)) | 0
  return hash
}

function add(counts: number[], language: number, weight: number): void {
  counts[language] = (counts[language] as number) + weight
}

/** The number of the little word at a span, 0 when it is none. */
function lookUp(text: string, { start, end }: { start: number; end: number }, hash: number): number {
  const { hashes, numbers } = TABLE
  const mask = numbers.length - 1
  for (let slot = slotOf(hash, numbers.length); ; slot = (slot + 1) & mask) {
    const number = numbers[slot] as number
    if (number === 0 || (hashes[slot] === hash && isSame(text, { start, end }, number))) return number
  }
}

function isSame(text: string, { start, end }: { start: number; end: number }, number: number): boolean {
  const { letters, starts } = TABLE
  const from = starts[number] as number
  if ((starts[number + 1] as number) - from !== end - start) return false
  for (let i = start; i < end; i++) if (LOWER[text.charCodeAt(i)] !== letters[from + i - start]) return false
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
