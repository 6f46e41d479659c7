import type { Candidate, Context } from '../finder.ts'
import { singleSpaced } from '../script.ts'
import { type DateParts, dayOf, isoDate, nearestYear } from './calendar.ts'
import type { RawDate } from './date-numeric.ts'

/** The moment of the message at an offset of the plain text, ISO 8601; null when it has none. */
export type MomentAt = (at: number) => string | null

/** Countries that write the month first in digits. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'PW'])

interface Setting {
  readonly context: Context
  readonly moment: MomentAt
}

/** Tells day from month, finds missing years, and drops what cannot be known. */
export function settle(text: string, raw: readonly RawDate[], { context, moment }: Setting): Candidate[] {
  const order = orderOf(raw, context)
  const years = nearYears(raw)
  return raw.flatMap((date, i) => {
    const open = date.readings.length > 1
    const reading = date.readings[open && order.monthFirst ? 1 : 0]
    const near = years[i] ?? null
    const dated = reading === undefined ? null : dateOf(reading, dayOf(moment(date.start) ?? ''), near)
    if (dated === null) return []
    const { start, end } = date
    const confidence = Math.round((open ? Math.min(date.confidence, 0.75) : date.confidence) * 100) / 100
    const why = [date.why, open ? order.why : '', dated.why].filter((it) => it !== '').join(', ')
    const value = singleSpaced(text.slice(start, end))
    return [{ kind: 'date', start, end, value, normal: dated.normal, confidence, why }]
  })
}

function orderOf(
  raw: readonly RawDate[],
  { countries, language }: Context,
): { monthFirst: boolean; why: string } {
  const dayFirst = raw.filter(({ order }) => order === 'day_first').length
  const monthFirst = raw.filter(({ order }) => order === 'month_first').length
  if (dayFirst !== monthFirst)
    return { monthFirst: monthFirst > dayFirst, why: 'day and month as in the other dates of the text' }
  const [country] = countries
  if (country !== undefined && MONTH_FIRST.has(country))
    return { monthFirst: true, why: `month first, as ${country} writes` }
  if (country === undefined && language === 'tl')
    return { monthFirst: true, why: 'month first, as the Philippines write' }
  return { monthFirst: false, why: 'day first, as most countries write' }
}

/** For each date the year of the nearest full date before it, else of the first one behind it. */
function nearYears(raw: readonly RawDate[]): (number | null)[] {
  const first = raw.find(({ readings }) => readings[0]?.year != null)?.readings[0]?.year ?? null
  let year = first
  return raw.map(({ readings }) => {
    year = readings[0]?.year ?? year
    return year
  })
}

function dateOf(
  { year, month, day }: DateParts,
  base: number | null,
  near: number | null,
): { normal: string; why: string } | null {
  if (year !== null) return { normal: isoDate(year, month, day), why: '' }
  if (base !== null) {
    const nearest = nearestYear(base, month, day)
    return {
      normal: isoDate(nearest, month, day),
      why: `the year nearest to when it was written is ${nearest}`,
    }
  }
  return near === null
    ? null
    : {
        normal: isoDate(near, month, day),
        why: `the year ${near} is that of the date nearest to it in the text`,
      }
}
