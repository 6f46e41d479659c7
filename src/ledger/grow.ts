import {
  type Building,
  count,
  type Known,
  keptColumns,
  markRepeated,
  namesSql,
  RECEIVED,
  transactionsView,
} from './book.ts'
import type { Duck } from './duck.ts'
import { prepareOn } from './engine.ts'
import { markOf } from './mark.ts'
import { type Prepared, preparedTables } from './prepare.ts'
import { FLAGS } from './transaction-columns.ts'

/** What is kept of a book besides its tables. */
export interface KeptBook extends Known {
  /** Rows of the stage that earlier runs had, read or rejected: a payment's place goes on from there. */
  readonly rows: number
  /** Of the SQL that made the prepared tables. */
  readonly prepared: string
}

export const preparedMark = (has: ReadonlySet<string>) => markOf(JSON.stringify(preparedTables(has)))

/** Tables of a kept book; the views over them are made anew whenever it is opened. */
export const KEPT_TABLES = [
  'account_names',
  'booked',
  'kinds',
  'payments',
  'pairs',
  'profiles',
  'edges',
  'bursts',
]

const STAGE = 'memory.main.stage'

/**
 * New rows join the book that is attached as `kept`: only what they change is written anew. Where a row is older than
 * the newest that is kept, the payments after it get new ranks; the answer is that of a book read whole.
 * @param late  told how many payments got a new rank because a row came late
 */
export function growing(
  past: KeptBook,
  say: (line: string) => void,
  late: (moved: number) => void,
): Building {
  return {
    known: past,
    markRepeated: (duck) => markRepeatedSince(duck),
    build: async (duck, has) => {
      await duck.run('use kept')
      await nameAccounts(duck)
      await widen(duck, has)
      const from = await book(duck, has, { past, late })
      await duck.run(transactionsView(has, '*'))
      if (preparedMark(has) === past.prepared) await prepareNew(duck, has, { from, past })
      else {
        say(
          'the files bring new columns, or this version prepares payments otherwise: they are prepared anew',
        )
        await prepareOn({ duck, has })
      }
      await duck.run(`drop table ${STAGE}`)
    },
  }
}

/** A row that was given in an earlier file, id and all, counts once, too. */
async function markRepeatedSince(duck: Duck): Promise<number> {
  const ids = `select transaction_id from stage where transaction_id is not null and why is null`
  const [there] = await duck.texts(
    `select column_name from duckdb_columns() where database_name = 'kept' and table_name = 'booked' and column_name = 'transaction_id'`,
  )
  await duck.run(
    `create temp table earlier as ${
      there
        ? `select b.transaction_id, b.at_ms, b.minor, cast(b.currency as varchar) as currency, p.name as payer, q.name as payee
    from (select * from kept.booked where transaction_id in (${ids})) as b
    left join kept.account_names as p on p.account = b.payer left join kept.account_names as q on q.account = b.payee`
        : `select cast(null as varchar) as transaction_id where false`
    }`,
  )
  if (there)
    await duck.run(`update stage set why = 'it repeats the row with the same id “' || stage.transaction_id || '”' from earlier as b
      where stage.why is null and stage.transaction_id = b.transaction_id and stage.at_ms = b.at_ms and stage.minor = b.minor
        and cast(stage.currency as varchar) = b.currency and stage.payer is not distinct from b.payer and stage.payee is not distinct from b.payee`)
  const among = await markRepeated(duck)
  const again = await count(
    duck,
    `select count(distinct transaction_id) as n from stage where why is null and transaction_id in (select transaction_id from earlier)`,
  )
  return among + again
}

async function nameAccounts(duck: Duck): Promise<void> {
  await duck.run(`insert into account_names select cast((select count(*) from account_names) + row_number() over (order by n.account) - 1 as integer), n.name
    from (${namesSql(STAGE)}) as n where n.name not in (select name from account_names)`)
}

/** Columns that today's file is the first to bring. */
async function widen(duck: Duck, has: ReadonlySet<string>): Promise<void> {
  for (const name of keptColumns(has)) {
    const type = FLAGS.some((it) => it === name) ? 'boolean' : 'varchar'
    await duck.run(`alter table booked add column if not exists ${name} ${type}`)
  }
  const [there] = await duck.texts(
    `select column_name from duckdb_columns() where database_name = 'kept' and table_name = 'booked' and column_name = 'received_minor'`,
  )
  if (!has.has('received_amount') || there) return
  const [type = ''] = await duck.texts(
    `select data_type from duckdb_columns() where database_name = 'kept' and table_name = 'booked' and column_name = 'currency'`,
  )
  await duck.run('alter table booked add column received_minor bigint')
  await duck.run(`alter table booked add column received_currency ${type}`)
  await duck.run('update booked set received_minor = minor, received_currency = currency')
}

/** From which rank and time on the book changed; null when no new row counts. */
interface From {
  readonly rank: number
  readonly t: bigint
}

async function book(
  duck: Duck,
  has: ReadonlySet<string>,
  { past, late }: { past: KeptBook; late: (moved: number) => void },
): Promise<From | null> {
  const there = new Set(
    await duck.texts(
      `select column_name from duckdb_columns() where database_name = 'memory' and table_name = 'stage'`,
    ),
  )
  const columns = keptColumns(has).filter((it) => there.has(it))
  const received = has.has('received_amount') ? [RECEIVED] : []
  await duck.run(`create temp table fresh as select ${['s.at_ms', 's.minor', 's.currency', 'p.account as payer', 'q.account as payee', `s.rowid + ${past.rows} as place`, ...received, ...columns.map((it) => `s.${it}`)].join(', ')}
    from ${STAGE} as s left join account_names as p on p.name = s.payer left join account_names as q on q.name = s.payee where s.why is null`)
  const [first] = await duck.all<{ t: bigint | null }>('select min(at_ms) as t from fresh')
  const t = first?.t ?? null
  if (t === null) return null
  await duck.run(`create temp table tail as select * exclude (rank) from booked where at_ms > ${t}`)
  late(await count(duck, 'select count(*) as n from tail'))
  await duck.run(`delete from booked where at_ms > ${t}`)
  const rank = await count(duck, 'select count(*) as n from booked')
  await duck.run(`insert into booked by name select *, ${rank} + row_number() over (order by at_ms, place) - 1 as rank
    from (select * from tail union all by name select * from fresh)`)
  for (const table of ['fresh', 'tail']) await duck.run(`drop table temp.${table}`)
  return { rank, t }
}

/** The prepared tables, as far as the new rows change them; each by the SQL that makes it whole. */
async function prepareNew(
  duck: Duck,
  has: ReadonlySet<string>,
  { from, past }: { from: From | null; past: KeptBook },
): Promise<void> {
  const tables = preparedTables(has)
  const by = new Map(tables.map((it) => [it.name, it.sql] as const))
  const sqlOf = (name: string) => by.get(name) ?? ''
  await prepareViews(duck, tables)
  if (!from) return
  const over = async (name: string, sql: string, work: () => Promise<void>) => {
    await duck.run(`create temp view ${name} as ${sql}`)
    await work()
    await duck.run(`drop view temp.${name}`)
  }
  await over('transactions', `select * from kept.main.transactions where rank >= ${from.rank}`, async () => {
    const codes = ['currency', 'rail', 'channel', 'crypto_chain', 'mcc'].filter(
      (it) => it === 'currency' || has.has(it),
    )
    await duck.run(`insert into kept.main.kinds by name select n.* from (${sqlOf('kinds')}) as n
      where not exists (select 1 from kept.main.kinds as k where ${codes.map((it) => `k.${it} = n.${it}`).join(' and ')})`)
    await duck.run(`delete from kept.main.payments where t > ${from.t}`)
    await duck.run(`insert into kept.main.payments by name ${sqlOf('payments')}`)
  })
  const fresh = `select rank from kept.main.booked where place >= ${past.rows}`
  await over('tx', `select * from kept.main.tx where rank in (${fresh})`, () =>
    duck.run(`create temp table news as ${sqlOf('pairs')}`),
  )
  await duck.run(`create temp table dealt as select payer, payee, sum(n) as n, sum(cents) as cents, min(first_ms) as first_ms,
    max(last_ms) as last_ms, max(largest) as largest, sum(n) = 1 as rare from (
      select * from news union all select o.* from kept.main.pairs as o join news using (payer, payee)) as sides group by payer, payee`)
  await duck.run(
    'delete from kept.main.pairs using dealt where pairs.payer = dealt.payer and pairs.payee = dealt.payee',
  )
  await duck.run('insert into kept.main.pairs by name select * from dealt')
  await renewProfiles(duck, sqlOf('profiles'))
  await duck.run(`delete from kept.main.edges where t > ${from.t}`)
  await duck.run(
    'delete from kept.main.edges using dealt where not dealt.rare and edges.payer = dealt.payer and edges.payee = dealt.payee',
  )
  await over('tx', `select * from kept.main.tx where rank >= ${from.rank}`, () =>
    duck.run(`insert into kept.main.edges by name ${sqlOf('edges')}`),
  )
  await duck.run(`create or replace table kept.main.bursts as ${sqlOf('bursts')}`)
  for (const table of ['news', 'dealt']) await duck.run(`drop table temp.${table}`)
}

async function prepareViews(duck: Duck, tables: readonly Prepared[]): Promise<void> {
  await duck.run('create or replace macro regexp_like(text, pattern) as regexp_matches(text, pattern)')
  for (const { name, sql, as } of tables)
    if (as === 'view') await duck.run(`create or replace view ${name} as ${sql}`)
}

async function renewProfiles(duck: Duck, sql: string): Promise<void> {
  await duck.run('create temp table met as select payer as account from dealt union select payee from dealt')
  await duck.run(
    `create temp view pairs as select * from kept.main.pairs where payer in (select account from met) or payee in (select account from met)`,
  )
  await duck.run(
    `create temp table known as select * from (${sql}) as p where account in (select account from met)`,
  )
  await duck.run('drop view temp.pairs')
  await duck.run('delete from kept.main.profiles where account in (select account from met)')
  await duck.run('insert into kept.main.profiles by name select * from known')
  for (const table of ['met', 'known']) await duck.run(`drop table temp.${table}`)
}
