import type { Vouches } from './admission-shapes.ts'

export type Voucher = Vouches['people'][number]

export interface VouchNode {
  readonly person: Voucher
  /** Those for whom they answer, by name. */
  readonly for: readonly VouchNode[]
}

/**
 * Who vouched for whom as trees: those for whom nobody answers here at the top (founders, or whose sponsor is unknown).
 * Keeps  every person stands in the forest exactly once, also when the records run in a circle (vouch-tree.test.ts).
 */
export function vouchTrees(people: readonly Voucher[]): VouchNode[] {
  const ids = new Set(people.map(({ memberId }) => memberId))
  const of = Map.groupBy(people, ({ sponsorId }) => (sponsorId && ids.has(sponsorId) ? sponsorId : ''))
  const placed = new Set<string>()
  const grow = (person: Voucher): VouchNode => {
    placed.add(person.memberId)
    const next = (of.get(person.memberId) ?? []).filter((it) => !placed.has(it.memberId))
    return { person, for: sorted(next).map(grow) }
  }
  const roots = sorted(of.get('') ?? []).map(grow)
  // whoever is left vouches in a circle, which the house does not make and a restored backup might
  const circles = []
  for (const person of sorted(people)) if (!placed.has(person.memberId)) circles.push(grow(person))
  return [...roots, ...circles].sort((a, b) => Number(b.for.length > 0) - Number(a.for.length > 0))
}

function sorted(people: readonly Voucher[]): Voucher[] {
  return [...people].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
