import type { AsyncBuffer } from 'hyparquet'
import { openParquet } from './parquet-rows.ts'

/**
 * Parquet where DuckDB reads none: the WebAssembly build fetches that part of it from its makers, and here nothing is ever
 * fetched from elsewhere. It reads this as CSV instead (parity.test.ts).
 */
export interface ParquetText {
  readonly header: readonly string[]
  /** CSV, its first column `line`: the number of the row, from 1. One row group is held at a time. */
  text(): AsyncGenerator<string>
}

const PIECE = 1_000

/** @throws Error of the reader, for a file that is none, or is encrypted, or of a kind it does not know */
export async function parquetText(file: AsyncBuffer): Promise<ParquetText> {
  const { header, groups } = await openParquet(file)
  async function* text() {
    yield `${['line', ...header].map(field).join(',')}\n`
    let line = 0
    for await (const rows of groups())
      for (let at = 0; at < rows.length; at += PIECE)
        yield rows
          .slice(at, at + PIECE)
          .map((cells) => `${++line},${cells.map(field).join(',')}\n`)
          .join('')
  }
  return { header, text }
}

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
