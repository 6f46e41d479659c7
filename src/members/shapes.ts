import { z } from 'zod'
import { DutyHours, TimeZone } from '../core/hours.ts'
import { ORG_KINDS, PowerKind } from '../core/power.ts'
import { Country, Id, Moment } from '../core/shapes.ts'

export const OrgCard = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(ORG_KINDS),
  country: Country,
  timeZone: z.string(),
  hours: DutyHours,
  languages: z.array(z.string()),
  channel: z.string().nullable(),
  /** Since when nothing can be asked of it: it left, or it is suspended, which `suspendedAt` tells. */
  leftAt: Moment.nullable(),
  suspendedAt: Moment.nullable().default(null),
  probationUntil: Moment.nullable().default(null),
  reviewBy: Moment.nullable().default(null),
  powers: z.array(
    z.object({
      id: Id,
      kind: PowerKind,
      country: Country,
      legalBasis: z.string(),
      verifiedBy: z.string(),
      until: z.iso.date().nullable(),
    }),
  ),
})
export type OrgCard = z.infer<typeof OrgCard>

/** Everyone in the network by organisation; people of other organisations are not named. */
export const Network = z.object({ orgs: z.array(OrgCard) })

/** What an organisation says of itself, and keeps up itself. */
export const CardChange = z.strictObject({
  timeZone: TimeZone,
  hours: DutyHours,
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, 'not a language code, e.g. th')).max(20),
  channel: z.string().trim().max(200).nullable(),
})
/** A power that a steward has checked. `until` is the last day on which it holds, there. */
export const PowerNew = z.strictObject({
  orgId: Id,
  kind: PowerKind,
  country: Country,
  legalBasis: z.string().trim().min(1).max(400),
  until: z.iso.date().nullable(),
})
export const PowerEnd = z.strictObject({ until: z.iso.date() })
