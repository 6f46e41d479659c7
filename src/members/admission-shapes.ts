import { z } from 'zod'
import { Email } from '../access/shapes.ts'
import { DutyHours, TimeZone } from '../core/hours.ts'
import { ORG_KINDS, PowerKind } from '../core/power.ts'
import { Country, Id, Moment, RoleShape } from '../core/shapes.ts'
import { PROPOSAL_KINDS, PROPOSAL_STATES } from './proposal.ts'

/** Words of a person, as long as a page; blanks alone say nothing. */
const Words = z.string().trim().min(1, 'a few words are needed').max(4_000)
const Name = z.string().trim().min(1).max(200)
const Language = z.string().regex(/^[a-z]{2,3}$/, 'not a language code, e.g. th')

/** What is known of an organisation that is proposed. Its powers are claims until a steward has checked them. */
export const OrgClaim = z.strictObject({
  kind: z.enum(ORG_KINDS).exclude(['network']),
  country: Country,
  timeZone: TimeZone,
  hours: DutyHours,
  languages: z.array(Language).max(20),
  channel: z.string().trim().max(200).nullable(),
  powers: z
    .array(
      z.strictObject({ kind: PowerKind, country: Country, legalBasis: z.string().trim().min(1).max(400) }),
    )
    .max(30),
})
export type OrgClaim = z.infer<typeof OrgClaim>

const Reasons = { id: Id, name: Name, reasons: Words, conflicts: Words }
/** A candidate, by the member who answers for them. `conflicts` says "none known" when there are none. */
export const ProposalNew = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('org'), ...Reasons, email: Email, card: OrgClaim }),
  z.strictObject({
    kind: z.literal('member'),
    ...Reasons,
    email: Email,
    orgId: Id,
    card: z.strictObject({ role: RoleShape.exclude(['steward']) }),
  }),
  z.strictObject({ kind: z.literal('renewal'), ...Reasons, orgId: Id }),
])
export type ProposalNew = z.infer<typeof ProposalNew>

/** Somebody of the network as others may know them here: who speaks for a candidate is named. */
const Voice = z.object({ memberId: Id, name: z.string(), orgId: Id, orgName: z.string() })

export const Proposal = z.object({
  id: Id,
  kind: z.enum(PROPOSAL_KINDS),
  name: z.string(),
  orgId: Id.nullable(),
  card: z.record(z.string(), z.unknown()),
  reasons: z.string(),
  conflicts: z.string(),
  sponsor: Voice,
  proposedAt: Moment,
  state: z.enum(PROPOSAL_STATES),
  reader: Voice.nullable(),
  readerWords: z.string().nullable(),
  /** Until then every member may object. */
  windowEnds: Moment.nullable(),
  decidedWords: z.string().nullable(),
  decidedAt: Moment.nullable(),
  /** Objections that wait; null for those whom it does not concern. */
  objections: z.int().nullable(),
  /** The candidate's address, for the sponsor and the steward. */
  email: z.string().nullable(),
  /** What the asker may do with it now. */
  may: z.array(z.enum(['read', 'object', 'withdraw', 'settle', 'admit', 'refuse', 'resume', 'invite'])),
})
export type Proposal = z.infer<typeof Proposal>
export type ProposalAct = Proposal['may'][number]

/** What the network agreed on, in days. */
export const Rule = z.strictObject({
  objectionDays: z.int().min(1).max(60),
  probationDays: z.int().min(0).max(730),
  reviewDays: z.int().min(30).max(1_460),
})

export const ProposalList = z.object({
  proposals: z.array(Proposal),
  rule: Rule,
  /** Whether the asker may propose and second-read now, and if not, why. */
  standing: z.object({ good: z.boolean(), why: z.string().nullable() }),
})
export const ReadNew = z.strictObject({ words: Words, supports: z.boolean() })
export const ObjectionNew = z.strictObject({ id: Id, words: Words })
export const Objections = z.object({
  objections: z.array(
    z.object({
      id: Id,
      words: z.string(),
      madeAt: Moment,
      /** Null for the sponsor and reader, who see what is said and not who says it. */
      by: Voice.nullable(),
      settledWords: z.string().nullable(),
    }),
  ),
})
export const Settle = z.strictObject({ words: Words })
export const ProposalDecision = z.strictObject({ admit: z.boolean(), words: Words })
/** `token` is the invitation to hand over by a channel both trust; it is shown once and kept only as a hash. */
export const Admitted = z.object({
  proposal: Proposal,
  token: z.string().nullable(),
  expiresAt: Moment.nullable(),
})

/** Who vouched for whom: the steward's picture of the network. */
/** Two memberships that are one person, or are not. */
export const PersonLink = z.strictObject({ memberId: Id, sameAs: Id, linked: z.boolean() })
export const Vouches = z.object({
  people: z.array(
    z.object({
      memberId: Id,
      name: z.string(),
      orgId: Id,
      orgName: z.string(),
      role: RoleShape,
      standing: z.enum(['good', 'probation', 'review_due', 'suspended', 'left']),
      sponsorId: Id.nullable(),
      readerId: Id.nullable(),
      /** The same for memberships that a steward says are one person. */
      personId: z.string().nullable(),
    }),
  ),
})
export type Vouches = z.infer<typeof Vouches>

const Subject = { kind: z.enum(['org', 'member']), subjectId: Id }
export const SuspensionNew = z.strictObject({ ...Subject, reason: Words, lift: z.boolean() })
export const RemovalNew = z.strictObject({ id: Id, ...Subject, reason: Words })
export const Removal = z.object({
  id: Id,
  ...Subject,
  /** Of a person, only the organisation is named to other organisations. */
  subjectName: z.string(),
  reason: z.string(),
  askedByOrg: z.string(),
  askedAt: Moment,
  expiresAt: Moment,
  confirmedAt: Moment.nullable(),
  mayConfirm: z.boolean(),
  mayWithdraw: z.boolean(),
})
export const RemovalList = z.object({ removals: z.array(Removal) })
/** How many sealed records lost a reader, and whose open proposals paused. */
export const Removed = z.object({ removal: Removal, wrapsEnded: z.int() })
export const Suspended = z.object({ proposalsPaused: z.int() })
