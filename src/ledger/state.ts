import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { count, type Known } from './book.ts'
import { type Duck, quote } from './duck.ts'
import type { Past } from './incremental.ts'
import type { Keeping, LoadedFile } from './load-book.ts'
import type { Reject } from './rejects.ts'

const PARTIES = ['account_rows', 'signal_rows', 'label_rows']
const TABLES = ['stage', ...PARTIES]

interface Kept extends Past {
  readonly version: 1
  readonly book: string
  readonly files: readonly (Omit<LoadedFile, 'mapping'> & { readonly mapping: KeptMapping })[]
  readonly seen: readonly (readonly [string, string])[]
  readonly rejects: readonly Reject[]
  readonly rejectedCount: number
}
type KeptMapping =
  | (Omit<NonNullable<LoadedFile['mapping']>, 'columns'> & { readonly columns: [string, number][] })
  | null

/**
 * A folder that holds a book as it was read, and what was found in it, so that the next day's file is all that has to be
 * read. It holds customers' payments: only its owner may open it. A run that is cut off leaves the earlier state.
 */
export class State {
  readonly past: Kept | null
  private readonly folder: string
  private readonly book = `book-${randomBytes(6).toString('hex')}.duckdb`
  private rows = 0
  private files: readonly LoadedFile[] = []
  private seen: readonly (readonly [string, string])[] = []

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.folder = folder
    this.past = pastOf(folder)
  }

  /** What reading a book asks: first what is there already, then, once all is read, to keep it. */
  keeping(): Keeping {
    return {
      rejects: this.past?.rejects ?? [],
      rejectedCount: this.past?.rejectedCount ?? 0,
      restore: async ({ duck, files, seen }) => {
        const { past } = this
        if (!past) return
        await duck.run(`attach ${quote(join(this.folder, past.book))} as kept (read_only)`)
        // columns join the stage as files bring them; those of the earlier files join it first
        for (const { name, type } of await columnsOf(duck, 'kept'))
          await duck.run(`alter table stage add column if not exists ${name} ${type}`)
        // rows that two threads copy may change places, and a row's place is its order where times are equal
        const [threads = '1'] = await duck.texts(`select current_setting('threads')`)
        await duck.run('set threads = 1')
        for (const table of TABLES) await duck.run(`insert into ${table} by name select * from kept.${table}`)
        await duck.run(`set threads = ${threads}`)
        await duck.run('detach kept')
        for (const [hash, file] of past.seen) seen.set(hash, file)
        files.push(
          ...past.files.map((it) => ({
            ...it,
            mapping: it.mapping && { ...it.mapping, columns: new Map(it.mapping.columns) },
          })),
        )
      },
      keep: async ({ duck, files, seen }) => {
        const path = join(this.folder, this.book)
        // a copy of the earlier file costs a twentieth of writing all its rows anew
        if (this.past) copyFileSync(join(this.folder, this.past.book), path)
        await duck.run(`attach ${quote(path)} as kept`)
        chmodSync(path, 0o600)
        await this.append(duck)
        for (const table of PARTIES)
          await duck.run(`create or replace table kept.${table} as select * from ${table}`)
        await duck.run('detach kept')
        this.rows = await count(duck, 'select count(*) as n from stage')
        this.files = [...files]
        this.seen = [...seen]
      },
    }
  }

  /** Payments are only ever added; a column that today's file is the first to bring is added, too. */
  private async append(duck: Duck): Promise<void> {
    if (!this.past) return duck.run('create table kept.stage as select * from stage')
    for (const { name, type } of await columnsOf(duck, 'memory'))
      await duck.run(`alter table kept.stage add column if not exists ${name} ${type}`)
    await duck.run(`insert into kept.stage by name select * from stage where rowid >= ${this.past.rows}`)
  }

  /** Makes this run the one that the next begins with. */
  save(found: Pick<Past, 'alerts' | 'marks'>, { rejects, rejectedCount }: Known): void {
    const files = this.files.map((it) => ({
      ...it,
      source: null,
      sniffed: { ...it.sniffed, sample: [] },
      mapping: it.mapping && { ...it.mapping, columns: [...it.mapping.columns] },
    }))
    const kept: Kept = {
      version: 1,
      book: this.book,
      rows: this.rows,
      files,
      seen: this.seen,
      rejects,
      rejectedCount,
      ...found,
    }
    const path = join(this.folder, 'state.json')
    writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: 0o600 })
    renameSync(`${path}.new`, path)
    for (const name of readdirSync(this.folder))
      if (/^book-\w+\.duckdb/.test(name) && name !== this.book) rmSync(join(this.folder, name))
  }
}

/** The columns of the stage that a file may bring or not. */
async function columnsOf(duck: Duck, database: 'kept' | 'memory') {
  const columns = await duck.all<{ name: string; type: string }>(
    `select column_name as name, data_type as type from duckdb_columns() where database_name = '${database}' and table_name = 'stage' order by column_index`,
  )
  return columns.filter((it) => /^(?:VARCHAR|BOOLEAN)$/.test(it.type))
}

function pastOf(folder: string): Kept | null {
  const path = join(folder, 'state.json')
  if (!existsSync(path)) return null
  try {
    const kept: Kept = JSON.parse(readFileSync(path, 'utf8'))
    if (kept.version === 1 && existsSync(join(folder, kept.book))) return kept
  } catch {
    // said below, with what to do
  }
  throw new HouseError(
    'invalid',
    `${path}: this state cannot be read; take another folder and screen all files`,
  )
}
