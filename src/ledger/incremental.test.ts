import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fc } from '../../test/property.ts'
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
    purpose: fc.constantFrom('', 'salary', 'เงินเดือน', 'release fee', '赎金', 'loan', 'ঋণ'),
    device_id: fc.constantFrom('', 'DEV1', 'DEV9'),
    geo: fc.constantFrom('', 'TH Bangkok airport', 'KH compound'),
    rail: fc.constantFrom('', 'cash', 'wire'),
  }),
  { minLength: 1, maxLength: 60 },
)

test('random books, cut at random days: every rule tells what a run over everything tells', async () => {
  const own = ownRules(rules)
  assert.ok(own.size >= 25, `${own.size} rules look at an account by itself`)
  let reused = 0
  await fc.assert(
    fc.asyncProperty(
      noise,
      fc.array(fc.integer({ min: 1, max: history.length - 1 }), { minLength: 1, maxLength: 2 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (more, cuts, late, twice) => {
        const rows: Fields[] = [...history, ...more].map((row, i) => ({
          transaction_id: i % 3 === 0 ? '' : `N${i}`,
          ...row,
        }))
        rows.sort((a, b) => (a.booked_at ?? '').localeCompare(b.booked_at ?? ''))
        const places = [0, ...[...new Set(cuts)].sort((a, b) => a - b), rows.length]
        const parts = places.slice(1).map((end, i) => rows.slice(places[i], end))
        const last = parts.at(-1) ?? []
        // rows that come late, and rows that come again: the same, or with another amount under the same id
        for (const at of late)
          last.push(...(parts[0]?.splice(at % Math.max(1, parts[0].length - 1), 1) ?? []))
        for (const [i, at] of twice.entries()) {
          const row = rows[at % rows.length] ?? {}
          last.push(i % 2 === 0 ? { ...row } : { ...row, amount: '77.00' })
        }
        const days = parts.map((it) => fileOf(it))
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
      numRuns: Number(process.env.FIREBREAK_RUNS ?? 3),
      endOnFailure: true,
      // a last day of three payments touches few accounts, whatever chance brings in the others
      examples: [
        [[], [history.length - 3], [], []],
        [[], [history.length - 3], [5, 700], [1, 2, 3, 4]],
      ],
    },
  )
  assert.ok(reused > 0, 'some rules were asked about touched accounts alone')
})

const COLUMNS = 'transaction_id,booked_at,amount,currency,payer_account,payee_account'
const day = (columns: string, rows: readonly string[]) => put(`${columns}\n${rows.join('\n')}\n`)
const pays = (from: number, to: number, more = '') =>
  [...Array(to - from).keys()].map(
    (i) => `P${from + i},2026-03-0${1 + ((from + i) % 6)}T10:00:00Z,900.00,EUR,v${from + i},mule${more}`,
  )
const newState = () => mkdtempSync(join(folder, 'state-'))

test('a file that brings new columns, rows that cannot be read, and accounts that were never seen', async () => {
  const state = newState()
  const days = [
    day(COLUMNS, [...pays(0, 5), 'P98,2026-03-02T10:00:00Z,nine,EUR,a,b']),
    day(
      `${COLUMNS},purpose,crypto_chain,received_amount,received_currency`,
      pays(5, 12, ',release fee,tron,1.00,USDT'),
    ),
    day(COLUMNS, [
      ...pays(12, 15),
      'P1,2026-03-02T10:00:00Z,900.00,EUR,v1,mule',
      'P97,2026-01-01T10:00:00Z,5.00,EUR,new,mule',
    ]),
  ]
  const { book, screening } = await dayByDay(
    state,
    days.map((it) => [it]),
  )
  const all = await whole(days)
  assert.ok(all.alerts.length > 0)
  assert.deepEqual(answerOf(book, screening), all)
})

test('a rule that was changed since judges the whole book, and says so', async () => {
  const state = newState()
  const days = [day(COLUMNS, pays(0, 12)), day(COLUMNS, ['P90,2026-03-07T10:00:00Z,1.00,EUR,x,y'])]
  const [before] = runningRules().filter((it) => it.id === 'TX-K02')
  assert.ok(before?.thresholds.payers)
  const laxer = {
    ...before,
    version: 2,
    thresholds: { ...before.thresholds, payers: { value: 3, unit: 'count' as const } },
  }
  const with_ = { state, threads: 2, excuses: loadExcuses() }
  await screenKept([days[0] ?? ''], { ...with_, rules: [before] })
  const said: string[] = []
  const { screening, kept } = await screenKept([days[1] ?? ''], {
    ...with_,
    rules: [laxer],
    say: (it) => said.push(it),
  })
  assert.equal(kept, 0)
  assert.deepEqual(
    screening.alerts.map((it) => [it.account, it.version]),
    [['mule', 2]],
  )
  assert.ok(said.some((it) => /TX-K02: new or changed/.test(it)))
})

test('a run that dies in the middle leaves the earlier state, and so does one that another overtakes', async () => {
  const state = newState()
  const rules = runningRules()
  const options = { state, threads: 2, rules, excuses: loadExcuses() }
  const [one, two, three] = [day(COLUMNS, pays(0, 5)), day(COLUMNS, pays(5, 12)), day(COLUMNS, pays(12, 15))]
  await screenKept([one], options)
  const before = readdirSync(state).sort()
  const text = readFileSync(join(state, 'state.json'), 'utf8')
  const broken = {
    ...options,
    rules: [
      ...rules,
      {
        ...(rules[0] as (typeof rules)[number]),
        id: 'TX-K99',
        needs: [],
        sql: 'select nothing from nowhere',
      },
    ],
  }
  await assert.rejects(screenKept([two], broken))
  assert.deepEqual(readdirSync(state).sort(), before)
  assert.equal(readFileSync(join(state, 'state.json'), 'utf8'), text)
  // a copy that a killed run left behind is in nobody's way
  writeFileSync(join(state, 'book-dead.duckdb'), 'half')
  const both = await Promise.allSettled([screenKept([two], options), screenKept([three], options)])
  const lost = both.filter((it) => it.status === 'rejected')
  assert.equal(lost.length, 1)
  assert.match(String(lost[0]?.reason), /another run has changed this state/)
  const { book, screening } = await screenKept([two, three], options)
  assert.equal(book.rows, 15)
  assert.deepEqual(
    new Set(answerOf(book, screening).alerts.map((it) => it.account)),
    new Set((await whole([one, two, three])).alerts.map((it) => it.account)),
  )
  assert.equal(readdirSync(state).length, 2)
})

test('a state that an earlier version kept is refused by name', async () => {
  const state = newState()
  writeFileSync(join(state, 'state.json'), '{"version":1,"book":"book-1.duckdb"}')
  await assert.rejects(
    screenKept([day(COLUMNS, pays(0, 5))], { state, rules: runningRules(), excuses: loadExcuses() }),
    /state\.json: an earlier version of Firebreak kept this state; take another folder/,
  )
})
