import { SaxesParser } from 'saxes'
import { HouseError } from '../core/errors.ts'
import { PARTY_COLUMNS } from './transaction-columns.ts'

/** The columns that an ISO 20022 message gives, in our own names; `line` is where the entry begins. */
export const ISO_HEADER = [
  'line',
  'transaction_id',
  'booked_at',
  'amount',
  'currency',
  ...PARTY_COLUMNS,
  'purpose',
  'rail',
] as const
type Field = (typeof ISO_HEADER)[number]
type Row = Partial<Record<Field, string>>

const PARTY: Record<string, 'payer' | 'payee'> = {
  Dbtr: 'payer',
  DbtrAcct: 'payer',
  DbtrAgt: 'payer',
  Cdtr: 'payee',
  CdtrAcct: 'payee',
  CdtrAgt: 'payee',
}
/** Elements within elements, and characters without the end of one: no message comes near either. */
const DEEPEST = 64
const LONGEST = 4_000_000
const TIMES = ['AccptncDtTm', 'IntrBkSttlmDt', 'BookgDt', 'CreDtTm', 'ValDt']

/**
 * Streams pacs.008 (customer credit transfers) and camt.053 (statements) as a CSV of our own columns, piece by piece.
 * An entry of a statement has the statement's account on its own side; the other side is the related party.
 * @throws  `invalid` with file and line for broken XML, a DOCTYPE, another kind of message, or one that is nested or drawn out so
 *          that it was made to do harm
 */
export async function* isoToCsv(file: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const reader = new MessageReader(file)
  const decoder = new TextDecoder()
  yield `${ISO_HEADER.join(',')}\n`
  for await (const piece of pieces) {
    const lines = reader.push(decoder.decode(piece, { stream: true })).map((row) => {
      const fields = ISO_HEADER.map((name) =>
        row[name] === undefined ? '' : `"${row[name].replaceAll('"', '""')}"`,
      )
      return `${fields.join(',')}\n`
    })
    if (lines.length > 0) yield lines.join('')
  }
  reader.close()
}

class MessageReader {
  private readonly parser = new SaxesParser({ xmlns: false })
  private readonly path: string[] = []
  private readonly file: string
  private done: Row[] = []
  private text = ''
  private message: Row = {}
  private entry: Row | null = null
  private detail: Row | null = null
  private details = 0
  private timeRank = Number.POSITIVE_INFINITY
  /** Where the last element, text or comment ended. */
  private ended = 0

  constructor(file: string) {
    this.file = file
    this.parser.on('doctype', () => this.fail('a DOCTYPE has no place in a payment message'))
    this.parser.on('opentag', (tag) => this.open(local(tag.name), tag.attributes as Record<string, string>))
    this.parser.on('text', (text) => {
      if (this.text.length < 4_000) this.text += text
    })
    this.parser.on('closetag', (tag) => this.shut(local(tag.name)))
    for (const event of ['comment', 'cdata', 'processinginstruction'] as const)
      this.parser.on(event, () => {
        this.ended = this.parser.position
      })
    this.parser.on('error', (error) => this.fail(error.message.replace(/^\d+:\d+: /, '')))
  }

  push(chunk: string): Row[] {
    this.done = []
    this.parser.write(chunk)
    if (this.parser.position - this.ended > LONGEST)
      this.fail(`nothing ends in more than ${LONGEST.toLocaleString('en')} characters`)
    return this.done
  }

  close(): void {
    this.parser.close()
  }

  private fail(what: string): never {
    throw new HouseError('invalid', `${this.file}:${this.parser.line}: ${what}`)
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.text = ''
    this.ended = this.parser.position
    this.path.push(name)
    if (this.path.length > DEEPEST) this.fail(`more than ${DEEPEST} elements within each other`)
    if (this.path.length === 2 && !/^(?:FIToFICstmrCdtTrf|BkToCstmrStmt|CstmrCdtTrfInitn)$/.test(name))
      this.fail(`${name} is neither pacs.008 nor camt.053, the ISO 20022 messages that are read`)
    if (name === 'CdtTrfTxInf' || name === 'Ntry') {
      this.entry = { line: String(this.parser.line) }
      this.details = 0
      this.timeRank = Number.POSITIVE_INFINITY
    }
    if (name === 'TxDtls' && this.entry) this.detail = { ...this.entry }
    if (name === 'Stmt') this.message = {}
    const row = this.detail ?? this.entry
    if (row && /^(?:IntrBkSttlmAmt|Amt|InstdAmt|TxAmt)$/.test(name) && attributes.Ccy) {
      if (name === 'IntrBkSttlmAmt' || !row.currency || this.detail) row.currency = attributes.Ccy
    }
  }

  private shut(name: string): void {
    const value = this.text.trim()
    this.text = ''
    this.ended = this.parser.position
    if (value !== '') this.keep(name, value)
    this.path.pop()
    if (name === 'TxDtls' && this.detail) {
      this.details++
      this.done.push(sided(this.detail, this.message))
      this.detail = null
    }
    if (name === 'CdtTrfTxInf' && this.entry) {
      this.done.push({ ...this.message, ...this.entry })
      this.entry = null
    }
    if (name === 'Ntry' && this.entry) {
      if (this.details === 0) this.done.push(sided(this.entry, this.message))
      this.entry = null
    }
  }

  /** A value into the field it belongs to; the path decides whose it is. */
  private keep(name: string, value: string): void {
    const row = this.detail ?? this.entry
    const party = PARTY[this.path.findLast((it) => it in PARTY) ?? '']
    if (!row) {
      if (this.path.includes('Stmt') && this.path.includes('Acct') && /^(?:IBAN|Id)$/.test(name))
        this.message.payer_account ??= value
      if (name === 'CreDtTm' || name === 'IntrBkSttlmDt') this.message.booked_at = value
      return
    }
    if (party) {
      this.keepParty(row, { party, name, value })
      return
    }
    if (
      /^(?:IntrBkSttlmAmt|Amt|TxAmt)$/.test(name) &&
      (!row.amount || name === 'IntrBkSttlmAmt' || this.detail)
    )
      row.amount = value
    if (name === 'CdtDbtInd') row.rail ??= value
    if (name === 'TxId' || name === 'AcctSvcrRef') row.transaction_id = value
    if (name === 'EndToEndId' && value !== 'NOTPROVIDED') row.transaction_id ??= value
    if (name === 'Ustrd' || name === 'AddtlNtryInf')
      row.purpose = row.purpose ? `${row.purpose} ${value}` : value
    const rank = TIMES.findIndex((it) => this.path.includes(it))
    if (rank >= 0 && rank <= this.timeRank) {
      row.booked_at = value
      this.timeRank = rank
    }
  }

  private keepParty(
    row: Row,
    { party, name, value }: { party: 'payer' | 'payee'; name: string; value: string },
  ): void {
    const inside = (element: string) => this.path.includes(element)
    if (inside('DbtrAcct') || inside('CdtrAcct')) {
      if (name === 'IBAN' || name === 'Id') row[`${party}_account`] ??= value
    } else if (inside('DbtrAgt') || inside('CdtrAgt')) {
      if (/^BIC/.test(name)) row[`${party}_bank`] = value
    } else if (name === 'Nm') row[`${party}_name`] ??= value
    else if (name === 'Ctry') row[`${party}_country`] ??= value
  }
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** A statement entry with the statement's own account on the side that the direction says. */
function sided(row: Row, message: Row): Row {
  const side = row.rail === 'DBIT' ? 'payer_account' : 'payee_account'
  const { rail: _direction, ...rest } = row
  return {
    ...rest,
    booked_at: rest.booked_at ?? message.booked_at ?? '',
    [side]: message.payer_account ?? '',
  }
}
