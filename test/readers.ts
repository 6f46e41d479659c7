import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type MeetingWay, READERS, type System, type Way, type Where } from '../src/access/readers.ts'
import { newId } from '../src/core/ids.ts'
import type { Person } from './house.ts'

// Rows for the model of readers, and who of it sees each.

export type Row = Readonly<Record<string, unknown>>
export type World = Readonly<Record<string, readonly Row[]>>
/** A member, the house itself, or whoever asks without any context. */
export type Asker = Person | { readonly system: System | 'nobody' }

interface Making {
  readonly people: readonly Person[]
  readonly rows: Record<string, Record<string, unknown>[]>
  readonly groups: readonly string[]
}

/**
 * Rows in which every way of the model leads to each member, and to nobody: keys that lead elsewhere are of nobody at all.
 * @param seats  the first two members sit in one group, the first as its steward; a third sat there once
 */
export function madeRows(people: readonly Person[]): World {
  const [first, second, third] = people as [Person, Person, Person]
  const [group, other] = [newId(), newId()]
  const making: Making = { people, rows: {}, groups: [group, other] }
  const put = (table: string, row: Record<string, unknown>) => {
    making.rows[table] ??= []
    making.rows[table].push(row)
  }
  const sits = { group_id: group, hidden: false, left_at: null }
  put('seat', { ...sits, member_id: first.member, role: 'steward' })
  put('seat', { ...sits, member_id: second.member, role: 'member', hidden: true })
  put('seat', { ...sits, member_id: third.member, role: 'member', left_at: new Date(0) })
  for (const [table, ways] of Object.entries(READERS))
    for (const way of ways) for (const row of rowsOf(way, table, making, put)) put(table, row)
  return making.rows
}

/** Every other key of the table leads to nobody. */
function elsewhere(table: string): Record<string, unknown> {
  const keys = (READERS[table] ?? []).flatMap((way) => [
    ...('column' in way ? [way.column] : []),
    ...('ours' in way ? [way.ours] : []),
    ...('own' in way && way.own ? [way.own] : []),
  ])
  return Object.fromEntries([...new Set(keys)].map((key) => [key, newId()]))
}

type Put = (table: string, row: Record<string, unknown>) => void

function rowsOf(way: Way, table: string, making: Making, put: Put): Record<string, unknown>[] {
  const base = () => ({ ...elsewhere(table), ...(way.where ? { [way.where.column]: fits(way.where) } : {}) })
  const made = keysOf(way, making, put).map((keys) => ({ ...base(), ...keys }))
  const [one] = keysOf(way, making, put)
  // and where the column does not hold what it has to
  return way.where ? [...made, { ...base(), ...one, [way.where.column]: misfits(way.where) }] : made
}

/** The keys by which a way leads to each member in turn. */
function keysOf(way: Way, making: Making, put: Put): Record<string, unknown>[] {
  const { people, groups } = making
  switch (way.by) {
    case 'member':
      return people.map(({ member }) => ({ [way.column]: member }))
    case 'org':
      return people.map(({ org }) => ({ [way.column]: org }))
    case 'row':
      return people.flatMap(({ member, org }, i) => {
        const key = newId()
        const tied = {
          ...(way.member ? { [way.member]: member } : {}),
          ...(way.org ? { [way.org]: org } : {}),
        }
        put(way.of, { ...elsewhere(way.of), [way.theirs]: key, ...tied })
        if (!way.until || i > 0) return [{ [way.ours]: key }]
        const over = newId()
        put(way.of, { ...elsewhere(way.of), [way.theirs]: over, ...tied, [way.until]: new Date(0) })
        return [{ [way.ours]: key }, { [way.ours]: over }]
      })
    case 'seen': {
      const [first] = READERS[way.of] ?? []
      return (first ? keysOf(first, making, put) : []).map((keys) => {
        const key = newId()
        put(way.of, { ...elsewhere(way.of), ...keys, [way.theirs]: key })
        return { [way.ours]: key }
      })
    }
    case 'seat':
      return groups.flatMap((group) =>
        way.own
          ? people.map(({ member }) => ({ [way.column]: group, [way.own ?? '']: member }))
          : [{ [way.column]: group }],
      )
    case 'meeting':
      return newMeetings(making, put).flatMap((meeting) =>
        way.as === 'present' ? [{ [way.column]: meeting, tlp: 'RED' }] : [{ [way.column]: meeting }],
      )
    default:
      return [{}]
  }
}

/** A meeting of the group, one of the whole network and one of others; two people answered each, one of them was there. */
function newMeetings({ people, groups }: Making, put: Put): string[] {
  const [, second, , fourth] = people as [Person, Person, Person, Person]
  const callers = [second.member, fourth.member, newId()]
  return [groups[0], null, groups[1]].map((group, i) => {
    const id = newId()
    put('meeting', { id, group_id: group, called_by: callers[i] })
    for (const { member } of [second, fourth])
      put('attendance', { meeting_id: id, member_id: member, was_there: member === second.member })
    return id
  })
}

const fits = ({ is, not }: Where) => (is !== undefined ? is : not === null ? newId() : 'GREEN')
const misfits = ({ is, not }: Where) =>
  typeof is === 'boolean' ? !is : is === null ? newId() : not !== undefined ? not : 'something else'

/** Whether the model shows a row to somebody. */
export function reads(table: string, row: Row, asker: Asker, world: World): boolean {
  return (READERS[table] ?? []).some((way) => holds(way.where, row) && leads(way, row, asker, world))
}

function holds(where: Where | undefined, row: Row): boolean {
  if (!where) return true
  const it = row[where.column]
  return where.is !== undefined ? it === where.is : it !== where.not
}

function leads(way: Way, row: Row, asker: Asker, world: World): boolean {
  if ('system' in asker) return way.by === 'system' && way.systems.some((it) => it === asker.system)
  switch (way.by) {
    case 'anybody':
      return true
    case 'role':
      return asker.role === way.role
    case 'system':
      return false
    case 'member':
      return row[way.column] === asker.member
    case 'org':
      return row[way.column] === asker.org
    case 'row':
      return rowsIn(world, way.of).some(
        (it) =>
          it[way.theirs] === row[way.ours] &&
          (!way.member || it[way.member] === asker.member) &&
          (!way.org || it[way.org] === asker.org) &&
          (!way.until || it[way.until] === null),
      )
    case 'seen':
      return rowsIn(world, way.of).some(
        (it) => it[way.theirs] === row[way.ours] && reads(way.of, it, asker, world),
      )
    case 'seat':
      return sits(row[way.column], asker, world, way.steward) && (!way.own || row[way.own] === asker.member)
    case 'meeting':
      return meets(row[way.column], way.as, asker, world)
  }
}

const rowsIn = (world: World, table: string) => world[table] ?? []

function sits(group: unknown, { member }: Person, world: World, steward?: true): boolean {
  return rowsIn(world, 'seat').some(
    (it) =>
      it.group_id === group &&
      it.member_id === member &&
      it.left_at === null &&
      (!steward || it.role === 'steward'),
  )
}

function meets(id: unknown, as: MeetingWay, asker: Person, world: World): boolean {
  const meeting = rowsIn(world, 'meeting').find((it) => it.id === id)
  if (!meeting) return false
  const invited = meeting.group_id === null || sits(meeting.group_id, asker, world)
  const keeps =
    meeting.called_by === asker.member ||
    (meeting.group_id === null ? asker.role === 'steward' : sits(meeting.group_id, asker, world, true))
  if (as === 'invited') return invited
  if (as === 'keeper') return keeps
  if (as === 'overseer') return meeting.group_id === null ? keeps : sits(meeting.group_id, asker, world, true)
  const there = rowsIn(world, 'attendance').some(
    (it) => it.meeting_id === id && it.member_id === asker.member && it.was_there === true,
  )
  return invited && (there || keeps)
}

export interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly needed: boolean
}

/**
 * What their other columns hold does not matter to who reads or writes rows, so checks and unique keys are taken away in this
 * database, and rules between tables are not asked. Answers which columns there are.
 */
export async function loosen(admin: pg.Client): Promise<readonly Column[]> {
  await admin.query(`do $$ declare it record; begin
    for it in select conname, conrelid::regclass as of from pg_constraint
      where contype in ('c', 'f') and connamespace = 'firebreak'::regnamespace
    loop execute format('alter table %s drop constraint %I', it.of, it.conname); end loop;
    for it in select conname, conrelid::regclass as of from pg_constraint
      where contype = 'u' and connamespace = 'firebreak'::regnamespace
    loop execute format('alter table %s drop constraint %I', it.of, it.conname); end loop;
    for it in select indexrelid::regclass as of from pg_index join pg_class on pg_class.oid = indexrelid
      where indisunique and not indisprimary and relnamespace = 'firebreak'::regnamespace
    loop execute format('drop index %s', it.of); end loop; end $$`)
  const { rows } = await admin.query<Column>(
    `select table_name as "table", column_name as name, udt_name as type,
       is_nullable = 'NO' and column_default is null and is_identity = 'NO' as needed
     from information_schema.columns where table_schema = 'firebreak' and is_generated = 'NEVER'`,
  )
  return rows
}

/** Puts the rows there as they are. Answers them as they then lie, whole. */
export async function layRows(admin: pg.Client, made: World): Promise<World> {
  const columns = await loosen(admin)
  await admin.query(`set session_replication_role = replica`)
  const lying: Record<string, Row[]> = {}
  for (const [table, rows] of Object.entries(made)) {
    await admin.query(`delete from firebreak.${table}`)
    const ofTable = columns.filter((it) => it.table === table)
    lying[table] = []
    for (const row of rows) lying[table].push(await lay(admin, { table, row, columns: ofTable }))
  }
  await admin.query(`set session_replication_role = origin`)
  return lying
}

export async function lay(
  admin: pg.Client,
  it: { readonly table: string; readonly row: Row; readonly columns: readonly Column[] },
): Promise<Row> {
  const binary = new Set(it.columns.filter(({ type }) => type === 'bytea').map(({ name }) => name))
  const needed = it.columns.filter((column) => column.needed)
  const whole = Object.entries({
    ...Object.fromEntries(needed.map(({ name, type }) => [name, anything(type)])),
    ...it.row,
  })
  const { rows } = await admin.query<Row>(
    `insert into firebreak.${it.table} (${whole.map(([name]) => `"${name}"`).join(', ')}) overriding system value
     values (${whole.map((_, i) => `$${i + 1}`).join(', ')}) returning *`,
    whole.map(([name, value]) =>
      binary.has(name) && typeof value === 'string' ? Buffer.from(value) : value,
    ),
  )
  return rows[0] ?? {}
}

let counted = 0

export function anything(type: string): unknown {
  counted++
  if (type === 'bytea') return randomBytes(32)
  if (/^(int|float|numeric)/.test(type)) return counted
  if (/^(timestamp|date)/.test(type)) return new Date(1_700_000_000_000 + counted * 86_400_000)
  if (type === 'bool') return false
  if (type === 'jsonb') return '{}'
  if (type.startsWith('_')) return []
  return newId()
}
