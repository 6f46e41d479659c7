import type { Candidate, Context, Plain } from '../finder.ts'
import { languagesIn } from '../language.ts'
import type { Languages } from '../lexicon/form.ts'
import { DATE, DIGITS } from '../marks.ts'
import type { Refuse } from '../reading.ts'
import { swept } from '../sweep.ts'
import { dayOf } from './calendar.ts'
import { namedDates } from './date-named.ts'
import { numericDateAt, type RawDate } from './date-numeric.ts'
import { relativeDate } from './date-relative.ts'
import { type MomentAt, settle } from './date-settle.ts'
import { CHINESE_DIGITS, mayBeWord, wordAt } from './date-words.ts'

/**
 * Days and months, in local manners: any order, Buddhist and Republic years, month names of all languages, Chinese
 * characters, and days counted from a known moment.
 * Normal   `YYYY-MM-DD`, or `YYYY-MM` when only the month is known.
 * Quiet    on a year or a time alone, on a day without a year when no moment is known to count from, and on
 *          "today", which is as often a figure of speech.
 * Cost     linear: each number and each month is looked at once, within a few dozen units.
 */
export function findDates(
  plain: Plain,
  context: Context,
  { momentAt, refuse }: { readonly momentAt?: MomentAt; readonly refuse?: Refuse } = {},
): Candidate[] {
  const languages = languagesIn(plain, context)
  const raw: RawDate[] = []
  const found: Candidate[] = []
  const moment: MomentAt = (at) => momentAt?.(at) ?? context.now
  const { text } = plain
  const { at, bits } = swept(plain)
  let reach = 0
  for (let i = 0; i < at.length; i++) {
    const start = at[i] as number
    const kinds = bits[i] as number
    if ((kinds & (DIGITS | DATE)) === 0 || start < reach || !mayBegin(text, start, kinds)) continue
    const isWord = (kinds & DIGITS) === 0 && !isChineseDigit(text, start)
    const dates = isWord ? [] : present(numericDateAt(text, start, languages))
    const floor = raw.at(-1)?.end ?? 0
    const relative =
      dates.length === 0 ? wordDates(text, start, { languages, moment, dates, floor, refuse }) : null
    if (relative !== null) found.push(relative)
    raw.push(...dates)
    reach = Math.max(dates.at(-1)?.end ?? 0, relative?.end ?? 0)
  }
  if (raw.length === 0) return found
  return [...found, ...settle(text, raw, { context, moment })].sort((a, b) => a.start - b.start)
}

function present<T>(it: T | null): T[] {
  return it === null ? [] : [it]
}

interface WordContext {
  readonly languages: Languages
  readonly moment: MomentAt
  /** Takes the dates that a month's name carries. */
  readonly dates: RawDate[]
  /** The end of the date before: its digits are taken. */
  readonly floor: number
  readonly refuse: Refuse | undefined
}

function wordDates(
  text: string,
  at: number,
  { languages, moment, dates, floor, refuse }: WordContext,
): Candidate | null {
  if (!mayBeWord(text, at)) return null
  const word = wordAt(text, at, languages)
  if (word === null) return null
  const { kind } = word.word
  if (kind === 'month' || kind === 'month_word') {
    dates.push(...namedDates(text, word, { languages, floor }))
    return null
  }
  const base = dayOf(moment(at) ?? '')
  return base === null ? null : relativeDate(text, word, { base, languages, refuse })
}

function isDigitUnit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

function isChineseDigit(text: string, at: number): boolean {
  return CHINESE_DIGITS.includes(text[at] ?? ' ')
}

/** Whether a date may begin at a mark, or a word that carries one: the quick look. */
function mayBegin(text: string, at: number, kinds: number): boolean {
  if ((kinds & DIGITS) !== 0) return mayBeDate(text, at)
  if (!isChineseDigit(text, at)) return mayBeWord(text, at)
  return text[at + 1] === '月' || text[at + 2] === '月' || text[at + 4] === '年'
}

const BLANK = 32

/** One to four digits, and behind them a sign and more digits, or 年 or 月. */
function mayBeDate(text: string, at: number): boolean {
  let i = at + 1
  while (i < at + 5 && isDigitUnit(text.charCodeAt(i))) i++
  if (text.charCodeAt(i) === BLANK) i++
  const sign = text.charCodeAt(i)
  if (sign === 0x5e74 || sign === 0x6708) return true
  if (sign < 45 || sign > 47) return false
  const next = text.charCodeAt(i + 1)
  return isDigitUnit(next === BLANK ? text.charCodeAt(i + 2) : next)
}
