const DAY = 86_400_000
const TWO = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))
/** More days than these are not kept: a ledger of ten years has fewer. */
const MOST_DAYS = 4_000
const days = new Map<number, string>()

/** A moment as `toISOString` writes it. A trace names thousands, on few days: each day is written once. */
export function isoMoment(ms: number): string {
  if (!Number.isInteger(ms)) return new Date(ms).toISOString()
  const here = Math.floor(ms / DAY)
  let date = days.get(here)
  if (date === undefined) {
    date = new Date(here * DAY).toISOString().slice(0, -13)
    if (days.size >= MOST_DAYS) days.clear()
    days.set(here, date)
  }
  const rest = ms - here * DAY
  const seconds = Math.floor(rest / 1_000)
  const minutes = Math.floor(seconds / 60)
  const clock = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`
  return `${date}${clock}.${String(rest % 1_000).padStart(3, '0')}Z`
}
