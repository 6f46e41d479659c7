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
  readonly said: Record<string, { readonly accounts: number; readonly minor?: number }>
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

/** Engines that answer the same must say the same. */
for (const kind of new Set(
  Object.values(engines).flatMap((it) => ('said' in it ? Object.keys(it.said) : [])),
)) {
  const said = Object.entries(engines).flatMap(([name, it]) =>
    'said' in it && it.said[kind] ? [`${name} ${JSON.stringify(it.said[kind])}`] : [],
  )
  if (new Set(said.map((it) => it.slice(it.indexOf(' ')))).size > 1)
    throw new Error(`${kind}: they do not say the same: ${said.join(', ')}`)
}
const { ours } = engines
if (ours && 'times' in ours) {
  const { raw = 0, columnsAndIndex = 0 } = ours.memory
  /** How many times as long each peer takes for the same kind of answer, or for its bare reach, by median and by mean. */
  const timesFaster = (kind: string) =>
    Object.fromEntries(
      Object.entries(engines).flatMap(([name, it]) => {
        const own = ours.times[kind]
        if (name === 'ours' || !('times' in it) || !own) return []
        return [kind, 'reach'].flatMap((what) => {
          const peer = it.times[what]
          if (!peer) return []
          return [[`${name} ${what}`, { p50: ratio(peer.p50, own.p50), mean: ratio(peer.mean, own.mean) }]]
        })
      }),
    )
  const kinds = ['fifo', 'haircut', 'poison'].flatMap((method) => [method, `${method}, counted`])
  const result = {
    rows,
    hops: HOPS,
    engines,
    timesFaster: Object.fromEntries(kinds.map((kind) => [kind, timesFaster(kind)])),
    firstHopMs: ours.times['first hop'],
    memoryTimesRawColumns: ratio(columnsAndIndex, raw),
  }
  console.log(JSON.stringify(result, null, 2))
  if (flags.write)
    writeFileSync(join(HERE, `results.${rows}.frozen.json`), `${JSON.stringify(result, null, 2)}\n`)
}
