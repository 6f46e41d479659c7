import { once } from 'node:events'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { TRANSACTION_COLUMNS } from '../../src/ledger/transaction-columns.ts'
import { draft, lineOf } from './everyday.ts'
import { ACCOUNT_COLUMNS, accountLine, accountOf, mixed } from './people.ts'
import { LABEL_COLUMNS, planted, SIGNAL_COLUMNS } from './planted.ts'

/** A small fast generator with a seed (xorshift32): the same seed gives the same book on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

/** The four files of a book; `labels` says where a pattern was planted (`*` stands for any account of it). */
export const FILES = ['transactions', 'accounts', 'signals', 'labels'] as const
export const pathsOf = (folder: string) => FILES.map((it) => join(folder, `${it}.csv`))

/**
 * Streams a synthetic book as CSV with every column that a rule can ask for: a year of everyday payments in booking order,
 * the attributes of every account, a list of signals most of which name nobody in the book, and the patterns that the rules'
 * own examples describe, `each` of every rule or one for every 100,000 payments. Memory does not grow with everyday payments.
 */
export async function generate(
  folder: string,
  {
    rows,
    seed,
    each = Math.max(1, Math.round(rows / 100_000)),
  }: { rows: number; seed: number; each?: number },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const next = random(seed)
  const hidden = planted({ times: each, next })
  const accounts = Math.max(100, Math.round(rows / 50))
  const [transactions, holders, signals, labels] = pathsOf(folder) as [string, string, string, string]
  await write(transactions, TRANSACTION_COLUMNS, payments({ rows, accounts, next }, hidden.payments))
  await write(holders, ACCOUNT_COLUMNS, holderLines(accounts, hidden.accounts))
  await write(signals, SIGNAL_COLUMNS, signalLines(accounts, hidden.signals))
  await write(labels, LABEL_COLUMNS, hidden.labels)
}

interface Size {
  readonly rows: number
  readonly accounts: number
  readonly next: () => number
}

/** Everyday payments, and the planted ones at their time; `rows` of both. */
function* payments(
  { rows, accounts, next }: Size,
  hidden: ReturnType<typeof planted>['payments'],
): Generator<string> {
  const everyday = Math.max(0, rows - hidden.length)
  const street = { next, accounts }
  const start = Date.UTC(2026, 0, 1)
  const step = (365 * 86_400_000) / Math.max(1, everyday)
  let [place, told] = [0, 0]
  for (let i = 0; i < everyday; i++) {
    const at = `${new Date(start + i * step).toISOString().slice(0, 19)}Z`
    for (let it = hidden[place]; it && it.at <= at; it = hidden[++place]) yield `T${told++},${it.line}`
    yield lineOf(draft(street), { id: `T${told++}`, at, next })
  }
  for (; place < hidden.length; place++) yield `T${told++},${hidden[place]?.line}`
}

function* holderLines(accounts: number, hidden: readonly string[]): Generator<string> {
  for (let n = 0; n < accounts; n++) yield accountLine(n)
  yield* hidden
}

const KINDS = [
  ['iban', 'scam'],
  ['account', 'investment_scam'],
  ['domain', 'phishing'],
  ['wallet', 'investment_scam'],
  ['account', 'sanctions'],
  ['account', 'pep'],
  ['phone', 'fake_job'],
] as const

/** A list as long as a hundredth of the accounts; one signal in fifty names an account of the book. */
function* signalLines(accounts: number, hidden: readonly string[]): Generator<string> {
  for (let n = 0; n < accounts / 100; n++) {
    const [type, abuse] = KINDS[mixed(n, 70) % KINDS.length] ?? KINDS[0]
    const signal = n % 50 === 0 ? accountOf(mixed(n, 71) % accounts) : `${type}-${n}.example`
    yield `S${n},${signal},partner${n % 7},${type},${abuse},2026-01-02`
  }
  yield* hidden
}

async function write(path: string, columns: readonly string[], lines: Iterable<string>): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  await put(out, columns.join(','))
  let some: string[] = []
  for (const line of lines) {
    some.push(line)
    if (some.length < 20_000) continue
    await put(out, some.join('\n'))
    some = []
  }
  if (some.length > 0) await put(out, some.join('\n'))
  out.end()
  await finished(out)
}

async function put(out: WriteStream, text: string): Promise<void> {
  if (!out.write(`${text}\n`)) await once(out, 'drain')
}
