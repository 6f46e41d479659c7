import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { type Book, count, FROM_NOTHING } from './book.ts'
import { type Duck, quote } from './duck.ts'
import { growing, KEPT_TABLES, type KeptBook, preparedMark } from './grow.ts'
import type { Past } from './incremental.ts'
import type { Keeping, LoadedFile } from './load-book.ts'

const PARTIES = ['account_rows', 'signal_rows', 'label_rows']

interface Kept extends Past, KeptBook {
  readonly version: 2
  readonly book: string
  readonly files: readonly (Omit<LoadedFile, 'mapping'> & { readonly mapping: KeptMapping })[]
  readonly seen: readonly (readonly [string, string])[]
}
type KeptMapping =
  | (Omit<NonNullable<LoadedFile['mapping']>, 'columns'> & { readonly columns: [string, number][] })
  | null

/**
 * A folder that holds a book as it was read and prepared, and what was found in it, so that the next day's file is all
 * that has to be read and prepared. It holds customers' payments: only its owner may open it. A run works on a copy of
 * the kept book, and one that is cut off leaves the earlier state.
 */
export class State {
  readonly past: Kept | null
  /** How many payments got another rank because a row came late. */
  moved = 0
  private readonly folder: string
  private readonly book = `book-${randomBytes(6).toString('hex')}.duckdb`
  private rows = 0
  private seen: ReadonlyMap<string, string> = new Map()

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.folder = folder
    this.past = pastOf(folder)
  }

  /** What reading a book asks. */
  keeping(say: (line: string) => void): Keeping {
    const { past } = this
    const grow =
      past &&
      growing(past, say, (moved) => {
        this.moved = moved
      })
    return {
      building: {
        ...(grow ?? FROM_NOTHING),
        build: async (duck, has) => {
          this.rows = (past?.rows ?? 0) + (await count(duck, 'select count(*) as n from stage'))
          await (grow ?? FROM_NOTHING).build(duck, has)
        },
      },
      restore: async ({ duck, files, seen }) => {
        this.seen = seen
        if (!past) return
        const path = join(this.folder, this.book)
        // where the disk can, both share their blocks until one of them changes
        copyFileSync(join(this.folder, past.book), path, constants.COPYFILE_FICLONE)
        chmodSync(path, 0o600)
        await duck.run(`attach ${quote(path)} as kept`)
        for (const [hash, file] of past.seen) seen.set(hash, file)
        files.push(
          ...past.files.map((it) => ({
            ...it,
            mapping: it.mapping && { ...it.mapping, columns: new Map(it.mapping.columns) },
          })),
        )
      },
    }
  }

  /** Writes the book, read and prepared, to the disk; from then on nothing but `save` is needed. */
  async keep({ duck }: Book): Promise<void> {
    if (this.past) {
      for (const table of PARTIES)
        await duck.run(`insert into kept.main.${table} select * from memory.main.${table}`)
      await duck.run('checkpoint kept')
      return
    }
    const path = join(this.folder, this.book)
    await duck.run(`attach ${quote(path)} as kept`)
    chmodSync(path, 0o600)
    await write(duck, 'booked', 'select rowid as rank, * from booked')
    for (const table of [...KEPT_TABLES, ...PARTIES])
      if (table !== 'booked') await write(duck, table, `select * from ${table}`)
    await duck.run('detach kept')
  }

  /**
   * Makes this run the one that the next begins with.
   * @throws `conflict` when another run has changed the state meanwhile
   */
  save(found: Past, book: Book): void {
    const { rejects, rejectedCount, rounded, repeated } = book
    const overtaken = this.overtaken()
    if (overtaken) throw overtaken
    const files = book.files.map((it) => ({
      ...it,
      source: null,
      sniffed: { ...it.sniffed, sample: [] },
      mapping: it.mapping && { ...it.mapping, columns: [...it.mapping.columns] },
    }))
    const kept: Kept = {
      version: 2,
      book: this.book,
      rows: this.rows,
      prepared: preparedMark(book.has),
      files,
      seen: [...this.seen],
      rejects,
      rejectedCount,
      rounded,
      repeated,
      ...found,
    }
    const path = join(this.folder, 'state.json')
    writeWhole(`${path}.new`, JSON.stringify(kept))
    renameSync(`${path}.new`, path)
    for (const name of readdirSync(this.folder))
      if (/^book-\w+\.duckdb/.test(name) && !name.startsWith(this.book)) rmSync(join(this.folder, name))
  }

  /** Why nothing of this run can be kept, when another run has changed the state since it began; whatever else failed then, failed of that. */
  overtaken(): HouseError | null {
    const now = pastOf(this.folder)?.book
    return now === this.past?.book || now === this.book
      ? null
      : new HouseError(
          'conflict',
          `${this.folder}: another run has changed this state meanwhile; run this one again`,
        )
  }

  /** Removes what a run that failed has begun. */
  giveUp(): void {
    if (pastOf(this.folder)?.book === this.book) return
    for (const end of ['', '.wal']) rmSync(join(this.folder, this.book + end), { force: true })
  }
}

/** A table of the kept book. Sums of 128 bits stay as they are: packed, reading them takes fifty times as long. */
async function write(duck: Duck, table: string, sql: string): Promise<void> {
  const columns = await duck.all<{ column_name: string; column_type: string }>(`describe ${sql}`)
  const wide = columns.filter((it) => it.column_type === 'HUGEINT').map((it) => it.column_name)
  if (wide.length === 0) return duck.run(`create table kept.${table} as ${sql}`)
  const declared = columns.map(
    (it) =>
      `${it.column_name} ${it.column_type} ${wide.includes(it.column_name) ? 'using compression uncompressed' : ''}`,
  )
  await duck.run(`create table kept.${table} (${declared.join(', ')})`)
  await duck.run(`insert into kept.${table} ${sql}`)
}

/** On the disk before it gets its name: a power cut leaves the old file or the new one. */
function writeWhole(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function pastOf(folder: string): Kept | null {
  const path = join(folder, 'state.json')
  if (!existsSync(path)) return null
  const kept = versionOf(path)
  if (kept.version !== 2)
    throw new HouseError(
      'invalid',
      `${path}: an earlier version of Firebreak kept this state; take another folder and screen all files once`,
    )
  if (!existsSync(join(folder, kept.book)))
    throw new HouseError(
      'invalid',
      `${join(folder, kept.book)}: the book of this state is not there; take another folder and screen all files`,
    )
  return kept
}

function versionOf(path: string): Kept | { readonly version: 1 } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new HouseError(
      'invalid',
      `${path}: this state cannot be read; take another folder and screen all files`,
    )
  }
}
