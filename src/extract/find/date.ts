import type { Candidate, Context, Plain } from '../finder.ts'
import { languagesIn } from '../language.ts'
import type { Languages } from '../lexicon/form.ts'
import { dayOf } from './calendar.ts'
import { namedDates } from './date-named.ts'
import { numericDateAt, type RawDate } from './date-numeric.ts'
import { relativeDate } from './date-relative.ts'
import { type MomentAt, settle } from './date-settle.ts'
import { mayBeWord, startsWord, wordAt } from './date-words.ts'

/**
 * Days and months, in local manners: any order, Buddhist and Republic years, month names of all languages, Chinese
 * characters, and days counted from a known moment.
 * Normal   `YYYY-MM-DD`, or `YYYY-MM` when only the month is known.
 * Quiet    on a year or a time alone, on a day without a year when no moment is known to count from, and on
 *          "today", which is as often a figure of speech.
 * Cost     linear: each number and each month is looked at once, within a few dozen units.
 */
export function findDates(plain: Plain, context: Context, momentAt?: MomentAt): Candidate[] {
  const languages = languagesIn(plain, context)
  const raw: RawDate[] = []
  const found: Candidate[] = []
  const moment: MomentAt = (at) => momentAt?.(at) ?? context.now
  const { text } = plain
  for (let i = nextTrigger(text, 0); i < text.length; ) {
    const isWord = TRIGGERS[text.charCodeAt(i)] === WORD
    const dates = isWord ? [] : present(numericDateAt(text, i, languages))
    const floor = raw.at(-1)?.end ?? 0
    const relative = dates.length === 0 ? wordDates(text, i, { languages, moment, dates, floor }) : null
    if (relative !== null) found.push(relative)
    raw.push(...dates)
    const end = Math.max(dates.at(-1)?.end ?? 0, relative?.end ?? 0)
    i = nextTrigger(text, end > i ? end : pastTrigger(text, i))
  }
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
}

function wordDates(
  text: string,
  at: number,
  { languages, moment, dates, floor }: WordContext,
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
  return base === null ? null : relativeDate(text, word, { base, languages })
}

function isDigitUnit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

function pastTrigger(text: string, at: number): number {
  let i = at + 1
  if (isDigitUnit(text.charCodeAt(at))) while (isDigitUnit(text.charCodeAt(i))) i++
  return i
}

const DIGIT = 1
const CHINESE_DIGIT = 2
const WORD = 3
const TRIGGERS = buildTriggers()

function buildTriggers(): Uint8Array {
  const triggers = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) if (startsWord(unit)) triggers[unit] = WORD
  for (const sign of '〇零一二三四五六七八九十') triggers[sign.charCodeAt(0)] = CHINESE_DIGIT
  return triggers.fill(DIGIT, 48, 58)
}

/** The next offset where a date may begin, or a word that carries one; the text's length when none does. */
function nextTrigger(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const kind = TRIGGERS[text.charCodeAt(i)]
    if (kind === undefined || kind === 0) continue
    if (kind === DIGIT) {
      if (mayBeDate(text, i)) return i
      i = pastTrigger(text, i) - 1
    } else if (kind === WORD) {
      if (!isAsciiLetter(text.charCodeAt(i - 1)) && mayBeWord(text, i)) return i
    } else if (text[i + 1] === '月' || text[i + 2] === '月' || text[i + 4] === '年') return i
  }
  return text.length
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

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 32
  return lower >= 97 && lower <= 122
}
