import { HouseError } from '../core/errors.ts'
import { type Book, type Building, finishBook } from './book.ts'
import { describeMapping, type Mapping, type MappingFile, recognise } from './columns.ts'
import { type Duck, type DuckOptions, quote } from './duck.ts'
import type { Host } from './host.ts'
import { ISO_HEADER, isoToCsv } from './iso20022.ts'
import { loadAccounts, loadLabels, loadSignals, PARTY_TABLES } from './parties.ts'
import { parseRows, type Sniffed, sniff } from './sniff.ts'
import { CURRENCY_TYPE, type Source, STAGE_TABLE, stageInsert } from './stage.ts'
import { structuralRejects } from './structure.ts'

export interface LoadOptions extends DuckOptions {
  /** Which column is which in a file, where its names do not say. */
  readonly own?: (file: string) => MappingFile | null
  readonly keeping?: Keeping
  /** Told one line at a time: mappings found, notes, progress. */
  readonly say?: (line: string) => void
  /** Told now and then which file is being read, and how much of it is, 0..1. */
  readonly read?: (file: string, share: number) => void
}

/** Where a book is kept between runs. */
export interface Keeping {
  /** Puts back what is known of the files that were read before, before anything else is read. */
  restore(loading: Loading): Promise<void>
  /** How new rows join the book that is kept; null where there is none yet. */
  readonly building: Building | null
}

/** What loading one file needs. */
export interface Loading {
  /** Hashes of files, to know one that was read before. */
  readonly seen: Map<string, string>
  /** Files before this one come from an earlier run; their rejects are known. */
  firstNew: number
  readonly duck: Duck
  readonly host: Host
  readonly own: (file: string) => MappingFile | null
  readonly files: LoadedFile[]
  readonly say: (line: string) => void
  readonly read: (file: string, share: number) => void
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
export async function loadBook(
  files: readonly string[],
  host: Host,
  options: LoadOptions = {},
): Promise<Book> {
  const say = options.say ?? (() => {})
  const own = options.own ?? (() => null)
  const duck = await host.openDuck(options)
  try {
    await duck.run(CURRENCY_TYPE)
    for (const table of [STAGE_TABLE, ...PARTY_TABLES]) await duck.run(table)

    const seen = new Map<string, string>()
    const read = options.read ?? (() => {})
    const loading: Loading = { duck, host, own, files: [], say, read, seen, firstNew: 0 }
    await options.keeping?.restore(loading)
    loading.firstNew = loading.files.length
    for (const file of files) {
      const before = await sameAs(file, { host, seen })
      if (before) say(`${file}: the same as ${before}, and not read twice`)
      else loading.files.push(await loadFile(file, loading))
    }
    return await finishBook(loading, options.keeping?.building ?? undefined)
  } catch (error) {
    duck.close()
    throw error
  } finally {
    host.tidy()
  }
}

/** The file with the same bytes that was read before, if any; only files below 256 MB are compared. */
async function sameAs(
  file: string,
  { host, seen }: { host: Host; seen: Map<string, string> },
): Promise<string | null> {
  const { bytes } = await host.ends(file)
  if (bytes === 0 || bytes > 1 << 28) return null
  const digest = await crypto.subtle.digest('SHA-256', await host.bytes(file))
  const hash = new Uint8Array(digest).join()
  const before = seen.get(hash)
  seen.set(hash, before ?? file)
  return before ?? null
}

async function loadFile(file: string, loading: Loading): Promise<LoadedFile> {
  const sniffed = await sniff(file, await loading.host.ends(file))
  if (sniffed.format === 'empty') {
    loading.say(`${file}: the file is empty`)
    return { file, sniffed, mapping: null, source: null, notes: [`${file}: the file is empty`], steps: null }
  }
  const { header, source } = await sourceOf(sniffed, loading)
  const mapping = recognise(file, header, loading.own(file))
  loading.say(describeMapping(mapping))
  const number = loading.files.length
  const loaded = {
    ...{ file, sniffed, source, notes: [] as string[], steps: null as number | null },
    mapping: mapping as Mapping,
  }
  if (mapping.kind === 'accounts') {
    const { notes, useless } = await loadAccounts(loading.duck, mapping, source)
    loaded.notes.push(...notes)
    for (const note of notes) loading.say(note)
    const columns = new Map([...mapping.columns].filter(([ours]) => !useless.includes(ours)))
    loaded.mapping = { ...mapping, columns }
  } else if (mapping.kind === 'signals') await loadSignals(loading.duck, mapping, source)
  else if (mapping.kind === 'labels') await loadLabels(loading.duck, mapping, source)
  else {
    const { widen, sql, settle, notes, time } = stageInsert(mapping, source, number)
    for (const column of widen) await loading.duck.run(column)
    if (sniffed.format === 'parquet' && !loading.host.parquet)
      await oneByOne(loading, () => readInto(sql, { file, bytes: sniffed.bytes, loading }))
    else await readInto(sql, { file, bytes: sniffed.bytes, loading })
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
  const source = csvSource(
    path,
    { delimiter: sniffed.delimiter, header, encoding: 'utf-8', gzip: false },
    sniffed.sample,
  )
  const shifted = { ...source, column: (place: number) => `c${place + 1}`, line: 'cast(c0 as bigint)' }
  const { sql, settle } = stageInsert(mapping, shifted, number)
  await loading.duck.run(sql)
  await loading.duck.run(settle)
}

/** Row groups of a Parquet file that two threads read may change places, and a row's place is its order where times are equal. */
async function oneByOne({ duck }: Loading, work: () => Promise<void>): Promise<void> {
  const [threads = '1'] = await duck.texts(`select current_setting('threads')`)
  await duck.run('set threads = 1')
  await work()
  await duck.run(`set threads = ${threads}`)
}

/** Runs the reading statement, saying every two seconds how far it is, how fast, and how long is left. */
async function readInto(
  sql: string,
  { file, bytes, loading }: { file: string; bytes: number; loading: Loading },
) {
  const began = Date.now()
  const timer = setInterval(() => {
    const share = loading.duck.progress() ?? 0
    if (share <= 0) return
    loading.read(file, share)
    const seconds = (Date.now() - began) / 1000
    const rate = (bytes * share) / seconds / 1e6
    const left = Math.ceil((seconds * (1 - share)) / share)
    loading.say(`${file}: ${Math.round(share * 100)} % read, ${rate.toFixed(0)} MB/s, about ${left} s left`)
  }, 2_000)
  if (typeof timer === 'object') timer.unref() // in a browser it is a number
  try {
    await loading.duck.run(sql).catch((error: unknown) => looser(error, sql, loading))
  } catch (error) {
    const why = firstLine(error).replaceAll(loading.host.pathOf(file), file)
    throw new HouseError('invalid', `${file}: cannot be read: ${why}`)
  } finally {
    clearInterval(timer)
  }
}

/** Line ends of two systems in one file stop the strict reader as a whole; the other one takes them as they come. */
async function looser(error: unknown, sql: string, { duck }: Loading): Promise<void> {
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
  if (sniffed.format === 'parquet') return parquetSource(sniffed.file, loading)
  if (sniffed.format === 'xml') return isoSource(sniffed, loading)
  return {
    header: sniffed.header,
    source: csvSource(loading.host.pathOf(sniffed.file), sniffed, sniffed.sample),
  }
}

/** Every column as text, under names of our own: headers may repeat, be empty, or hold anything. */
export function csvSource(
  file: string,
  { delimiter, header, encoding, gzip }: Pick<Sniffed, 'delimiter' | 'header' | 'encoding' | 'gzip'>,
  sample: Source['sample'],
): Source {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const from = `read_csv(${quote(file)}, auto_detect = false, header = true, delim = ${quote(delimiter)}, quote = '"', escape = '"',
    columns = {${columns}}, encoding = '${encoding}', compression = '${gzip ? 'gzip' : 'none'}', store_rejects = true, rejects_limit = 0, max_line_size = 8000000)`
  return { from, column: (place) => `c${place}`, sample }
}

async function parquetSource(file: string, loading: Loading) {
  const { duck, host } = loading
  try {
    if (host.parquet) {
      const { header, text } = await host.parquet(file)
      return { header, source: await putSource(['line', ...header], text(), loading) }
    }
    const table = `read_parquet(${quote(host.pathOf(file))})`
    const described = await duck.all<{ column_name: string }>(`describe select * from ${table}`)
    const header = described.map((it) => it.column_name)
    const names = header.map((_, i) => `c${i}`)
    const texts = names.map((name) => `cast(${name} as varchar) as ${name}`)
    const from = `(select ${texts.join(', ')} from ${table} as it(${names.join(', ')}))`
    const rows = await duck.all<Record<string, string | null>>(`select * from ${from} limit 2000`)
    const sample = rows.map((row) => names.map((name) => row[name] ?? ''))
    return { header, source: { from, column: (place: number) => `c${place}`, sample } }
  } catch (error) {
    const why = firstLine(error).replaceAll(host.pathOf(file), file)
    throw new HouseError('invalid', `${file}: this Parquet file cannot be read: ${why}`)
  }
}

async function isoSource({ file, gzip }: Sniffed, loading: Loading) {
  const source = await putSource(ISO_HEADER, isoToCsv(file, loading.host.pieces(file, gzip)), loading)
  return { header: ISO_HEADER.filter((name) => name !== 'line'), source }
}

/** A CSV that we wrote, with the line or row of the file it comes from in its first column. */
async function putSource(
  header: readonly string[],
  csv: AsyncIterable<string>,
  { host, files }: Loading,
): Promise<Source> {
  let text = ''
  async function* told(): AsyncGenerator<string> {
    for await (const piece of csv) {
      if (text.length < 1 << 20) text += piece
      yield piece
    }
  }
  const out = await host.put(`${files.length}.csv`, told())
  const head = parseRows(text, ',', 2_001).slice(1)
  const source = csvSource(
    out,
    { delimiter: ',', header, encoding: 'utf-8', gzip: false },
    head.map((row) => row.slice(1)),
  )
  return { ...source, column: (place: number) => `c${place + 1}`, line: 'cast(c0 as bigint)' }
}
