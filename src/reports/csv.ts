/** A table as it stands in a file: the first row names the columns. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Line of the file on which each row begins, the first line is 1. */
  readonly lines: readonly number[]
}

const SEPARATORS = [',', ';', '\t', '|'] as const

/**
 * Reads comma-separated values (RFC 4180), also with semicolons, tabs or bars, as banks export them; a `sep=` line is
 * obeyed. A quote that is never closed ends with its line, so that one slip does not swallow the file.
 * @returns null when the text is no table: fewer than two columns or no row under the first
 * Cost     linear
 */
export function readCsv(text: string): Table | null {
  const told = /^sep=(.)\r?\n/.exec(text)
  const from = told ? told[0].length : 0
  const separator = told?.[1] ?? likelySeparator(text)
  const records: string[][] = []
  const lines: number[] = []
  let line = told ? 2 : 1
  for (let at = from; at < text.length; ) {
    const record = readRecord(text, at, separator)
    if (record.cells.some((cell) => cell !== '')) {
      records.push(record.cells)
      lines.push(line)
    }
    line += record.lines
    at = record.end
  }
  const [columns, ...rows] = records
  if (columns === undefined || columns.length < 2 || rows.length === 0) return null
  return { columns, rows, lines: lines.slice(1) }
}

function likelySeparator(text: string): string {
  const first = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const counts = SEPARATORS.map((separator) => first.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

interface Record {
  readonly cells: string[]
  readonly end: number
  readonly lines: number
}

function readRecord(text: string, start: number, separator: string): Record {
  const cells: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    const close = text[at] === '"' ? closingQuote(text, at + 1) : -1
    let end: number
    if (close < 0) {
      end = cellEnd(text, at, separator)
      cells.push(text.slice(at, end).trim())
    } else {
      const inside = text.slice(at + 1, close)
      lines += inside.split('\n').length - 1
      end = cellEnd(text, close + 1, separator)
      cells.push((inside.replaceAll('""', '"') + text.slice(close + 1, end)).trim())
    }
    if (text[end] !== separator) return { cells, end: end + 1, lines }
    at = end + 1
  }
}

/** Most lines one quoted cell may hold; a quote open for longer was never meant to be one. */
const MOST_LINES = 50

function closingQuote(text: string, from: number): number {
  let lines = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\n' && ++lines > MOST_LINES) return -1
    if (text[i] !== '"') continue
    if (text[i + 1] !== '"') return i
    i++
  }
  return -1
}

function cellEnd(text: string, from: number, separator: string): number {
  let i = from
  while (i < text.length && text[i] !== separator && text[i] !== '\n') i++
  return i
}
