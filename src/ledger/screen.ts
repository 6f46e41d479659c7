import { HouseError } from '../core/errors.ts'
import { isProtective, withProtection } from './actions.ts'
import type { Engine, Row } from './engine.ts'
import { type Excuses, excusedSql } from './excuses.ts'
import { markOf } from './mark.ts'
import { boundSql, type RunningRule } from './rule.ts'
import { beyond, type Names, sentence } from './words.ts'

export type Band = 'look' | 'soon' | 'now'

/** One rule's finding on one account. It ranks what to look at; it never decides anything about anybody. */
export interface Alert {
  readonly rule: string
  readonly version: number
  readonly account: string
  /** 0..1 by the rule's bands. */
  readonly score: number
  readonly reason: string
  /** Ids as the file has them, in booking order; at most `EVIDENCE_LIMIT`. */
  readonly transactions: readonly string[]
  readonly action: string
  readonly name: string
  readonly band: Band
  /** The number that the rule measured, in the unit of the rule. */
  readonly measured: number
  /** How often the rule fired on this account; the strongest is told. */
  readonly times: number
  readonly transactionCount: number
  readonly from: string
  readonly to: string
  readonly quietIf: string
}

/** An account with all its alerts; the score orders the list and means nothing else. */
export interface Case {
  readonly account: string
  readonly score: number
  readonly band: Band
  readonly rules: readonly string[]
  /** A sign that the holder may be a trafficked person: protection comes before every exit, freeze or report. */
  readonly protectFirst: boolean
}

export interface Missing {
  readonly rule: string
  readonly name: string
  readonly needs: readonly string[]
}

export interface Screening {
  readonly alerts: readonly Alert[]
  readonly cases: readonly Case[]
  readonly missing: readonly Missing[]
}

export interface ScreenOptions extends Names {
  readonly rules: readonly RunningRule[]
  /** Our columns that the files brought. */
  readonly has: ReadonlySet<string>
  readonly excuses: Excuses
  readonly say?: (line: string) => void
  /** Told before each rule how many are done. */
  readonly at?: (done: number, rule: string) => void
  /** Accounts to judge; all of them unless given. */
  readonly only?: ReadonlySet<string>
  readonly hits?: Hits
}

/** Hits told by the mark of their figures, so that a run that finds one again need not look up its transactions. */
export interface Hits {
  /** What an earlier run told of the same hit, by rule and account; null when it must be looked up. */
  readonly before: (key: string, mark: string) => Remembered | null
  /** Filled by `screen`: the mark of each hit. */
  readonly found: Record<string, string>
}
export type Remembered = Pick<Alert, 'transactions' | 'transactionCount'>

export const EVIDENCE_LIMIT = 200

/** Runs rules over a prepared engine. Alerts come by score, then account, then rule; the same input gives the same output. */
export async function screen(engine: Engine, options: ScreenOptions): Promise<Screening> {
  const missing: Missing[] = []
  const alerts: Alert[] = []
  const kept = new Set<string>()
  for (const [i, rule] of options.rules.entries()) {
    const lacking = lackingOf(rule, options.has)
    if (lacking.length > 0) {
      missing.push({ rule: rule.id, name: rule.name, needs: lacking })
      continue
    }
    options.at?.(i, rule.id)
    options.say?.(`rule ${i + 1} of ${options.rules.length}: ${rule.id} ${rule.name}`)
    alerts.push(...(await runRule(engine, { rule, options, kept })))
  }
  return { ...joined(alerts, options.rules), missing }
}

/** Alerts in their order, with what to do, and joined by account. */
export function joined(
  alerts: readonly Alert[],
  rules: readonly RunningRule[],
): Pick<Screening, 'alerts' | 'cases'> {
  const actions = new Map(rules.map((it) => [it.id, it.action ?? ''] as const))
  const plain = alerts.map((it) => ({ ...it, action: actions.get(it.rule) ?? it.action }))
  const all = withProtection(plain.sort(order))
  return { alerts: all, cases: casesOf(all) }
}

/** Columns that the rule needs and no file brought; `a|b` is answered by either. */
export const lackingOf = (rule: RunningRule, has: ReadonlySet<string>) =>
  rule.needs.filter((it) => !it.split('|').some((one) => has.has(one)))

const order = (a: Alert, b: Alert) =>
  b.score - a.score || compare(a.account, b.account) || compare(a.rule, b.rule)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

interface Running {
  readonly rule: RunningRule
  readonly options: ScreenOptions
  readonly kept: Set<string>
}

async function runRule(engine: Engine, { rule, options, kept }: Running): Promise<Alert[]> {
  const excuses: string[] = []
  for (const id of rule.excused) {
    const sql = excusedSql(id, options)
    if (sql === null) continue
    if (!kept.has(id)) await engine.keep(`excused_${id}`, sql)
    kept.add(id)
    excuses.push(`it.account not in (select account from excused_${id} where account is not null)`)
  }
  const where = excuses.length > 0 ? `where ${excuses.join(' and ')}` : ''
  await engine.keep('found', boundSql(rule))
  const columns = (await engine.rows('describe found')).map((it) => String(it.column_name ?? it.Column))
  // they stand in SQL below; one without a name of its own is called by the words that make it
  const unnamed = columns.find((it) => !/^\w+$/.test(it))
  if (unnamed !== undefined)
    throw new HouseError(
      'invalid',
      `${rule.id}: a column of its answer has no plain name (${unnamed.slice(0, 60)}): write “as name” behind it`,
    )
  // the order is total: the same hit is told on every engine and after every way of running
  await engine.keep('hits', hitsSql(rule, columns.sort(), where))
  const hits = await engine.rows('select * from hits order by account')
  if (hits.length === 0) return []
  const evidence = await evidenceOf(engine, { rule, options, hits })
  return hits.flatMap((row) => {
    const alert = alertOf(row, { rule, options, evidence })
    return options.only && !options.only.has(alert.account) ? [] : [alert]
  })
}

/** The strongest hit of each account. Another account that a hit names counts by its name: numbers differ from engine to engine. */
function hitsSql(rule: RunningRule, columns: readonly string[], where: string): string {
  const named = columns.filter((it) => rule.reason.includes(`{account:${it}}`))
  const sorted = columns.map((it) => (named.includes(it) ? `named_${it}.name` : `it.${it}`))
  const strongest = [`it.${rule.measure.column} desc`, 'it.from_ms', 'it.to_ms', ...sorted].join(', ')
  const joins = named.map((it) => `left join account_names as named_${it} on named_${it}.account = it.${it}`)
  return `select * from (select it.*, row_number() over (partition by it.account order by ${strongest}) as nth,
    count(*) over (partition by it.account) as times from found as it ${joins.join(' ')} ${where}) as ranked where nth = 1`
}

type Evidence = ReadonlyMap<number, { readonly ids: readonly string[]; readonly total: number }>

function alertOf(
  row: Row,
  { rule, options, evidence }: { rule: RunningRule; options: ScreenOptions; evidence: Evidence },
): Alert {
  const factor = rule.measure.unit === 'money' ? 100 : (MS[rule.measure.unit] ?? 1)
  const measured = Number(row[rule.measure.column]) / factor
  const found = evidence.get(Number(row.account))
  const score = rule.bands.reduce(
    (best, band) => (measured >= band.from ? Math.max(best, band.score) : best),
    0,
  )
  const told = (template: string, first: 'figures' | 'thresholds') =>
    sentence(template, { rule, row, names: options, first })
  return {
    rule: rule.id,
    version: rule.version,
    account: options.accountName(Number(row.account)),
    score,
    reason: `${told(rule.reason, 'figures')} ${beyond(rule, measured)}`.trim(),
    transactions: found?.ids ?? [],
    action: rule.action ?? '',
    name: rule.name,
    band: bandOf(score),
    measured,
    times: Number(row.times),
    transactionCount: found?.total ?? 0,
    from: options.formatTime(Number(row.from_ms)),
    to: options.formatTime(Number(row.to_ms)),
    quietIf: told(rule.quiet, 'thresholds'),
  }
}

const MS: Partial<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 }

export const bandOf = (score: number): Band => (score >= 0.75 ? 'now' : score >= 0.5 ? 'soon' : 'look')

const ID = `coalesce(x.transaction_id, 'row ' || cast(x.place + 1 as varchar))`

interface Asked {
  readonly rule: RunningRule
  readonly options: ScreenOptions
  readonly hits: readonly Row[]
}

/** The transactions behind each hit: those that an earlier run told, and the others looked up. */
async function evidenceOf(engine: Engine, { rule, options, hits }: Asked): Promise<Evidence> {
  const { hits: kept } = options
  if (!kept) return lookedUp(engine, { rule, hits, from: 'hits' })
  const known = new Map<number, { ids: readonly string[]; total: number }>()
  const open: Row[] = []
  for (const row of hits) {
    const key = `${rule.id} ${options.accountName(Number(row.account))}`
    const mark = markOf(JSON.stringify(row, (_, it) => (typeof it === 'bigint' ? String(it) : it)))
    kept.found[key] = mark
    const before = kept.before(key, mark)
    if (before) known.set(Number(row.account), { ids: before.transactions, total: before.transactionCount })
    else open.push(row)
  }
  if (open.length === 0) return known
  if (open.length === hits.length) return lookedUp(engine, { rule, hits, from: 'hits' })
  await engine.keep(
    'open_hits',
    `select * from hits where account in (${open.map((it) => it.account).join(', ')})`,
  )
  const found = await lookedUp(engine, { rule, hits: open, from: 'open_hits' })
  return new Map([...known, ...found])
}

/** Transactions named by the rule, or those of a hit's account, direction and time. */
async function lookedUp(
  engine: Engine,
  { rule, hits, from }: { rule: RunningRule; hits: readonly Row[]; from: 'hits' | 'open_hits' },
): Promise<Evidence> {
  const found = new Map<number, { ids: string[]; total: number }>()
  const inTime = `x.at_ms between h.from_ms and h.to_ms ${hits[0]?.currency === undefined ? '' : 'and x.currency = h.currency'}`
  const sides = {
    in: [`x.payee = h.account`],
    out: [`x.payer = h.account`],
    both: [`x.payee = h.account`, `x.payer = h.account and (x.payee is null or x.payee <> h.account)`],
    pair: [`x.payee = h.account and x.payer = h.other`, `x.payer = h.account and x.payee = h.other`],
    none: [],
  }[rule.evidence]
  if (sides.length === 0) return named(engine, hits)
  const parts = sides.map(
    (on) =>
      `select h.account, x.rank, ${ID} as id from ${from} as h join transactions as x on ${on} and ${inTime}`,
  )
  const rows = await engine.rows(`select account, id, total from (select account, id, rank,
    row_number() over (partition by account order by rank) as nth, count(*) over (partition by account) as total
    from (${parts.join(' union all ')}) as e) as n where nth <= ${EVIDENCE_LIMIT} order by account, rank`)
  for (const { account, id, total } of rows) {
    const entry = found.get(Number(account)) ?? { ids: [], total: Number(total) }
    entry.ids.push(String(id))
    found.set(Number(account), entry)
  }
  return found
}

/** A rule that knows its transactions gives their ranks in `ranks`, with commas between. */
async function named(engine: Engine, hits: readonly Row[]): Promise<Evidence> {
  const ranksOf = (row: Row) =>
    [
      ...new Set(
        String(row.ranks ?? '')
          .split(',')
          .filter(Boolean)
          .map(Number),
      ),
    ].sort((a, b) => a - b)
  const wanted = new Set(hits.flatMap((row) => ranksOf(row).slice(0, EVIDENCE_LIMIT)))
  if (wanted.size === 0) return new Map()
  const ids = new Map<number, string>()
  const all = [...wanted]
  for (let at = 0; at < all.length; at += 5_000) {
    const rows = await engine.rows(
      `select x.rank, ${ID} as id from transactions as x where x.rank in (${all.slice(at, at + 5_000).join(', ')})`,
    )
    for (const { rank, id } of rows) ids.set(Number(rank), String(id))
  }
  return new Map(
    hits.map((row) => {
      const ranks = ranksOf(row)
      return [
        Number(row.account),
        { ids: ranks.slice(0, EVIDENCE_LIMIT).map((it) => ids.get(it) ?? ''), total: ranks.length },
      ]
    }),
  )
}

/** Joins the alerts of each account. Independent findings add up: 1 - the product of what each leaves open. */
function casesOf(alerts: readonly Alert[]): Case[] {
  return [...Map.groupBy(alerts, (it) => it.account)]
    .map(([account, its]) => {
      const score = Math.round((1 - its.reduce((open, it) => open * (1 - it.score), 1)) * 1000) / 1000
      const protectFirst = its.some((it) => isProtective(it.rule))
      return { account, score, band: bandOf(score), rules: its.map((it) => it.rule), protectFirst }
    })
    .sort((a, b) => b.score - a.score || compare(a.account, b.account))
}
