import { dialectFaults } from './dialect.ts'
import { exampleFault } from './example.ts'
import { excusedSql, loadExcuses } from './excuses.ts'
import { boundSql } from './rule.ts'
import type { RuleFile } from './rule-files.ts'

/** One thing that is wrong with a rule file, and where. */
export interface Fault {
  readonly line: number
  readonly what: string
}

/** Everything that is wrong with one rule: thresholds, dialect, excuses, and each example that answers wrongly. */
export async function checkRule({ rule, lineOf }: RuleFile): Promise<{ faults: Fault[]; examples: number }> {
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
  for (const what of dialectFaults(rule.sql)) at(['sql'], what)
  if (!rule.thresholds[rule.measure.threshold])
    at(['measure', 'threshold'], `${rule.measure.threshold} is not among the thresholds`)
  const [first] = [...rule.bands].sort((a, b) => a.from - b.from)
  const line = rule.thresholds[rule.measure.threshold]
  if (first && line && line.unit === rule.measure.unit && first.from > line.value)
    at(
      ['bands', 0, 'from'],
      `the lowest band begins at ${first.from}, above the line of ${line.value}: hits between them would score nothing`,
    )
  if (faults.length > 0) return { faults, examples: 0 }
  let examples = 0
  for (const kind of ['fires', 'quiet'] as const)
    for (const [i, example] of rule.examples[kind].entries()) {
      examples++
      const wrong = await exampleFault(rule, example, kind === 'fires').catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (wrong) at(['examples', kind, i], wrong)
    }
  return { faults, examples }
}
