import { z } from 'zod'
import { Moment } from '../core/shapes.ts'

/** One entry of the audit log; never holds sealed content. */
export const AuditEntry = z.object({
  seq: z.string(),
  at: Moment,
  actorName: z.string().nullable(),
  orgName: z.string().nullable(),
  act: z.string(),
  objectKind: z.string(),
  objectId: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** SHA-256(0x00 || canonical entry), hex: the leaf hash of RFC 9162. */
  leaf: z.string(),
})
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() })
