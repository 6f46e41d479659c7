import type { Engine, Row } from './engine.ts'
import { money, type Names } from './words.ts'

/** What the files themselves say of an account's holder, and what the account did in this book. Facts; no judgement. */
export interface AboutHolder {
  readonly account: string
  readonly name: string | null
  /** Sentences, each of which the files bear out. */
  readonly facts: readonly string[]
}

const AT_ONCE = 500
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const text = (value: Row[string] | undefined) =>
  value === null || value === undefined || value === '' ? null : String(value)

/** Names of holders, from the account files, else as payments name them; accounts of which no file says it are left out. */
export async function holderNames(
  engine: Engine,
  accounts: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(await namesBy(engine, accounts))
}

/** As a map: an account may be called `constructor`. */
async function namesBy(engine: Engine, accounts: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let at = 0; at < accounts.length; at += AT_ONCE) {
    const listed = accounts
      .slice(at, at + AT_ONCE)
      .map(literal)
      .join(', ')
    const rows =
      await engine.rows(`select name, min(source) as source, min_by(holder, source) as holder from (
        select r.name, 0 as source, r.holder_name as holder from account_rows as r where r.name in (${listed})
        union all select n.name, 1, x.payer_name from account_names as n join transactions as x on x.payer = n.account where n.name in (${listed})
        union all select n.name, 2, x.payee_name from account_names as n join transactions as x on x.payee = n.account where n.name in (${listed})
      ) as said where holder is not null group by name`)
    for (const { name, holder } of rows) found.set(String(name), String(holder))
  }
  return found
}

/** What a person who has never seen the account needs first: who, since when, how much came and went, who else names it. */
export async function aboutHolder(
  engine: Engine,
  account: string,
  { formatTime }: Pick<Names, 'formatTime'>,
): Promise<AboutHolder> {
  const name = (await namesBy(engine, [account])).get(account) ?? null
  const [row] = await engine.rows(
    `select * from account_rows where name = ${literal(account)} order by holder_name limit 1`,
  )
  const facts = [
    ...(row ? [holderWords(name, row, formatTime)] : name ? [`Payments name the holder ${name}.`] : []),
    ...(await flowWords(engine, account, formatTime)),
    ...(await signalWords(engine, account, formatTime)),
  ]
  return { account, name, facts }
}

function holderWords(name: string | null, row: Row, formatTime: Names['formatTime']): string {
  const type = { person: 'a person', business: 'a business' }[text(row.holder_type) ?? '']
  const day = row.opened_at === null ? null : formatTime(Number(row.opened_at)).replace(' 00:00', '')
  const said: readonly (readonly [string, string | null])[] = [
    ['', name ?? 'holder not named'],
    ['', type ?? null],
    ['aged ', text(row.age)],
    ['', text(row.occupation)],
    ['licence ', text(row.licence)],
    ['kept at ', text(row.bank)],
    ['country ', text(row.country)],
    ['opened ', day],
    ['introduced by ', text(row.introducer)],
    [
      'declares a monthly income of ',
      row.income_minor === null
        ? null
        : `${money(BigInt(String(row.income_minor)), 'XXX')} in the account's own currency`,
    ],
  ]
  return `Holder: ${said.flatMap(([before, it]) => (it === null ? [] : [before + it])).join(', ')}.`
}

/** What came, went and has not left, currency by currency; transfers to oneself count nowhere. */
async function flowWords(
  engine: Engine,
  account: string,
  formatTime: Names['formatTime'],
): Promise<string[]> {
  const rows = await engine.rows(`select cast(x.currency as varchar) as currency,
    sum(case when x.payee = a.account then x.minor else 0 end) as came, sum(case when x.payee = a.account then 1 else 0 end) as came_n,
    count(distinct case when x.payee = a.account then x.payer end) as payers,
    sum(case when x.payer = a.account then x.minor else 0 end) as went, sum(case when x.payer = a.account then 1 else 0 end) as went_n,
    count(distinct case when x.payer = a.account then x.payee end) as payees, max(x.at_ms) as last_ms
    from transactions as x join account_names as a on a.account = x.payer or a.account = x.payee
    where a.name = ${literal(account)} and (x.payer is null or x.payee is null or x.payer <> x.payee)
    group by x.currency order by currency`)
  return rows.map((it) => {
    const [came, went] = [BigInt(String(it.came)), BigInt(String(it.went))]
    const currency = String(it.currency)
    const side = (sum: bigint, verb: string, n: Row[string] | undefined, way: string) =>
      `${money(sum, currency)} ${verb} in ${times(Number(n), 'payment')}${way}`
    const from = Number(it.payers) > 0 ? ` from ${times(Number(it.payers), 'account')}` : ''
    const to = Number(it.payees) > 0 ? ` to ${times(Number(it.payees), 'account')}` : ''
    const left = came > went ? ` ${money(came - went, currency)} more came than went.` : ''
    return `In these books ${side(came, 'came', it.came_n, from)}, and ${side(went, 'went', it.went_n, to)}, the last at ${formatTime(Number(it.last_ms))}.${left}`
  })
}

const times = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`
const MOST_SIGNALS = 5

/** The holder's own account on a shared list: the first thing to know, and no rule about payees tells it. */
async function signalWords(
  engine: Engine,
  account: string,
  formatTime: Names['formatTime'],
): Promise<string[]> {
  const rows = await engine.rows(
    `select abuse_type, source, reported_at from signal_rows where signal = ${literal(account)} order by reported_at, source, abuse_type`,
  )
  const told = rows.slice(0, MOST_SIGNALS).map((it) => {
    const on = it.reported_at === null ? '' : `, ${formatTime(Number(it.reported_at)).replace(' 00:00', '')}`
    return `A shared list names this account${it.abuse_type === null ? '' : ` (${it.abuse_type})`}: ${it.source ?? 'source not given'}${on}.`
  })
  return rows.length > MOST_SIGNALS ? [...told, `${rows.length - MOST_SIGNALS} more signals name it.`] : told
}
