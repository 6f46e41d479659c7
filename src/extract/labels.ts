import type { Plain } from './finder.ts'
import type { Bank, Platform } from './lexicon/identifier-types.ts'
import { IDENTIFIERS } from './lexicon/identifiers.ts'
import { isAlphanumericUnit } from './scan.ts'
import { isEdge, isUpper } from './script.ts'
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
}

/** A word of the lexicon in the text; offsets are into `Plain.text`. */
export interface Label extends Meaning {
  readonly start: number
  readonly end: number
}

let words: Trie<Meaning> | null = null

function lexicon(): Trie<Meaning> {
  words ??= new Trie(entries())
  return words
}

function* entries(): Generator<Entry<Meaning>> {
  const none = { system: null, bank: null, platform: null, capital: false }
  for (const [role, forms] of Object.entries(IDENTIFIERS.labels)) {
    for (const form of forms) yield [form, { ...none, role: role as Role }]
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

/** Text is searched for labels a block at a time, and only where a finder asks. */
const BLOCK = 256
const LEAD = 48
const BLOCKS = new WeakMap<Plain, (readonly Label[] | undefined)[]>()

/** The labels that begin in `[from, to)`, in order, none inside another. */
export function labelsIn(plain: Plain, from: number, to: number): Label[] {
  let blocks = BLOCKS.get(plain)
  if (blocks === undefined) {
    blocks = new Array(Math.ceil(plain.text.length / BLOCK))
    BLOCKS.set(plain, blocks)
  }
  const found: Label[] = []
  let reach = 0
  const first = Math.max(0, Math.floor(from / BLOCK) - 1)
  for (let block = first; block * BLOCK < Math.min(to, plain.text.length); block++) {
    const labels = blocks[block] ?? searchBlock(plain.text, block)
    blocks[block] = labels
    for (const label of labels) {
      if (label.start < reach) continue
      reach = label.end
      if (label.start >= from && label.start < to) found.push(label)
    }
  }
  return found
}

function searchBlock(text: string, block: number): Label[] {
  const trie = lexicon()
  const found: Label[] = []
  const stop = Math.min(text.length, (block + 1) * BLOCK)
  const begin = block * BLOCK
  // A word may begin before the block: search from a little earlier, and keep what begins inside.
  for (let i = Math.max(0, begin - LEAD); i < stop; i++) {
    if (!trie.starts(text.charCodeAt(i)) || !isEdge(text, i)) continue
    if (isAlphanumericUnit(text.charCodeAt(i)) && isAlphanumericUnit(text.charCodeAt(i - 1))) continue
    const hit = trie.longest(text, i, (meaning, end) => isEdge(text, end) && mayMean(text, i, end, meaning))
    if (hit === null) continue
    if (i >= begin) found.push({ ...hit.value, start: i, end: hit.end })
    i = hit.end - 1
  }
  return found
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
