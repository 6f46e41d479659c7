import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { CHANGES, NOT_ADDED, REMOVED, SAID } from '../src/access/columns.ts'
import { READERS, type Way } from '../src/access/readers.ts'
import { type Rule, WRITERS } from '../src/access/writers.ts'
import { asAdmin, type TestDatabase, testDatabase } from './database.ts'

// T2 and T3 for columns: each right to write a column or to remove a row is what the model says, tried as the running house; each
// one given or taken is missed; and no column that may change says whose the row is.

type Verb = 'insert' | 'update' | 'delete'
interface Cell {
  readonly table: string
  /** Empty for the removal of rows. */
  readonly column: string
  readonly verb: Verb
}

let database: TestDatabase
let cells: readonly Cell[]
before(async () => {
  database = await testDatabase()
  await asAdmin(database.adminUrl, async (admin) => {
    // says whether the asker has the right: no row is touched, and it is asked before any policy or trigger
    await admin.query(`create function firebreak.may(texts text[]) returns boolean[] language plpgsql as $$
      declare answers boolean[] := '{}';
      begin
        for i in 1 .. cardinality(texts) loop
          begin execute texts[i]; answers := answers || true;
          exception when insufficient_privilege then answers := answers || false; end;
        end loop;
        return answers;
      end $$; grant execute on function firebreak.may(text[]) to firebreak_test_app`)
    const { rows } = await admin.query<{ table: string; column: string }>(
      `select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'firebreak'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
         and a.attgenerated = '' and a.attidentity = '' order by 1, a.attnum`,
    )
    cells = [
      ...rows.flatMap((it) => (['insert', 'update'] as const).map((verb) => ({ ...it, verb }))),
      ...[...new Set(rows.map(({ table }) => table))].map((table) => ({
        ...{ table, column: '', verb: 'delete' as const },
      })),
    ]
  })
})
after(() => database.drop())

const tried = ({ table, column, verb }: Cell) =>
  ({
    insert: `insert into firebreak.${table} ("${column}") select null where false`,
    update: `update firebreak.${table} set "${column}" = null where false`,
    delete: `delete from firebreak.${table} where false`,
  })[verb]

/** Asked as the running house is. */
const asked = (some: readonly Cell[]): Promise<boolean[]> =>
  database.store.as({ system: 'clock' }, async (db) => {
    const { rows } = await db.executeQuery<{ may: boolean[] }>(
      CompiledQuery.raw('select firebreak.may($1::text[]) as may', [some.map(tried)]),
    )
    return rows[0]?.may ?? []
  })

function modelled({ table, column, verb }: Cell): boolean {
  if (verb === 'delete') return REMOVED.includes(table)
  if (verb === 'update') return CHANGES[table]?.includes(column) ?? false
  return !NOT_ADDED.includes(table) && (SAID[table]?.includes(column) ?? true)
}

test('T2: a column is written, and a row removed, where the model says so, and nowhere else', async () => {
  const answers = await asked(cells)
  const wrong = cells.filter((cell, i) => answers[i] !== modelled(cell))
  assert.deepEqual(wrong, [])
  assert.ok(cells.length > 1_000, `${cells.length} cells`)
})

test('the model names no table and no column that is not there', () => {
  const there = new Set(cells.map(({ table, column }) => `${table}.${column}`))
  const named = [
    ...Object.entries({ ...CHANGES }).flatMap(([table, some]) => some.map((it) => `${table}.${it}`)),
    ...Object.entries({ ...SAID }).flatMap(([table, some]) => some.map((it) => `${table}.${it}`)),
    ...[...NOT_ADDED, ...REMOVED].map((table) => `${table}.`),
  ]
  assert.deepEqual(
    named.filter((it) => !there.has(it)),
    [],
  )
})

test('T3: each right that is given or taken is missed', async () => {
  await asAdmin(database.adminUrl, async (admin) => {
    for (const cell of cells) {
      const has = modelled(cell)
      await turn(admin, cell, !has)
      const [now] = await asked([cell])
      assert.notEqual(now, has, `nobody misses ${JSON.stringify(cell)}`)
      await turn(admin, cell, has)
    }
  })
  const answers = await asked(cells)
  assert.deepEqual(
    cells.filter((cell, i) => answers[i] !== modelled(cell)),
    [],
    'all is as it was',
  )
})

/** Gives a right or takes it. A right on all columns of a table is first made one on each. */
async function turn(admin: pg.Client, { table, column, verb }: Cell, give: boolean): Promise<void> {
  const how = give ? 'grant' : 'revoke'
  const to = give ? 'to' : 'from'
  if (verb === 'delete') {
    await admin.query(`${how} delete on firebreak.${table} ${to} firebreak_test_app`)
    return
  }
  if (!give) {
    const others = cells.filter(
      (it) => it.table === table && it.verb === verb && it.column !== column && modelled(it),
    )
    await admin.query(`revoke ${verb} on firebreak.${table} from firebreak_test_app`)
    if (others.length > 0)
      await admin.query(
        `grant ${verb} (${others.map((it) => `"${it.column}"`)}) on firebreak.${table} to firebreak_test_app`,
      )
  }
  await admin.query(`${how} ${verb} ("${column}") on firebreak.${table} ${to} firebreak_test_app`)
}

/** Columns by which the models of readers and writers lead to a row: whose it is, and what it belongs to. */
function ownership(table: string): Set<string> {
  const found = new Set<string>()
  const way = (it: Way) => {
    if ('column' in it) found.add(it.column)
    if ('ours' in it) found.add(it.ours)
    if ('own' in it && it.own) found.add(it.own)
  }
  const rule = (some: Rule): void => {
    for (const it of some) {
      if (['member', 'org', 'not the member', 'not the org'].includes(it.is) && 'column' in it)
        found.add(it.column)
      if (it.is === 'row' || it.is === 'no row') found.add(it.ours)
      if (it.is === 'any') it.of.forEach(rule)
    }
  }
  READERS[table]?.forEach(way)
  const { insert = [], from = [], remove = [], see = [] } = WRITERS[table] ?? {}
  for (const some of [insert, from, remove, see]) some.forEach(rule)
  return found
}

/** These say who did something last; the policy holds that it is the asker. */
const HELD_BY_POLICY = ['meeting_minutes.written_by', 'break_glass.reviewed_by']

test('no column that may change says whose a row is, or what it belongs to', () => {
  const moves = Object.entries(CHANGES).flatMap(([table, columns]) =>
    columns.filter((it) => ownership(table).has(it)).map((it) => `${table}.${it}`),
  )
  assert.deepEqual(
    moves.filter((it) => !HELD_BY_POLICY.includes(it)),
    [],
  )
  for (const it of HELD_BY_POLICY) {
    const [table = '', column = ''] = it.split('.')
    const afterwards = WRITERS[table]?.to ?? []
    assert.ok(
      afterwards.length > 0 &&
        afterwards.every((rule) => rule.some((one) => one.is === 'member' && one.column === column)),
      `${it} is held by no policy`,
    )
  }
})
