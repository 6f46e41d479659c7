import { writeFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { HouseError } from '../core/errors.ts'
import { parseMoney } from '../core/money.ts'
import type { Protection } from '../core/protection.ts'
import { CONTENT, readRails } from '../freeze/rails-content.ts'
import { railsForHeld } from '../freeze/rails-for-held.ts'
import { NO_CURRENCY } from '../ledger/amount-sql.ts'
import type { Book } from '../ledger/book.ts'
import { askedMoment } from '../trace/asked-time.ts'
import { flowOf } from '../trace/flow.ts'
import type { Journal } from '../trace/journal.ts'
import { DIRECTIONS, type Held, METHODS, type Method, type Trace, withNames } from '../trace/outcome.ts'
import { pictureOf } from '../trace/picture.ts'
import { withProtection } from '../trace/protect-picture.ts'
import { protectionJson } from '../trace/protected-accounts.ts'
import { rankStoppable, type Stoppable } from '../trace/rank.ts'
import { svgOf } from '../trace/svg.ts'
import { heldCsv, hopsCsv } from '../trace/table.ts'
import { seedCurrency, trace } from '../trace/trace.ts'
import { printable } from './printable.ts'
import { withStdin } from './stdin-file.ts'
import { journalOf } from './trace-journal.ts'
import { protectionIn } from './trace-protection.ts'
import { forPeople } from './trace-words.ts'

interface TraceOptions {
  readonly from: string
  readonly amount: string
  readonly at: string
  readonly method?: Method
  readonly backward?: boolean
  readonly currency?: string
  readonly hops?: number
  readonly returnedTo: readonly string[]
  readonly exchangeWithin?: number
  readonly map?: string
  readonly now?: string
  readonly svg?: string
  readonly csv?: string
  readonly hopsCsv?: string
  readonly json?: boolean
}

const HELP = `
How money is followed (docs/guide/trace.md has it in full, with examples):
  An account's balance, in each currency, is what it received in the file minus what it sent, never below nought. Money from
  outside fills what is missing; it is clean and leaves last. Order is booking time, ties as in the file. A transfer to oneself
  changes nothing. A row without payee takes money out: lost. Of the money that leaves ACCOUNT at or after TIME, the first N
  units are the stolen ones; what has not left by the end is held there.
  fifo     what came in first goes out first
  haircut  a payment carries the share of stolen money that the balance has; whole units by largest remainder, ties by account
  poison   a payment from a balance that holds any stolen money is stolen whole, until that balance is spent to nought
With --backward: of the money that reached ACCOUNT up to TIME, the last N units; “held” is then whose money it was.
Amounts in JSON are whole minor units; held + lost + returned + changed is what was stolen (by poison: that or more).`

export function traceCommand(program: Command): void {
  const list = (value: string, before: readonly string[]) => [...before, value]
  program
    .command('trace')
    .description('follow stolen money through a ledger: where it is now, and by which payments')
    .argument(
      '<file...>',
      'transactions as CSV, CSV.gz, Parquet or ISO 20022; account files are recognised too',
    )
    .requiredOption('--from <account>', 'the account that the money left')
    .requiredOption('--amount <n>', 'how much was stolen, in major units, e.g. 1000.00')
    .requiredOption('--at <time>', 'from when, e.g. 2026-03-01T10:00:00Z, or a step')
    .addOption(
      new Option('--method <rule>', 'one rule; for people all three are shown unless one is named').choices(
        METHODS,
      ),
    )
    .option('--backward', 'whose money it was, instead of where it went')
    .option('--hops <n>', 'follow no further than so many payments', whole)
    .option('--currency <code>', 'when the account’s money moves in more than one: which is meant')
    .option(
      '--returned-to <account>',
      'money that reaches it counts as returned; may be given again',
      list,
      [],
    )
    .option(
      '--exchange-within <hours>',
      'two payments between the same two, in two currencies, are one exchange',
      whole,
    )
    .option('--map <file>', 'which column is which, when it is not recognised')
    .option('--now <time>', 'the moment hours are counted to; the present unless given')
    .option('--svg <file>', 'write the flow as a picture')
    .option('--csv <file>', 'write who holds how much')
    .option('--hops-csv <file>', 'write every payment that carried stolen money')
    .option('--json', 'print one JSON document, by one rule (fifo unless named)')
    .addHelpText('after', HELP)
    .action(run)
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('give a whole number, e.g. 5.')
  return Number(text)
}

async function run(files: readonly string[], options: TraceOptions): Promise<void> {
  const now = timeOf(options.now)
  const say = (line: string) => process.stderr.write(`${printable(line)}\n`)
  // DuckDB is loaded only when a ledger is opened: every other command starts without it
  const { openBook } = await import('../ledger/load.ts')
  const { files: named, paths } = withStdin(files)
  const book = await openBook(named, { say, paths, ...(options.map && { map: options.map }) })
  try {
    if (book.rejects.length > 0)
      say(
        `${book.rejects.length} rows could not be read and are not followed; “firebreak screen” writes them to a file`,
      )
    const hours = options.exchangeWithin
    const journal = await journalOf(book, { exchangeWithin: hours === undefined ? null : hours * 3_600_000 })
    const methods = options.method ? [options.method] : options.json ? (['fifo'] as const) : METHODS
    const found: Found[] = []
    for (const method of methods) {
      const it = await traced({ book, journal, options, method })
      found.push({ trace: it, stoppable: await stoppable(book, it, now) })
    }
    const protection = await protectionIn(book)
    writeFiles(found, options, protection)
    if (options.json) await printJson(found, protection)
    else
      process.stdout.write(
        forPeople(
          found.map((it) => it.trace),
          found[0]?.stoppable ?? [],
          protection,
        ),
      )
  } finally {
    book.close()
  }
}

interface Found {
  readonly trace: Trace
  readonly stoppable: readonly Stoppable[]
}

interface ToTrace {
  readonly book: Book
  readonly journal: Journal
  readonly options: TraceOptions
  readonly method: Method
}

async function traced({ book, journal, options, method }: ToTrace): Promise<Trace> {
  const asked = book.stepMs ? null : askedMoment(options.at)
  const at = asked ?? book.parseTime(options.at) / (book.stepMs ?? 1)
  const direction = DIRECTIONS[options.backward ? 1 : 0]
  const from = options.from
  const wanted = options.currency?.toUpperCase()
  const currency = seedCurrency(journal, { from, at, direction, ...(wanted && { currency: wanted }) })
  const { minor } = parseMoney(options.amount, currency === NO_CURRENCY ? 'USD' : currency)
  const found = trace(journal, {
    from,
    minor,
    ...(wanted && { currency }),
    at,
    method,
    direction,
    ...(options.hops !== undefined && { hops: options.hops }),
    returnedTo: options.returnedTo,
  })
  const names = await namesOf(book, [
    ...found.hops.map(({ row }) => row),
    ...found.changed.flatMap(({ rows }) => rows),
  ])
  return withNames(found, (row) => names.get(row) ?? `row ${row + 1}`)
}

const AT_ONCE = 50_000

async function namesOf(book: Book, rows: readonly number[]): Promise<Map<number, string>> {
  const all = new Map<number, string>()
  for (let from = 0; from < rows.length; from += AT_ONCE)
    for (const [row, name] of await book.transactionIds(rows.slice(from, from + AT_ONCE))) all.set(row, name)
  return all
}

/** Rails are checked for the largest amounts only. */
const MOST_WITH_RAILS = 500

/** What can still be stopped: the country of an account is said by its IBAN or by the accounts file. */
async function stoppable(book: Book, found: Trace, now: string): Promise<Stoppable[]> {
  if (found.direction === 'backward') return []
  const rails = readRails(CONTENT)
  const countries = await countriesOf(book, found.held)
  const first = new Set(found.held.slice(0, MOST_WITH_RAILS))
  const railsOf = (held: Held) => {
    if (!first.has(held)) return []
    const { account, minor, currency, lastAt } = held
    return railsForHeld(
      rails,
      {
        minor,
        currency,
        lastAt: typeof lastAt === 'string' ? lastAt : null,
        country: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account)
          ? account.slice(0, 2)
          : (countries.get(account) ?? null),
        kind: isWallet(account) ? 'wallet' : 'bank_account',
      },
      now,
    )
  }
  return rankStoppable(found, { now: Date.parse(now), railsOf })
}

const isWallet = (account: string) =>
  /^(?:0x[0-9a-f]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/.test(
    /^0x/i.test(account) ? account.toLowerCase() : account,
  )

/** Two-letter countries by account: as its payments say, or else the accounts file. */
async function countriesOf(book: Book, held: readonly Held[]): Promise<Map<string, string>> {
  type Row = { readonly account: string; readonly country: string | null }
  const rows: Row[] = []
  const names = new Set(held.map(({ account }) => account))
  if (book.has.has('accounts.country'))
    rows.push(...(await book.duck.all<Row>('select name as account, country from account_rows')))
  if (book.has.has('payee_country')) {
    const numbers = [...names].map((name) => book.accountNumber(name)).filter((number) => number >= 0)
    const said = await book.duck.all<{ payee: number; country: string | null }>(
      `select payee, max(upper(payee_country)) as country from transactions where payee in (${numbers.join(',') || -1}) group by payee`,
    )
    rows.push(...said.map(({ payee, country }) => ({ account: book.accountName(payee), country })))
  }
  const known = rows.filter(({ account, country }) => names.has(account) && /^[A-Z]{2}$/.test(country ?? ''))
  return new Map(known.map(({ account, country }) => [account, country ?? '']))
}

function writeFiles(
  found: readonly Found[],
  { svg, csv, hopsCsv: hops }: TraceOptions,
  protection: Protection | null,
): void {
  const [first] = found
  if (!first) return
  const files: [string | undefined, () => string][] = [
    [svg, () => svgOf(withProtection(pictureOf(flowOf(first.trace)), protection))],
    [csv, () => heldCsv(first.trace, protection)],
    [hops, () => hopsCsv(first.trace, protection)],
  ]
  for (const [file, text] of files) {
    if (file === undefined) continue
    try {
      writeFileSync(file, text())
    } catch (error) {
      if (error instanceof HouseError) throw error
      throw new HouseError('invalid', `${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`)
    }
    process.stderr.write(`written: ${file} (${first.trace.method})\n`)
  }
}

const PIECE = 10_000

/** One document, written in pieces: a trace may have more payments than one string can hold. */
async function printJson(found: readonly Found[], protection: Protection | null): Promise<void> {
  for (const { trace: it, stoppable: ranked } of found) {
    const { hops, held, lost, ...rest } = it
    const told = { ...rest, protection: protectionJson(protection, it) }
    const places = it.direction === 'forward' ? ranked : held
    await write(`{"held":${JSON.stringify(places)},"lost":${lost},"hops":[`)
    for (let from = 0; from < hops.length; from += PIECE) {
      const piece = JSON.stringify(hops.slice(from, from + PIECE)).slice(1, -1)
      await write(`${from > 0 ? ',' : ''}${piece}`)
    }
    await write(`],${JSON.stringify(told).slice(1)}\n`)
  }
}

const write = (text: string) =>
  new Promise<void>((resolve) => {
    process.stdout.write(text, () => resolve())
  })

function timeOf(text: string | undefined): string {
  const at = text === undefined ? Date.now() : Date.parse(text)
  if (Number.isNaN(at))
    throw new HouseError('invalid', `--now: ${text} is not a time, e.g. 2026-11-21T22:00Z`)
  return new Date(at).toISOString()
}
