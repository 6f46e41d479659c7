import type { Condition, Rule } from '../src/access/writers.ts'
import { newId } from '../src/core/ids.ts'
import type { Person } from './house.ts'
import { type Asker, anything, type Column, type Row } from './readers.ts'

// Rows that fit the model of writers, rows that miss it by one condition, and whether the model admits a row.

/** A condition that is not to hold. */
type Making = Condition & { readonly broken?: true }
export type Plan = readonly Making[]

/** The rule as rules without a choice in them. */
export function plain(rule: Rule): Plan[] {
  return rule.reduce<Plan[]>(
    (all, condition) => all.flatMap((one) => choices(condition).map((it) => [...one, ...it])),
    [[]],
  )
}

function choices(it: Condition): Plan[] {
  if (it.is === 'any') return it.of.flatMap(plain)
  if (it.is === 'value') return it.of.map((one) => [{ ...it, of: [one] }])
  if (it.is === 'row') return plain(it.where).map((where) => [{ ...it, where }])
  return [[it]]
}

/** The plan, each time with one condition that does not hold. Whether somebody is a steward is not for a row to say. */
export function broken(plan: Plan): Plan[] {
  return plan.flatMap((it, i) =>
    breaks(it).map((other) => [...plan.slice(0, i), other, ...plan.slice(i + 1)]),
  )
}

function breaks(it: Making): Making[] {
  if ('column' in it) return [{ ...it, broken: true }]
  // the row that may not be there, and rows that are not it by one thing
  if (it.is === 'no row')
    return [it.where, ...broken(it.where)].map((where) => ({ ...it, where, broken: true }))
  if (it.is !== 'row') return []
  const { same = [] } = it
  return [
    { ...it, broken: true },
    ...broken(it.where).map((where) => ({ ...it, where })),
    ...same.map((gone) => ({ ...it, same: same.filter((one) => one !== gone) })),
  ]
}

/** What is made for, and where it goes. */
export interface Maker {
  readonly who: Person
  readonly columns: readonly Column[]
  /** Takes rows of other tables. */
  put(table: string, row: Row): void
}

/** A row of the table for somebody, and the rows of others that it needs. */
export function made(table: string, plan: Plan, maker: Maker, base: Row = {}): Row {
  const row: Record<string, unknown> = { ...base }
  const type = (column: string) =>
    maker.columns.find((it) => it.table === table && it.name === column)?.type ?? 'text'
  const own = plan.filter((it) => 'column' in it)
  for (const it of own) if (it.is !== 'same') row[it.column] = held(it, maker.who, type(it.column))
  for (const it of own)
    if (it.is === 'same') {
      row[it.as] ??= anything(type(it.as))
      row[it.column] = it.broken ? anything(type(it.column)) : row[it.as]
    }
  for (const it of plan) {
    if (it.is === 'no row') row[it.ours] ??= newId()
    if (it.is === 'no row' && it.broken)
      maker.put(it.of, made(it.of, it.where, maker, { [it.theirs]: row[it.ours] }))
    if (it.is === 'row') tie(row, it, maker)
  }
  return row
}

function tie(row: Record<string, unknown>, it: Extract<Making, { is: 'row' }>, maker: Maker): void {
  row[it.ours] ??= newId()
  for (const { ours } of it.same ?? []) row[ours] ??= newId()
  if (it.broken) return
  const same = (it.same ?? []).map(({ theirs, ours }) => [theirs, row[ours]] as const)
  const base = { [it.theirs]: row[it.ours], ...Object.fromEntries(same) }
  maker.put(it.of, made(it.of, it.where, maker, base))
}

function held(it: Extract<Making, { column: string }>, { member, org }: Person, type: string): unknown {
  const day = 86_400_000
  switch (it.is) {
    case 'member':
      return it.broken ? newId() : member
    case 'org':
      return it.broken ? newId() : org
    case 'not the member':
      return it.broken ? member : newId()
    case 'not the org':
      return it.broken ? org : newId()
    case 'value':
      return it.broken ? otherThan(it.of[0]) : it.of[0]
    case 'empty':
      return it.broken ? anything(type) : null
    case 'filled':
      return it.broken ? null : anything(type)
    case 'past':
    case 'ahead':
      return new Date(Date.now() + ((it.is === 'past') === !it.broken ? -day : day))
    case 'same':
      return null
  }
}

const otherThan = (it: unknown) =>
  typeof it === 'boolean' ? !it : typeof it === 'number' ? it + 1 : 'something else'

/** The rows of other tables, and which member is on probation. */
export interface Ground {
  readonly rows: Readonly<Record<string, readonly Row[]>>
  readonly probation: string
}

/** Whether one of the rules admits the row. */
export const admits = (rules: readonly Rule[], row: Row, asker: Asker, ground: Ground): boolean =>
  rules.some((rule) => rule.every((it) => holds(it, row, asker, ground)))

function holds(it: Condition, row: Row, asker: Asker, ground: Ground): boolean {
  const person = 'system' in asker ? null : asker
  const found = 'column' in it ? (row[it.column] ?? null) : null
  switch (it.is) {
    case 'steward':
      return person?.role === 'steward'
    case 'somebody':
      return person !== null
    case 'in good standing':
      return person !== null && ground.probation !== person.member
    case 'house':
      return 'system' in asker && it.systems.some((one) => one === asker.system)
    case 'member':
      return person !== null && found === person.member
    case 'org':
      return person !== null && found === person.org
    case 'not the member':
      return person !== null && found !== null && found !== person.member
    case 'not the org':
      return person !== null && found !== null && found !== person.org
    case 'value':
      return it.of.some((one) => one === found)
    case 'empty':
      return found === null
    case 'filled':
      return found !== null
    case 'past':
      return found instanceof Date && found.getTime() < Date.now()
    case 'ahead':
      return found instanceof Date && found.getTime() > Date.now()
    case 'same':
      return alike(found, row[it.as])
    case 'any':
      return admits(it.of, row, asker, ground)
    case 'no row':
      return !(ground.rows[it.of] ?? []).some(
        (one) =>
          alike(one[it.theirs], row[it.ours]) && it.where.every((each) => holds(each, one, asker, ground)),
      )
    case 'row':
      return (ground.rows[it.of] ?? []).some(
        (one) =>
          alike(one[it.theirs], row[it.ours]) &&
          (it.same ?? []).every(({ theirs, ours }) => alike(one[theirs], row[ours])) &&
          it.where.every((each) => holds(each, one, asker, ground)),
      )
  }
}

/** As SQL has it: what is not there is like nothing. */
const alike = (one: unknown, other: unknown) => one !== undefined && one !== null && one === other

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const record = (table: string, row: Row) =>
  `jsonb_populate_record(null::firebreak.${table}, ${literal(JSON.stringify(row, plainly))}::jsonb)`

function plainly(this: unknown, key: string, value: unknown): unknown {
  const raw = (this as Record<string, unknown>)[key]
  return Buffer.isBuffer(raw) ? `\\x${raw.toString('hex')}` : value
}

/** SQL that puts the row there, with something in each column that must hold something. */
export function inserting(table: string, row: Row, columns: readonly Column[]): string {
  const needed = columns.filter((it) => it.table === table && it.needed)
  const whole: Row = { ...Object.fromEntries(needed.map(({ name, type }) => [name, anything(type)])), ...row }
  const names = Object.keys(whole).map((name) => `"${name}"`)
  return `insert into firebreak.${table} (${names.join(', ')}) select ${names.join(', ')} from ${record(table, whole)}`
}

/** SQL that changes whatever row there is without looking at it: so policies for reading are not asked. */
export function changing(table: string, before: Row, after: Row): string {
  const sets = Object.keys(after)
    .filter((name) => after[name] !== before[name])
    .map((name) => `"${name}" = (${record(table, { [name]: after[name] })})."${name}"`)
  return `update firebreak.${table} set ${sets.length > 0 ? sets.join(', ') : 'laid = true'}`
}
