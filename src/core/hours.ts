import { z } from 'zod'

/** `HH:MM` on a 24-hour wall clock; `24:00` only as the end of a day. */
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** One span of duty. `days` are the days on which it starts, 1 = Monday … 7 = Sunday (ISO 8601). */
export const DutySpan = z
  .object({
    days: z.array(z.int().min(1).max(7)).min(1),
    from: z.string().regex(CLOCK, 'write the hour as HH:MM, e.g. 08:00'),
    /** Not later than `from` means it ends the next day: 20:00 to 08:00 is a night shift. */
    to: z.union([
      z.literal('24:00'),
      z.string().regex(CLOCK, 'write the hour as HH:MM, e.g. 20:00, or 24:00'),
    ]),
  })
  .refine((span) => span.from !== span.to, 'from and to are the same: write 00:00 to 24:00 for a whole day')
export type DutySpan = z.infer<typeof DutySpan>

/** When someone is on duty, in local wall-clock time; `always` is day and night, every day. */
export const DutyHours = z.union([z.literal('always'), z.array(DutySpan).min(1)])
export type DutyHours = z.infer<typeof DutyHours>

/** An IANA time zone this runtime knows, e.g. `Asia/Singapore`. Fixed offsets are refused: they ignore summer time. */
export const TimeZone = z.string().refine(knowsZone, 'not an IANA time zone, e.g. Asia/Singapore')

/** What the clock on the wall says somewhere. */
export interface LocalTime {
  /** `2026-03-29`, Gregorian. */
  readonly date: string
  /** `08:05`, 24 hours. */
  readonly clock: string
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number
  /** Minutes east of UTC at that moment: 480 in Singapore. */
  readonly offsetMinutes: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone at a moment. Throws RangeError for a zone the runtime does not know. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const date = `${part.year}-${part.month}-${part.day}`
  const clock = `${part.hour}:${part.minute}`
  const wall = Date.parse(`${date}T${clock}:${part.second}Z`)
  const offsetMinutes = Math.round((wall - Math.floor(at.getTime() / 1000) * 1000) / MINUTE)
  return { date, clock, weekday: weekdayOf(date), offsetMinutes }
}

/** Whether someone with these hours is on duty at that moment. A span counts by the wall clock, summer time included. */
export function onDuty(hours: DutyHours, timeZone: string, at: Date): boolean {
  if (hours === 'always') return true
  const { clock, weekday } = localTime(at, timeZone)
  const yesterday = weekday === 1 ? 7 : weekday - 1
  return hours.some(({ days, from, to }) => {
    if (from < to) return days.includes(weekday) && from <= clock && clock < to
    return (days.includes(weekday) && clock >= from) || (days.includes(yesterday) && clock < to)
  })
}

/**
 * The first moment from `at` on when someone with these hours is on duty; `at` itself when they are now.
 * Null when that does not come within 15 days, which is only so when every span falls into a skipped hour.
 * Keeps  onDuty() is true at the answer and false at every minute between (hours.test.ts walks them).
 */
export function nextOnDuty(hours: DutyHours, timeZone: string, at: Date): Date | null {
  if (onDuty(hours, timeZone, at)) return at
  if (hours === 'always') return at
  let next: number | null = null
  // Calendar days, not steps of 24 hours: those jump over a day that has 23.
  const today = Date.parse(localTime(at, timeZone).date)
  for (let day = 0; day <= 15; day++) {
    const from = at.getTime() + day * DAY
    // Whatever later days bring begins after this, two hours being more than any clock change.
    if (next !== null && next < from - DAY - 2 * HOUR) break
    const date = new Date(today + day * DAY).toISOString().slice(0, 10)
    const starts = hours.flatMap((span) => instantsOf(date, span.from, timeZone))
    const change = offsetChange(timeZone, from, from + DAY)
    if (change !== null) starts.push(change)
    for (const start of starts)
      if (start > at.getTime() && (next === null || start < next) && onDuty(hours, timeZone, new Date(start)))
        next = start
  }
  return next === null ? null : new Date(next)
}

/** The moments when a wall clock shows this: one, two where an hour repeats, none where it is skipped. */
function instantsOf(date: string, clock: string, timeZone: string): number[] {
  const wall = Date.parse(`${date}T${clock}:00Z`)
  const offsets = [wall - DAY, wall + DAY].map((near) => localTime(new Date(near), timeZone).offsetMinutes)
  return [...new Set(offsets)]
    .map((offset) => wall - offset * MINUTE)
    .filter((instant) => {
      const local = localTime(new Date(instant), timeZone)
      return local.date === date && local.clock === clock
    })
}

/** The minute at which the zone's offset changes between two moments, or null. Assumes at most one change a day. */
function offsetChange(timeZone: string, from: number, to: number): number | null {
  const offset = (minute: number) => localTime(new Date(minute * MINUTE), timeZone).offsetMinutes
  let before = Math.floor(from / MINUTE)
  let after = Math.floor(to / MINUTE)
  const old = offset(before)
  if (offset(after) === old) return null
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offset(middle) === old) before = middle
    else after = middle
  }
  return after * MINUTE
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  // A fixed locale: digits and calendar must not follow the reader's settings.
  const format = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

function knowsZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}
