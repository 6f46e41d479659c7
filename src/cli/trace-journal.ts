import { BOOK_CURRENCIES } from '../ledger/amount-sql.ts'
import type { Book, TransactionBatch } from '../ledger/book.ts'
import type { NativeBook } from '../ledger/load.ts'
import { exchangesWithin } from '../trace/exchanges.ts'
import { type Journal, openJournal } from '../trace/journal.ts'

interface JournalOptions {
  /** Milliseconds in which two payments between the same two, in two currencies, count as one exchange; null: never. */
  readonly exchangeWithin: number | null
}

/** A ledger book as a journal that can be traced; the book is in booking order already. */
export async function journalOf(book: NativeBook, { exchangeWithin }: JournalOptions): Promise<Journal> {
  const { rows } = book
  const columns = {
    payer: new Uint32Array(rows),
    payee: new Uint32Array(rows),
    minor: new Float64Array(rows),
    currency: new Uint16Array(rows),
    at: new Float64Array(rows),
  }
  const received = { minor: new Float64Array(rows), currency: new Uint16Array(rows) }
  let converts = false
  const seen = new Set<number>()
  for await (const batch of book.transactions()) {
    const { firstRank, length } = batch
    columns.payer.set(accounts(batch.payer, length), firstRank)
    columns.payee.set(accounts(batch.payee, length), firstRank)
    copyLongs(batch.minor, columns.minor, batch)
    copyLongs(batch.bookedAt, columns.at, batch)
    copyLongs(batch.receivedMinor, received.minor, batch)
    for (let i = 0; i < length; i++) {
      const [paid, got] = [batch.currency[i] as number, batch.receivedCurrency[i] as number]
      columns.currency[firstRank + i] = paid
      received.currency[firstRank + i] = got
      seen.add(paid)
      if (paid !== got) converts = true
    }
  }
  const { stepMs } = book
  if (stepMs) for (let row = 0; row < rows; row++) columns.at[row] = (columns.at[row] as number) / stepMs
  const journal = openJournal({
    rows,
    accounts: Array.from({ length: book.accounts }, (_, i) => book.accountName(i)),
    accountNumber: book.accountNumber,
    currencies: BOOK_CURRENCIES,
    ...columns,
    clock: stepMs ? 'step' : 'moment',
    ...(converts && { received }),
  })
  if (seen.size < 2) return journal
  const within = exchangeWithin === null ? [] : exchangesWithin(journal, exchangeWithin / (stepMs ?? 1))
  const taken = new Set(within.flat())
  const told = (await legsById(book)).filter((pair) => !pair.some((row) => taken.has(row)))
  return { ...journal, legs: [...told, ...within] }
}

/** Two rows under one id, in two currencies, of which the first pays the account that the second is paid from. */
async function legsById(book: Book): Promise<[number, number][]> {
  if (!book.has.has('transaction_id')) return []
  const pairs = await book.duck.all<{ out: bigint; back: bigint }>(`
    with twice as (select transaction_id from transactions where transaction_id is not null
      group by transaction_id having count(*) = 2 and count(distinct currency) = 2)
    select a.rank as out, b.rank as back from transactions a join transactions b using (transaction_id)
    where transaction_id in (select transaction_id from twice) and a.rank < b.rank and a.payee = b.payer`)
  return pairs.map(({ out, back }) => [Number(out), Number(back)])
}

/** Account numbers; -1, read without its sign, is `NOBODY`. */
const accounts = (from: Int32Array, length: number) => new Uint32Array(from.buffer, from.byteOffset, length)

/** 64-bit integers as numbers, without making a bigint of each; beyond 2^53 the journal refuses them. */
function copyLongs(from: BigInt64Array, into: Float64Array, { firstRank, length }: TransactionBatch): void {
  const halves = new Int32Array(from.buffer, from.byteOffset, length * 2)
  for (let i = 0; i < length; i++) {
    const low = (halves[2 * i] as number) >>> 0
    into[firstRank + i] = (halves[2 * i + 1] as number) * 2 ** 32 + low
  }
}
