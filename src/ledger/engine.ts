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

/** Makes the prepared tables. */
export async function prepareOn({ duck, has }: Pick<Book, 'duck' | 'has'>): Promise<void> {
  // what Trino calls regexp_like
  await duck.run('create or replace macro regexp_like(text, pattern) as regexp_matches(text, pattern)')
  for (const { name, sql, as } of preparedTables(has))
    await duck.run(`create or replace ${as} ${name} as ${sql}`)
}

/** DuckDB over an opened book; makes the prepared tables, then shuts the door to the disk. */
export async function duckEngine(book: Book): Promise<Engine> {
  await prepareOn(book)
  await book.duck.lock()
  return engineOf(book)
}

/** DuckDB over a book that is prepared and locked. */
export function engineOf({ duck, close }: Pick<Book, 'duck' | 'close'>): Engine {
  return {
    name: 'duckdb',
    keep: async (name, sql) => void (await duck.run(`create or replace temp table ${name} as ${sql}`)),
    rows: (sql) => duck.all<Row>(sql),
    close: async () => close(),
  }
}
