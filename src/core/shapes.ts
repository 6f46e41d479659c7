import { z } from 'zod'
import { ID_PATTERN } from './ids.ts'
import { ROLES } from './role.ts'

/** Small shapes that every room's API uses. */
export const Id = z.string().regex(ID_PATTERN, 'not an id of this house')
export const Moment = z.iso.datetime({ offset: true })
export const Country = z.string().regex(/^[A-Z]{2}$/, 'not a two-letter country code, e.g. SG')
export const RoleShape = z.enum(ROLES)
/** Integer minor units of a currency. */
export const Minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
export const Currency = z.string().regex(/^[A-Z]{3,5}$/, 'not a currency code, e.g. SGD')
/** TLP 2.0 (FIRST). */
export const TLPS = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const
export const TlpShape = z.enum(TLPS)
/** SHA-256 of an OPRF output, hex. */
export const Token = z.string().regex(/^[0-9a-f]{64}$/, 'not a blind token')
export const Recipient = z.string().regex(/^age1[0-9a-z]{20,4000}$/, 'not an age recipient')
/** An age-encrypted record key (armored). */
export const Wrap = z.strictObject({ memberId: Id, wrapped: z.string().min(1).max(8_000) })
export const Done = z.strictObject({ done: z.literal(true) })
