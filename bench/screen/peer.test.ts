import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { openBook } from '../../src/ledger/load.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { lackingOf, screen } from '../../src/ledger/screen.ts'
import { generate, pathsOf } from './generate.ts'
import { FIVE, perTransaction } from './peer.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-peer-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('the peer and our five rules name the same accounts, and every rule can be answered', async () => {
  await generate(folder, { rows: 30_000, seed: 7, each: 2 })
  const files = pathsOf(folder)
  const [transactions = '', accounts = ''] = files
  const book = await openBook(files)
  assert.equal(book.rejectedCount, 0)
  const engine = await duckEngine(book)
  assert.deepEqual(
    loadRules().filter((rule) => lackingOf(rule, book.has).length > 0),
    [],
  )
  const { alerts } = await screen(engine, { ...book, rules: loadRules(FIVE), excuses: loadExcuses() })
  await engine.close()
  const peer = await perTransaction({ transactions, accounts })
  for (const rule of FIVE) {
    const ours = alerts.filter((it) => it.rule === rule).map((it) => it.account)
    assert.ok(ours.length > 0, `${rule} finds nothing, and nothing is compared`)
    assert.deepEqual([...(peer.get(rule) ?? [])].sort(), ours.sort(), rule)
  }
})

test('the same seed gives the same book', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  for (const it of [one, two]) await generate(it, { rows: 2_000, seed: 3 })
  for (const [i, path] of pathsOf(one).entries())
    assert.equal(readFileSync(path, 'utf8'), readFileSync(pathsOf(two)[i] ?? '', 'utf8'))
})
