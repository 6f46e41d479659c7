import type { FactKind, Normal } from '../../src/core/fact.ts'
import type { Case, Label } from './cases.ts'

/** One thing a reader claims; `value` is the tidied text where the reader gives one. */
export interface Found {
  readonly kind: FactKind
  readonly normal: Normal
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What a reader got right and wrong in one document, each canonical form counted once. */
export interface Score {
  readonly hits: readonly Label[]
  readonly missed: readonly Label[]
  readonly wrong: readonly Found[]
}

/** Names that mean the same place; the convention says "English short name" and several are in use. */
const SAME_PLACE: Record<string, string> = {
  'viet nam': 'vietnam',
  'lao pdr': 'laos',
  "lao people's democratic republic": 'laos',
  uae: 'united arab emirates',
  burma: 'myanmar',
  'golden triangle sez': 'golden triangle special economic zone',
  'golden triangle': 'golden triangle special economic zone',
  'krong preah sihanouk': 'sihanoukville',
  'preah sihanouk': 'sihanoukville',
  laukkai: 'laukkaing',
  laukkaing: 'laukkaing',
  saigon: 'ho chi minh city',
  'davao city': 'davao',
  'cebu city': 'cebu',
  'khet bokeo': 'bokeo',
  "o'smach": 'o smach',
  osmach: 'o smach',
  comilla: 'cumilla',
  jessore: 'jashore',
  chittagong: 'chattogram',
  lawngkaung: 'laukkaing',
  'hong kong sar': 'hong kong',
  'hong kong sar china': 'hong kong',
}

/** Words for the legal form of a firm, which a reader may leave out or keep. */
const LEGAL_FORM =
  /\b(?:co|ltd|limited|inc|corp|plc|gmbh|pvt|private|llc|company|pt|cv|tbk|tnhh|tmcp|sdn|bhd|berhad|group)\b|股份有限公司|有限公司|公司|จำกัด|\(มหาชน\)|ကုမ္ပဏီ|লিমিটেড|प्राइवेट|लिमिटेड|ក្រុមហ៊ុន|ບໍລິສັດ|ຈຳກັດ|ຈໍາກັດ|บริษัท|công ty|cty|ngân hàng|หจก|บจก|บมจ/giu

const squeeze = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/** Firms are compared without case, spaces, punctuation and legal form: the canonical form of a name is not fixed. */
function firm(name: string): string {
  const bare = squeeze(name.normalize('NFC').toLowerCase().replace(/^the /, '').replace(LEGAL_FORM, ' '))
  return bare === '' ? squeeze(name) : bare
}

function place(name: string): string {
  const plain = name.normalize('NFC').toLowerCase().replaceAll('’', "'")
  return SAME_PLACE[plain] ?? plain
}

const KEY: Partial<Record<FactKind, (normal: string) => string>> = {
  organisation: firm,
  place,
  plate: squeeze,
  passport: squeeze,
  payment_ref: (ref) => ref.toLowerCase().replace(/[\s-]/g, ''),
  handle: (handle) => handle.toLowerCase(),
  email: (mail) => mail.toLowerCase(),
  url: (url) => url.replace(/^https?:\/\//, '').replace(/\/$/, ''),
}

/** The canonical form as one comparable string. */
export function key(kind: FactKind, normal: Normal): string {
  if (typeof normal !== 'string') return `amount ${normal.minor} ${normal.currency}`
  return `${kind} ${KEY[kind]?.(normal) ?? normal}`
}

function keysOf(label: Label): string[] {
  const keys = [label, ...label.or].map(({ kind, normal }) => key(kind, normal))
  return label.kind === 'organisation' ? [...keys, key('organisation', label.text)] : keys
}

function keysFound(found: Found): string[] {
  const keys = [key(found.kind, found.normal)]
  return found.kind === 'organisation' ? [...keys, key('organisation', found.text)] : keys
}

/** A claim that lies on a grey span of its own kind is neither right nor wrong. */
function isGrey(found: Found, labels: readonly Label[]): boolean {
  return labels.some(
    (label) =>
      label.optional &&
      [label, ...label.or].some(({ kind }) => kind === found.kind) &&
      found.start < label.start + label.text.length &&
      label.start < found.end,
  )
}

/** Compares by canonical form, each form once a document, whatever the number of times it stands in the text. */
export function score(one: Case, all: readonly Found[]): Score {
  const claimed = new Set(all.flatMap(keysFound))
  const known = new Set(one.facts.flatMap(keysOf))
  const asked = distinct(
    one.facts.filter((label) => !label.optional),
    (label) => key(label.kind, label.normal),
  )
  const isHit = (label: Label) => keysOf(label).some((form) => claimed.has(form))
  const wrong = all.filter(
    (found) => !keysFound(found).some((form) => known.has(form)) && !isGrey(found, one.facts),
  )
  return {
    hits: asked.filter(isHit),
    missed: asked.filter((label) => !isHit(label)),
    wrong: distinct(wrong, (found) => key(found.kind, found.normal)),
  }
}

function distinct<T>(all: readonly T[], form: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [form(one), one])).values()]
}

export interface Tally {
  readonly hits: number
  readonly missed: number
  readonly wrong: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Four decimals; a share of nothing is 1: nothing was asked, nothing was wrong. */
export function tally(hits: number, missed: number, wrong: number): Tally {
  const share = (part: number, whole: number) =>
    whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000
  return {
    hits,
    missed,
    wrong,
    precision: share(hits, hits + wrong),
    recall: share(hits, hits + missed),
    f1: share(2 * hits, 2 * hits + missed + wrong),
  }
}

/** Sums scores under a name each label or claim gives itself. */
export function tallyBy<Name extends string>(
  scores: readonly Score[],
  name: (it: { readonly kind: FactKind }) => Name,
): Map<Name, Tally> {
  const counts = new Map<Name, [number, number, number]>()
  const add = (it: { readonly kind: FactKind }, column: 0 | 1 | 2) => {
    const row = counts.get(name(it)) ?? [0, 0, 0]
    row[column] += 1
    counts.set(name(it), row)
  }
  for (const one of scores) {
    for (const it of one.hits) add(it, 0)
    for (const it of one.missed) add(it, 1)
    for (const it of one.wrong) add(it, 2)
  }
  return new Map([...counts].map(([at, [hits, missed, wrong]]) => [at, tally(hits, missed, wrong)]))
}

/** Words as people count them, in scripts without spaces too (Unicode word breaks with ICU's dictionaries). */
export function countWords(text: string): number {
  let count = 0
  for (const { isWordLike } of new Intl.Segmenter('en', { granularity: 'word' }).segment(text)) {
    if (isWordLike) count += 1
  }
  return count
}
