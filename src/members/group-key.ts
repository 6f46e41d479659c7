import { seal } from '../web/sealer.ts'
import type { Group } from './group-shapes.ts'
import type { SeatOf } from './seats-part.tsx'

/** What the keys of a group need next, if anything. */
export type KeyDue =
  /** There is none yet. */
  | { readonly what: 'first' }
  /** Somebody who left holds the present one. */
  | { readonly what: 'renew'; readonly left: readonly SeatOf[] }
  /** Seats that came after it was made. */
  | { readonly what: 'give'; readonly to: readonly SeatOf[] }

/**
 * What a steward of the group has to do about its key. A key that somebody carried away is renewed before anything else:
 * who came later gets the new one with it.
 */
export function keyDue(group: Pick<Group, 'key'>, seats: readonly SeatOf[]): KeyDue | null {
  if (!group.key) return { what: 'first' }
  const sitting = new Set(seats.filter(({ leftAt }) => leftAt === null).map(({ memberId }) => memberId))
  const left = seats.filter((it) => it.leftAt !== null && it.hasKey === true && !sitting.has(it.memberId))
  if (left.length > 0) return { what: 'renew', left }
  const to = seats.filter((it) => it.leftAt === null && it.hasKey === false)
  return to.length > 0 ? { what: 'give', to } : null
}

const readers = (seats: readonly SeatOf[]) =>
  seats.flatMap(({ memberId, recipient, leftAt }) =>
    leftAt === null && recipient !== null ? [{ memberId, recipient }] : [],
  )

/** A new key of the group, made in this browser and wrapped to everybody who sits there now. */
export async function makeGroupKey(group: Group, seats: readonly SeatOf[]) {
  // a record's own key pair is what a group needs, too; there is no content, and its half that opens stays in the worker
  const { recipient, wraps } = await seal('record', { plain: new Uint8Array(), readers: readers(seats) })
  return { version: (group.key?.version ?? 0) + 1, recipient, wraps: [...wraps] }
}

/** The present key, opened with one's own and wrapped to seats that came later. */
export async function wrapGroupKey(
  own: CryptoKey,
  it: { readonly version: number; readonly wrapped: string; readonly to: readonly SeatOf[] },
) {
  const wraps = await seal('share', { wrapped: it.wrapped, key: own, readers: readers(it.to) })
  return { version: it.version, wraps: [...wraps] }
}
