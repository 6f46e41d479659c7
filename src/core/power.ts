import { z } from 'zod'
import { DutyHours, localTime, TimeZone } from './hours.ts'
import { Country, Moment } from './shapes.ts'

/** What sort of organisation holds a power. `network` is the network's own office: its steward. */
export const ORG_KINDS = ['cso', 'police', 'bank', 'fiu', 'hub', 'network'] as const
export type OrgKind = (typeof ORG_KINDS)[number]

/**
 * What an organisation may lawfully do. Fixed words: API, database and rail files use them.
 * Their labels and descriptions for people are in content/codelists/powers.yaml.
 */
export const POWER_KINDS = [
  'freeze_account',
  'restriction_order',
  'recall_payment',
  'hold_payment',
  'start_igrip',
  'start_ffkc',
  'fiu_postponement',
  'take_referral',
  'mla_central_authority',
] as const
export const PowerKind = z.enum(POWER_KINDS)
export type PowerKind = z.infer<typeof PowerKind>

/** One power of one organisation in one country, with the hours in which somebody there can use it. */
export const Power = z.object({
  orgId: z.string().min(1),
  orgName: z.string().min(1),
  orgKind: z.enum(ORG_KINDS),
  kind: PowerKind,
  country: Country,
  /** The law or agreement the power rests on, in words an officer would cite. */
  legalBasis: z.string().min(1),
  /** Who in the network checked that the organisation really has it. */
  verifiedBy: z.string().min(1),
  /** The last day on which it holds, where the organisation is; null when it does not end. */
  until: z.iso.date().nullable(),
  timeZone: TimeZone,
  hours: DutyHours,
  /** The moment the organisation left the network; null while it is a member. */
  leftAt: Moment.nullable(),
})
export type Power = z.infer<typeof Power>

/** Whether the power can be relied on at that moment: it has not expired and its organisation has not left. */
export function inForce(power: Power, at: Date): boolean {
  if (power.leftAt !== null && Date.parse(power.leftAt) <= at.getTime()) return false
  return !hasEnded(power.until, power.timeZone, at)
}

/** Whether the last day of a power is over, where it is held. @param until  an ISO date; null for a power without end */
export function hasEnded(until: string | null, timeZone: string, at: Date): boolean {
  return until !== null && localTime(at, timeZone).date > until
}
