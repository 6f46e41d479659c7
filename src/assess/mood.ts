import type { Match } from './match.ts'
import type { SentenceReader } from './reader.ts'
import type { Mood as Language, Reserved, Rule } from './rules.ts'
import { WORD_TICKS } from './script.ts'

/** How a sentence holds what was matched in it. */
export type Mood = 'said' | 'denied' | 'general' | 'asked'

const SLACK = 6
/** Enough pronouns to see who speaks; a sentence with more is not prose. */
const FEW = 24
const IF_REACH = 8 * WORD_TICKS
const AFTER_REACH = 3 * WORD_TICKS
/** A lone noun stands further from its "not" than a verb: "never asked my family for a ransom". */
const LONE_MORE = 4 * WORD_TICKS
/** "No" and "without" belong to the next noun. */
const NEAR_REACH = WORD_TICKS
const DOUBT_MORE = 5 * WORD_TICKS
/** From a "not" to the "or" of its list. */
const BRIDGE_REACH = 6 * WORD_TICKS

/**
 * Whether the sentence says it, denies it, says it of people in general or on a condition, or asks. A sentence that is
 * plainly in another language than the rule ("walang humingi ng ransom") is also read by the manners of that one.
 */
export function moodOf(reader: SentenceReader, own: Rule, match: Match): Mood | null {
  const host = hostOf(reader, own)
  if (isForeign(reader, own.language, host)) return null
  const rules = host === own.language ? [own] : [own, { ...own, language: host }]
  if (rules.some((rule) => isDenied(reader, rule, match))) return 'denied'
  if (rules.some((rule) => isAsked(reader, rule, match))) return 'asked'
  return rules.some((rule) => isGeneral(reader, rule, match)) ? 'general' : 'said'
}

/** The language whose small words the sentence holds most of; the rule's own unless another is ahead. */
function hostOf(reader: SentenceReader, rule: Rule): Language {
  let host = rule.language
  let most = smallWords(reader, host)
  for (const language of reader.rules.moods) {
    const count = language.plain ? 0 : smallWords(reader, language)
    if (count > most) [host, most] = [language, count]
  }
  return host
}

/**
 * A word that two languages write alike ("deposit") is not read in the language of which the sentence holds no other word.
 * English words are borrowed everywhere, so English rules read on.
 */
function isForeign(reader: SentenceReader, own: Language, host: Language): boolean {
  return (
    host !== own && own.language !== 'en' && smallWords(reader, host) > 1 && smallWords(reader, own) === 0
  )
}

const SMALL = ['not', 'stop', 'me', 'he', 'if'] as const

function smallWords(reader: SentenceReader, language: Language): number {
  return SMALL.reduce((sum, name) => sum + reader.hits(language.groups[name]).length, 0)
}

/** Whose story it is: the speaker's, somebody else's, or null when the sentence does not say. */
export function aboutOf(reader: SentenceReader, rule: Rule, match: Match): 'speaker' | 'third person' | null {
  const group = rule.language.groups
  const kin = reader.hits(group.kin).slice(0, FEW)
  const mine = reader
    .hits(group.me)
    .slice(0, FEW)
    .filter((me) => !kin.some((hit) => near(reader, me, hit)))
  const others = reader.hits(group.he)
  if (kin.length > 0 && (mine.length === 0 || others.length > 0)) return 'third person'
  if (mine.length === 0) return others.length > 0 ? 'third person' : null
  if (others.length === 0) return 'speaker'
  return mine.some((me) => inSpan(reader, me, match)) || !others.some((he) => inSpan(reader, he, match))
    ? 'speaker'
    : 'third person'
}

function near(reader: SentenceReader, a: number, b: number): boolean {
  const gap = Math.max(from(reader, a), from(reader, b)) - Math.min(to(reader, a), to(reader, b))
  return gap <= WORD_TICKS
}

function inSpan(reader: SentenceReader, hit: number, match: Match): boolean {
  const margin = 2 * WORD_TICKS
  return (
    from(reader, hit) >= from(reader, match[0] ?? 0) - margin &&
    to(reader, hit) <= to(reader, match.at(-1) ?? 0) + margin
  )
}

function isDenied(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const { groups, reach, clitics } = rule.language
  const before = { reach: reach * WORD_TICKS, passesAgents: clitics }
  const close = { reach: NEAR_REACH, passesAgents: false }
  const far = { reach: reach * WORD_TICKS + DOUBT_MORE, passesAgents: clitics }
  const ends = groups.clause < 0 ? ('stop' as const) : ('clause' as const)
  const doubt = { ...far, passesAgents: true, ends }
  const listed = { ...before, passesSpace: true }
  const not = unused(reader, rule, match, 'not')
  const near = unused(reader, rule, match, 'not_near')
  return (
    not.some((hit) => denies(reader, rule, match, { hit, ...before })) ||
    near.some((hit) => denies(reader, rule, match, { hit, ...close })) ||
    unused(reader, rule, match, 'nobody').some((hit) => denies(reader, rule, match, { hit, ...far })) ||
    reader.hits(groups.doubt).some((hit) => denies(reader, rule, match, { hit, ...doubt })) ||
    bridges(reader, rule, [...not, ...near]).some((hit) => denies(reader, rule, match, { hit, ...listed })) ||
    unused(reader, rule, match, 'not_after').some((hit) => deniesBefore(reader, rule, match, hit))
  )
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

/** Words of a reserved group that are not themselves part of what was matched, and not part of a harmless phrase. */
function unused(reader: SentenceReader, rule: Rule, match: Match, name: Reserved): number[] {
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

interface Negator {
  readonly hit: number
  /** Ticks. */
  readonly reach: number
  /** What ends it: a new clause for a doubt about all that follows, almost any verb for a plain "not". */
  readonly ends?: Reserved
  /** The space after an "or" in Thai and Lao is no pause. */
  readonly passesSpace?: boolean
  /** "I do not think that they ..." reaches past who acts; a plain "not" belongs to the verb before that. */
  readonly passesAgents: boolean
}

function denies(reader: SentenceReader, rule: Rule, match: Match, negator: Negator): boolean {
  const end = to(reader, negator.hit)
  for (let k = 0; k < match.length; k++) {
    const own = match[k] ?? 0
    if (covers(reader, own, negator.hit)) return true
    if (from(reader, own) < end) continue
    if (rule.agents[k] && match.length > 1) {
      // "No official took a bribe": the one who acts is there only to be denied.
      if (from(reader, own) - end <= SLACK && isOpen(reader, rule, [end, from(reader, own)])) return true
      if (!negator.passesAgents) return false
      continue
    }
    const reach = negator.reach + (match.length === 1 ? LONE_MORE : 0) + SLACK
    const start = negator.passesSpace ? end + 1 : end
    const near =
      from(reader, own) - end <= reach && isOpen(reader, rule, [start, from(reader, own)], negator.ends)
    return near && !isOutside(reader, rule, match.slice(k))
  }
  return false
}

function deniesBefore(reader: SentenceReader, rule: Rule, match: Match, hit: number): boolean {
  const last = Math.max(...match.map((own) => to(reader, own)))
  if (match.some((own) => covers(reader, own, hit))) return true
  // In a verb with "not" on both sides the second half belongs to what was matched, when the first half does.
  const closing = match.filter((own) => to(reader, own) === last)
  const halves = reader.hits(rule.language.groups.not)
  if (halves.some((half) => closing.some((own) => covers(reader, own, half)))) return false
  const gap = from(reader, hit) - last
  return gap >= 0 && gap <= AFTER_REACH && isOpen(reader, rule, [last, from(reader, hit)])
}

/** Most of what was matched stands after a "because" or "although", where the "not" before it does not reach. */
function isOutside(reader: SentenceReader, rule: Rule, rest: Match): boolean {
  const first = from(reader, rest[0] ?? 0)
  const clause = reader.hits(rule.language.groups.clause).find((hit) => from(reader, hit) >= first)
  if (clause === undefined) return false
  const outside = rest.filter((own) => from(reader, own) >= to(reader, clause)).length
  return outside > rest.length - outside
}

/** No comma, "but", "because" or new clause lies between two positions. */
function isOpen(
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

function isAsked(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const { ask, why } = rule.language.groups
  if (reader.hits(why).length > 0) return false
  const end = to(reader, match.at(-1) ?? 0)
  return reader.question || reader.hits(ask).some((hit) => from(reader, hit) >= end)
}

function isGeneral(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const group = rule.language.groups
  if (reader.hits(group.fiction).length > 0) return true
  if (reader.hits(group.me).length > 0) return false
  if (unused(reader, rule, match, 'advice').length > 0) return true
  const conditional = isConditional(reader, rule, match)
  const reported = reader.hits(group.told).length > 0
  if (conditional && !reported && reader.hits(group.you).length > 0) return true
  if (reader.hits(group.specific).length > 0) return false
  return (conditional && !reported) || unused(reader, rule, match, 'general').length > 0
}

function isConditional(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const first = from(reader, match[0] ?? 0)
  const last = Math.max(...match.map((own) => to(reader, own)))
  const opens = (start: number, end: number, reach: number) =>
    start <= end && end - start <= reach && isOpen(reader, rule, [start, end])
  // Where the verb comes last, the "if" hangs on its end.
  return (
    unused(reader, rule, match, 'if').some((hit) => opens(to(reader, hit), first, IF_REACH)) ||
    unused(reader, rule, match, 'if_after').some((hit) => opens(last, from(reader, hit), AFTER_REACH))
  )
}

function covers(reader: SentenceReader, outer: number, inner: number): boolean {
  return from(reader, outer) <= from(reader, inner) && to(reader, outer) >= to(reader, inner)
}

function from(reader: SentenceReader, hit: number): number {
  return reader.hitFrom[hit] ?? 0
}

function to(reader: SentenceReader, hit: number): number {
  return reader.hitTo[hit] ?? 0
}
