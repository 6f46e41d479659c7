import { inert } from '../core/inert.ts'

/** One row that could not be read: where it stands and why, in words. */
export interface Reject {
  readonly file: string
  /** Line of the file, from 1; for Parquet the row, from 1. */
  readonly line: number
  readonly reason: string
}

/**
 * The lines on which records of a CSV stand: a quoted field may hold line breaks, so record and line differ.
 * @param records   numbers of records, the header being 1, ascending
 * @param restarts  bytes at which an open quotation mark is given up
 */
export async function linesOf(
  pieces: AsyncIterable<Uint8Array>,
  records: readonly number[],
  restarts: readonly number[],
): Promise<Map<number, number>> {
  const lines = new Map<number, number>()
  let [record, line, quoted, filled] = [1, 1, false, false]
  let nth = 0
  let next = records[nth]
  let place = 0
  const giveUp = new Set(restarts)
  for await (const piece of pieces) {
    if (next === undefined) break
    for (const byte of piece) {
      if (giveUp.has(place++)) quoted = false
      if (byte === 34) quoted = !quoted
      if (byte !== 10) {
        if (byte !== 13 && !filled) {
          filled = true
          while (next !== undefined && next <= record) {
            lines.set(next, line)
            next = records[++nth]
          }
        }
        continue
      }
      line++
      if (!quoted && filled) {
        record++
        filled = false
      }
    }
  }
  return lines
}

/** One field of an exported CSV: inert, a number as it is, and quoted where needed. */
export function csvField(value: string | number | bigint | boolean | null | undefined): string {
  const written = String(value ?? '')
  const text = /^-?\d+(?:\.\d+)?$/.test(written) ? written : inert(written)
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rejects as the lines of a CSV with the columns file, line, reason. */
export function* rejectLines(rejects: Iterable<Reject>): Generator<string> {
  yield 'file,line,reason\n'
  for (const { file, line, reason } of rejects) yield `${[file, line, reason].map(csvField).join(',')}\n`
}
