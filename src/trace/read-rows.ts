import { decimalStyle, LONGEST_CELL } from '../core/decimal-style.ts'
import { HouseError } from '../core/errors.ts'
import { CURRENCIES } from '../core/money.ts'
import { type Journal, NOBODY, openJournal } from './journal.ts'
import { type RowAmount, rowAmount } from './row-amount.ts'
import { cellsOf, Growing, Names, Records, separatorOf } from './row-cells.ts'
import { mapColumns, missingOf, type Needed, type OwnColumns, type Synonyms } from './row-columns.ts'
import { latinDigits, type TimeStyle, timeOf, timeStyleOf } from './row-time.ts'

/** A row that was not read. */
export interface Rejected {
  readonly line: number
  readonly reason: string
  /** Name of the file, when more than one was read. */
  readonly file?: string
}

export interface RowsRead {
  readonly journal: Journal
  /** Our name and the file's. */
  readonly mapping: readonly { readonly ours: string; readonly theirs: string; readonly file?: string }[]
  readonly rejected: readonly Rejected[]
  /** Rows that were not read, also those beyond the ones that are named. */
  readonly rejectedCount: number
  /** Rows whose amount was finer than its currency and was rounded. */
  readonly rounded: number
}

export interface FileOptions {
  readonly file?: string
  /** The first column is the line on which the row stands in the file that the person has. */
  readonly ownLines?: boolean
  readonly own?: OwnColumns
}

interface Row {
  readonly cells: readonly string[]
  readonly line: number
  /** Why it cannot be read, when that is known before its cells are looked at. */
  readonly wrong?: string
}

/** The file that is being read. */
interface Reading {
  readonly options: FileOptions
  readonly records: Records
  separator: string
  columns: Map<Needed, number> | null
  /** The first rows wait until it is known how decimals and dates are written. */
  waiting: Row[] | null
  comma: boolean
  times: TimeStyle
}

const MOST_NAMED = 1_000
/** Rows that are read before it is settled whether a comma groups thousands, and whether the day or the month comes first. */
const SAMPLE = 500
const NO_CURRENCY = 'XXX'

/**
 * Reads transactions piece by piece, wherever their text comes from: one CSV, or one after the other. A row that cannot be read
 * is counted with its line and reason, and never stops the rest.
 */
export class RowReader {
  readonly #synonyms: Synonyms
  readonly #currencyWords: ReadonlyMap<string, string>
  #reading: Reading
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
  readonly #mapping: { ours: string; theirs: string; file?: string }[] = []
  readonly #rejected: Rejected[] = []
  #rejectedCount = 0
  #rounded = 0
  #steps = 0
  #converts = false

  constructor(
    synonyms: Synonyms,
    currencyWords: Readonly<Record<string, string>>,
    options: FileOptions = {},
  ) {
    this.#synonyms = synonyms
    this.#currencyWords = new Map(Object.entries(currencyWords))
    this.#reading = fresh(options)
  }

  /** Rows read so far. */
  get rows(): number {
    return this.#numbers.at.length
  }

  /** The places of the columns that are read, once the first line is known. */
  get places(): readonly number[] {
    return [...(this.#reading.columns?.values() ?? [])]
  }

  /** What is fed from now on is another file. Throws as `end` does of the one before. */
  next(options: FileOptions): void {
    this.#finish()
    this.#reading = fresh(options)
  }

  /** A piece of a CSV. Throws `invalid` when its first line does not name the columns of transactions. */
  feed(text: string): void {
    this.#reading.records.feed(text, (record, line) => this.#record(record, line))
  }

  /** The names of the columns, of a file that is no CSV. Throws as `feed` does. */
  head(header: readonly string[]): void {
    const { options } = this.#reading
    const columns = mapColumns(header, this.#synonyms, options.own)
    const missing = missingOf(columns)
    if (missing.length > 0)
      throw new HouseError(
        'invalid',
        `its first line does not name the columns of transactions: ${missing.join(' and ')} is missing`,
      )
    this.#reading.columns = columns
    const file = options.file === undefined ? {} : { file: options.file }
    for (const [ours, place] of columns) this.#mapping.push({ ours, theirs: header[place] ?? '', ...file })
    if (columns.has('received_currency')) this.#converts = true
  }

  /** One row of a file whose `head` was said. */
  row(cells: readonly string[], line: number): void {
    this.#hold({ cells, line: this.#reading.options.ownLines ? Number(cells[0]) : line })
  }

  #hold(row: Row): void {
    const { waiting } = this.#reading
    if (!waiting) this.#take(row)
    else if (waiting.push(row) >= SAMPLE) this.#settle()
  }

  /** Everything that was fed, as a journal. Throws `invalid` when there was no transaction. */
  end(): RowsRead {
    this.#finish()
    const [first] = this.#rejected
    if (this.rows === 0)
      throw new HouseError(
        'invalid',
        first
          ? `no row could be read; line ${first.line}: ${first.reason}`
          : 'under its first line the file has no rows',
      )
    return {
      journal: openJournal(this.#columns()),
      mapping: this.#mapping,
      rejected: this.#rejected,
      rejectedCount: this.#rejectedCount,
      rounded: this.#rounded,
    }
  }

  #columns() {
    const { payer, payee, minor, currency, at, receivedMinor, receivedCurrency } = this.#numbers
    const whole = (from: Growing) => Uint32Array.from(from.numbers.subarray(0, from.length))
    const short = (from: Growing) => Uint16Array.from(from.numbers.subarray(0, from.length))
    const floats = (from: Growing) => from.numbers.slice(0, from.length)
    const ids = this.#ids
    if (this.#steps > 0 && this.#steps < this.rows)
      throw new HouseError(
        'invalid',
        'some of its times count steps and others are dates, so their order is not known',
      )
    return {
      rows: this.rows,
      accounts: this.#accounts.all,
      accountNumber: this.#accounts.find,
      currencies: this.#currencies.all,
      payer: whole(payer),
      payee: whole(payee),
      minor: floats(minor),
      currency: short(currency),
      at: floats(at),
      idOf: (row: number) => ids[row] || `row ${row + 1}`,
      clock: this.#steps > 0 ? ('step' as const) : ('moment' as const),
      ...(this.#converts && {
        received: { minor: floats(receivedMinor), currency: short(receivedCurrency) },
      }),
    }
  }

  #finish(): void {
    const reading = this.#reading
    reading.records.end((record, line) => this.#record(record, line))
    this.#settle()
    if (!reading.columns) throw new HouseError('invalid', 'the file is empty')
  }

  #record(record: string, line: number): void {
    const reading = this.#reading
    if (reading.columns) {
      // a decoder puts this sign where bytes are no letters: an account of that name would be another one
      if (record.includes('\uFFFD'))
        this.#hold({ cells: [], line, wrong: 'some of its letters cannot be read as UTF-8' })
      else this.row(cellsOf(record, reading.separator), line)
      return
    }
    const text = record.replace(/^\uFEFF/, '')
    if (text.startsWith('PK'))
      throw new HouseError('invalid', 'this is a workbook (XLSX), whatever its name says: save it as CSV')
    reading.separator = separatorOf(text)
    this.head(cellsOf(text, reading.separator))
  }

  /** Takes in the rows that waited, now that enough of them say how decimals and dates are written. */
  #settle(): void {
    const reading = this.#reading
    const waited = reading.waiting ?? []
    const { decimal, dates } = reading.options.own ?? {}
    const amounts = waited.map((row) => this.#cell(row.cells, 'amount'))
    reading.comma = (decimal ?? decimalStyle(amounts)) === 'comma'
    reading.times = timeStyleOf(
      waited.map((row) => this.#cell(row.cells, 'booked_at')),
      dates,
    )
    reading.waiting = null
    for (const row of waited) this.#take(row)
  }

  #cell(cells: readonly string[], name: Needed): string {
    return cells[this.#reading.columns?.get(name) ?? -1]?.trim() ?? ''
  }

  #take({ cells, line, wrong }: Row): void {
    const reason = wrong ?? this.#read(cells)
    if (reason === null) return
    this.#rejectedCount++
    const { file } = this.#reading.options
    if (this.#rejected.length < MOST_NAMED)
      this.#rejected.push({ line, reason, ...(file !== undefined && { file }) })
  }

  /** Takes a row in; says why not. */
  #read(cells: readonly string[]): string | null {
    const at = this.#timeOf(cells)
    if (at === null) return `booked_at: “${this.#cell(cells, 'booked_at').slice(0, 40)}” is not a time`
    const own = this.#reading.options.own
    const written = this.#cell(cells, 'currency') || (own?.currency ?? '')
    const currency = this.#currencyOf(written)
    if (currency === null) return `currency: “${written.slice(0, 40)}” is not known`
    const turned = own?.negative === 'turn' && isNegative(this.#cell(cells, 'amount'))
    const amount = this.#amountOf(this.#cell(cells, 'amount'), { currency, turned })
    if (typeof amount === 'string') return amount
    const { minor } = amount
    const other = this.#cell(cells, 'received_currency')
    const received = other === '' ? currency : this.#currencyOf(other)
    if (received === null) return `received currency: “${other.slice(0, 40)}” is not known`
    const gotText = this.#cell(cells, 'received_amount')
    const got = gotText === '' ? amount : this.#amountOf(gotText, { currency: received, turned })
    if (typeof got === 'string') return got
    const [from, to] = [this.#cell(cells, 'payer_account'), this.#cell(cells, 'payee_account')]
    if (from === '' && to === '') return 'neither payer nor payee'
    this.#keep({ from: turned ? to : from, to: turned ? from : to, at: at.value, minor, currency })
    if (at.step) this.#steps++
    if (amount.rounded) this.#rounded++
    this.#numbers.receivedMinor.push(received === currency ? minor : got.minor)
    this.#numbers.receivedCurrency.push(this.#currencies.place(received))
    this.#ids.push(this.#cell(cells, 'transaction_id'))
    return null
  }

  #keep(it: { from: string; to: string; at: number; minor: number; currency: string }): void {
    const { payer, payee, minor, currency, at } = this.#numbers
    payer.push(it.from === '' ? NOBODY : this.#accounts.place(it.from))
    payee.push(it.to === '' ? NOBODY : this.#accounts.place(it.to))
    minor.push(it.minor)
    currency.push(this.#currencies.place(it.currency))
    at.push(it.at)
  }

  /** A day and its hour may stand in two columns. */
  #timeOf(cells: readonly string[]) {
    const { times } = this.#reading
    const [day, clock] = [this.#cell(cells, 'booked_at'), this.#cell(cells, 'booked_time')]
    if (times.kind === 'step' || times.kind === 'epoch' || !clock.includes(':') || day.includes(':'))
      return timeOf(day, times)
    if (times.kind !== 'compact') return timeOf(`${day} ${clock}`, times)
    const date = timeOf(day, times)
    const whole = date && timeOf(`${new Date(date.value).toISOString().slice(0, 10)} ${clock}`)
    return whole ?? null
  }

  /** Minor units, or why not. */
  #amountOf(text: string, { currency, turned }: { currency: string; turned: boolean }): RowAmount | string {
    const bare = turned ? text.replace(/^[-−]|^\((.*)\)$/, '$1').trim() : text
    return rowAmount(this.#pointed(latinDigits(bare)), currency)
  }

  /** An amount with a decimal comma as it is written with a point: `1.234,50` is `1234.50`. */
  #pointed(text: string): string {
    if (!this.#reading.comma || text.length > LONGEST_CELL) return text
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

function fresh(options: FileOptions): Reading {
  const times = timeStyleOf([])
  return { options, records: new Records(), separator: ',', columns: null, waiting: [], comma: false, times }
}

const isNegative = (text: string) => /^[-−]|^\(.*\)$/.test(text)
