import { HouseError } from '../core/errors.ts'
import { shown } from './decode/encoding.ts'
import { htmlCharset, htmlText, isHtml } from './decode/html.ts'
import { fileKind, INSTEAD, latin } from './decode/kind.ts'
import { isMail, readMail } from './decode/mail.ts'
import { textStream } from './decode/stream.ts'

/** What a file says, and how its bytes were read. */
export interface Decoded {
  readonly text: string
  /** A label of the Encoding Standard (WHATWG), e.g. 'utf-8', 'windows-874'. */
  readonly encoding: string
  /** In sentences what was done beside reading UTF-8; null when nothing was. */
  readonly note: string | null
  /** Whether the text is not the file's own characters, but was taken out of a page or a mail. */
  readonly converted: boolean
}

/**
 * The text of a file: Unicode, or an older encoding recognised by its letters; of a page or a mail, its words.
 * @throws  `invalid`, one sentence to stand behind the file's name: empty, a picture, a recording, an office document, a
 *          PDF (whose text another part reads), an archive, or bytes that are no text
 * Keeps    every sign that can be read; a damaged one is shown as U+FFFD and said in `note`.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new HouseError('invalid', 'the file is empty')
  const kind = fileKind(bytes)
  if (kind !== 'text') throw new HouseError('invalid', INSTEAD[kind])
  if (isMail(bytes)) return mail(bytes)
  const named = isHtml(latin(bytes.subarray(0, 2_048))) ? pageInItsCharset(bytes) : null
  if (named !== null) return named
  const stream = textStream(bytes, true)
  const text = stream.push(bytes) + stream.end()
  const read = { text, encoding: stream.encoding, note: stream.note(), converted: false }
  return isHtml(text) ? page(read) : read
}

/** Whether these first bytes open something whose words stand in a structure, so that it is read as a whole. */
export function isStructured(first: Uint8Array): boolean {
  return isMail(first) || isHtml(latin(first.subarray(0, 2_048))) || isWidePage(first)
}

/** A page in UTF-16: zero bytes between its letters. */
function isWidePage(first: Uint8Array): boolean {
  return isHtml(latin(first.subarray(0, 2_048)).replace(/[\0\xfe\xff]/g, ''))
}

/** A page whose bytes are in the charset that it names; null when it names none or another. */
function pageInItsCharset(bytes: Uint8Array): Decoded | null {
  const label = htmlCharset(latin(bytes.subarray(0, 4_096)))
  if (label === null) return null
  try {
    const decoder = new TextDecoder(label, { fatal: true })
    const note = decoder.encoding === 'utf-8' ? null : `Read as ${shown(decoder.encoding)}: the page says so.`
    return page({ text: decoder.decode(bytes), encoding: decoder.encoding, note, converted: true })
  } catch {
    // a charset that does not exist, or that these bytes are not in: their letters say which it is
    return null
  }
}

function page({ text, encoding, note }: Decoded): Decoded {
  const said = 'A web page: its words were read, without scripts and layout.'
  return { text: htmlText(text), encoding, note: note === null ? said : `${said} ${note}`, converted: true }
}

function mail(bytes: Uint8Array): Decoded {
  const { text, attachments, charsets } = readMail(bytes)
  const said = ['A mail: its text was read.']
  if (charsets.length > 0) said.push(`Written in ${charsets.map(shown).join(' and ')}.`)
  if (attachments.length > 0)
    said.push(
      `Attached and not read here: ${attachments.join(', ')}. Save these as files and add them by themselves.`,
    )
  return { text, encoding: charsets[0] ?? 'utf-8', note: said.join(' '), converted: true }
}
