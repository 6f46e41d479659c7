import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openBook } from './load.ts'

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
