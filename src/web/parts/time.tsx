import { Tooltip } from '@mantine/core'
import { sinceWords, untilWords } from './duration.ts'
import { ClockIcon } from './icons.tsx'
import { hereZone, hourThere, momentWords, weekdayClock, zoneName } from './moment.ts'
import styles from './time.module.css'
import { useNow } from './use-now.ts'

export interface LocalTimeProps {
  /** ISO 8601. */
  readonly at: string
  /** The other side's zone: their hour is told on hover and to screen readers. */
  readonly theirs?: { readonly timeZone: string; readonly name?: string } | null | undefined
  /** Adds `3 h 12 ago`. */
  readonly ago?: boolean
}

/** A moment: the reader's own hour first, theirs on hover. */
export function LocalTime({ at, theirs, ago = false }: LocalTimeProps) {
  const now = useNow()
  const moment = new Date(at)
  const here = hereZone()
  const there = theirs ? hourThere(moment, here, theirs) : null
  return (
    <Tooltip label={there ?? `${weekdayClock(moment, here)}, ${zoneName(here)} time`} openDelay={200}>
      <time className={styles.time} dateTime={at}>
        {momentWords(moment, here, new Date(now))}
        {ago && <span className="quiet"> ({sinceWords(moment.getTime(), now)})</span>}
        {there && <span className="unseen"> ({there})</span>}
      </time>
    </Tooltip>
  )
}

export interface CountdownProps {
  /** ISO 8601: when it runs out. */
  readonly due: string
  /** ISO 8601: from when it is urgent. */
  readonly red?: string | undefined
  /** When the clock stopped, because what it waited for was done. */
  readonly stopped?: string | null | undefined
  readonly theirs?: LocalTimeProps['theirs']
}

/** A clock that runs out: `in 3 h 12`, ember when it is urgent, and then it says so. */
export function Countdown({ due, red, stopped, theirs }: CountdownProps) {
  const now = useNow()
  const end = Date.parse(due)
  if (stopped)
    return (
      <span className={styles.count}>
        <span>{Date.parse(stopped) <= end ? 'in time' : untilWords(end, Date.parse(stopped))}</span>
      </span>
    )
  const urgent = now >= (red ? Date.parse(red) : end)
  return (
    <span className={urgent ? `${styles.count} ${styles.red}` : styles.count}>
      <ClockIcon size={14} />
      <Tooltip label={<LocalTime at={due} theirs={theirs} />} openDelay={200}>
        <time dateTime={due}>{untilWords(end, now)}</time>
      </Tooltip>
      {urgent && now < end && <span className="unseen">urgent</span>}
    </span>
  )
}
