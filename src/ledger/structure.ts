import { quote } from './duck.ts'
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

/** A row that swallowed the rows after it: where it begins, in bytes, and all that it swallowed. */
interface Swallowing {
  readonly line: bigint
  readonly at: bigint
  readonly reason: string
  readonly text: string
}

/** What is wrong with a row, from DuckDB's words for it. */
const REASON = `case when regexp_matches(message, 'Expected Number of Columns: \\d+ Found: \\d+')
  then 'it has ' || regexp_extract(message, 'Found: (\\d+)', 1) || ' fields where the header has ' || regexp_extract(message, 'Columns: (\\d+)', 1)
  else case kind ${Object.entries(SHAPES)
    .map(([kind, words]) => `when ${quote(kind)} then ${quote(words)}`)
    .join(' ')} else lower(kind) end end`

/**
 * What the CSV reader could not take apart since it was last asked goes to `broken_rows`, as a book may hold millions of
 * such; those that swallowed others are given back. Then the reader's memory is cleared.
 */
async function takeBroken({ duck }: Loading, number: number): Promise<Swallowing[]> {
  // an encoding fault is told with the line break before it, and swallows nothing
  await duck.run(`create temp table taken as select *, not starts_with(kind, 'INVALID') and contains(ltrim(text, chr(10) || chr(13)), chr(10)) as swallows
    from (select line, min(line_byte_position) as begins, min(error_type) as kind, min(error_message) as message, coalesce(min(csv_line), '') as text
      from reject_errors group by line)`)
  await duck.run('drop table if exists reject_errors')
  await duck.run('drop table if exists reject_scans')
  await duck.run(
    `insert into broken_rows select ${number}, line, null, null, ${REASON} from taken where not swallows order by line`,
  )
  const found = await duck.all<Swallowing>(
    `select line, begins as "at", text, ${REASON} as reason from taken where swallows order by line`,
  )
  await duck.run('drop table taken')
  return found.map((it) => {
    const text = it.text.replace(/^[\r\n]+/, '')
    return { ...it, text, at: it.at + BigInt(it.text.length - text.length) }
  })
}

type BrokenRow = readonly [record: bigint | null, line: number | null, endsAt: number | null, reason: string]

async function keepBroken({ duck }: Loading, number: number, rows: readonly BrokenRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1_000) {
    const values = rows
      .slice(at, at + 1_000)
      .map(([record, line, endsAt, reason]) => `(${number}, ${record}, ${line}, ${endsAt}, ${quote(reason)})`)
    await duck.run(`insert into broken_rows values ${values.join(', ')}`)
  }
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
  const found = await takeBroken(loading, number)
  const starts = await linesAt(
    loading,
    loaded,
    found.map((it) => Number(it.at) - 1),
  )
  const again: string[] = []
  const rows: BrokenRow[] = []
  for (const it of found) {
    const start = starts.get(Number(it.at) - 1)
    const ends = start === undefined ? null : Number(it.at) - 1 + new TextEncoder().encode(it.text).length
    rows.push([it.line, start ?? null, ends, it.reason])
    if (start !== undefined)
      for (const [i, text] of it.text.split('\n').entries()) if (i > 0) again.push(`${start + i},${text}`)
  }
  const { sniffed } = loaded
  const { whole = [], torn = [] } = Object.groupBy(again, (text) =>
    keepsShape(text, sniffed.delimiter, sniffed.header.length + 1) ? 'whole' : 'torn',
  )
  for (const text of torn)
    rows.push([
      null,
      Number.parseInt(text, 10),
      null,
      'it stands behind an open quotation mark and has not as many fields as the header',
    ])
  await keepBroken(loading, number, rows)
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
  let [place, line, next] = [0, 1, 0]
  for await (const piece of host.pieces(file, sniffed.gzip))
    for (const byte of piece) {
      for (let it = wanted[next]; it !== undefined && it <= place; it = wanted[++next]) lines.set(it, line)
      if (byte === 10) line++
      place++
    }
  return lines
}
