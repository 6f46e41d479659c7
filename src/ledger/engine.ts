import type { Book } from './book.ts'
import { preparedTables } from './prepare.ts'

/** A value in a rule's answer; whole numbers of 64 bits are bigint. */
export type Cell = string | number | bigint | boolean | null | readonly Cell[]
export type Row = Readonly<Record<string, Cell>>

/** Where rules run. DuckDB on one machine, Trino for books that outgrow it: the same SQL, the same answers. */
export interface Engine {
  readonly name: 'duckdb' | 'trino'
  /** Keeps a query's rows under a name until the next `keep` of that name. */
  keep(name: string, sql: string): Promise<void>
  rows(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** DuckDB over an opened book; makes the prepared tables, then shuts the door to the disk. */
export async function duckEngine(book: Book): Promise<Engine> {
  const { duck } = book
  // what Trino calls regexp_like
  await duck.run('create or replace macro regexp_like(text, pattern) as regexp_matches(text, pattern)')
  for (const { name, sql, as } of preparedTables(book.has))
    await duck.run(`create or replace ${as} ${name} as ${sql}`)
  await duck.lock()
  return {
    name: 'duckdb',
    keep: async (name, sql) => void (await duck.run(`create or replace temp table ${name} as ${sql}`)),
    rows: (sql) => duck.all<Row>(sql),
    close: async () => book.close(),
  }
}
