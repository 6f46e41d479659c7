import type { Book } from './book.ts'
import { duckEngine, type Engine, prepareOn, type Row } from './engine.ts'
import type { Excuses } from './excuses.ts'
import { markOf, ownRules } from './reach.ts'
import type { RunningRule } from './rule.ts'
import { type Alert, joined, type Screening, screen } from './screen.ts'

/** What an earlier run found, and with what. */
export interface Past {
  readonly alerts: readonly Alert[]
  readonly marks: Readonly<Record<string, string>>
  /** Rows of the stage, read or rejected, that this run had; later ones are new. */
  readonly rows: number
}

/** Everything besides the payments that an answer hangs on, by rule; `''` for what all rules share. */
export function marksOf(rules: readonly RunningRule[], excuses: Excuses, has: ReadonlySet<string>) {
  const marks: Record<string, string> = { '': markOf(JSON.stringify([excuses, [...has].sort()])) }
  for (const rule of rules) marks[rule.id] = markOf(JSON.stringify(rule))
  return marks
}

export interface Renewed {
  readonly screening: Screening
  /** Accounts that new payments touch. */
  readonly touched: number
  /** Rules that were asked about those accounts alone. */
  readonly kept: number
}

interface Renewal {
  readonly rules: readonly RunningRule[]
  readonly excuses: Excuses
  readonly past: Past
  readonly say?: (line: string) => void
}

/** Beyond this share of the accounts, judging some anew costs what judging all does. */
const MOST = 0.3

/**
 * Screens a book that has grown since an earlier run. A rule that looks at an account's own payments alone is asked
 * only about the accounts that new payments touch, over all payments of those; the other rules see the whole book.
 * Keeps  the answer of a run over everything, alert for alert (incremental.test.ts)
 * Not for  files that bring accounts or signals: what they say may change any answer, so every rule sees the whole book
 */
export async function screenAnew(book: Book, { rules, excuses, past, say }: Renewal): Promise<Renewed> {
  const { duck, has } = book
  const marks = marksOf(rules, excuses, has)
  const same = (id: string) => past.marks[id] === marks[id]
  const alike = ownRules(rules)
  let own = rules.filter((it) => same('') && same(it.id) && alike.has(it.id))
  const rest = () => rules.filter((it) => !own.includes(it))
  const options = { ...book, excuses, ...(say && { say }) }
  await duck.run(`create temp table touched as select distinct account from (
    select payer as account from transactions where place >= ${past.rows}
    union all select payee from transactions where place >= ${past.rows}) as t where account is not null`)
  const names = new Set(
    (await duck.all<Row>('select account from touched')).map((it) => book.accountName(Number(it.account))),
  )
  if (names.size > book.accounts * MOST) own = []
  await duck.lock()
  let anew: readonly Alert[] = []
  if (own.length > 0 && names.size > 0) {
    const near = await nearEngine(book)
    anew = (await screen(near, { ...options, rules: own, only: names })).alerts
    await near.close()
  }
  const whole = await screen(await duckEngine(book), { ...options, rules: rest() })
  const ids = new Set(own.map((it) => it.id))
  const before = past.alerts.filter((it) => ids.has(it.rule) && !names.has(it.account))
  const { missing } = await screen(NOTHING, { ...options, rules: rules.filter((it) => lacks(it, has)) })
  const screening = { ...joined([...before, ...anew, ...whole.alerts], rules), missing }
  return { screening, touched: names.size, kept: own.length }
}

const lacks = (rule: RunningRule, has: ReadonlySet<string>) =>
  rule.needs.some((it) => !it.split('|').some((one) => has.has(one)))

/** For rules that cannot be judged: `screen` says what they miss and asks nothing. */
const NOTHING: Engine = { name: 'duckdb', keep: async () => {}, rows: async () => [], close: async () => {} }

/** The tables that rules read, over all payments of the touched accounts; they hide those of the whole book until it is closed. */
async function nearEngine({ duck, has }: Book): Promise<Engine> {
  await duck.run(`create temp table transactions as select * from main.transactions
    where payer in (select account from touched) or payee in (select account from touched) order by rank`)
  const made = await prepareOn(duck, has, 'temp')
  return {
    name: 'duckdb',
    keep: async (name, sql) => duck.run(`create or replace temp table ${name} as ${sql}`),
    rows: (sql) => duck.all<Row>(sql),
    close: async () => {
      for (const { name, as } of [...made].reverse()) await duck.run(`drop ${as} temp.${name}`)
      await duck.run('drop table temp.transactions')
    },
  }
}
