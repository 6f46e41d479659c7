import { HouseError } from '../core/errors.ts'
import type { Mapping } from './columns.ts'
import type { Duck } from './duck.ts'
import type { LoadedFile, Loading } from './load-book.ts'
import type { Reject } from './rejects.ts'
import { collectRejects } from './rejects-of-book.ts'
import { FLAGS, TEXT_COLUMNS } from './transaction-columns.ts'

/** Some transactions as columns, in booking order. Arrays are valid until the next batch. */
export interface TransactionBatch {
  readonly length: number
  /** Place in booking order over the whole book, from 0: the transaction's name inside the book. */
  readonly firstRank: number
  /** Account numbers of this book; -1 when the row names none. */
  readonly payer: Int32Array
  readonly payee: Int32Array
  /** Minor units of `currency`, never negative. */
  readonly minor: BigInt64Array
  /** Index into `BOOK_CURRENCIES`. */
  readonly currency: Uint8Array
  /** Milliseconds since 1970 UTC; for books that count steps, since step 0. */
  readonly bookedAt: BigInt64Array
  /** What the payee received, where the row itself converts: otherwise equal to `minor` and `currency`. */
  readonly receivedMinor: BigInt64Array
  readonly receivedCurrency: Uint8Array
}

export interface Book {
  readonly duck: Duck
  readonly files: readonly LoadedFile[]
  readonly mappings: readonly Mapping[]
  readonly notes: readonly string[]
  /** Rows that were read and count. */
  readonly rows: number
  /** Rows that could not be read; a note says when there are more than are told. */
  readonly rejects: readonly Reject[]
  readonly rejectedCount: number
  readonly accounts: number
  /** Amounts that had more decimals than their currency. */
  readonly rounded: number
  /** Rows with the id of an earlier row and other contents. */
  readonly repeated: number
  /** Our columns that at least one file brought. */
  readonly has: ReadonlySet<string>
  /** Milliseconds of one step, when times count steps; null for dates. */
  readonly stepMs: number | null
  accountName(account: number): string
  /** -1 when no transaction names it. */
  accountNumber(name: string): number
  /** Ids of transactions by their rank; `row N` for files without ids. */
  transactionIds(ranks: readonly number[]): Promise<Map<number, string>>
  /** A time as people write it, or a step, to milliseconds. Throws `invalid`. */
  parseTime(text: string): number
  formatTime(ms: number): string
  close(): void
}

/** What is known from files that were read before. */
export interface Known {
  /** Rejected rows, as far as they are told, and how many there were. */
  readonly rejects: readonly Reject[]
  readonly rejectedCount: number
  readonly rounded: number
  readonly repeated: number
}
const NOTHING_KNOWN: Known = { rejects: [], rejectedCount: 0, rounded: 0, repeated: 0 }

/** How the rows of the stage become the tables of a book. */
export interface Building {
  readonly known: Known
  /** Tells rows that are given twice; returns how many rows repeat an id with other contents. */
  markRepeated(duck: Duck): Promise<number>
  build(duck: Duck, has: ReadonlySet<string>): Promise<void>
}
export const FROM_NOTHING: Building = { known: NOTHING_KNOWN, markRepeated, build: buildTables }

/** Turns what was staged into the tables that rules and tracing read. */
export async function finishBook(loading: Loading, building: Building = FROM_NOTHING): Promise<Book> {
  const { duck, files } = loading
  const { known } = building
  const mappings = files.flatMap(({ mapping }) => (mapping ? [mapping] : []))
  if (!mappings.some(({ kind }) => kind === 'transactions'))
    throw new HouseError(
      'invalid',
      `${files.map(({ file }) => file).join(', ')}: none of them holds transactions`,
    )
  const steps = files.find((it) => it.steps !== null)?.steps ?? null
  const notes = [...files.flatMap((it) => it.notes)]
  const repeated = known.repeated + (await building.markRepeated(duck))
  if (repeated > 0)
    notes.push(
      repeated === 1
        ? 'one row has an id that stood on an earlier row with other contents; both are kept'
        : `${repeated.toLocaleString('en')} rows have an id that stood on an earlier row with other contents; all are kept`,
    )
  const rounded =
    known.rounded + (await count(duck, 'select count(*) as n from stage where why is null and rounded'))
  if (rounded > 0)
    notes.push(
      `${rounded} amounts had more decimals than their currency has and were rounded to its minor unit`,
    )
  const { told, more } = await collectRejects(loading)
  const rejects = [...known.rejects, ...told]
  const rejectedCount = known.rejectedCount + told.length + more
  if (more > 0)
    notes.push(
      `${told.length.toLocaleString('en')} rows that could not be read are told one by one; ${more.toLocaleString('en')} more are not`,
    )
  const has = new Set(
    mappings.flatMap(({ kind, columns }) =>
      [...columns.keys()].map((it) => (kind === 'transactions' ? it : `${kind}.${it}`)),
    ),
  )
  await building.build(duck, has)
  const rows = await count(duck, 'select count(*) as n from transactions')
  if (rows === 0)
    notes.push(
      rejectedCount === 0
        ? 'there is no payment below the header: nothing was judged'
        : 'no row could be read as a payment: nothing was judged',
    )
  const names = await duck.texts('select name from account_names order by account')
  let numbers: ReadonlyMap<string, number> | null = null
  for (const note of notes) if (!files.some((it) => it.notes.includes(note))) loading.say(note)
  return {
    duck,
    files,
    mappings,
    notes,
    rows,
    rejects,
    rejectedCount,
    rounded,
    repeated,
    has,
    accounts: names.length,
    stepMs: steps || null,
    accountName: (account) => names[account] ?? '',
    accountNumber: (name) => {
      numbers ??= new Map(names.map((it, i) => [it, i] as const))
      return numbers.get(name.trim()) ?? -1
    },
    transactionIds: (ranks) => transactionIds(duck, ranks),
    parseTime: (text) => parseTime(text, steps),
    formatTime: (ms) =>
      steps
        ? `step ${ms / steps}`
        : new Date(ms)
            .toISOString()
            .replace('T', ' ')
            .replace(/:00\.000Z$/, ''),
    close: duck.close,
  }
}

export async function count(duck: Duck, sql: string): Promise<number> {
  const [row] = await duck.all<{ n: bigint }>(sql)
  return Number(row?.n ?? 0)
}

/** A row that is given twice, id and all, counts once. Returns how many rows repeat an id with other contents. */
export async function markRepeated(duck: Duck): Promise<number> {
  await duck.run(`create temp table repeated as select transaction_id from stage where transaction_id is not null and why is null
    and hash(transaction_id) in (select hash(transaction_id) from stage where transaction_id is not null group by 1 having count(*) > 1)
    group by transaction_id having count(*) > 1`)
  if ((await count(duck, 'select count(*) as n from repeated')) === 0) return 0
  await duck.run(`update stage set why = 'it repeats the row with the same id “' || stage.transaction_id || '”' from (
    select rowid as place, row_number() over (partition by transaction_id, at_ms, minor, currency, payer, payee order by rowid) as nth
    from stage where transaction_id in (select transaction_id from repeated) and why is null) as it
    where stage.rowid = it.place and it.nth > 1`)
  return count(
    duck,
    `select count(*) - count(distinct transaction_id) as n from stage
    where why is null and transaction_id in (select transaction_id from repeated)`,
  )
}

/** The columns of a payment that a book keeps beside its time, sum and accounts. */
export const keptColumns = (has: ReadonlySet<string>) =>
  ['transaction_id', ...TEXT_COLUMNS, ...FLAGS].filter((it) => has.has(it))

/** What was received where a row itself converts, as columns of `booked`; `s` is the stage. */
export const RECEIVED = `coalesce(s.received_minor, s.minor) as received_minor,
    case when s.received_minor is null then s.currency else coalesce(s.received_currency, s.currency) end as received_currency`

/** `booked` holds only the columns that the files brought; the view `transactions` adds the others as nulls. */
async function buildTables(duck: Duck, has: ReadonlySet<string>): Promise<void> {
  await duck.run(`create table account_names as ${namesSql('stage')}`)
  const kept = keptColumns(has)
  // not by a join, which may lose the order of the file: names become codes, counted in the order of their accounts
  await duck.run(
    `create type account_code as enum (select name from (select * from account_names union all select 2147483647, '') as n order by account)`,
  )
  const code = (name: string) => `cast(enum_code(cast(${name} as account_code)) as integer)`
  await duck.run(`create table booked as select s.at_ms, s.minor, s.currency, ${code('s.payer')} as payer, ${code('s.payee')} as payee, s.rowid as place,
      ${has.has('received_amount') ? `${RECEIVED},` : ''} ${kept.map((it) => `s.${it}`).join(', ') || 'null as nothing'}
    from stage s where s.why is null`)
  await duck.run('drop type account_code')
  if (!(await isInOrder(duck)))
    await duck.run('create or replace table booked as select * from booked order by at_ms, place')
  // the table keeps the order it was written in, so a row's place in it is its rank
  await duck.run(transactionsView(has, 'rowid as rank, *'))
  await duck.run('drop table stage')
}

/** The view `transactions` over `booked`: columns that no file brought are null. */
export function transactionsView(has: ReadonlySet<string>, columns: string): string {
  const kept = keptColumns(has)
  const absent = (names: readonly string[], type: string) =>
    names.filter((it) => !kept.includes(it)).map((it) => `cast(null as ${type}) as ${it}`)
  const more = [
    ...absent(['transaction_id', ...TEXT_COLUMNS], 'varchar'),
    ...absent(FLAGS, 'boolean'),
    ...(has.has('received_amount') ? [] : ['minor as received_minor', 'currency as received_currency']),
  ]
  return `create or replace view transactions as select ${columns}, ${[...more, 'true as here'].join(', ')} from booked`
}

/** Accounts by the row that first names them, the payer before the payee: a book that grows keeps the numbers it gave. */
export const namesSql = (
  stage: string,
) => `select cast(row_number() over (order by first) - 1 as integer) as account, name
  from (select name, min(first) as first from (select payer as name, 2 * rowid as first from ${stage} where why is null
    union all select payee, 2 * rowid + 1 from ${stage} where why is null) where name is not null group by name)`

/** Most books come in booking order and need no sorting, which costs more than reading them. */
async function isInOrder(duck: Duck): Promise<boolean> {
  const back =
    'select at_ms < lag(at_ms) over () or (at_ms = lag(at_ms) over () and place < lag(place) over ()) as back from booked'
  return (await count(duck, `select count(*) as n from (${back}) where back`)) === 0
}

async function transactionIds(duck: Duck, ranks: readonly number[]): Promise<Map<number, string>> {
  if (ranks.length === 0) return new Map()
  const rows = await duck.all<{ rank: bigint; id: string }>(
    `select rank, coalesce(transaction_id, 'row ' || (place + 1)) as id from transactions where rank in (${ranks.map(Number).join(',')})`,
  )
  return new Map(rows.map(({ rank, id }) => [Number(rank), id]))
}

function parseTime(text: string, steps: number | null): number {
  const trimmed = text.trim()
  if (steps && /^\d+$/.test(trimmed)) return Number(trimmed) * steps
  const zoned =
    /[Zz]|[+-]\d\d:?\d\d$/.test(trimmed) || !/\d:\d/.test(trimmed) ? trimmed : `${trimmed.replace(' ', 'T')}Z`
  const ms = Date.parse(zoned)
  if (/^\d{4}-\d\d-\d\d/.test(trimmed) && !Number.isNaN(ms)) return ms
  throw new HouseError(
    'invalid',
    `time “${text.slice(0, 40)}”: give ${steps ? 'a step, e.g. 17' : 'a date or time such as 2026-03-01 or 2026-03-01T10:30:00Z'}`,
  )
}
