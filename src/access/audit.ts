import { CompiledQuery } from 'kysely'
import type { Actor } from '../core/actor.ts'
import { canonicalJson } from '../core/canonical.ts'
import { ID_PATTERN } from '../core/ids.ts'
import { type Db, sql } from '../store/open.ts'

export interface Act {
  /** `noun.verb`, e.g. `sealed.opened`. */
  readonly act: string
  readonly objectKind: string
  readonly objectId: string
  /** Counts, ids and words of the house; never what a sealed record or a note contains. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Stands where an id was, once whoever or whatever it named was erased. */
export const ERASED = 'erased'

/**
 * Writes one audit entry in the caller's transaction: if the entry cannot be written, the act does not happen.
 * Every id but the acting organisation's goes into the leaf as an HMAC under the id's own salt (0040-audit-tree.sql), with
 * the entry's nonce, so that two leaves about one person look unlike; `forget` deletes the salt.
 * @param actor  who acted; null when the house itself did
 */
export async function record(db: Db, actor: Pick<Actor, 'member' | 'org'> | null, it: Act): Promise<void> {
  const entry = {
    at: new Date().toISOString(),
    actor_id: actor?.member ?? null,
    org_id: actor?.org ?? null,
    act: it.act,
    object_kind: it.objectKind,
    object_id: it.objectId,
    detail: it.detail ?? {},
  }
  const nonce = newNonce()
  const subjects = idsIn([entry.actor_id, entry.object_id, entry.detail]).filter((id) => id !== entry.org_id)
  const canonical = canonicalJson({ v: 2, nonce, ...entry })
  const { at, actor_id, org_id, act, object_kind, object_id, detail } = entry
  const values = [
    at,
    actor_id,
    org_id,
    act,
    object_kind,
    object_id,
    JSON.stringify(detail),
    canonical,
    nonce,
    subjects,
  ]
  await db.executeQuery(CompiledQuery.raw(INSERT, values))
}

/** Written out, because every act pays for it: building the statement anew costs as much as running it. */
const INSERT = `insert into firebreak.audit_entry
  (at, actor_id, org_id, act, object_kind, object_id, detail, canonical, nonce, subjects)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

/** Records that somebody read an item whose marking keeps it to named people: RED, and what is strictly for one organisation. */
export async function recordRead(
  db: Db,
  actor: Actor,
  it: {
    readonly act: `${string}.read`
    readonly objectKind: string
    readonly objectId: string
    readonly tlp: string
  },
): Promise<void> {
  const { tlp, ...act } = it
  // a marking that nobody knows counts as RED
  if (!['CLEAR', 'GREEN', 'AMBER'].includes(tlp)) await record(db, actor, { ...act, detail: { tlp } })
}

/**
 * Erases a person or an object from the log: afterwards nothing here says which leaves were about them, and the tree still
 * verifies. Only a steward or the house may. Backups made before still hold the salt; let them expire.
 * Returns how many entries were about them.
 */
export async function forget(
  db: Db,
  actor: Actor | null,
  it: { readonly kind: string; readonly id: string },
): Promise<number> {
  const { rows } = await sql<{ n: string }>`select firebreak.audit_forget(${it.id}) as n`.execute(db)
  const entries = Number(rows[0]?.n ?? 0)
  await record(db, actor, {
    act: 'audit.forgotten',
    objectKind: it.kind,
    objectId: ERASED,
    detail: { entries },
  })
  return entries
}

/** 16 random bytes, hex: one for each entry. */
function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex')
}

/** Every id of this house in a value, however deep; each once. */
function idsIn(value: unknown): string[] {
  const found = new Set<string>()
  const walk = (it: unknown): void => {
    if (typeof it === 'string' && ID_PATTERN.test(it)) found.add(it)
    else if (typeof it === 'object' && it !== null) for (const inner of Object.values(it)) walk(inner)
  }
  walk(value)
  return [...found]
}
