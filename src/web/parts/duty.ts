import { type DutyHours, nextOnDuty, onDuty } from '../../core/hours.ts'
import { lengthWords } from './duration.ts'
import { weekdayClock } from './moment.ts'

const MINUTE = 60_000
const STEP = 30 * MINUTE
const LONGEST = 8 * 24 * 60 * MINUTE

export interface Duty {
  readonly on: boolean
  /** When that changes (ms since 1970); null when it does not. */
  readonly changes: number | null
  /** `on duty day and night`, `on duty until Sat 22:00`, `off duty until Mon 08:30, in 17 h 34`: their wall clock. */
  readonly words: string
}

/** Whether somebody is on duty there now, and until when. */
export function dutyAt(hours: DutyHours, timeZone: string, now: number): Duty {
  const at = new Date(now)
  if (hours === 'always') return { on: true, changes: null, words: 'on duty day and night' }
  if (onDuty(hours, timeZone, at)) {
    const end = offDutyFrom(hours, timeZone, now)
    if (end === null) return { on: true, changes: null, words: 'on duty day and night' }
    return { on: true, changes: end, words: `on duty until ${weekdayClock(new Date(end), timeZone)}` }
  }
  const next = nextOnDuty(hours, timeZone, at)?.getTime() ?? null
  if (next === null) return { on: false, changes: null, words: 'no duty hours' }
  const when = weekdayClock(new Date(next), timeZone)
  return { on: false, changes: next, words: `off duty until ${when}, in ${lengthWords(next - now)}` }
}

/** The first minute from `now` on without duty; null when there is none within eight days. Spans are longer than a step. */
function offDutyFrom(hours: DutyHours, timeZone: string, now: number): number | null {
  const works = (ms: number) => onDuty(hours, timeZone, new Date(ms))
  let from = Math.floor(now / MINUTE) * MINUTE
  while (works(from + STEP)) {
    from += STEP
    if (from > now + LONGEST) return null
  }
  while (works(from)) from += MINUTE
  return from
}
