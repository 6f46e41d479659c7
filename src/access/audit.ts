import type { Actor } from '../core/actor.ts'
import { canonicalJson } from '../core/canonical.ts'
import type { Db } from '../store/open.ts'

export interface Act {
  /** `noun.verb`, e.g. `sealed.opened`. */
  readonly act: string
  readonly objectKind: string
  readonly objectId: string
  /** Counts, ids and words of the house; never what a sealed record or a note contains. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Writes one audit entry in the caller's transaction: if the entry cannot be written, the act does not happen.
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
  await db
    .insertInto('audit_entry')
    .values({ ...entry, detail: JSON.stringify(entry.detail), canonical: canonicalJson(entry) })
    .execute()
}
