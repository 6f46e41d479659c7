const DAY = 86_400_000
const MINUTE = 60_000
const two = (it: number) => String(it).padStart(2, '0')
const MINUTES = Array.from({ length: 1_440 }, (_, i) => `T${two(Math.floor(i / 60))}:${two(i % 60)}:`)
const SECONDS = Array.from({ length: 60 }, (_, i) => `${two(i)}.`)
const THOUSANDTHS = Array.from({ length: 1_000 }, (_, i) => `${String(i).padStart(3, '0')}Z`)
/** More days than these are not kept: a ledger of ten years has fewer. */
const MOST_DAYS = 4_000
const days = new Map<number, string>()

/** A moment as `toISOString` writes it. A trace names thousands, on few days: each day is written once. */
export function isoMoment(ms: number): string {
  if (!Number.isInteger(ms)) return new Date(ms).toISOString()
  const here = Math.floor(ms / DAY)
  const inDay = ms - here * DAY
  const inMinute = inDay % MINUTE
  const minute = MINUTES[Math.floor(inDay / MINUTE)]
  return `${days.get(here) ?? dateOf(here)}${minute}${SECONDS[Math.floor(inMinute / 1_000)]}${THOUSANDTHS[inMinute % 1_000]}`
}

/** `2026-03-01` of a day since 1970. */
function dateOf(day: number): string {
  const date = new Date(day * DAY).toISOString().slice(0, -14)
  if (days.size >= MOST_DAYS) days.clear()
  days.set(day, date)
  return date
}
