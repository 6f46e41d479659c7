import type { DuckDBBigIntVector, DuckDBIntegerVector, DuckDBUTinyIntVector } from '@duckdb/node-api'
import type { Book, TransactionBatch } from './book.ts'
import type { NativeDuck } from './duck-native.ts'
import { nativeHost } from './host-native.ts'
import { type LoadOptions, loadBook } from './load-book.ts'
import { readMapping } from './mapping-file.ts'

/*
 * A book is opened from files and read in booking order:
 *
 *   const book = await openBook(['tx.csv', 'accounts.parquet'], { say: (line) => process.stderr.write(`${line}\n`) })
 *   for await (const batch of book.transactions())      // typed columns, by booking time, ties in file order
 *     for (let i = 0; i < batch.length; i++) batch.payer[i] ... // -1 when there is no payer
 *   book.accountName(batch.payer[i])                    // and book.accountNumber(name) back
 *   await book.transactionIds(ranks)                    // the ids of a few, for showing
 *   book.parseTime('2026-03-01'), book.formatTime(ms)   // steps and dates alike
 *   book.close()
 */

/** A book on this machine: it also streams, for tracing. */
export interface NativeBook extends Book {
  transactions(): AsyncGenerator<TransactionBatch>
}

export interface OpenOptions extends Omit<LoadOptions, 'own'> {
  /** Path of a mapping file, see docs/guide/ledger-files.md. */
  readonly map?: string
  /** Where those files lie whose names are no paths. */
  readonly paths?: ReadonlyMap<string, string>
}

/** `loadBook` with files and DuckDB of this machine. */
export async function openBook(
  files: readonly string[],
  { map, paths, ...options }: OpenOptions = {},
): Promise<NativeBook> {
  const own = map ? readMapping(map) : null
  const book = await loadBook(files, nativeHost(paths), { ...options, ...(own && { own: () => own }) })
  return { ...book, transactions: () => stream(book.duck as NativeDuck) }
}

async function* stream(duck: NativeDuck): AsyncGenerator<TransactionBatch> {
  const codes = 'enum_code(currency)::utinyint, enum_code(received_currency)::utinyint'
  const result = await duck.connection.stream(
    `select coalesce(payer, -1), coalesce(payee, -1), minor, at_ms, received_minor, ${codes} from transactions order by rank`,
  )
  let firstRank = 0
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const ints = (column: number) => items<Int32Array>(chunk?.getColumnVector(column) as DuckDBIntegerVector)
    const longs = (column: number) =>
      items<BigInt64Array>(chunk?.getColumnVector(column) as DuckDBBigIntVector)
    const bytes = (column: number) =>
      items<Uint8Array>(chunk?.getColumnVector(column) as DuckDBUTinyIntVector)
    yield {
      length: chunk.rowCount,
      firstRank,
      payer: ints(0),
      payee: ints(1),
      minor: longs(2),
      bookedAt: longs(3),
      receivedMinor: longs(4),
      currency: bytes(5),
      receivedCurrency: bytes(6),
    }
    firstRank += chunk.rowCount
  }
}

/** The typed array behind a vector without nulls: one copy less per value than asking item by item. */
const items = <T>(vector: object) => (vector as { items: T }).items
