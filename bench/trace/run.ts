/**
 * How fast stolen money is followed, beside a DuckDB recursive query, graphology and lbug (which goes on from Kuzu). The
 * peers' “reach” answers less: which accounts could have been reached within four payments, each after the one before. Ours
 * answers how much is where, by three rules; graphology's “fifo” is the same question with the graph for an index.
 * Run  node bench/trace/run.ts [--rows 10000000] [--only ours,duckdb] [--write]
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ratio } from '../stats.ts'
import { HOPS } from './books.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    only: { type: 'string', default: 'ours,duckdb,graphology,lbug' },
    write: { type: 'boolean' },
  },
})
const HERE = import.meta.dirname
const rows = Number(flags.rows)

interface Ran {
  readonly loadedMs: number
  readonly times: Record<string, { p50: number; p95: number; mean: number }>
  readonly reached: Record<string, number>
  readonly memory: Record<string, number>
  readonly peakBytes: number
}

function installPeer(): void {
  if (existsSync(join(HERE, 'node_modules/lbug'))) return
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: HERE, stdio: 'inherit' })
  if (status !== 0) throw new Error('lbug could not be installed')
}

/** One engine in a process of its own; the reason when it does not get through. */
async function ran(engine: string): Promise<Ran | { readonly failed: string }> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=10000', join(HERE, `${engine}.ts`), String(rows)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let said = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  child.stderr.on('data', (bytes) => {
    said += bytes
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  const line = /^RESULT (.*)$/m.exec(out)?.[1]
  if (line) return JSON.parse(line)
  const why = /^.*(?:Error|FATAL|error).*$/m.exec(said)?.[0] ?? said.slice(-200)
  return { failed: `exit ${code}: ${why.trim().slice(0, 200)}` }
}

const engines: Record<string, Ran | { readonly failed: string }> = {}
for (const engine of flags.only.split(',')) {
  if (engine === 'lbug') installPeer()
  process.stderr.write(`${engine} ...\n`)
  engines[engine] = await ran(engine)
  console.log(engine, JSON.stringify(engines[engine]))
}
const { ours } = engines
if (ours && 'times' in ours) {
  const peers = Object.entries(engines).flatMap(([name, it]) =>
    name !== 'ours' && 'times' in it
      ? Object.entries(it.times).map(([what, { p50, mean }]) => ({ name: `${name} ${what}`, p50, mean }))
      : [],
  )
  const { raw = 0, columnsAndIndex = 0 } = ours.memory
  /** How many times as long each peer takes, by the median and by the mean of the same questions. */
  const timesFaster = (method: string) =>
    Object.fromEntries(
      peers.map(({ name, p50, mean }) => {
        const own = ours.times[method] ?? { p50: Number.NaN, mean: Number.NaN }
        return [name, { p50: ratio(p50, own.p50), mean: ratio(mean, own.mean) }]
      }),
    )
  const result = {
    rows,
    hops: HOPS,
    engines,
    timesFaster: {
      fifo: timesFaster('fifo'),
      'fifo, counted': timesFaster('fifo, counted'),
      haircut: timesFaster('haircut'),
      poison: timesFaster('poison'),
    },
    firstHopMs: ours.times['first hop'],
    memoryTimesRawColumns: ratio(columnsAndIndex, raw),
  }
  console.log(JSON.stringify(result, null, 2))
  if (flags.write)
    writeFileSync(join(HERE, `results.${rows}.frozen.json`), `${JSON.stringify(result, null, 2)}\n`)
}
