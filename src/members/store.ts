import type { DutyHours } from '../core/hours.ts'
import { newId } from '../core/ids.ts'
import type { OrgKind, PowerKind } from '../core/power.ts'
import type { Db } from '../store/open.ts'
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
    leftAt: (org.left_at ?? org.suspended_at)?.toISOString() ?? null,
    suspendedAt: org.suspended_at?.toISOString() ?? null,
    probationUntil: org.probation_until?.toISOString() ?? null,
    reviewBy: org.review_by?.toISOString() ?? null,
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

export interface OrgNew {
  readonly name: string
  readonly kind: OrgKind
  readonly country: string
  readonly timeZone: string
  readonly hours: DutyHours
  readonly languages: readonly string[]
  readonly channel: string | null
  /** Null for those who were there from the beginning. */
  readonly proposalId?: string
  readonly probationUntil?: Date
  readonly reviewBy?: Date
}

/** Row-level security lets an organisation in at set-up, or by an admitted proposal of the same name. */
export async function insertOrg(db: Db, org: OrgNew): Promise<string> {
  const id = newId()
  await db
    .insertInto('org')
    .values({
      id,
      name: org.name,
      kind: org.kind,
      country: org.country,
      time_zone: org.timeZone,
      hours: JSON.stringify(org.hours),
      languages: [...org.languages],
      channel: org.channel,
      proposal_id: org.proposalId ?? null,
      probation_until: org.probationUntil ?? null,
      review_by: org.reviewBy ?? null,
    })
    .execute()
  return id
}

export interface PowerNew {
  readonly orgId: string
  readonly kind: PowerKind
  readonly country: string
  readonly legalBasis: string
  readonly verifiedBy: string
  /** ISO 8601 day; null when it does not end. */
  readonly until: string | null
}

export async function insertPower(db: Db, power: PowerNew): Promise<string> {
  const id = newId()
  await db
    .insertInto('power')
    .values({
      id,
      org_id: power.orgId,
      kind: power.kind,
      country: power.country,
      legal_basis: power.legalBasis,
      verified_by: power.verifiedBy,
      until: power.until,
    })
    .execute()
  return id
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
