import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'

/** A DuckDB of one screening run: in memory, spilling to a private folder that `close` removes. */
export interface Duck {
  readonly connection: DuckDBConnection
  /** Runs one statement; the count of changed rows for inserts and deletes. */
  run(sql: string, values?: DuckDBValue[]): Promise<number>
  /** All rows of a query as objects; integers of 64 bits come as bigint. */
  all<Row>(sql: string, values?: DuckDBValue[]): Promise<Row[]>
  /** From here on no file can be read and no setting changed: what a rule file says cannot reach the disk. */
  lock(): Promise<void>
  close(): void
}

const GIB = 1024 ** 3

export interface DuckOptions {
  /** Bytes DuckDB may hold before it spills; half of the machine's memory, at most 4 GiB, unless told. */
  readonly memory?: number
  readonly threads?: number
}

/** Opens DuckDB with nothing that calls the internet: no extension is fetched or loaded by itself. */
export async function openDuck({ memory, threads }: DuckOptions = {}): Promise<Duck> {
  const spill = mkdtempSync(join(tmpdir(), 'firebreak-ledger-'))
  const limit = memory ?? Math.max(GIB, Math.min(totalmem() / 2, 4 * GIB))
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.round(limit / 1024 ** 2)}MiB`,
    threads: String(threads ?? availableParallelism()),
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`set timezone = 'UTC'`)
  return {
    connection,
    run: async (sql, values) => (await connection.run(sql, values)).rowsChanged,
    all: async <Row>(sql: string, values?: DuckDBValue[]) =>
      (await connection.runAndReadAll(sql, values)).getRowObjects() as Row[],
    lock: async () => {
      await connection.run(`set enable_external_access = false`)
      await connection.run(`set lock_configuration = true`)
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
      rmSync(spill, { recursive: true, force: true })
    },
  }
}

/** A text as an SQL literal. */
export const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
/** A column's name as an SQL identifier. */
export const named = (name: string) => `"${name.replaceAll('"', '""')}"`
