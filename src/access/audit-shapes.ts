import { z } from 'zod'
import { Id, Moment } from '../core/shapes.ts'

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
  /** Its place in the tree; null for a second after it was written. */
  index: z.int().nullable(),
})
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() })

const Size = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const Verifier = z.string().min(1).max(400)

/** How the log stands: everything a member needs to prove that its history is still the one they saw. */
export const LogState = z.object({
  /** The log's key as `name+id+key` (C2SP signed-note). */
  logKey: Verifier,
  /** The newest signed checkpoint with its countersignatures, or the one asked for; null before the first. */
  checkpoint: z.object({ size: Size, at: Moment, note: z.string() }).nullable(),
  /** Entries in the tree, signed or not yet. */
  size: Size,
  /** Entries written and not yet in the tree. */
  waiting: Size,
  witnesses: z.array(
    z.object({
      id: Id,
      orgId: Id,
      verifier: Verifier,
      /** The last checkpoint they countersigned, and when. */
      size: Size.nullable(),
      at: Moment.nullable(),
    }),
  ),
})
export const LogStateQuery = z.object({ size: z.coerce.number().pipe(Size).optional() })
export const ConsistencyQuery = z.object({
  from: z.coerce.number().pipe(Size),
  to: z.coerce.number().pipe(Size),
})
/** Hashes in base64, in the order of RFC 9162. */
export const Proof = z.object({ proof: z.array(z.string()) })
export const InclusionQuery = z.object({
  index: z.coerce.number().pipe(Size),
  size: z.coerce.number().pipe(Size),
})
export const WitnessNew = z.strictObject({ id: Id, verifier: Verifier })
export const CosignatureNew = z.strictObject({ size: Size, line: z.string().min(1).max(1_000) })
