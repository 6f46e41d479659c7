import { z } from 'zod'
import { Id, Moment, Recipient, Wrap } from '../core/shapes.ts'

/** Announces a sealed record; its ciphertext follows as `PUT /api/sealed/:id/content`. */
export const SealedNew = z.strictObject({
  id: Id,
  kind: z.enum(['report', 'evidence', 'briefing']),
  recipient: Recipient,
  wraps: z.array(Wrap).min(1).max(200),
})
export const SealedInfo = z.object({ id: Id, complete: z.boolean(), size: z.int() })
/** The record's key for the one who asked. Serving it is what the audit log records. */
export const Opening = z.object({
  wrapped: z.string(),
  /** The key of the group to which `wrapped` is sealed, as it is sealed to the one who asked; null when it is theirs alone. */
  through: z.string().nullable(),
})
export const WrapsNew = z.strictObject({ wraps: z.array(Wrap).min(1).max(200) })
export const DraftInfo = z.object({ id: Id, updatedAt: Moment })
export const DraftList = z.object({ drafts: z.array(DraftInfo) })
