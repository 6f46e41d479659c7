import type { Book } from './book.ts'
import type { Duck } from './duck.ts'
import { type Prepared, preparedTables } from './prepare.ts'

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

/** Makes the prepared tables; as `temp` ones they hide others of the same name. */
export async function prepareOn(
  duck: Duck,
  has: ReadonlySet<string>,
  temp: 'temp' | '',
): Promise<readonly Prepared[]> {
  // what Trino calls regexp_like
  await duck.run('create or replace macro regexp_like(text, pattern) as regexp_matches(text, pattern)')
  const tables = preparedTables(has)
  for (const { name, sql, as } of tables) await duck.run(`create or replace ${temp} ${as} ${name} as ${sql}`)
  return tables
}

/** DuckDB over an opened book; makes the prepared tables, then shuts the door to the disk. */
export async function duckEngine(book: Book): Promise<Engine> {
  const { duck } = book
  await prepareOn(duck, book.has, '')
  await duck.lock()
  return {
    name: 'duckdb',
    keep: async (name, sql) => void (await duck.run(`create or replace temp table ${name} as ${sql}`)),
    rows: (sql) => duck.all<Row>(sql),
    close: async () => book.close(),
  }
}
