import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Db } from '../store/open.ts'
import type { Database } from '../store/schema.ts'
import type { Consent, ConsentNew } from './shapes.ts'

/** Every consent recorded for a report of the asker's organisation, newest first; those withdrawn stay in the list. */
export async function listConsents(db: Db, reportId: string): Promise<Consent[]> {
  const rows = await db
    .selectFrom('consent')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('given_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(present)
}

function present(row: Selectable<Database['consent']>): Consent {
  return {
    id: row.id,
    use: row.use,
    givenBy: row.given_by,
    how: row.how,
    givenAt: row.given_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    live: row.withdrawn_at === null && (row.expires_at === null || row.expires_at.getTime() > Date.now()),
  }
}

/** Records that the person consents to one use. One that stood for the same use and has run out makes room. */
export async function recordConsent(
  db: Db,
  actor: Actor,
  reportId: string,
  it: z.infer<typeof ConsentNew>,
): Promise<void> {
  const report = await db
    .selectFrom('report')
    .select('id')
    .where('id', '=', reportId)
    .where('org_id', '=', actor.org)
    .executeTakeFirst()
  if (!report) throw new HouseError('not_found', `no report ${reportId}`)
  if (it.expiresAt !== null && Date.parse(it.expiresAt) <= Date.now())
    throw new HouseError('invalid', 'expiresAt: a consent that has ended already allows nothing')
  await db
    .updateTable('consent')
    .set({ withdrawn_at: new Date() })
    .where('report_id', '=', reportId)
    .where('use', '=', it.use)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '<=', new Date())
    .execute()
  const made = await db
    .insertInto('consent')
    .values({
      id: it.id,
      report_id: reportId,
      org_id: actor.org,
      use: it.use,
      given_by: it.givenBy,
      how: it.how,
      recorded_by: actor.member,
      expires_at: it.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 0n)
    throw new HouseError('conflict', 'a consent to this use stands already; narrow or withdraw that one')
}

/** Ends or shortens a consent; every read that rested on it ends with it. Throws `not_found`, `conflict`. */
export async function narrowConsent(
  db: Db,
  id: string,
  to: { withdrawn: true } | { expiresAt: string },
): Promise<{ reportId: string; use: string }> {
  const row = await db.selectFrom('consent').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no consent ${id}`)
  await db
    .updateTable('consent')
    .set('withdrawn' in to ? { withdrawn_at: new Date() } : { expires_at: to.expiresAt })
    .where('id', '=', id)
    .execute()
  return { reportId: row.report_id, use: row.use }
}
