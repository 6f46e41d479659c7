import type { Command } from 'commander'
import { HouseError } from '../core/errors.ts'
import { type Comparison, compareRules, type Trial, withThresholds } from '../ledger/backtest.ts'
import { duckEngine } from '../ledger/engine.ts'
import { loadExcuses } from '../ledger/excuses.ts'
import { openBook } from '../ledger/load.ts'
import { broughtRule } from '../ledger/rule-faults.ts'
import { loadRules, readRule } from '../ledger/rule-files.ts'
import { printable } from './printable.ts'
import { withStdin } from './stdin-file.ts'

interface Options {
  readonly rule: string
  readonly set?: string[]
  readonly against?: string
  readonly map?: string
  readonly json?: boolean
}

/** `rules try`: what a changed threshold, or another version of a rule, would have found on history. */
export function rulesTryCommand(rules: Command): void {
  rules
    .command('try')
    .description('run a rule as it is and as changed over history, and compare')
    .argument(
      '<file...>',
      'ledger files as for screen; a file with account or transaction_id and is_sar is read as labels',
    )
    .requiredOption('--rule <id>', 'e.g. TX-K02')
    .option('--set <name=value...>', 'other thresholds, e.g. payers=5')
    .option('--against <file.yaml>', 'another version of the rule')
    .option('--map <file.yaml>', 'which column is which')
    .option('--json', 'print one JSON document')
    .action(run)
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const [before] = loadRules([options.rule])
  if (!before) throw new HouseError('invalid', `rule ${options.rule}: there is none`)
  const other = options.against ? broughtRule(readRule(options.against)) : before
  const changes = Object.fromEntries(
    (options.set ?? []).map((it) => [it.split('=')[0] ?? '', Number(it.split('=')[1])]),
  )
  const say = (line: string) => process.stderr.write(`${printable(line)}\n`)
  const { files: named, paths } = withStdin(files)
  const book = await openBook(named, { paths, ...(options.map ? { map: options.map } : {}), say })
  const engine = await duckEngine(book)
  try {
    const found = await compareRules(engine, {
      before,
      after: withThresholds(other, changes),
      options: { ...book, excuses: loadExcuses() },
    }).catch((error: unknown) => {
      if (error instanceof HouseError || !options.against) throw error
      const [why] = String(error instanceof Error ? error.message : error).split('\n')
      throw new HouseError('invalid', `${options.against}: its SQL does not run: ${why}`, { cause: error })
    })
    process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : forPeople(found))
  } finally {
    await engine.close()
  }
}

function forPeople({ before, after, gained, lost, labelledInAll, dismissedInAll }: Comparison): string {
  const line = (name: string, { version, accounts, labelled, dismissed, thresholds }: Trial) =>
    `${name} v${version}  ${accounts} account${accounts === 1 ? '' : 's'}${labelled === null ? '' : `, ${labelled} of the ${labelledInAll} labelled`}${dismissed === null ? '' : `, ${dismissed} of the ${dismissedInAll} false alarms`}  ${Object.entries(
      thresholds,
    )
      .map((it) => it.join('='))
      .join(' ')}`
  const few = (names: readonly string[]) =>
    `${printable(names.slice(0, 20).join(', '))}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`
  return `${[line('as it is', before), line('changed ', after), `more:    ${gained.length}  ${few(gained)}`, `fewer:   ${lost.length}  ${few(lost)}`].map((it) => it.trim()).join('\n')}\n`
}
