import type { Languages } from '../lexicon/form.ts'
import { isDigit, scriptAt } from '../script.ts'
import { type Era, isDay, toYear } from './calendar.ts'
import type { RawDate } from './date-numeric.ts'
import { endOfDay, type FoundWord, type Gap, gapAfter, gapBefore, hasDateCue } from './date-words.ts'

/** Digits beside a month, with the era that the words between them name. */
interface Digits {
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly era: Era
}

/** Which languages joining words may be in, and how far back digits are free. */
interface Reach {
  readonly languages: Languages
  readonly floor: number
}

/**
 * The dates around a month's name, whatever the order of day, month and year: `15 March 2024`, `Mayo 3, 2024`,
 * `၂၀၂၄ ခုနှစ် မတ်လ ၁၅ ရက်`, `ngày 25 tháng 3 năm 2024`. Two when a range shares its month: `15-18 March 2024`.
 */
export function namedDates(text: string, found: FoundWord, { languages, floor }: Reach): RawDate[] {
  const named = monthOf(text, found)
  if (named === null) return []
  const nearest = digitsBefore(text, named.start, languages)
  const left = nearest !== null && nearest.start >= floor ? nearest : null
  const right = digitsAfter(text, named.end, languages)
  const date =
    dayMonthYear(text, { named, left, right }, languages) ??
    yearMonthDay({ named, left, right }) ??
    monthDayYear(text, { named, right }, languages) ??
    monthYear(text, { named, left, right })
  if (date === null) return []
  const first = left === null ? null : rangeStart(text, left, date)
  return first === null ? [date] : [first, date]
}

interface Named {
  readonly month: number
  readonly start: number
  readonly end: number
  /** Written as a number behind a word for month, so that `3 tháng 6 ngày` is a time, not a date. */
  readonly numbered: boolean
}

function monthOf(text: string, { word, start, end }: FoundWord): Named | null {
  if (word.kind === 'month') return { month: word.month, start, end, numbered: false }
  if (word.kind !== 'month_word') return null
  const at = text[end] === ' ' ? end + 1 : end
  const written = /^(?:1[0-2]|0?[1-9])(?![\d:]|[.,]\d)/.exec(text.slice(at, at + 4))?.[0]
  if (written === undefined) return null
  return { month: Number(written), start, end: at + written.length, numbered: true }
}

interface Around {
  readonly named: Named
  readonly left: Digits | null
  readonly right: Digits | null
}

function digitsBefore(text: string, from: number, languages: Languages): Digits | null {
  const gap = gapBefore(text, from, languages)
  let start = gap.at
  while (start > gap.at - 5 && isDigit(text, start - 1)) start--
  if (start === gap.at || gap.at - start > 4) return null
  const before = text[start - 1] ?? ''
  if (/[#_$€£¥฿:]/.test(before) || (/[.,]/.test(before) && isDigit(text, start - 2))) return null
  return { raw: text.slice(start, gap.at), start, end: gap.at, era: eraOf(gap) }
}

function digitsAfter(text: string, from: number, languages: Languages): Digits | null {
  const gap = gapAfter(text, from, languages)
  let end = gap.at
  while (end < gap.at + 5 && isDigit(text, end)) end++
  if (end === gap.at || end - gap.at > 4) return null
  const after = text[end] ?? ''
  if (after === '%' || (/[.,/:]/.test(after) && isDigit(text, end + 1))) return null
  if (scriptAt(text, end) === LATIN && endOfDay(text, end) === end) return null
  return { raw: text.slice(gap.at, end), start: gap.at, end, era: eraOf(gap) }
}
const LATIN = 1

function eraOf({ kinds }: Gap): Era {
  return kinds.find((kind) => kind !== 'plain') ?? 'common'
}

function isDayLike({ raw }: Digits, month: number): boolean {
  return raw.length <= 2 && isDay(null, month, Number(raw))
}

function yearOf(digits: Digits, text: string): number | null {
  return digits.raw.length === 3
    ? null
    : toYear(digits.raw, digits.era, /[\u0e00-\u0e7f]/.test(text.slice(digits.start - 12, digits.start)))
}

/** Day, month, and a year behind or (২০২৪ সালের ১৫ মার্চ) further in front. */
function dayMonthYear(text: string, { named, left, right }: Around, languages: Languages): RawDate | null {
  if (left === null || !isDayLike(left, named.month)) return null
  const day = Number(left.raw)
  const behind = right !== null && (right.raw.length === 4 || isShortYear(text, named, right)) ? right : null
  const front = behind === null ? digitsBefore(text, left.start, languages) : null
  const written = behind ?? (front?.raw.length === 4 ? front : null)
  const year = written === null ? null : yearOf(written, text)
  if (written !== null && (year === null || !isDay(year, named.month, day))) return null
  if (year === null && named.numbered && !hasDateCue(text, left.start)) return null
  const start = written === front && front !== null && year !== null ? front.start : left.start
  const end = written === behind && behind !== null ? behind.end : named.end
  return toDate({ start, end, year, day }, named, written)
}

/** `15 Mar 24` and `15 มี.ค. 67`: two digits behind a short month are a year when a day stands in front. */
function isShortYear(text: string, { end, numbered }: Named, right: Digits): boolean {
  if (right.raw.length !== 2 || numbered) return false
  const gap = text.slice(end, right.start)
  const next = text.slice(right.end, right.end + 2)
  if (/^[-/'’]$/.test(gap) || right.era !== 'common') return true
  return (
    /^\.? ?$/.test(gap) &&
    (text[end - 1] === '.' || end - 4 < 0 || /(?:^|[^\p{L}])\p{L}{3}$/u.test(text.slice(end - 4, end))) &&
    !/^ ?[\p{Script=Latin}\p{Script=Devanagari}\p{Script=Bengali}]/u.test(next)
  )
}

/** Year in front, day behind: ၂၀၂၄ ဩဂုတ် ၁. */
function yearMonthDay({ named, left, right }: Around): RawDate | null {
  if (left === null || right === null || left.raw.length !== 4 || !isDayLike(right, named.month)) return null
  const year = toYear(left.raw, left.era, false)
  const day = Number(right.raw)
  if (year === null || !isDay(year, named.month, day)) return null
  return toDate({ start: left.start, end: right.end, year, day }, named, left)
}

/** `March 15, 2024`, `ဖေဖော်ဝါရီ ၂၈ ရက် ၂၀၂၄`; without a year when none follows. */
function monthDayYear(
  text: string,
  { named, right }: Omit<Around, 'left'>,
  languages: Languages,
): RawDate | null {
  if (right === null || !isDayLike(right, named.month)) return null
  const day = Number(right.raw)
  const end = endOfDay(text, right.end)
  const next = digitsAfter(text, end, languages)
  const year = next?.raw.length === 4 ? yearOf(next, text) : null
  if (next !== null && year !== null && isDay(year, named.month, day))
    return toDate({ start: named.start, end: next.end, year, day }, named, next)
  return named.numbered ? null : toDate({ start: named.start, end: right.end, year: null, day }, named, null)
}

function monthYear(text: string, { named, left, right }: Around): RawDate | null {
  const written =
    right?.raw.length === 4 ? right : left?.raw.length === 4 ? left : isEraYear(right) ? right : null
  const year = written === null ? null : yearOf(written, text)
  if (written === null || year === null) return null
  const [start, end] = written === left ? [left.start, named.end] : [named.start, written.end]
  return toDate({ start, end, year, day: null }, named, written)
}

function isEraYear(digits: Digits | null): boolean {
  return digits !== null && digits.era !== 'common' && digits.raw.length >= 2
}

interface Read {
  readonly start: number
  readonly end: number
  readonly year: number | null
  readonly day: number | null
}

function toDate({ start, end, year, day }: Read, { month }: Named, written: Digits | null): RawDate {
  const buddhist =
    written !== null && year !== null && Number(written.raw) !== year && Number(written.raw) !== year % 100
  const why = buddhist
    ? `written with the month's name, the year ${written.raw} being ${year}`
    : "written with the month's name"
  return { start, end, readings: [{ year, month, day }], confidence: year === null ? 0.75 : 0.97, why }
}

const RANGE = /(?:^|[^\d.,/:-])(\d{1,2}) ?(?:-|to|and|&|và|đến|ถึง|และ|sampai|hingga|至|到) ?$/

/** The 15 of `15-18 March 2024`. */
function rangeStart(text: string, left: Digits, date: RawDate): RawDate | null {
  const window = text.slice(Math.max(0, left.start - 14), left.start)
  const found = RANGE.exec(window)
  const [reading] = date.readings
  if (found === null || reading === undefined || reading.day === null || date.start !== left.start)
    return null
  const day = Number(found[1])
  if (day >= reading.day || !isDay(reading.year, reading.month, day)) return null
  const start = left.start - window.length + found.index + found[0].indexOf(found[1] ?? '')
  return {
    start,
    end: start + (found[1]?.length ?? 0),
    readings: [{ ...reading, day }],
    confidence: date.confidence - 0.1,
    why: `the first day of a range, ${date.why}`,
  }
}
