import type { z } from 'zod'
import type { Group, Seat } from './group-shapes.ts'

type SeatOf = z.infer<typeof Seat>

/** What the keys of a group need next, if anything. */
export type KeyDue =
  /** There is none yet. */
  | { readonly what: 'first' }
  /** Somebody who left holds the present one. */
  | { readonly what: 'left'; readonly left: readonly SeatOf[] }
  /** Seats that came after it was made, or whose own key, or its giver's, is a new one. */
  | { readonly what: 'give'; readonly to: readonly SeatOf[] }

/**
 * What a steward of the group has to do about its key. A key that somebody carried away is renewed before anything else:
 * who came later gets the new one with it.
 */
export function keyDue(group: Pick<Group, 'key'>, seats: readonly SeatOf[]): KeyDue | null {
  if (!group.key) return { what: 'first' }
  const sitting = new Set(seats.filter(({ leftAt }) => leftAt === null).map(({ memberId }) => memberId))
  const left = seats.filter((it) => it.leftAt !== null && it.hasKey === true && !sitting.has(it.memberId))
  if (left.length > 0) return { what: 'left', left }
  const to = seats.filter((it) => it.leftAt === null && it.hasKey === false)
  return to.length > 0 ? { what: 'give', to } : null
}
