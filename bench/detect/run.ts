import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseRows } from '../../src/ledger/sniff.ts'
import { measure, type Truth } from './measure.ts'

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

const result = {
  'five typologies, 171,813 payments': await measure(
    join(DATA, 'five-typologies.transactions.csv.gz'),
    fiveTypologies(),
  ),
  'fan-in and cycle, 120,558 payments': await measure(
    join(DATA, 'fanin-cycle.transactions.csv.gz'),
    fanInAndCycle(),
  ),
}
for (const [book, { rules, baselines, perRule }] of Object.entries(result)) {
  console.log(`\n${book}`)
  for (const [name, it] of [...Object.entries(rules), ...Object.entries(baselines)])
    console.log(
      `  ${name.padEnd(32)} flagged ${String(it.flagged).padStart(5)}  precision ${it.precision}  recall ${it.recall}  f1 ${it.f1}  ${JSON.stringify(it.byTypology)}`,
    )
  console.log(`  by rule ${JSON.stringify(perRule)}`)
}
if (process.argv.includes('--freeze'))
  writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
