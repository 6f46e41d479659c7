const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its two largest units: `3 h 12`, `12 min`, `2 days 4 h`, `under a minute`. */
export function lengthWords(ms: number): string {
  const it = Math.abs(ms)
  if (it < MINUTE) return 'under a minute'
  if (it < HOUR) return `${Math.floor(it / MINUTE)} min`
  if (it < DAY) {
    const minutes = Math.floor((it % HOUR) / MINUTE)
    return `${Math.floor(it / HOUR)} h ${String(minutes).padStart(2, '0')}`
  }
  const days = Math.floor(it / DAY)
  const hours = Math.floor((it % DAY) / HOUR)
  return `${days} ${days === 1 ? 'day' : 'days'}${hours > 0 ? ` ${hours} h` : ''}`
}

/** How far a deadline is: `in 3 h 12`, or `12 min late`. */
export function untilWords(due: number, now: number): string {
  return due >= now ? `in ${lengthWords(due - now)}` : `${lengthWords(now - due)} late`
}

/** How long ago something was: `3 h 12 ago`, `just now`. */
export function sinceWords(at: number, now: number): string {
  return now - at < MINUTE ? 'just now' : `${lengthWords(now - at)} ago`
}
