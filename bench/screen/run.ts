import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Book } from '../../src/ledger/book.ts'
import { quote } from '../../src/ledger/duck.ts'
import { openDuck } from '../../src/ledger/duck-native.ts'
import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { openBook } from '../../src/ledger/load.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { screen } from '../../src/ledger/screen.ts'
import { generate, pathsOf } from './generate.ts'
import { FIVE, perTransaction } from './peer.ts'

/* Run: node bench/screen/run.ts ROWS [--freeze]. Books are made once in the temporary folder. */
const SEED = 20_261_122
const MEMORY = 4 * 1024 ** 3
const rows = Number(process.argv[2] ?? 1_000_000)
const files = await bookOf(rows)
const [transactions = '', accounts = '', , labels = ''] = files

async function bookOf(rows: number): Promise<string[]> {
  const folder = join(tmpdir(), 'firebreak-bench', `book-${rows}`)
  mkdirSync(join(tmpdir(), 'firebreak-bench'), { recursive: true })
  if (!existsSync(folder)) {
    // under another name until it is whole: a book that was cut while it was made must not be measured
    rmSync(`${folder}.part`, { recursive: true, force: true })
    await generate(`${folder}.part`, { rows, seed: SEED })
    renameSync(`${folder}.part`, folder)
  }
  return pathsOf(folder)
}

const tenths = (n: number) => Math.round(n * 10) / 10
/** Seconds on the clock, and what the work gave. */
async function seconds<T>(work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now()
  const done = await work()
  return [Math.round((performance.now() - began) / 10) / 100, done]
}
/** Seconds of processor time so far, of all threads: what counts where others share the machine. */
const cpuSeconds = () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  return (userCPUTime + systemCPUTime) / 1e6
}
const peakMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024

async function floorOf(): Promise<number> {
  const [took] = await seconds(async () => {
    const duck = await openDuck({ memory: MEMORY })
    await duck.all(
      `select payer_account, count(*) as n, sum(amount) as total from read_csv(${quote(transactions)}) group by 1 order by 2 desc limit 5`,
    )
    duck.close()
  })
  return took
}

interface PerRule {
  readonly alerts: number
  readonly seconds: number
  /** Planted patterns that the rule found, of those that its own examples put there. */
  readonly planted: string
}

/** Everything a screening does, part by part, in one pass over the rules as `screen` runs them. */
async function screened() {
  const began = cpuSeconds()
  const [load, book] = await seconds(() => openBook(files, { memory: MEMORY }))
  const [prepare, engine] = await seconds(() => duckEngine(book))
  const starts: { readonly id: string; readonly at: number }[] = []
  const [rules, found] = await seconds(() =>
    screen(engine, {
      ...book,
      rules: loadRules(),
      excuses: loadExcuses(),
      at: (_done, id) => starts.push({ id, at: performance.now() }),
    }),
  )
  const end = performance.now()
  const cpu = cpuSeconds() - began
  const peak = peakMb()
  await engine.close()
  const took = new Map(starts.map(({ id, at }, i) => [id, ((starts[i + 1]?.at ?? end) - at) / 1000] as const))
  return { book, load, prepare, rules, found, cpu, peak, perRule: perRuleOf(book, found, took) }
}

function perRuleOf(
  _book: Book,
  { alerts }: Awaited<ReturnType<typeof screen>>,
  took: ReadonlyMap<string, number>,
): Record<string, PerRule> {
  const accounts = Map.groupBy(alerts, (it) => it.rule)
  const planted = Map.groupBy(
    readFileSync(labels, 'utf8').trim().split('\n').slice(1),
    (line) => line.split(',')[1] ?? '',
  )
  return Object.fromEntries(
    [...took].map(([id, seconds]) => {
      const names = (accounts.get(id) ?? []).map((it) => it.account)
      const exact = new Set(names)
      const marks = new Set(names.map((it) => it.slice(it.indexOf('.') + 1)))
      const put = planted.get(id) ?? []
      const met = put.filter((line) => {
        const [account = ''] = line.split(',')
        return account.startsWith('*.') ? marks.has(account.slice(2)) : exact.has(account)
      })
      return [
        id,
        {
          alerts: names.length,
          seconds: Math.round(seconds * 100) / 100,
          planted: `${met.length}/${put.length}`,
        },
      ]
    }),
  )
}

const floor = await floorOf()
const it = await screened()
const peer = rows <= 1_000_000 ? (await seconds(() => perTransaction({ transactions, accounts })))[0] : null
const whole = it.load + it.prepare + it.rules
const ourFive = FIVE.reduce((sum, id) => sum + (it.perRule[id]?.seconds ?? 0), it.load + it.prepare)
const result = {
  rows: it.book.rows,
  accounts: it.book.accounts,
  megabytes: Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6),
  cores: availableParallelism(),
  rulesRun: Object.keys(it.perRule).length,
  rulesMissing: it.found.missing.map(({ rule }) => rule),
  alerts: it.found.alerts.length,
  seconds: {
    whole: tenths(whole),
    load: tenths(it.load),
    prepare: tenths(it.prepare),
    rules: tenths(it.rules),
  },
  cpuSeconds: tenths(it.cpu),
  secondsPerMillion: Math.round((whole / it.book.rows) * 1e7) / 10,
  peakMegabytes: Math.round(it.peak),
  floor: { what: 'DuckDB reads the CSV and groups it once', seconds: floor, ratio: tenths(whole / floor) },
  peer:
    peer === null
      ? null
      : {
          what: 'five of the rules, one payment after the other, history by index',
          seconds: peer,
          ratioOfOurFive: Math.round((ourFive / peer) * 100) / 100,
        },
  perRule: it.perRule,
}
console.log(JSON.stringify({ ...result, perRule: undefined }, null, 2))
for (const [id, { alerts, seconds, planted }] of Object.entries(it.perRule))
  console.error(`${id}  ${alerts} alerts  ${planted} planted  ${seconds} s`)
if (process.argv.includes('--freeze')) {
  const path = join(import.meta.dirname, 'results.frozen.json')
  const frozen = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  writeFileSync(path, `${JSON.stringify({ ...frozen, [rows]: result }, null, 2)}\n`)
}
