/**
 * How long from a caseworker's “send” until the officer's page has the whole request, over the real stack: HTTP, row-level
 * security, audit, disk, notify, server-sent event, fetch. The floor is the least any design could do in the same
 * database and the same run: one bare insert with a notify, until a listener hears it.
 * Run  node bench/submit/run.ts [--write]   (a minute)
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ADMIN } from '../../src/store/cluster.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, people } from '../../test/house.ts'
import { type BenchServer, startServer } from '../server.ts'
import { ratio, type Summary, summary } from '../stats.ts'

const RATES = [1, 10, 50]
const SECONDS = 10

/** Opens the officer's stream and fetches each request it names, as the page does. Calls back when it has it. */
async function officer(server: BenchServer, person: Person, seen: (id: string) => void): Promise<() => void> {
  const stop = new AbortController()
  const response = await fetch(`${server.base}/api/live`, {
    headers: { cookie: `firebreak-on-this-computer=${person.token}` },
    signal: stop.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async () => {
    let text = ''
    for (;;) {
      const { value, done } = (await reader?.read().catch(() => undefined)) ?? {
        done: true,
        value: undefined,
      }
      if (done) return
      text += value
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const id = /data: .*"id":"(\w+)"/.exec(event)?.[1]
        if (id) void ok(person.ask('GET', `/api/requests/${id}`)).then(() => seen(id))
      }
    }
  }
  void read()
  return () => stop.abort()
}

/** Open loop: submissions start on the clock, whether or not earlier ones are done. */
async function atRate(rate: number, once: (i: number) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let i = 0; i < rate * SECONDS; i++) {
    await sleep(Math.max(0, began + (i * 1_000) / rate - performance.now()))
    running.push(once(i))
  }
  await Promise.all(running)
}

async function ours(
  server: BenchServer,
  rate: number,
  who: { arunee: Person; weiling: Person },
): Promise<Summary & { readonly refused: number }> {
  const report = await filedReport(who.arunee)
  const waiting = new Map<string, (at: number) => void>()
  const stop = await officer(server, who.weiling, (id) => waiting.get(id)?.(performance.now()))
  const samples: number[] = []
  let refused = 0
  await atRate(rate, async () => {
    const body = freezeRequest({ reportId: report.id, toOrg: who.weiling.org })
    const began = performance.now()
    const seen = new Promise<number>((done) => waiting.set(body.id, done))
    const { status } = await who.arunee.ask('POST', '/api/requests', { body })
    if (status === 200) samples.push((await seen) - began)
    else refused++
  })
  stop()
  return { ...summary(samples), refused }
}

async function floor(server: BenchServer, rate: number): Promise<Summary> {
  const url = new URL(server.store.appUrl)
  url.username = ADMIN
  url.password = server.store.secrets.adminPassword
  const pool = new pg.Pool({ connectionString: url.href, max: 10 })
  await pool.query('create table if not exists floor (id text primary key, body jsonb)')
  const listener = await pool.connect()
  const waiting = new Map<string, (at: number) => void>()
  listener.on('notification', ({ payload }) => waiting.get(payload ?? '')?.(performance.now()))
  await listener.query('listen floor')
  const samples: number[] = []
  await atRate(rate, async (i) => {
    const id = `${rate}-${i}`
    const body = JSON.stringify(freezeRequest({ reportId: 'r', toOrg: 'o' }))
    const began = performance.now()
    const seen = new Promise<number>((done) => waiting.set(id, done))
    await pool.query(`with made as (insert into floor values ($1, $2)) select pg_notify('floor', $1)`, [
      id,
      body,
    ])
    samples.push((await seen) - began)
  })
  await pool.query('drop table floor')
  listener.release()
  await pool.end()
  return summary(samples)
}

const server = await startServer()
try {
  const { arunee, weiling } = await people(server.store, server.remote)
  const results = []
  for (const rate of RATES) {
    const row = {
      rate,
      floor: await floor(server, rate),
      ours: await ours(server, rate, { arunee, weiling }),
    }
    const times = { p50: ratio(row.ours.p50, row.floor.p50), p95: ratio(row.ours.p95, row.floor.p95) }
    results.push({ ...row, times })
    const show = (it: Summary) => `p50 ${it.p50} ms, p95 ${it.p95} ms, p99 ${it.p99} ms`
    console.log(
      `${rate}/s   seen by the officer: ${show(row.ours)}   floor: ${show(row.floor)}   × ${times.p50} (p50), × ${times.p95} (p95)`,
    )
  }
  if (process.argv.includes('--write')) {
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(results, null, 2)}\n`)
  }
} finally {
  await server.stop()
}
