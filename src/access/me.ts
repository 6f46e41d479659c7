import { HouseError } from '../core/errors.ts'
import type { Db } from '../store/open.ts'
import type { Me } from './shapes.ts'

/** Who this member is, with their own key in its wrappings. Throws `unauthenticated` when they are not (any more). */
export async function me(db: Db, it: { member: string; network: string; endsAt: Date }): Promise<Me> {
  const row = await db
    .selectFrom('member')
    .innerJoin('org', 'org.id', 'member.org_id')
    .select(['member.id', 'member.name', 'member.email', 'member.role', 'member.recipient'])
    .select(['org.id as orgId', 'org.name as orgName', 'org.kind', 'org.country', 'org.time_zone'])
    .select('org.password_rule')
    .where('member.id', '=', it.member)
    .executeTakeFirst()
  if (!row) throw new HouseError('unauthenticated', 'you are signed out')
  const wraps = await db.selectFrom('key_wrap').selectAll().where('member_id', '=', it.member).execute()
  const password = await db
    .selectFrom('password')
    .select('salt')
    .where('member_id', '=', it.member)
    .executeTakeFirst()
  const app = await db
    .selectFrom('code_app')
    .select('member_id')
    .where('member_id', '=', it.member)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const { passkeys } = await db
    .selectFrom('passkey')
    .select((count) => count.fn.countAll<string>().as('passkeys'))
    .where('member_id', '=', it.member)
    .executeTakeFirstOrThrow()
  return {
    member: { id: row.id, name: row.name, email: row.email, role: row.role, recipient: row.recipient },
    org: { id: row.orgId, name: row.orgName, kind: row.kind, country: row.country, timeZone: row.time_zone },
    network: it.network,
    salt: password?.salt ?? null,
    wraps: wraps.map((wrap) => ({
      id: wrap.id,
      kind: wrap.kind,
      credentialId: wrap.credential_id,
      wrapped: wrap.wrapped,
    })),
    proofs: { passkeys: Number(passkeys), password: password ? row.password_rule : 'none' },
    passwordRule: row.password_rule,
    codeApp: app !== undefined,
    sessionEndsAt: it.endsAt.toISOString(),
  }
}
