import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { quote } from '../../src/ledger/duck.ts'
import { openDuck } from '../../src/ledger/duck-native.ts'
import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { openBook } from '../../src/ledger/load.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { lackingOf, screen } from '../../src/ledger/screen.ts'
import { generate } from './generate.ts'
import { perTransaction } from './peer.ts'

/* Run: node bench/screen/run.ts ROWS [--freeze]. Books are made once in the temporary folder. */
const rows = Number(process.argv[2] ?? 1_000_000)
const folder = join(tmpdir(), 'firebreak-bench')
mkdirSync(folder, { recursive: true })
const file = join(folder, `book-${rows}.csv`)
if (!existsSync(file)) {
  // under another name until it is whole: a book that was cut while it was made must not be measured
  await generate(`${file}.part`, { rows, seed: 20_261_122 })
  renameSync(`${file}.part`, file)
}

const seconds = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return Math.round((performance.now() - began) / 100) / 10
}
/** Seconds of processor time so far, of all threads: what counts where others share the machine. */
const cpuSeconds = () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  return (userCPUTime + systemCPUTime) / 1e6
}
const peakMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024
const memory = 4 * 1024 ** 3

const floor = await seconds(async () => {
  const duck = await openDuck({ memory })
  await duck.all(
    `select payer_account, count(*) as n, sum(amount) as total from read_csv(${quote(file)}) group by 1 order by 2 desc limit 5`,
  )
  duck.close()
})

const began = cpuSeconds()
const perRule: Record<string, { alerts: number; seconds: number }> = {}
let [load, prepare, rules] = [0, 0, 0]
let found = 0
const book = await (async () => {
  let opened: Awaited<ReturnType<typeof openBook>> | null = null
  load = await seconds(async () => {
    opened = await openBook([file], { memory })
  })
  if (!opened) throw new Error('no book')
  return opened as Awaited<ReturnType<typeof openBook>>
})()
let engine = null as Awaited<ReturnType<typeof duckEngine>> | null
prepare = await seconds(async () => {
  engine = await duckEngine(book)
})
const excuses = loadExcuses()
const pack = loadRules().filter((it) => lackingOf(it, book.has).length === 0)
for (const rule of pack) {
  let alerts = 0
  const took = await seconds(async () => {
    if (engine) alerts = (await screen(engine, { ...book, rules: [rule], excuses })).alerts.length
  })
  perRule[rule.id] = { alerts, seconds: took }
  rules += took
  found += alerts
  console.error(`${rule.id} ${alerts} alerts ${took} s`)
}
const cpu = Math.round((cpuSeconds() - began) * 10) / 10
const peak = Math.round(peakMb())
if (engine) await (engine as Awaited<ReturnType<typeof duckEngine>>).close()

const five = ['TX-K02', 'TX-K04', 'TX-K12', 'TX-O03', 'TX-V14']
const peer = rows <= 1_000_000 ? await seconds(() => perTransaction(file)) : null
const whole = Math.round((load + prepare + rules) * 10) / 10
const ourFive = five.reduce((sum, id) => sum + (perRule[id]?.seconds ?? 0), load + prepare)
const result = {
  rows: book.rows,
  megabytes: Math.round(statSync(file).size / 1e6),
  cores: availableParallelism(),
  rulesRun: pack.length,
  alerts: found,
  seconds: { whole, load, prepare, rules: Math.round(rules * 10) / 10 },
  cpuSeconds: cpu,
  secondsPerMillion: Math.round((whole / book.rows) * 1e7) / 10,
  peakMegabytes: peak,
  floor: {
    what: 'DuckDB reads the CSV and groups it once',
    seconds: floor,
    ratio: Math.round((whole / floor) * 10) / 10,
  },
  peer:
    peer === null
      ? null
      : {
          what: 'five of the rules, one payment after the other, history by index',
          seconds: peer,
          ratioOfOurFive: Math.round((ourFive / peer) * 100) / 100,
        },
  perRule,
}
console.log(JSON.stringify({ ...result, perRule: undefined }, null, 2))
if (process.argv.includes('--freeze')) {
  const path = join(import.meta.dirname, 'results.frozen.json')
  const frozen = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  writeFileSync(path, `${JSON.stringify({ ...frozen, [rows]: result }, null, 2)}\n`)
}
