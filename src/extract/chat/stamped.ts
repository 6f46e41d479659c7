import { type Header, isNumber, type Line, LONGEST_NAME, tidyName } from './shape.ts'
import { hasTime, mayBeStamp, type Stamp, stampAt } from './stamp.ts'

const TAB = 9
const BLANK = 32
const POINT = 46
const BRACKET = 91
const CLOSE = 93

/** Whether a line that has a time may begin with a stamp, in a bracket or without: the quick look. */
export function opensStamp(text: string, { start, end }: Line): boolean {
  const at = text.charCodeAt(start) === BRACKET ? start + 1 : start
  return end > start && mayBeStamp(text, at)
}

/** The stamp with which a line begins, looked for once though several forms ask for it. */
function openingOf(text: string, line: Line): Stamp | null {
  if (line.opening === undefined) line.opening = stampAt(text, line.start)
  return line.opening
}

/**
 * WhatsApp, and copies from it and from Zalo on a computer: a time, then `Name: words` on the same line.
 * `12/03/2024, 09:14 - Ken: Hi`, `[12/03/2024, 09:14:22] Ken: Hi`, `[9:14 AM, 3/12/2024] Ken: Hi`.
 */
export function whatsappHeader(text: string, line: Line): Header | null {
  const { start, end } = line
  const bracket = text.charCodeAt(start) === BRACKET
  const stamp = bracket ? stampAt(text, start + 1) : openingOf(text, line)
  if (stamp === null || stamp.end > end) return null
  const sign = text.slice(stamp.end, stamp.end + 3)
  const rest = bracket
    ? sign.startsWith(']')
      ? stamp.end + 1
      : -1
    : sign === ' - '
      ? stamp.end + 3
      : sign.startsWith(': ')
        ? stamp.end + 2
        : -1
  if (rest < 0) return null
  return { start, stamp, ...speakerAt(text, text[rest] === ' ' ? rest + 1 : rest, end) }
}

/** `Name: words`; without a colon the line is the app's own. */
function speakerAt(text: string, from: number, end: number): Pick<Header, 'end' | 'speaker' | 'open'> {
  const line = text.slice(from, Math.min(end, from + LONGEST_NAME + 2))
  const colon = line.search(/:(?: |$)/)
  if (colon <= 0) return { end: from, speaker: null }
  const speaker = tidyName(line.slice(0, colon))
  const body = from + colon + (line[colon + 1] === ' ' ? 2 : 1)
  return { end: body, speaker, ...(isNumber(speaker) ? { open: { start: from, end: from + colon } } : {}) }
}

/** Telegram: `Name, [12.03.2024 09:14]` on a line of its own, or with `:` and the words behind it. */
export function telegramHeader(text: string, { start, end }: Line): Header | null {
  const last = text.charCodeAt(end - 1)
  const line = text.slice(start, Math.min(end, start + LONGEST_NAME + 50))
  if (last !== CLOSE && !line.includes(']')) return null
  const at = line.indexOf(', [')
  if (at <= 0 || at > LONGEST_NAME) return null
  const stamp = stampAt(text, start + at + 3)
  if (stamp === null || text[stamp.end] !== ']') return null
  const colon = text[stamp.end + 1] === ':' ? stamp.end + 2 : stamp.end + 1
  return { start, end: Math.min(colon, end), speaker: tidyName(line.slice(0, at)), stamp }
}

/** Zalo and WeChat on a computer: `Name 09:12 05/03/2024` or `Name 2024/3/8 21:15:10`, the words below. */
export function trailingHeader(text: string, line: Line): Header | null {
  const { start, end } = line
  if (end - start > LONGEST_NAME + 30 || end - start < 14 || !endsStamp(text, line)) return null
  if (!hasTime(text, line)) return null
  for (let at = start + 1; at < end - 8; at++) {
    const before = text.charCodeAt(at - 1)
    const unit = text.charCodeAt(at)
    if ((before !== BLANK && before !== TAB) || unit === BLANK || unit === TAB) continue
    const stamp = stampAt(text, at)
    if (stamp === null || stamp.end !== end) continue
    const speaker = tidyName(text.slice(start, at).replace(/[,:-]\s*$/, ''))
    const isName = speaker !== '' && speaker.length <= 40 && speaker.split(/\s+/).length <= 5
    return isName && !/[.!?,;]/.test(speaker) ? { start, end, speaker, stamp } : null
  }
  return null
}

/** Whether a line may end with a stamp: with a digit or with the m of AM and PM. */
export function endsStamp(text: string, { end }: Line): boolean {
  const last = text.charCodeAt(end - 1)
  return (
    (last >= 48 && last <= 57) ||
    last === 77 ||
    last === 109 ||
    (last === POINT && text.charCodeAt(end - 2) === 109)
  )
}

/** WeChat on a telephone: the name on one line, the time alone on the next, the words below. */
export function stackedHeader(text: string, name: Line, line: Line): Header | null {
  const { start, end } = line
  if (end - start > 40 || end - start < 10) return null
  const stamp = openingOf(text, line)
  if (stamp === null || text.slice(stamp.end, end).trim() !== '') return null
  const speaker = tidyName(text.slice(name.start, name.end))
  if (speaker === '' || speaker.length > 40 || /[:：]$/.test(speaker)) return null
  return { start: name.start, end, speaker, stamp }
}

/** QQ: `2024-03-08 21:15:10 Name(12345678)`, the words below. */
export function qqHeader(text: string, line: Line): Header | null {
  const { start, end } = line
  const stamp = openingOf(text, line)
  if (stamp === null || stamp.end >= end || end - stamp.end > LONGEST_NAME) return null
  const found = /^ (.{1,40})[(<][\w.@-]{5,40}[)>]$/.exec(text.slice(stamp.end, end))
  return found === null ? null : { start, end, speaker: tidyName(found[1] ?? ''), stamp }
}
