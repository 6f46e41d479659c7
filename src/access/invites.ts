import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Role } from '../core/role.ts'
import type { Ask } from '../http/env.ts'
import { sha256 } from '../http/transaction.ts'
import { type Db, sql } from '../store/open.ts'
import { record } from './audit.ts'
import { tellKeys } from './key-news.ts'
import { registerPasskey } from './passkeys.ts'
import { hashSignIn } from './passwords.ts'
import { newToken } from './session.ts'
import type { InviteAccept } from './shapes.ts'

const VALID_DAYS = 7
/** A link to an existing membership is worth stealing: it lives a day. */
const AGAIN_DAYS = 1

/** Makes an invitation; the token goes to the person by a channel they trust and is stored only as a hash. */
export async function invite(
  db: Db,
  it: { orgId: string; email: string; role: Role; proposalId?: string; by?: Actor },
): Promise<{ token: string; expiresAt: Date }> {
  const org = await db
    .selectFrom('org')
    .select(['id', 'left_at', 'suspended_at'])
    .where('id', '=', it.orgId)
    .executeTakeFirst()
  if (!org) throw new HouseError('not_found', `no organisation ${it.orgId}`)
  if (org.left_at) throw new HouseError('conflict', 'this organisation has left the network')
  if (org.suspended_at) throw new HouseError('conflict', 'this organisation is suspended')
  const there = await db.selectFrom('member').select('id').where('email', '=', it.email).executeTakeFirst()
  if (there) throw new HouseError('conflict', `${it.email} is a member already`)
  const token = newToken()
  const expiresAt = new Date(Date.now() + VALID_DAYS * 86_400_000)
  await db
    .insertInto('invite')
    .values({
      token_hash: sha256(token),
      org_id: it.orgId,
      email: it.email,
      role: it.role,
      expires_at: expiresAt,
      proposal_id: it.proposalId ?? null,
    })
    .execute()
  await record(db, it.by ?? null, {
    act: 'member.invited',
    objectKind: 'org',
    objectId: it.orgId,
    detail: { role: it.role },
  })
  return { token, expiresAt }
}

/**
 * A link by which a member who lost every way in comes back as themselves. The database takes the approval of a colleague
 * of theirs for it, or refuses.
 */
export async function inviteAgain(
  db: Db,
  by: Actor,
  memberId: string,
): Promise<{ token: string; expiresAt: Date }> {
  const member = await db
    .selectFrom('member')
    .select(['org_id', 'email', 'role'])
    .where('id', '=', memberId)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (!member) throw new HouseError('not_found', `no member ${memberId}`)
  const token = newToken()
  const expiresAt = new Date(Date.now() + AGAIN_DAYS * 86_400_000)
  await db
    .insertInto('invite')
    .values({ token_hash: sha256(token), ...member, expires_at: expiresAt, member_id: memberId })
    .execute()
  await record(db, by, { act: 'member.let_in_again', objectKind: 'member', objectId: memberId })
  return { token, expiresAt }
}

/** The open invitation behind a token. Throws `not_found` for an unknown, used or expired one, all alike. */
export async function findInvite(db: Db, token: string) {
  const row = await db
    .selectFrom('invite')
    .innerJoin('org', 'org.id', 'invite.org_id')
    .leftJoin('proposal', 'proposal.id', 'invite.proposal_id')
    .leftJoin('member as sponsor', 'sponsor.id', 'proposal.sponsor_id')
    .leftJoin('org as home', 'home.id', 'sponsor.org_id')
    .select([
      'invite.email',
      'invite.role',
      'invite.org_id',
      'invite.expires_at',
      'invite.proposal_id',
      'invite.member_id',
      'org.name',
      'org.password_rule',
    ])
    .where('token_hash', '=', sha256(token))
    .where('invite.used_at', 'is', null)
    .where('invite.expires_at', '>', new Date())
    // who vouched for them is stopped or gone: then nobody answers for whoever comes in
    .where('sponsor.suspended_at', 'is', null)
    .where('sponsor.left_at', 'is', null)
    .where('home.suspended_at', 'is', null)
    .where('home.left_at', 'is', null)
    .where('org.left_at', 'is', null)
    .where('org.suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row)
    throw new HouseError(
      'not_found',
      'this invitation is not valid (any more); ask the person who sent it for a new one',
    )
  return row
}

/** Turns an invitation into a member. All or nothing; the invitation serves once. */
export async function acceptInvite(c: Ask, it: z.infer<typeof InviteAccept>): Promise<void> {
  const { db } = c.var
  const found = await findInvite(db, it.token)
  if (!it.passkey && found.password_rule === 'none')
    throw new HouseError(
      'forbidden',
      'this organisation wants passkeys; make one, on another device if need be',
    )
  if (found.member_id !== null) return enterAgain(c, it, found.member_id)
  const spent = await db
    .updateTable('invite')
    .set({ used_at: new Date() })
    .where('token_hash', '=', sha256(it.token))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (spent.numUpdatedRows !== 1n)
    throw new HouseError('not_found', 'this invitation was used in this moment')
  await db
    .insertInto('member')
    .values({
      id: it.memberId,
      org_id: found.org_id,
      email: found.email,
      name: it.name,
      role: found.role,
      recipient: it.recipient,
      ...(await vouchedFor(db, found.proposal_id)),
    })
    .execute()
  await putWays(c, it)
  await record(db, null, {
    act: 'member.joined',
    objectKind: 'member',
    objectId: it.memberId,
    detail: { org: found.org_id, role: found.role, via: it.passkey ? 'passkey' : 'password' },
  })
}

/** A member comes back as themselves, with a new key and new ways in; whatever opened the old key is gone. */
async function enterAgain(c: Ask, it: z.infer<typeof InviteAccept>, memberId: string): Promise<void> {
  if (it.memberId !== memberId) throw new HouseError('invalid', 'memberId: this link is for another member')
  const { rows } = await sql<{ who: string | null }>`
    select firebreak.reenter(${sha256(it.token)}, ${it.recipient}) as who`.execute(c.var.db)
  if (rows[0]?.who !== memberId) throw new HouseError('not_found', 'this invitation was used in this moment')
  await putWays(c, it)
  await record(c.var.db, null, {
    act: 'member.reentered',
    objectKind: 'member',
    objectId: memberId,
    detail: { via: it.passkey ? 'passkey' : 'password' },
  })
  const { org_id } = await findMember(c.var.db, memberId)
  await tellKeys(c.var.db, { member: memberId, org: org_id })
}

function findMember(db: Db, id: string) {
  return db.selectFrom('member').select('org_id').where('id', '=', id).executeTakeFirstOrThrow()
}

/** The wrapped key and the ways in that the browser made. */
async function putWays(c: Ask, it: z.infer<typeof InviteAccept>): Promise<void> {
  const { db } = c.var
  await db
    .insertInto('key_wrap')
    .values(
      it.wraps.map((wrap) => ({
        id: wrap.id,
        member_id: it.memberId,
        kind: wrap.kind,
        credential_id: wrap.credentialId,
        wrapped: wrap.wrapped,
      })),
    )
    .execute()
  if (it.password) {
    await db
      .insertInto('password')
      .values({ member_id: it.memberId, salt: it.password.salt, hash: await hashSignIn(it.password.signIn) })
      .execute()
  }
  if (it.passkey) await registerPasskey(c, { memberId: it.memberId, ...it.passkey })
}

/** What an admitted proposal says about who comes in by it: who answers for them, and until when they are on probation. */
async function vouchedFor(db: Db, proposalId: string | null) {
  if (proposalId === null) return {}
  const [proposal, rule] = await Promise.all([
    db.selectFrom('proposal').select('sponsor_id').where('id', '=', proposalId).executeTakeFirstOrThrow(),
    db.selectFrom('network_rule').selectAll().executeTakeFirstOrThrow(),
  ])
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
  return {
    sponsor_id: proposal.sponsor_id,
    probation_until: inDays(rule.probation_days),
    review_by: inDays(rule.review_days),
  }
}
