import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { duckEngine } from './engine.ts'
import { openBook } from './load.ts'
import { broughtRule } from './rule-faults.ts'
import { TYPOLOGIES } from './rule-files.ts'
import { ruleOfText } from './rule-text.ts'
import { screen } from './screen.ts'

const HOUSE = readFileSync(join(TYPOLOGIES, 'TX-K02.yaml'), 'utf8')
const bring = (text: string) => broughtRule(ruleOfText('mine.yaml', text))

test('a rule that somebody brings runs as it is written', () => {
  assert.equal(bring(HOUSE.replace(/^version: \d+$/m, 'version: 99')).version, 99)
})

for (const [what, text, told] of [
  ['that is no YAML', 'id: [', /^mine\.yaml:\d+: /],
  [
    'that is 100 MB',
    'x'.repeat(100_000_000),
    /^mine\.yaml: a rule has some thousand letters, and this has more than 200000$/,
  ],
  ['that is empty', '', /^mine\.yaml:1: the file: /],
  ['without a field', HOUSE.replace(/^source: .*$/m, ''), /^mine\.yaml:\d+: source: /],
  [
    'that reads files',
    HOUSE.replace(/^sql: >-$/m, "sql: >-\n  select * from read_csv('/etc/passwd') union"),
    /read_csv/,
  ],
  [
    'that writes',
    HOUSE.replace(/^sql: >-$/m, 'sql: >-\n  drop table tx'),
    /^mine\.yaml:\d+: drop: a rule only reads$/,
  ],
  [
    'that measures by words of SQL',
    HOUSE.replace(
      /column: \w+/,
      'column: "account) as nth, 1 as times from found as it) as ranked; drop table payments cascade; select (1"',
    ),
    /^mine\.yaml:\d+: measure\.column: the plain name of a column of its answer$/,
  ],
  [
    'that hides a list inside a text',
    HOUSE.replace(/^sql: >-$/m, "sql: >-\n  select ':words_crypto' from tx union"),
    /^mine\.yaml:\d+: /,
  ],
  [
    'of which each line refers to ten of the line before',
    `a0: &a0 [x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map((i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`).join('\n')}\n`,
    /^mine\.yaml:1: Excessive alias count/,
  ],
  ['with an unknown line', HOUSE.replace(/:payers\b/, ':payerz'), /^mine\.yaml:\d+: .*:payerz/],
] as const)
  test(`a rule ${what} is refused, with the line`, () => {
    assert.throws(() => bring(text), { message: told })
  })

test('a column of an answer that has no name of its own is told, and never becomes SQL', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firebreak-rule-')), 'tx.csv')
  writeFileSync(
    path,
    'transaction_id,booked_at,amount,currency,payer_account,payee_account\n1,2026-03-01,5,EUR,a,b\n',
  )
  const book = await openBook([path])
  const engine = await duckEngine(book)
  try {
    const rule = bring(HOUSE)
    const sql = `select account, 9 as payers, 0 as from_ms, 1 as to_ms, lower('x; drop table payments') from profiles`
    await assert.rejects(screen(engine, { ...book, rules: [{ ...rule, sql, excused: [] }], excuses: {} }), {
      code: 'invalid',
      message: /^TX-K02: a column of its answer has no plain name \(.*drop table/,
    })
  } finally {
    await engine.close()
  }
})
