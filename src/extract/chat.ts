import { lineHeaders, mayBeDay } from './chat/line-app.ts'
import { colonIn, type Header, type Line, linesOf } from './chat/shape.ts'
import { LONGEST_LABEL, readSmsBackup, smsHeaders } from './chat/sms.ts'
import { spokenHeaders } from './chat/spoken.ts'
import { moments } from './chat/stamp.ts'
import {
  endsStamp,
  opensStamp,
  qqHeader,
  stackedHeader,
  telegramHeader,
  trailingHeader,
  whatsappHeader,
} from './chat/stamped.ts'
import { readTelegramExport } from './chat/telegram-json.ts'
import type { Plain } from './finder.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'
import type { Message } from './reading.ts'

/** How a chat was exported or copied. `copied`: names and words, without times. */
export type ChatForm =
  | 'whatsapp'
  | 'telegram'
  | 'telegram-json'
  | 'line'
  | 'zalo-or-wechat'
  | 'wechat'
  | 'qq'
  | 'sms'
  | 'sms-backup'
  | 'copied'

export interface Span {
  readonly start: number
  readonly end: number
}

/** A conversation read from its export; all offsets are into the source. */
export interface Chat {
  readonly form: ChatForm
  readonly messages: readonly Message[]
  /** Names and times of the headers, sorted: what stands there is not a fact. */
  readonly headers: readonly Span[]
}

/**
 * The messages of a chat export, with who wrote them and when; null when the text is not a chat.
 * @param plain  of the source, when it is there already
 * Keeps  messages in their order, bodies exactly as written, words before the first header as they are.
 * Cost   linear in the text's length.
 */
export function readChat(source: string, plain: Plain = toPlain(source)): Chat | null {
  const json = readTelegramExport(source)
  if (json !== null) return fromFile(source, 'telegram-json', json)
  const backup = readSmsBackup(source)
  if (backup !== null) return fromFile(source, 'sms-backup', backup)
  const found = bestForm(plain.text)
  if (found === null) return null
  const stamped = found.headers.filter(({ stamp }) => stamp !== null)
  const times = moments(stamped.flatMap(({ stamp }) => stamp ?? []))
  const at = new Map(stamped.map((header, i) => [header, times[i] ?? null]))
  const messages = found.headers.flatMap((header, i) => {
    const span = body(plain.text, header, found.headers[i + 1])
    if (header.speaker === null || span === null) return []
    const start = sourceOffset(plain, span.start)
    return [{ speaker: header.speaker, at: at.get(header) ?? null, start, end: sourceEnd(plain, span.end) }]
  })
  if (messages.length === 0) return null
  const headers = headerSpans(found.headers).map(({ start, end }) => ({
    start: sourceOffset(plain, start),
    end: sourceEnd(plain, end),
  }))
  return { form: found.form, messages, headers }
}

/** A message's words, without blanks around them; null when there are none. */
function body(text: string, { end }: Header, next: Header | undefined): Span | null {
  const stop = next?.start ?? text.length
  let from = end
  let to = stop
  while (from < to && text.charCodeAt(from) <= 32) from++
  while (to > from && text.charCodeAt(to - 1) <= 32) to--
  return to > from ? { start: from, end: to } : null
}

/** What is passed over: the headers, except a sender's number where it stands for the first time. */
function headerSpans(headers: readonly Header[]): Span[] {
  const seen = new Set<string>()
  return headers.flatMap(({ start, end, open, speaker }) => {
    if (open === undefined || seen.has(speaker ?? '')) return [{ start, end }]
    seen.add(speaker ?? '')
    return [
      { start, end: open.start },
      { start: open.end, end },
    ].filter((span) => span.end > span.start)
  })
}

interface Found {
  readonly form: ChatForm
  readonly headers: readonly Header[]
}

interface Form {
  readonly form: ChatForm
  /** How many messages make it certain: one where the header cannot be anything else. */
  readonly least: number
  /** Whether lines with these signs may be of this form: the quick look. */
  readonly may: (signs: Signs) => boolean
  readonly read: (text: string, lines: readonly Line[]) => Header[]
}

const each =
  (read: (text: string, line: Line) => Header | null) => (text: string, lines: readonly Line[]) => {
    const headers: Header[] = []
    for (let i = 0; i < lines.length; i++) {
      const header = read(text, lines[i] as Line)
      if (header !== null) headers.push(header)
    }
    return headers
  }

const FORMS: readonly Form[] = [
  { form: 'whatsapp', least: 1, may: ({ opens }) => opens, read: each(whatsappHeader) },
  { form: 'telegram', least: 1, may: ({ brackets }) => brackets, read: each(telegramHeader) },
  { form: 'line', least: 2, may: ({ days }) => days, read: lineHeaders },
  { form: 'sms', least: 1, may: ({ labels }) => labels, read: smsHeaders },
  { form: 'qq', least: 2, may: ({ opens }) => opens, read: each(qqHeader) },
  { form: 'zalo-or-wechat', least: 2, may: ({ ends }) => ends, read: each(trailingHeader) },
  { form: 'wechat', least: 2, may: ({ opens }) => opens, read: stackedHeaders },
]

/** Lines looked at together: a long text is read in all forms only until one of them is found. */
const SAMPLE = 300

/** The form with most headers in the first part of the text that has any, read through to the end. */
function bestForm(text: string): Found | null {
  const lines = linesOf(text)
  for (let from = 0; from < lines.length; from += SAMPLE) {
    const sample = lines.length <= SAMPLE ? lines : lines.slice(from, from + SAMPLE)
    const best = bestOf(text, sample)
    if (best === null) continue
    const { form } = best.form
    return { form, headers: sample === lines ? best.headers : best.form.read(text, lines) }
  }
  const spoken = spokenHeaders(text, lines)
  return spoken.length > 0 ? { form: 'copied', headers: spoken } : null
}

/** The form with most messages in some lines, of equals the first; null when none has enough. */
function bestOf(text: string, lines: readonly Line[]): { form: Form; headers: readonly Header[] } | null {
  const signs = signsOf(text, lines)
  let best: { form: Form; headers: readonly Header[] } | null = null
  let most = 0
  for (const form of FORMS) {
    if (!form.may(signs)) continue
    const headers = form.read(text, lines)
    const count = messagesIn(headers)
    if (count < form.least || count <= most) continue
    best = { form, headers }
    most = count
  }
  return best
}

/** What the lines of a chat show: stamps that open or end one, days, labels, a bracket behind a name. */
interface Signs {
  opens: boolean
  ends: boolean
  days: boolean
  labels: boolean
  readonly brackets: boolean
}

function signsOf(text: string, lines: readonly Line[]): Signs {
  const whole = text.slice(lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0)
  const signs: Signs = {
    opens: false,
    ends: false,
    days: false,
    labels: false,
    brackets: whole.includes(', ['),
  }
  for (const line of lines) {
    signs.opens ||= opensStamp(text, line)
    signs.ends ||= endsStamp(text, line)
    signs.days ||= mayBeDay(text, line)
    signs.labels ||= colonIn(text, line, LONGEST_LABEL) >= 0
  }
  return signs
}

function messagesIn(headers: readonly Header[]): number {
  let count = 0
  for (let i = 0; i < headers.length; i++) if ((headers[i] as Header).speaker !== null) count++
  return count
}

function stackedHeaders(text: string, lines: readonly Line[]): Header[] {
  const filled = lines.filter(({ start, end }) => end > start)
  return filled.flatMap((line, i) => {
    const name = filled[i - 1]
    return (name === undefined ? null : stackedHeader(text, name, line)) ?? []
  })
}

/** Where a long chat may be parted, and what the rest wants in front of it to be read alike. */
export interface Seam {
  /** Where a message begins, at `least` or later; null when none does. */
  readonly cut: number | null
  /** Comes before the words behind the cut: what opens the file, the day, the header that tells day from month. */
  readonly lead: string
}

/** The seam of the chat that begins with `source`, as late in it as may be; null when it is no chat. */
export function chatSeam(source: string, least: number): Seam | null {
  const json = readTelegramExport(source)
  if (json !== null) return fileSeam(json.at(-1)?.close, least, JSON_HEAD)
  if (readSmsBackup(source) !== null) return fileSeam(source.lastIndexOf('<sms '), least, '<smses>')
  const plain = toPlain(source)
  const found = bestForm(plain.text)
  if (found === null) return null
  const { headers } = found
  const last = headers.findLast(({ speaker, stamp }) => speaker !== null || stamp !== null)
  const start = last === undefined ? 0 : sourceOffset(plain, last.start)
  const cut = start >= least ? start : null
  const before = headers.filter(({ start: from }) => cut === null || sourceOffset(plain, from) < cut)
  const wanted = found.form === 'line' ? lineLead(before) : stampLead(before, cut === null)
  const lead = wanted.map((header) => `${plain.text.slice(header.start, header.end).trimEnd()}\n`).join('')
  return { cut, lead }
}

const JSON_HEAD = '{"messages":['

function fileSeam(cut: number | null | undefined, least: number, lead: string): Seam {
  return { cut: cut != null && cut >= least ? cut : null, lead }
}

/** The title of the export and the newest day. */
function lineLead(headers: readonly Header[]): Header[] {
  const alone = headers.filter(({ speaker, stamp }) => speaker === null && stamp === null)
  return [...new Set([...alone.slice(0, 1), ...alone.slice(-1)])]
}

/** The first header whose day can be read in one way only; and the newest, when its message goes on behind the cut. */
function stampLead(headers: readonly Header[], goesOn: boolean): Header[] {
  const clear = headers.find(
    ({ stamp }) => stamp !== null && (stamp.day.dayFirst === null || stamp.day.monthFirst === null),
  )
  return [...new Set([...(clear ? [clear] : []), ...(goesOn ? headers.slice(-1) : [])])]
}

interface Placed extends Message {
  readonly address?: Span | null
}

/** A file whose messages know their own place: everything else in it is a header. */
function fromFile(source: string, form: ChatForm, placed: readonly Placed[]): Chat {
  const seen = new Set<string>()
  const kept = placed.flatMap(({ speaker, start, end, address }) => {
    const fresh = address != null && !seen.has(speaker)
    seen.add(speaker)
    return [{ start, end }, ...(fresh ? [{ start: address.start, end: address.end }] : [])]
  })
  const headers: Span[] = []
  let from = 0
  for (const { start, end } of kept.sort((a, b) => a.start - b.start)) {
    if (start > from) headers.push({ start: from, end: start })
    from = end
  }
  if (from < source.length) headers.push({ start: from, end: source.length })
  const messages = placed.map(({ speaker, at, start, end }) => ({ speaker, at, start, end }))
  return { form, messages, headers }
}
