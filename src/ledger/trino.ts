import { randomBytes } from 'node:crypto'
import { BasicAuth, type QueryData, Trino } from 'trino-client'
import { HouseError } from '../core/errors.ts'
import { factorSql, NO_CURRENCY } from './amount-sql.ts'
import type { Cell, Engine, Row } from './engine.ts'
import { preparedTables } from './prepare.ts'
import { FLAGS, TEXT_COLUMNS } from './transaction-columns.ts'
import type { Names } from './words.ts'

/** A book whose transactions already lie in a Trino catalog, under our own column names. */
export interface TrinoBook extends Names {
  readonly engine: Engine
  readonly rows: number
  readonly has: ReadonlySet<string>
  close(): Promise<void>
}

export interface TrinoOptions {
  /** e.g. https://user:password@trino.bank.example:8443/catalog; the catalog must allow a schema to be made for the run. */
  readonly url: string
}

/**
 * Opens tables (`catalog.schema.table`) as a book: transactions, and if there are such, accounts and signals,
 * recognised by their columns. Everything made for the run stands in a schema of its own, which `close` drops.
 * @throws `unavailable` when the cluster does not answer, `invalid` when no table holds transactions
 */
export async function openTrinoBook(tables: readonly string[], { url }: TrinoOptions): Promise<TrinoBook> {
  const client = connect(url)
  const schema = `firebreak_${randomBytes(6).toString('hex')}`
  const ask = (sql: string) => query(client(schema), sql)
  await ask(`create schema ${schema}`)
  const drop = () => ask(`drop schema ${schema} cascade`).then(() => undefined)
  try {
    const has = await stageTables(tables, ask)
    const engine: Engine = {
      name: 'trino',
      keep: async (name, sql) => {
        await ask(`drop table if exists ${name}`)
        await ask(`create table ${name} as ${sql}`)
      },
      rows: ask,
      close: drop,
    }
    for (const { name, sql, as } of preparedTables(has)) await ask(`create ${as} ${name} as ${sql}`)
    const names = (await ask('select name from account_names order by account')).map((it) => String(it.name))
    const [count] = await ask('select count(*) as n from transactions')
    return {
      engine,
      has,
      rows: Number(count?.n ?? 0),
      accountName: (account) => names[account] ?? '',
      formatTime: (ms) =>
        new Date(ms)
          .toISOString()
          .replace('T', ' ')
          .replace(/:00\.000Z$/, ''),
      close: drop,
    }
  } catch (error) {
    await drop().catch(() => undefined) // the first failure is the one to tell
    throw error
  }
}

function connect(url: string): (schema: string) => Trino {
  const { protocol, host, username, password, pathname } = new URL(url)
  const catalog = pathname.slice(1) || 'memory'
  const auth = new BasicAuth(
    decodeURIComponent(username) || 'firebreak',
    password ? decodeURIComponent(password) : undefined,
  )
  return (schema) =>
    Trino.create({ server: `${protocol}//${host}`, catalog, schema, auth, source: 'firebreak' })
}

async function query(trino: Trino, sql: string): Promise<Row[]> {
  const rows: Row[] = []
  try {
    for await (const { columns, data, error } of await trino.query(sql)) {
      if (error) throw new HouseError('invalid', `Trino: ${error.message}`)
      for (const values of data ?? []) rows.push(rowOf(columns ?? [], values))
    }
  } catch (error) {
    if (error instanceof HouseError) throw error
    throw new HouseError(
      'unavailable',
      `Trino does not answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return rows
}

const rowOf = (columns: readonly { name: string }[], values: QueryData): Row =>
  Object.fromEntries(columns.map(({ name }, i) => [name, (values as Cell[])[i] ?? null]))

type Ask = (sql: string) => Promise<Row[]>
const NAME = /^[\w-]+(?:\.[\w-]+){0,2}$/

/** Copies nothing but what the rules read, in the shape that the DuckDB loader gives too. */
async function stageTables(tables: readonly string[], ask: Ask): Promise<Set<string>> {
  const has = new Set<string>()
  let [transactions, accounts, signals] = ['', '', '']
  for (const table of tables) {
    if (!NAME.test(table))
      throw new HouseError('invalid', `${table}: with --engine trino, name tables as catalog.schema.table`)
    const columns = new Set((await ask(`describe ${table}`)).map((it) => String(it.Column ?? it.column_name)))
    const kind = columns.has('amount') ? '' : columns.has('signal') ? 'signals.' : 'accounts.'
    for (const name of columns) has.add(kind + name)
    if (kind === '') transactions = table
    else if (kind === 'signals.') signals = table
    else accounts = table
  }
  if (!transactions)
    throw new HouseError('invalid', `${tables.join(', ')}: no table has a column named amount`)
  await ask(`create table account_names as select cast(row_number() over (order by name) - 1 as integer) as account, name from
    (select cast(payer_account as varchar) as name from ${transactions} union select cast(payee_account as varchar) from ${transactions}) as n where name is not null`)
  await ask(`create table transactions as ${transactionsSql(transactions, has)}`)
  await ask(`create table account_rows as select ${partySql(accounts, has, 'accounts.', ACCOUNT)}`)
  await ask(`create table signal_rows as select ${partySql(signals, has, 'signals.', SIGNAL)}`)
  return has
}

function transactionsSql(table: string, has: ReadonlySet<string>): string {
  const text = (name: string, type = 'varchar') =>
    `cast(${has.has(name) ? `x.${name}` : 'null'} as ${type}) as ${name}`
  const currency = has.has('currency')
    ? `coalesce(cast(x.currency as varchar), '${NO_CURRENCY}')`
    : `'${NO_CURRENCY}'`
  return `select row_number() over (order by at_ms, id) - 1 as rank, b.* from (
    select cast(floor(to_unixtime(cast(x.booked_at as timestamp)) * 1000) as bigint) as at_ms, ${has.has('transaction_id') ? 'cast(x.transaction_id as varchar)' : "''"} as id,
      cast(round(cast(x.amount as decimal(30, 9)) * (${factorSql(currency)})) as bigint) as minor, ${currency} as currency,
      p.account as payer, q.account as payee, cast(0 as bigint) as place,
      cast(round(cast(x.amount as decimal(30, 9)) * (${factorSql(currency)})) as bigint) as received_minor, ${currency} as received_currency,
      ${[text('transaction_id'), ...TEXT_COLUMNS.map((it) => text(it)), ...FLAGS.map((it) => text(it, 'boolean'))].join(', ')}
    from ${table} as x left join account_names as p on p.name = cast(x.payer_account as varchar)
      left join account_names as q on q.name = cast(x.payee_account as varchar) where cast(x.amount as decimal(30, 9)) >= 0) as b`
}

const ACCOUNT = {
  name: 'account',
  bank: 'bank',
  holder_name: 'holder_name',
  holder_type: 'holder_type',
  country: 'country',
  opened_at: 'opened_at',
  income_minor: 'declared_monthly_income',
  age: 'age',
  occupation: 'occupation',
  licence: 'licence',
  introducer: 'introducer',
  address: 'address',
  phone: 'phone',
}
const SIGNAL = {
  id: 'id',
  signal: 'signal',
  source: 'source',
  signal_type: 'signal_type',
  abuse_type: 'abuse_type',
  reported_at: 'report_date',
}

function partySql(
  table: string,
  has: ReadonlySet<string>,
  kind: string,
  columns: Record<string, string>,
): string {
  const cells = Object.entries(columns).map(([ours, theirs]) => {
    const there = table !== '' && has.has(kind + theirs)
    if (/_at$/.test(ours))
      return `${there ? `cast(floor(to_unixtime(cast(${theirs} as timestamp)) * 1000) as bigint)` : 'cast(null as bigint)'} as ${ours}`
    if (ours === 'income_minor')
      return `${there ? `cast(round(cast(${theirs} as decimal(30, 9)) * 100) as bigint)` : 'cast(null as bigint)'} as ${ours}`
    return `cast(${there ? theirs : 'null'} as varchar) as ${ours}`
  })
  return `${cells.join(', ')}${table === '' ? ' where false' : ` from ${table}`}`
}
