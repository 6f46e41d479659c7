import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { openBook } from './load.ts'
import { csvField } from './rejects.ts'
import type { Rule, RuleExample } from './rule.ts'
import { type Alert, lackingOf, screen } from './screen.ts'

/*
 * An example is a small book in words:
 *   transactions: "2026-03-01 10:00 ana > mule 1000.00 EUR rail=wire purpose='visa fee'"; `-` is an account outside the book;
 *                 "x8" before the line gives eight of them, a day apart, with # in a name counting them
 *   accounts:     "mule type=person opened_at=2026-02-01 declared_monthly_income=800"
 *   signals:      "mule type=iban abuse=scam source=partner"
 */
const LINE =
  /^(?:x(\d+)(?:\/(\d+)(m|h|d))?\s+)?(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)\s+(\S+)\s*>\s*(\S+)\s+(\S+)(?:\s+([A-Z]{3,4}))?(.*)$/
const PAIRS = /([a-z_]+)=(?:'([^']*)'|(\S+))/g
const SHORT: Record<string, string> = {
  type: 'holder_type',
  income: 'declared_monthly_income',
  opened: 'opened_at',
  first: 'is_first_to_payee',
  recall: 'recall_flag',
  device: 'device_id',
  chain: 'crypto_chain',
  hash: 'crypto_tx_hash',
}
const STEP = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export type Fields = Record<string, string>

/** The rows of one line. Throws `invalid` quoting the line. */
export function transactionRows(line: string): Fields[] {
  const found = LINE.exec(line.trim())
  if (!found)
    throw new HouseError(
      'invalid',
      `example “${line}”: write DATE [TIME] PAYER > PAYEE AMOUNT [CURRENCY] [column=value]`,
    )
  const [
    ,
    times = '1',
    every = '1',
    unit = 'd',
    date = '',
    payer = '',
    payee = '',
    amount = '',
    currency = 'USD',
    rest = '',
  ] = found
  const start = Date.parse(`${date.replace(' ', 'T')}${date.length > 10 ? 'Z' : 'T12:00Z'}`)
  return [...Array(Number(times)).keys()].map((i) => {
    const at = (name: string) => (name === '-' ? '' : name.replaceAll('#', String(i + 1)))
    const booked_at = new Date(start + i * Number(every) * STEP[unit as keyof typeof STEP]).toISOString()
    const more = Object.fromEntries(Object.entries(fields(rest)).map(([key, value]) => [key, at(value)]))
    return { booked_at, amount, currency, payer_account: at(payer), payee_account: at(payee), ...more }
  })
}

function fields(text: string): Fields {
  return Object.fromEntries(
    [...text.matchAll(PAIRS)].map(([, key = '', quoted, bare]) => [SHORT[key] ?? key, quoted ?? bare ?? '']),
  )
}

/** `x3 staff# type=person`: three accounts, staff1 to staff3. */
function partyRows(lines: readonly string[], first: string, rename: Fields = {}): Fields[] {
  return lines.flatMap((line) => {
    const [, times = '1', name = '', rest = ''] = /^(?:x(\d+)\s+)?(\S+)\s*(.*)$/.exec(line.trim()) ?? []
    const own = Object.fromEntries(
      Object.entries(fields(rest)).map(([key, value]) => [rename[key] ?? key, value]),
    )
    return [...Array(Number(times)).keys()].map((i) => ({
      [first]: name.replaceAll('#', String(i + 1)),
      ...own,
    }))
  })
}

export function csv(rows: readonly Fields[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => columns.map((it) => csvField(row[it])).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

/** An example as rows of the three kinds of file. */
export function exampleRows({ transactions, accounts, signals }: RuleExample) {
  const rows = transactions.flatMap(transactionRows)
  return {
    transactions: rows.map((row, i): Fields => ({ transaction_id: `T${i + 1}`, ...row })),
    accounts: partyRows(accounts, 'account'),
    signals: partyRows(signals, 'signal', { holder_type: 'signal_type', abuse: 'abuse_type' }),
  }
}

/** Screens an example with one rule, through the same loader and engine as a bank's book. */
export async function runExample(rule: Rule, example: RuleExample): Promise<Alert[]> {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-example-'))
  try {
    const files: string[] = []
    const put = (name: string, rows: readonly Fields[]) => {
      if (rows.length === 0) return
      files.push(join(folder, name))
      writeFileSync(join(folder, name), csv(rows))
    }
    for (const [name, rows] of Object.entries(exampleRows(example))) put(`${name}.csv`, rows)
    const book = await openBook(files, { threads: 1 })
    const engine = await duckEngine(book)
    try {
      const lacking = lackingOf(rule, book.has)
      if (lacking.length > 0)
        throw new HouseError('invalid', `the example has no ${lacking.join(', ')}, which the rule needs`)
      return [...(await screen(engine, { ...book, rules: [rule], excuses: loadExcuses() })).alerts]
    } finally {
      await engine.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is wrong with an example's answer, or null. */
export async function exampleFault(rule: Rule, example: RuleExample, fires: boolean): Promise<string | null> {
  const alerts = await runExample(rule, example)
  const due = example.account ? [example.account, ...example.also] : []
  const missed = due.filter((account) => !alerts.some((it) => it.account === account))
  const hit = due.length > 0 ? missed.length < due.length : alerts.length > 0
  if (fires ? hit && missed.length === 0 : !hit) return null
  const told = alerts.map((it) => `${it.account}: ${it.reason}`).join('; ')
  return fires
    ? `“${example.name}” must fire, and stays quiet${example.also.length > 0 ? ` about ${missed.join(', ')}` : ''}`
    : `“${example.name}” must stay quiet, and fires: ${told}`
}
