import type { Candidate } from './finder.ts'
import { inOrder } from './order.ts'

/**
 * One thing per place in the text: a checksum beats a pattern, longer beats shorter, surer beats less sure,
 * then the earlier in the list. So a host inside a URL, or a number inside an IBAN, is not a second fact.
 * A wallet or transaction in a link to a well-known site (a block explorer) is that; in any other link, it is the link.
 * Keeps    the result sorted by start, without overlaps.
 * Cost     O(n log n + summed length of overlapping candidates)
 */
export function resolveOverlaps<T extends Candidate>(candidates: readonly T[]): T[] {
  const sorted = inOrder(candidates.slice())
  const kept: T[] = []
  for (let from = 0; from < sorted.length; ) {
    const first = sorted[from] as T
    let reach = first.end
    let to = from + 1
    for (let next = sorted[to]; next !== undefined && next.start < reach; next = sorted[++to]) {
      if (next.end > reach) reach = next.end
    }
    if (to - from === 1) kept.push(first)
    else for (const it of strongest(sorted.slice(from, to), reach)) kept.push(it)
    from = to
  }
  return kept
}

/** Candidates of a chain that are compared each with each; of longer chains the places taken are written down. */
const FEW = 16

/** The strongest of a chain of overlapping candidates, greedily; `reach` is where the chain ends. */
function strongest<T extends Candidate>(chain: T[], reach: number): T[] {
  const kept: T[] = []
  if (chain.length <= FEW) {
    for (const it of chain.sort(byStrength))
      if (!kept.some(({ start, end }) => start < it.end && it.start < end)) kept.push(it)
    return inOrder(kept)
  }
  const origin = chain[0]?.start ?? 0
  const taken = new Uint8Array(reach - origin)
  for (const it of chain.sort(byStrength)) {
    const [start, end] = [it.start - origin, it.end - origin]
    if (taken.subarray(start, end).indexOf(1) !== -1) continue
    taken.fill(1, start, end)
    kept.push(it)
  }
  return inOrder(kept)
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
