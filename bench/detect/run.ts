import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseRows } from '../../src/ledger/sniff.ts'
import { harbour } from './harbour.ts'
import { type Measured, measure, type Truth } from './measure.ts'
import { bank } from './models.ts'
import { type Habits, simulate } from './simulate.ts'
import { town } from './town.ts'
import { world } from './world.ts'

/* Run: node bench/detect/run.ts [--freeze] [WORD …]. Books and labels: see data/README.md. */
const DATA = join(import.meta.dirname, 'data')
const rowsOf = (name: string) =>
  parseRows(gunzipSync(readFileSync(join(DATA, name))).toString('utf8'), ',', 10_000_000).slice(1)

function fiveTypologies(): Truth {
  const truth = new Map<string, Set<string>>()
  for (const [, typology = '', account = '', isSar] of rowsOf('five-typologies.accounts.csv.gz')) {
    if (isSar !== '1') continue
    truth.set(typology, (truth.get(typology) ?? new Set()).add(account))
  }
  return truth
}

const fanInAndCycle = (): Truth =>
  new Map([
    [
      'fraud',
      new Set(rowsOf('fanin-cycle.nodes.csv.gz').flatMap(([id = '', fraud]) => (fraud === '1' ? [id] : []))),
    ],
  ])

/** Books of our own: eight shapes hidden among habits of three kinds, and the same habits with nothing hidden. */
const simulated = (habits: Habits) => made(simulate(habits))

async function made({
  csv,
  truth,
  innocent,
}: {
  csv: string
  truth: Truth
  innocent?: Truth
}): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-detect-'))
  try {
    writeFileSync(join(folder, 'book.csv'), csv)
    return await measure(join(folder, 'book.csv'), truth, innocent)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const size = { accounts: 5_000, days: 200 }
const models = {
  accounts: 5_000,
  days: 200,
  members: [4, 14],
  period: [7, 45],
  amounts: [50, 1_500],
  alertAmounts: [200, 900],
} as const
const BOOKS: Readonly<Record<string, () => Promise<Measured>>> = {
  'five typologies, 171,813 payments': () =>
    measure(join(DATA, 'five-typologies.transactions.csv.gz'), fiveTypologies()),
  'fan-in and cycle, 120,558 payments': () =>
    measure(join(DATA, 'fanin-cycle.transactions.csv.gz'), fanInAndCycle()),
  'made: people come back, amounts unrelated': () =>
    simulated({ ...size, once: 0.05, each: 20, keep: null, seed: 1 }),
  'made: a quarter of payees is paid once': () =>
    simulated({ ...size, once: 0.25, each: 20, keep: 0.9, seed: 2 }),
  'made: nearly all payees are paid once': () =>
    simulated({ ...size, once: 0.9, each: 20, keep: 0.9, seed: 3 }),
  'made: ordinary, people come back': () => simulated({ ...size, once: 0.05, each: 0, keep: null, seed: 4 }),
  'made: ordinary, a quarter once': () => simulated({ ...size, once: 0.25, each: 0, keep: null, seed: 5 }),
  'made: ordinary, nearly all once': () => simulated({ ...size, once: 0.9, each: 0, keep: null, seed: 6 }),
  'town: four patterns among everyday life': () => made(town({ people: 6_000, each: 20, seed: 71 })),
  'town: everyday life alone': () => made(town({ people: 6_000, each: 0, seed: 72 })),
  'bank: eight patterns among models of behaviour': () =>
    made(bank({ ...models, each: 16, alike: 4, seed: 81 })),
  'bank: models of behaviour alone': () => made(bank({ ...models, each: 0, alike: 0, seed: 82 })),
  'world: thirteen schemes in six countries': () =>
    made(world({ people: 5_000, days: 180, each: 8, seed: 91 })),
  'world: its trade alone': () => made(world({ people: 5_000, days: 180, each: 0, seed: 92 })),
  'harbour: thirteen schemes, dong, pay by the month': () =>
    made(harbour({ accounts: 4_000, days: 120, each: 5, unit: 27_000, currency: 'VND', pay: 30, seed: 101 })),
  'harbour: thirteen schemes, euros, pay by the week': () =>
    made(harbour({ accounts: 11_000, days: 100, each: 12, unit: 1, currency: 'EUR', pay: 7, seed: 102 })),
  'harbour: its life alone': () =>
    made(harbour({ accounts: 7_000, days: 110, each: 0, unit: 60, currency: 'PHP', pay: 14, seed: 103 })),
}
// words after the options choose the books whose names hold one of them
const words = process.argv.slice(2).filter((it) => !it.startsWith('--'))
const result: Record<string, Measured> = {}
for (const [book, sight] of Object.entries(BOOKS))
  if (words.length === 0 || words.some((it) => book.includes(it))) result[book] = await sight()
for (const [book, { rules, baselines, perRule, innocent }] of Object.entries(result)) {
  console.log(`\n${book}`)
  for (const [name, it] of [...Object.entries(rules), ...Object.entries(baselines)])
    console.log(
      `  ${name.padEnd(32)} flagged ${String(it.flagged).padStart(5)}  precision ${it.precision}  recall ${it.recall}  f1 ${it.f1}  ${JSON.stringify(it.byTypology)}`,
    )
  console.log(`  by rule ${JSON.stringify(perRule)}`)
  if (innocent) console.log(`  innocent habits flagged ${JSON.stringify(innocent)}`)
}
if (process.argv.includes('--freeze')) {
  const frozen = join(import.meta.dirname, 'results.frozen.json')
  const before: object = words.length > 0 ? JSON.parse(readFileSync(frozen, 'utf8')) : {}
  writeFileSync(frozen, `${JSON.stringify({ ...before, ...result }, null, 2)}\n`)
}
