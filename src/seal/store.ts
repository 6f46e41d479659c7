import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'

/** The largest padding class: 64 MiB of content, and what the age format adds to it. */
export const CONTENT_LIMIT = 64 * 1024 * 1024 + 1024 * 1024
export const DRAFT_LIMIT = 5 * 1024 * 1024
const CHUNK = 1024 * 1024

interface NewSealed {
  readonly id: string
  readonly kind: 'report' | 'evidence' | 'briefing'
  readonly recipient: string
  readonly wraps: readonly { memberId: string; wrapped: string }[]
}

/** Announces a record with its wraps. Throws `conflict` for an id that is there: trying again is the idempotency key's matter. */
export async function announceSealed(db: Db, actor: { org: string; member: string }, it: NewSealed) {
  const before = await db.selectFrom('sealed').selectAll().where('id', '=', it.id).executeTakeFirst()
  if (before) throw new HouseError('conflict', `sealed record ${it.id} is there already`)
  await db
    .insertInto('sealed')
    .values({ id: it.id, org_id: actor.org, kind: it.kind, recipient: it.recipient, made_by: actor.member })
    .execute()
  await addWraps(db, { sealedId: it.id, grantedBy: actor.member, wraps: it.wraps })
  return { id: it.id, complete: false, size: 0 }
}

interface NewWraps {
  readonly sealedId: string
  readonly grantedBy: string
  readonly wraps: readonly { memberId: string; wrapped: string }[]
  /** The share that it belongs to: the key opens while the share is open. */
  readonly shareId?: string
}

/** Gives the record's key to more people. Someone who has it already keeps theirs. Returns how many are new. */
export async function addWraps(db: Db, it: NewWraps): Promise<number> {
  await findSealed(db, it.sealedId)
  const done = await db
    .insertInto('sealed_wrap')
    .values(
      it.wraps.map((wrap) => ({
        sealed_id: it.sealedId,
        member_id: wrap.memberId,
        wrapped: wrap.wrapped,
        granted_by: it.grantedBy,
        share_id: it.shareId ?? null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['sealed_id', 'member_id', 'share_id']).doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows ?? 0n)
}

export async function findSealed(db: Db, id: string) {
  const row = await db.selectFrom('sealed').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no sealed record ${id}`)
  return row
}

/** Stores ciphertext in pieces of 1 MiB as it arrives; all of it or none, and only once. */
export async function storeContent(db: Db, id: string, content: AsyncIterable<Uint8Array>) {
  const found = await findSealed(db, id)
  if (found.complete) return { id, complete: true, size: Number(found.size) }
  await db.deleteFrom('sealed_chunk').where('sealed_id', '=', id).execute()
  let n = 0
  let size = 0
  for await (const bytes of inPieces(content)) {
    size += bytes.byteLength
    if (size > CONTENT_LIMIT)
      throw new HouseError('too_large', 'sealed content: at most 64 MiB in one record')
    await db.insertInto('sealed_chunk').values({ sealed_id: id, n: n++, bytes }).execute()
  }
  if (size === 0) throw new HouseError('invalid', 'sealed content: empty')
  await db.updateTable('sealed').set({ size, complete: true }).where('id', '=', id).execute()
  return { id, complete: true, size }
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const bytes of content) {
    waiting.push(bytes)
    size += bytes.byteLength
    if (size < CHUNK) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}

/** The ciphertext, whole. Throws `not_found` while it is incomplete, so that nobody gets half a record. */
export async function readContent(db: Db, id: string): Promise<Buffer> {
  const found = await findSealed(db, id)
  if (!found.complete) throw new HouseError('not_found', `sealed record ${id} has not arrived completely yet`)
  const rows = await db
    .selectFrom('sealed_chunk')
    .select('bytes')
    .where('sealed_id', '=', id)
    .orderBy('n')
    .execute()
  return Buffer.concat(rows.map((row) => row.bytes))
}

interface Wrapped {
  readonly wrapped: string
  readonly through: string | null
}

/**
 * The record's key as wrapped for this member, or for a group whose key they hold. Throws `not_found`, also when it was
 * never theirs.
 */
export async function wrapFor(db: Db, id: string, member: string): Promise<Wrapped> {
  const row = await db
    .selectFrom('sealed_wrap')
    .select('wrapped')
    .where('sealed_id', '=', id)
    .where('member_id', '=', member)
    .executeTakeFirst()
  if (row) return { wrapped: row.wrapped, through: null }
  const groups = await db
    .selectFrom('group_wrap')
    .leftJoin('seat_key', (join) =>
      join
        .onRef('seat_key.group_id', '=', 'group_wrap.group_id')
        .onRef('seat_key.version', '=', 'group_wrap.version')
        .on('seat_key.member_id', '=', member),
    )
    .select(['group_wrap.wrapped', 'seat_key.wrapped as through'])
    .where('group_wrap.sealed_id', '=', id)
    .orderBy('group_wrap.granted_at', 'desc')
    .execute()
  if (groups.length === 0) throw new HouseError('not_found', `no key of yours opens ${id}`)
  const held = groups.find((it) => it.through !== null)
  if (held) return held
  throw new HouseError(
    'conflict',
    'this is sealed to a key of the group that you do not hold; a steward of the group gives you the present one, and who shared it can share it again',
  )
}

export async function listDrafts(db: Db) {
  const rows = await db
    .selectFrom('draft')
    .select(['id', 'updated_at'])
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.map((row) => ({ id: row.id, updatedAt: row.updated_at.toISOString() }))
}

export async function readDraft(db: Db, id: string): Promise<Buffer> {
  const row = await db.selectFrom('draft').select('body').where('id', '=', id).executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no draft ${id}`)
  return row.body
}

interface DraftToKeep {
  readonly id: string
  /** The version it was written from; '' for a new one. */
  readonly after: string
  /** The name of this version. */
  readonly as: string
  readonly member: string
  readonly body: Buffer
  /** Sealed records that it refers to: they stay as long as the draft does. */
  readonly holds: readonly string[]
}

/**
 * Keeps a draft over the version it was written from, or over itself when it is sent again.
 * Throws `conflict` when another version came between, `not_found` when it has gone since.
 */
export async function keepDraft(db: Db, it: DraftToKeep) {
  const updated_at = new Date()
  const kept = { body: it.body, updated_at, version: it.as }
  const isFrom = [it.after, it.as]
  const made = db
    .insertInto('draft')
    .values({ id: it.id, member_id: it.member, ...kept })
    .onConflict((of) => of.column('id').doUpdateSet(kept).where('draft.version', 'in', isFrom))
  const changed = db.updateTable('draft').set(kept).where('id', '=', it.id).where('version', 'in', isFrom)
  const written = await (it.after === '' ? made.returning('id') : changed.returning('id')).execute()
  if (written.length === 0) throw await notOver(db, it.id)
  await db.deleteFrom('draft_sealed').where('draft_id', '=', it.id).execute()
  // what is not theirs to see, or has gone, is left out
  if (it.holds.length > 0) {
    await sql`insert into firebreak.draft_sealed (draft_id, sealed_id)
      select ${it.id}, id from firebreak.sealed where id = any (${[...it.holds]}::text[])`.execute(db)
  }
  return { id: it.id, updatedAt: updated_at.toISOString() }
}

async function notOver(db: Db, id: string): Promise<HouseError> {
  const there = await db.selectFrom('draft').select('id').where('id', '=', id).executeTakeFirst()
  if (there)
    return new HouseError('conflict', 'this draft was changed in another window or on another device')
  return new HouseError('not_found', `no draft ${id}: it was thrown away, or saved as a report`)
}

export async function dropDraft(db: Db, id: string): Promise<void> {
  await db.deleteFrom('draft').where('id', '=', id).execute()
}

/** Removes a record of the asker's own. Throws `not_found` for another's, `conflict` while anything refers to it. */
export async function removeSealed(db: Db, id: string): Promise<void> {
  const removed = await db
    .deleteFrom('sealed')
    .where('id', '=', id)
    .executeTakeFirst()
    .catch((error: { code?: string }) => {
      if (error.code !== '23503') throw error
      throw new HouseError(
        'conflict',
        `sealed record ${id} belongs to a report, a request or a draft; take it out there first`,
      )
    })
  if (removed.numDeletedRows === 0n) throw new HouseError('not_found', `no sealed record ${id} of yours`)
}

/** Removes up to `most` records of two days or more that nothing refers to; answers their ids. For the clock alone. */
export async function sweepSealed(db: Db, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from firebreak.sweep_sealed(${most}) as id`.execute(db)
  return rows.map(({ id }) => id)
}
