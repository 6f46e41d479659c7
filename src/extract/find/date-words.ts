import { DATES } from '../lexicon/dates.ts'
import {
  endsWord,
  inLanguage,
  isExact,
  type Languages,
  type Marks,
  parseForm,
  spellings,
} from '../lexicon/form.ts'
import type { MarkedForm } from '../lexicon/types.ts'
import { unitsOf } from '../scan.ts'
import { isDigit, isEdge } from '../script.ts'
import { type Entry, Trie } from '../trie.ts'

/** A word that may carry a date: a month's name, a word in front of a month's number, or a day counted from today. */
export type DateWord =
  | { readonly kind: 'month'; readonly month: number; readonly marks: Marks }
  | { readonly kind: 'month_word'; readonly marks: Marks }
  | { readonly kind: 'days'; readonly days: number; readonly marks: Marks }
  | { readonly kind: 'by_tense'; readonly days: number; readonly marks: Marks }
  | { readonly kind: 'months'; readonly months: number; readonly marks: Marks }
  | { readonly kind: 'days_ago'; readonly marks: Marks }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly marks: Marks }

function* each(forms: readonly MarkedForm[]): Generator<[string, Marks]> {
  for (const marked of forms) {
    const { form, marks } = parseForm(marked)
    for (const spelling of spellings(form)) yield [spelling, marks]
  }
}

function* dateWords(): Generator<Entry<DateWord>> {
  for (const [i, forms] of DATES.months.entries()) {
    for (const [form, marks] of each(forms)) yield [form, { kind: 'month', month: i + 1, marks }]
  }
  for (const [form, marks] of each(DATES.month_words)) yield [form, { kind: 'month_word', marks }]
  for (const { days, forms } of DATES.relative) {
    for (const [form, marks] of each(forms)) yield [form, { kind: 'days', days, marks }]
  }
  for (const { days, forms } of DATES.by_tense) {
    for (const [form, marks] of each(forms)) yield [form, { kind: 'by_tense', days, marks }]
  }
  for (const { months, forms } of DATES.relative_months) {
    for (const [form, marks] of each(forms)) yield [form, { kind: 'months', months, marks }]
  }
  for (const [form, marks] of each(DATES.days_ago)) yield [form, { kind: 'days_ago', marks }]
  for (const [weekday, forms] of DATES.weekdays.entries()) {
    for (const [form, marks] of each(forms)) yield [form, { kind: 'weekday', weekday, marks }]
  }
}

export const WORDS = new Trie<DateWord>(dateWords())

type JoinerKind = 'plain' | 'buddhist' | 'republic'
interface Joiner {
  readonly kind: JoinerKind
  readonly marks: Marks
}

function* joiners(): Generator<Entry<Joiner>> {
  for (const [form, marks] of each(DATES.joiners)) yield [form, { kind: 'plain', marks }]
  for (const [form, marks] of each(DATES.buddhist)) yield [form, { kind: 'buddhist', marks }]
  for (const [form, marks] of each(DATES.republic)) yield [form, { kind: 'republic', marks }]
}

const JOINERS = new Trie<Joiner>(joiners())
const JOINERS_BACK = new Trie<Joiner>(joiners(), 'backward')
const ENDINGS = new Trie<Marks>(each(DATES.day_endings))
const ENDINGS_BACK = new Trie<Marks>(each(DATES.day_endings), 'backward')
const CUES_BACK = new Trie<true>(
  DATES.cues.split(/\s+/).map((word) => [word, true]),
  'backward',
)
const LAST = new Trie<Marks>(each(DATES.last))
const NEXT = new Trie<Marks>(each(DATES.next))
const LAST_BACK = new Trie<Marks>(each(DATES.last), 'backward')
const NEXT_BACK = new Trie<Marks>(each(DATES.next), 'backward')

export interface FoundWord {
  readonly word: DateWord
  readonly start: number
  readonly end: number
}

/** Whether a date word may begin at `at`: the quick look before `wordAt`. */
export function mayBeWord(text: string, at: number): boolean {
  return WORDS.reaches(text, at) && isEdge(text, at)
}

export function wordAt(text: string, at: number, languages: Languages): FoundWord | null {
  const hit = WORDS.longest(text, at, (word, end) => {
    return (
      endsWord(text, end) &&
      inLanguage(word.marks, languages) &&
      isExact(word.marks, text, { start: at, end })
    )
  })
  return hit === null ? null : { word: hit.value, start: at, end: hit.end }
}

/** Signs of a date in Chinese characters: 二〇二四年三月. */
export const CHINESE_DIGITS = '〇零一二三四五六七八九十'

/** What stands between the parts of a date. */
export interface Gap {
  /** Where it ends (where it begins, when read backwards). */
  readonly at: number
  readonly kinds: readonly JoinerKind[]
}

const GAP_SIGNS = unitsOf(" ,.-/'’()၊")
/** More than any date has between two parts. */
const MOST_STEPS = 6

/** Skips signs and joining words behind `from`. */
export function gapAfter(text: string, from: number, languages: Languages): Gap {
  const kinds: JoinerKind[] = []
  let at = from
  for (let step = 0; step < MOST_STEPS; step++) {
    if (GAP_SIGNS[text.charCodeAt(at)] === 1) {
      at++
      continue
    }
    const hit = joinerAt(text, at, languages)
    if (hit === null) break
    kinds.push(hit.value.kind)
    at = hit.end
  }
  return { at, kinds }
}

function joinerAt(text: string, at: number, languages: Languages): { value: Joiner; end: number } | null {
  return JOINERS.longest(text, at, ({ marks }, end) => {
    return inLanguage(marks, languages) && (isEdge(text, end) || isDigit(text, end))
  })
}

/** Skips signs, joining words and endings of days in front of `from`. */
export function gapBefore(text: string, from: number, languages: Languages): Gap {
  const kinds: JoinerKind[] = []
  let at = from
  for (let step = 0; step < MOST_STEPS; step++) {
    if (GAP_SIGNS[text.charCodeAt(at - 1)] === 1) {
      at--
      continue
    }
    const ending = ENDINGS_BACK.longest(text, at, (_, start) => isDigit(text, start - 1))
    const hit = JOINERS_BACK.longest(text, at, ({ marks }, start) => {
      return inLanguage(marks, languages) && (isEdge(text, start) || isDigit(text, start - 1))
    })
    if (ending !== null && (hit === null || ending.end <= hit.end)) return { at: ending.end, kinds }
    if (hit === null) break
    kinds.push(hit.value.kind)
    at = hit.end
  }
  return { at, kinds }
}

/** The end of `th`, `hb`, `ই` directly behind a day's digits; `at` itself when none stands there. */
export function endOfDay(text: string, at: number): number {
  return ENDINGS.longest(text, at, (_, end) => isEdge(text, end))?.end ?? at
}

/** Whether a word that announces a date stands directly in front of `at`. */
export function hasDateCue(text: string, at: number): boolean {
  let end = at
  while (end > at - 3 && GAP_SIGNS[text.charCodeAt(end - 1)] === 1) end--
  if (text.charCodeAt(end - 1) === 58) end--
  return CUES_BACK.longest(text, end, (_, start) => isEdge(text, start)) !== null
}

/** -1 for a weekday of before, 1 for one to come, with the span of the words; null when it is neither. */
export function weekdaySide(
  text: string,
  { start, end }: FoundWord,
  languages: Languages,
): { side: -1 | 1; start: number; end: number } | null {
  const front = text[start - 1] === ' ' ? start - 1 : start
  const behind = text[end] === ' ' ? end + 1 : end
  const suits = (marks: Marks) => inLanguage(marks, languages)
  for (const [side, ahead, back] of [
    [-1, LAST, LAST_BACK],
    [1, NEXT, NEXT_BACK],
  ] as const) {
    const before = back.longest(text, front, (marks, from) => suits(marks) && isEdge(text, from))
    if (before !== null) return { side, start: before.end, end }
    const after = ahead.longest(text, behind, (marks, to) => suits(marks) && isEdge(text, to))
    if (after !== null) return { side, start, end: after.end }
  }
  return null
}
