/**
 * What the audit log costs: acts that are recorded, a second from 16 sessions at once while places are given and checkpoints
 * signed, beside a plain insert of the same row into an unguarded table by the same number of sessions, in turn, with the
 * disk awaited. Then how fast waiting entries get their places, what a proof costs, and how fast an export is proven.
 * Run  node bench/audit/run.ts [--write]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { record } from '../../src/access/audit.ts'
import { exportLines } from '../../src/access/audit-export.ts'
import { AuditKeeper } from '../../src/access/audit-keeper.ts'
import { AuditProof } from '../../src/access/audit-verify.ts'
import { isConsistent } from '../../src/access/merkle.ts'
import { proveConsistency, proveInclusion, rootAt } from '../../src/access/tree.ts'
import { newId } from '../../src/core/ids.ts'
import { ADMIN } from '../../src/store/cluster.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { loadSecrets } from '../../src/store/secrets.ts'
import { ratio, summary } from '../stats.ts'

const SESSIONS = 16
const ROUNDS = 5
const ROUND_MS = 3_000

const dataDir = mkdtempSync(join(tmpdir(), 'firebreak-bench-'))
const store = await openStore({ dataDir, say: () => {}, poolSize: SESSIONS + 4 })
try {
  const result = await measure(store)
  console.log(JSON.stringify(result, null, 2))
  if (process.argv.includes('--write'))
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
} finally {
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
}

async function measure(store: Store) {
  const url = new URL(store.appUrl)
  url.username = ADMIN
  url.password = loadSecrets(dataDir).adminPassword
  const floor = new pg.Pool({ connectionString: url.href, max: SESSIONS })
  await floor.query(`create table public.plain (id bigint generated always as identity primary key, at timestamptz, actor text,
    org text, act text, kind text, object text, detail jsonb, canonical text)`)
  const keeper = new AuditKeeper(store, console.error)
  await keeper.turn(true)
  const [plain, logged]: number[][] = [[], []]
  const members = Array.from({ length: SESSIONS }, () => ({ member: newId(), org: newId() }))
  keeper.start()
  for (let round = 0; round < ROUNDS; round++) {
    plain?.push(await perSecond(() => insert(floor)))
    logged?.push(await perSecond((session) => append(store, members[session] as (typeof members)[0])))
  }
  await keeper.stop()
  await floor.end()
  const middle = (all: number[] = []) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
  return {
    sessions: SESSIONS,
    recordedPerSecond: Math.round(middle(logged)),
    plainInsertsPerSecond: Math.round(middle(plain)),
    share: ratio(middle(logged), middle(plain)),
    ...(await places(store, keeper)),
    ...(await proofs(store, keeper)),
    ...(await proving(store, keeper)),
  }
}

async function perSecond(work: (session: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + ROUND_MS
  let done = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: SESSIONS }, async (_, session) => {
      for (; performance.now() < until; done++) await work(session)
    }),
  )
  return (done * 1000) / (performance.now() - began)
}

/** The whole way of an act: transaction, signed context, policies, HMACs, leaf, queue. */
function append(store: Store, who: { member: string; org: string }): Promise<void> {
  const actor = { ...who, role: 'officer', session: 'bench' } as const
  return store.as(actor, (db) =>
    record(db, actor, {
      act: 'sealed.opened',
      objectKind: 'sealed',
      objectId: who.member,
      detail: { bench: true },
    }),
  )
}

async function insert(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const canonical = 'x'.repeat(420) // as long as a leaf of ours
    void client.query('begin')
    await client.query({
      name: 'plain',
      text: 'insert into public.plain (at, actor, org, act, kind, object, detail, canonical) values (now(), $1, $2, $3, $4, $5, $6, $7)',
      values: ['a', 'b', 'sealed.opened', 'sealed', 'c', '{"bench":true}', canonical],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** How fast a backlog gets its places: what the sequencer can do when it has fallen behind. */
async function places(store: Store, keeper: AuditKeeper) {
  const before = await keeper.turn(true)
  for (let i = 0; i < 20; i++)
    await store.as({ system: 'setup' }, async (db) => {
      for (let n = 0; n < 500; n++)
        await record(db, null, { act: 'bench.done', objectKind: 'bench', objectId: 'x' })
    })
  const began = performance.now()
  const size = await keeper.turn(true)
  return { placesPerSecond: Math.round(((size - before) * 1000) / (performance.now() - began)) }
}

async function proofs(store: Store, keeper: AuditKeeper) {
  const size = await keeper.turn(true)
  const [inclusion, consistency, check]: number[][] = [[], [], []]
  await store.as({ system: 'clock' }, async (db) => {
    const toRoot = await rootAt(db, size)
    for (let i = 1; i <= 200; i++) {
      const from = Math.ceil((size * i) / 201)
      const began = performance.now()
      await proveInclusion(db, from, size)
      const middle = performance.now()
      const proof = await proveConsistency(db, from, size)
      const end = performance.now()
      const fromRoot = await rootAt(db, from)
      const start = performance.now()
      if (!isConsistent({ from, to: size, fromRoot, toRoot, proof })) throw new Error('not proven')
      check?.push(performance.now() - start)
      inclusion?.push(middle - began)
      consistency?.push(end - middle)
    }
  })
  return {
    leaves: size,
    inclusionProofMs: summary(inclusion ?? []),
    consistencyProofMs: summary(consistency ?? []),
    checkProofMs: summary(check ?? []),
  }
}

async function proving(store: Store, keeper: AuditKeeper) {
  let text = ''
  const from = performance.now()
  for await (const lines of exportLines(
    store,
    { system: 'setup' },
    { log: keeper.log, network: 'Bench', reveal: true },
  ))
    text += lines
  const taken = performance.now()
  const lines = text.trimEnd().split('\n')
  const began = performance.now()
  const proof = new AuditProof({ checkpoints: [], witnesses: [] })
  for (const line of lines) proof.read(line)
  const verdict = proof.verdict()
  if (!verdict.proven) throw new Error(JSON.stringify(verdict.findings))
  const perSecond = (ms: number) => Math.round((verdict.entries * 1000) / ms)
  return {
    exportedPerSecond: perSecond(taken - from),
    provenPerSecond: perSecond(performance.now() - began),
  }
}
