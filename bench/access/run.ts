/**
 * What row-level security with a signed context costs: the same question (one organisation's newest 20 reports) with it and
 * without it, in turn, on 100,000 reports of 60 organisations with 5 wraps each.
 * Run  node bench/access/run.ts [--write]
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { signContext } from '../../src/store/context.ts'
import { asAdmin, testDatabase } from '../../test/database.ts'
import { ratio, summary } from '../stats.ts'

const ORGS = 60
const REPORTS = 100_000
const ROUNDS = 3_000
const QUESTION = `select id, ref, tlp, status, created_at from firebreak.report
  where org_id = $1 order by created_at desc, id limit 20`
/** What our own queries say: no filter at all, the policy is the filter. */
const UNFILTERED = `select id, ref, tlp, status, created_at from firebreak.report
  order by created_at desc, id limit 20`

const FILL = `
  insert into firebreak.org (id, name, kind, country, time_zone, hours)
    select 'org' || n, 'Org ' || n, 'cso', 'TH', 'Asia/Bangkok', '"always"' from generate_series(1, ${ORGS}) n;
  insert into firebreak.member (id, org_id, email, name, role, recipient)
    select 'm' || n, 'org' || n, 'm' || n || '@test.example', 'M', 'caseworker', 'age1' || n from generate_series(1, ${ORGS}) n;
  insert into firebreak.sealed (id, org_id, kind, recipient, size, complete)
    select 's' || n, 'org' || (n % ${ORGS} + 1), 'report', 'age1x', 4096, true from generate_series(1, ${REPORTS}) n;
  insert into firebreak.sealed_wrap (sealed_id, member_id, wrapped, granted_by)
    select 's' || n, 'm' || ((n + k) % ${ORGS} + 1), 'w', 'm1' from generate_series(1, ${REPORTS}) n, generate_series(1, 5) k;
  insert into firebreak.report (id, ref, org_id, author_id, sealed_id, tlp, created_at)
    select 'r' || n, 'R', 'org' || (n % ${ORGS} + 1), 'm' || (n % ${ORGS} + 1), 's' || n, 'AMBER', now() - n * interval '1 minute'
    from generate_series(1, ${REPORTS}) n;
  analyze;`

const database = await testDatabase()
try {
  await asAdmin(database.adminUrl, (admin) => admin.query(FILL))
  const plain = new pg.Client({ connectionString: database.adminUrl })
  const guarded = new pg.Client({ connectionString: database.appUrl })
  await Promise.all([plain.connect(), guarded.connect()])
  const key = Buffer.from(database.store.secrets.contextKey, 'hex')
  const times = { none: [] as number[], guarded: [] as number[], filtered: [] as number[] }
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const began = performance.now()
    await work()
    into.push(performance.now() - began)
  }
  for (let i = 0; i < ROUNDS; i++) {
    const n = (i % ORGS) + 1
    const begin = () =>
      `begin; set local app.ctx = '${signContext({ member: `m${n}`, org: `org${n}`, role: 'caseworker', session: 's' }, key, new Date())}'`
    await timed(times.none, async () => {
      await plain.query('begin')
      await plain.query(QUESTION, [`org${n}`])
      await plain.query('commit')
    })
    await timed(times.filtered, async () => {
      await guarded.query(begin())
      await guarded.query(QUESTION, [`org${n}`])
      await guarded.query('commit')
    })
    await timed(times.guarded, async () => {
      await guarded.query(begin())
      const { rowCount } = await guarded.query(UNFILTERED)
      if (rowCount !== 20) throw new Error('the policy let nothing through')
      await guarded.query('commit')
    })
  }
  await Promise.all([plain.end(), guarded.end()])
  const rows = {
    none: summary(times.none),
    filtered: summary(times.filtered),
    guarded: summary(times.guarded),
  }
  const result = {
    reports: REPORTS,
    organisations: ORGS,
    wrapsPerReport: 5,
    ...rows,
    times: { p50: ratio(rows.guarded.p50, rows.none.p50), p99: ratio(rows.guarded.p99, rows.none.p99) },
  }
  console.log(JSON.stringify(result, null, 2))
  if (process.argv.includes('--write')) {
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
  }
} finally {
  await database.drop()
}
