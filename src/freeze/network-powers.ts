import type { Power } from '../core/power.ts'
import type { OrgCard } from '../members/shapes.ts'

/** The powers of a network's organisations, each with the hours and the standing of the one that holds it. */
export function powersOf(orgs: readonly OrgCard[]): Power[] {
  return orgs.flatMap(({ id, name, kind, timeZone, hours, leftAt, powers }) =>
    powers.map((power) => ({
      orgId: id,
      orgName: name,
      orgKind: kind,
      kind: power.kind,
      country: power.country,
      legalBasis: power.legalBasis,
      verifiedBy: power.verifiedBy,
      until: power.until,
      timeZone,
      hours,
      leftAt,
    })),
  )
}
