import type { Loading } from './load.ts'

/** What is wrong with the shape of a row, in words; the keys are DuckDB's. */
const SHAPES: Record<string, string> = {
  'MISSING COLUMNS': 'it has fewer fields than the header',
  'TOO MANY COLUMNS': 'it has more fields than the header',
  'UNQUOTED VALUE': 'a quotation mark is opened and never closed, or stands in the middle of a field',
  'LINE SIZE OVER MAXIMUM': 'the line is longer than 8 MB',
  'INVALID ENCODING': 'it holds bytes that are no text',
  'INVALID UNICODE': 'it holds bytes that are no text',
}

/** Rows that the CSV reader itself could not take apart, as rejects by record; then its memory of them is cleared. */
export async function structuralRejects({ duck }: Loading, number: number): Promise<void> {
  await duck.run('create table if not exists broken_rows (file utinyint, record bigint, reason varchar)')
  const found = await duck.all<{ line: bigint; error_type: string; error_message: string }>(
    'select line, min(error_type) as error_type, min(error_message) as error_message from reject_errors group by line',
  )
  for (const { line, error_type, error_message } of found) {
    const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(error_message)
    const shape = SHAPES[error_type] ?? error_type.toLowerCase()
    const reason = counts ? `it has ${counts[2]} fields where the header has ${counts[1]}` : shape
    await duck.run('insert into broken_rows values ($1, $2, $3)', [number, line, reason])
  }
  await duck.run('drop table if exists reject_errors')
  await duck.run('drop table if exists reject_scans')
}
