import type { Command } from 'commander'
import { HouseError } from '../core/errors.ts'
import { checkRule } from '../ledger/check-rule.ts'
import { reachMark } from '../ledger/reach.ts'
import type { Fault } from '../ledger/rule-faults.ts'
import { loadRules, readRule } from '../ledger/rule-files.ts'
import { onStdout as pc } from './colour.ts'
import { rulesTryCommand } from './rules-try.ts'

export function rulesCommand(program: Command): void {
  const rules = program
    .command('rules')
    .description('the typologies: list them, check a file before it is used')
  rules
    .command('check')
    .description('check rule files: shape, SQL of both engines, and run their examples')
    .argument('<file...>', 'e.g. content/typologies/TX-K01.yaml')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nHow to write one: docs/guide/add-a-typology.md')
    .action(check)
  rules
    .command('list')
    .description('every rule with its name and what it needs')
    .option('--json', 'print one JSON document')
    .action(list)
  rulesTryCommand(rules)
}

async function check(files: readonly string[], options: { readonly json?: boolean }): Promise<void> {
  const checked = []
  for (const file of files) checked.push({ file, ...(await checkFile(file)) })
  const lines = checked.map(({ file, faults, examples }) =>
    faults.length === 0
      ? `${pc.green('good')}  ${file}: ${examples} examples answered as they should be\n`
      : faults.map(({ line, what }) => `${pc.red(`${file}:${line}`)}  ${what}\n`).join(''),
  )
  process.stdout.write(
    options.json ? `${JSON.stringify(checked.map(({ unread: _unread, ...it }) => it))}\n` : lines.join(''),
  )
  if (checked.some(({ unread }) => unread)) process.exitCode = 2
  else if (checked.some(({ faults }) => faults.length > 0)) process.exitCode = 1
}

interface Checked {
  readonly faults: readonly Fault[]
  readonly examples: number
  /** It is no rule at all. */
  readonly unread: boolean
}

/** A file that is no rule is told like any other fault, and those after it are checked all the same. */
async function checkFile(file: string): Promise<Checked> {
  try {
    return { ...(await checkRule(readRule(file))), unread: false }
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    const told = error.message.startsWith(`${file}:`) ? error.message.slice(file.length + 1) : error.message
    const [, line, what] = /^(\d+): (.*)$/s.exec(told) ?? []
    return { faults: [{ line: Number(line ?? 1), what: what ?? told.trim() }], examples: 0, unread: true }
  }
}

function list(options: { readonly json?: boolean }): void {
  const rules = loadRules()
  if (options.json)
    process.stdout.write(
      `${JSON.stringify(
        rules.map((rule) => {
          const { sql: _sql, examples: _examples, ...it } = rule
          return { ...it, mark: reachMark(rule) }
        }),
      )}\n`,
    )
  else
    for (const { id, version, name, needs } of rules)
      process.stdout.write(`${pc.cyan(id)} v${version}  ${name}  ${pc.dim(needs.join(', '))}\n`)
}
