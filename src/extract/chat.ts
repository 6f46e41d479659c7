import type { ChatForm, Found } from './chat/forms.ts'
import { joinedChats } from './chat/joined.ts'
import type { Header } from './chat/shape.ts'
import { backupTags, readSmsBackup } from './chat/sms.ts'
import { moments } from './chat/stamp.ts'
import { readTelegramExport } from './chat/telegram-json.ts'
import type { Plain } from './finder.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'
import type { Message } from './reading.ts'

export interface Span {
  readonly start: number
  readonly end: number
}

/** A conversation read from its export; all offsets are into the source. */
export interface Chat {
  /** Of the chat with most messages, where several stand in one text. */
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
  if (json !== null) return fromFile('telegram-json', json.messages, json.files)
  const backup = readSmsBackup(source)
  if (backup !== null) return fromFile('sms-backup', backup, backupTags(source))
  const chats = joinedChats(plain.text)
  const [first] = chats
  if (first === undefined) return null
  const at = new Map(chats.flatMap(({ headers }) => timesOf(headers)))
  const all = chats.flatMap(({ headers }) => headers).sort((a, b) => a.start - b.start)
  const messages = all.flatMap((header, i) => {
    const span = body(plain.text, header, all[i + 1])
    if (header.speaker === null || span === null) return []
    const start = sourceOffset(plain, span.start)
    return [{ speaker: header.speaker, at: at.get(header) ?? null, start, end: sourceEnd(plain, span.end) }]
  })
  if (messages.length === 0) return null
  const headers = headerSpans(all).map(({ start, end }) => ({
    start: sourceOffset(plain, start),
    end: sourceEnd(plain, end),
  }))
  return { form: first.form, messages, headers }
}

/** When each message of one chat was written: whether its days or its months come first is decided for it alone. */
function timesOf(headers: readonly Header[]): [Header, string | null][] {
  const stamped = headers.filter(({ stamp }) => stamp !== null)
  const times = moments(stamped.flatMap(({ stamp }) => stamp ?? []))
  return stamped.map((header, i) => [header, times[i] ?? null])
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
  if (json !== null) return fileSeam(json.messages.at(-1)?.close, least, JSON_HEAD)
  if (readSmsBackup(source) !== null) return fileSeam(source.lastIndexOf('<sms '), least, '<smses>')
  const plain = toPlain(source)
  const chats = joinedChats(plain.text)
  const found = chats.toSorted((a, b) => lastStart(b) - lastStart(a))[0]
  if (found === undefined) return null
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

/** Where the last message of a chat begins: of chats in one text, the last goes on behind the cut. */
function lastStart({ headers }: Found): number {
  return headers.at(-1)?.start ?? 0
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

/** A file whose messages know their own place: everything else in it is a header, and nothing outside `files`. */
function fromFile(form: ChatForm, placed: readonly Placed[], files: readonly Span[]): Chat {
  const seen = new Set<string>()
  const kept = placed.flatMap(({ speaker, start, end, address }) => {
    const fresh = address != null && !seen.has(speaker)
    seen.add(speaker)
    return [{ start, end }, ...(fresh ? [{ start: address.start, end: address.end }] : [])]
  })
  kept.sort((a, b) => a.start - b.start)
  const headers: Span[] = []
  let next = 0
  for (const file of files) {
    let from = file.start
    for (let span = kept[next]; span !== undefined && span.start < file.end; span = kept[++next]) {
      if (span.start > from) headers.push({ start: from, end: span.start })
      from = Math.max(from, span.end)
    }
    if (from < file.end) headers.push({ start: from, end: file.end })
  }
  const messages = placed.map(({ speaker, at, start, end }) => ({ speaker, at, start, end }))
  return { form, messages, headers }
}
