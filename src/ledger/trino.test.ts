import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { dialectFaults } from './dialect.ts'
import { loadExcuses } from './excuses.ts'
import { boundSql } from './rule.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'
import { openTrinoBook } from './trino.ts'

test('every rule is in the dialect that DuckDB and Trino share', () => {
  for (const rule of loadRules()) assert.deepEqual(dialectFaults(boundSql(rule)), [], rule.id)
})

test('what only one engine has is named', () => {
  const what = (sql: string) => dialectFaults(sql).join('; ')
  assert.match(what('select account::int from tx'), /::/)
  assert.match(what('select a / b from tx'), /whole numbers divide differently/)
  assert.match(what("select strftime(t, '%Y') from tx"), /strftime/)
  assert.match(what('select 1 from account_rows'), /not one of the tables/)
  assert.match(what("select * from read_csv('/etc/passwd')"), /read/)
  assert.equal(what('select cast(a as double) / b as share from tx'), '')
})

test('a rule file cannot reach the disk or change anything', () => {
  for (const hostile of [
    "select * from read_csv('/etc/passwd')",
    'select * from "/etc/passwd"',
    'select 1 as account; drop table tx',
    "copy tx to 'x'",
    'select * from duckdb_settings()',
    'from account_rows select name',
    'select account from tx, label_rows',
    // texts that one reader takes for longer than the other
    "select e'\\'' || (select content from (select 1) as x, read_text('/etc/passwd')) || ''",
    "select E'\\'', read_text from tx --'",
    "select $$'$$ || read_text(x) || $$'$$ from tx",
    "select u&'\\0027' from tx",
    "with sniff_csv as (select 1 as a) select a from sniff_csv('/etc/passwd')",
  ])
    assert.notDeepEqual(dialectFaults(hostile), [], hostile)
})

test('a cluster that does not answer is said to be so', async () => {
  const server = createServer((_, response) => response.writeHead(503).end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await assert.rejects(
    openTrinoBook(['bank.book.tx'], { url: `http://127.0.0.1:${port}/memory` }),
    /Trino does not answer/,
  )
  server.close()
})

test('the same book on a real cluster', {
  skip: process.env.TRINO_URL ? false : 'TRINO_URL is not set',
}, async () => {
  const table = process.env.TRINO_TABLE ?? 'memory.firebreak.transactions'
  const book = await openTrinoBook([table], { url: process.env.TRINO_URL ?? '' })
  try {
    const { alerts, missing } = await screen(book.engine, {
      ...book,
      rules: loadRules(),
      excuses: loadExcuses(),
    })
    assert.ok(alerts.length + missing.length > 0)
  } finally {
    await book.close()
  }
})
