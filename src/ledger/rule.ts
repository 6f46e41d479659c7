import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { HouseError } from '../core/errors.ts'

/** Where the rules stand: one file each, `TX-K01.yaml`. */
export const TYPOLOGIES = fileURLToPath(new URL('../../content/typologies/', import.meta.url))

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
  measure: z.strictObject({ column: z.string(), threshold: z.string(), unit: z.enum(UNITS) }),
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

/** Places in a rule file, for messages that name the line. */
export interface RuleFile {
  readonly file: string
  readonly rule: Rule
  lineOf(path: readonly PropertyKey[]): number
}

/** Reads one rule file. Throws `invalid` naming file, line and field. */
export function readRule(file: string): RuleFile {
  const { value, lineOf } = openYaml(file)
  const result = RuleShape.safeParse(value)
  if (result.success) return { file, rule: result.data, lineOf }
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new HouseError(
    'invalid',
    `${file}:${lineOf(path)}: ${path.join('.') || 'the file'}: ${issue?.message}`,
  )
}

function openYaml(file: string): { value: unknown; lineOf: RuleFile['lineOf'] } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new HouseError('invalid', `${file}: there is no such file`)
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [error] = document.errors
  if (error)
    throw new HouseError(
      'invalid',
      `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`,
    )
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
    }
    return 1
  }
  return { value: document.toJS(), lineOf }
}

const isRule = (name: string) => /^TX-[A-Z]\d{2}\.yaml$/.test(name)

/** Every rule of the folder by id, or the chosen ones in the order given. Throws `invalid` for an unknown id. */
export function loadRules(chosen: readonly string[] | null = null, folder = TYPOLOGIES): Rule[] {
  const names = readdirSync(folder).filter(isRule).sort()
  if (!chosen) return names.map((name) => readRule(join(folder, name)).rule)
  return chosen.map((id) => {
    const name = `${id.trim().toUpperCase()}.yaml`
    if (!names.includes(name))
      throw new HouseError('invalid', `rule “${id}”: there is none; see content/typologies/`)
    return readRule(join(folder, name)).rule
  })
}

/** `unanswered.yaml`: what these files can never tell, so that nobody reads silence as absence. */
export function loadUnanswered(folder = TYPOLOGIES): Unanswered[] {
  const file = join(folder, 'unanswered.yaml')
  const { value, lineOf } = openYaml(file)
  const result = z.array(UnansweredShape).safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new HouseError('invalid', `${file}:${lineOf(issue?.path ?? [])}: ${issue?.message}`)
}

/** A threshold as the number that stands in SQL. */
export const sqlValue = ({ value, unit }: { value: number; unit: Unit }) => value * FACTOR[unit]

/** The rule's SQL with its thresholds in place of `:name`. Throws `invalid` for a name it does not have. */
export function boundSql(rule: Rule): string {
  return rule.sql.replace(/(?<![:\w]):([a-z][a-z_]*)/g, (_, name: string) => {
    const threshold = rule.thresholds[name]
    if (!threshold)
      throw new HouseError(
        'invalid',
        `${rule.id}: the SQL asks for :${name}, which is not among its thresholds`,
      )
    return String(sqlValue(threshold))
  })
}
