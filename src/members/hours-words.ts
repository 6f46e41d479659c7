import type { DutyHours } from '../core/hours.ts'

/** Monday first, as ISO 8601 counts. */
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** `Mon to Fri 08:30 to 18:00; Sat 09:00 to 12:00`. */
export function hoursWords(hours: DutyHours): string {
  if (hours === 'always') return 'day and night'
  return hours.map(({ days, from, to }) => `${daysWords(days)} ${from} to ${to}`).join('; ')
}

/** `Mon to Fri` for days in a row, else each by its name. */
function daysWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const [first = 1] = sorted
  const last = sorted.at(-1) ?? first
  const name = (day: number) => DAYS[day - 1] ?? ''
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${name(first)} to ${name(last)}`
  return sorted.map(name).join(', ')
}

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
let byName: ReadonlyMap<string, string> | null = null

/** The two-letter codes of every language that has an English name, by that name in lower case. */
function codes(): ReadonlyMap<string, string> {
  if (byName) return byName
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const found = new Map<string, string>()
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = NAMES.of(code)
    if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), code)
  }
  byName = found
  return found
}

/** Languages as people write them, by name or code, between commas: `Thai, my` are th and my. What is neither comes back. */
export function languagesFrom(text: string): { codes: string[]; unknown: string[] } {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
  const known = new Set<string>()
  const unknown: string[] = []
  for (const part of parts) {
    const code = codes().get(part) ?? (/^[a-z]{2,3}$/.test(part) && NAMES.of(part) ? part : null)
    if (code) known.add(code)
    else unknown.push(part)
  }
  return { codes: [...known], unknown }
}
