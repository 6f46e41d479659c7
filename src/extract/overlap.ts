import type { Candidate } from './finder.ts'

/**
 * One thing per place in the text: a checksum beats a pattern, longer beats shorter, surer beats less sure,
 * then the earlier in the list. So a host inside a URL, or a number inside an IBAN, is not a second fact.
 * A wallet or transaction in a link to a well-known site (a block explorer) is that; in any other link, it is the link.
 * Keeps    the result sorted by start, without overlaps.
 * Cost     O(n log n + summed length of overlapping candidates)
 */
export function resolveOverlaps<T extends Candidate>(candidates: readonly T[]): T[] {
  const sorted = [...candidates].sort((a, b) => a.start - b.start)
  const kept: T[] = []
  for (let from = 0; from < sorted.length; ) {
    let reach = sorted[from]?.end ?? 0
    let to = from + 1
    for (let next = sorted[to]; next !== undefined && next.start < reach; next = sorted[++to]) {
      reach = Math.max(reach, next.end)
    }
    kept.push(...(to - from === 1 ? sorted.slice(from, to) : strongest(sorted.slice(from, to), reach)))
    from = to
  }
  return kept
}

/** The strongest of a chain of overlapping candidates, greedily; `reach` is where the chain ends. */
function strongest<T extends Candidate>(chain: T[], reach: number): T[] {
  const origin = chain[0]?.start ?? 0
  const taken = new Uint8Array(reach - origin)
  const kept = chain.sort(byStrength).filter(({ start, end }) => {
    const free = taken.subarray(start - origin, end - origin).indexOf(1) === -1
    if (free) taken.fill(1, start - origin, end - origin)
    return free
  })
  return kept.sort((a, b) => a.start - b.start)
}

function byStrength(a: Candidate, b: Candidate): number {
  return (
    Number(isStrong(b)) - Number(isStrong(a)) ||
    b.end - b.start - (a.end - a.start) ||
    b.confidence - a.confidence
  )
}

/** Links to hosts of their own are given this much; those to well-known sites less (`find/web.ts`). */
const OWN_LINK = 0.95

function isStrong({ kind, confidence }: Candidate): boolean {
  return confidence === 1 || kind === 'crypto_tx' || (kind === 'url' && confidence > OWN_LINK)
}
