import type { Db } from '../store/open.ts'
import { sql } from '../store/open.ts'
import type { OrgCard } from './shapes.ts'

/** Every organisation with its powers, by country and name. Organisations that left stay listed, marked. */
export async function listOrgs(db: Db): Promise<OrgCard[]> {
  const orgs = await db.selectFrom('org').selectAll().orderBy('country').orderBy('name').execute()
  const powers = await db.selectFrom('power').selectAll().orderBy('kind').orderBy('country').execute()
  return orgs.map((org) => ({
    id: org.id,
    name: org.name,
    kind: org.kind,
    country: org.country,
    timeZone: org.time_zone,
    hours: org.hours,
    languages: org.languages,
    channel: org.channel,
    leftAt: org.left_at?.toISOString() ?? null,
    powers: powers
      .filter((power) => power.org_id === org.id)
      .map(({ id, kind, country, legal_basis, verified_by, until }) => ({
        id,
        kind,
        country,
        legalBasis: legal_basis,
        verifiedBy: verified_by,
        until,
      })),
  }))
}

/** Ids and public keys of the people of an organisation who may open what is sealed to it. */
export async function keyHolders(db: Db, orgId: string): Promise<{ memberId: string; recipient: string }[]> {
  const { rows } = await sql<{
    member_id: string
    recipient: string
  }>`select * from firebreak.key_holders(${orgId})`.execute(db)
  return rows.map((row) => ({ memberId: row.member_id, recipient: row.recipient }))
}

/** Names of organisations by id, for answers that show them. */
export async function orgNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('org')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
