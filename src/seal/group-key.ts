import { HouseError } from '../core/errors.ts'
import { type Identity, newMemberKey, recipientOf } from './member-key.ts'
import { addWraps, type Reader, unwrapKey, type Wrap, wrapFor } from './record.ts'
import { isVouched, voucherFor } from './voucher.ts'

/** One version of a working group's key. */
export interface GroupVersion {
  readonly group: string
  readonly version: number
}

/** The group's key for one seat: sealed to `recipient`, its holder's key, and vouched for by who gave it. */
export interface SeatWrap extends Wrap {
  readonly recipient: string
  readonly voucher: string
}

/** The group's key as one holds it. `giver` is the public key of who gave it, checked with their organisation. */
export interface HeldKey extends GroupVersion {
  readonly recipient: string
  readonly holder: string
  readonly wrapped: string
  readonly voucher: string
  readonly giver: string
}

/** A new key of a group, on a steward's device. Its half that opens exists sealed to the seats alone. */
export async function makeGroupKey(
  it: GroupVersion,
  own: Identity,
  seats: readonly Reader[],
): Promise<{ recipient: string; wraps: SeatWrap[] }> {
  const { identity, recipient } = await newMemberKey()
  return { recipient, wraps: await toSeats({ ...it, identity, recipient }, own, seats) }
}

/** The key that one holds, for seats that came later, or whose own keys are new. */
export async function giveGroupKey(
  it: GroupVersion & { readonly wrapped: string },
  own: Identity,
  seats: readonly Reader[],
): Promise<SeatWrap[]> {
  const identity = await unwrapKey(it.wrapped, own)
  return toSeats({ ...it, identity, recipient: await recipientOf(identity) }, own, seats)
}

/** The key that one holds, for another key of one's own. */
export async function moveGroupKey(
  it: GroupVersion & { readonly wrapped: string },
  { from, to, holder }: { readonly from: Identity; readonly to: Identity; readonly holder: string },
): Promise<SeatWrap> {
  const identity = await unwrapKey(it.wrapped, from)
  const own = { memberId: holder, recipient: await recipientOf(to) }
  const [made] = await toSeats({ ...it, identity, recipient: await recipientOf(identity) }, to, [own])
  return made as SeatWrap
}

async function toSeats(
  it: GroupVersion & { readonly identity: string; readonly recipient: string },
  own: Identity,
  seats: readonly Reader[],
): Promise<SeatWrap[]> {
  const wraps = await wrapFor(it.identity, seats)
  return Promise.all(
    seats.map(async ({ memberId, recipient }, i) => ({
      memberId,
      recipient,
      wrapped: (wraps[i] as Wrap).wrapped,
      voucher: await voucherFor({ ...it, holder: memberId }, own, recipient),
    })),
  )
}

/**
 * A record's key, sealed to the key of a group: one wrap of one size, however many sit there.
 * @param wrapped  the record's key as one holds it
 * @throws `forbidden` when the group's key is not the one that its giver vouched for: then nothing is sealed
 */
export async function sealToGroup(wrapped: string, held: HeldKey, own: Identity): Promise<string> {
  const { recipient } = held
  const opens = await recipientOf(await unwrapKey(held.wrapped, own))
  if (opens !== recipient || !(await isVouched(held, held.voucher, { own, giver: held.giver })))
    throw new HouseError(
      'forbidden',
      'nothing was sealed: the key that the server names as this group’s is not the one that its steward gave you. The server may be lying; tell the steward of the group',
    )
  const [made] = await addWraps(wrapped, own, [{ memberId: held.group, recipient }])
  return (made as Wrap).wrapped
}
