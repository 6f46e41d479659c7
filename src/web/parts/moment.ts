const formats = new Map<string, Intl.DateTimeFormat>()

/** Day and wall clock of a moment somewhere: `22 Nov 2026, 03:12`; the day is left out where it is today there. */
export function momentWords(at: Date, timeZone: string, now: Date): string {
  const day = dayOf(at, timeZone)
  const clock = clockOf(at, timeZone)
  if (day === dayOf(now, timeZone)) return clock
  const year = day.slice(-4) === dayOf(now, timeZone).slice(-4)
  return `${year ? day.slice(0, -5) : day}, ${clock}`
}

/** `22 Nov 2026`, Gregorian, whatever the reader's settings. */
export function dayOf(at: Date, timeZone: string): string {
  return format(timeZone, 'day').format(at)
}

/** `22 Nov 2026` of a day without an hour, which is the same day everywhere. */
export function dayWords(day: string): string {
  return dayOf(new Date(`${day}T00:00Z`), 'UTC')
}

/** `03:12`. */
export function clockOf(at: Date, timeZone: string): string {
  return format(timeZone, 'clock').format(at)
}

/** `Sun 03:12`: an hour elsewhere, where the day may be another. */
export function weekdayClock(at: Date, timeZone: string): string {
  return `${format(timeZone, 'weekday').format(at)} ${clockOf(at, timeZone)}`
}

/** Their hour, `Sun 17:43 at Harbour Bank`; null where their clock shows the same as the reader's own. */
export function hourThere(
  at: Date,
  here: string,
  theirs: { readonly timeZone: string; readonly name?: string },
): string | null {
  const there = weekdayClock(at, theirs.timeZone)
  if (there === weekdayClock(at, here)) return null
  return theirs.name ? `${there} at ${theirs.name}` : `${there} in ${zoneName(theirs.timeZone)}`
}

/** The zone of this browser, under the name it has today. */
export function hereZone(): string {
  return todaysZone(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC')
}

/** Chromium still calls some zones by names that the time zone database gave up (its file `backward`). */
export function todaysZone(timeZone: string): string {
  return GIVEN_UP[timeZone] ?? timeZone
}

const GIVEN_UP: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
}

/** `Asia/Ho_Chi_Minh` is `Ho Chi Minh` for people. */
export function zoneName(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

const PARTS: Record<string, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
}

function format(timeZone: string, part: string): Intl.DateTimeFormat {
  const name = `${timeZone} ${part}`
  const known = formats.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', { timeZone, ...PARTS[part] })
  formats.set(name, made)
  return made
}
