/** What a calendar is told of a meeting. The place and the agenda stay in the house: calendars are kept by others. */
export interface Invitation {
  readonly id: string
  readonly title: string
  readonly startsAt: Date
  /** How long it takes. */
  readonly minutes: number
  /** Rises with each change, so that a calendar replaces what it has. */
  readonly sequence: number
  readonly cancelled: boolean
  readonly changedAt: Date
  /** Where the meeting is looked at, e.g. `https://firebreak.example/network/meetings/…`. */
  readonly url: string
}

/** An iCalendar file (RFC 5545): times in UTC, so that each calendar shows them in its own zone; lines of at most 75 octets. */
export function iCalendar(it: Invitation): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Firebreak//Meetings//EN',
    `METHOD:${it.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${it.id}@firebreak.invalid`,
    `DTSTAMP:${utc(it.changedAt)}`,
    `DTSTART:${utc(it.startsAt)}`,
    `DTEND:${utc(new Date(it.startsAt.getTime() + it.minutes * 60_000))}`,
    `SEQUENCE:${it.sequence}`,
    `STATUS:${it.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    `SUMMARY:${escaped(it.title)}`,
    `URL:${it.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map(folded).join('')
}

/** `20261122T123000Z` */
function utc(moment: Date): string {
  return moment.toISOString().replace(/[-:]|\.\d+/g, '')
}

/** TEXT of RFC 5545 3.3.11; a line break in a title can begin no property of its own. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** Folds at 75 octets without cutting a character (RFC 5545 3.1). */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += letter
    octets += size
  }
  return `${out}\r\n`
}
