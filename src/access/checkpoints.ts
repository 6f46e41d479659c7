import { createHash } from 'node:crypto'
import { HouseError } from '../core/errors.ts'
import type { Db } from '../store/open.ts'
import {
  checkpointText,
  publicKey,
  readNote,
  readVerifier,
  signedBy,
  signLine,
  type Verifier,
  verifierText,
} from './note.ts'
import { rootAt } from './tree.ts'

/** The log's own key and name. The name follows from the key: another key is another log, and says so. */
export interface LogKey {
  readonly secret: Uint8Array
  readonly verifier: Verifier
}

export function logKey(auditKey: string): LogKey {
  const secret = Uint8Array.from(Buffer.from(auditKey, 'hex'))
  const key = publicKey(secret)
  const name = `firebreak/audit/${createHash('sha256').update(key).digest('hex').slice(0, 16)}`
  return { secret, verifier: { name, kind: 1, key } }
}

/** Signs the tree of this size and keeps the checkpoint; the same size again is the same checkpoint. Returns its note. */
export async function signCheckpoint(db: Db, log: LogKey, size: number): Promise<string> {
  const root = await rootAt(db, size)
  const text = checkpointText({ origin: log.verifier.name, size, root })
  const note = `${text}\n${signLine(text, log.verifier.name, log.secret)}`
  await db
    .insertInto('audit_checkpoint')
    .values({ size, root: Buffer.from(root), note })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .execute()
  return note
}

export interface Kept {
  readonly size: number
  readonly at: Date
  /** With the lines of all witnesses that have countersigned it. */
  readonly note: string
}

/** The newest checkpoint, or the one of exactly this size; null when there is none. */
export async function findCheckpoint(db: Db, size?: number): Promise<Kept | null> {
  let query = db.selectFrom('audit_checkpoint').selectAll().orderBy('size', 'desc').limit(1)
  if (size !== undefined) query = query.where('size', '=', String(size))
  const row = await query.executeTakeFirst()
  if (!row) return null
  const lines = await db
    .selectFrom('audit_cosignature')
    .select('line')
    .where('size', '=', row.size)
    .orderBy('at')
    .execute()
  return { size: Number(row.size), at: row.at, note: row.note + lines.map(({ line }) => line).join('') }
}

/** Who countersigns: each organisation's keys, those that still hold or all there ever were, with the last checkpoint of each. */
export async function listWitnesses(db: Db, which: 'now' | 'all' = 'now') {
  let query = db
    .selectFrom('audit_witness as w')
    .innerJoin('org', 'org.id', 'w.org_id')
    .leftJoin('audit_cosignature as c', 'c.witness_id', 'w.id')
    .select(['w.id', 'w.org_id', 'w.verifier', 'org.name'])
    .select((eb) => [eb.fn.max('c.size').as('size'), eb.fn.max('c.at').as('at')])
    .groupBy(['w.id', 'w.org_id', 'w.verifier', 'org.name'])
    .orderBy('org.name')
  if (which === 'now') query = query.where('w.ended_at', 'is', null)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    orgId: row.org_id,
    orgName: row.name,
    verifier: row.verifier,
    size: row.size === null ? null : Number(row.size),
    at: row.at === null ? null : new Date(row.at).toISOString(),
  }))
}

/**
 * Makes a key one with which this organisation countersigns. Says whether it is new: two browsers of one organisation may
 * name it at once. Throws `conflict` when it is another organisation's, or was ended.
 */
export async function nameWitness(
  db: Db,
  it: { id: string; org: string; verifier: string },
): Promise<boolean> {
  const key = readVerifier(it.verifier)
  if (key.kind !== 4)
    throw new HouseError(
      'invalid',
      'verifier: a witness key is of kind 4 (cosignature), this one signs notes',
    )
  const made = await db
    .insertInto('audit_witness')
    .values({ id: it.id, org_id: it.org, verifier: verifierText(key) })
    .onConflict((conflict) => conflict.column('verifier').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 1n) return true
  const there = await db
    .selectFrom('audit_witness')
    .select(['org_id', 'ended_at'])
    .where('verifier', '=', verifierText(key))
    .executeTakeFirst()
  if (there?.org_id !== it.org || there.ended_at !== null)
    throw new HouseError('conflict', 'this key is another organisation’s, or was ended; make a new one')
  return false
}

/** The row-level policy lets only its own organisation end it; for all others it is not there. */
export async function endWitness(db: Db, id: string): Promise<void> {
  const done = await db
    .updateTable('audit_witness')
    .set({ ended_at: new Date() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw new HouseError('not_found', `no witness key ${id} of yours`)
}

/**
 * Keeps an organisation's countersignature of a checkpoint that this log signed.
 * Throws `not_found` for a checkpoint that is not here, `invalid` for a line that no key of this organisation made.
 */
export async function addCosignature(db: Db, it: { org: string; size: number; line: string }): Promise<void> {
  const kept = await findCheckpoint(db, it.size)
  if (!kept) throw new HouseError('not_found', `there is no checkpoint of ${it.size} entries`)
  const { text } = readNote(kept.note)
  const note = readNote(`${text}\n${it.line}`)
  const own = await db
    .selectFrom('audit_witness')
    .select(['id', 'verifier'])
    .where('org_id', '=', it.org)
    .where('ended_at', 'is', null)
    .execute()
  const signer = own.find(({ verifier }) => signedBy(note, readVerifier(verifier)))
  if (!signer || note.lines.length !== 1)
    throw new HouseError('invalid', 'line: no key that your organisation has named signed this checkpoint')
  await db
    .insertInto('audit_cosignature')
    .values({ size: it.size, witness_id: signer.id, line: it.line })
    .onConflict((conflict) => conflict.columns(['size', 'witness_id']).doNothing())
    .execute()
}
