import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetTable } from './parquet-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-parquet-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const TABLE = `select 't' || i as id, timestamp '2026-03-01 10:00:00' + interval (i) minute as at, date '2026-03-01' as day,
  (i * 1001)::decimal(18, 2) / 100 as small, 90071992547409.93::decimal(38, 2) as large, i / 10.0::double as part,
  case when i = 2 then null else 'x' end as who from range(1, 4) as it(i)`

async function written(options: string): Promise<File> {
  const path = join(folder, 'table.parquet')
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run(`copy (${TABLE}) to '${path}' (format parquet, ${options})`)
  duck.closeSync()
  return new File([readFileSync(path)], 'table.parquet')
}

async function cellsOf(file: File): Promise<string[][]> {
  const table = await parquetTable(file, () => {})
  const rows: string[][] = []
  for await (const group of table.groups(table.header.map((_, i) => i))) rows.push(...group)
  return rows
}

for (const codec of ['uncompressed', 'snappy', 'zstd', 'gzip', 'brotli', 'lz4_raw'])
  test(`Parquet packed by ${codec} is read exactly: decimals, moments, days, nothing`, async () => {
    const rows = await cellsOf(await written(`codec '${codec}'`))
    assert.deepEqual(rows[1], [
      't2',
      '2026-03-01 10:02:00',
      '2026-03-01',
      Number(20.02).toFixed(2),
      '90071992547409.93',
      '0.2',
      '',
    ])
    assert.equal(rows.length, 3)
  })

test('a Parquet file that is damaged is refused by name', async () => {
  const bytes = new Uint8Array(await (await written("codec 'snappy'")).arrayBuffer())
  bytes.fill(0xff, 4, bytes.length - 8)
  await assert.rejects(cellsOf(new File([bytes], 'bad.parquet')), {
    code: 'invalid',
    message: /^bad\.parquet: this Parquet file cannot be read: /,
  })
})
