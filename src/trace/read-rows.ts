import { decimalStyle } from '../core/decimal-style.ts'
import { HouseError } from '../core/errors.ts'
import { CURRENCIES, parseMoney } from '../core/money.ts'
import { type Journal, NOBODY, openJournal } from './journal.ts'

/** How files call the columns that tracing needs: our name, then theirs, the first that a file has. */
export type Synonyms = Readonly<Record<string, readonly string[]>>

/** A row that was not read. */
export interface Rejected {
  readonly line: number
  readonly reason: string
}

export interface RowsRead {
  readonly journal: Journal
  /** Our name and the file's. */
  readonly mapping: readonly { readonly ours: string; readonly theirs: string }[]
  readonly rejected: readonly Rejected[]
  /** Rows that were not read, also those beyond the ones that are named. */
  readonly rejectedCount: number
}

const NEEDED = [
  'transaction_id',
  'booked_at',
  'amount',
  'currency',
  'received_amount',
  'received_currency',
  'payer_account',
  'payee_account',
] as const
type Needed = (typeof NEEDED)[number]

const MOST_NAMED = 1_000
/** Rows that are read before it is settled whether a comma groups thousands or begins the decimals. */
const SAMPLE = 500
const NO_CURRENCY = 'XXX'

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, '')

/** Numbers in a list that grows; the parts of a column before it is whole. */
class Growing {
  numbers = new Float64Array(1 << 14)
  length = 0
  push(it: number): void {
    if (this.length === this.numbers.length) {
      const more = new Float64Array(this.length * 2)
      more.set(this.numbers)
      this.numbers = more
    }
    this.numbers[this.length++] = it
  }
}

/** Names as numbers, in the order in which they were first seen. */
class Names {
  readonly all: string[] = []
  readonly #places = new Map<string, number>()
  place(name: string): number {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.all.length
      this.all.push(name)
      this.#places.set(name, place)
    }
    return place
  }
  find = (name: string) => this.#places.get(name) ?? -1
}

/**
 * Reads a CSV of transactions piece by piece, wherever its text comes from. A row that cannot be read is counted with its line
 * and reason, and never stops the rest.
 * Not  every form of the command line's loader: for Parquet and own mappings use that.
 */
export class RowReader {
  readonly #synonyms: Synonyms
  readonly #currencyWords: ReadonlyMap<string, string>
  #rest = ''
  #line = 0
  #separator = ','
  #columns: Map<Needed, number> | null = null
  #header: string[] = []
  readonly #accounts = new Names()
  readonly #currencies = new Names()
  readonly #ids: string[] = []
  readonly #numbers = {
    payer: new Growing(),
    payee: new Growing(),
    minor: new Growing(),
    currency: new Growing(),
    at: new Growing(),
    receivedMinor: new Growing(),
    receivedCurrency: new Growing(),
  }
  readonly #rejected: Rejected[] = []
  #rejectedCount = 0
  #steps = 0
  /** The first rows wait until it is known how decimals are written. */
  #waiting: { readonly cells: readonly string[]; readonly line: number }[] | null = []
  #comma = false
  readonly #ownLines: boolean

  /** With `ownLines` the first column is the line on which the row stands in the file that the person has. */
  constructor(
    synonyms: Synonyms,
    currencyWords: Readonly<Record<string, string>>,
    { ownLines = false }: { readonly ownLines?: boolean } = {},
  ) {
    this.#ownLines = ownLines
    this.#synonyms = synonyms
    this.#currencyWords = new Map(Object.entries(currencyWords))
  }

  /** Rows read so far. */
  get rows(): number {
    return this.#numbers.at.length
  }

  /** Throws `invalid` when the first line does not name the columns of transactions. */
  feed(text: string): void {
    this.#rest += text
    let from = 0
    for (let end = this.#recordEnd(from); end >= 0; end = this.#recordEnd(from)) {
      this.#record(this.#rest.slice(from, end))
      from = end + 1
    }
    this.#rest = this.#rest.slice(from)
  }

  /** Everything that was fed, as a journal. Throws `invalid` when there was no transaction. */
  end(): RowsRead {
    if (this.#rest.trim() !== '') this.#record(this.#rest)
    this.#rest = ''
    this.#settle()
    if (!this.#columns) throw new HouseError('invalid', 'the file is empty')
    if (this.rows === 0)
      throw new HouseError(
        'invalid',
        this.#rejected[0]
          ? `no row could be read; line ${this.#rejected[0].line}: ${this.#rejected[0].reason}`
          : 'under its first line the file has no rows',
      )
    const { payer, payee, minor, currency, at, receivedMinor, receivedCurrency } = this.#numbers
    const whole = (from: Growing) => Uint32Array.from(from.numbers.subarray(0, from.length))
    const short = (from: Growing) => Uint16Array.from(from.numbers.subarray(0, from.length))
    const floats = (from: Growing) => from.numbers.slice(0, from.length)
    const ids = this.#ids
    const converts = this.#columns.has('received_currency')
    const journal = openJournal({
      rows: this.rows,
      accounts: this.#accounts.all,
      accountNumber: this.#accounts.find,
      currencies: this.#currencies.all,
      payer: whole(payer),
      payee: whole(payee),
      minor: floats(minor),
      currency: short(currency),
      at: floats(at),
      idOf: (row) => ids[row] ?? `row ${row + 1}`,
      clock: this.#steps === this.rows ? 'step' : 'moment',
      ...(converts && {
        received: { minor: floats(receivedMinor), currency: short(receivedCurrency) },
      }),
    })
    return {
      journal,
      mapping: [...this.#columns].map(([ours, place]) => ({ ours, theirs: this.#header[place] ?? '' })),
      rejected: this.#rejected,
      rejectedCount: this.#rejectedCount,
    }
  }

  /** Where the record that begins at `from` ends: at a line's end outside quotes; -1 when it is not whole yet. */
  #recordEnd(from: number): number {
    let end = this.#rest.indexOf('\n', from)
    let quote = this.#rest.indexOf('"', from)
    if (end < 0 || quote < 0 || quote > end) return end
    let open = false
    let at = from
    while (quote >= 0 && end >= 0) {
      if (open || quote < end) {
        open = !open
        at = quote + 1
        quote = this.#rest.indexOf('"', at)
        if (!open && end < at) end = this.#rest.indexOf('\n', at)
      } else return end
    }
    return open ? -1 : end
  }

  #record(text: string): void {
    this.#line++
    const line = this.#line
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#line++
    const record = text.endsWith('\r') ? text.slice(0, -1) : text
    if (record.trim() === '') return
    if (!this.#columns) {
      this.#head(record.replace(/^\uFEFF/, ''))
      return
    }
    const cells = cellsOf(record, this.#separator)
    this.#waiting?.push({ cells, line: this.#ownLines ? Number(cells[0]) : line })
    if (this.#waiting && this.#waiting.length >= SAMPLE) this.#settle()
    else if (!this.#waiting) this.#take(cells, this.#ownLines ? Number(cells[0]) : line)
  }

  /** Takes in the rows that waited, now that enough of them say how decimals are written. */
  #settle(): void {
    const waited = this.#waiting ?? []
    const place = this.#columns?.get('amount') ?? -1
    this.#comma = decimalStyle(waited.map(({ cells }) => cells[place] ?? '')) === 'comma'
    this.#waiting = null
    for (const { cells, line } of waited) this.#take(cells, line)
  }

  #take(cells: readonly string[], line: number): void {
    const reason = this.#row(cells)
    if (reason === null) return
    this.#rejectedCount++
    if (this.#rejected.length < MOST_NAMED) this.#rejected.push({ line, reason })
  }

  #head(record: string): void {
    if (record.startsWith('PK'))
      throw new HouseError('invalid', 'this is a workbook (XLSX), whatever its name says: save it as CSV')
    this.#separator = [',', ';', '\t', '|'].reduce((a, b) =>
      record.split(b).length > record.split(a).length ? b : a,
    )
    this.#header = cellsOf(record, this.#separator)
    const names: string[] = []
    for (const name of this.#header.map(plain)) {
      const before = names.filter((it) => it === name).length
      names.push(before === 0 ? name : `${name}.${before}`)
    }
    const columns = new Map<Needed, number>()
    for (const ours of NEEDED) {
      const place = (this.#synonyms[ours] ?? []).map((it) => names.indexOf(plain(it))).find((it) => it >= 0)
      if (place !== undefined && ![...columns.values()].includes(place)) columns.set(ours, place)
    }
    const missing = [
      ...(columns.has('amount') ? [] : ['an amount']),
      ...(columns.has('booked_at') ? [] : ['a time']),
      ...(columns.has('payer_account') || columns.has('payee_account') ? [] : ['a payer or payee account']),
    ]
    if (missing.length > 0)
      throw new HouseError(
        'invalid',
        `its first line does not name the columns of transactions: ${missing.join(' and ')} is missing`,
      )
    this.#columns = columns
  }

  /** Takes a row in; says why not. */
  #row(cells: readonly string[]): string | null {
    const cell = (name: Needed) => cells[this.#columns?.get(name) ?? -1]?.trim() ?? ''
    const at = timeOf(cell('booked_at'))
    if (at === null) return `booked_at: “${cell('booked_at').slice(0, 40)}” is not a time`
    const currency = this.#currencyOf(cell('currency'))
    if (currency === null) return `currency: “${cell('currency').slice(0, 40)}” is not known`
    const minor = minorOf(this.#pointed(cell('amount')), currency)
    if (typeof minor === 'string') return minor
    const other = cell('received_currency')
    const received = other === '' ? currency : this.#currencyOf(other)
    if (received === null) return `received currency: “${other.slice(0, 40)}” is not known`
    const got =
      cell('received_amount') === '' ? minor : minorOf(this.#pointed(cell('received_amount')), received)
    if (typeof got === 'string') return got
    const [from, to] = [cell('payer_account'), cell('payee_account')]
    if (from === '' && to === '') return 'neither payer nor payee'
    const { payer, payee, receivedMinor, receivedCurrency, ...rest } = this.#numbers
    payer.push(from === '' ? NOBODY : this.#accounts.place(from))
    payee.push(to === '' ? NOBODY : this.#accounts.place(to))
    rest.minor.push(minor)
    rest.currency.push(this.#currencies.place(currency))
    rest.at.push(at.value)
    if (at.step) this.#steps++
    receivedMinor.push(received === currency ? minor : got)
    receivedCurrency.push(this.#currencies.place(received))
    if (this.#columns?.has('transaction_id')) this.#ids.push(cell('transaction_id'))
    return null
  }

  /** An amount with a decimal comma as it is written with a point: `1.234,50` is `1234.50`. */
  #pointed(text: string): string {
    if (!this.#comma) return text
    return text.replace(
      /(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?![\d.,])/,
      (_, whole: string, decimals = '') => `${whole.replaceAll('.', '')}${decimals && `.${decimals}`}`,
    )
  }

  #currencyOf(text: string): string | null {
    if (text === '') return NO_CURRENCY
    const code = text.toUpperCase()
    if (CURRENCIES.includes(code)) return code
    return this.#currencyWords.get(code) ?? null
  }
}

function cellsOf(record: string, separator: string): string[] {
  if (!record.includes('"')) return record.split(separator)
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell: string
    if (record[at] === '"') {
      let close = at + 1
      while (close < record.length && !(record[close] === '"' && record[close + 1] !== '"'))
        close += record[close] === '"' ? 2 : 1
      cell = record.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
    } else {
      const end = record.indexOf(separator, at)
      cell = record.slice(at, end < 0 ? record.length : end)
      at = end < 0 ? record.length : end
    }
    cells.push(cell)
    const next = record.indexOf(separator, at)
    if (next < 0 || at >= record.length) return cells
    at = next + 1
  }
}

/** Minor units, or why not. More decimals than the currency has are refused, noughts at the end are not. */
function minorOf(text: string, currency: string): number | string {
  const decimals = currency === NO_CURRENCY ? 'USD' : currency
  const plainly =
    /^\d+$/.test(text) || /\.\d*0+$/.test(text) ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : text
  try {
    return parseMoney(plainly, decimals).minor
  } catch (error) {
    if (error instanceof HouseError) return error.message
    throw error
  }
}

/** A step, or milliseconds since 1970; a time without a zone is taken for UTC. */
export function timeOf(text: string): { readonly value: number; readonly step: boolean } | null {
  if (/^\d{1,9}$/.test(text)) return { value: Number(text), step: true }
  const iso = text.replace(
    /^(\d{4})\/(\d{1,2})\/(\d{1,2})/,
    (_, y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
  )
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso)) return null
  const zoned =
    /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) || iso.length === 10 ? iso : `${iso.replace(' ', 'T')}Z`
  const value = Date.parse(zoned)
  return Number.isNaN(value) ? null : { value, step: false }
}
