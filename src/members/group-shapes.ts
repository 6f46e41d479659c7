import { z } from 'zod'
import { Id, Moment, Recipient, TlpShape, Wrap } from '../core/shapes.ts'
import { ClaimedHolders } from '../seal/chain.ts'

const Name = z.string().trim().min(1).max(200)
const Purpose = z.string().trim().min(1).max(2_000)
const SeatRole = z.enum(['member', 'steward'])
const SeatToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'not a seat link')

export const GroupNew = z.strictObject({ id: Id, name: Name, purpose: Purpose, tlpLimit: TlpShape })
export const GroupChange = z.strictObject({
  name: Name,
  purpose: Purpose,
  tlpLimit: TlpShape,
  close: z.boolean(),
})

export const Group = z.object({
  id: Id,
  name: z.string(),
  purpose: z.string(),
  /** The strictest marking that may be shared into it. */
  tlpLimit: TlpShape,
  closedAt: Moment.nullable(),
  /** The asker's own seat; null for a steward of the network who opened it and does not sit in it. */
  seat: z.object({ role: SeatRole, hidden: z.boolean() }).nullable(),
  /** Where content for the group is sealed to; null until a steward of the group has made its key. */
  key: z.object({ version: z.int(), recipient: Recipient, wrapped: z.string().nullable() }).nullable(),
})
export type Group = z.infer<typeof Group>
/**
 * What waits for the asker in a group. As a steward of it: its `first` key, a new one because somebody `left` with the present
 * one, or to `give` it to seats that came later; as a steward of the network: no `steward` sits in it.
 */
export const GroupDue = z.enum(['first', 'left', 'give', 'steward'])
export const GroupList = z.object({ groups: z.array(Group.extend({ due: GroupDue.nullable() })) })

/** One whom the asker may see there. Stewards see everybody, with the keys they seal to. */
export const Seat = z.object({
  memberId: Id,
  name: z.string(),
  orgName: z.string(),
  role: SeatRole,
  hidden: z.boolean(),
  givenAt: Moment,
  leftAt: Moment.nullable(),
  recipient: Recipient.nullable(),
  /** Whether they hold the present key of the group; null for those who need not know. */
  hasKey: z.boolean().nullable(),
})
export const GroupWhole = z.object({ group: Group, seats: z.array(Seat) })

export const SeatOfferNew = z.strictObject({ role: SeatRole, hidden: z.boolean() })
/** The link is shown once: `/network/groups/seat#TOKEN`. */
export const SeatOffer = z.object({ token: SeatToken, expiresAt: Moment })
export const SeatTake = z.strictObject({ token: SeatToken })
/** What a link offers; `refusal` where the asker cannot take it, in words for them. */
export const SeatLook = z.object({ role: SeatRole, hidden: z.boolean(), refusal: z.string().nullable() })
/**
 * The group's key for one seat: sealed to `recipient`, and with a code that only giver and holder can make
 * (`src/seal/voucher.ts`), so that the holder knows that no server made that key.
 */
const SeatKey = Wrap.extend({ recipient: Recipient, voucher: z.base64().length(44) })
/** A key that a steward's own device made; version 1 is the first. */
export const GroupKeyNew = z.strictObject({
  version: z.int().min(1).max(1_000_000),
  recipient: Recipient,
  wraps: z.array(SeatKey).min(1).max(500),
})
/** The present key for seats that came after it was made. */
export const SeatKeysNew = z.strictObject({
  version: z.int().min(1),
  wraps: z.array(SeatKey).min(1).max(500),
})
/** For stewards: whom the key would be sealed to, by organisation, with all that a browser needs to check their keys. */
export const SeatHolders = z.object({ orgs: z.array(z.object({ org: Id, claimed: ClaimedHolders })) })
