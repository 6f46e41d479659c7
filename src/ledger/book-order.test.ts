import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { recognise } from './columns.ts'
import { openDuck } from './duck-native.ts'
import { openBook } from './load.ts'
import { csvSource } from './load-book.ts'
import { CURRENCY_TYPE, STAGE_TABLE, stageInsert } from './stage.ts'
import { FLAGS, TEXT_COLUMNS } from './transaction-columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-order-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = 'transaction_id,booked_at,amount,currency,payer_account,payee_account'
const START = Date.UTC(2026, 0, 1)

/** Payments a second apart, of which some have no payer or no payee, as cash at the counter has. */
function file(name: string, from: number, to: number): string {
  const rows = [...Array(to - from).keys()].map((i) => {
    const nth = from + i
    const at = new Date(START + nth * 1_000).toISOString()
    return `${nth},${at},1.00,EUR,${nth % 3 === 0 ? '' : `a${nth % 997}`},${nth % 3 === 1 ? '' : `b${nth % 991}`}`
  })
  const path = join(folder, name)
  writeFileSync(path, `${[HEAD, ...rows].join('\n')}\n`)
  return path
}

/** Ids that do not stand where their time puts them. */
async function outOfOrder(files: readonly string[]): Promise<string[]> {
  const book = await openBook(files, { threads: 4 })
  try {
    return await book.duck.texts(
      'select transaction_id from transactions where rank <> cast(transaction_id as bigint) order by rank limit 5',
    )
  } finally {
    book.close()
  }
}

test('payments without a payer or a payee stand at their time', async () => {
  assert.deepEqual(await outOfOrder([file('gaps.csv', 0, 6_000)]), [])
})

test('a stage that is filled by several files keeps their order with several threads', async () => {
  const parts = [file('1.csv', 0, 130_000), file('2.csv', 130_000, 260_000), file('3.csv', 260_000, 390_000)]
  assert.deepEqual(await outOfOrder(parts), [])
  assert.deepEqual(await outOfOrder(parts.toReversed()), [])
})

test('a file with every column is read in its order by several threads', async () => {
  const columns = [...HEAD.split(','), ...TEXT_COLUMNS, ...FLAGS, 'received_amount', 'received_currency']
  const path = join(folder, 'wide.csv')
  writeFileSync(path, `${columns.join(',')}\n`)
  const duck = await openDuck({ threads: 2 })
  for (const sql of [CURRENCY_TYPE, STAGE_TABLE]) await duck.run(sql)
  const plain = { delimiter: ',', header: columns, encoding: 'utf-8', gzip: false } as const
  const { widen, sql } = stageInsert(recognise(path, columns, null), csvSource(path, plain, []), 0)
  for (const it of widen) await duck.run(it)
  // rows that go into a table in batches keep their order; a plan with a join, hidden as it may be, has none
  const [plan] = await duck.all<{ explain_value: string }>(`explain ${sql}`)
  duck.close()
  assert.match(plan?.explain_value ?? '', /BATCH_INSERT/)
})
