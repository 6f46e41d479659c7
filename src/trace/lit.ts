import type { Picture } from './picture.ts'

/**
 * The nodes of a picture through which money of one account came, or went on; itself included.
 * Null when the picture does not draw it by itself.
 */
export function waysOf({ shapes }: Picture, node: string): ReadonlySet<string> | null {
  if (!shapes.some((it) => it.kind === 'bar' && it.node === node)) return null
  const links = shapes.flatMap((it) => (it.kind === 'ribbon' ? [it.ends] : []))
  const all = new Set([node])
  for (const [near, far] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const next = Map.groupBy(links, (ends) => ends[near])
    const seen = new Set([node])
    for (const here of seen) for (const ends of next.get(here) ?? []) seen.add(ends[far])
    for (const it of seen) all.add(it)
  }
  return all
}
