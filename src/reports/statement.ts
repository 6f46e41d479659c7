import type { Fact } from '../core/fact.ts'
import { exponentOf, parseMoney } from '../core/money.ts'
import type { Table } from './csv.ts'
import type { PaymentRow } from './draft.ts'
import { keyOf } from './kinds.ts'
import { type Column, type Columns, columnsOf } from './statement-columns.ts'

export interface Statement {
  /** Which column was taken for what: `Beneficiary IBAN` as `payee_account`. */
  readonly mapping: readonly { readonly column: string; readonly as: Column }[]
  /** Each `text` is the cell; offsets count cells, not letters: a row has no place in the box. */
  readonly facts: readonly Fact[]
  readonly payments: readonly PaymentRow[]
  /** What could not be read, with the line of the file; at most 50. */
  readonly problems: readonly string[]
  readonly rows: number
}

type Said = Pick<Fact, 'kind' | 'value' | 'normal' | 'confidence' | 'why' | 'country' | 'system'>

/** What the reader of the house makes of one cell: a fact, a refusal that says why, or nothing. */
export type Cell = { readonly fact: Said } | { readonly refused: string } | null
export type ReadCell = (cell: string) => Cell

const MOST_PROBLEMS = 50

/**
 * The facts and payments of a table of transactions; null when its columns do not say that it is one.
 * Names in the table are not facts: they stay in the sealed file.
 * Units  amounts in minor units; of an unknown currency in hundredths
 */
export function readStatement(table: Table, readCell: ReadCell): Statement | null {
  const at = columnsOf(table.columns)
  const amounts = at.debit ?? at.amount
  if (amounts === undefined || (at.payee_account ?? at.wallet ?? at.reference ?? at.tx_hash) === undefined)
    return null
  const column = (index: number) => table.rows.map((row) => row[index] ?? '')
  const how: How = {
    at,
    amounts,
    readCell: remembered(readCell),
    comma: writesCommaDecimals(column(amounts)),
    days: at.booked_at === undefined ? null : dayOrder(column(at.booked_at)),
  }
  const facts: Fact[] = []
  const payments: PaymentRow[] = []
  const problems: string[] = []
  for (const [i, row] of table.rows.entries()) {
    const line = table.lines[i] ?? 0
    const found = readRow(row, how)
    facts.push(...found.facts.map((fact, n) => placed(fact, { line, n })))
    payments.push(...found.payments)
    if (problems.length < MOST_PROBLEMS)
      problems.push(...found.problems.map((what) => `line ${line}: ${what}`))
  }
  const mapping = (Object.keys(at) as Column[]).map((as) => ({
    column: table.columns[at[as] ?? 0] ?? '',
    as,
  }))
  return { mapping, facts, payments, problems, rows: table.rows.length }
}

interface How {
  readonly at: Columns
  readonly amounts: number
  readonly readCell: ReadCell
  readonly comma: boolean
  readonly days: DayOrder
}

interface Row {
  readonly facts: Said[]
  readonly payments: PaymentRow[]
  readonly problems: string[]
}

function readRow(row: readonly string[], how: How): Row {
  const { at } = how
  const cell = (column: Column) => (at[column] === undefined ? '' : (row[at[column]] ?? ''))
  const it: Row = { facts: [], payments: [], problems: [] }
  const country = /^[A-Za-z]{2}$/.test(cell('payee_country'))
    ? cell('payee_country').toUpperCase()
    : undefined
  const to = accountIn(cell('payee_account') || cell('wallet'), how.readCell, it)
  if (to) it.facts.push(withAside(to, cell('payee_bank'), country))
  const own = accountIn(cell('payer_account'), how.readCell, it)
  if (own) it.facts.push(own)
  const paidAt = timeOf(cell('booked_at'), how.days)
  if (cell('booked_at') !== '' && paidAt === null)
    it.problems.push(
      `“${cell('booked_at')}” may be read as more than one day, or as none; the day was left out`,
    )
  if (paidAt) it.facts.push(said('date', paidAt.slice(0, 10), 'the day column of a table'))
  const money = moneyOf(row[how.amounts] ?? '', cell('currency'), how.comma)
  if (typeof money === 'string') it.problems.push(money)
  else if (money)
    it.facts.push({
      ...said('amount', '', 'the amount column of a table'),
      normal: money,
      value: row[how.amounts] ?? '',
    })
  if (cell('reference') !== '' && /\d/.test(cell('reference')))
    it.facts.push(
      said('payment_ref', cell('reference').replaceAll(/\s/g, ''), 'the reference column of a table'),
    )
  const hash = accountIn(cell('tx_hash'), how.readCell, it)
  if (hash) it.facts.push(hash)
  if (to && money && typeof money !== 'string')
    it.payments.push({ toKey: keyOf(to.kind, to.normal), ...money, paidAt })
  return it
}

function said(kind: Said['kind'], normal: string, why: string): Said {
  return { kind, value: normal, normal, confidence: 0.9, why }
}

function withAside(fact: Said, bank: string, country: string | undefined): Said {
  return {
    ...fact,
    ...(fact.system === undefined && bank !== '' ? { system: bank } : {}),
    ...(fact.country === undefined && country !== undefined ? { country } : {}),
  }
}

/** An account column holds an account by being one: what the reader does not know is an account number as written. */
function accountIn(cell: string, readCell: ReadCell, row: Row): Said | null {
  if (cell === '') return null
  const read = readCell(cell)
  if (read !== null && 'refused' in read) {
    row.problems.push(`“${cell}” is not taken: ${read.refused}`)
    return null
  }
  if (read !== null) return read.fact
  const number = cell.replaceAll(/[\s-]/g, '')
  if (!/^[A-Za-z]{0,4}\d{5,30}$/.test(number)) return null
  return said('bank_account', number, 'the account column of a table')
}

function remembered(readCell: ReadCell): ReadCell {
  const known = new Map<string, Cell>()
  return (cell) => {
    let answer = known.get(cell)
    if (answer === undefined) {
      answer = readCell(cell)
      known.set(cell, answer)
    }
    return answer
  }
}

/** Whether a column writes 48.200,50: a comma and two digits at the end, and never a point there. */
function writesCommaDecimals(cells: readonly string[]): boolean {
  return cells.some((cell) => /,\d{1,2}$/.test(cell)) && !cells.some((cell) => /\.\d{1,2}$/.test(cell))
}

/** The amount of a cell without its sign; a sentence when it cannot be counted; null when there is none. */
function moneyOf(
  cell: string,
  code: string,
  comma: boolean,
): { minor: number; currency: string | null } | string | null {
  const number = cell.replace(/^[-−(]\s*/, '').replace(/\)$/, '')
  if (number === '' || /^0+([.,]0+)?$/.test(number)) return null
  const told = /^[A-Za-z]{3,5}$/.test(code) ? code.toUpperCase() : null
  const currency = told && isCounted(told) ? told : null
  try {
    const { minor } = parseMoney(
      comma ? number.replaceAll('.', '').replace(',', '.') : number,
      currency ?? 'USD',
    )
    return { minor, currency }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return currency === null ? why.replace(' of USD', '') : why
  }
}

function isCounted(code: string): boolean {
  try {
    exponentOf(code)
    return true
  } catch {
    return false
  }
}

/** Day before month, or the other way; null when the column leaves it open. */
type DayOrder = 'day first' | 'month first' | null

function dayOrder(cells: readonly string[]): DayOrder {
  const pairs = cells
    .map((cell) => /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(cell))
    .filter((it) => it !== null)
  const most = (part: number) => Math.max(0, ...pairs.slice(0, 10_000).map((pair) => Number(pair[part])))
  const [first, second] = [most(1), most(2)]
  if (first > 12 && second <= 12) return 'day first'
  if (second > 12 && first <= 12) return 'month first'
  return null
}

/** ISO day or moment of a cell; null when it is not one, or when day and month could change places. */
function timeOf(cell: string, order: DayOrder): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    cell,
  )
  if (iso) return realDay(iso[1] ?? '') ? `${iso[1]}${iso[2] ? `T${iso[2]}${iso[3] ?? ''}` : ''}` : null
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{2}:\d{2}))?/.exec(cell)
  if (!written) return null
  const [, a = '', b = '', year = '', clock] = written
  if (order === null && a !== b) return null
  const [day, month] = order === 'month first' ? [b, a] : [a, b]
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return realDay(date) ? `${date}${clock ? `T${clock}` : ''}` : null
}

function realDay(date: string): boolean {
  const moment = new Date(`${date}T00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date)
}

/** A fact of a row: facts of one row stand near each other, rows far apart. */
function placed(fact: Said, { line, n }: { line: number; n: number }): Fact {
  const start = line * 1_000 + n * 10
  return { ...fact, text: fact.value, start, end: start + 1 }
}
