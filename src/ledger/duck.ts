/** A value that stands in a statement as `$1`, `$2` ... */
export type DuckValue = string | number | bigint | null

/** A DuckDB of one screening run: native, or WebAssembly in a browser. The same statements, the same answers. */
export interface Duck {
  /** Runs one statement. */
  run(sql: string, values?: readonly DuckValue[]): Promise<void>
  /** All rows of a query as objects; integers of 64 bits and more come as bigint. */
  all<Row>(sql: string): Promise<Row[]>
  /** The first column of a query as texts. */
  texts(sql: string): Promise<string[]>
  /** How far the statement that runs is, 0..1; null where that cannot be known. */
  progress(): number | null
  /** From here on, and for good, no file can be read and no setting changed: what a rule file says cannot reach the disk. */
  lock(): Promise<void>
  close(): void
}

export interface DuckOptions {
  /** Bytes DuckDB may hold before it spills; half of the machine's memory, at most 4 GiB, unless told. */
  readonly memory?: number
  readonly threads?: number
  /** Bytes that may be spilled to disk; what the disk has unless told. */
  readonly spill?: number
}

/** A text as an SQL literal. */
export const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
