import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Db } from '../store/open.ts'
import type { RequestEventKind } from '../store/schema.ts'
import { mayFollow, type RequestStatus } from './status.ts'

/** A request the asker may see, locked until the transaction ends when it is to change. Throws `not_found`. */
export async function findRequest(db: Db, id: string, lock: 'read' | 'change' = 'read') {
  let query = db.selectFrom('request').selectAll().where('id', '=', id)
  if (lock === 'change') query = query.forUpdate()
  const found = await query.executeTakeFirst()
  if (!found) throw new HouseError('not_found', `no request ${id}`)
  return found
}
export type RequestRow = Awaited<ReturnType<typeof findRequest>>

/** Changes the status if that may follow; throws `conflict` naming what it is now, e.g. when a colleague was first. */
export async function advance(
  db: Db,
  request: RequestRow,
  to: RequestStatus,
  more: Partial<{ acknowledged_at: Date; acknowledged_by: string; closed_at: Date }> = {},
) {
  if (!mayFollow(request.status, to)) {
    throw new HouseError(
      'conflict',
      `request ${request.ref} is ${request.status}; it cannot become ${to}. Look again: somebody may have acted in the meantime`,
    )
  }
  await db
    .updateTable('request')
    .set({ status: to, ...more })
    .where('id', '=', request.id)
    .execute()
}

/** Only who received the request. Throws `not_found` for everybody else, so that nobody learns it exists. */
export function mustBeAuthority(request: RequestRow, actor: Actor): void {
  if (request.to_org !== actor.org) throw new HouseError('not_found', `no request ${request.id}`)
}

export function mustBeSender(request: RequestRow, actor: Actor): void {
  if (request.from_org !== actor.org) throw new HouseError('not_found', `no request ${request.id}`)
}

/** Adds to the request's history; the database tells everyone concerned to look again. */
export async function say(
  db: Db,
  actor: Actor,
  it: { request: string; kind: RequestEventKind; body?: Record<string, unknown> },
) {
  await db
    .insertInto('request_event')
    .values({ request_id: it.request, org_id: actor.org, kind: it.kind, body: JSON.stringify(it.body ?? {}) })
    .execute()
}
