import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { type Book, finishBook } from './book.ts'
import { describeMapping, type Mapping, type MappingFile, readMapping, recognise } from './columns.ts'
import { type Duck, type DuckOptions, openDuck, quote } from './duck.ts'
import { ISO_HEADER, isoToCsv } from './iso20022.ts'
import { loadAccounts, loadLabels, loadSignals, PARTY_TABLES } from './parties.ts'
import { parseRows, type Sniffed, sniff } from './sniff.ts'
import { CURRENCY_TYPE, type Source, STAGE_TABLE, stageInsert } from './stage.ts'
import { structuralRejects } from './structure.ts'

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

export interface OpenOptions extends DuckOptions {
  /** Path of a mapping file, see docs/guide/ledger-files.md. */
  readonly map?: string
  /** Told one line at a time: mappings found, notes, progress. */
  readonly say?: (line: string) => void
}

/** What loading one file needs. */
export interface Loading {
  readonly duck: Duck
  readonly scratch: string
  readonly own: MappingFile | null
  readonly files: LoadedFile[]
  readonly say: (line: string) => void
}

export interface LoadedFile {
  readonly file: string
  readonly sniffed: Sniffed
  readonly mapping: Mapping | null
  readonly source: Source | null
  readonly notes: readonly string[]
  /** The times of this file count steps from 0, not dates. */
  readonly steps: number | null
}

/**
 * Loads ledger files (CSV, CSV.gz, Parquet, ISO 20022) into DuckDB, in any order. A row that cannot be read is
 * counted in `book.rejects` and never stops the rest.
 * @throws `invalid` naming the file, when a file as a whole cannot be read or no file holds transactions
 */
export async function openBook(files: readonly string[], options: OpenOptions = {}): Promise<Book> {
  const say = options.say ?? (() => {})
  const own = options.map ? readMapping(options.map) : null
  const scratch = mkdtempSync(join(tmpdir(), 'firebreak-book-'))
  const duck = await openDuck(options)
  try {
    await duck.run(CURRENCY_TYPE)
    for (const table of [STAGE_TABLE, ...PARTY_TABLES]) await duck.run(table)

    const loading: Loading = { duck, scratch, own, files: [], say }
    const seen = new Map<string, string>()
    for (const file of files) {
      const before = sameAs(file, seen)
      if (before) say(`${file}: the same as ${before}, and not read twice`)
      else loading.files.push(await loadFile(file, loading))
    }
    return await finishBook(loading)
  } catch (error) {
    duck.close()
    throw error
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The file with the same bytes that was read before, if any; only files below 256 MB are compared. */
function sameAs(file: string, seen: Map<string, string>): string | null {
  const { bytes } = sniff(file)
  if (bytes === 0 || bytes > 1 << 28) return null
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
  const before = seen.get(hash)
  seen.set(hash, before ?? file)
  return before ?? null
}

async function loadFile(file: string, loading: Loading): Promise<LoadedFile> {
  const sniffed = sniff(file)
  if (sniffed.format === 'empty') {
    loading.say(`${file}: the file is empty`)
    return { file, sniffed, mapping: null, source: null, notes: [`${file}: the file is empty`], steps: null }
  }
  const { header, source } = await sourceOf(sniffed, loading)
  const mapping = recognise(file, header, loading.own)
  loading.say(describeMapping(mapping))
  const number = loading.files.length
  const loaded = { file, sniffed, mapping, source, notes: [] as string[], steps: null as number | null }
  if (mapping.kind === 'accounts') await loadAccounts(loading.duck, mapping, source)
  else if (mapping.kind === 'signals') await loadSignals(loading.duck, mapping, source)
  else if (mapping.kind === 'labels') await loadLabels(loading.duck, mapping, source)
  else {
    const { sql, settle, notes, time } = stageInsert(mapping, source, number)
    await readInto(sql, { file, bytes: sniffed.bytes, loading })
    await loading.duck.run(settle)
    for (const note of notes) loading.say(note)
    loaded.notes.push(...notes)
    loaded.steps = time.kind === 'step' ? time.unit : null
  }
  if (sniffed.format !== 'csv') return loaded
  const again = await structuralRejects(loading, loaded, number)
  if (again && mapping.kind === 'transactions') await readAgain(again, { loading, loaded, mapping, number })
  return loaded
}

interface Again {
  readonly loading: Loading
  readonly loaded: LoadedFile
  readonly mapping: Mapping
  readonly number: number
}

/** Rows that an open quotation mark had swallowed, each now a line of its own with its number in front. */
async function readAgain(path: string, { loading, loaded, mapping, number }: Again): Promise<void> {
  const { sniffed } = loaded
  const header = ['line', ...sniffed.header]
  const source = csvSource(path, { delimiter: sniffed.delimiter, header, encoding: 'utf-8' }, sniffed.sample)
  const shifted = { ...source, column: (place: number) => `c${place + 1}`, line: 'cast(c0 as bigint)' }
  const { sql, settle } = stageInsert(mapping, shifted, number)
  await loading.duck.run(sql)
  await loading.duck.run(settle)
}

/** Runs the reading statement, saying every two seconds how far it is, how fast, and how long is left. */
async function readInto(
  sql: string,
  { file, bytes, loading }: { file: string; bytes: number; loading: Loading },
) {
  const began = Date.now()
  const timer = setInterval(() => {
    const share = loading.duck.connection.progress.percentage / 100
    if (share <= 0) return
    const seconds = (Date.now() - began) / 1000
    const rate = (bytes * share) / seconds / 1e6
    const left = Math.ceil((seconds * (1 - share)) / share)
    loading.say(`${file}: ${Math.round(share * 100)} % read, ${rate.toFixed(0)} MB/s, about ${left} s left`)
  }, 2_000)
  timer.unref()
  try {
    await loading.duck.run(sql).catch((error: unknown) => looser(error, sql, loading))
  } catch (error) {
    throw new HouseError('invalid', `${file}: cannot be read: ${firstLine(error)}`)
  } finally {
    clearInterval(timer)
  }
}

/** Line ends of two systems in one file stop the strict reader as a whole; the other one takes them as they come. */
async function looser(error: unknown, sql: string, { duck }: Loading): Promise<number> {
  if (!firstLine(error).includes('invalid state')) throw error
  for (const table of ['reject_errors', 'reject_scans']) await duck.run(`drop table if exists ${table}`)
  return duck.run(sql.replaceAll('store_rejects = true', 'strict_mode = false, store_rejects = true'))
}

export const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

async function sourceOf(
  sniffed: Sniffed,
  loading: Loading,
): Promise<{ header: readonly string[]; source: Source }> {
  if (sniffed.format === 'parquet') return parquetSource(sniffed.file, loading.duck)
  if (sniffed.format === 'xml') return isoSource(sniffed, loading)
  return { header: sniffed.header, source: csvSource(sniffed.file, sniffed, sniffed.sample) }
}

/** Every column as text, under names of our own: headers may repeat, be empty, or hold anything. */
export function csvSource(
  file: string,
  { delimiter, header, encoding }: Pick<Sniffed, 'delimiter' | 'header' | 'encoding'>,
  sample: Source['sample'],
): Source {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const from = `read_csv(${quote(file)}, auto_detect = false, header = true, delim = ${quote(delimiter)}, quote = '"', escape = '"',
    columns = {${columns}}, encoding = '${encoding}', store_rejects = true, rejects_limit = 0, max_line_size = 8000000)`
  return { from, column: (place) => `c${place}`, sample }
}

async function parquetSource(file: string, duck: Duck) {
  try {
    const table = `read_parquet(${quote(file)})`
    const described = await duck.all<{ column_name: string }>(`describe select * from ${table}`)
    const header = described.map((it) => it.column_name)
    const names = header.map((_, i) => `c${i}`)
    const texts = names.map((name) => `cast(${name} as varchar) as ${name}`)
    const from = `(select ${texts.join(', ')} from ${table} as it(${names.join(', ')}))`
    const rows = await duck.connection.runAndReadAll(`select * from ${from} limit 2000`)
    const sample = rows.getRowsJS().map((row) => row.map((value) => String(value ?? '')))
    return { header, source: { from, column: (place: number) => `c${place}`, sample } }
  } catch (error) {
    throw new HouseError('invalid', `${file}: this Parquet file cannot be read: ${firstLine(error)}`)
  }
}

async function isoSource({ file, gzip }: Sniffed, { scratch, files }: Loading) {
  const out = join(scratch, `${files.length}.csv`)
  await isoToCsv(file, { out, gzip })
  const head = parseRows(readFileSync(out, 'utf8').slice(0, 1 << 20), ',', 1_000).slice(1)
  const header = ISO_HEADER.filter((name) => name !== 'line')
  const source = csvSource(
    out,
    { delimiter: ',', header: ISO_HEADER, encoding: 'utf-8' },
    head.map((row) => row.slice(1)),
  )
  // the first column of what we wrote is the line of the message
  return {
    header,
    source: { ...source, column: (place: number) => `c${place + 1}`, line: 'cast(c0 as bigint)' },
  }
}
