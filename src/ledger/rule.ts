import { z } from 'zod'
import { content, writtenRules } from '#content'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { boundWords } from './word-lists.ts'

/** Units of thresholds. In SQL, times are milliseconds, money is hundredths of a dollar-sized unit, the rest is itself. */
export const UNITS = ['count', 'share', 'times', 'money', 'minutes', 'hours', 'days'] as const
export type Unit = (typeof UNITS)[number]
const FACTOR: Record<Unit, number> = {
  count: 1,
  share: 1,
  times: 1,
  money: 100,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
}

const Threshold = z.strictObject({ value: z.number(), unit: z.enum(UNITS), means: z.string().optional() })
const Example = z.strictObject({
  name: z.string().min(5),
  account: z.string().optional(),
  /** Other accounts that must be found as well, so that one small book shows several cases. */
  also: z.array(z.string()).default([]),
  transactions: z.array(z.string()),
  accounts: z.array(z.string()).default([]),
  signals: z.array(z.string()).default([]),
})

export const RuleShape = z.strictObject({
  id: z.string().regex(/^TX-[A-Z]\d{2}$/, 'an id is TX-, a letter for the family and two digits'),
  version: z.number().int().positive(),
  name: z.string().min(5).max(80),
  why: z.string().min(20),
  source: z.string().min(3),
  needs: z.array(z.string()).min(1),
  helps: z.array(z.string()).default([]),
  thresholds: z.record(z.string().regex(/^[a-z][a-z_]*$/), Threshold),
  measure: z.strictObject({
    // it stands in SQL as it is written
    column: z.string().regex(/^[a-z]\w*$/, 'the plain name of a column of its answer'),
    threshold: z.string(),
    unit: z.enum(UNITS),
  }),
  sql: z.string().min(20),
  evidence: z.enum(['in', 'out', 'both', 'pair', 'none']),
  reason: z.string().min(10),
  quiet: z.string().min(10),
  silent: z.array(z.string()).min(1),
  excused: z.array(z.string()).default([]),
  bands: z.array(z.strictObject({ from: z.number(), score: z.number().min(0).max(1) })).min(1),
  action: z.string().optional(),
  examples: z.strictObject({ fires: z.array(Example).min(1), quiet: z.array(Example).min(1) }),
})
export type Rule = z.infer<typeof RuleShape>
export type RuleExample = z.infer<typeof Example>

/** A rule that is known and that transactions and account attributes cannot answer: what is missing. */
const UnansweredShape = z.strictObject({
  id: z.string().regex(/^TX-[A-Z]\d{2}$/),
  name: z.string(),
  missing: z.string(),
  ask: z.string(),
  source: z.string(),
})
export type Unanswered = z.infer<typeof UnansweredShape>

/** A rule as it runs, wherever it runs: its examples are for those who write and check it. */
export type RunningRule = Omit<Rule, 'examples'>
const RunningShape = RuleShape.omit({ examples: true })

/** Every rule of the house by id. What is wrong with one, `rules check` says with its line. */
export function runningRules(): RunningRule[] {
  return writtenRules().map((it) => {
    const { examples: _examples, ...rule } = check(z.looseObject({ examples: z.unknown().optional() }), it)
    return check(RunningShape, rule)
  })
}

/** What these files can never tell, so that nobody reads silence as absence. */
export const loadUnanswered = (): Unanswered[] =>
  check(z.array(UnansweredShape), content('typologies/unanswered.yaml'))

/** A threshold as the number that stands in SQL. */
export const sqlValue = ({ value, unit }: { value: number; unit: Unit }) => value * FACTOR[unit]

/** The rule's SQL with its thresholds in place of `:name` and its lists in place of `:words_name`. Throws `invalid` for a name it does not have. */
export function boundSql(rule: RunningRule): string {
  return rule.sql.replace(/(?<![:\w]):([a-z][a-z_]*)/g, (_, name: string) => {
    const threshold = rule.thresholds[name]
    if (!threshold && name.startsWith('words_')) return boundWords(`:${name}`)
    if (!threshold)
      throw new HouseError(
        'invalid',
        `${rule.id}: the SQL asks for :${name}, which is not among its thresholds`,
      )
    return String(sqlValue(threshold))
  })
}
