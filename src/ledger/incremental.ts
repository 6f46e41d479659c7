import type { Book } from './book.ts'
import { type Engine, engineOf, type Row } from './engine.ts'
import type { Excuses } from './excuses.ts'
import { markOf } from './mark.ts'
import { preparedTables } from './prepare.ts'
import { ownRules } from './reach.ts'
import type { RunningRule } from './rule.ts'
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
  const names = await touchedSince(book, rows)
  await duck.lock()
  const own = names.size > book.accounts * MOST ? [] : ownOf(book, renewal)
  const rest = rules.filter((it) => !own.includes(it))
  const hits: Record<string, string> = {}
  const options = { ...book, excuses }
  let anew: readonly Alert[] = []
  if (own.length > 0 && names.size > 0) {
    const near = await nearEngine(book)
    const found = await screen(near, {
      ...options,
      rules: own,
      only: names,
      hits: { before: none, found: hits },
    })
    anew = found.alerts
    await near.close()
  }
  const before = remembered(
    past,
    (it) => !names.has(it.account) && (renewal.moved === 0 || !namesRanks(it, rules)),
  )
  const whole = await screen(engineOf(book), { ...options, rules: rest, hits: { before, found: hits } })
  const ids = new Set(own.map((it) => it.id))
  const stays = past.alerts.filter((it) => ids.has(it.rule) && !names.has(it.account))
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

/** Names of the accounts that payments from a place on touch; `touched` holds their numbers. */
async function touchedSince({ duck, accountName }: Book, rows: number): Promise<Set<string>> {
  await duck.run(`create temp table touched as select distinct account from (
    select payer as account from booked where place >= ${rows}
    union all select payee from booked where place >= ${rows}) as t where account is not null`)
  const found = await duck.all<Row>('select account from touched')
  return new Set(found.map((it) => accountName(Number(it.account))))
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
