import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { BOOK_CURRENCIES, decimalsOf } from './amount-sql.ts'
import { TEXT_COLUMNS } from './transaction-columns.ts'
import { wordLists, wordPattern } from './word-lists.ts'

const ScaleShape = z.object({ version: z.number(), perDollar: z.record(z.string(), z.number().positive()) })

/** Hundredths of a dollar-sized unit in one minor unit of the currency. */
function rateSql(): string {
  const { perDollar } = check(ScaleShape, content('ledger/scale.yaml'))
  const by = Map.groupBy(BOOK_CURRENCIES, (code) => (100 / (perDollar[code] ?? 1)) * 10 ** -decimalsOf(code))
  const cases = [...by]
    .filter(([rate]) => rate !== 1)
    .map(
      ([rate, codes]) =>
        `when cast(currency as varchar) in (${codes.map((it) => `'${it}'`).join(', ')}) then ${decimal(rate)}`,
    )
  return `case ${cases.join(' ')} else ${decimal(1)} end`
}

const decimal = (rate: number) => `cast('${rate.toPrecision(12)}' as double)`

/** Columns of few values, whose words are looked at once per value, and columns of free text, once per row. */
const CODES = ['rail', 'channel', 'crypto_chain', 'mcc']
const TEXTS = ['payee_name', 'purpose']
const LOWERED = new Set(['purpose', 'channel', 'crypto_chain'])
const MARKS = ['is_first_to_payee', 'recall_flag']

interface Flag {
  readonly name: string
  readonly mcc: readonly string[]
  readonly words: string
}
const flagLists = (): Flag[] =>
  Object.entries(wordLists()).flatMap(([name, { mcc }]) =>
    mcc ? [{ name, mcc, words: wordPattern(name) }] : [],
  )

const said = (names: readonly string[]) =>
  names.map((it) => `coalesce(lower(${it}), '')`).join(" || ' ' || ") || "''"
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** `is_crypto`, `is_cash` and the like, from `content/typologies/words.yaml`, as far as the codes of a payment tell. */
function codeFlags(codes: readonly string[]): string {
  const texts = codes.filter((it) => it !== 'mcc')
  const flag = ({ name, mcc, words }: Flag) => {
    const ways = [
      ...(codes.includes('mcc') && mcc.length > 0
        ? [`coalesce(mcc in (${mcc.map(literal).join(', ')}), false)`]
        : []),
      ...(codes.includes('crypto_chain') && name === 'crypto' ? ["crypto_chain <> ''"] : []),
      ...(texts.length > 0 ? [`regexp_like(${said(texts)}, ${literal(words)})`] : []),
    ]
    return `${ways.length > 0 ? ways.join(' or ') : 'false'} as is_${name}`
  }
  return flagLists().map(flag).join(', ')
}

/** The flags of a payment: by its codes, or by its free text, which is looked through word by word only when one is there. */
function flags(texts: readonly string[]): string {
  const lists = flagLists()
  const any = literal(lists.map(({ words }) => words).join('|'))
  return lists
    .map(({ name, words }) =>
      texts.length === 0
        ? `k.is_${name}`
        : `k.is_${name} or case when regexp_like(${said(texts)}, ${any}) then regexp_like(${said(texts)}, ${literal(words)}) else false end as is_${name}`,
    )
    .join(', ')
}

export interface Prepared {
  readonly name: string
  readonly sql: string
  /** A view costs nothing to make; a table is kept because many rules read it. */
  readonly as: 'view' | 'table'
}

/**
 * What the rules read, made once per book from `transactions`, `account_rows` and `signal_rows`, in the same SQL on
 * every engine. Tables hold what a file brought; views add the rest as nulls. A pair is `rare` when it dealt once. Times are milliseconds (`t`, `*_ms`), `day` counts from 1970 or from step 0, `cents` is for thresholds.
 */
export function preparedTables(has: ReadonlySet<string>): readonly Prepared[] {
  const [codes, texts] = [CODES.filter((it) => has.has(it)), TEXTS.filter((it) => has.has(it))]
  const kept = [...TEXT_COLUMNS, ...MARKS]
    .filter((it) => has.has(it))
    .map((it) => (LOWERED.has(it) ? `lower(x.${it}) as ${it}` : `x.${it}`))
  const absent = (names: readonly string[], type: string) =>
    names.filter((it) => !has.has(it)).map((it) => `cast(null as ${type}) as ${it}`)
  return [
    {
      // what is the same for many payments is found out once: the size of a unit, and what the codes say
      name: 'kinds',
      as: 'table',
      sql: `select *, ${rateSql()} as rate, ${codeFlags(codes)} from (select distinct ${['currency', ...codes.map((it) => `coalesce(${it}, '') as ${it}`)].join(', ')} from transactions) as k`,
    },
    {
      name: 'payments',
      as: 'table',
      sql: `select rank, at_ms as t, cast(floor(cast(at_ms as double) / 86400000) as bigint) as day, payer, payee, minor,
        case when k.rate = 1 then minor else cast(round(minor * k.rate) as bigint) end as cents, x.currency,
        ${[...kept, flags(texts)].join(', ')}
        from transactions as x join kinds as k on k.currency = x.currency ${codes.map((it) => `and k.${it} = coalesce(x.${it}, '')`).join(' ')}`,
    },
    {
      name: 'tx',
      as: 'view',
      sql: `select ${['p.*', ...absent(TEXT_COLUMNS, 'varchar'), ...absent(MARKS, 'boolean')].join(', ')} from payments as p`,
    },
    {
      name: 'pairs',
      as: 'table',
      sql: `select payer, payee, count(*) as n, sum(cents) as cents, min(t) as first_ms, max(t) as last_ms, max(cents) as largest,
        count(*) = 1 as rare
        from tx where payer <> payee group by payer, payee`,
    },
    {
      name: 'profiles',
      as: 'table',
      sql: `select account, sum(in_n) as in_n, sum(out_n) as out_n, sum(in_cents) as in_cents, sum(out_cents) as out_cents,
        sum(payers) as payers, sum(payees) as payees, sum(rare_payers) as rare_payers, sum(rare_payees) as rare_payees,
        min(first_ms) as first_ms, max(last_ms) as last_ms, max(largest_in) as largest_in, max(largest_out) as largest_out
        from (select payee as account, sum(n) as in_n, 0 as out_n, sum(cents) as in_cents, 0 as out_cents, count(*) as payers,
            0 as payees, count_if(rare) as rare_payers, 0 as rare_payees, min(first_ms) as first_ms, max(last_ms) as last_ms,
            max(largest) as largest_in, 0 as largest_out from pairs group by payee
          union all select payer, 0, sum(n), 0, sum(cents), 0, count(*), 0, count_if(rare), min(first_ms), max(last_ms), 0, max(largest)
          from pairs group by payer) as sides group by account`,
    },
    {
      // as large as the book itself: a rule that reads it names the accounts it is about
      name: 'account_days',
      as: 'view',
      sql: `select account, currency, day, sum(in_n) as in_n, sum(out_n) as out_n, sum(in_minor) as in_minor, sum(out_minor) as out_minor,
        sum(in_cents) as in_cents, sum(out_cents) as out_cents, min(first_in) as first_in, max(last_out) as last_out
        from (select payee as account, currency, day, count(*) as in_n, 0 as out_n, sum(minor) as in_minor, 0 as out_minor,
            sum(cents) as in_cents, 0 as out_cents, min(t) as first_in, cast(null as bigint) as last_out
            from tx where payee is not null and (payer is null or payer <> payee) group by payee, currency, day
          union all select payer, currency, day, 0, count(*), 0, sum(minor), 0, sum(cents), cast(null as bigint), max(t)
            from tx where payer is not null and (payee is null or payer <> payee) group by payer, currency, day) as sides
        group by account, currency, day`,
    },
    {
      name: 'edges',
      as: 'table',
      sql: `select tx.rank, tx.t, tx.payer, tx.payee, tx.minor, tx.cents, tx.currency from tx
        join pairs on pairs.payer = tx.payer and pairs.payee = tx.payee where pairs.rare`,
    },
    {
      // how unlikely an account's densest days with strangers are by chance: the scan statistic's first term, n over k times k
      // times s^(k-1), where s is the share of the book's one-time payments that fall into those days, so that seasons count;
      // `linked` is the share of those strangers who deal with each other, 0 where the book is so dense that chance alone links a third as many;
      // `size` is what they pay on average, against the largest payment that each of them makes in the whole file
      name: 'bursts',
      as: 'table',
      sql: `with dated as (
          select payer, payee, t, cents, rank() over (order by t) as first_place, count(*) over (order by t) as last_place, count(*) over () as every from edges
        ), sides as (
          select payee as account, 'in' as side, payer as other, cents, t, first_place, last_place, every from dated
          union all select payer, 'out', payee, cents, t, first_place, last_place, every from dated
        ), counted as (
          select account, side, other, t, first_place, last_place, every, row_number() over (partition by account, side order by t) as nth,
            count(*) over (partition by account, side) as n from sides
        ), several as (select * from counted where n between 3 and 60),
        facts as (select nth, sum(ln(nth)) over (order by nth) as log from (select distinct nth from several) as f),
        windows as (
          select a.account, a.side, a.n, b.nth - a.nth + 1 as k, a.t as from_ms, b.t as to_ms,
            ln(cast(b.last_place - a.first_place + 1 as double) / a.every) as ln_s
          from several as a join several as b on b.account = a.account and b.side = a.side and b.nth >= a.nth + 2
        ), judged as (
          select w.account, w.side, w.n, w.k, w.from_ms, w.to_ms,
            round(least(0, f.log - g.log - coalesce(h.log, 0) + ln(w.k) + (w.k - 1) * w.ln_s), 6) as ln_p from windows as w
          join facts as f on f.nth = w.n join facts as g on g.nth = w.k left join facts as h on h.nth = w.n - w.k
        ), densest as (
          select * from (select j.*, row_number() over (partition by account, side order by ln_p, k desc, from_ms, to_ms) as best from judged as j) as b where best = 1
        ), strangers as (
          select d.account, d.side, s.other, least(1, cast(s.cents as double) / greatest(1, p.largest_out)) as part from densest as d join sides as s on s.account = d.account and s.side = d.side and s.t between d.from_ms and d.to_ms
          join profiles as p on p.account = s.other where d.ln_p <= -2.3
        ), met as (
          select a.account, a.side, a.other, b.other as acquaintance from strangers as a join pairs as p on p.payer = a.other
          join strangers as b on b.account = a.account and b.side = a.side and b.other = p.payee
        ), acquainted as (
          select account, side, count(distinct one) as n from (
            select account, side, other as one from met union all select account, side, acquaintance from met) as m group by account, side
        ), sizes as (
          select account, side, avg(part) as size from strangers where side = 'in' group by account, side
        ), density as (
          select 2 * cast((select count(*) from pairs) as double) / power(greatest(2, (select count(*) from profiles)), 2) as links
        )
        select d.account, d.side, d.n, d.k, d.from_ms, d.to_ms, d.ln_p,
          case when 3 * (d.k - 1) * e.links < cast(coalesce(q.n, 0) as double) / d.k then cast(coalesce(q.n, 0) as double) / d.k else 0 end as linked, coalesce(z.size, 1) as size
        from densest as d cross join density as e left join acquainted as q on q.account = d.account and q.side = d.side
        left join sizes as z on z.account = d.account and z.side = d.side`,
    },
    {
      name: 'accounts',
      as: 'view',
      sql: `select n.account, r.bank, r.holder_name, r.holder_type, r.country, r.opened_at as opened_ms, r.income_minor, r.age,
        lower(r.occupation) as occupation, r.licence, r.introducer, lower(r.address) as address, r.phone
        from account_rows as r join account_names as n on n.name = r.name`,
    },
    {
      name: 'signals',
      as: 'view',
      sql: `select r.signal, lower(r.signal_type) as signal_type, lower(r.abuse_type) as abuse_type, r.source, r.reported_at as reported_ms,
        n.account from signal_rows as r left join account_names as n on n.name = r.signal`,
    },
  ]
}
