import { base64 } from '@scure/base'
import type { Context } from '../store/context.ts'
import { type Db, type Store, sql } from '../store/open.ts'
import { findCheckpoint, type LogKey, listWitnesses } from './checkpoints.ts'
import { verifierText } from './note.ts'
import { treeSize } from './tree.ts'

/** The version of the form that `firebreak verify` reads: one JSON document a line. docs/guide/verify.md describes it. */
export const FORMAT = 'firebreak-audit/1'
const PAGE = 1_000

interface ExportOptions {
  readonly log: LogKey
  readonly network: string
  /** With the ids and salts that show whom each leaf is about; without, only that it is the same leaf. */
  readonly reveal: boolean
}

/**
 * The whole log, oldest first, a page in memory at a time: a head, every leaf, each checkpoint behind the last leaf it covers,
 * and an end. What is written while it runs is not in it. The context is a steward's or the house's own.
 */
export async function* exportLines(store: Store, context: Context, it: ExportOptions): AsyncIterable<string> {
  const head = await store.as(context, async (db) => {
    const size = await treeSize(db)
    const witnesses = (await listWitnesses(db, 'all')).map(({ verifier, orgName }) => ({
      key: verifier,
      org: orgName,
    }))
    return {
      format: FORMAT,
      network: it.network,
      logKey: verifierText(it.log.verifier),
      size,
      witnesses,
    }
  })
  yield line({ ...head, madeAt: new Date().toISOString() })
  for (let from = 0; from < head.size; from += PAGE)
    yield await store.as(context, (db) =>
      page(db, { from, to: Math.min(from + PAGE, head.size), reveal: it.reveal }),
    )
  yield line({ end: head.size })
}

async function page(db: Db, it: { from: number; to: number; reveal: boolean }): Promise<string> {
  const rows = await db
    .selectFrom('audit_position as p')
    .innerJoin('audit_entry as e', 'e.seq', 'p.seq')
    .select(['p.idx', 'e.canonical', 'e.leaf', 'e.subjects'])
    .where('p.idx', '>=', String(it.from))
    .where('p.idx', '<', String(it.to))
    .orderBy('p.idx')
    .execute()
  const salts = it.reveal ? await saltsOf(db, [...new Set(rows.flatMap((row) => row.subjects))]) : new Map()
  const notes = await notesOf(db, it)
  let text = ''
  for (const row of rows) {
    const i = Number(row.idx)
    const about = row.subjects.flatMap((id) => (salts.has(id) ? [[id, salts.get(id)]] : []))
    const leaf = { i, entry: row.canonical, leaf: base64.encode(row.leaf) }
    text += line(about.length > 0 ? { ...leaf, about: Object.fromEntries(about) } : leaf)
    const note = notes.get(i + 1)
    if (note) text += line({ checkpoint: note })
  }
  return text
}

async function notesOf(db: Db, it: { from: number; to: number }): Promise<Map<number, string>> {
  const sizes = await db
    .selectFrom('audit_checkpoint')
    .select('size')
    .where('size', '>', String(it.from))
    .where('size', '<=', String(it.to))
    .execute()
  const notes = new Map<number, string>()
  for (const { size } of sizes) {
    const kept = await findCheckpoint(db, Number(size))
    if (kept) notes.set(kept.size, kept.note)
  }
  return notes
}

async function saltsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject: string; salt: Buffer }>`
    select subject, salt from firebreak.audit_reveal(${ids}::text[])`.execute(db)
  return new Map(rows.map(({ subject, salt }) => [subject, base64.encode(salt)]))
}

function line(it: unknown): string {
  return `${JSON.stringify(it)}\n`
}
