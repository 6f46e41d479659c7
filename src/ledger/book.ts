import { HouseError } from '../core/errors.ts'
import type { Mapping } from './columns.ts'
import type { Duck } from './duck.ts'
import type { LoadedFile, Loading } from './load-book.ts'
import { linesOf, type Reject } from './rejects.ts'
import { FLAGS, TEXT_COLUMNS } from './stage.ts'

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

/** Rejected rows of files that were read before, as far as they are told, and how many there were. */
export interface Known {
  readonly rejects: readonly Reject[]
  readonly rejectedCount: number
}
const NOTHING_KNOWN: Known = { rejects: [], rejectedCount: 0 }

/** Turns what was staged into the tables that rules and tracing read. */
export async function finishBook(loading: Loading, known: Known = NOTHING_KNOWN): Promise<Book> {
  const { duck, files } = loading
  const mappings = files.flatMap(({ mapping }) => (mapping ? [mapping] : []))
  if (!mappings.some(({ kind }) => kind === 'transactions'))
    throw new HouseError(
      'invalid',
      `${files.map(({ file }) => file).join(', ')}: none of them holds transactions`,
    )
  const steps = files.find((it) => it.steps !== null)?.steps ?? null
  const notes = [...files.flatMap((it) => it.notes)]
  const repeated = await markRepeated(duck)
  if (repeated > 0)
    notes.push(`${repeated} rows have an id that stood on an earlier row with other contents; both are kept`)
  const rounded = await count(duck, 'select count(*) as n from stage where why is null and rounded')
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
  await buildTables(duck, has)
  const rows = await count(duck, 'select count(*) as n from transactions')
  const names = await duck.texts('select name from account_names order by account')
  const numbers = new Map(names.map((name, i) => [name, i] as const))
  for (const note of notes) if (!files.some((it) => it.notes.includes(note))) loading.say(note)
  return {
    duck,
    files,
    mappings,
    notes,
    rows,
    rejects,
    rejectedCount,
    has,
    accounts: names.length,
    stepMs: steps || null,
    accountName: (account) => names[account] ?? '',
    accountNumber: (name) => numbers.get(name.trim()) ?? -1,
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
async function markRepeated(duck: Duck): Promise<number> {
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

interface BrokenRow {
  readonly record: bigint | null
  readonly line: bigint | null
  readonly ends_at: bigint | null
  readonly reason: string
}

/** Rows that cannot be read and are told one by one, per file: a column of a kind that nobody knows spoils every row. */
const MOST_REJECTS = 100_000

async function collectRejects(
  loading: Loading,
): Promise<{ readonly told: readonly Reject[]; readonly more: number }> {
  const told: Reject[] = []
  let more = 0
  for (const [number, { mapping }] of loading.files.entries()) {
    if (mapping?.kind !== 'transactions' || number < loading.firstNew) continue
    const its = await rejectsOf(number, loading)
    for (const it of its.told) told.push(it)
    more += its.more
  }
  return { told, more }
}

/** The rejected rows of one file, by line, as far as they are told. */
async function rejectsOf(number: number, { duck, host, files }: Loading) {
  const { file = '', sniffed } = files[number] ?? {}
  const isCsv = sniffed?.format === 'csv'
  const [start] = await duck.all<{ n: bigint | null; bad: bigint }>(
    `select min(rowid) as n, count(why) as bad from stage where file = ${number}`,
  )
  const bad = await duck.all<{ nth: bigint; line: bigint | null; why: string }>(
    `select rowid - ${start?.n ?? 0} as nth, line, why from stage where file = ${number} and why is not null order by rowid limit ${MOST_REJECTS}`,
  )
  const ofFile = `from broken_rows where file = ${number}`
  const broken = isCsv
    ? await duck.all<BrokenRow>(
        `select record, line, ends_at, reason ${ofFile} order by record, line limit ${MOST_REJECTS}`,
      )
    : []
  const all = Number(start?.bad ?? 0) + (isCsv ? await count(duck, `select count(*) as n ${ofFile}`) : 0)
  // beyond the last broken row that is known, which record a row is cannot be said
  const known = broken.length < MOST_REJECTS ? Number.POSITIVE_INFINITY : Number(broken.at(-1)?.record ?? 0)
  const record = recordOf(broken.flatMap((it) => (it.record === null ? [] : [Number(it.record)])))
  const found = [
    ...bad.map(({ nth, line, why }) => ({ record: record(Number(nth)), line, why })),
    ...broken.map((it) => ({ record: Number(it.record ?? 0), line: it.line, why: it.reason })),
  ].filter((it) => it.record <= known)
  const open = found.flatMap((it) => (it.line === null ? [it.record] : [])).sort((a, b) => a - b)
  const restarts = broken.flatMap((it) => (it.ends_at === null ? [] : [Number(it.ends_at)]))
  const lines =
    isCsv && open.length > 0 ? await linesOf(host.pieces(file, sniffed.gzip), open, restarts) : null
  const lineOf = (at: number) => lines?.get(at) ?? at - (sniffed?.format === 'parquet' ? 1 : 0)
  const told = found
    .map(({ record, line, why }) => ({
      file,
      line: line === null ? lineOf(record) : Number(line),
      reason: why,
    }))
    .sort((a, b) => a.line - b.line)
    .slice(0, MOST_REJECTS)
  return { told, more: all - told.length }
}

/** The record number (header 1) of the nth row that was read, knowing which records were not. */
function recordOf(broken: readonly number[]): (nth: number) => number {
  let passed = 0
  return (nth) => {
    while (passed < broken.length && (broken[passed] ?? 0) <= nth + 2 + passed) passed++
    return nth + 2 + passed
  }
}

/** `booked` holds only the columns that the files brought; the view `transactions` adds the others as nulls. */
async function buildTables(duck: Duck, has: ReadonlySet<string>): Promise<void> {
  await duck.run(`create table account_names as select cast(row_number() over (order by name) - 1 as integer) as account, name
    from (select payer as name from stage where why is null union select payee from stage where why is null) where name is not null`)
  const kept = ['transaction_id', ...TEXT_COLUMNS, ...FLAGS].filter((it) => has.has(it))
  const converted = has.has('received_amount')
  const received = `coalesce(s.received_minor, s.minor) as received_minor,
    case when s.received_minor is null then s.currency else coalesce(s.received_currency, s.currency) end as received_currency,`
  // a join that is turned around would lose the order
  await duck.run(`set disabled_optimizers = 'join_order,build_side_probe_side'`)
  // so would two threads, where the stage was filled more than once
  const [threads = '1'] = await duck.texts(`select current_setting('threads')`)
  await duck.run('set threads = 1')
  await duck.run(`create table booked as select s.at_ms, s.minor, s.currency, p.account as payer, q.account as payee, s.rowid as place,
      ${converted ? received : ''} ${kept.map((it) => `s.${it}`).join(', ') || 'null as nothing'}
    from stage s left join account_names p on p.name = s.payer left join account_names q on q.name = s.payee
    where s.why is null ${(await isInOrder(duck)) ? '' : 'order by s.at_ms, s.rowid'}`)
  await duck.run(`set threads = ${threads}`)
  await duck.run('reset disabled_optimizers')
  const absent = (names: readonly string[], type: string) =>
    names.filter((it) => !kept.includes(it)).map((it) => `cast(null as ${type}) as ${it}`)
  const more = [
    ...absent(['transaction_id', ...TEXT_COLUMNS], 'varchar'),
    ...absent(FLAGS, 'boolean'),
    ...(converted ? [] : ['minor as received_minor', 'currency as received_currency']),
  ]
  // the table keeps the order it was written in, so a row's place in it is its rank
  await duck.run(
    `create view transactions as select rowid as rank, *, ${[...more, 'true as here'].join(', ')} from booked`,
  )
  await duck.run('drop table stage')
}

/** Most books come in booking order and need no sorting, which costs more than reading them. */
async function isInOrder(duck: Duck): Promise<boolean> {
  const back = 'select at_ms < lag(at_ms) over () as back from (select at_ms from stage where why is null)'
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
