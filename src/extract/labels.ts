import type { Plain } from './finder.ts'
import type { Bank, Platform } from './lexicon/identifier-types.ts'
import { IDENTIFIERS } from './lexicon/identifiers.ts'
import { isAlphanumericUnit, isDigitUnit, type Run } from './scan.ts'
import { foldText, foldUnit, isEdge, isUpper } from './script.ts'
import { type Entry, Trie } from './trie.ts'

/** What a word says about the number or code beside it. */
export type Role =
  | 'phone'
  | 'number'
  | 'account'
  | 'reference'
  | 'bareReference'
  | 'tx'
  | 'wallet'
  | 'digest'
  | 'imei'
  | 'passport'
  | 'plate'
  | 'vehicle'
  | 'swift'
  | 'routing'
  | 'site'
  | 'ip'
  | 'version'
  | 'other'
  | 'paying'
  | 'payment'
  | 'platform'
  | 'bank'

interface Meaning {
  readonly role: Role
  /** Payment system, platform id or bank name. */
  readonly system: string | null
  readonly bank: Bank | null
  readonly platform: Platform | null
  /** Counts only when it begins with a capital. */
  readonly capital: boolean
  /** The language of the word; null for names. */
  readonly language: string | null
}

/** A word of the lexicon in the text; offsets are into `Plain.text`. */
export interface Label extends Meaning {
  readonly start: number
  readonly end: number
}

interface Lexicon {
  readonly trie: Trie<Meaning>
  /** Entries in Latin letters: 1 at the `wordHash` of their first word. */
  readonly firstWords: Uint8Array
  /** Other entries: 1 at the `headOf` of their first two units, folded. */
  readonly heads: Uint8Array
  /** 1 at every unit that is an entry by itself. */
  readonly singles: Uint8Array
}

let words: Lexicon | null = null

function lexicon(): Lexicon {
  words ??= buildLexicon()
  return words
}

function buildLexicon(): Lexicon {
  const all = [...entries()]
  const firstWords = new Uint8Array(SLOTS)
  const heads = new Uint8Array(SLOTS)
  const singles = new Uint8Array(SLOTS)
  for (const [form] of all) {
    const folded = foldText(form)
    const word = /^[a-z]+/.exec(folded)?.[0]
    if (word !== undefined) firstWords[hashOf(word)] = 1
    else if (folded.length > 1) heads[headOf(folded.charCodeAt(0), folded.charCodeAt(1))] = 1
    else singles[folded.charCodeAt(0)] = 1
    // A sign that folding drops may stand behind the first unit.
    if (word === undefined) heads[headOf(folded.charCodeAt(0), 0)] = 1
  }
  return { trie: new Trie(all), firstWords, heads, singles }
}

function* entries(): Generator<Entry<Meaning>> {
  const none = { system: null, bank: null, platform: null, capital: false, language: null }
  for (const [role, languages] of Object.entries(IDENTIFIERS.labels)) {
    for (const [language, forms] of Object.entries(languages)) {
      const meaning: Meaning = { ...none, role: role as Role, language }
      for (const form of forms) yield [form, meaning]
    }
  }
  for (const [system, forms] of Object.entries(IDENTIFIERS.payments)) {
    for (const form of forms) yield [form, { ...none, role: 'payment', system }]
  }
  for (const platform of IDENTIFIERS.platforms) {
    const meaning: Meaning = { ...none, role: 'platform', system: platform.id, platform }
    for (const form of platform.names) yield [form, meaning]
  }
  for (const bank of IDENTIFIERS.banks) {
    const meaning: Meaning = { ...none, role: 'bank', system: bank.name, bank }
    for (const form of bank.names) yield [form, meaning]
    for (const form of bank.capital) yield [form, { ...meaning, capital: true }]
  }
}

/** Every label of a text, found in one pass. */
const LABELS = new WeakMap<Plain, readonly Label[]>()

/** All labels of the text by start, none inside another. */
export function allLabels(plain: Plain): readonly Label[] {
  const known = LABELS.get(plain)
  if (known !== undefined) return known
  const made = search(plain.text)
  LABELS.set(plain, made)
  return made
}

/** The labels that begin in `[from, to)`. */
export function labelsIn(plain: Plain, from: number, to: number): readonly Label[] {
  const labels = allLabels(plain)
  const first = firstFrom(labels, from)
  let last = first
  while ((labels[last]?.start ?? to) < to) last++
  return labels.slice(first, last)
}

/** The index of the first label that begins at `offset` or later. */
function firstFrom(labels: readonly Label[], offset: number): number {
  let low = 0
  let high = labels.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((labels[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function search(text: string): Label[] {
  const lists = lexicon()
  const found: Label[] = []
  for (let i = nextStart(lists, text, 0); i < text.length; ) {
    const at = i
    const hit = isEdge(text, at)
      ? lists.trie.longest(text, at, (meaning, end) => isEdge(text, end) && mayMean(text, at, end, meaning))
      : null
    if (hit !== null) found.push({ ...hit.value, start: at, end: hit.end })
    i = nextStart(lists, text, hit === null ? at + 1 : hit.end)
  }
  return found
}

/**
 * The next place where an entry may begin: a word of Latin letters that is the first of one, or two units of another
 * script that begin one. The one loop of this file that sees every unit of a text.
 */
function nextStart({ firstWords, heads, singles }: Lexicon, text: string, from: number): number {
  const { length } = text
  for (let i = from; i < length; i++) {
    const first = FOLDED[text.charCodeAt(i)] as number
    if (first < 97 || first > 122) {
      if (first < 128) continue
      const second = i + 1 < length ? (FOLDED[text.charCodeAt(i + 1)] as number) : 0
      if (heads[headOf(first, second)] === 1 || singles[first] === 1) return i
      continue
    }
    const start = i
    let hash = 0
    for (let unit = first; isSmall(unit) || unit === 0; unit = FOLDED[text.charCodeAt(i)] as number) {
      if (unit !== 0) hash = (Math.imul(hash, 31) + unit) & (SLOTS - 1)
      if (++i === length) break
    }
    const isInside = start > 0 && isDigitUnit(text.charCodeAt(start - 1))
    if (firstWords[hash] === 1 && !isInside) return start
    i--
  }
  return length
}

/** `foldUnit` of every unit: a loop over a text wants no calls. */
const FOLDED = Uint16Array.from({ length: 0x10000 }, (_, unit) => foldUnit(unit))
const SLOTS = 0x10000

/** A small letter a to z, as folding leaves all Latin letters. */
function isSmall(unit: number): boolean {
  return unit >= 97 && unit <= 122
}

function hashOf(word: string): number {
  let hash = 0
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) & (SLOTS - 1)
  return hash
}

/** A slot for two folded units. */
function headOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37) ^ Math.imul(second, 0x85eb)) & (SLOTS - 1)
}

/** Platforms are not named inside codes ("fb92427a"), and some banks only with a capital or before a number. */
function mayMean(text: string, start: number, end: number, { platform, capital }: Meaning): boolean {
  if (
    platform !== null &&
    isAlphanumericUnit(text.charCodeAt(end)) &&
    isAlphanumericUnit(text.charCodeAt(end - 1))
  )
    return false
  return !capital || isUpper(text, start) || /^[ :]{0,2}\d/.test(text.slice(end, end + 3))
}

/**
 * Marks the runs near a wanted label: those it may name, before or behind it (see BEFORE and AFTER).
 * @returns  1 at the index of each such run
 */
export function runsNear(plain: Plain, runs: readonly Run[], wanted: (label: Label) => boolean): Uint8Array {
  const near = new Uint8Array(runs.length)
  let first = 0
  for (const label of allLabels(plain)) {
    if (!wanted(label)) continue
    while ((runs[first]?.end ?? Number.POSITIVE_INFINITY) < label.start - AFTER) first++
    for (let i = first; (runs[i]?.start ?? Number.POSITIVE_INFINITY) <= label.end + BEFORE; i++) near[i] = 1
  }
  return near
}

/** How far a label may stand from what it names, in UTF-16 units. */
const BEFORE = 64
const AFTER = 28

export interface Around {
  /** Labels before, the nearest first; the text between may hold one line break, not two. */
  readonly before: readonly Label[]
  /** Labels behind on the same line, the nearest first. */
  readonly after: readonly Label[]
}

/** The labels around `[start, end)`. */
export function labelsAround(plain: Plain, start: number, end: number): Around {
  const { text } = plain
  const earliest = Math.max(0, start - BEFORE)
  const gap = text.slice(earliest, start).lastIndexOf('\n\n')
  const before = labelsIn(plain, gap < 0 ? earliest : earliest + gap + 2, start)
    .filter((label) => label.end <= start && !namesEarlierNumber(text, label))
    .reverse()
  const line = text.slice(end, end + AFTER).indexOf('\n')
  const stop = line < 0 ? end + AFTER : end + line
  return { before, after: labelsIn(plain, end, stop) }
}

/** "081-234-5678 (phone), 123-4-56789-0": the word in brackets belongs to the number before it. */
function namesEarlierNumber(text: string, label: Label): boolean {
  if (text.charAt(label.end) !== ')') return false
  let i = label.start - 1
  while (text.charCodeAt(i) === 32) i--
  if (text.charAt(i) !== '(') return false
  for (i--; text.charCodeAt(i) === 32; ) i--
  const unit = text.charCodeAt(i)
  return unit >= 48 && unit <= 57
}
