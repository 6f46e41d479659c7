import columns from '../../content/ledger/columns.yaml'
import { HouseError } from '../core/errors.ts'
import { HEAD } from '../ledger/host.ts'
import { ISO_HEADER } from '../ledger/iso20022.ts'
import { type Sniffed, sniff } from '../ledger/sniff.ts'
import { RowReader, type RowsRead } from '../trace/read-rows.ts'
import { mapColumns, missingOf, NEEDED, type OwnColumns, type Synonyms } from '../trace/row-columns.ts'
import { isoPieces } from './iso-pieces.ts'
import { parquetTable } from './parquet-table.ts'
import type { LedgerLook, LedgersAsk, LedgersRead } from './trace-words.ts'

const { transactions, currencies } = columns as {
  readonly transactions: { readonly columns: Synonyms }
  readonly currencies: Readonly<Record<string, string>>
}

/** What each file is by its content, and which of its columns is taken for what. Throws `invalid`, naming the file. */
export async function lookAtLedgers({ files, mapping, own }: LedgersAsk): Promise<LedgerLook[]> {
  const said = await saidOf({ files, mapping, own })
  return Promise.all(
    files.map(async (file): Promise<LedgerLook> => {
      const header = await headerOf(file)
      const found = mapColumns(header, transactions.columns, said(file))
      return {
        name: file.name,
        header,
        columns: Object.fromEntries([...found].map(([ours, place]) => [ours, header[place] ?? ''])),
        known: NEEDED,
        missing: missingOf(found),
      }
    }),
  )
}

/**
 * Reads transactions from files on this device (CSV, ISO 20022, both also packed with gzip, Parquet), in the order in which they
 * were chosen. Their bytes say what they are, not their names.
 * @throws `invalid`, naming the file
 */
export async function readLedgers(
  { files, mapping, own }: LedgersAsk,
  tell: (it: LedgersRead) => void,
): Promise<RowsRead> {
  const said = await saidOf({ files, mapping, own })
  const total = files.reduce((sum, { size }) => sum + size, 0)
  let reader: RowReader | null = null
  let before = 0
  for (const file of files) {
    const sniffed = await named(file, () => sniffFile(file))
    const options = {
      own: said(file),
      ownLines: sniffed.format === 'xml',
      ...(files.length > 1 && { file: file.name }),
    }
    const mine: RowReader = reader ?? new RowReader(transactions.columns, currencies, options)
    if (reader) mine.next(options)
    reader = mine
    const done = (bytes: number) => tell({ name: file.name, bytes: before + bytes, total, rows: mine.rows })
    await named(file, () => readInto(mine, { file, sniffed, done }))
    before += file.size
  }
  if (!reader) throw new HouseError('invalid', 'there is no ledger among these files')
  return reader.end()
}

interface ToRead {
  readonly file: File
  readonly sniffed: Sniffed
  /** Up to which byte of the file it was read. */
  readonly done: (bytes: number) => void
}

async function readInto(reader: RowReader, { file, sniffed, done }: ToRead): Promise<void> {
  if (sniffed.format === 'empty') throw new HouseError('invalid', 'the file is empty')
  if (sniffed.format === 'parquet') return readParquet(reader, file, done)
  const pieces = piecesOf(file, sniffed.gzip, done)
  if (sniffed.format === 'xml') {
    const message = isoPieces((rows) => reader.feed(rows), file.name)
    for await (const piece of pieces) await message.push(piece)
    return message.close()
  }
  const name = sniffed.encoding === 'latin-1' ? 'windows-1252' : await encodingOf(file, sniffed)
  const decoder = new TextDecoder(name)
  for await (const piece of pieces) reader.feed(decoder.decode(piece, { stream: true }))
  reader.feed(decoder.decode())
}

/** UTF-16 says by its first two bytes which of each pair comes first. */
async function encodingOf(file: File, { encoding, gzip }: Sniffed): Promise<string> {
  if (encoding !== 'utf-16') return encoding
  for await (const [first] of piecesOf(file, gzip, () => {})) return first === 0xfe ? 'utf-16be' : 'utf-16le'
  return 'utf-16le'
}

async function readParquet(reader: RowReader, file: File, done: (bytes: number) => void): Promise<void> {
  const table = await parquetTable(file, done)
  reader.head(table.header)
  let line = 0
  for await (const rows of table.groups(reader.places)) {
    for (const cells of rows) reader.row(cells, ++line)
    // the next is read only once this piece of news could leave
    await new Promise((resolve) => setTimeout(resolve))
  }
}

async function* piecesOf(
  file: File,
  gzip: boolean,
  done: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let bytes = 0
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, to) {
        bytes += piece.byteLength
        to.enqueue(piece)
      },
    }),
  )
  const reader = (gzip ? counted.pipeThrough(new DecompressionStream('gzip')) : counted).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value
      done(bytes)
    }
  } catch (error) {
    if (error instanceof HouseError) throw error
    throw new HouseError(
      'invalid',
      gzip ? 'it cannot be unpacked to its end: is it whole?' : 'it cannot be read',
    )
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function sniffFile(file: File): Promise<Sniffed> {
  const bytesOf = async (part: Blob) => new Uint8Array(await part.arrayBuffer())
  const tail = await bytesOf(file.slice(Math.max(0, file.size - 4)))
  return sniff(file.name, { head: await bytesOf(file.slice(0, HEAD)), tail, bytes: file.size })
}

function headerOf(file: File): Promise<readonly string[]> {
  return named(file, async () => {
    const { format, header } = await sniffFile(file)
    if (format === 'empty') throw new HouseError('invalid', 'the file is empty')
    if (format === 'parquet') return (await parquetTable(file, () => {})).header
    return format === 'xml' ? ISO_HEADER : header
  })
}

/** What a person says of each file: for it alone, or for all in a mapping file. */
async function saidOf({ mapping, own }: LedgersAsk): Promise<(file: File) => OwnColumns> {
  if (mapping === null) return ({ name }) => own[name] ?? {}
  const { mappingOf } = await import('../ledger/mapping-text.ts')
  const { transactions: all } = mappingOf(mapping.name, await mapping.text())
  if (!all)
    throw new HouseError(
      'invalid',
      `${mapping.name}: it says nothing of transactions; write “transactions:” above the columns`,
    )
  return ({ name }) => ({ ...all, ...own[name], columns: { ...all.columns, ...own[name]?.columns } })
}

/** An error names the file it is about. */
async function named<T>(file: File, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HouseError) || error.message.startsWith(`${file.name}:`)) throw error
    throw new HouseError(error.code, `${file.name}: ${error.message}`, { cause: error })
  }
}
