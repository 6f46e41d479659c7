import type { Duck, DuckValue } from './duck.ts'
import { quote } from './duck.ts'

/** The part of duckdb-wasm's blocking API that is used; its build for browsers and its build for Node both have it. */
export interface WasmDatabase {
  open(config: object): void
  connect(): { query(sql: string): ArrowTable; close(): void }
  reset(): void
}

interface ArrowTable {
  readonly numRows: number
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: ArrowType }[] }
  getChildAt(index: number): { get(row: number): unknown } | null
}
interface ArrowType {
  readonly scale?: number
}

/** DuckDB as WebAssembly, with nothing that calls the internet: no extension is fetched or loaded by itself. */
export async function wasmDuck(database: WasmDatabase): Promise<Duck> {
  database.open({ path: ':memory:' })
  const connection = database.connect()
  for (const setting of [
    'autoinstall_known_extensions',
    'autoload_known_extensions',
    'allow_community_extensions',
  ])
    connection.query(`set ${setting} = false`)
  let locked = false
  return {
    run: async (sql, values) => void connection.query(values ? filled(sql, values) : sql),
    all: async <Row>(sql: string) => rowsOf(connection.query(sql)) as Row[],
    texts: async (sql) => {
      const table = connection.query(sql)
      const column = table.getChildAt(0)
      return Array.from({ length: table.numRows }, (_, row) => String(column?.get(row)))
    },
    progress: () => null,
    lock: async () => {
      if (locked) return
      locked = true
      connection.query('set enable_external_access = false')
      connection.query('set lock_configuration = true')
    },
    close: () => {
      connection.close()
      database.reset()
    },
  }
}

/** Values in the places of `$1`, `$2` ...; only texts need care, and they are quoted. */
function filled(sql: string, values: readonly DuckValue[]): string {
  return sql.replace(/\$(\d+)/g, (_, place: string) => {
    const value = values[Number(place) - 1] ?? null
    return typeof value === 'string' ? quote(value) : String(value)
  })
}

function rowsOf(table: ArrowTable): object[] {
  const columns = table.schema.fields.map(({ name, type }, i) => ({
    name,
    type,
    column: table.getChildAt(i),
  }))
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, type, column }) => [name, plain(column?.get(row), type)])),
  )
}

/** Integers of 128 bits arrive as decimals in four words, lists as columns of their own. */
function plain(value: unknown, { scale }: ArrowType): unknown {
  if (value === undefined || value === null) return null
  if (value instanceof Uint32Array) {
    const whole = value.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n)
    const signed = BigInt.asIntN(32 * value.length, whole)
    return scale ? Number(signed) / 10 ** scale : signed
  }
  if (typeof value === 'object' && Symbol.iterator in value)
    return [...(value as Iterable<unknown>)].map((it) => plain(it, {}))
  return value
}
