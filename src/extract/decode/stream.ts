import { HouseError } from '../../core/errors.ts'
import { byLetters, checkUtf8, type Encoding, recognise, shown } from './encoding.ts'
import { INSTEAD } from './kind.ts'

/** Text out of bytes that come in parts; each part's text is handed back at once, so that memory stays bounded. */
export interface TextStream {
  readonly encoding: string
  /** The text of these bytes, but for what the end of a line or of a character still needs. */
  readonly push: (bytes: Uint8Array) => string
  readonly end: () => string
  /** What was done to read it, in sentences; complete after `end`. */
  readonly note: () => string | null
}

/**
 * Opens a stream for bytes that begin so.
 * @param complete  the bytes are all there are
 * @throws          `invalid` when no reading of them looks like a text
 */
export function textStream(first: Uint8Array, complete: boolean): TextStream {
  const found = recognise(first, complete)
  if (found === null) throw new HouseError('invalid', first.includes(0) ? INSTEAD.other : UNKNOWN)
  return found.label === 'utf-8' ? utf8Stream() : oneEncoding(found)
}

const UNKNOWN =
  'this is not written in Unicode or in any other way that is known here (Thai, Chinese, Vietnamese and European code pages); open it in the program it came from, save it as UTF-8 and try again'

function oneEncoding({ label, note }: Encoding): TextStream {
  const decoder = new TextDecoder(label)
  let damaged = 0
  const tidy = (text: string) => {
    damaged += countDamage(text)
    return label === 'windows-1258' ? text.normalize('NFC') : text
  }
  return {
    encoding: label,
    push: (bytes) => tidy(decoder.decode(bytes, { stream: true })),
    end: () => tidy(decoder.decode()),
    note: () => (damaged === 0 ? note : `${note} ${damagedWords(damaged, null)}`),
  }
}

function countDamage(text: string): number {
  let count = 0
  for (let i = text.indexOf('\ufffd'); i >= 0; i = text.indexOf('\ufffd', i + 1)) count++
  return count
}

const damagedWords = (count: number, line: number | null) =>
  `${count === 1 ? 'One sign is' : `${count.toLocaleString('en')} signs are`} damaged and shown as \ufffd${line === null ? '' : `, first on line ${line}`}.`

const LINE_END = 10
/** Bytes of one line above which it is cut: a line is no reason to hold a whole file. */
const LONGEST_LINE = 1_048_576

/** UTF-8, line by line where it breaks: a line in another encoding is read in that, a broken sign is shown as such. */
function utf8Stream(): TextStream {
  const seen = { lines: 0, damaged: 0, damagedAt: 0, other: 0, otherAt: 0, label: '' }
  let rest: Uint8Array = new Uint8Array(0)
  let opened = false
  const read = (bytes: Uint8Array): string => {
    const start = !opened && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    opened ||= bytes.length > 0
    const text = whole(bytes.subarray(start)) ?? linewise(bytes.subarray(start), seen)
    seen.lines += countLines(text)
    return text
  }
  return {
    encoding: 'utf-8',
    push(bytes) {
      const all = joined(rest, bytes)
      const cut = cutAt(all)
      rest = all.slice(cut)
      return read(all.subarray(0, cut))
    },
    end: () => read(rest),
    note() {
      const said: string[] = []
      if (seen.other > 0)
        said.push(
          `${seen.other === 1 ? 'One line is' : `${seen.other.toLocaleString('en')} lines are`} written in ${shown(seen.label)} inside a text in UTF-8, first line ${seen.otherAt}, and read so.`,
        )
      if (seen.damaged > 0) said.push(damagedWords(seen.damaged, seen.damagedAt))
      return said.length === 0 ? null : said.join(' ')
    },
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

/** Behind the last line end; in a line without end, in front of the last sign, which may be cut. */
function cutAt(bytes: Uint8Array): number {
  const end = bytes.lastIndexOf(LINE_END) + 1
  if (end > 0 || bytes.length < LONGEST_LINE) return end
  let cut = bytes.length - 1
  while (cut > bytes.length - 4 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut--
  return cut
}

function whole(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // not UTF-8 throughout: it is read line by line, and what was done is said
    return null
  }
}

function linewise(
  bytes: Uint8Array,
  seen: { lines: number; damaged: number; damagedAt: number; other: number; otherAt: number; label: string },
): string {
  let text = ''
  let line = seen.lines + 1
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_END, start)
    const stop = found < 0 ? bytes.length : found + 1
    const part = bytes.subarray(start, stop)
    start = stop
    const plain = whole(part)
    if (plain !== null) {
      text += plain
      continue
    }
    const { valid, invalid } = checkUtf8(part, true)
    // by chance two bytes of another encoding are a sign of UTF-8; most of a line never are
    const other = valid > invalid ? null : byLetters(part)
    if (other !== null) {
      seen.other++
      seen.otherAt ||= line
      seen.label ||= other.label
      text += new TextDecoder(other.label).decode(part)
      continue
    }
    const shownAs = new TextDecoder('utf-8', { ignoreBOM: true }).decode(part)
    seen.damaged += countDamage(shownAs)
    seen.damagedAt ||= line
    text += shownAs
  }
  return text
}

function countLines(text: string): number {
  let count = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++
  return count
}
