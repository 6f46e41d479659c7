/**
 * First and second start: time until the server answers, and resident memory of the program and its database then.
 * The floor is the database alone: the same PostgreSQL, initialised and started by itself, until it answers.
 * Run  node bench/start/run.ts [--write]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCluster } from '../../src/store/cluster.ts'
import { percentile, ratio } from '../stats.ts'

const RUNS = 5
const MAIN = resolve(import.meta.dirname, '../../src/main.ts')

async function started(dataDir: string): Promise<{ ms: number; program: number; database: number }> {
  const began = performance.now()
  const child = spawn(process.execPath, [MAIN, 'serve', '--demo', '--port', '18600', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes
  })
  let base: string | undefined
  for (;;) {
    base = /Members\s+\S*(http:\/\/localhost:\d+)/.exec(said)?.[1]
    if (
      base &&
      (await fetch(`${base}/api/house`).then(
        (answer) => answer.ok,
        () => false,
      ))
    )
      break
    if (child.exitCode !== null) throw new Error(said)
    await sleep(20)
  }
  const ms = performance.now() - began
  const memory = { program: memoryOf([child.pid ?? 0]), database: memoryOf(postgresOf(dataDir)) }
  child.kill('SIGINT')
  await new Promise((done) => child.once('exit', done))
  return { ms, ...memory }
}

/** Proportional set size in MiB: shared pages count once. */
function memoryOf(pids: number[]): number {
  const kib = pids.map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  )
  return Math.round(kib.reduce((sum, value) => sum + value, 0) / 1024)
}

function postgresOf(dataDir: string): number[] {
  const main = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === main
    } catch {
      return false // ended while we looked
    }
  })
  return [Number(main), ...children.map(Number)]
}

async function databaseAlone(dataDir: string): Promise<number> {
  const began = performance.now()
  const cluster = await startCluster({ dataDir, adminPassword: 'x'.repeat(64), say: () => {} })
  const ms = performance.now() - began
  await cluster.stop()
  return ms
}

const first: Awaited<ReturnType<typeof started>>[] = []
const second: Awaited<ReturnType<typeof started>>[] = []
const floorFirst: number[] = []
const floorSecond: number[] = []
for (let i = 0; i < RUNS; i++) {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-start-'))
  floorFirst.push(await databaseAlone(join(folder, 'floor')))
  floorSecond.push(await databaseAlone(join(folder, 'floor')))
  first.push(await started(join(folder, 'ours')))
  second.push(await started(join(folder, 'ours')))
  rmSync(folder, { recursive: true, force: true })
}
const median = (values: number[]) => Math.round(percentile(values, 0.5))
const of = (runs: typeof first, floor: number[]) => ({
  readyMs: median(runs.map((run) => run.ms)),
  floorMs: median(floor),
  times: ratio(median(runs.map((run) => run.ms)), median(floor)),
  programMiB: median(runs.map((run) => run.program)),
  databaseMiB: median(runs.map((run) => run.database)),
})
const result = { runs: RUNS, first: of(first, floorFirst), second: of(second, floorSecond) }
console.log(JSON.stringify(result, null, 2))
if (process.argv.includes('--write')) {
  writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
}
