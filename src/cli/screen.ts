import { join } from 'node:path'
import type { Command } from 'commander'
import { HouseError } from '../core/errors.ts'
import { answerOf, type Told } from '../ledger/answer.ts'
import type { Book } from '../ledger/book.ts'
import { duckEngine, type Engine } from '../ledger/engine.ts'
import { loadExcuses } from '../ledger/excuses.ts'
import { holderNames } from '../ledger/holder.ts'
import { openBook } from '../ledger/load.ts'
import { reportPack } from '../ledger/report.ts'
import { loadUnanswered, type Rule } from '../ledger/rule.ts'
import { loadRules } from '../ledger/rule-files.ts'
import { type Screening, screen } from '../ledger/screen.ts'
import { screenKept } from '../ledger/screen-kept.ts'
import { openTrinoBook } from '../ledger/trino.ts'
import { writeRejects } from '../ledger/write-rejects.ts'
import { onStdout as pc } from './colour.ts'
import { printable, printableLines } from './printable.ts'
import { withStdin } from './stdin-file.ts'

interface Options {
  readonly map?: string
  readonly rules?: string
  readonly engine: string
  readonly json?: boolean
  readonly rejects?: string
  readonly state?: string
  readonly pack?: string
  readonly regulator: string
  readonly reviewedBy?: string
}

export function screenCommand(program: Command): void {
  program
    .command('screen')
    .description('screen transactions with the typologies of content/typologies; nothing leaves this device')
    .argument(
      '<file...>',
      'transactions, accounts and signal lists: CSV, CSV.gz, Parquet, pacs.008, camt.053; - is standard input; with Trino, tables',
    )
    .option('--map <file.yaml>', 'which column is which, when the names do not say')
    .option('--rules <ids>', 'only these rules, e.g. TX-K01,TX-V05')
    .option('--engine <name>', 'duckdb, or trino with TRINO_URL', 'duckdb')
    .option('--state <folder>', 'keep the book and its alerts there; next time name only the new files')
    .option('--rejects <file.csv>', 'where rows that cannot be read are written')
    .option('--pack <account>', 'print the draft report on one account instead: facts, key terms, goAML')
    .option('--regulator <id>', 'whose key terms: fincen, fintrac, ukfiu or goaml', 'goaml')
    .option('--reviewed-by <name>', 'who read the case as the second person, where protection stands first')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nEnds with 0 when nothing was found, 1 when there are alerts, 2 when a file cannot be read.\nA score orders the list. It never decides, and no alert says that anybody is a criminal or a victim.',
    )
    .action(run)
}

async function run(files: readonly string[], options: Options): Promise<void> {
  if (options.engine !== 'duckdb' && options.engine !== 'trino')
    throw new HouseError('invalid', `--engine ${options.engine}: there are duckdb and trino`)
  const rules = loadRules(options.rules ? options.rules.split(',') : null)
  const say = (line: string) => process.stderr.write(`${pc.dim(printable(line))}\n`)
  if (options.engine === 'trino') {
    await runOnTrino(files, { rules, options, say })
    return
  }
  if (options.state !== undefined) {
    await runKept(files, options.state, { rules, options, say })
    return
  }
  const { files: named, paths } = withStdin(files)
  const book = await openBook(named, { paths, ...(options.map ? { map: options.map } : {}), say })
  let engine: Engine | null = null
  try {
    await tellRejects(book, options.rejects ?? join(process.cwd(), 'rejects.csv'), say)
    engine = await duckEngine(book)
    const found = await screen(engine, {
      ...book,
      rules,
      excuses: loadExcuses(),
      ...(process.stderr.isTTY ? { say } : {}),
    })
    if (options.pack) {
      await printPack(engine, found, { book, rules, options, account: options.pack })
      return
    }
    const names = options.json ? {} : await holderNames(engine, shownOf(found))
    process.stdout.write(
      options.json ? `${JSON.stringify(answerOf(book, found))}\n` : forPeople(book, found, names),
    )
    if (found.alerts.length > 0) process.exitCode = 1
  } finally {
    if (engine) await engine.close()
    else book.close()
  }
}

/** Only what a new day's files can change is judged again; the answer is that of everything at once. */
async function runKept(
  files: readonly string[],
  state: string,
  { rules, options, say }: Running,
): Promise<void> {
  if (options.pack)
    throw new HouseError('invalid', '--state keeps alerts; run --pack over all files, without it')
  const own = options.map ? { map: options.map } : {}
  const { files: named, paths } = withStdin(files)
  const { book, screening, touched, kept } = await screenKept(named, {
    ...own,
    paths,
    state,
    rules,
    excuses: loadExcuses(),
    say,
  })
  say(
    kept > 0
      ? `${kept} of ${rules.length} rules judged only the ${touched} accounts that new payments touch`
      : 'every rule judged the whole book',
  )
  await tellRejects(book, options.rejects ?? join(process.cwd(), 'rejects.csv'), say)
  process.stdout.write(
    options.json ? `${JSON.stringify(answerOf(book, screening))}\n` : forPeople(book, screening),
  )
  if (screening.alerts.length > 0) process.exitCode = 1
}

interface PackRun {
  readonly book: Book
  readonly rules: readonly Rule[]
  readonly options: Options
  readonly account: string
}

async function printPack(
  engine: Engine,
  found: Screening,
  { book, rules, options, account }: PackRun,
): Promise<void> {
  const { accountName, formatTime } = book
  const reviewed = options.reviewedBy ? { reviewedBy: options.reviewedBy } : {}
  const ran = rules.map((it) => it.id)
  const pack = await reportPack(engine, found, {
    accountName,
    formatTime,
    account,
    regulator: options.regulator,
    ran,
    ...reviewed,
  })
  const terms = pack.terms.map((it) => `${it.where}: ${it.term}  ${pc.dim(it.source)}`)
  const xml =
    pack.goaml ?? 'The goAML file stays back until a second person has read the case: --reviewed-by NAME'
  process.stdout.write(
    options.json
      ? `${JSON.stringify(pack)}\n`
      : `${[printableLines(pack.narrative), ...terms, printableLines(xml)].join('\n\n')}\n`,
  )
}

interface Running {
  readonly rules: readonly Rule[]
  readonly options: Options
  readonly say: (line: string) => void
}

/** With Trino the arguments name tables that lie there already; nothing is copied to this machine but what was found. */
async function runOnTrino(tables: readonly string[], { rules, options, say }: Running): Promise<void> {
  const url = process.env.TRINO_URL
  if (!url)
    throw new HouseError(
      'invalid',
      '--engine trino: set TRINO_URL, e.g. https://user:password@trino.bank.example:8443/catalog',
    )
  const book = await openTrinoBook(tables, { url })
  try {
    const found = await screen(book.engine, { ...book, rules, excuses: loadExcuses(), say })
    const told = { rows: book.rows, rejects: [], rejectedCount: 0, notes: [], mappings: [] }
    process.stdout.write(options.json ? `${JSON.stringify(answerOf(told, found))}\n` : forPeople(told, found))
    if (found.alerts.length > 0) process.exitCode = 1
  } finally {
    await book.close()
  }
}

async function tellRejects(book: Book, path: string, say: (line: string) => void): Promise<void> {
  if (book.rejects.length === 0) return
  try {
    await writeRejects(path, book.rejects)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new HouseError(
      'invalid',
      `${path}: the rejects cannot be written there (${why}); name another file with --rejects`,
    )
  }
  say(
    book.rejectedCount > book.rejects.length
      ? `${counted(book.rejectedCount, 'row')} could not be read and are left out; the first ${book.rejects.length.toLocaleString('en')} stand in ${path} with their lines and reasons`
      : `${counted(book.rejectedCount, 'row')} could not be read and ${book.rejectedCount === 1 ? 'is' : 'are'} left out; each stands in ${path} with its line and reason`,
  )
}

const SHOWN = 25
const counted = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`

const shownOf = ({ cases }: Screening) => cases.slice(0, SHOWN).map(({ account }) => account)

function forPeople(
  book: Told,
  { alerts, cases, missing }: Screening,
  names: Readonly<Record<string, string>> = {},
): string {
  const by = Map.groupBy(alerts, (it) => it.account)
  const lines = [
    `${counted(book.rows, 'transaction')} read, ${book.rejectedCount.toLocaleString('en')} rejected; ${counted(alerts.length, 'alert')} on ${counted(cases.length, 'account')}`,
  ]
  for (const { account, score, band, protectFirst } of cases.slice(0, SHOWN)) {
    lines.push(
      '',
      `${pc.bold(printable(account))}${Object.hasOwn(names, account) ? `  ${printable(names[account] ?? '')}` : ''}  ${COLOUR[band](WORDS[band])} ${pc.dim(`(${score})`)}${protectFirst ? pc.magenta('  protection first') : ''}`,
    )
    for (const it of by.get(account) ?? []) {
      lines.push(
        `  ${pc.cyan(it.rule)} ${it.name}`,
        `    ${printable(it.reason)}`,
        pc.dim(`    Quiet if: ${printable(it.quietIf)}`),
      )
      const more = it.transactionCount > 8 ? ` and ${it.transactionCount - 8} more` : ''
      if (it.transactions.length > 0)
        lines.push(pc.dim(`    Transactions: ${printable(it.transactions.slice(0, 8).join(', '))}${more}`))
    }
    lines.push(`  ${by.get(account)?.[0]?.action ?? ''}`)
  }
  if (cases.length > SHOWN) lines.push('', `and ${cases.length - SHOWN} more accounts; --json has them all`)
  if (missing.length > 0)
    lines.push(
      '',
      pc.dim('Not judged, because the files do not say:'),
      ...missing.map((it) => pc.dim(`  ${it.rule} ${it.name}: ${it.needs.join(', ')}`)),
    )
  const never = loadUnanswered()
  lines.push(
    pc.dim(
      `${never.length} more typologies need what no ledger holds; see content/typologies/unanswered.yaml`,
    ),
  )
  return `${lines.join('\n')}\n`
}

const WORDS = { look: 'to look at', soon: 'soon', now: 'now' } as const
const COLOUR = { look: pc.dim, soon: pc.yellow, now: pc.red } as const
