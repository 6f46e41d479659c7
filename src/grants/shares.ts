import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { addWraps } from '../seal/store.ts'
import { type Db, sql } from '../store/open.ts'
import type { Correction, ShareNew, Standing } from './shapes.ts'

type Wraps = z.infer<typeof ShareNew>['wraps']
type GroupWraps = z.infer<typeof ShareNew>['groupWraps']

/**
 * Shares an item: the share, its grants and the keys that go with it in one transaction, so that it is restricted from
 * its first moment. The database refuses what the item's marking, its consents or the firewall do not allow.
 */
export async function makeShare(db: Db, actor: Actor, it: z.infer<typeof ShareNew>): Promise<void> {
  await db
    .insertInto('share')
    .values({
      id: it.id,
      item_kind: it.itemKind,
      item_id: it.itemId,
      org_id: actor.org,
      made_by: actor.member,
      purpose: it.purpose,
      basis_kind: it.basisKind,
      basis: it.basis,
      reveal: it.reveal,
      expires_at: it.expiresAt,
    })
    .execute()
  await db
    .insertInto('share_grant')
    .values(
      it.to.map(({ id, org, person, group }) => ({
        id,
        share_id: it.id,
        to_org: org ?? null,
        to_member: person ?? null,
        to_group: group ?? null,
      })),
    )
    .execute()
  await passKeys(db, actor, it)
}

async function passKeys(
  db: Db,
  actor: Actor,
  it: { id: string; itemKind: string; itemId: string; wraps: Wraps; groupWraps: GroupWraps },
) {
  if (it.wraps.length + it.groupWraps.length === 0) return
  const content = it.itemKind === 'report' ? await contentOf(db, it.itemId) : new Set<string>()
  for (const { sealedId } of [...it.wraps, ...it.groupWraps])
    if (!content.has(sealedId))
      throw new HouseError('invalid', `wraps: sealed record ${sealedId} is no part of what you share`)
  for (const [sealedId, wraps] of Map.groupBy(it.wraps, (wrap) => wrap.sealedId))
    await addWraps(db, { sealedId, grantedBy: actor.member, wraps, shareId: it.id })
  if (it.groupWraps.length === 0) return
  await db
    .insertInto('group_wrap')
    .values(
      it.groupWraps.map(({ sealedId, groupId, version, wrapped }) => ({
        sealed_id: sealedId,
        share_id: it.id,
        group_id: groupId,
        version,
        wrapped,
        granted_by: actor.member,
      })),
    )
    .execute()
}

async function contentOf(db: Db, reportId: string): Promise<Set<string>> {
  const [report, evidence] = await Promise.all([
    db.selectFrom('report').select('sealed_id').where('id', '=', reportId).executeTakeFirst(),
    db.selectFrom('report_evidence').select('sealed_id').where('report_id', '=', reportId).execute(),
  ])
  return new Set([report?.sealed_id, ...evidence.map((it) => it.sealed_id)].filter((id) => id !== undefined))
}

/** One share that reached the asker or is theirs, as it stands for them. Throws `not_found`. */
export async function findShare(db: Db, id: string) {
  const row = await db
    .selectFrom('share')
    .selectAll()
    .select(sql<Standing | null>`firebreak.share_standing(share.id)`.as('standing'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no share ${id}`)
  return row
}

/** Takes a share back. Throws `not_found` for another's, `conflict` when it has ended already. */
export async function endShare(
  db: Db,
  actor: Actor,
  id: string,
  it: { why: 'recalled' | 'corrected'; note: string; replacedBy?: string },
): Promise<void> {
  const row = await findShare(db, id)
  if (row.org_id !== actor.org) throw new HouseError('not_found', `no share ${id} of yours`)
  const done = await db
    .updateTable('share')
    .set({
      ended_at: new Date(),
      ended_why: it.why,
      end_note: it.note,
      replaced_by: it.replacedBy ?? null,
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n)
    throw new HouseError('conflict', `this was ${row.ended_why ?? 'ended'} already; look again`)
}

/** Puts another item in the place of one that was wrong: the same recipients, the same terms; the first one closes. */
export async function correctShare(
  db: Db,
  actor: Actor,
  id: string,
  it: z.infer<typeof Correction>,
): Promise<void> {
  const before = await findShare(db, id)
  if (before.org_id !== actor.org) throw new HouseError('not_found', `no share ${id} of yours`)
  const grants = await db.selectFrom('share_grant').selectAll().where('share_id', '=', id).execute()
  await makeShare(db, actor, {
    id: it.id,
    itemKind: before.item_kind,
    itemId: it.itemId,
    to: grants.map((grant) => ({
      id: newId(),
      ...(grant.to_org ? { org: grant.to_org } : {}),
      ...(grant.to_member ? { person: grant.to_member } : {}),
      ...(grant.to_group ? { group: grant.to_group } : {}),
    })),
    purpose: before.purpose,
    basisKind: before.basis_kind,
    basis: before.basis,
    reveal: before.reveal,
    expiresAt: before.expires_at.toISOString(),
    wraps: it.wraps,
    groupWraps: it.groupWraps,
  })
  await endShare(db, actor, id, { why: 'corrected', note: it.note, replacedBy: it.id })
}
