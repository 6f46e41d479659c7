import type { Match } from './match.ts'
import type { SentenceReader } from './reader.ts'
import type { Reserved, Rule } from './rules.ts'
import { WORD_TICKS } from './script.ts'

/** Words of a reserved group that are not themselves part of what was matched, and not part of a harmless phrase. */
export function unused(reader: SentenceReader, rule: Rule, match: Match, name: Reserved): number[] {
  const nearby = (hit: number) => isNearby(reader, match, hit)
  const exempt = reader.hits(rule.language.groups.not_exempt).filter(nearby)
  return reader
    .hits(rule.language.groups[name])
    .filter(
      (hit) =>
        nearby(hit) &&
        !exempt.some((other) => covers(reader, other, hit)) &&
        !match.some(
          (own, k) => covers(reader, own, hit) && !rule.agents[k] && !isSameOpenWord(reader, own, hit),
        ),
    )
}

/** Close enough to bear on the match at all. */
function isNearby(reader: SentenceReader, match: Match, hit: number): boolean {
  const margin = 20 * WORD_TICKS
  return (
    from(reader, hit) >= from(reader, match[0] ?? 0) - margin &&
    to(reader, hit) <= to(reader, match.at(-1) ?? 0) + margin
  )
}

/** `*piga*` found in "hawakunipiga" says nothing about the "hawaku" in the same word, so that still denies. */
function isSameOpenWord(reader: SentenceReader, own: number, hit: number): boolean {
  const { termText } = reader.rules.vocabulary
  const term = termText[reader.hitTerm[own] ?? -1] ?? ''
  const other = termText[reader.hitTerm[hit] ?? -1] ?? ''
  return (
    reader.hitStart[own] === reader.hitStart[hit] &&
    term !== other &&
    term.includes('*') &&
    other.includes('*')
  )
}

/** No comma, "but", "because" or new clause lies between two positions. */
export function isOpen(
  reader: SentenceReader,
  rule: Rule,
  [start, end]: readonly [number, number],
  ends: Reserved = 'stop',
): boolean {
  if (reader.pauses.some((at) => at >= start && at < end)) return false
  return !reader
    .hits(rule.language.groups[ends])
    .some((hit) => from(reader, hit) >= start && to(reader, hit) <= end)
}

/** The second hit lies inside the first. */
export function covers(reader: SentenceReader, outer: number, inner: number): boolean {
  return from(reader, outer) <= from(reader, inner) && to(reader, outer) >= to(reader, inner)
}

/** Where a hit begins, in ticks. */
export function from(reader: SentenceReader, hit: number): number {
  return reader.hitFrom[hit] ?? 0
}

/** Where a hit ends, in ticks. */
export function to(reader: SentenceReader, hit: number): number {
  return reader.hitTo[hit] ?? 0
}
