import { CHAT } from '../lexicon/chat.ts'
import { unitsOf } from '../scan.ts'
import { colonIn, type Header, isNumber, type Line, tidyName } from './shape.ts'
import { stampAt } from './stamp.ts'

const lowered = (labels: readonly string[]): ReadonlySet<string> =>
  new Set(labels.map((it) => it.toLowerCase()))
const FROM = lowered(CHAT.sms_from)
const SENT = lowered(CHAT.sms_sent)
const SUBJECT = lowered(CHAT.sms_subject)

/** Text messages copied with their labels: `From: …`, `Sent: …`, then the words. A `Subject:` makes it an e-mail. */
export function smsHeaders(text: string, lines: readonly Line[]): Header[] {
  return lines.flatMap((line, i) => {
    const speaker = mayBeFrom(text, line) ? labelled(text, line, FROM) : null
    const next = lines[i + 1]
    if (speaker === null || next === undefined) return []
    const sent = labelled(text, next, SENT)
    const stamp = sent === null ? null : stampAt(text, sent.start)
    if (stamp === null) return []
    if (lines.slice(i + 1, i + 6).some((it) => labelled(text, it, SUBJECT) !== null)) return []
    const name = tidyName(text.slice(speaker.start, speaker.end))
    const open = isNumber(name) ? { open: speaker } : {}
    return [{ start: line.start, end: Math.max(stamp.end, next.end), speaker: name, stamp, ...open }]
  })
}

/** 1 for what the labels of a sender may begin with, blanks included. */
const FIRSTS = unitsOf([...FROM].map((it) => it.slice(0, 1) + it.slice(0, 1).toUpperCase()).join(''))

/** Whether a line may begin with the label of a sender: the quick look. */
function mayBeFrom(text: string, { start, end }: Line): boolean {
  if (start === end) return false
  const unit = text.charCodeAt(start)
  return unit <= BLANK || unit >= 0x80 || FIRSTS[unit] === 1
}

const BLANK = 32

/** Units of the longest label, its colon included. */
export const LONGEST_LABEL = 24

/** What stands behind a label and its colon; null when the line has none of these labels. */
function labelled(text: string, { start, end }: Line, labels: ReadonlySet<string>): Line | null {
  const colon = colonIn(text, { start, end }, LONGEST_LABEL)
  if (colon < 0 || !labels.has(text.slice(start, colon).trim().toLowerCase())) return null
  let from = colon + 1
  while (text[from] === ' ') from++
  return { start: from, end }
}

interface Attribute {
  readonly value: string
  readonly start: number
  readonly end: number
}

const ATTRIBUTE = /\b(address|date|type|body|contact_name)="([^"]*)"/g

/** One message of an SMS Backup & Restore file; offsets are into the file. */
export interface BackupMessage {
  readonly speaker: string
  /** UTC, ISO 8601: the file counts milliseconds. */
  readonly at: string | null
  readonly start: number
  readonly end: number
  /** The sender's number in the file. */
  readonly address: { readonly start: number; readonly end: number } | null
}

/** The messages of an `<smses>` backup; null when the text is not one. */
export function readSmsBackup(source: string): BackupMessage[] | null {
  const head = source.slice(0, 4000)
  if (!head.includes('<sms') || !/<smses\b|<sms /.test(head)) return null
  const messages: BackupMessage[] = []
  for (let at = source.indexOf('<sms '); at >= 0; ) {
    const close = endOfTag(source, at)
    const next = source.indexOf('<sms ', close)
    const message = backupMessage(source, at, close)
    if (message !== null) messages.push(message)
    at = next
  }
  return messages.length > 0 ? messages : null
}

const TAG = /<(?:\?xml|!--|\/?(?:smses|sms|mms|parts?|addrs?)\b)/g

/** The tags of a backup: what stands between them was typed or pasted beside it, and is read as plain words. */
export function backupTags(source: string): { start: number; end: number }[] {
  const tags: { start: number; end: number }[] = []
  let past = 0
  for (const { index } of source.matchAll(TAG)) {
    if (index < past) continue
    past = Math.min(source.length, endOfTag(source, index) + 1)
    tags.push({ start: index, end: past })
  }
  return tags
}

/** The `>` of a tag, passing over quoted values. */
function endOfTag(source: string, from: number): number {
  let quoted = false
  for (let i = from; i < source.length; i++) {
    if (source[i] === '"') quoted = !quoted
    else if (source[i] === '>' && !quoted) return i
  }
  return source.length
}

function backupMessage(source: string, from: number, to: number): BackupMessage | null {
  const found = new Map<string, Attribute>()
  for (const it of source.slice(from, to).matchAll(ATTRIBUTE)) {
    const [, name = '', value = ''] = it
    const start = from + it.index + name.length + 2
    found.set(name, { value, start, end: start + value.length })
  }
  const body = found.get('body')
  if (body === undefined) return null
  const address = found.get('address')
  const named = found.get('contact_name')?.value ?? ''
  const other = named === '' || named === '(Unknown)' || named === 'null' ? (address?.value ?? '') : named
  // Type 2 is sent by the telephone's owner, 1 is received.
  const own = found.get('type')?.value === '2'
  const time = Number(found.get('date')?.value)
  const at = Number.isFinite(time) && time > 0 && time < 8e15 ? new Date(time).toISOString() : null
  return {
    speaker: own ? 'Me' : other,
    at,
    start: body.start,
    end: body.end,
    address: own ? null : (address ?? null),
  }
}
