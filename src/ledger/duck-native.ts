import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import type { Duck, DuckOptions } from './duck.ts'

/** DuckDB on this machine: in memory, spilling to a private folder that `close` removes. */
export interface NativeDuck extends Duck {
  readonly connection: DuckDBConnection
}

const GIB = 1024 ** 3

/** Opens DuckDB with nothing that calls the internet: no extension is fetched or loaded by itself. */
export async function openDuck({ memory, threads, spill: most }: DuckOptions = {}): Promise<NativeDuck> {
  const spill = mkdtempSync(join(tmpdir(), 'firebreak-ledger-'))
  const limit = memory ?? Math.max(GIB, Math.min(totalmem() / 2, 4 * GIB))
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.round(limit / 1024 ** 2)}MiB`,
    threads: String(threads ?? availableParallelism()),
    temp_directory: spill,
    ...(most && { max_temp_directory_size: `${Math.round(most / 1024 ** 2)}MiB` }),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`set timezone = 'UTC'`)
  let locked = false
  return {
    connection,
    run: async (sql, values) => void (await connection.run(sql, values as DuckDBValue[] | undefined)),
    all: async <Row>(sql: string) => (await connection.runAndReadAll(sql)).getRowObjects() as Row[],
    texts: (sql) => texts(connection, sql),
    progress: () => connection.progress.percentage / 100,
    lock: async () => {
      if (locked) return
      locked = true
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

async function texts(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const found: string[] = []
  const result = await connection.stream(sql)
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    for (const text of chunk.getColumnValues(0)) found.push(String(text))
  return found
}
