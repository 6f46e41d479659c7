import type { Book } from './book.ts'
import { type Engine, engineOf, type Row } from './engine.ts'
import type { Excuses } from './excuses.ts'
import { markOf } from './mark.ts'
import { preparedTables } from './prepare.ts'
import { outRules, ownRules } from './reach.ts'
import { boundSql, type RunningRule } from './rule.ts'
import { type Alert, joined, lackingOf, type Remembered, type Screening, screen } from './screen.ts'

/** What an earlier run found, and with what. */
export interface Past {
  readonly alerts: readonly Alert[]
  readonly marks: Readonly<Record<string, string>>
  /** The hit behind each alert, by `hitKey`: the same hit on an account without new payments has the same transactions. */
  readonly hits: Readonly<Record<string, string>>
}

/** Everything besides the payments that an answer hangs on, by rule; `''` for what all rules share. */
export function marksOf(rules: readonly RunningRule[], excuses: Excuses, has: ReadonlySet<string>) {
  const marks: Record<string, string> = {
    '': markOf(JSON.stringify([excuses, [...has].sort(), preparedTables(has)])),
  }
  for (const rule of rules) marks[rule.id] = markOf(JSON.stringify([rule, boundSql(rule)]))
  return marks
}

export interface Renewed {
  readonly screening: Screening
  /** Accounts that new payments touch. */
  readonly touched: number
  /** Rules that were asked about those accounts alone. */
  readonly kept: number
  readonly hits: Readonly<Record<string, string>>
}

interface Renewal {
  readonly rules: readonly RunningRule[]
  readonly excuses: Excuses
  readonly past: Past
  /** Rows, read or rejected, that earlier runs had; a payment at a later place is new. */
  readonly rows: number
  /** Payments that got another rank because a row came late. */
  readonly moved: number
  readonly say: (line: string) => void
}

/** Beyond this share of the accounts, judging some anew costs what judging all does. */
const MOST = 0.3

/**
 * Screens a book that has grown since an earlier run. A rule that looks at an account's own payments alone is asked
 * only about the accounts that new payments touch, over all payments of those; the other rules see the whole book.
 * Keeps  the answer of a run over everything, alert for alert (incremental.test.ts)
 * Not for  files that bring accounts or signals: what they say may change any answer, so every rule sees the whole book
 */
export async function screenAnew(book: Book, renewal: Renewal): Promise<Renewed> {
  const { rules, excuses, past, rows } = renewal
  const { duck, has } = book
  const { names, paid } = await touchedSince(book, rows)
  await duck.lock()
  const own = names.size > book.accounts * MOST ? [] : ownOf(book, renewal)
  const rest = rules.filter((it) => !own.includes(it))
  const hits: Record<string, string> = {}
  const options = { ...book, excuses }
  const out = outRules(own)
  const anew =
    own.length > 0 && names.size > 0
      ? await judgedNear(book, (engine, near) => {
          const [some, only] =
            near === 'paid'
              ? [own.filter((it) => out.has(it.id)), paid]
              : [own.filter((it) => !out.has(it.id)), names]
          return screen(engine, { ...options, rules: some, only, hits: { before: none, found: hits } })
        })
      : []
  const before = remembered(
    past,
    (it) => !names.has(it.account) && (renewal.moved === 0 || !namesRanks(it, rules)),
  )
  const whole = await screen(engineOf(book), { ...options, rules: rest, hits: { before, found: hits } })
  const ids = new Set(own.map((it) => it.id))
  const stays = past.alerts.filter(
    (it) => ids.has(it.rule) && !(out.has(it.rule) ? paid : names).has(it.account),
  )
  for (const it of stays) hits[hitKey(it)] = past.hits[hitKey(it)] ?? ''
  const { missing } = await screen(NOTHING, {
    ...options,
    rules: rules.filter((it) => lackingOf(it, has).length > 0),
  })
  const screening = { ...joined([...stays, ...anew, ...whole.alerts], rules), missing }
  return { screening, touched: names.size, kept: own.length, hits }
}

/** Rules that can be asked about the touched accounts alone: those that have not changed since, and look no further. */
function ownOf(book: Book, { rules, excuses, past, moved, say }: Renewal): RunningRule[] {
  const marks = marksOf(rules, excuses, book.has)
  if (past.marks[''] !== marks['']) {
    say('the excuses or the columns of the files have changed since: every rule judges the whole book')
    return []
  }
  const changed = rules.filter((it) => past.marks[it.id] !== marks[it.id])
  if (changed.length > 0)
    say(
      `${changed.map((it) => it.id).join(', ')}: new or changed since the last run, and judged on the whole book`,
    )
  const alike = ownRules(rules)
  return rules.filter(
    (it) => !changed.includes(it) && alike.has(it.id) && (moved === 0 || it.evidence !== 'none'),
  )
}

/** Names of the accounts that payments from a place on touch, and of those that made them; `touched` and `paid` hold their numbers. */
async function touchedSince({ duck, accountName }: Book, rows: number) {
  const paying = `select distinct payer as account from booked where place >= ${rows} and payer is not null`
  await duck.run(`create temp table paid as ${paying}`)
  await duck.run(`create temp table touched as select account from paid
    union select payee from booked where place >= ${rows} and payee is not null`)
  const namesIn = async (table: string) => {
    const found = await duck.all<Row>(`select account from ${table}`)
    return new Set(found.map((it) => accountName(Number(it.account))))
  }
  return { names: await namesIn('touched'), paid: await namesIn('paid') }
}

/** A rule that names its transactions by rank: ranks move when a row comes late. */
const namesRanks = ({ rule }: Alert, rules: readonly RunningRule[]) =>
  rules.some((it) => it.id === rule && it.evidence === 'none')

const hitKey = ({ rule, account }: Pick<Alert, 'rule' | 'account'>) => `${rule} ${account}`
const none = () => null

/** What an earlier run found for a hit that is the same. */
function remembered(past: Past, may: (alert: Alert) => boolean) {
  const by = new Map(past.alerts.filter(may).map((it) => [hitKey(it), it] as const))
  return (key: string, mark: string): Remembered | null =>
    past.hits[key] === mark ? (by.get(key) ?? null) : null
}

/** For rules that cannot be judged: `screen` says what they miss and asks nothing. */
const NOTHING: Engine = { name: 'duckdb', keep: async () => {}, rows: async () => [], close: async () => {} }

/** What rules read of a payment when they tell which ones stand behind an alert. */
const EVIDENCE = ['rank', 'place', 'at_ms', 'payer', 'payee', 'currency', 'transaction_id']

/** Judged twice: over all payments of the touched accounts, then over those alone that accounts made which paid. */
async function judgedNear(
  book: Book,
  judge: (engine: Engine, near: 'touched' | 'paid') => Promise<Screening>,
): Promise<Alert[]> {
  const near = await nearEngine(book)
  const both = await judge(near, 'touched')
  await book.duck.run(
    'delete from temp.payments where payer is null or payer not in (select account from paid)',
  )
  const outward = await judge(near, 'paid')
  await near.close()
  return [...both.alerts, ...outward.alerts]
}

/** The prepared tables of the touched accounts alone; they hide those of the whole book until the engine is closed. */
async function nearEngine(book: Book): Promise<Engine> {
  const { duck, has } = book
  const near = (table: string, columns = '*') =>
    `create temp table ${table} as select ${columns} from kept.main.${table}
      where payer in (select account from touched) or payee in (select account from touched) order by ${table === 'pairs' ? 'payer, payee' : 'rank'}`
  await duck.run(near('transactions', EVIDENCE.join(', ')))
  for (const table of ['payments', 'pairs', 'edges']) await duck.run(near(table))
  const views = preparedTables(has).filter((it) => it.as === 'view')
  for (const { name, sql } of views) await duck.run(`create temp view ${name} as ${sql}`)
  return {
    ...engineOf(book),
    close: async () => {
      for (const { name } of views.reverse()) await duck.run(`drop view temp.${name}`)
      for (const table of ['transactions', 'payments', 'pairs', 'edges'])
        await duck.run(`drop table temp.${table}`)
    },
  }
}
