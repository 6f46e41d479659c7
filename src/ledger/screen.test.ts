import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fc } from '../../test/property.ts'
import { compareRules, withThresholds } from './backtest.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { openBook } from './load.ts'
import { loadUnanswered } from './rule.ts'
import { loadRules } from './rule-files.ts'
import { type Screening, screen } from './screen.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-screening-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function screenFiles(files: string[], ids: string[] | null = null): Promise<Screening> {
  const book = await openBook(files, { threads: 1 })
  const engine = await duckEngine(book)
  try {
    return await screen(engine, { ...book, rules: loadRules(ids), excuses: loadExcuses() })
  } finally {
    await engine.close()
  }
}

const HEAD = 'transaction_id,booked_at,amount,currency,payer_account,payee_account,device_id\n'
const collector = [...Array(9).keys()].map((i) => `V${i},2026-03-01T0${i}:00:00Z,900.00,EUR,victim${i},mule,`)
const driven = ['mule', 'p2', 'p3', 'p4'].map(
  (it, i) => `D${i},2026-03-02T0${i}:00:00Z,2000.00,EUR,${it},boss,DEV1`,
)
const people = file(
  'people.csv',
  `account,holder_type\n${['mule', 'p2', 'p3', 'p4'].map((it) => `${it},person`).join('\n')}\n`,
)

test('alerts on one account are one case, and signs of trafficking put protection before every other action', async () => {
  const book = file('protect.csv', HEAD + [...collector, ...driven].join('\n'))
  const { alerts, cases } = await screenFiles([book, people], ['TX-K02', 'TX-T01'])
  const mule = cases.find((it) => it.account === 'mule')
  assert.deepEqual([...(mule?.rules ?? [])].sort(), ['TX-K02', 'TX-T01'])
  assert.equal(mule?.protectFirst, true)
  assert.ok(
    (mule?.score ?? 0) > Math.max(...alerts.filter((it) => it.account === 'mule').map((it) => it.score)),
  )
  for (const it of alerts.filter((one) => one.account === 'mule' && one.rule === 'TX-K02'))
    assert.match(it.action, /protection first/)
  const others = await screenFiles([file('plain.csv', HEAD + collector.join('\n'))], ['TX-K02'])
  assert.doesNotMatch(others.alerts[0]?.action ?? '', /protection first/)
})

test('what the files cannot tell is said, and at least fifty rules of the field can be run', async () => {
  const { missing } = await screenFiles([file('bare.csv', HEAD + collector.join('\n'))])
  assert.ok(missing.some((it) => it.rule === 'TX-V12' && it.needs.includes('signals.signal')))
  const families = loadRules().filter((it) => !it.id.startsWith('TX-N'))
  assert.ok(families.length >= 50, `${families.length}`)
  const ids = new Set([...families.map((it) => it.id), ...loadUnanswered().map((it) => it.id)])
  for (const [family, last] of [
    ['V', 14],
    ['K', 20],
    ['C', 11],
    ['O', 17],
    ['T', 10],
  ] as const)
    for (let i = 1; i <= last; i++) {
      const id = `TX-${family}${String(i).padStart(2, '0')}`
      assert.ok(ids.has(id), `${id} is neither a rule nor unanswered`)
    }
})

test('the order of rows in a file changes no alert', async () => {
  const rows = [...collector, ...driven]
  const told = async (lines: readonly string[]) => {
    const { alerts } = await screenFiles(
      [file('shuffled.csv', HEAD + lines.join('\n')), people],
      ['TX-K02', 'TX-T01', 'TX-K01'],
    )
    return alerts.map(({ rule, account, score, reason, transactions }) => ({
      rule,
      account,
      score,
      reason,
      transactions,
    }))
  }
  const first = await told(rows)
  assert.ok(first.length > 0)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
      assert.deepEqual(await told(shuffled), first)
    }),
    { numRuns: 4 },
  )
})

test('back-test: a lower line finds more, says which, and counts what was labelled', async () => {
  const seven = [
    ...collector.slice(0, 7),
    ...collector.map((it) => it.replace('V', 'W').replace('mule', 'mule2').replace('victim', 'person')),
  ]
  const labels = file('labels.csv', 'account,is_sar\nmule,1\nmule2,0\n')
  const book = await openBook([file('back.csv', HEAD + seven.join('\n')), labels], { threads: 1 })
  const engine = await duckEngine(book)
  try {
    const [rule] = loadRules(['TX-K02'])
    assert.ok(rule)
    const found = await compareRules(engine, {
      before: rule,
      after: withThresholds(rule, { payers: 7 }),
      options: { ...book, excuses: loadExcuses() },
    })
    assert.deepEqual([found.before.accounts, found.before.labelled], [1, 0])
    assert.deepEqual([found.after.accounts, found.after.labelled, found.labelledInAll], [2, 1, 1])
    assert.deepEqual([found.gained, found.lost], [['mule'], []])
    assert.throws(() => withThresholds(rule, { colour: 1 }), /its thresholds are payers, window/)
  } finally {
    await engine.close()
  }
})
