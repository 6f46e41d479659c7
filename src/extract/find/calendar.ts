/** A day, or a month when `day` is null; `year` null when the text does not say. Months count from 1. */
export interface DateParts {
  readonly year: number | null
  readonly month: number
  readonly day: number | null
}

/** How the years of a date are counted: from the common era, the Buddha's passing, or the Republic of China. */
export type Era = 'common' | 'buddhist' | 'republic'

/** The Buddhist year 2567 is 2024; 113 of the Republic is 2024. */
const BUDDHIST = 543
const REPUBLIC = 1911

/** The common-era year of written digits; null when it cannot be one of a case (1900 to 2100). */
export function toYear(digits: string, era: Era, thai: boolean): number | null {
  const written = Number(digits)
  if (era === 'republic') return inRange(written + REPUBLIC)
  if (digits.length === 4) return inRange(written >= 2400 && written < 2700 ? written - BUDDHIST : written)
  if (digits.length === 3) return null
  // Thai two-digit years are Buddhist: 67 is 2567. From 43 on, so that 24 can still be 2024.
  if ((thai || era === 'buddhist') && written >= 43) return inRange(2500 + written - BUDDHIST)
  return written <= 50 ? 2000 + written : 1900 + written
}

function inRange(year: number): number | null {
  return year >= 1900 && year <= 2100 ? year : null
}

export function isDay(year: number | null, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= (month === 2 && isLeap(year ?? 2024) ? 29 : (DAYS[month - 1] ?? 0))
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** `YYYY-MM-DD`, or `YYYY-MM` without a day. */
export function isoDate(year: number, month: number, day: number | null): string {
  const start = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  return day === null ? start : `${start}-${String(day).padStart(2, '0')}`
}

const DAY_MS = 86_400_000

/** Midnight UTC of the day that an ISO 8601 moment begins with; null when it begins with none. */
export function dayOf(moment: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(moment)
  if (found === null) return null
  const time = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))
  return Number.isNaN(time) ? null : time
}

/** The day `days` after `base` (midnight UTC). */
export function shiftDays(base: number, days: number): string {
  return new Date(base + days * DAY_MS).toISOString().slice(0, 10)
}

/** The month `months` after that of `base`. */
export function shiftMonths(base: number, months: number): string {
  const date = new Date(base)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).toISOString().slice(0, 7)
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(base: number): number {
  return (new Date(base).getUTCDay() + 6) % 7
}

/** The year that brings a day without one nearest to `base`. */
export function nearestYear(base: number, month: number, day: number | null): number {
  const year = new Date(base).getUTCFullYear()
  const distance = (candidate: number) => Math.abs(Date.UTC(candidate, month - 1, day ?? 15) - base)
  return [year - 1, year, year + 1].reduce((best, it) => (distance(it) < distance(best) ? it : best))
}
