import { exampleFault } from './example.ts'
import { type Fault, faultsOf } from './rule-faults.ts'
import type { RuleFile } from './rule-text.ts'

/** Everything that is wrong with one rule: what can be seen in it, and each example that answers wrongly. */
export async function checkRule(file: RuleFile): Promise<{ faults: Fault[]; examples: number }> {
  const faults = faultsOf(file)
  if (faults.length > 0) return { faults, examples: 0 }
  const { rule, lineOf } = file
  let examples = 0
  for (const kind of ['fires', 'quiet'] as const)
    for (const [i, example] of rule.examples[kind].entries()) {
      examples++
      const wrong = await exampleFault(rule, example, kind === 'fires').catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (wrong) faults.push({ line: lineOf(['examples', kind, i]), what: wrong })
    }
  return { faults, examples }
}
