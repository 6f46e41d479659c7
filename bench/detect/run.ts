import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseRows } from '../../src/ledger/sniff.ts'
import { type Measured, measure, type Truth } from './measure.ts'
import { type Habits, simulate } from './simulate.ts'
import { town } from './town.ts'

/* Run: node bench/detect/run.ts [--freeze]. Books and labels: see data/README.md. */
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
const result: Record<string, Measured> = {
  'five typologies, 171,813 payments': await measure(
    join(DATA, 'five-typologies.transactions.csv.gz'),
    fiveTypologies(),
  ),
  'fan-in and cycle, 120,558 payments': await measure(
    join(DATA, 'fanin-cycle.transactions.csv.gz'),
    fanInAndCycle(),
  ),
  'made: people come back, amounts unrelated': await simulated({
    ...size,
    once: 0.05,
    each: 20,
    keep: null,
    seed: 1,
  }),
  'made: a quarter of payees is paid once': await simulated({
    ...size,
    once: 0.25,
    each: 20,
    keep: 0.9,
    seed: 2,
  }),
  'made: nearly all payees are paid once': await simulated({
    ...size,
    once: 0.9,
    each: 20,
    keep: 0.9,
    seed: 3,
  }),
  'made: ordinary, people come back': await simulated({ ...size, once: 0.05, each: 0, keep: null, seed: 4 }),
  'made: ordinary, a quarter once': await simulated({ ...size, once: 0.25, each: 0, keep: null, seed: 5 }),
  'made: ordinary, nearly all once': await simulated({ ...size, once: 0.9, each: 0, keep: null, seed: 6 }),
  'town: four patterns among everyday life': await made(town({ people: 6_000, each: 20, seed: 71 })),
  'town: everyday life alone': await made(town({ people: 6_000, each: 0, seed: 72 })),
}
for (const [book, { rules, baselines, perRule, innocent }] of Object.entries(result)) {
  console.log(`\n${book}`)
  for (const [name, it] of [...Object.entries(rules), ...Object.entries(baselines)])
    console.log(
      `  ${name.padEnd(32)} flagged ${String(it.flagged).padStart(5)}  precision ${it.precision}  recall ${it.recall}  f1 ${it.f1}  ${JSON.stringify(it.byTypology)}`,
    )
  console.log(`  by rule ${JSON.stringify(perRule)}`)
  if (innocent) console.log(`  innocent habits flagged ${JSON.stringify(innocent)}`)
}
if (process.argv.includes('--freeze'))
  writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
