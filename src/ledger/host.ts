import type { Duck, DuckOptions } from './duck.ts'
import type { ParquetText } from './parquet-text.ts'

/** The two ends of a file and its size in bytes: enough to say what it is. */
export interface Ends {
  readonly head: Uint8Array<ArrayBuffer>
  readonly tail: Uint8Array<ArrayBuffer>
  readonly bytes: number
}

/** What reading a book asks of the place it runs in: this machine's files and DuckDB, or a browser's. */
export interface Host {
  openDuck(options: DuckOptions): Promise<Duck>
  /** Up to the first megabyte and the last four bytes. Throws `invalid`, naming the file. */
  ends(file: string): Promise<Ends>
  /** The whole file; only asked for small ones. */
  bytes(file: string): Promise<Uint8Array<ArrayBuffer>>
  /** The file piece by piece, unpacked when `gzip`. */
  pieces(file: string, gzip: boolean): AsyncIterable<Uint8Array>
  /** Only where DuckDB itself reads no Parquet. */
  parquet?(file: string): Promise<ParquetText>
  /** Under which name DuckDB reads the file. */
  pathOf(file: string): string
  /** Puts a text where only this book's DuckDB reads it; the name to read it by. */
  put(name: string, text: AsyncIterable<string> | Iterable<string>): Promise<string>
  /** Removes what was put. */
  tidy(): void
}

/** How much of a file's beginning is looked at. */
export const HEAD = 1 << 20
