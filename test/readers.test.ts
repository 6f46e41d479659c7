import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import pg from 'pg'
import { BY_SHARE, ELSEWHERE, READERS, type System } from '../src/access/readers.ts'
import { asAdmin } from './database.ts'
import { type TestHouse, testHouse } from './house.ts'
import { type Asker, layRows, madeRows, reads, type World } from './readers.ts'
import { contextOf } from './sharing.ts'

// T2 and T3 for people, the door, keys, groups, meetings, the log and requests: every row of the model's making, asked for in bare SQL by every
// member and by the house itself; and each policy, dropped, inverted or opened, is missed.

let house: TestHouse
let world: World
/** The runtime role, without any context. */
let bare: pg.Client
let askers: readonly Asker[]
/** By table: under which name a row is found again, in SQL. */
const names = new Map<string, string>()
/** By table: the name of each row, in the order of the world. */
const rowNames = new Map<string, readonly string[]>()

before(async () => {
  house = await testHouse()
  const people = Object.values(house.people)
  bare = new pg.Client({ connectionString: house.appUrl })
  await bare.connect()
  askers = [...people, ...(['signin', 'setup', 'clock', 'nobody'] as const).map((system) => ({ system }))]
  await asAdmin(house.adminUrl, async (admin) => {
    world = await layRows(admin, madeRows(people))
    for (const table of Object.keys(READERS)) {
      const { rows } = await admin.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = ('firebreak.' || $1)::regclass and attnum > 0
           and has_column_privilege('firebreak_test_app', attrelid, attnum, 'select')`,
        [table],
      )
      names.set(table, `concat_ws('|', ${rows.map(({ name }) => `"${name}"`).join(', ')})`)
      const found = await admin.query<{ name: string }>(
        `select ${names.get(table)} as name from firebreak.${table} order by ctid`,
      )
      rowNames.set(
        table,
        found.rows.map(({ name }) => name),
      )
    }
  })
})
after(async () => {
  await bare?.end()
  await house?.close()
})

/** Whoever asks without a context is answered with an error: they see nothing. */
async function asked(asker: Asker, text: string): Promise<readonly { name: string }[]> {
  if ('system' in asker && asker.system === 'nobody')
    return bare.query<{ name: string }>(text).then(
      ({ rows }) => rows,
      () => [],
    )
  const context = 'system' in asker ? { system: asker.system as System } : contextOf(asker)
  const { rows } = await house.store.as(context, (db) =>
    db.executeQuery<{ name: string }>(CompiledQuery.raw(text, [])),
  )
  return rows
}

/** What is seen otherwise than the model says. */
async function wrong(table: string, asker: Asker): Promise<string[]> {
  const rows = await asked(asker, `select ${names.get(table)} as name from firebreak.${table}`)
  const seen = new Set(rows.map(({ name }) => name))
  const who = 'system' in asker ? asker.system : asker.role
  return (world[table] ?? []).flatMap((row, i) =>
    seen.has(rowNames.get(table)?.[i] ?? '') === reads(table, row, asker, world)
      ? []
      : [`${who} on ${table}: ${JSON.stringify(row)}`],
  )
}

test('the model has every table that the runtime role reads', async () => {
  await asAdmin(house.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ table: string }>(
      `select distinct tablename as "table" from pg_policies
       where schemaname = 'firebreak' and cmd in ('SELECT', 'ALL') and roles::text like '%_app%' order by 1`,
    )
    assert.deepEqual(
      rows.map(({ table }) => table),
      [...Object.keys(READERS), ...ELSEWHERE].sort(),
    )
  })
})

test('T2: every row is seen by whom the model says, and by nobody else', async () => {
  let cells = 0
  for (const table of Object.keys(READERS))
    for (const asker of askers) {
      assert.deepEqual((await wrong(table, asker)).slice(0, 3), [])
      cells += world[table]?.length ?? 0
    }
  assert.ok(cells > 9_000, `${cells} cells`)
})

test('T3: each of their policies, dropped, inverted or opened, is missed', async () => {
  await asAdmin(house.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ table: string; name: string; qual: string }>(
      `select tablename as "table", policyname as name, qual from pg_policies
       where schemaname = 'firebreak' and cmd in ('SELECT', 'ALL') and roles::text like '%_app%'
         and tablename <> all ($1) order by 1, 2`,
      [ELSEWHERE],
    )
    assert.ok(rows.length > 60, `${rows.length} policies`)
    for (const { table, name, qual } of rows) {
      if (BY_SHARE[table] === name) continue
      const mutants = { dropped: 'false', inverted: `not coalesce((${qual}), false)`, open: 'true' }
      for (const [how, mutant] of Object.entries(mutants)) {
        await admin.query(`alter policy ${name} on firebreak.${table} using (${mutant})`)
        let missed = false
        for (const asker of askers) {
          missed = (await wrong(table, asker)).length > 0
          if (missed) break
        }
        assert.ok(missed, `nobody misses ${name} on ${table}, ${how}`)
      }
      await admin.query(`alter policy ${name} on firebreak.${table} using (${qual})`)
    }
  })
  for (const table of Object.keys(READERS))
    for (const asker of askers) assert.deepEqual(await wrong(table, asker), [], 'all is as it was')
})
