import { HouseError } from '../core/errors.ts'
import { dialectFaults } from './dialect.ts'
import { excusedSql, loadExcuses } from './excuses.ts'
import { boundSql, type RunningRule } from './rule.ts'
import type { RuleFile } from './rule-text.ts'

/** One thing that is wrong with a rule file, and where. */
export interface Fault {
  readonly line: number
  readonly what: string
}

/** What can be seen to be wrong with a rule before it runs: thresholds, dialect, excuses and bands. */
export function faultsOf({ rule, lineOf }: RuleFile): Fault[] {
  const faults: Fault[] = []
  const at = (path: readonly PropertyKey[], what: string) => faults.push({ line: lineOf(path), what })
  const excuses = loadExcuses()
  for (const [path, test] of [
    [['sql'], () => boundSql(rule)],
    [['excused'], () => rule.excused.map((id) => excusedSql(id, { excuses, has: new Set() }))],
  ] as const)
    try {
      test()
    } catch (error) {
      at(path, error instanceof Error ? error.message : String(error))
    }
  for (const what of dialectFaults(bound(rule))) at(['sql'], what)
  if (!rule.thresholds[rule.measure.threshold])
    at(['measure', 'threshold'], `${rule.measure.threshold} is not among the thresholds`)
  const [first] = [...rule.bands].sort((a, b) => a.from - b.from)
  const line = rule.thresholds[rule.measure.threshold]
  if (first && line && line.unit === rule.measure.unit && first.from > line.value)
    at(
      ['bands', 0, 'from'],
      `the lowest band begins at ${first.from}, above the line of ${line.value}: hits between them would score nothing`,
    )
  return faults
}

/** A rule that somebody brought, ready to run beside the house's. Throws `invalid` naming file, line and the first fault. */
export function broughtRule(read: RuleFile): RunningRule {
  const [fault] = faultsOf(read)
  if (fault) throw new HouseError('invalid', `${read.file}:${fault.line}: ${fault.what}`)
  const { examples: _examples, ...rule } = read.rule
  return rule
}

/** As it runs: a list in the middle of a text would end that text. What cannot be bound is told already. */
function bound(rule: RunningRule): string {
  try {
    return boundSql(rule)
  } catch {
    return rule.sql
  }
}
