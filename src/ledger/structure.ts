import type { LoadedFile, Loading } from './load-book.ts'
import { parseRows } from './sniff.ts'

/** What is wrong with the shape of a row, in words; the keys are DuckDB's. */
const SHAPES: Record<string, string> = {
  'MISSING COLUMNS': 'it has fewer fields than the header',
  'TOO MANY COLUMNS': 'it has more fields than the header',
  'UNQUOTED VALUE': 'a quotation mark is opened and never closed, or stands in the middle of a field',
  'LINE SIZE OVER MAXIMUM': 'the line is longer than 8 MB',
  'INVALID ENCODING': 'it holds bytes that are no text',
  'INVALID UNICODE': 'it holds bytes that are no text',
}

interface Broken {
  readonly line: bigint
  readonly at: bigint
  readonly kind: string
  readonly message: string
  readonly text: string
}

/** What the CSV reader could not take apart since it was last asked; then its memory is cleared. */
async function takeBroken({ duck }: Loading): Promise<Broken[]> {
  const found = await duck.all<Broken>(`select line, min(line_byte_position) as at, min(error_type) as kind,
    min(error_message) as message, min(csv_line) as text from reject_errors group by line order by line`)
  await duck.run('drop table if exists reject_errors')
  await duck.run('drop table if exists reject_scans')
  // an encoding fault is told with the line break before it, and swallows nothing
  return found.map((it) => {
    const text = it.kind.startsWith('INVALID') ? '' : (it.text ?? '').replace(/^[\r\n]+/, '')
    return { ...it, text, at: it.at + BigInt((it.text ?? '').length - text.length) }
  })
}

function reasonOf({ kind, message }: Broken): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message)
  return counts
    ? `it has ${counts[2]} fields where the header has ${counts[1]}`
    : (SHAPES[kind] ?? kind.toLowerCase())
}

const BROKEN_TABLE =
  'create table if not exists broken_rows (file usmallint, record bigint, line bigint, ends_at bigint, reason varchar)'

/**
 * Rows that could not be taken apart, as rejects. A quotation mark that is never closed swallows the rows after it:
 * those are given back as lines with their numbers, to be read again one by one.
 */
export async function structuralRejects(
  loading: Loading,
  loaded: LoadedFile,
  number: number,
): Promise<string | null> {
  await loading.duck.run(BROKEN_TABLE)
  const found = await takeBroken(loading)
  const swallowing = found.filter((it) => it.text.includes('\n'))
  const starts = await linesAt(
    loading,
    loaded,
    swallowing.map((it) => Number(it.at) - 1),
  )
  const again: string[] = []
  for (const it of found) {
    const start = starts.get(Number(it.at) - 1)
    const ends = start === undefined ? null : Number(it.at) - 1 + new TextEncoder().encode(it.text).length
    await loading.duck.run('insert into broken_rows values ($1, $2, $3, $4, $5)', [
      number,
      it.line,
      start ?? null,
      ends,
      reasonOf(it),
    ])
    if (start !== undefined)
      again.push(...it.text.split('\n').flatMap((text, i) => (i > 0 ? [`${start + i},${text}`] : [])))
  }
  const { sniffed } = loaded
  const whole = again.filter((text) => keepsShape(text, sniffed.delimiter, sniffed.header.length + 1))
  for (const text of again.filter((it) => !whole.includes(it)))
    await loading.duck.run('insert into broken_rows values ($1, null, $2, null, $3)', [
      number,
      Number.parseInt(text, 10),
      'it stands behind an open quotation mark and has not as many fields as the header',
    ])
  if (whole.length === 0) return null
  const head = ['line', ...sniffed.header.map((_, i) => `c${i}`)].join(sniffed.delimiter)
  const lines = whole.map((it) => it.replace(',', sniffed.delimiter))
  return loading.host.put(`again-${number}.csv`, [`${[head, ...lines].join('\n')}\n`])
}

/** One line that is a row by itself: as many fields as the header, and every quotation mark closed. */
function keepsShape(text: string, delimiter: string, fields: number): boolean {
  const row = text.replace(',', delimiter)
  const [first = [], ...more] = parseRows(row, delimiter, 2)
  return more.length === 0 && first.length === fields && (row.match(/"/g)?.length ?? 0) % 2 === 0
}

/** The lines on which bytes stand. */
async function linesAt(
  { host }: Loading,
  { file, sniffed }: LoadedFile,
  offsets: readonly number[],
): Promise<Map<number, number>> {
  const lines = new Map<number, number>()
  if (offsets.length === 0) return lines
  const wanted = [...offsets].sort((a, b) => a - b)
  let [place, line] = [0, 1]
  for await (const piece of host.pieces(file, sniffed.gzip))
    for (const byte of piece) {
      while (wanted[0] !== undefined && wanted[0] <= place) lines.set(wanted.shift() ?? 0, line)
      if (byte === 10) line++
      place++
    }
  return lines
}
