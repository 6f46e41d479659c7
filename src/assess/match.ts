import type { SentenceReader } from './reader.ts'
import type { Rule } from './rules.ts'

/** One way in which a sentence fits a rule: a hit for each element, in the order of the rule. */
export type Match = readonly number[]

interface Chain {
  readonly hit: number
  readonly before: Chain | null
}

/** A comma inside a gap is allowed to be there. */
const SLACK = 6
/** How many earlier finds are tried for each later one: more than ever stand within one gap, few enough to stay linear. */
const LOOK_BACK = 12
/** Each find is joined to the two nearest before it: where one is denied, the other may still be said. */
const NEAREST = 2
const MANY = 60
const MAX_MATCHES = 8

/** All ways (at most eight) in which the sentence fits the rule, closest words first. Linear in the hits. */
export function matches(reader: SentenceReader, rule: Rule): Match[] {
  if (rule.elements.some((group) => reader.hits(group).length === 0)) return []
  if (rule.unless.some((group) => reader.hits(group).length > 0)) return []
  let chains: Chain[] = reader.hits(rule.elements[0] ?? -1).map((hit) => ({ hit, before: null }))
  for (let k = 1; k < rule.elements.length && chains.length > 0; k++)
    chains = extend(reader, chains, { hits: reader.hits(rule.elements[k] ?? -1), gap: rule.gaps[k - 1] ?? 0 })
  return chains.slice(0, MAX_MATCHES).map(unfold)
}

function extend(
  reader: SentenceReader,
  chains: Chain[],
  next: { hits: readonly number[]; gap: number },
): Chain[] {
  const { hitFrom, hitTo } = reader
  const widest = next.gap + (next.gap > 0 ? SLACK : 0)
  const extended: Chain[] = []
  let j = 0
  for (const hit of next.hits) {
    const from = hitFrom[hit] ?? 0
    while (j < chains.length && (hitFrom[chains[j]?.hit ?? 0] ?? 0) < from) j++
    let taken = 0
    for (let i = j - 1; i >= 0 && i >= j - LOOK_BACK && taken < NEAREST; i--) {
      const chain = chains[i]
      const to = hitTo[chain?.hit ?? 0] ?? 0
      if (!chain || to > from || from - to > widest) continue
      extended.push({ hit, before: chain })
      taken++
    }
    if (extended.length > MANY) break
  }
  return extended
}

function unfold(chain: Chain): number[] {
  const hits: number[] = []
  for (let at: Chain | null = chain; at; at = at.before) hits.push(at.hit)
  return hits.reverse()
}
