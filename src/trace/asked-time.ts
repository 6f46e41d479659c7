import { HouseError } from '../core/errors.ts'
import { latinDigits, timeOf, timeStyleOf } from './row-time.ts'

const BY_NUMBERS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/

/**
 * The moment that a person asks about, in the forms in which files are read. A file shows by its other rows which number is the
 * day; a person who writes one date does not, so what can be two days is refused.
 * @returns milliseconds since 1970 UTC; null for what is no moment, e.g. a step
 * @throws  `invalid`, with both readings
 */
export function askedMoment(text: string): number | null {
  const [, a, b, year = ''] = BY_NUMBERS.exec(latinDigits(text.trim())) ?? []
  const style = timeStyleOf([])
  if (a === undefined || b === undefined) return momentOf(timeOf(text, style))
  const shown = `time “${text.trim().slice(0, 40)}”`
  if (year.length < 4)
    throw new HouseError('invalid', `${shown}: write the year with four digits, e.g. 2026-11-13`)
  const [dayFirst, monthFirst] = [true, false].map((first) =>
    momentOf(timeOf(text, { ...style, kind: 'local', dayFirst: first })),
  )
  if (Number(a) <= 12 && Number(b) <= 12 && a.padStart(2, '0') !== b.padStart(2, '0')) {
    const day = (first: string, second: string) =>
      `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`
    throw new HouseError('invalid', `${shown} can be two days: write ${day(a, b)} or ${day(b, a)}`)
  }
  return dayFirst ?? monthFirst ?? null
}

const momentOf = (it: ReturnType<typeof timeOf>) => (it === null || it.step ? null : it.value)
