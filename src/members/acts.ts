import { record } from '../access/audit.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Db } from '../store/open.ts'

/** Records what somebody did to one kind of object of this room. */
export function recordsOn(objectKind: 'proposal' | 'group' | 'meeting') {
  return (db: Db, actor: Actor, it: { act: string; id: string; detail?: Record<string, unknown> }) =>
    record(db, actor, { act: it.act, objectKind, objectId: it.id, detail: it.detail ?? {} })
}

/** The one that was asked for by its id. Throws `not_found` in these words when it is not there, or not the asker's. */
export function theOne<T>([it]: readonly T[], missing: string): T {
  if (it === undefined) throw new HouseError('not_found', missing)
  return it
}
