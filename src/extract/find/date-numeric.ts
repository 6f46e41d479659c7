import type { Languages } from '../lexicon/form.ts'
import { digitsAt } from '../scan.ts'
import { isDigit, scriptAt } from '../script.ts'
import { type DateParts, type Era, isDay, toYear } from './calendar.ts'
import { hasDateCue } from './date-words.ts'

/** A date in the text, before a missing year is found and day and month are told apart. */
export interface RawDate {
  readonly start: number
  readonly end: number
  /** The reading, or both readings of 03/04/2024: day first, then month first. */
  readonly readings: readonly DateParts[]
  /** What a date in digits shows of the text's manner: 25/03 can only be day first. */
  readonly order?: 'day_first' | 'month_first'
  readonly confidence: number
  readonly why: string
}

/** Three numbers with signs between, a month and a year, or a day and a month. */
const PARTS = /(\d{1,4}) ?([-/.]) ?(\d{1,2})(?: ?([-/.]) ?(\d{1,4}))?/y
const MONTH_YEAR = /(\d{1,2})([-/.])(\d{4})/y
const YEAR_MONTH = /(\d{4})-(\d{2})/y
/** 2024年3月15日, 113年3月, 3月15号. */
const CHINESE = /(?:(\d{2,4}) ?年 ?)?(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号號])?/y
const CHINESE_WORDS =
  /(?:([〇零一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十廿卅]{1,3})[日号號])?/y

/** The date in digits that begins at `at`, if one does. */
export function numericDateAt(text: string, at: number, languages: Languages): RawDate | null {
  const sign = text.charCodeAt(behindDigits(text, at))
  if (!isDigit(text, at) || sign === YEAR || sign === MONTH) return chineseDate(text, at)
  return slashedDate(text, at, languages) ?? monthOfYear(text, at)
}

const YEAR = 0x5e74
const MONTH = 0x6708

/** Behind at most four digits and a blank. */
function behindDigits(text: string, at: number): number {
  const i = at + digitsAt(text, at, 4)
  return text[i] === ' ' ? i + 1 : i
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Not glued to more digits, letters, or further groups by the same sign. */
function standsAlone(text: string, start: number, end: number, sign: string): boolean {
  const before = text[start - 1] ?? ''
  if (/[a-z\d@_#]/i.test(before) || (before === sign && isDigit(text, start - 2))) return false
  const after = text[end] ?? ''
  if (after === 'T' && isDigit(text, end + 1)) return true
  return !/[a-z\d_%]/i.test(after) && !(after === sign && isDigit(text, end + 1))
}

function slashedDate(text: string, at: number, languages: Languages): RawDate | null {
  const found = match(PARTS, text, at)
  if (found === null) return null
  const [whole, a = '', sign = '', b = '', second, c] = found
  const end = at + whole.length
  if (second === undefined || c === undefined) return dayAndMonth(text, at, { a, b, sign, end })
  if (sign !== second || !standsAlone(text, at, end, sign)) return null
  if (a.length === 4) return c.length <= 2 ? yearFirst(text, { a, b, c, start: at, end }) : null
  if (a.length === 3)
    return c.length <= 2 && languages.has('zh') ? republicDate({ a, b, c, start: at, end }) : null
  if (c.length === 4) return dayFirst(text, { a, b, c, start: at, end })
  if (c.length !== 2) return null
  // A short year needs support, unless slashes say that it is a date: 20-45-45 is a sort code, 18.20.22 a version.
  const supported = sign === '/' || hasDateCue(text, at)
  return supported ? dayFirst(text, { a, b, c, start: at, end }) : null
}

interface Written {
  readonly a: string
  readonly b: string
  readonly c: string
  readonly start: number
  readonly end: number
}

function yearFirst(text: string, { a, b, c, start, end }: Written): RawDate | null {
  const year = toYear(a, 'common', isThai(text, start))
  const [month, day] = [Number(b), Number(c)]
  if (year === null || !isDay(year, month, day)) return null
  return {
    start,
    end,
    readings: [{ year, month, day }],
    confidence: 0.95,
    why: eraReason('written year first', a, year),
  }
}

function republicDate({ a, b, c, start, end }: Written): RawDate | null {
  const year = toYear(a, 'republic', false)
  const [month, day] = [Number(b), Number(c)]
  if (year === null || year < 2000 || year > 2050 || !isDay(year, month, day)) return null
  const why = `year ${a} of the Republic of China is ${year}`
  return { start, end, readings: [{ year, month, day }], confidence: 0.8, why }
}

function dayFirst(text: string, { a, b, c, start, end }: Written): RawDate | null {
  const year = toYear(c, 'common', c.length === 2 && isThai(text, start))
  if (year === null) return null
  const [x, y] = [Number(a), Number(b)]
  const readings = [
    ...(isDay(year, y, x) ? [{ year, month: y, day: x }] : []),
    ...(isDay(year, x, y) && x !== y ? [{ year, month: x, day: y }] : []),
  ]
  const [first] = readings
  if (first === undefined) return null
  const date = { start, end, readings, confidence: 0.95, why: eraReason('written in digits', c, year) }
  return readings.length > 1 || x === y
    ? date
    : { ...date, order: first.day === x ? 'day_first' : 'month_first' }
}

function eraReason(how: string, written: string, year: number): string {
  const buddhist = Number(written) !== year && Number(written) !== year % 100
  return buddhist ? `${how}, the Buddhist year ${written} being ${year}` : how
}

/** 15/3 without a year is a date only behind a word that announces one. */
function dayAndMonth(
  text: string,
  at: number,
  it: { a: string; b: string; sign: string; end: number },
): RawDate | null {
  const { a, b, sign, end } = it
  if (a.length > 2 || sign === '.' || !hasDateCue(text, at) || !standsAlone(text, at, end, sign)) return null
  const [day, month] = [Number(a), Number(b)]
  if (!isDay(null, month, day) || /[.,:]\d/.test(text.slice(end, end + 2))) return null
  return {
    start: at,
    end,
    readings: [{ year: null, month, day }],
    confidence: 0.65,
    why: 'a day and a month behind a word for a date',
  }
}

/** 03/2024 and 2024-03 are months only behind a word that announces a date. */
function monthOfYear(text: string, at: number): RawDate | null {
  const digits = digitsAt(text, at, 4)
  const late = digits <= 2 ? match(MONTH_YEAR, text, at) : null
  const early = digits === 4 ? match(YEAR_MONTH, text, at) : null
  const found = late ?? early
  if (found === null || !hasDateCue(text, at)) return null
  const end = at + found[0].length
  const month = Number(late ? late[1] : early?.[2])
  const year = toYear((late ? late[3] : early?.[1]) ?? '', 'common', false)
  if (year === null || month < 1 || month > 12 || !standsAlone(text, at, end, late?.[2] ?? '-')) return null
  return {
    start: at,
    end,
    readings: [{ year, month, day: null }],
    confidence: 0.85,
    why: 'a month and a year in digits',
  }
}

/** Whether the text around a date is Thai, where short years are Buddhist. */
function isThai(text: string, at: number): boolean {
  for (let i = at - 1; i > at - 24 && i >= 0; i--) {
    const script = scriptAt(text, i)
    if (script !== 0) return script === THAI
  }
  return false
}
const THAI = 3

function chineseDate(text: string, at: number): RawDate | null {
  const digits = match(CHINESE, text, at)
  if (digits !== null) return chineseParts(text, at, digits, Number)
  const words = match(CHINESE_WORDS, text, at)
  return words === null ? null : chineseParts(text, at, words, chineseNumber)
}

function chineseParts(
  text: string,
  at: number,
  found: RegExpExecArray,
  read: (written: string) => number,
): RawDate | null {
  const [whole, y, m = '', d] = found
  const end = at + whole.length
  const month = read(m)
  const day = d === undefined ? null : read(d)
  const republic = y !== undefined && /[民国國]\s?$/.test(text.slice(at - 2, at))
  const era: Era = republic || y?.length === 3 ? 'republic' : 'common'
  const year = y === undefined ? null : toYear(String(read(y)), era, false)
  if ((y !== undefined && year === null) || !isDay(year, month, day ?? 1)) return null
  if (y === undefined && (day === null || /[第个個]/.test(text[at - 1] ?? ''))) return null
  const why =
    era === 'republic' ? `year ${y} of the Republic of China is ${year}` : 'written with 年, 月 or 日'
  return { start: at, end, readings: [{ year, month, day }], confidence: year === null ? 0.75 : 0.97, why }
}

const CHINESE_DIGITS = '〇一二三四五六七八九'

/** 二〇二四 digit by digit; 十五, 二十一 and 廿五 as numbers to 31. */
function chineseNumber(written: string): number {
  const plain = written.replaceAll('零', '〇')
  if (!/[十廿卅]/.test(plain)) return Number([...plain].map((sign) => CHINESE_DIGITS.indexOf(sign)).join(''))
  const [tens = '', ones = ''] = plain.replace('廿', '二十').replace('卅', '三十').split('十')
  const digit = (sign: string, empty: number) => (sign === '' ? empty : CHINESE_DIGITS.indexOf(sign))
  return digit(tens, 1) * 10 + digit(ones, 0)
}
