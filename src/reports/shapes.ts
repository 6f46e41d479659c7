import { z } from 'zod'
import { FACT_KINDS } from '../core/fact.ts'
import { Country, Id, Moment, TlpShape, Token } from '../core/shapes.ts'

export const TokenNew = z.strictObject({
  token: Token,
  kind: z.enum(FACT_KINDS),
  country: Country.nullable(),
})

/** The frame of a report; its story lies in the sealed record. */
export const ReportNew = z.strictObject({
  id: Id,
  tlp: TlpShape,
  sealedId: Id,
  evidence: z.array(Id).max(100),
  tokens: z.array(TokenNew).max(500),
  /** The draft it came from, removed in the same moment. */
  draftId: Id.nullable(),
})

export const Report = z.object({
  id: Id,
  ref: z.string(),
  tlp: TlpShape,
  status: z.enum(['open', 'closed']),
  createdAt: Moment,
  authorName: z.string(),
  mine: z.boolean(),
  sealedId: Id,
  evidence: z.array(Id),
  tokens: z.array(z.object({ token: Token, kind: z.string(), country: Country.nullable() })),
  requests: z.array(z.object({ id: Id, ref: z.string(), toOrgName: z.string(), status: z.string() })),
  corroborations: z.array(
    z.object({
      id: Id,
      token: Token,
      status: z.enum(['offered', 'agreed', 'declined']),
      /** Known only once both sides agreed. */
      requestId: Id.nullable(),
    }),
  ),
})
export type Report = z.infer<typeof Report>
export const ReportList = z.object({ reports: z.array(Report), next: z.string().nullable() })

/** Up to 100 blinded identifiers (RFC 9497, ristretto255, hex). */
export const Blinded = z.strictObject({
  blinded: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'not a ristretto255 element'))
    .min(1)
    .max(100),
})
export const Evaluated = z.object({
  evaluated: z.array(z.string()),
  /** DLEQ proof over the batch (VOPRF). */
  proof: z.string(),
  publicKey: z.string(),
  /** How many fresh identifiers the organisation may still ask about today. */
  left: z.int(),
})
export const KnownAsk = z.strictObject({ tokens: z.array(Token).min(1).max(100) })
export const Known = z.object({ known: z.array(z.object({ token: Token, openRequests: z.int() })) })
export const CorroborationNew = z.strictObject({ id: Id, reportId: Id, token: Token })
export const Asked = z.object({ asked: z.int() })
export const Decision = z.strictObject({ agree: z.boolean() })
export const Decided = z.object({ status: z.enum(['offered', 'agreed', 'declined']) })
