import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { orgNames } from '../members/store.ts'
import type { Db } from '../store/open.ts'
import type { Glass, GlassNew, Review } from './shapes.ts'
import { findShare } from './shares.ts'

const HOUR = 3_600_000

/**
 * Opens, for one person and a few hours, what had reached them and has closed: its time is over, its consent ended, or it
 * is for named people now. Never what its owner took back or what is kept from enforcement. The owner is told at once.
 */
export async function breakGlass(
  db: Db,
  actor: Actor,
  shareId: string,
  it: z.infer<typeof GlassNew>,
): Promise<void> {
  const share = await findShare(db, shareId)
  if (share.org_id === actor.org)
    throw new HouseError('conflict', 'this is your own organisation’s; it is open to you')
  if (share.standing === 'live') throw new HouseError('conflict', 'this is open to you already')
  if (share.standing === null || !['expired', 'consent', 'named'].includes(share.standing)) {
    throw new HouseError(
      'conflict',
      'its owner took this back, or it is kept from enforcement: no glass can be broken for it; ask its owner',
    )
  }
  await db
    .insertInto('break_glass')
    .values({
      id: it.id,
      share_id: shareId,
      owner_org: share.org_id,
      org_id: actor.org,
      member_id: actor.member,
      reason: it.reason,
      expires_at: new Date(Date.now() + it.hours * HOUR - 1_000),
    })
    .execute()
}

/** Glass that was broken over the asker's organisation's items, and the asker's own; what waits for review first. */
export async function listGlasses(db: Db, actor: Actor): Promise<Glass[]> {
  const rows = await db
    .selectFrom('break_glass')
    .innerJoin('share', 'share.id', 'break_glass.share_id')
    .selectAll('break_glass')
    .select('share.item_ref')
    .orderBy(({ eb }) => eb('reviewed_at', 'is not', null))
    .orderBy('opened_at', 'desc')
    .limit(100)
    .execute()
  const names = await orgNames(
    db,
    rows.map(({ org_id }) => org_id),
  )
  return rows.map((row) => ({
    id: row.id,
    shareId: row.share_id,
    ref: row.item_ref,
    orgName: names.get(row.org_id) ?? '',
    mine: row.member_id === actor.member,
    reason: row.reason,
    openedAt: row.opened_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    verdict: row.verdict,
    review: row.review,
  }))
}

/** The owner's judgement, once. Throws `not_found` for who does not own it, `conflict` when it was judged already. */
export async function reviewGlass(
  db: Db,
  actor: Actor,
  id: string,
  it: z.infer<typeof Review>,
): Promise<void> {
  const row = await db.selectFrom('break_glass').selectAll().where('id', '=', id).executeTakeFirst()
  if (row?.owner_org !== actor.org)
    throw new HouseError('not_found', `no broken glass ${id} of yours to review`)
  const done = await db
    .updateTable('break_glass')
    .set({ reviewed_at: new Date(), reviewed_by: actor.member, verdict: it.verdict, review: it.review })
    .where('id', '=', id)
    .where('reviewed_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new HouseError('conflict', 'this was reviewed already; look again')
}
