import { HouseError } from '../core/errors.ts'
import { vouchedFor } from '../reports/put-sealed.ts'
import { recipientOf } from '../seal/member-key.ts'
import type { Reader } from '../seal/record.ts'
import { api } from '../web/api.ts'
import { queries, queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import type { Group } from './group-shapes.ts'
import type { SeatOf } from './seats-part.tsx'

/** A new key of the group, made in this browser and sealed to everybody who sits there now and has a signed key. */
export async function makeGroupKey(group: Group, own: CryptoKey) {
  const version = (group.key?.version ?? 0) + 1
  const seats = await checkedSeats(group, own)
  const { recipient, wraps } = await seal('groupKey', { group: group.id, version, key: own, seats })
  return { version, recipient, wraps: [...wraps] }
}

/** The present key, opened with one's own and sealed to seats that came later. Throws `conflict` when none of them has a signed key. */
export async function giveGroupKey(group: Group, own: CryptoKey, to: readonly SeatOf[]) {
  const { version, wrapped } = group.key ?? { version: 0, wrapped: null }
  const wanted = new Set(to.map(({ memberId }) => memberId))
  const seats = (await checkedSeats(group, own)).filter(({ memberId }) => wanted.has(memberId))
  if (seats.length === 0)
    throw new HouseError('conflict', 'nobody of them has a key that their organisation has signed yet')
  const wraps = await seal('giveGroupKey', {
    group: group.id,
    version,
    wrapped: wrapped ?? '',
    key: own,
    seats,
  })
  return { version, wraps: [...wraps] }
}

/** Whoever sits there, with the keys that their organisations signed, and I with the key that is open here. */
async function checkedSeats(group: Group, own: CryptoKey): Promise<Reader[]> {
  const [{ orgs }, { member }] = await Promise.all([
    api.groupHolders(group.id),
    queryClient.ensureQueryData(queries.me()),
  ])
  const lists = await Promise.all(orgs.map(({ org, claimed }) => vouchedFor(claimed, org)))
  const others = lists.flat().filter(({ memberId }) => memberId !== member.id)
  return [...others, { memberId: member.id, recipient: await recipientOf(own) }]
}
