import { dayOf, hereZone, weekdayClock, zoneName } from '../web/parts/moment.ts'
import type { Meeting } from './meeting-shapes.ts'

const MINUTE = 60_000

/** Those to come, the next one first; then those that were, the last one first. One that is going on has not been yet. */
export function orderMeetings(
  all: readonly Meeting[],
  now: number,
): { next: readonly Meeting[]; past: readonly Meeting[] } {
  const endOf = (it: Meeting) => Date.parse(it.startsAt) + it.minutes * MINUTE
  const at = (a: Meeting, b: Meeting) => Date.parse(a.startsAt) - Date.parse(b.startsAt)
  return {
    next: all.filter((it) => endOf(it) > now).sort(at),
    past: all.filter((it) => endOf(it) <= now).sort((a, b) => at(b, a)),
  }
}

/** `Sun 22 Nov 2026, 15:00 to 16:30`, by the clock of a zone. */
export function whenWords(it: Pick<Meeting, 'startsAt' | 'minutes'>, timeZone: string): string {
  const start = new Date(it.startsAt)
  const end = new Date(start.getTime() + it.minutes * MINUTE)
  const [weekday = '', from = ''] = weekdayClock(start, timeZone).split(' ')
  const [, to = ''] = weekdayClock(end, timeZone).split(' ')
  return `${weekday} ${dayOf(start, timeZone)}, ${from} to ${to}`
}

/** A day without an hour (`2026-11-20`), as it is said here and now: `today`, `Fri 20 Nov`, `Fri 1 Jan 2027`; and whether it is over. */
export function dueWords(day: string, now: Date, here = hereZone()): { words: string; late: boolean } {
  // noon by UTC is the same day for whoever reads it as UTC
  const noon = new Date(`${day}T12:00:00Z`)
  const [weekday = ''] = weekdayClock(noon, 'UTC').split(' ')
  const said = dayOf(noon, 'UTC')
  const today = dayOf(now, here)
  if (said === today) return { words: 'today', late: false }
  const sameYear = said.slice(-4) === today.slice(-4)
  const late = Date.parse(`${localDay(now, here)}T12:00:00Z`) > noon.getTime()
  return { words: `${weekday} ${sameYear ? said.slice(0, -5) : said}`, late }
}

/** Which day it is somewhere: `2026-11-22`. */
function localDay(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(now)
}

/** The same moment on the other clocks of the network: each reading once, with the places that share it. */
export function otherClocks(
  startsAt: string,
  zones: readonly string[],
  here = hereZone(),
): { clock: string; places: string[] }[] {
  const at = new Date(startsAt)
  const mine = weekdayClock(at, here)
  const found = new Map<string, Set<string>>()
  for (const zone of zones) {
    const clock = weekdayClock(at, zone)
    if (clock === mine) continue
    found.set(clock, (found.get(clock) ?? new Set()).add(zoneName(zone)))
  }
  return [...found].map(([clock, places]) => ({ clock, places: [...places].sort() }))
}

/** The next meeting of a row: by the same weekday and clock here, four weeks on, or as often as it takes to be in the future. */
export function fourWeeksOn(startsAt: string, now: Date): string {
  const at = new Date(startsAt)
  do at.setDate(at.getDate() + 28)
  while (at.getTime() <= now.getTime())
  return at.toISOString()
}

/** A wall clock of this browser as a moment (ISO 8601); null when there is none yet, or none like it. */
export function momentOf(local: string): string | null {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** A moment as a field for date and hour wants it, by this browser's clock: `2026-11-22T15:00`. */
export function localOf(iso: string): string {
  const at = new Date(iso)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}
