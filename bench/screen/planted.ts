import { exampleRows, type Fields } from '../../src/ledger/example.ts'
import { csvField } from '../../src/ledger/rejects.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { TRANSACTION_COLUMNS } from '../../src/ledger/transaction-columns.ts'
import { ACCOUNT_COLUMNS } from './people.ts'

export const SIGNAL_COLUMNS = ['id', 'signal', 'source', 'signal_type', 'abuse_type', 'report_date'] as const
export const LABEL_COLUMNS = ['account', 'typology', 'is_sar'] as const

const DAY = 86_400_000

/** Patterns that a rule's own examples say must be found, put into the book under names of their own. */
export interface Planted {
  /** Lines of the transactions file without their id, by booking time. */
  readonly payments: readonly { readonly at: string; readonly line: string }[]
  readonly accounts: readonly string[]
  readonly signals: readonly string[]
  readonly labels: readonly string[]
}

/**
 * Each rule's examples that must fire, `times` over, at moments of the year that leave them room: accounts, devices,
 * addresses and telephones get the name of the rule and a number, so that no two patterns meet.
 */
export function planted({ times, next }: { times: number; next: () => number }): Planted {
  const payments: { at: string; line: string }[] = []
  const accounts: string[] = []
  const signals: string[] = []
  const labels: string[] = []
  for (const rule of loadRules())
    for (let n = 0; n < times; n++) {
      const example = rule.examples.fires[n % rule.examples.fires.length]
      if (!example) continue
      const mark = `${rule.id.slice(3)}.${n}`
      const rows = exampleRows(example)
      const own = named(rows, mark)
      const shift = shiftOf(rows.transactions, next)
      for (const row of rows.transactions) {
        const at = new Date(Date.parse(row.booked_at ?? '') + shift).toISOString().slice(0, 19)
        payments.push({
          at: `${at}Z`,
          line: lineOf({ ...row, ...own(row), booked_at: `${at}Z` }, TRANSACTION_COLUMNS),
        })
      }
      for (const row of rows.accounts)
        accounts.push(lineOf(dated({ ...row, ...own(row) }, 'opened_at', shift), ACCOUNT_COLUMNS))
      for (const row of rows.signals)
        signals.push(
          lineOf({ id: `S${mark}`, report_date: '2026-01-02', ...row, ...own(row) }, SIGNAL_COLUMNS),
        )
      for (const account of [example.account ?? '*', ...example.also])
        labels.push(`${account}.${mark},${rule.id},1`)
    }
  payments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { payments, accounts, signals, labels }
}

const lineOf = (row: Fields, columns: readonly string[]) =>
  columns
    .slice(columns[0] === 'transaction_id' ? 1 : 0)
    .map((it) => csvField(row[it]))
    .join(',')

/** Names of one pattern: each account, device, address, telephone and introducer gets its mark. */
function named(rows: ReturnType<typeof exampleRows>, mark: string): (row: Fields) => Fields {
  const known = new Set(rows.transactions.flatMap((it) => [it.payer_account ?? '', it.payee_account ?? '']))
  const digits = mark.replace(/\D/g, '')
  const marked = (name: string, text: string): string => {
    if (text === '') return ''
    if (['payer_account', 'payee_account', 'account', 'device_id', 'introducer', 'address'].includes(name))
      return `${text}.${mark}`
    if (name === 'phone') return text + digits
    if (name === 'signal') return known.has(text) ? `${text}.${mark}` : text + digits
    return text
  }
  return (row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, marked(name, text)]))
}

/** Whole days, so that a pattern keeps its times of day; the book goes on for 60 days after it. */
function shiftOf(rows: readonly Fields[], next: () => number): number {
  const times = rows.map((it) => Date.parse(it.booked_at ?? ''))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const room = Math.floor((365 * DAY - (last - first)) / DAY) - 60
  const start = Date.UTC(2026, 0, 1) + Math.floor(next() * Math.max(1, room)) * DAY
  return Math.ceil((start - first) / DAY) * DAY
}

const dated = (row: Fields, name: string, shift: number): Fields =>
  row[name] ? { ...row, [name]: new Date(Date.parse(row[name]) + shift).toISOString().slice(0, 10) } : row
