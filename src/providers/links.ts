import { record } from '../access/audit.ts'
import { endLinked } from '../access/session.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Db } from '../store/open.ts'
import type { WaysIn } from './shapes.ts'
import { giveBackWay } from './ways-budget.ts'

/**
 * The member whose account there this is. Throws `forbidden`, in one text for an account that nobody connected and for members
 * who were suspended or have left.
 */
export async function memberBy(
  db: Db,
  it: { readonly providerId: string; readonly subject: Buffer },
): Promise<{ member: string; link: string }> {
  const row = await db
    .selectFrom('provider_link as l')
    .innerJoin('identity_provider as p', 'p.id', 'l.provider_id')
    .innerJoin('member', 'member.id', 'l.member_id')
    .innerJoin('org', 'org.id', 'member.org_id')
    .select(['l.id', 'l.member_id'])
    .where('l.provider_id', '=', it.providerId)
    .where('l.subject', '=', it.subject)
    .where('l.ended_at', 'is', null)
    .where('p.ended_at', 'is', null)
    .where('p.confirmed_at', 'is not', null)
    // whatever a provider says: only its own organisation's people
    .whereRef('member.org_id', '=', 'p.org_id')
    .where('member.left_at', 'is', null)
    .where('org.left_at', 'is', null)
    .where('member.suspended_at', 'is', null)
    .where('org.suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row)
    throw new HouseError(
      'forbidden',
      'your organisation’s sign-in let you in, but this account is not connected to a membership here that may sign in; sign in with your passkey and connect it under “Where I am signed in”',
    )
  await giveBackWay(db, it.providerId)
  await db.updateTable('provider_link').set({ used_at: new Date() }).where('id', '=', row.id).execute()
  return { member: row.member_id, link: row.id }
}

/** Connects an account to whoever is signed in. Throws `conflict` when it, or they, are connected already. */
export async function linkAccount(
  db: Db,
  actor: Actor,
  it: { readonly providerId: string; readonly subject: Buffer },
): Promise<void> {
  const link = {
    ...{ id: newId(), provider_id: it.providerId, org_id: actor.org, member_id: actor.member },
    subject: it.subject,
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('provider_link')
    .values(link)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n)
    throw new HouseError(
      'conflict',
      'this account is connected to a membership already, or you have connected another; nothing was changed',
    )
  await record(db, actor, {
    act: 'provider.linked',
    objectKind: 'member',
    objectId: actor.member,
    detail: { provider: it.providerId },
  })
}

/** Ends one's own connection, and every session that began by it. Throws `not_found`. */
export async function unlinkAccount(db: Db, actor: Actor, id: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('provider_link')
    .set({ ended_at: new Date() })
    .where('id', '=', id)
    .where('member_id', '=', actor.member)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n)
    throw new HouseError('not_found', 'this connection has ended already, or is not yours')
  await endLinked(db, actor.member, id)
  await record(db, actor, { act: 'provider.unlinked', objectKind: 'member', objectId: actor.member })
}

/** The providers of one's organisation that live, and one's own connection to each. */
export async function waysIn(db: Db, actor: Actor): Promise<WaysIn> {
  const rows = await db
    .selectFrom('identity_provider as p')
    .leftJoin('provider_link as l', (join) =>
      join
        .onRef('l.provider_id', '=', 'p.id')
        .on('l.member_id', '=', actor.member)
        .on('l.ended_at', 'is', null),
    )
    .select(['p.id', 'p.name', 'p.issuer', 'p.word', 'l.id as link', 'l.linked_at', 'l.used_at'])
    .where('p.org_id', '=', actor.org)
    .where('p.confirmed_at', 'is not', null)
    .where('p.ended_at', 'is', null)
    .orderBy('p.confirmed_at')
    .execute()
  return {
    ways: rows.map((row) => ({
      ...{ providerId: row.id, name: row.name, issuer: row.issuer, word: row.word },
      link:
        row.link === null || row.linked_at === null
          ? null
          : {
              id: row.link,
              linkedAt: row.linked_at.toISOString(),
              usedAt: row.used_at?.toISOString() ?? null,
            },
    })),
  }
}
