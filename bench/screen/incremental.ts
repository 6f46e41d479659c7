import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { openBook } from '../../src/ledger/load.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { screen } from '../../src/ledger/screen.ts'
import { screenKept } from '../../src/ledger/screen-kept.ts'
import { generate, pathsOf } from './generate.ts'

/* Run: node bench/screen/incremental.ts ROWS [--freeze]. A year of payments and its last day: everything at once, and the day alone. */
const rows = Number(process.argv[2] ?? 200_000)
const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-incremental-'))
const excuses = loadExcuses()
const rules = loadRules()

const seconds = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
  const began = performance.now()
  const done = await work()
  return [Math.round((performance.now() - began) / 10) / 100, done]
}

async function whole(files: readonly string[]) {
  const book = await openBook(files)
  const engine = await duckEngine(book)
  const found = await screen(engine, { ...book, rules, excuses })
  await engine.close()
  return found.alerts
}

try {
  await generate(folder, { rows, seed: 20_261_122 })
  const [book = '', ...parties] = pathsOf(folder)
  const [head = '', ...lines] = readFileSync(book, 'utf8').trimEnd().split('\n')
  const cut = Math.round(rows * (364 / 365))
  const put = (name: string, part: readonly string[]) => {
    writeFileSync(join(folder, name), `${[head, ...part].join('\n')}\n`)
    return join(folder, name)
  }
  const [year, day] = [put('year.csv', lines.slice(0, cut)), put('day.csv', lines.slice(cut))]
  const state = join(folder, 'state')
  const [first] = await seconds(() => screenKept([year, ...parties], { state, rules, excuses }))
  const [anew, kept] = await seconds(() => screenKept([day], { state, rules, excuses }))
  const [all, alerts] = await seconds(() => whole([year, ...parties, day]))
  const same = JSON.stringify(kept.screening.alerts) === JSON.stringify(alerts)
  const result = {
    rows,
    newRows: rows - cut,
    cores: availableParallelism(),
    alerts: alerts.length,
    same,
    touchedAccounts: kept.touched,
    rulesOnTouchedAlone: kept.kept,
    seconds: { everything: all, dayAlone: anew, firstRunWithState: first },
    ratio: Math.round((all / anew) * 10) / 10,
  }
  console.log(JSON.stringify(result, null, 2))
  if (process.argv.includes('--freeze')) {
    const path = join(import.meta.dirname, 'incremental.frozen.json')
    writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`)
  }
  if (!same) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
