/**
 * T27: how long a page waits for its list while 300 members a second ask, over the real stack (HTTP, sessions, signed context,
 * row-level security): 100,000 reports of 60 organisations, each shared with five of the others. Three of four ask for the
 * newest 20 reports of their own organisation, one for the newest 20 that were shared with it. The floor asks the same of the same database at
 * the same rate, with neither HTTP nor row-level security.
 * Run  node bench/access/list.ts [--rate 300] [--seconds 20] [--write]
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ADMIN } from '../../src/store/cluster.ts'
import { startServer } from '../server.ts'
import { ratio, summary } from '../stats.ts'

const ORGS = 60
const REPORTS = 100_000
const option = (name: string, otherwise: number) =>
  process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : otherwise
const RATE = option('--rate', 300)
const SECONDS = option('--seconds', 20)

const token = (n: number) => `bench${String(n).padStart(21, '0')}`
const hashes = Array.from({ length: ORGS }, (_, n) =>
  createHash('sha256')
    .update(token(n + 1))
    .digest(),
)

/** Triggers rest: they would check and tell half a million times what is known to be so. */
const FILL = `
  set session_replication_role = replica;
  insert into firebreak.org (id, name, kind, country, time_zone, hours)
    select 'org' || n, 'Org ' || n, 'cso', 'TH', 'Asia/Bangkok', '"always"' from generate_series(1, ${ORGS}) n;
  insert into firebreak.member (id, org_id, email, name, role, recipient)
    select 'm' || n, 'org' || n, 'm' || n || '@test.example', 'M', 'caseworker', 'age1' || n from generate_series(1, ${ORGS}) n;
  insert into firebreak.sealed (id, org_id, kind, recipient, size, complete)
    select 's' || n, 'org' || (n % ${ORGS} + 1), 'report', 'age1x', 4096, true from generate_series(1, ${REPORTS}) n;
  insert into firebreak.sealed_wrap (sealed_id, member_id, wrapped, granted_by)
    select 's' || n, 'm' || (n % ${ORGS} + 1), 'w', 'm' || (n % ${ORGS} + 1) from generate_series(1, ${REPORTS}) n;
  insert into firebreak.report (id, ref, org_id, author_id, sealed_id, tlp, created_at)
    select 'r' || n, 'R' || n, 'org' || (n % ${ORGS} + 1), 'm' || (n % ${ORGS} + 1), 's' || n, 'AMBER', now() - n * interval '1 minute'
    from generate_series(1, ${REPORTS}) n;
  insert into firebreak.share (id, item_kind, item_id, item_ref, report_id, org_id, made_by, purpose, basis_kind, basis, made_at, expires_at)
    select 'h' || n, 'report', 'r' || n, 'R' || n, 'r' || n, 'org' || (n % ${ORGS} + 1), 'm' || (n % ${ORGS} + 1),
      'investigation', 'public_interest', 'an invented basis', now() - n * interval '1 minute', now() + interval '90 days'
    from generate_series(1, ${REPORTS}) n;
  insert into firebreak.share_grant (id, share_id, to_org, since)
    select 'g' || n || '.' || k, 'h' || n, 'org' || ((n + k) % ${ORGS} + 1), now() - n * interval '1 minute'
    from generate_series(1, ${REPORTS}) n, generate_series(1, 5) k;
  set session_replication_role = origin;`

const OWN = `select r.*, m.name from firebreak.report r join firebreak.member m on m.id = r.author_id
  where r.org_id = $1 order by r.created_at desc, r.id desc limit 21`
const SHARED = `select s.* from firebreak.share s join (select share_id from firebreak.share_grant
  where to_org = $1 order by since desc limit 20) g on g.share_id = s.id order by s.made_at desc`

/** Open loop: questions start on the clock, whether or not earlier ones are answered. Milliseconds of each, by kind. */
async function atRate(ask: (n: number, kind: Kind) => Promise<boolean>) {
  const times: Record<Kind, number[]> = { own: [], shared: [] }
  let refused = 0
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let i = 0; i < RATE * SECONDS; i++) {
    await sleep(Math.max(0, began + (i * 1_000) / RATE - performance.now()))
    const kind = i % 4 === 3 ? 'shared' : 'own'
    const start = performance.now()
    running.push(
      ask(1 + ((i * 7) % ORGS), kind).then((good) => {
        if (good) times[kind].push(performance.now() - start)
        else refused++
      }),
    )
  }
  await Promise.all(running)
  const all = [...times.own, ...times.shared]
  return { all: summary(all), own: summary(times.own), shared: summary(times.shared), refused }
}
type Kind = 'own' | 'shared'

async function ours(base: string) {
  const answers: Record<Kind, string> = { own: '"reports":[{', shared: '"standing":"live"' }
  return atRate(async (n, kind) => {
    const path = kind === 'own' ? '/api/reports' : '/api/shares?box=in&limit=20'
    const { status, text } = await get(base + path, {
      cookie: `firebreak-on-this-computer=${token(n)}`,
    })
    if (status === 200 && !text.includes(answers[kind])) throw new Error(`empty: ${text.slice(0, 200)}`)
    return status === 200
  })
}

// who asks shares the two cores with who answers: `fetch` would take a quarter of one
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

function get(url: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    request(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
      response.on('error', fail)
    })
      .on('error', fail)
      .end()
  })
}

async function floor(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const result = await atRate(async (n, kind) => {
    const text = kind === 'own' ? OWN : SHARED
    return ((await pool.query({ name: kind, text, values: [`org${n}`] })).rowCount ?? 0) > 0
  })
  await pool.end()
  return result
}

async function fill(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await admin.query(FILL)
    await admin.query(
      `insert into firebreak.session (token_hash, member_id, via, expires_at)
        select h, 'm' || n, 'passkey', now() + interval '1 hour' from unnest($1::bytea[]) with ordinality x(h, n)`,
      [hashes],
    )
    await admin.query('vacuum analyze')
  } finally {
    await admin.end()
  }
}

/** Kilobytes that a process holds, after the run. */
const resident = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

const server = await startServer()
try {
  const url = new URL(server.store.appUrl)
  url.username = ADMIN
  url.password = server.store.secrets.adminPassword
  await fill(url.href)
  const warm = await ours(server.base)
  if (warm.refused > 0) console.log(`${warm.refused} refused while warming up`)
  const rows = { floor: await floor(url.href), ours: await ours(server.base) }
  const result = {
    reports: REPORTS,
    organisations: ORGS,
    grantsPerReport: 5,
    perSecond: RATE,
    seconds: SECONDS,
    ...rows,
    programKiB: resident(server.pid),
    times: {
      p50: ratio(rows.ours.all.p50, rows.floor.all.p50),
      p99: ratio(rows.ours.all.p99, rows.floor.all.p99),
    },
  }
  console.log(JSON.stringify(result, null, 2))
  if (process.argv.includes('--write')) {
    writeFileSync(
      join(import.meta.dirname, `list.${RATE}.frozen.json`),
      `${JSON.stringify(result, null, 2)}\n`,
    )
  }
} finally {
  await server.stop()
}
