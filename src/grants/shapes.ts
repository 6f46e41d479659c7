import { z } from 'zod'
import { BASES, HANDLING, PAPS, USES } from '../core/marking.ts'
import { ORG_KINDS } from '../core/power.ts'
import { Id, Moment, Recipient, TlpShape, Wrap } from '../core/shapes.ts'
import { ClaimedHolders } from '../seal/chain.ts'

export const Use = z.enum(USES)
export const Basis = z.enum(BASES)
export const ItemKind = z.enum(['report', 'request'])

/** How a report is marked. What is not named here is refused by name. */
export const MarkingNew = z.strictObject({
  tlp: TlpShape,
  pap: z.enum(PAPS),
  handling: z.array(z.enum(HANDLING)).max(HANDLING.length),
  possibleVictim: z.boolean(),
  expiresAt: Moment.nullable(),
})
export const MarkingOf = MarkingNew.extend({ reportId: Id })
export type MarkingOf = z.infer<typeof MarkingOf>

const To = z
  .strictObject({ id: Id, org: Id.optional(), person: Id.optional(), group: Id.optional() })
  .refine(
    ({ org, person, group }) => [org, person, group].filter((it) => it !== undefined).length === 1,
    'name one organisation, one person or one group',
  )
/** Keys of sealed records, wrapped in the browser to the keys of groups: one for each record and group. */
const GroupWraps = z
  .array(
    z.strictObject({
      sealedId: Id,
      groupId: Id,
      version: z.int().min(1).max(1_000_000),
      wrapped: z.string().min(1).max(8_000),
    }),
  )
  .max(2_000)
  .default([])
export const ShareNew = z.strictObject({
  id: Id,
  itemKind: ItemKind,
  itemId: Id,
  to: z.array(To).min(1, 'name at least one recipient').max(200),
  purpose: Use,
  basisKind: Basis,
  basis: z.string().trim().min(1, 'say on what the sharing rests').max(500),
  /** Whether recipients see who else received it. */
  reveal: z.boolean(),
  expiresAt: Moment,
  /** Keys of sealed records, wrapped in the browser for each person who may open them. */
  wraps: z.array(Wrap.extend({ sealedId: Id })).max(2_000),
  groupWraps: GroupWraps,
})

/** `live`; `recalled`, `corrected`, `expired`; `consent` ended; `named`: for named people only now; `restricted`;
 * `gone`: its owner is suspended or has left. */
export const STANDINGS = [
  'live',
  'recalled',
  'corrected',
  'expired',
  'consent',
  'named',
  'restricted',
  'gone',
] as const
export type Standing = (typeof STANDINGS)[number]

const Grant = z.object({
  id: Id,
  as: z.enum(['org', 'person', 'group']),
  /** Name of the organisation or group; of a person, their organisation. */
  name: z.string(),
  toId: Id,
})

/** One share as a row. For who received it, everything of the item itself but its reference is left out. */
export const Share = z.object({
  id: Id,
  itemKind: ItemKind,
  ref: z.string(),
  fromOrg: Id,
  fromName: z.string(),
  mine: z.boolean(),
  purpose: Use,
  basisKind: Basis,
  basis: z.string(),
  madeAt: Moment,
  expiresAt: Moment,
  standing: z.enum(STANDINGS),
  endedAt: Moment.nullable(),
  endNote: z.string(),
  /** The share that takes its place, where a correction reached the asker. */
  replacedBy: Id.nullable(),
  grants: z.array(Grant),
})
export type Share = z.infer<typeof Share>
export const ShareList = z.object({ shares: z.array(Share) })

export const ShareWhole = Share.extend({
  itemId: Id.nullable(),
  /** Null as soon as the item is closed to the asker: then this is its tombstone. */
  frame: z
    .object({
      marking: MarkingNew,
      createdAt: Moment,
      sealedId: Id.nullable(),
      evidence: z.array(Id),
    })
    .nullable(),
  /** The non-punishment notice, wherever a possible victim is concerned. */
  notice: z.string().nullable(),
  /** For its owner: who has read it. Colleagues of other organisations are not told apart. */
  readers: z.array(
    z.object({
      orgName: z.string(),
      byName: z.boolean(),
      act: z.enum(['share.read', 'sealed.opened']),
      firstAt: Moment,
      lastAt: Moment,
      times: z.int(),
    }),
  ),
  /** The asker's own broken glass that is still open. */
  glassUntil: Moment.nullable(),
})
export type ShareWhole = z.infer<typeof ShareWhole>

export const Ending = z.strictObject({ note: z.string().trim().max(1_000) })
/** The corrected item goes to everybody to whom the first one went, on the same terms. */
export const Correction = z.strictObject({
  id: Id,
  itemId: Id,
  note: z.string().trim().min(1, 'say what was wrong').max(1_000),
  wraps: z.array(Wrap.extend({ sealedId: Id })).max(2_000),
  groupWraps: GroupWraps,
})

export const GlassNew = z.strictObject({
  id: Id,
  reason: z.string().trim().min(20, 'say in a sentence what cannot wait, and for whom').max(2_000),
  hours: z.int().min(1).max(4),
})
export const Glass = z.object({
  id: Id,
  shareId: Id,
  ref: z.string(),
  /** The organisation of who opened it. */
  orgName: z.string(),
  mine: z.boolean(),
  reason: z.string(),
  openedAt: Moment,
  expiresAt: Moment,
  reviewedAt: Moment.nullable(),
  verdict: z.enum(['justified', 'not_justified']).nullable(),
  review: z.string(),
})
export type Glass = z.infer<typeof Glass>
export const GlassList = z.object({ glasses: z.array(Glass) })
export const Review = z.strictObject({
  verdict: z.enum(['justified', 'not_justified']),
  review: z.string().trim().min(1, 'say why').max(2_000),
})

export const ConsentNew = z.strictObject({
  id: Id,
  use: Use,
  givenBy: z.enum(['person', 'guardian']),
  how: z.string().trim().max(500),
  expiresAt: Moment.nullable(),
})
export const Consent = ConsentNew.extend({
  givenAt: Moment,
  withdrawnAt: Moment.nullable(),
  live: z.boolean(),
})
export type Consent = z.infer<typeof Consent>
export const ConsentList = z.object({ consents: z.array(Consent) })
export const Narrowing = z.strictObject({ expiresAt: Moment })

export const APPROVAL_KINDS = ['victim_disclosure', 'victim_unmark', 'member_reentry'] as const
export const ApprovalNew = z.strictObject({
  id: Id,
  kind: z.enum(APPROVAL_KINDS),
  objectKind: z.string().min(1).max(40),
  objectId: Id,
  /** Whom the act concerns. */
  toOrg: Id.nullable(),
  /** Whose second person decides; null: a colleague. */
  byOrg: Id.nullable(),
  reason: z.string().trim().min(1, 'say what for').max(2_000),
  basis: z.string().trim().min(1, 'say on what it rests').max(500),
  days: z.int().min(1).max(30),
})
export const Approval = z.object({
  id: Id,
  kind: z.enum(APPROVAL_KINDS),
  objectKind: z.string(),
  objectId: Id,
  /** Of a report; of a person, their name, where they are a colleague. */
  objectRef: z.string().nullable(),
  toOrg: Id.nullable(),
  toOrgName: z.string().nullable(),
  orgName: z.string(),
  /** Known among colleagues. */
  askedByName: z.string().nullable(),
  reason: z.string(),
  basis: z.string(),
  askedAt: Moment,
  expiresAt: Moment,
  decision: z.enum(['approved', 'refused']).nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: Moment.nullable(),
  note: z.string(),
  /** An act that happens once has taken it. */
  used: z.boolean(),
  /** Asked by the asker: somebody else decides. */
  mine: z.boolean(),
  /** The asker may decide it now. */
  waits: z.boolean(),
})
export type Approval = z.infer<typeof Approval>
export const ApprovalList = z.object({ approvals: z.array(Approval) })
export const ApprovalDecision = z.strictObject({
  approve: z.boolean(),
  note: z.string().trim().max(2_000),
})

const Word = z.object({ id: z.string(), label: z.string().min(1), meaning: z.string().min(1) })
/** content/codelists/markings.yaml: the words of markings for people. */
export const Markings = z.object({
  id: z.literal('markings'),
  version: z.int(),
  source: z.string().min(1),
  tlp: z.array(Word),
  pap: z.array(Word),
  handling: z.array(Word.extend({ keptFrom: z.array(z.string()).default([]) })),
  uses: z.array(Word),
  bases: z.array(Word),
  nonPunishment: z.object({ text: z.string().min(1), source: z.string().min(1) }),
})
export type Markings = z.infer<typeof Markings>

/** A working group of mine. */
export const Group = z.object({
  id: Id,
  name: z.string(),
  /** Nothing marked higher may be shared with it. */
  tlpLimit: TlpShape,
})
export type Group = z.infer<typeof Group>
export const GroupList = z.object({ groups: z.array(Group) })

const KeyHolderOf = z.object({
  memberId: Id,
  recipient: Recipient,
  orgId: Id,
  orgKind: z.enum(ORG_KINDS),
})
/** To whom a share of mine went by name, with what their keys are checked by. */
export const SharePeople = z.object({ people: z.array(KeyHolderOf) })
export const GroupKeyHolders = z.object({ holders: z.array(KeyHolderOf) })
/** The key of a group as the asker holds it, and who gave it, with what a browser needs to check the giver's own key. */
export const GroupSealing = z.object({
  /** Null while a steward of the group has something to do first; what it is, is told to stewards alone. */
  held: z
    .object({
      version: z.int(),
      recipient: Recipient,
      wrapped: z.string(),
      voucher: z.string(),
      giver: z.object({ memberId: Id, orgId: Id, recipient: Recipient }),
      claimed: ClaimedHolders,
    })
    .nullable(),
})
export type GroupSealing = z.infer<typeof GroupSealing>
export const PersonAsk = z.strictObject({ email: z.email('not an address').max(200) })
/** Null when nobody in the network has exactly this address. */
export const PersonFound = z.object({ person: KeyHolderOf.nullable() })
