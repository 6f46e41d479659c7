import { isDay, isoDate, toYear } from '../find/calendar.ts'
import { CHAT } from '../lexicon/chat.ts'
import { DATES } from '../lexicon/dates.ts'
import { parseForm } from '../lexicon/form.ts'
import { digitsAt } from '../scan.ts'
import { isDigit } from '../script.ts'
import { Trie } from '../trie.ts'

/** The day of a header as written: three numbers whose order the whole chat decides, or one that is clear. */
export interface RawDay {
  /** Day first, month first; both when the digits allow it. */
  readonly dayFirst: string | null
  readonly monthFirst: string | null
  /** As American telephones write: 3/5/24 without noughts. */
  readonly short: boolean
}

/** A time of day, `HH:MM:SS`. */
export interface RawTime {
  readonly time: string
  /** AM or PM in capitals stood beside it. */
  readonly capitals: boolean
}

export interface Stamp {
  readonly end: number
  readonly day: RawDay
  readonly time: RawTime
}

interface At<T> {
  readonly value: T
  readonly end: number
}

const NUMBERS = /(\d{1,4}) ?([./-]) ?(\d{1,2}) ?([./-]) ?(\d{1,4})/y
const CHINESE = /(\d{2,4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]/y
const DAY_MONTH = /(\d{1,2})\.? (?:de )?/y
const TIME = /(\d{1,2})([:.])(\d{2})(?:\2(\d{2}))?/y

const MONTHS = new Trie<number>(
  DATES.months.flatMap((forms, i) => forms.map((marked) => [parseForm(marked).form, i + 1] as const)),
)
const PERIODS = new Trie<'am' | 'pm'>([
  ...CHAT.am.map((form) => [form, 'am'] as const),
  ...CHAT.pm.map((form) => [form, 'pm'] as const),
])
const BETWEEN = new Trie<true>(CHAT.between.map((form) => [form, true]))

/** Whether a stamp may begin at `at`: a digit, a month's name, a time of the day. */
export function mayBeStamp(text: string, at: number): boolean {
  return isDigit(text, at) || MONTHS.reaches(text, at) || PERIODS.reaches(text, at)
}

/** A day and a time that begin at `at`, in either order; null when they do not. */
export function stampAt(text: string, at: number): Stamp | null {
  if (!mayBeStamp(text, at)) return null
  const day = dayAt(text, at)
  if (day !== null) {
    const time = timeAt(text, gap(text, day.end))
    return time === null ? null : { end: time.end, day: day.value, time: time.value }
  }
  const time = timeAt(text, at)
  if (time === null) return null
  const later = dayAt(text, gap(text, time.end))
  return later === null ? null : { end: later.end, day: later.value, time: time.value }
}

/** Blanks, a comma and a word like `at` between day and time. */
function gap(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === ',' || text[at] === '၊' || text[at] === '\t') at++
  const word = BETWEEN.longest(text, at, (_, end) => /[\s\d]/.test(text[end] ?? ''))
  if (word === null) return at
  at = word.end
  while (text[at] === ' ' || text[at] === ',') at++
  return at
}

/** A day that begins at `at`, by digits or with the month's name. */
export function dayAt(text: string, at: number): At<RawDay> | null {
  return chineseDay(text, at) ?? numberedDay(text, at) ?? namedDay(text, at)
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const BLANK = 32
const DOT = 46
const COLON = 58
const DIGIT_TWO = 50
const DIGIT_FIVE = 53
/** 年 */
const YEAR = 0x5e74

function chineseDay(text: string, at: number): At<RawDay> | null {
  const i = at + digitsAt(text, at, 4)
  if (text.charCodeAt(i) !== YEAR && text.charCodeAt(i + 1) !== YEAR) return null
  const found = sticky(CHINESE, text, at)
  if (found === null) return null
  const [whole, year = '', month, day] = found
  return clear(toYear(year, year.length === 3 ? 'republic' : 'common', false), Number(month), {
    day: Number(day),
    end: at + whole.length,
  })
}

function numberedDay(text: string, at: number): At<RawDay> | null {
  const digits = digitsAt(text, at, 4)
  const next = text.charCodeAt(at + digits)
  if (digits === 0 || (next !== BLANK && (next < 45 || next > 47))) return null
  const found = sticky(NUMBERS, text, at)
  if (found === null) return null
  const [whole, a = '', sign, b = '', second, c = ''] = found
  const end = at + whole.length
  if (sign !== second || isDigit(text, end) || a.length === 3 || c.length === 3) return null
  if (a.length === 4) return clear(toYear(a, 'common', false), Number(b), { day: Number(c), end })
  const year = toYear(c, 'common', c.length === 2 && /[\u0e00-\u0e7f]/.test(text.slice(0, 2000)))
  if (year === null || c.length === 1) return null
  const dayFirst = isDay(year, Number(b), Number(a)) ? isoDate(year, Number(b), Number(a)) : null
  const monthFirst = isDay(year, Number(a), Number(b)) ? isoDate(year, Number(a), Number(b)) : null
  if (dayFirst === null && monthFirst === null) return null
  const short = c.length === 2 && sign === '/' && (a.length === 1 || b.length === 1)
  return { value: { dayFirst, monthFirst, short }, end }
}

function clear(
  year: number | null,
  month: number,
  { day, end }: { day: number; end: number },
): At<RawDay> | null {
  if (year === null || !isDay(year, month, day)) return null
  const iso = isoDate(year, month, day)
  return { value: { dayFirst: iso, monthFirst: iso, short: false }, end }
}

/** `11 Jun 2024`, `Jun 11, 2024`. */
function namedDay(text: string, at: number): At<RawDay> | null {
  const front = isDigit(text, at) ? sticky(DAY_MONTH, text, at) : null
  const start = front === null ? at : at + front[0].length
  const month = MONTHS.longest(
    text,
    start,
    (_, end) => /[\s,.]/.test(text[end] ?? '') || text[end - 1] === '.',
  )
  if (month === null) return null
  const rest = /^\.?,? ?(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(?:de )?(\d{4})(?!\d)/.exec(
    text.slice(month.end, month.end + 16),
  )
  const day = front?.[1] ?? rest?.[1]
  if (rest === null || day === undefined) return null
  return clear(toYear(rest[2] ?? '', 'common', false), month.value, {
    day: Number(day),
    end: month.end + rest[0].length,
  })
}

/** A time of day that begins at `at`, with the words for before and after noon on either side. */
export function timeAt(text: string, at: number): At<RawTime> | null {
  const front = PERIODS.longest(text, at, () => true)
  const start = front === null ? at : text[front.end] === ' ' ? front.end + 1 : front.end
  const digits = digitsAt(text, start, 2)
  const sign = text.charCodeAt(start + digits)
  const found = digits > 0 && (sign === COLON || sign === DOT) ? sticky(TIME, text, start) : null
  if (found === null) return null
  const [whole, hours, , minutes = '', seconds = '00'] = found
  const end = start + whole.length
  if (isDigit(text, end)) return null
  const behind =
    front === null
      ? PERIODS.longest(
          text,
          text[end] === ' ' ? end + 1 : end,
          (_, stop) => !/\p{L}/u.test(text[stop] ?? ''),
        )
      : null
  const period = front?.value ?? behind?.value ?? null
  const hour = toHour(Number(hours), period)
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const written = behind === null ? '' : text.slice(end, behind.end)
  const value = {
    time: `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`,
    capitals: written !== '' && /[AP]M/.test(written),
  }
  return { value, end: behind?.end ?? end }
}

/** Whether a time of day, as `timeAt` reads it, stands anywhere in a stretch of one line: every stamp has one. */
export function hasTime(text: string, { start, end }: { start: number; end: number }): boolean {
  for (let i = start + 1; i < end - 2; i++) {
    const sign = text.charCodeAt(i)
    if ((sign === COLON || sign === DOT) && isTimeSign(text, i)) return true
  }
  return false
}

/** Whether the sign at `i` parts hours, at most 23, from minutes and seconds, at most 59. */
function isTimeSign(text: string, i: number): boolean {
  if (!isDigit(text, i - 1) || !isSixty(text, i + 1)) return false
  if (isDigit(text, i - 2) && (isDigit(text, i - 3) || text.charCodeAt(i - 2) > DIGIT_TWO)) return false
  const seconds =
    text.charCodeAt(i + 3) === text.charCodeAt(i) && isDigit(text, i + 4) && isDigit(text, i + 5)
  return !isDigit(text, seconds ? i + 6 : i + 3)
}

/** Two digits, of 59 at most. */
function isSixty(text: string, i: number): boolean {
  return isDigit(text, i) && text.charCodeAt(i) <= DIGIT_FIVE && isDigit(text, i + 1)
}

function toHour(written: number, period: 'am' | 'pm' | null): number {
  if (period === 'pm' && written < 12) return written + 12
  return period === 'am' && written === 12 ? 0 : written
}

/**
 * Decides for a whole chat whether days or months come first, and gives each stamp its moment.
 * A number above 12 decides; else the order in which the chat runs forward and shortest; else the American manner of
 * writing without noughts; else day first.
 */
export function moments(stamps: readonly Omit<Stamp, 'end'>[]): string[] {
  const dayFirst = stamps.map(({ day, time }) => join(day.dayFirst, time))
  const monthFirst = stamps.map(({ day, time }) => join(day.monthFirst, time))
  const first = isMonthFirst(stamps, dayFirst, monthFirst) ? monthFirst : dayFirst
  const other = first === dayFirst ? monthFirst : dayFirst
  return first.map((moment, i) => moment ?? other[i] ?? '')
}

function join(day: string | null, { time }: RawTime): string | null {
  return day === null ? null : `${day}T${time}`
}

type Moments = readonly (string | null)[]

function isMonthFirst(
  stamps: readonly Omit<Stamp, 'end'>[],
  dayFirst: Moments,
  monthFirst: Moments,
): boolean {
  const notDay = dayFirst.filter((it) => it === null).length
  const notMonth = monthFirst.filter((it) => it === null).length
  if (notDay !== notMonth) return notDay > notMonth
  const spans = [dayFirst, monthFirst].map(span)
  const [days, months] = spans
  if (days !== undefined && months !== undefined && days !== months) return months < days
  return stamps.every(({ day, time }) => day.short && time.capitals)
}

/** Days from the first to the last moment; a chat that runs backwards counts as endless. */
function span(list: Moments): number {
  const times = list.flatMap((it) => (it === null ? [] : [Date.parse(`${it}Z`)]))
  const falls = times.filter((time, i) => time < (times[i - 1] ?? time)).length
  const whole = Math.max(...times.slice(0, 1), times.at(-1) ?? 0) - (times[0] ?? 0)
  return Math.round(whole / 86_400_000) + falls * 100_000
}
