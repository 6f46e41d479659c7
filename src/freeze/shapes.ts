import { z } from 'zod'
import { FACT_KINDS } from '../core/fact.ts'
import { BASES, HANDLING, PAPS } from '../core/marking.ts'
import { MONEY_STATES } from '../core/money.ts'
import { Country, Currency, Id, Minor, Moment, TlpShape, Token } from '../core/shapes.ts'
import { REQUEST_STATUSES } from '../requests/status.ts'
import { NOTHING_SAID, PaymentSaid } from './situation.ts'

export const NormalShape = z.union([
  z.string().min(1).max(500),
  z.strictObject({ minor: Minor, currency: Currency.nullable() }),
])

export const SharedFact = z.strictObject({
  id: Id,
  kind: z.enum(FACT_KINDS),
  normal: NormalShape,
  country: Country.nullable(),
  /** Bank, chain or platform, where known. */
  system: z.string().max(200).nullable(),
  why: z.string().max(500),
})

/** A request to stop money. Everything in it leaves in the clear to the recipient, except the briefing. */
export const FreezeNew = z.strictObject({
  id: Id,
  reportId: Id,
  toOrg: Id,
  railId: z.string().min(1).max(80),
  tlp: TlpShape,
  /** Why the sender may share this: consent, public interest, a legal gateway. */
  basis: z.string().trim().min(1, 'say why you may share this').max(500),
  /** What the basis is; `consent` lives and ends with the consent recorded for the report. */
  basisKind: z.enum(BASES).default('public_interest'),
  note: z.string().trim().max(4_000),
  victimCountry: Country.nullable(),
  paidAt: Moment.nullable(),
  /** The day as the payer's calendar has it, where its hour is not known; `paidAt` is then where it began. */
  paidDay: z.iso.date().nullable().default(null),
  payment: PaymentSaid.default(NOTHING_SAID),
  facts: z.array(SharedFact).min(1, 'share at least one account or wallet').max(200),
  lines: z
    .array(
      z.strictObject({
        id: Id,
        factId: Id,
        currency: Currency,
        minor: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
      }),
    )
    .min(1, 'say how much money is at risk, and in which account')
    .max(50),
  tokens: z.array(Token).max(200),
  /** Sealed to the recipient's people: the victim's identity and contact, if the sender chose to add it. */
  briefingId: Id.nullable(),
})

export const MoneyLine = z.object({
  id: Id,
  factId: Id,
  currency: Currency,
  reported: Minor,
  atRisk: Minor,
  held: Minor,
  lost: Minor,
  returned: Minor,
})
export type MoneyLine = z.infer<typeof MoneyLine>

export const HoldOrder = z.object({
  id: Id,
  requestId: Id,
  requestRef: z.string(),
  lineId: Id,
  authorityOrg: Id,
  authorityName: z.string(),
  bankOrg: Id,
  bankName: z.string(),
  reference: z.string(),
  legalBasis: z.string(),
  factKind: z.enum(FACT_KINDS),
  account: z.string(),
  minor: Minor,
  currency: Currency,
  orderedAt: Moment,
  expiresAt: Moment.nullable(),
  answeredAt: Moment.nullable(),
  heldMinor: Minor.nullable(),
  goneMinor: Minor.nullable(),
  answerNote: z.string(),
})
export type HoldOrder = z.infer<typeof HoldOrder>

export const RequestSummary = z.object({
  id: Id,
  ref: z.string(),
  kind: z.literal('freeze'),
  status: z.enum(REQUEST_STATUSES),
  tlp: TlpShape,
  railId: z.string(),
  /** How this organisation takes part. */
  as: z.enum(['sender', 'authority', 'corroborator', 'informed']),
  fromOrg: Id,
  fromName: z.string(),
  toOrg: Id,
  toName: z.string(),
  victimCountry: Country.nullable(),
  sentAt: Moment,
  redAt: Moment,
  dueAt: Moment,
  acknowledgedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  lines: z.array(MoneyLine),
})
export type RequestSummary = z.infer<typeof RequestSummary>

export const RequestEvent = z.object({
  id: z.string(),
  at: Moment,
  orgId: Id,
  orgName: z.string(),
  kind: z.string(),
  body: z.record(z.string(), z.unknown()),
})
export type RequestEvent = z.infer<typeof RequestEvent>

export const RequestWhole = RequestSummary.extend({
  railVersion: z.string(),
  pap: z.enum(PAPS),
  handling: z.array(z.enum(HANDLING)),
  /** The non-punishment notice, where the report behind it is about a possible victim. */
  notice: z.string().nullable(),
  basis: z.string(),
  note: z.string(),
  paidAt: Moment.nullable(),
  /** Set where the hour is not known: the day alone is what was said. */
  paidDay: z.iso.date().nullable(),
  payment: PaymentSaid,
  /** The sender's own report; null for everybody else. */
  reportId: Id.nullable(),
  briefingId: Id.nullable(),
  facts: z.array(SharedFact),
  moves: z.array(
    z.object({
      id: Id,
      lineId: Id,
      from: z.enum(MONEY_STATES),
      to: z.enum(MONEY_STATES),
      minor: Minor,
      orgName: z.string(),
      at: Moment,
      note: z.string(),
    }),
  ),
  orders: z.array(HoldOrder),
  events: z.array(RequestEvent),
  /** Organisations whose reports hold the same identifier and who joined. */
  sources: z.array(z.object({ orgId: Id, orgName: z.string(), since: Moment })),
  /** For the sender: someone unknown offers to join. */
  offers: z.array(
    z.object({
      id: z.string(),
      factKind: z.string(),
      status: z.enum(['offered', 'agreed', 'declined']),
      offeredAt: Moment,
    }),
  ),
})
export type RequestWhole = z.infer<typeof RequestWhole>

export const RequestList = z.object({ requests: z.array(RequestSummary) })
export const OrderList = z.object({ orders: z.array(HoldOrder) })

/** What waits for this person, soonest clock first. */
export const Desk = z.object({
  requests: z.array(RequestSummary),
  orders: z.array(HoldOrder),
  offers: z.array(
    z.object({
      id: z.string(),
      requestId: Id,
      requestRef: z.string(),
      factKind: z.string(),
      offeredAt: Moment,
    }),
  ),
})

export const OrderNew = z.strictObject({
  id: Id,
  lineId: Id,
  bankOrg: Id,
  reference: z.string().trim().min(1, 'the order needs a reference number').max(100),
  legalBasis: z.string().trim().min(1, 'the order needs a legal basis').max(500),
  expiresAt: Moment.nullable(),
})
export const OrderAnswer = z.strictObject({
  heldMinor: Minor,
  /** What had already left the account. */
  goneMinor: Minor,
  note: z.string().trim().max(1_000),
})
export const MoveNew = z.strictObject({
  id: Id,
  lineId: Id,
  from: z.enum(MONEY_STATES),
  to: z.enum(MONEY_STATES),
  minor: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  note: z.string().trim().max(1_000),
})
export const Words = z.strictObject({ text: z.string().trim().min(1, 'say something').max(4_000) })

/** Sums over every line this organisation may see; one entry a currency, never added together. */
export const Ledger = z.object({
  totals: z.array(
    z.object({
      currency: Currency,
      reported: Minor,
      atRisk: Minor,
      held: Minor,
      lost: Minor,
      returned: Minor,
      requests: z.int(),
    }),
  ),
})
