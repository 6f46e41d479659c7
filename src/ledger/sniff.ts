import { HouseError } from '../core/errors.ts'
import { type Ends, HEAD } from './host.ts'

/** What a file is by its first and last bytes, never by its name. */
export type Format = 'csv' | 'parquet' | 'xml' | 'empty'

export interface Sniffed {
  readonly file: string
  readonly format: Format
  readonly gzip: boolean
  readonly bytes: number
  /** CSV: how it is written, its header, and rows from its beginning to judge amounts and dates by. */
  readonly encoding: 'utf-8' | 'utf-16' | 'latin-1'
  readonly delimiter: string
  readonly header: readonly string[]
  readonly sample: readonly (readonly string[])[]
}

/**
 * Looks at a file's first megabyte.
 * @throws `invalid`, naming the file, when it is a workbook, a PDF, an archive, or a Parquet file that was cut
 */
export async function sniff(file: string, { head, tail, bytes }: Ends): Promise<Sniffed> {
  const base = {
    file,
    bytes,
    gzip: false,
    encoding: 'utf-8',
    delimiter: ',',
    header: [],
    sample: [],
  } as const
  if (bytes === 0) return { ...base, format: 'empty' }
  refuse(file, head)
  if (latin(head.subarray(0, 4)) === 'PAR1') {
    if (bytes < 12 || latin(tail) !== 'PAR1')
      throw new HouseError(
        'invalid',
        `${file}: this Parquet file is cut off: its last bytes, where its columns are described, are missing. Copy or export it again`,
      )
    return { ...base, format: 'parquet' }
  }
  const gzip = head[0] === 0x1f && head[1] === 0x8b
  const plain = gzip ? await gunzipHead(file, head) : head
  if (gzip) refuse(file, plain)
  const encoding = encodingOf(plain, plain.length < bytes || gzip)
  const text = decode(plain, encoding)
  if (text.trim() === '') return { ...base, format: 'empty' }
  if (/^\s*<(?:\?xml|Document|[\w:]*Document)\b/.test(text)) return { ...base, format: 'xml', gzip }
  const delimiter = delimiterOf(text)
  const rows = parseRows(text, delimiter, 2_000)
  const [header = [], ...sample] = rows
  if (text.length >= HEAD / 2 && rows.length > 1 && rows.length < 2_000) sample.pop() // cut in the middle
  return { file, bytes, gzip, format: 'csv', encoding, delimiter, header, sample }
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes)

const NOT_LEDGERS: readonly [string, string][] = [
  [
    '504b0304',
    'this is a ZIP archive or an Excel workbook (XLSX), whatever its name says. Save the sheet as CSV',
  ],
  ['d0cf11e0', 'this is an old Excel workbook (XLS). Save the sheet as CSV'],
  ['25504446', 'this is a PDF. Ask the bank for the same statement as CSV or camt.053'],
  ['28b52ffd', 'this is compressed with zstd. Unpack it first, or use gzip'],
  ['53514c69', 'this is an SQLite database. Export the table as CSV'],
]

function refuse(file: string, head: Uint8Array): void {
  const magic = [...head.subarray(0, 4)].map((it) => it.toString(16).padStart(2, '0')).join('')
  const found = NOT_LEDGERS.find(([bytes]) => bytes === magic)
  if (found) throw new HouseError('invalid', `${file}: ${found[1]}`)
}

/** The unpacked beginning of what was packed; where the head is cut off, so is this. */
async function gunzipHead(file: string, head: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = new Blob([head]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const plain = new Uint8Array(HEAD)
  let filled = 0
  try {
    for (let next = await pieces.read(); !next.done && filled < HEAD; next = await pieces.read()) {
      const piece = next.value.subarray(0, HEAD - filled)
      plain.set(piece, filled)
      filled += piece.length
    }
  } catch (error) {
    if (filled === 0)
      throw new HouseError('invalid', `${file}: cannot be unpacked as gzip (${(error as Error).message})`)
  } finally {
    pieces.cancel().catch(() => undefined) // it may have failed already, which is said above
  }
  return plain.subarray(0, filled)
}

function encodingOf(head: Uint8Array, cut: boolean): Sniffed['encoding'] {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'utf-16'
  const whole = cut ? head.subarray(0, Math.max(0, head.lastIndexOf(10))) : head
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(whole)
    return 'utf-8'
  } catch {
    // one broken line in a UTF-8 file is a row to reject; many high bytes that are no UTF-8 are Latin-1
    const loose = new TextDecoder().decode(whole)
    const broken = (loose.match(/\uFFFD/g) ?? []).length
    const good = (loose.match(/[\u0080-\uFFFC]/g) ?? []).length
    return broken > good ? 'latin-1' : 'utf-8'
  }
}

function decode(head: Uint8Array, encoding: Sniffed['encoding']): string {
  const name = encoding === 'utf-16' ? (head[0] === 0xfe ? 'utf-16be' : 'utf-16le') : encoding
  return new TextDecoder(name === 'latin-1' ? 'windows-1252' : name).decode(head)
}

function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', ';', '\t', '|'].map((sign) => [sign, line.split(sign).length] as const)
  return counts.reduce((best, it) => (it[1] > best[1] ? it : best), [',', 1] as readonly [string, number])[0]
}

/** Rows of CSV text (RFC 4180), at most `limit`. */
export function parseRows(text: string, delimiter: string, limit: number): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at <= text.length && rows.length < limit; at++) {
    const sign = text[at]
    if (sign === '"') quoted = !quoted
    if (quoted && sign !== undefined) continue
    const end = sign === undefined || sign === '\n' || sign === '\r'
    if (sign !== delimiter && !end) continue
    row.push(unquote(text.slice(from, at)))
    from = at + 1
    if (!end) continue
    if (sign === '\r' && text[at + 1] === '\n') from = ++at + 1
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}

function unquote(field: string): string {
  const text = field.replace(/^\uFEFF/, '').trim()
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll('""', '"')
    : text
}
