import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { answerOf } from './answer.ts'
import { duckEngine } from './engine.ts'
import { csv, exampleRows, type Fields } from './example.ts'
import { loadExcuses } from './excuses.ts'
import { openBook } from './load.ts'
import { ownRules } from './reach.ts'
import { runningRules } from './rule.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'
import { screenKept } from './screen-kept.ts'

// A day's file after the other, against everything at once: the same alerts, whatever the book and wherever it is cut.

const folder = mkdtempSync(join(tmpdir(), 'firebreak-incremental-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const put = (text: string) => {
  const path = join(folder, `f${files++}.csv`)
  writeFileSync(path, text)
  return path
}

const rules = loadRules()

/** The examples of every rule as one history; accounts of an example are its own. */
const history: Fields[] = []
const people: Fields[] = []
const signals: Fields[] = []
for (const rule of rules)
  for (const [kind, its] of Object.entries(rule.examples))
    for (const [i, example] of its.entries()) {
      const own = (name = '') => (name === '' ? '' : `${rule.id}.${kind}${i}.${name}`)
      const rows = exampleRows(example)
      for (const { transaction_id: _id, payer_account, payee_account, ...row } of rows.transactions)
        history.push({ ...row, payer_account: own(payer_account), payee_account: own(payee_account) })
      for (const row of rows.accounts) people.push({ ...row, account: own(row.account) })
      for (const row of rows.signals) signals.push({ ...row, signal: own(row.signal) })
    }
history.sort((a, b) => (a.booked_at ?? '').localeCompare(b.booked_at ?? ''))
const columns = [...new Set(history.flatMap((row) => Object.keys(row)))]
const parties = [put(csv(people)), put(csv(signals))]
const accounts = [...new Set(history.flatMap((row) => [row.payer_account ?? '', row.payee_account ?? '']))]

/** All columns in every file, as one bank's exports have them. */
const fileOf = (rows: readonly Fields[]) =>
  put(csv(rows.map((row) => Object.fromEntries(columns.map((it) => [it, row[it] ?? ''])))))

async function whole(paths: readonly string[]) {
  const book = await openBook(paths, { threads: 2 })
  const engine = await duckEngine(book)
  try {
    return answerOf(book, await screen(engine, { ...book, rules: runningRules(), excuses: loadExcuses() }))
  } finally {
    await engine.close()
  }
}

async function dayByDay(state: string, days: readonly (readonly string[])[]) {
  let last: Awaited<ReturnType<typeof screenKept>> | null = null
  for (const paths of days)
    last = await screenKept(paths, { state, threads: 2, rules: runningRules(), excuses: loadExcuses() })
  assert.ok(last)
  return last
}

/** Payments between any accounts of the history: they join what was apart. */
const noise = fc.array(
  fc.record({
    payer_account: fc.constantFrom(...accounts),
    payee_account: fc.constantFrom(...accounts),
    amount: fc.integer({ min: 1, max: 2_000_000 }).map((it) => (it / 100).toFixed(2)),
    currency: fc.constantFrom('USD', 'EUR', 'USDT'),
    booked_at: fc
      .date({ min: new Date('2026-02-20'), max: new Date('2026-04-20'), noInvalidDate: true })
      .map((it) => it.toISOString()),
    purpose: fc.constantFrom('', 'salary', 'release fee', 'loan'),
    device_id: fc.constantFrom('', 'DEV1', 'DEV9'),
    geo: fc.constantFrom('', 'TH Bangkok airport', 'KH compound'),
    rail: fc.constantFrom('', 'cash', 'wire'),
  }),
  { minLength: 1, maxLength: 60 },
)

test('random books, cut at random days: every rule tells what a run over everything tells', {
  timeout: 500_000,
}, async () => {
  const own = ownRules(rules)
  assert.ok(own.size >= 25, `${own.size} rules look at an account by itself`)
  let reused = 0
  await fc.assert(
    fc.asyncProperty(
      noise,
      fc.array(fc.integer({ min: 1, max: history.length - 1 }), { minLength: 1, maxLength: 2 }),
      async (more, cuts) => {
        const rows: Fields[] = [...history, ...more].map((row, i) => ({
          transaction_id: i % 3 === 0 ? '' : `N${i}`,
          ...row,
        }))
        rows.sort((a, b) => (a.booked_at ?? '').localeCompare(b.booked_at ?? ''))
        const places = [0, ...[...new Set(cuts)].sort((a, b) => a - b), rows.length]
        const days = places.slice(1).map((end, i) => fileOf(rows.slice(places[i], end)))
        const state = mkdtempSync(join(folder, 'state-'))
        const { book, screening, kept } = await dayByDay(state, [
          [...parties, days[0] ?? ''],
          ...days.slice(1).map((it) => [it]),
        ])
        reused += kept
        assert.deepEqual(answerOf(book, screening), await whole([...parties, ...days]))
        rmSync(state, { recursive: true })
      },
    ),
    {
      numRuns: Number(process.env.FIREBREAK_RUNS ?? 2),
      endOnFailure: true,
      // a last day of three payments touches few accounts, whatever chance brings in the others
      examples: [[[], [history.length - 3]]],
    },
  )
  assert.ok(reused > 0, 'some rules were asked about touched accounts alone')
})
