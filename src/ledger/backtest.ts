import { HouseError } from '../core/errors.ts'
import type { Engine } from './engine.ts'
import type { RunningRule } from './rule.ts'
import { type ScreenOptions, screen } from './screen.ts'
import { type Decided, decidedOf, givenVerdicts } from './verdicts.ts'

/** What one version of a rule finds on history, and how much of it had been labelled. */
export interface Trial {
  readonly rule: string
  readonly version: number
  readonly thresholds: Readonly<Record<string, number>>
  readonly accounts: number
  /** Found accounts that the labels name; null when the files carry no labels. */
  readonly labelled: number | null
  /** Found accounts that were decided to be false alarms; null when none was. */
  readonly dismissed: number | null
}

export interface Comparison {
  readonly before: Trial
  readonly after: Trial
  /** Accounts that only the changed rule finds, and that only the unchanged one found. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly labelledInAll: number | null
  readonly dismissedInAll: number | null
}

/** The rule with other thresholds. Throws `invalid` for a threshold that it does not have or a value that is no number. */
export function withThresholds(rule: RunningRule, changes: Readonly<Record<string, number>>): RunningRule {
  const thresholds = { ...rule.thresholds }
  for (const [name, value] of Object.entries(changes)) {
    const old = thresholds[name]
    if (!old || !Number.isFinite(value))
      throw new HouseError(
        'invalid',
        `${rule.id}: ${name} = ${value}: its thresholds are ${Object.keys(thresholds).join(', ')}, each a number`,
      )
    thresholds[name] = { ...old, value }
  }
  const lowest = { from: Number.NEGATIVE_INFINITY, score: Math.min(...rule.bands.map((it) => it.score)) }
  return { ...rule, thresholds, bands: [lowest, ...rule.bands] }
}

/** Runs two versions of a rule over the same history. Labels are read here and nowhere else. */
export async function compareRules(
  engine: Engine,
  {
    before,
    after,
    options,
    decided = { confirmed: [], dismissed: [] },
  }: {
    before: RunningRule
    after: RunningRule
    options: Omit<ScreenOptions, 'rules'>
    /** What was decided since the files were read; it goes before what they say. */
    decided?: Decided
  },
): Promise<Comparison> {
  const { labels, dismissed } = await labelsWith(engine, decided)
  const run = async (rule: RunningRule) => {
    const { alerts, missing } = await screen(engine, { ...options, rules: [rule] })
    const [lacking] = missing
    if (lacking)
      throw new HouseError(
        'invalid',
        `${rule.id} cannot be judged on these files: ${lacking.needs.join(', ')} is missing`,
      )
    return new Set(alerts.map((it) => it.account))
  }
  const [old, changed] = [await run(before), await run(after)]
  const trial = (rule: RunningRule, found: ReadonlySet<string>): Trial => ({
    rule: rule.id,
    version: rule.version,
    thresholds: Object.fromEntries(Object.entries(rule.thresholds).map(([name, it]) => [name, it.value])),
    accounts: found.size,
    labelled: labels ? found.intersection(labels).size : null,
    dismissed: dismissed ? found.intersection(dismissed).size : null,
  })
  return {
    before: trial(before, old),
    after: trial(after, changed),
    gained: [...changed.difference(old)].sort(),
    lost: [...old.difference(changed)].sort(),
    labelledInAll: labels?.size ?? null,
    dismissedInAll: dismissed?.size ?? null,
  }
}

type Names = ReadonlySet<string>

/** Accounts that were worth it and accounts that were not; null where nobody said of any. */
async function labelsWith(
  engine: Engine,
  decided: Decided,
): Promise<{ labels: Names | null; dismissed: Names | null }> {
  const given = decidedOf(await givenVerdicts(engine))
  const [yes, no] = [new Set(decided.confirmed), new Set(decided.dismissed)]
  const labels = new Set(await labelledAccounts(engine)).difference(no).union(yes)
  const dismissed = new Set(given.dismissed).difference(yes).union(no)
  return { labels: labels.size > 0 ? labels : null, dismissed: dismissed.size > 0 ? dismissed : null }
}

/** Accounts that a labels file, the accounts file or labelled transactions name. */
async function labelledAccounts(engine: Engine): Promise<string[]> {
  const rows = await engine.rows(`select distinct name from (
    select account as name from label_rows where label and account is not null
    union all select name from account_rows where label
    union all select n.name from transactions as x join account_names as n on n.account = x.payer or n.account = x.payee where x.label
    union all select n.name from label_rows as l join transactions as x on x.transaction_id = l.transaction_id
      join account_names as n on n.account = x.payer or n.account = x.payee where l.label) as found where name is not null`)
  return rows.map((it) => String(it.name))
}
