import { z } from 'zod'
import { DutyHours } from '../core/hours.ts'
import { ORG_KINDS, PowerKind } from '../core/power.ts'
import { Country, Id, Moment, Recipient } from '../core/shapes.ts'

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

/** The keys a record for that organisation is sealed to. */
export const KeyHolders = z.object({ holders: z.array(z.object({ memberId: Id, recipient: Recipient })) })
