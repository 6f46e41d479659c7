import type { Candidate } from '../finder.ts'
import type { Languages } from '../lexicon/form.ts'
import type { Refuse } from '../reading.ts'
import { isDigit } from '../script.ts'
import { shiftDays, shiftMonths, weekdayOf } from './calendar.ts'
import { sideByTense } from './date-tense.ts'
import { type FoundWord, weekdaySide } from './date-words.ts'

interface Setting {
  /** Midnight UTC of the day the text was written. */
  readonly base: number
  readonly languages: Languages
  readonly refuse?: Refuse | undefined
}

/** A day or month counted from the day a text was written: yesterday, 3 days ago, last Tuesday, last month. */
export function relativeDate(text: string, found: FoundWord, setting: Setting): Candidate | null {
  const { word, start, end } = found
  const { base } = setting
  const on = shiftDays(base, 0)
  if (word.kind === 'days')
    return candidate(text, { start, end, normal: shiftDays(base, word.days), why: `counted from ${on}` })
  if (word.kind === 'months')
    return candidate(text, { start, end, normal: shiftMonths(base, word.months), why: `counted from ${on}` })
  if (word.kind === 'by_tense') return byTense(text, found, word.days, setting)
  if (word.kind === 'days_ago') return daysAgo(text, found, base)
  return word.kind === 'weekday' ? lastOrNext(text, found, word.weekday, setting) : null
}

/** कल is yesterday or tomorrow: the verb decides, and where it does not the reader says so rather than guess. */
function byTense(
  text: string,
  { start, end }: FoundWord,
  days: number,
  { base, refuse }: Setting,
): Candidate | null {
  const side = sideByTense(text, start, end)
  const written = text.slice(start, end)
  if (side === null) {
    refuse?.(
      'date',
      { start, end },
      `'${written}' may be before or after today, and no verb near it says which`,
    )
    return null
  }
  const why = `counted from ${shiftDays(base, 0)}; the verb of its sentence speaks of what ${side < 0 ? 'was' : 'will be'}`
  return candidate(text, { start, end, normal: shiftDays(base, side * days), why }, 0.75)
}

/** Longest time in days that a text counts by hand. */
const MOST_DAYS = 400

function daysAgo(text: string, { start, end }: FoundWord, base: number): Candidate | null {
  const to = text[start - 1] === ' ' ? start - 1 : start
  let from = to
  while (from > to - 4 && isDigit(text, from - 1)) from--
  const days = Number(text.slice(from, to))
  if (from === to || isDigit(text, from - 1) || days < 1 || days > MOST_DAYS) return null
  const why = `${days} days before ${shiftDays(base, 0)}`
  return candidate(text, { start: from, end, normal: shiftDays(base, -days), why })
}

/** Chinese 上周一 counts whole weeks; elsewhere "last Monday" is the nearest one before. */
function lastOrNext(
  text: string,
  found: FoundWord,
  weekday: number,
  { base, languages }: Setting,
): Candidate | null {
  const side = weekdaySide(text, found, languages)
  if (side === null) return null
  const today = weekdayOf(base)
  const byWeek = /^[周週星礼禮]/.test(text.slice(found.start, found.start + 1))
  const ahead = byWeek ? weekday - today + 7 * side.side : nearest(weekday - today, side.side)
  const why = `counted from ${shiftDays(base, 0)}, a day that may be read as a week off`
  return candidate(text, { start: side.start, end: side.end, normal: shiftDays(base, ahead), why }, 0.7)
}

/** The difference in days to the nearest such weekday before (-7 to -1) or behind (1 to 7). */
function nearest(difference: number, side: -1 | 1): number {
  if (side === 1) return difference > 0 ? difference : difference + 7
  return difference < 0 ? difference : difference - 7
}

interface Read {
  readonly start: number
  readonly end: number
  readonly normal: string
  readonly why: string
}

function candidate(text: string, { start, end, normal, why }: Read, confidence = 0.85): Candidate {
  return { kind: 'date', start, end, value: text.slice(start, end), normal, confidence, why }
}
