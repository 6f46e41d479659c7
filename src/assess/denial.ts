import type { Match } from './match.ts'
import type { SentenceReader } from './reader.ts'
import type { Reserved, Rule } from './rules.ts'
import { WORD_TICKS } from './script.ts'
import { covers, from, isOpen, to, unused } from './stand.ts'

const SLACK = 6
const AFTER_REACH = 3 * WORD_TICKS
/** A lone noun stands further from its "not" than a verb: "never asked my family for a ransom". */
const LONE_MORE = 4 * WORD_TICKS
/** "No" and "without" belong to the next noun. */
const NEAR_REACH = WORD_TICKS
/** From a "not" to the "or" of its list. */
const BRIDGE_REACH = 6 * WORD_TICKS
/** Longer than one item of a list is. */
const ITEM = 9 * WORD_TICKS
/** From a "nobody" to its own verb. */
const RIGHT_BEHIND = 2 * WORD_TICKS
const ASIDE = 5 * WORD_TICKS
/** "..., that is false": what calls it untrue stands early in its own clause. */
const VERDICT = 3 * WORD_TICKS
/** A new subject opens a new clause when it stands this early behind the comma. */
const EARLY = WORD_TICKS + WORD_TICKS / 2
/** As far as a sentence goes: what ends it is a comma or a new clause. */
const WHOLE = 40 * WORD_TICKS

interface Negator {
  readonly hit: number
  /** Ticks. */
  readonly reach: number
  /** What ends it: a new clause for a doubt about all that follows, almost any verb for a plain "not". */
  readonly ends: Reserved
  /** The space after an "or" in Thai and Lao is no pause. */
  readonly passesSpace?: boolean
  /** "I do not think that they ..." reaches past who acts; a plain "not" belongs to the verb before that. */
  readonly passesAgents: boolean
  /** "Nobody helped and they beat me": a subject behind a joining word opens a clause of its own. */
  readonly endsAtSubject?: boolean
}

/** The sentence plainly says that what was matched was not so. */
export function isDenied(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const plain = { reach: rule.language.reach * WORD_TICKS, passesAgents: rule.language.clitics }
  const not = unused(reader, rule, match, 'not')
  const near = unused(reader, rule, match, 'not_near')
  const negators = [
    ...not.map((hit) => ({ hit, ends: 'stop' as const, ...plain })),
    ...near.map((hit) => ({ hit, ends: 'stop' as const, reach: NEAR_REACH, passesAgents: false })),
    ...wide(reader, rule, match),
    ...bridges(reader, rule, [...not, ...near]).map((hit) => ({
      hit,
      ends: 'stop' as const,
      passesSpace: true,
      ...plain,
    })),
  ]
  return (
    negators.some((negator) => denies(reader, rule, match, negator)) ||
    unused(reader, rule, match, 'not_after').some((hit) => deniesBefore(reader, rule, match, hit)) ||
    isCalledUntrue(reader, rule, match)
  )
}

/** "Nobody", "at no point" and "it is untrue that" hold to the end of their clause, whoever acts in it. */
function wide(reader: SentenceReader, rule: Rule, match: Match): Negator[] {
  const ends = rule.language.groups.clause < 0 ? ('stop' as const) : ('clause' as const)
  const all = { ends, reach: WHOLE, passesAgents: true }
  return [
    ...unused(reader, rule, match, 'nobody').map((hit) => ({ hit, endsAtSubject: true, ...all })),
    ...reader.hits(rule.language.groups.doubt).map((hit) => ({ hit, ...all })),
  ]
}

/** "Not beaten, starved or sold", "nobody told us to lie": the "or" and the "told us to" hand on the "not" before them. */
function bridges(reader: SentenceReader, rule: Rule, negators: readonly number[]): number[] {
  if (negators.length === 0) return []
  const stops = reader.hits(rule.language.groups.stop)
  return reader.hits(rule.language.groups.bridge).filter((bridge) =>
    negators.some((not) => {
      const gap = from(reader, bridge) - to(reader, not)
      if (gap < 0 || gap > BRIDGE_REACH) return false
      return !stops.some(
        (hit) => from(reader, hit) >= to(reader, not) && to(reader, hit) <= from(reader, bridge),
      )
    }),
  )
}

function denies(reader: SentenceReader, rule: Rule, match: Match, negator: Negator): boolean {
  const end = afterAside(reader, to(reader, negator.hit))
  let list = -1
  for (let k = 0; k < match.length; k++) {
    const own = match[k] ?? 0
    if (covers(reader, own, negator.hit)) return true
    if (from(reader, own) < end) continue
    if (isTurn(reader, rule, own)) return false
    if (list < 0) list = listEnd(reader, rule, negator)
    const listed = to(reader, own) <= list
    if (rule.agents[k] && match.length > 1) {
      // "No official took a bribe": the one who acts is there only to be denied.
      if (from(reader, own) - end <= SLACK && isOpen(reader, rule, [end, from(reader, own)])) return true
      if (!negator.passesAgents && !listed) return false
      continue
    }
    const reach = negator.reach + (match.length === 1 ? LONE_MORE : 0) + SLACK
    const start = negator.passesSpace ? end + 1 : end
    const near =
      from(reader, own) - end <= reach &&
      isOpen(reader, rule, [start, from(reader, own)], negator.ends) &&
      !(negator.endsAtSubject && hasNewSubject(reader, rule, [start, to(reader, own)]))
    // "Nobody was punished when ...": what nobody did is told before the clause that says when.
    const itsVerb = negator.endsAtSubject && from(reader, own) - end <= RIGHT_BEHIND
    return (near || listed) && (itsVerb || !isOutside(reader, rule, match.slice(k)))
  }
  return false
}

/** "No office work but cheating people": what was matched begins with the word that ends the denial. */
function isTurn(reader: SentenceReader, rule: Rule, own: number): boolean {
  return reader.hits(rule.language.groups.clause).some((hit) => from(reader, hit) === from(reader, own))
}

function hasNewSubject(reader: SentenceReader, rule: Rule, [start, end]: readonly [number, number]): boolean {
  const stops = reader.hits(rule.language.groups.stop)
  return reader
    .hits(rule.language.groups.subject)
    .some(
      (hit) =>
        from(reader, hit) > start &&
        to(reader, hit) <= end &&
        stops.some((stop) => Math.abs(from(reader, hit) - to(reader, stop)) <= SLACK),
    )
}

/** "They did not, at any time, take ...": what stands between two commas behind the "not" is passed over. */
function afterAside(reader: SentenceReader, end: number): number {
  const opening = reader.pauses.indexOf(end)
  const closing = opening < 0 ? undefined : reader.pauses[opening + 1]
  return closing === undefined || closing - end > ASIDE ? end : closing + 1
}

/**
 * Where the list ends that stands behind a "not": "not beaten, starved or sold to anyone" goes on past its commas, to the
 * end of the item behind its last "or". Zero where there is no such list. A comma with a new subject behind it ends a list.
 */
function listEnd(reader: SentenceReader, rule: Rule, negator: Negator): number {
  const { groups } = rule.language
  const start = afterAside(reader, to(reader, negator.hit))
  let reached = start
  let last = -1
  for (const bridge of reader.hits(groups.bridge)) {
    if (from(reader, bridge) < reached) continue
    if (!isList(reader, rule, [start, from(reader, bridge)], negator.ends)) break
    last = bridge
    reached = to(reader, bridge)
  }
  if (last < 0 || !reader.pauses.some((at) => at >= start && at < from(reader, last))) return 0
  // The space after an "or" in Thai and Lao is no pause.
  const item = reached + 1
  const pause = reader.pauses.find((at) => at > item) ?? reader.ticks
  const clause = reader.hits(groups[negator.ends]).find((hit) => from(reader, hit) >= item)
  return Math.min(pause, clause === undefined ? pause : from(reader, clause))
}

/** Short items with commas between them, and no new clause. */
function isList(
  reader: SentenceReader,
  rule: Rule,
  [start, end]: readonly [number, number],
  ends: Reserved,
): boolean {
  const { groups } = rule.language
  const isIn = (hit: number) => from(reader, hit) >= start && to(reader, hit) <= end
  if (reader.hits(groups[ends]).some(isIn)) return false
  const commas = reader.pauses.filter((at) => at >= start && at < end)
  const subjects = reader.hits(groups.subject)
  return commas.every((comma, k) => {
    const next = commas[k + 1] ?? end
    if (next - comma > ITEM) return false
    return !subjects.some((hit) => from(reader, hit) >= comma && from(reader, hit) <= comma + EARLY)
  })
}

function deniesBefore(reader: SentenceReader, rule: Rule, match: Match, hit: number): boolean {
  const last = Math.max(...match.map((own) => to(reader, own)))
  if (match.some((own) => covers(reader, own, hit))) return true
  // In a verb with "not" on both sides the second half belongs to what was matched, when the first half does.
  const closing = match.filter((own) => to(reader, own) === last)
  const halves = reader.hits(rule.language.groups.not)
  const alone = halves.some((half) => covers(reader, half, hit))
  if (!alone && halves.some((half) => closing.some((own) => covers(reader, own, half)))) return false
  // "He was sold not, he himself changed jobs": where the verb comes last, its "not" stands right behind it.
  const behind = (own: number, k: number) =>
    !rule.agents[k] && from(reader, hit) >= to(reader, own) && from(reader, hit) - to(reader, own) <= SLACK
  if (match.length > 1 && match.slice(0, -1).some(behind) && from(reader, hit) < last) return true
  const gap = from(reader, hit) - last
  if (gap < 0) return false
  const range = [last, from(reader, hit)] as const
  if (gap <= AFTER_REACH && isOpen(reader, rule, range)) return true
  // Where the verb comes last, one "not" stands behind the whole list.
  const joined = reader
    .hits(rule.language.groups.bridge)
    .some((bridge) => from(reader, bridge) >= last && to(reader, bridge) <= from(reader, hit))
  return joined && isList(reader, rule, range, 'stop')
}

/** "Being sold, being starved: none of that happened", "the rumour that they were beaten is false". */
function isCalledUntrue(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const { groups } = rule.language
  const first = from(reader, match[0] ?? 0)
  const last = to(reader, match[0] ?? 0)
  const ends = groups.clause < 0 ? groups.stop : groups.clause
  const isRumoured = reader.hits(groups.rumour).some((hit) => to(reader, hit) <= first)
  // "They say we were locked up, but that is not true": the "but" leads to the verdict itself.
  const leads = (end: number, hit: number) => isRumoured && from(reader, hit) - to(reader, end) <= VERDICT
  const goesOn = (hit: number) =>
    from(reader, hit) >= last &&
    !reader
      .hits(ends)
      .some((end) => from(reader, end) >= last && to(reader, end) <= from(reader, hit) && !leads(end, hit))
  const isVerdict = (hit: number) => goesOn(hit) || match.some((own) => covers(reader, hit, own))
  // "The salary they promised never happened" is no denial but a broken promise.
  const standsBefore = (group: number, hit: number) =>
    reader.hits(group).some((word) => to(reader, word) <= from(reader, hit))
  const promised = (hit: number) => standsBefore(groups.promise, hit) && !standsBefore(groups.rumour, hit)
  if (unused(reader, rule, match, 'never_was').some((hit) => isVerdict(hit) && !promised(hit))) return true
  if (!isRumoured) return false
  return reader
    .hits(groups.is_false)
    .some(
      (hit) =>
        match.some((own) => covers(reader, own, hit)) ||
        (goesOn(hit) &&
          reader.pauses.every(
            (at) => at < last || at > from(reader, hit) || from(reader, hit) - at <= VERDICT,
          )),
    )
}

/** Most of what was matched stands after a "because" or "although", where the "not" before it does not reach. */
function isOutside(reader: SentenceReader, rule: Rule, rest: Match): boolean {
  const first = from(reader, rest[0] ?? 0)
  const clause = reader.hits(rule.language.groups.clause).find((hit) => from(reader, hit) >= first)
  if (clause === undefined) return false
  const outside = rest.filter((own) => from(reader, own) >= to(reader, clause)).length
  return outside > rest.length - outside
}
