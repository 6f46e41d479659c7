const DAY = 86_400_000
const TWO = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))
let [day, date] = [Number.NaN, '']

/** A moment as `toISOString` writes it. A trace names thousands, most on few days: the day is written once. */
export function isoMoment(ms: number): string {
  if (!Number.isInteger(ms)) return new Date(ms).toISOString()
  const here = Math.floor(ms / DAY)
  if (here !== day) {
    date = new Date(here * DAY).toISOString().slice(0, -13)
    day = here
  }
  const rest = ms - here * DAY
  const seconds = Math.floor(rest / 1_000)
  const minutes = Math.floor(seconds / 60)
  const clock = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`
  return `${date}${clock}.${String(rest % 1_000).padStart(3, '0')}Z`
}
