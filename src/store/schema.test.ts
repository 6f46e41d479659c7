import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { asAdmin, testDatabase } from '../../test/database.ts'

/** Tables and their columns as `schema/` writes them, read from its text: types leave nothing at run time. */
function written(): Record<string, string[]> {
  const folder = join(import.meta.dirname, 'schema')
  const tables: Record<string, string[]> = {}
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, table = '', columns = ''] of text.matchAll(/^ {2}(\w+): \{([\s\S]*?)\n? *\}$/gm)) {
      tables[table] = [...columns.matchAll(/(?:^|[\n;{])\s*(\w+):/g)].map(([, name = '']) => name).sort()
    }
  }
  return tables
}

test('the tables that code knows are the tables that migrations make, column by column', async () => {
  const database = await testDatabase()
  try {
    const { rows } = await asAdmin(database.adminUrl, (admin) =>
      admin.query<{ table_name: string; columns: string[] }>(
        `select table_name, array_agg(column_name::text order by column_name) as columns
         from information_schema.columns where table_schema = 'firebreak' group by table_name`,
      ),
    )
    const made = Object.fromEntries(rows.map((row) => [row.table_name, [...row.columns].sort()]))
    assert.ok(Object.keys(made).length > 20)
    assert.deepEqual(written(), made)
  } finally {
    await database.drop()
  }
})
