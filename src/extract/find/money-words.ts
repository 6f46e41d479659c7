import {
  endsWord,
  inLanguage,
  isExact,
  type Languages,
  type Marks,
  parseForm,
  spellings,
} from '../lexicon/form.ts'
import { MONEY } from '../lexicon/money.ts'
import type { ByCountry, MarkedForm, Multiplier } from '../lexicon/types.ts'
import { unitsOf } from '../scan.ts'
import { isDigit, isEdge, isLetter } from '../script.ts'
import { type Entry, Trie } from '../trie.ts'
import { isGroup } from './number.ts'

/** A currency word or sign; `code` when it can only mean one, else the table by country. */
export interface CurrencyToken {
  readonly kind: 'currency'
  readonly code: string | null
  readonly shared: ByCountry | null
  readonly side: 'both' | 'before' | 'after'
  /** Below this many major units it needs a word about money in front. */
  readonly least: number
  /** Less than this, in major units, is not this money. */
  readonly smallest: number
  readonly marks: Marks
}
export interface TimesToken {
  readonly kind: 'times'
  readonly times: Multiplier
  readonly marks: Marks
}
export interface NumberToken {
  readonly kind: 'number'
  readonly value: number
  readonly marks: Marks
}
const JOINTS = [
  'tens',
  'teens',
  'half',
  'plus_half',
  'plus_quarter',
  'less_quarter',
  'and',
  'about',
  'half_a',
  'ranges',
  'not_money',
] as const
export interface JointToken {
  readonly kind: (typeof JOINTS)[number]
  readonly marks: Marks
}
export type MoneyToken = CurrencyToken | TimesToken | NumberToken | JointToken

/** Languages in Latin letters, whose number words count in their own texts only. */
const LATIN_NUMBERS: Record<string, readonly string[]> = {
  vi: ['vi'],
  id: ['id', 'ms'],
  tl: ['tl'],
  sw: ['sw'],
}

function* currencyEntries(): Generator<Entry<CurrencyToken>> {
  for (const [code, of] of Object.entries(MONEY.currencies)) {
    for (const [side, weak, list] of [
      ['both', of.weak, of.forms],
      ['before', of.weak_before, of.before],
      ['after', of.weak_after, of.after],
    ] as const) {
      const token = {
        kind: 'currency',
        code,
        shared: null,
        side,
        least: 0,
        smallest: of.smallest ?? 0,
      } as const
      for (const [form, marks] of each(list ?? []))
        yield [form, { ...token, marks, smallest: isWord(form) ? token.smallest : 0 }]
      for (const [form, marks] of each(weak?.forms ?? []))
        yield [form, { ...token, marks, least: weak?.least ?? 0 }]
    }
  }
  for (const shared of MONEY.shared) {
    const token = { kind: 'currency', code: null, shared, side: 'both', least: 0, smallest: 0 } as const
    for (const [form, marks] of each(shared.forms)) yield [form, { ...token, marks }]
  }
}

/** Written in letters, and not the ISO code. */
function isWord(form: string): boolean {
  return isLetter(form, 0) && !/^[a-z]{3,4}$/i.test(form)
}

function* numberEntries(): Generator<Entry<MoneyToken>> {
  for (const times of MONEY.multipliers) {
    for (const [form, marks] of each(times.forms)) yield [form, { kind: 'times', times, marks }]
  }
  for (const [language, words] of Object.entries(MONEY.numbers)) {
    const languages = LATIN_NUMBERS[language] ?? null
    for (const [word, value] of Object.entries(words)) {
      // Vietnamese numbers differ from everyday words by their accents alone.
      const exact = language === 'vi' ? word : null
      for (const form of spellings(word))
        yield [form, { kind: 'number', value, marks: { exact, anyCase: true, languages } }]
    }
  }
  for (const kind of JOINTS) {
    for (const [form, marks] of each(MONEY[kind])) yield [form, { kind, marks }]
  }
}

function* each(list: readonly MarkedForm[]): Generator<[string, Marks]> {
  for (const marked of list) {
    const { form, marks } = parseForm(marked)
    for (const spelling of spellings(form)) yield [spelling, marks]
  }
}

const FORWARD = new Trie<MoneyToken>([...currencyEntries(), ...numberEntries()])
const BACKWARD = new Trie<CurrencyToken>(currencyEntries(), 'backward')

export const OPENERS = new Trie<MoneyToken>([...numberEntries()].filter(([, token]) => mayBegin(token)))

/** The end of the digits at `at`, with the points and commas between them. */
export function pastDigits(text: string, at: number): number {
  let i = at + 1
  for (;;) {
    const unit = text.charCodeAt(i)
    if (unit >= 48 && unit <= 57) i++
    else if ((unit === POINT || unit === COMMA || unit === APOSTROPHE) && isDigit(text, i + 1)) i += 2
    else return i
  }
}

const BLANK = 32
const APOSTROPHE = 39
const COMMA = 44
const POINT = 46
const SLASH = 47
const NOUGHT = 48
const COLON = 58
const EQUALS = 61
/** What may stand between a number and a money word, or say that it is one: `(USD)`, `500-800`, `5,000.-`, `500/=`. */
const SIGNS_BEHIND = unitsOf('(-~./')

/** A quick look at both sides of a number: most numbers have nothing of money about them. */
export function mayBeMoney(text: string, start: number, end: number): boolean {
  // 081…, 12/05/2024: no number of money begins with a nought before digits, or goes on behind a slash.
  const pointed = text.charCodeAt(start - 1) === POINT
  if (text.charCodeAt(start) === NOUGHT && isDigit(text, start + 1) && !pointed) return false
  if (text.charCodeAt(end) === SLASH && isDigit(text, end + 1)) return false
  const behind = text.charCodeAt(end) === BLANK ? end + 1 : end
  if (SIGNS_BEHIND[text.charCodeAt(behind)] === 1 || FORWARD.reaches(text, behind)) return true
  if (behind > end && isGroup(text, behind)) return true
  return BACKWARD.reaches(text, beforeSigns(text, start)) || pointed
}

/** `USD: 500`, `฿ 500`, `Rs.500`: at most a colon and two blanks between currency and number. */
export function beforeSigns(text: string, start: number): number {
  let i = start
  if (text.charCodeAt(i - 1) === BLANK) i--
  const sign = text.charCodeAt(i - 1)
  if (sign === COLON || sign === EQUALS) i--
  return i < start && text.charCodeAt(i - 1) === BLANK ? i - 1 : i
}

function mayBegin(token: MoneyToken): boolean {
  if (token.kind === 'times') return token.times.leading === true || token.times.implicit === true
  return token.kind === 'number' || token.kind === 'half_a' || /_(?:half|quarter)$/.test(token.kind)
}

export interface Found<T> {
  readonly token: T
  readonly start: number
  readonly end: number
}

/** The longest money word at `at` that suits the text's languages. */
export function tokenAt(text: string, at: number, languages: Languages): Found<MoneyToken> | null {
  if (!isEdge(text, at)) return null
  const hit = FORWARD.longest(text, at, (token, end) => {
    if (token.kind === 'times' && token.times.glued === true && !isDigit(text, at - 1)) return false
    return endsWord(text, end) && suits(token.marks, languages, text, { start: at, end })
  })
  return hit === null ? null : { token: hit.value, start: at, end: hit.end }
}

/** The longest currency word or sign that ends at `end` and may stand before a number. */
export function currencyBefore(text: string, end: number, languages: Languages): Found<CurrencyToken> | null {
  const hit = BACKWARD.longest(text, end, (token, start) => {
    if (token.side === 'after' || !isEdge(text, start)) return false
    return suits(token.marks, languages, text, { start, end })
  })
  return hit === null ? null : { token: hit.value, start: hit.end, end }
}

function suits(
  marks: Marks,
  languages: Languages,
  text: string,
  span: { start: number; end: number },
): boolean {
  return inLanguage(marks, languages) && isExact(marks, text, span)
}

const MANY = new Trie<Marks>(each(MONEY.many), 'backward')

/** Whether a word for many stands in front of `at`: หลายแสน is no amount. */
export function isMany(text: string, at: number): boolean {
  return MANY.longest(text, at, () => true) !== null
}

const ORDINALS = new Trie<Marks>(each(MONEY.ordinals), 'backward')

/** Whether the number at `at` says which one, not how much. */
export function isOrdinal(text: string, at: number, languages: Languages): boolean {
  const end = text[at - 1] === ' ' ? at - 1 : at
  return (
    ORDINALS.longest(
      text,
      end,
      (marks, start) => isEdge(text, start) && suits(marks, languages, text, { start, end }),
    ) !== null
  )
}

/** With their accents where they have some: dân are people, dan is "and". */
const COUNTABLES = new Trie<string | null>(
  MONEY.countables
    .split(/\s+/)
    .map((word) => [word, /[\u00c0-\u1ef9]/.test(word) && /^[^\u0900-\u1aff]+$/.test(word) ? word : null]),
)
const COUNTED_IN_CHINESE = new Set(MONEY.counted_in_chinese)

/** Whether what follows is counted, not paid: 5 lakh people, 3万人. */
export function isCounted(text: string, end: number): boolean {
  if (COUNTED_IN_CHINESE.has(text[end] ?? '')) return true
  const at = text[end] === ' ' ? end + 1 : end
  const isWritten = (exact: string | null, stop: number) =>
    exact === null || text.slice(at, stop).toLowerCase().normalize('NFC') === exact
  return (
    COUNTABLES.longest(text, at, (exact, stop) => endsWord(text, stop) && isWritten(exact, stop)) !== null
  )
}
