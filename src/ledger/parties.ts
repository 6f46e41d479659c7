import { decimalStyle } from '../core/decimal-style.ts'
import { factorSql, NO_CURRENCY, slowAmountSql } from './amount-sql.ts'
import type { Mapping } from './columns.ts'
import { type Duck, quote } from './duck.ts'
import type { Source } from './stage.ts'
import { timeSql, timeStyle } from './time-sql.ts'

const PRESENT = (sql: string) => `nullif(trim(${sql}), '')`

const ACCOUNT = `create table if not exists account_rows (name varchar, bank varchar, holder_name varchar,
  holder_type varchar, country varchar, opened_at bigint, income_minor bigint, age integer, occupation varchar,
  licence varchar, introducer varchar, address varchar, phone varchar, label boolean)`

const reach = ({ columns }: Mapping, source: Source) => ({
  text: (name: string) => (columns.has(name) ? PRESENT(source.column(columns.get(name) ?? 0)) : 'null'),
  has: (name: string) => columns.has(name),
  sampleOf: (name: string) => source.sample.map((row) => row[columns.get(name) ?? -1] ?? ''),
})

const SIGNAL = `create table if not exists signal_rows (id varchar, signal varchar, source varchar, signal_type varchar,
  abuse_type varchar, reported_at bigint)`
const LABEL =
  'create table if not exists label_rows (transaction_id varchar, account varchar, typology varchar, label boolean)'
/** A table for every kind of file: a rule finds none where none was given. */
export const PARTY_TABLES: readonly string[] = [ACCOUNT, SIGNAL, LABEL]

/** Account attributes. An age, a date or an income that cannot be read is unknown, and the account still counts. */
export async function loadAccounts(duck: Duck, mapping: Mapping, source: Source): Promise<ReadAccounts> {
  const { text, has, sampleOf } = reach(mapping, source)
  const time = timeStyle(sampleOf('opened_at'), { step: mapping.step, dates: mapping.dates })
  const currency = mapping.currency ?? NO_CURRENCY
  const style = mapping.decimal ?? decimalStyle(sampleOf('declared_monthly_income')) ?? 'point'
  const stated = text('declared_monthly_income')
  const unit = `(select ${factorSql(quote(currency))})`
  // nearly always a whole number; the closer look takes a hundred times as long
  const income = `case when regexp_full_match(${stated}, '\\d{1,12}') then cast(${stated} as bigint) * ${unit}
    else ${slowAmountSql(stated, style)} * ${unit} end`
  const holder = `lower(${text('holder_type')})`
  const { person, business } = mapping.holders
  const type = `case when ${holder} in (${person.map(quote).join(', ')}) then 'person'
    when ${holder} in (${business.map(quote).join(', ')}) then 'business' end`
  await duck.run(`insert into account_rows select ${text('account')}, ${text('bank')}, ${text('holder_name')}, ${type},
    upper(${text('country')}), ${has('opened_at') ? timeSql(text('opened_at'), time) : 'null'},
    ${has('declared_monthly_income') ? `cast(${income} as bigint)` : 'null'}, try_cast(${text('age')} as integer),
    ${['occupation', 'licence', 'introducer', 'address', 'phone'].map(text).join(', ')}, ${labelSql(text, has)}
    from ${source.from} where ${text('account')} is not null`)
  const unknown = has('holder_type') ? await unknownHolders(duck, mapping, { text, source }) : null
  return unknown ?? { notes: [], useless: [] }
}

interface ReadAccounts {
  /** What a reader should know about how the file was read. */
  readonly notes: string[]
  /** Our names of columns of which nothing was understood: a rule that needs one is told as not judged. */
  readonly useless: readonly string[]
}

const MOST_WORDS = 8

/** Holders of whom it is not known what they are, in words: rules about people leave them out. Null when there are none. */
async function unknownHolders(
  duck: Duck,
  { file, holders }: Mapping,
  { text, source }: { text: (name: string) => string; source: Source },
): Promise<ReadAccounts | null> {
  const [word, known] = [text('holder_type'), [...holders.person, ...holders.business].map(quote).join(', ')]
  const all = await duck.all<{
    word: string
    n: bigint
    known: boolean
  }>(`select ${word} as word, count(*) as n,
    lower(${word}) in (${known}) as known from ${source.from}
    where ${text('account')} is not null and ${word} is not null group by 1 order by n desc, word`)
  const rows = all.filter((it) => !it.known)
  if (rows.length === 0) return null
  const left = rows.reduce((sum, { n }) => sum + n, 0n)
  const words = rows.slice(0, MOST_WORDS).map((it) => `“${it.word.slice(0, 40)}”`)
  const more = rows.length > MOST_WORDS ? ` and ${rows.length - MOST_WORDS} more words` : ''
  const which = left === 1n ? 'that account' : `those ${left.toLocaleString('en')} accounts`
  return {
    notes: [
      `${file}: what ${words.join(', ')}${more} means as a holder type is not known, so rules that protect people do not judge ${which}; say which words are persons and which businesses in a mapping file`,
    ],
    useless: rows.length === all.length ? ['holder_type'] : [],
  }
}

/** Shared signal lists as the Global Signal Exchange has them. */
export async function loadSignals(duck: Duck, mapping: Mapping, source: Source): Promise<void> {
  const { text, has, sampleOf } = reach(mapping, source)
  const time = timeStyle(sampleOf('report_date'), { step: mapping.step, dates: mapping.dates })
  await duck.run(`insert into signal_rows select ${['id', 'signal', 'source', 'signal_type', 'abuse_type'].map(text).join(', ')},
    ${has('report_date') ? timeSql(text('report_date'), time) : 'null'} from ${source.from} where ${text('signal')} is not null`)
}

/** Labels: which transactions or accounts were found to be what. Only back-tests read them. */
export async function loadLabels(duck: Duck, mapping: Mapping, source: Source): Promise<void> {
  const { text, has } = reach(mapping, source)
  await duck.run(`insert into label_rows select ${['transaction_id', 'account', 'typology'].map(text).join(', ')},
    ${labelSql(text, has)} from ${source.from}`)
}

function labelSql(text: (name: string) => string, has: (name: string) => boolean): string {
  return has('label') ? `lower(${text('label')}) in ('1', '1.0', 'true', 't', 'yes', 'y', 'sar')` : 'null'
}
