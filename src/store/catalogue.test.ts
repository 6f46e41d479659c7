import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { asAdmin, type TestDatabase, testDatabase } from '../../test/database.ts'
import { signContext } from './context.ts'

/** T1: nothing in the catalogue escapes row-level security. Each question must find no row. */
const QUESTIONS: Record<string, string> = {
  'a table of members’ data without row-level security, or not forced': `
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'firebreak' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
  'a table without any policy': `
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'firebreak' and c.relkind in ('r', 'p') and not exists (select 1 from pg_policy p where p.polrelid = c.oid)`,
  'a policy for everybody, or one that lets the runtime role through unconditionally': `
    select c.relname, p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
    where 0 = any (p.polroles)
      or ((select oid from pg_roles where rolname like '%\\_app' and rolname = 'firebreak_test_app') = any (p.polroles)
        and pg_get_expr(coalesce(p.polqual, p.polwithcheck), p.polrelid) = 'true')`,
  'a table outside our schemas that the runtime role may read': `
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('firebreak', 'pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(toast|temp)' and has_table_privilege('firebreak_test_app', c.oid, 'select')
      and has_schema_privilege('firebreak_test_app', n.oid, 'usage')`,
  'a view that reads as its owner, or a materialised view': `
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('firebreak', 'sec') and (c.relkind = 'm'
      or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`,
  'a definer function without a fixed search path': `
    select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('firebreak', 'sec') and p.prosecdef
      and not coalesce(p.proconfig::text like '%search_path=pg_catalog, pg_temp%', false)`,
  'a function that everybody may call': `
    select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('firebreak', 'sec', 'house') and has_function_privilege('public', p.oid, 'execute')`,
  'a role of ours that bypasses row security, is superuser, or may make roles or databases': `
    select rolname from pg_roles where rolname like 'firebreak\\_test\\_%'
      and (rolbypassrls or rolsuper or rolcreaterole or rolcreatedb or rolreplication)`,
  'something that the runtime role owns': `
    select c.relname from pg_class c where c.relowner = 'firebreak_test_app'::regrole
    union all select p.proname from pg_proc p where p.proowner = 'firebreak_test_app'::regrole`,
  'a right of the runtime role to make things': `
    select nspname from pg_namespace where has_schema_privilege('firebreak_test_app', oid, 'create') and nspname !~ '^pg_temp'
    union all select datname from pg_database where datname = current_database()
      and (has_database_privilege('firebreak_test_app', oid, 'create') or has_database_privilege('firebreak_test_app', oid, 'temp'))`,
  'a right to empty tables or to watch them with triggers': `
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'firebreak' and c.relkind = 'r'
      and has_table_privilege('firebreak_test_app', c.oid, 'truncate, trigger, references')`,
  'a right to change or remove audit entries': `
    select 'audit_entry' where has_table_privilege('firebreak_test_app', 'firebreak.audit_entry', 'update, delete')
      or has_any_column_privilege('firebreak_test_app', 'firebreak.audit_entry', 'update')`,
}

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.drop())

for (const [what, sql] of Object.entries(QUESTIONS)) {
  test(`catalogue: there is not ${what}`, async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      const { rows } = await admin.query(sql)
      assert.deepEqual(rows, [])
    })
  })
}

/** The questions themselves must be able to fail: each of these adds what the named question must find. */
const ESCAPES: [string, string][] = [
  [
    'a table of members’ data without row-level security, or not forced',
    'create table firebreak.leak (id text)',
  ],
  ['a table without any policy', 'create table firebreak.leak (id text)'],
  [
    'a policy for everybody, or one that lets the runtime role through unconditionally',
    'create policy leak on firebreak.report to firebreak_test_app using (true)',
  ],
  [
    'a view that reads as its owner, or a materialised view',
    'create view firebreak.leak as select * from firebreak.report',
  ],
  [
    'a definer function without a fixed search path',
    "create function firebreak.leak() returns int language sql security definer as 'select 1'",
  ],
  [
    'a function that everybody may call',
    "create function firebreak.leak() returns int language sql as 'select 1'",
  ],
  [
    'something that the runtime role owns',
    'create table leak (id text); alter table leak owner to firebreak_test_app',
  ],
  [
    'a right to change or remove audit entries',
    'grant delete on firebreak.audit_entry to firebreak_test_app',
  ],
]

for (const [what, hole] of ESCAPES) {
  test(`catalogue: finds ${what}`, async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query('begin')
      await admin.query(hole)
      const { rowCount } = await admin.query(QUESTIONS[what] ?? '')
      await admin.query('rollback')
      assert.ok(rowCount, 'the escape was not found')
    })
  })
}

test('context: none, forged, expired and replayed-after-edit contexts open nothing', async () => {
  await database.store.as({ system: 'setup' }, (db) =>
    db
      .insertInto('org')
      .values({
        id: 'o',
        name: 'Org',
        kind: 'cso',
        country: 'TH',
        time_zone: 'Asia/Bangkok',
        hours: '"always"',
        channel: null,
      })
      .execute(),
  )
  const asApp = (context: string | null) =>
    asAdmin(database.appUrl, async (client: pg.Client) => {
      await client.query('begin')
      if (context !== null) await client.query(`select set_config('app.ctx', $1, true)`, [context])
      return client.query('select * from firebreak.org').then(
        (found) => found.rowCount,
        (error: Error) => error.message,
      )
    })
  const key = Buffer.from(database.store.secrets.contextKey, 'hex')
  const real = { member: 'm', org: 'o', role: 'steward', session: 's' } as const
  const good = signContext(real, key, new Date())
  assert.equal(await asApp(good), 1)
  assert.match(String(await asApp(null)), /no context/)
  assert.match(String(await asApp('')), /no context/)
  const old = signContext(real, key, new Date(Date.now() - 3_600_000))
  assert.match(String(await asApp(old)), /expired context/)
  const [body = '', mac = ''] = good.split('.')
  const other = Buffer.from(Buffer.from(body, 'base64').toString().replace('"o"', '"p"')).toString('base64')
  for (const forged of [
    `${other}.${mac}`,
    `${body}.${'0'.repeat(64)}`,
    `${body}.`,
    body,
    `${body}.zz`,
    'x.y',
    '{}',
    `${body}.${mac}00`,
  ]) {
    assert.match(String(await asApp(forged)), /context/, forged)
  }
  assert.match(String(await asApp(signContext(real, Buffer.alloc(32), new Date()))), /forged context/)
})
