import { byLetters } from './encoding.ts'
import { htmlText } from './html.ts'
import { latin } from './kind.ts'

/** Parts inside parts; more is no mail that anybody wrote. */
const DEEPEST = 8

/** What a mail says: its head in words, its text, and the names of what was attached and is not read. */
export interface Mail {
  readonly text: string
  readonly attachments: readonly string[]
  /** Encodings of its parts that are no UTF-8. */
  readonly charsets: readonly string[]
}

interface Head {
  readonly fields: ReadonlyMap<string, string>
  /** Offset of the body. */
  readonly body: number
}

const FIELD = /^([!-9;-~]{1,76}):[ \t]?(.*)$/

/** Whether bytes are a mail as programs save it (.eml): fields from the first line on, and one that only MIME has. */
export function isMail(bytes: Uint8Array): boolean {
  const { fields } = headOf(latin(bytes.subarray(0, 65_536)), 0)
  return (
    (fields.has('mime-version') || fields.has('content-type') || fields.has('content-transfer-encoding')) &&
    ['from', 'to', 'subject', 'date', 'received', 'message-id'].some((name) => fields.has(name))
  )
}

/** The words of a mail: the plain version where there is one, else the page, and forwarded mails in it. */
export function readMail(bytes: Uint8Array): Mail {
  const attachments: string[] = []
  const charsets = new Set<string>()
  const text = entity(latin(bytes), 0, { attachments, charsets, envelope: true })
  return { text, attachments, charsets: [...charsets] }
}

interface Within {
  readonly attachments: string[]
  readonly charsets: Set<string>
  /** Whether the fields are a mail's own, to be shown. */
  readonly envelope: boolean
}

/** @param raw  bytes as Latin-1 characters */
function entity(raw: string, depth: number, within: Within): string {
  const { fields, body } = headOf(raw, 0)
  const { type, parameters } = contentType(fields.get('content-type') ?? 'text/plain')
  const envelope = within.envelope ? envelopeOf(fields) : ''
  const inner = { ...within, envelope: false }
  const rest = raw.slice(body)
  if (type.startsWith('multipart/') && parameters.boundary && depth < DEEPEST) {
    const parts = partsOf(rest, parameters.boundary)
    const chosen = type === 'multipart/alternative' ? [bestOf(parts)] : parts
    return (
      envelope +
      chosen
        .map((part) => entity(part, depth + 1, inner))
        .filter((it) => it !== '')
        .join('\n')
    )
  }
  const content = unwrapped(rest, fields.get('content-transfer-encoding') ?? '')
  if (type === 'message/rfc822' && depth < DEEPEST)
    return envelope + entity(content, depth + 1, { ...within, envelope: true })
  const attached = /^\s*attachment/i.test(fields.get('content-disposition') ?? '')
  const name = contentType(fields.get('content-disposition') ?? '').parameters.filename ?? parameters.name
  if (!type.startsWith('text/') || (attached && name !== undefined)) {
    within.attachments.push(words(name ?? type, within))
    return envelope
  }
  const text = inCharset(content, parameters.charset, within)
  return envelope + (type === 'text/html' ? htmlText(text) : text)
}

/** Fields of a head with its folded lines joined, names in small letters. */
function headOf(raw: string, from: number): Head {
  const fields = new Map<string, string>()
  let name = ''
  let at = from
  while (at < raw.length) {
    const found = raw.indexOf('\n', at)
    const stop = found < 0 ? raw.length : found
    const line = raw.slice(at, Math.min(stop, at + 65_536)).replace(/\r$/, '')
    if (line === '') return { fields, body: found < 0 ? raw.length : found + 1 }
    const field = FIELD.exec(line)
    if (/^[ \t]/.test(line) && name !== '') fields.set(name, `${fields.get(name)} ${line.trim()}`)
    else if (field === null) return { fields, body: at }
    else {
      name = (field[1] ?? '').toLowerCase()
      if (!fields.has(name)) fields.set(name, field[2] ?? '')
      else name = ''
    }
    at = found < 0 ? raw.length : found + 1
  }
  return { fields, body: at }
}

interface ContentType {
  readonly type: string
  readonly parameters: Readonly<Record<string, string>>
}

function contentType(written: string): ContentType {
  const parameters: Record<string, string> = {}
  for (const [, name = '', quoted, plain] of written.matchAll(
    /;\s{0,8}([\w*-]{1,40})\s{0,4}=\s{0,4}(?:"([^"]{0,400})"|([^\s;"]{1,400}))/g,
  ))
    parameters[name.toLowerCase().replace(/\*\d{0,2}\*?$/, '')] ??= quoted ?? plain ?? ''
  return { type: written.split(';', 1)[0]?.trim().toLowerCase() || 'text/plain', parameters }
}

function partsOf(body: string, boundary: string): string[] {
  const parts: string[] = []
  const line = `--${boundary}`
  let start = -1
  for (let at = body.startsWith(line) ? 0 : body.indexOf(`\n${line}`); at >= 0; ) {
    const head = body[at] === '\n' ? at + 1 : at
    if (start >= 0) parts.push(body.slice(start, at))
    if (body.startsWith('--', head + line.length)) return parts
    const end = body.indexOf('\n', head)
    if (end < 0) return parts
    start = end + 1
    at = body.indexOf(`\n${line}`, end)
  }
  // no closing line: the rest was cut off, and is still the last part
  if (start >= 0) parts.push(body.slice(start))
  return parts
}

/** Of several versions of the same words the plain one, else the page, else the last. */
function bestOf(parts: readonly string[]): string {
  const types = parts.map(
    (part) => contentType(headOf(part, 0).fields.get('content-type') ?? 'text/plain').type,
  )
  const plain = types.indexOf('text/plain')
  const hasWords = plain >= 0 && /\S/.test((parts[plain] ?? '').slice(headOf(parts[plain] ?? '', 0).body))
  const at = hasWords
    ? plain
    : types.findIndex((type) => type === 'text/html' || type.startsWith('multipart/'))
  return parts[at < 0 ? parts.length - 1 : at] ?? ''
}

function unwrapped(content: string, encoding: string): string {
  const how = encoding.trim().toLowerCase()
  if (how === 'base64') return base64(content)
  return how === 'quoted-printable' ? quotedPrintable(content.replace(/=[ \t]*\r?\n/g, '')) : content
}

function quotedPrintable(content: string): string {
  return content.replace(/=([\dA-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Without what is not base64; a part that was cut off gives as much as it has. */
function base64(content: string): string {
  const kept = content.replace(/[^A-Za-z\d+/]/g, '')
  return atob(kept.slice(0, kept.length - (kept.length % 4 === 1 ? 1 : 0)))
}

function inCharset(
  content: string,
  charset: string | undefined,
  { charsets }: Pick<Within, 'charsets'>,
): string {
  const bytes = Uint8Array.from(content, (sign) => sign.charCodeAt(0))
  const labels = [charset, 'utf-8', byLetters(bytes)?.label, 'windows-1252'].filter((it) => it !== undefined)
  for (const label of labels) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes)
      const used = label.toLowerCase()
      if (used !== 'utf-8' && used !== 'us-ascii') charsets.add(used)
      return label === 'windows-1258' ? text.normalize('NFC') : text
    } catch {
      // a charset that does not exist, or that these bytes are not in: the next is tried
    }
  }
  return new TextDecoder('utf-8').decode(bytes)
}

const SHOWN = ['from', 'to', 'cc', 'reply-to', 'date', 'subject']

function envelopeOf(fields: ReadonlyMap<string, string>): string {
  const within = { charsets: new Set<string>() }
  const lines = SHOWN.flatMap((name) => {
    const value = fields.get(name)
    return value === undefined ? [] : [`${capitalised(name)}: ${words(value, within)}\n`]
  })
  return lines.length === 0 ? '' : `${lines.join('')}\n`
}

function capitalised(name: string): string {
  return name.replace(/^./, (first) => first.toUpperCase())
}

/** A field's value with its encoded words (RFC 2047) as words. */
function words(value: string, within: Pick<Within, 'charsets'>): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?')
  const plain = joined.replace(
    /=\?([\w:.-]{1,40})(?:\*[\w-]{0,16})?\?([bq])\?([^?\s]{0,4096})\?=/gi,
    (_, charset: string, how: string, content: string) =>
      inCharset(
        how.toLowerCase() === 'b' ? base64(content) : quotedPrintable(content.replaceAll('_', ' ')),
        charset,
        within,
      ),
  )
  return /[\x80-\xff]/.test(plain) && !/[^\0-\xff]/.test(plain) ? inCharset(plain, undefined, within) : plain
}
