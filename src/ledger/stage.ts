import { decimalStyle } from '../core/decimal-style.ts'
import { amountSql, BOOK_CURRENCIES, factorSql, NO_CURRENCY, slowAmountSql, unitsSql } from './amount-sql.ts'
import { loadColumns, type Mapping } from './columns.ts'
import { quote } from './duck.ts'
import { namesZone, type TimeStyle, timeSql, timeStyle } from './time-sql.ts'
import { FLAGS, TEXT_COLUMNS } from './transaction-columns.ts'

export const CURRENCY_TYPE = `create type book_currency as enum (${BOOK_CURRENCIES.map(quote).join(', ')})`

/** Texts and flags join it as files bring them: an empty column costs memory for every row all the same. */
export const STAGE_TABLE = `create table stage (
  file usmallint, line bigint, transaction_id varchar, at_ms bigint, minor bigint, currency book_currency,
  received_minor bigint, received_currency book_currency, payer varchar, payee varchar,
  rounded boolean, why varchar, raw varchar, raw_received varchar)`

/** Where one file's rows come from: a table function call, and how to name its column at a place. */
export interface Source {
  readonly from: string
  readonly column: (place: number) => string
  /** SQL for the row's line when the source knows it (ISO 20022); otherwise the row's place says it. */
  readonly line?: string
  readonly sample: readonly (readonly string[])[]
}

export interface StageInsert {
  /** Run before `sql`: the columns that this file brings. */
  readonly widen: readonly string[]
  readonly sql: string
  /** Run after `sql`: reads what is not plainly written, and gives each row that cannot be read its reason. */
  readonly settle: string
  readonly time: TimeStyle
  /** What a reader of the result should know about how this file was read. */
  readonly notes: readonly string[]
}

/** Trimming costs as much as reading: only what may need it is trimmed. */
const PRESENT = (sql: string) =>
  `case when contains(${sql}, ' ') or ${sql} = '' then nullif(trim(${sql}), '') else ${sql} end`
/** Not a list: one of more than a few values becomes a join, and two threads then lose the order of the file. */
const YES = ['1', '1.0', 'true', 't', 'yes', 'y', 'sar'].map((it) => `when '${it}' then true`).join(' ')
const LARGEST = '9000000000000000000'

/** The statement that reads one transactions file into `stage`: every row, a row that cannot be read with its reason. */
export function stageInsert(mapping: Mapping, source: Source, fileNumber: number): StageInsert {
  const has = (name: string) => mapping.columns.has(name)
  const column = (name: string) => source.column(mapping.columns.get(name) ?? 0)
  const text = (name: string) => (has(name) ? PRESENT(column(name)) : 'null')
  const sampleOf = (name: string) => source.sample.map((row) => row[mapping.columns.get(name) ?? -1] ?? '')
  const { when, time, notes } = timeOf(mapping, { column, sampleOf })
  const style = mapping.decimal ?? decimalStyle(sampleOf('amount')) ?? 'point'
  if (style === 'comma') notes.push(`${mapping.file}: amounts have a decimal comma`)
  const currency = currencySql(mapping, { has, column }, 'paid')
  const received = currencySql(mapping, { has, column }, 'received')
  const flag = (name: string) => `case lower(trim(${column(name)})) ${YES} else false end`
  const texts = TEXT_COLUMNS.filter(has)
  const flags = FLAGS.filter(has)
  const rows = `select ${source.line ?? 'null'} as line, ${text('transaction_id')} as transaction_id, ${when} as at_ms,
    ${amountSql(column('amount'), style, currency.code)} as units, ${currency.code} as currency,
    ${has('received_amount') ? amountSql(column('received_amount'), style, received.code) : 'null'} as received_units,
    ${has('received_amount') ? received.code : 'cast(null as book_currency)'} as received_currency,
    ${text('payer_account')} as payer, ${text('payee_account')} as payee, ${text('amount')} as raw_amount,
    ${text('received_amount')} as raw_received, ${text('booked_at')} as raw_at, ${[`${currency.raw} as raw_currency`, ...texts.map((it) => `${text(it)} as ${it}`), ...flags.map((it) => `${flag(it)} as ${it}`)].join(', ')}
    from ${source.from}`
  const own = [...texts, ...flags].map((it) => `, ${it}`).join('')
  const sql = `insert into stage (file, line, transaction_id, at_ms, minor, currency, received_minor, received_currency, payer, payee,
    rounded, why, raw, raw_received${own}) select ${fileNumber}, line, transaction_id, at_ms,
    (units + per // 2) // per, currency, (received_units + received_per // 2) // received_per, received_currency, payer, payee, units % per <> 0,
    case when units is null then '?' || coalesce(rest, '') else rest end,
    case when units is null then raw_amount end, case when received_units is null then raw_received end${own}
    from (select *, ${unitsSql('currency')} as per, ${unitsSql('received_currency')} as received_per,
      ${restSql()} as rest from (${rows}))`
  const widen = [...texts.map((it) => `${it} varchar`), ...flags.map((it) => `${it} boolean`)].map(
    (it) => `alter table stage add column if not exists ${it}`,
  )
  return { widen, sql, settle: settleSql(mapping, style, fileNumber), time, notes }
}

const shown = (sql: string) => `'“' || left(coalesce(${sql}, ''), 40) || '”'`

/** Why a row whose amount is read cannot be used all the same. */
function restSql(): string {
  return `case
    when currency is null then 'the currency ' || ${shown('raw_currency')} || ' is not known'
    when at_ms is null then case when raw_at is null then 'there is no time' when ${namesZone('raw_at')} then 'the time ' || ${shown('raw_at')} || ' names a time zone that is not known here: write it as an offset such as +07:00'
      else 'the time ' || ${shown('raw_at')} || ' is not understood' end
    when payer is null and payee is null then 'there is neither a payer nor a payee account' end`
}

/** The closer look at the amounts that are not plainly written, after the whole file is in. */
function settleSql(mapping: Mapping, style: 'point' | 'comma', fileNumber: number): string {
  const turn = mapping.negative === 'turn'
  const parsed = `select rowid as place, raw, substr(why, 2) as rest, payer, payee, received_minor,
    ${slowAmountSql('raw', style)} * ${factorSql('currency')} as exact,
    ${slowAmountSql('raw_received', style)} * ${factorSql('received_currency')} as received
    from stage where file = ${fileNumber} and (raw is not null or raw_received is not null or starts_with(why, '?'))`
  const within = (sql: string) =>
    `case when ${sql} between -${LARGEST} and ${LARGEST} then cast(round(${sql}) as bigint) end`
  return `update stage set raw = null, raw_received = null,
    minor = case when starts_with(stage.why, '?') then ${turn ? `abs(${within('exact')})` : within('exact')} else minor end,
    received_minor = coalesce(it.received_minor, ${within('received')}),
    payer = case when ${turn} and exact < 0 then it.payee else it.payer end,
    payee = case when ${turn} and exact < 0 then it.payer else it.payee end,
    rounded = coalesce(exact <> round(exact), rounded),
    why = case when not coalesce(starts_with(stage.why, '?'), false) then stage.why
      when it.raw is null then 'there is no amount'
      when ${codeSql(inAmount('it.raw'))} <> stage.currency and stage.currency <> '${NO_CURRENCY}'
        then 'the amount ' || ${shown('it.raw')} || ' is in another currency than its row says, ' || cast(stage.currency as varchar)
      when exact is null then 'the amount ' || ${shown('it.raw')} || ' is not a number'
      when abs(exact) > ${LARGEST} then 'the amount ' || ${shown('it.raw')} || ' is too large to count exactly'
      when exact < 0 and not ${turn} then 'the amount ' || ${shown('it.raw')} || ' is negative: give a reversal as a payment from the payee to the payer, or say negative: turn in a mapping file'
      else nullif(it.rest, '') end
    from (${parsed}) it where stage.rowid = it.place`
}

interface Reach {
  readonly has: (name: string) => boolean
  readonly column: (name: string) => string
  readonly sampleOf: (name: string) => string[]
}

function timeOf(mapping: Mapping, { column, sampleOf }: Omit<Reach, 'has'>) {
  const notes: string[] = []
  if (!mapping.columns.has('booked_at')) {
    notes.push(
      `${mapping.file}: there is no time in it: rows are taken in the order of the file, and no rule that needs time can judge`,
    )
    const time: TimeStyle = { kind: 'step', unit: 0, dayFirst: true, buddhist: false, guessed: false }
    return { when: 'cast(0 as bigint)', time, notes }
  }
  const clock = mapping.columns.has('booked_time')
  const joined = clock ? `${column('booked_at')} || ' ' || ${column('booked_time')}` : column('booked_at')
  const values = sampleOf('booked_at')
  const clocks = clock ? sampleOf('booked_time') : []
  const time = timeStyle(clock ? values.map((value, i) => `${value} ${clocks[i] ?? ''}`) : values, mapping)
  if (time.guessed)
    notes.push(
      `${mapping.file}: dates such as ${values[0] ?? ''} are read day first; say dates: month-first in a mapping file if that is wrong`,
    )
  if (time.buddhist) notes.push(`${mapping.file}: years such as 2567 are Buddhist and are read as 543 fewer`)
  return { when: timeSql(joined, time), time, notes }
}

/** A currency's text, and the SQL for its code; where its column is empty, the amount may name it. */
function currencySql(mapping: Mapping, { has, column }: Pick<Reach, 'has' | 'column'>, name: string) {
  const own = name === 'paid' ? 'currency' : 'received_currency'
  const amount = name === 'paid' ? 'amount' : 'received_amount'
  const stated = [own, 'currency'].find(has)
  const within = inAmount(column(has(amount) ? amount : 'amount'))
  const raw = stated ? `case when ${column(stated)} <> '' then ${column(stated)} else ${within} end` : within
  const fallback = `cast(${quote(mapping.currency ?? NO_CURRENCY)} as book_currency)`
  // written as the code itself nearly always
  return {
    raw,
    code: `coalesce(try_cast(${raw} as book_currency), case when ${raw} is null or trim(${raw}) = '' then ${fallback} else ${codeSql(raw)} end)`,
  }
}

/** SQL for the code that a text means, null for none. No join: DuckDB may turn one around and lose the order of the file. */
function codeSql(raw: string): string {
  const word = `upper(trim(${raw}))`
  const words = Object.entries(loadColumns().currencies).map(
    ([it, code]) => `when ${quote(it)} then ${quote(code)}`,
  )
  return `coalesce(try_cast(${word} as book_currency), try_cast(case ${word} ${words.join(' ')} end as book_currency))`
}

/** A currency that stands in the amount itself: `USD 12.00`, `฿500`; never the e of 1e5. */
const inAmount = (amount: string) => `nullif(regexp_extract(${amount}, '[A-Za-z$€£฿₫₱₹៛₭]+'), 'e')`
