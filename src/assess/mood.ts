import { isDenied } from './denial.ts'
import type { Match } from './match.ts'
import type { SentenceReader } from './reader.ts'
import type { Mood as Language, Rule } from './rules.ts'
import { WORD_TICKS } from './script.ts'
import { covers, from, isOpen, to, unused } from './stand.ts'

/**
 * How a sentence holds what was matched in it. `conditional`: "who misses the target is fined", which is a rule of the place
 * where the rest of the text tells of one, and else says nothing of anybody. `alone` is no manner of a sentence: it is said, in a
 * long text that says nothing else of the kind (`weigh.ts`).
 */
export type Mood = 'said' | 'alone' | 'denied' | 'conditional' | 'general' | 'asked'

/** Enough pronouns to see who speaks; a sentence with more is not prose. */
const FEW = 24
const IF_REACH = 8 * WORD_TICKS
const IF_AFTER_REACH = 3 * WORD_TICKS
const UNREAL_REACH = 8 * WORD_TICKS

/**
 * Whether the sentence says it, denies it, says it of people in general or on a condition, or asks. A sentence that is
 * plainly in another language than the rule ("walang humingi ng ransom") is also read by the manners of that one.
 */
export function moodOf(reader: SentenceReader, own: Rule, match: Match): Mood | null {
  const host = hostOf(reader, own)
  if (isForeign(reader, own.language, host)) return null
  const rules = host === own.language ? [own] : [own, { ...own, language: host }]
  if (rules.some((rule) => isDenied(reader, rule, match) || isUnreal(reader, rule, match))) return 'denied'
  if (rules.some((rule) => isAsked(reader, rule, match))) return 'asked'
  if (rules.some((rule) => isGeneral(reader, rule, match))) return 'general'
  return rules.some((rule) => isOnCondition(reader, rule, match)) ? 'conditional' : 'said'
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
  const known = reader.smallWords.get(language)
  if (known !== undefined) return known
  let count = 0
  for (const name of SMALL) count += reader.hits(language.groups[name]).length
  reader.smallWords.set(language, count)
  return count
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

/** "If they had taken my passport I would have gone to the police": what did not happen, as what would have followed did not. */
function isUnreal(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const last = Math.max(...match.map((own) => to(reader, own)))
  const hits = reader.hits(rule.language.groups.unreal)
  if (hits.length === 0) return false
  if (hits.some((hit) => match.some((own) => from(reader, own) === from(reader, hit)))) return true
  const follows = hits.some((hit) => from(reader, hit) >= last && from(reader, hit) - last <= UNREAL_REACH)
  return follows && isConditional(reader, rule, match)
}

function isAsked(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const { ask, why, asked_if: askedIf } = rule.language.groups
  if (reader.hits(why).length > 0) return false
  const end = to(reader, match.at(-1) ?? 0)
  const asked = (hit: number) => {
    // "Tinanong nila kung ...": who asks may have been taken for who did it.
    const rest = match.filter((own) => !covers(reader, hit, own))
    if (rest.length === 0) return false
    const start = to(reader, hit)
    const first = from(reader, rest[0] ?? 0)
    return start <= first + 1 && first - start <= IF_REACH && isOpen(reader, rule, [start, first], 'clause')
  }
  if (reader.hits(askedIf).some(asked)) return true
  return reader.question || reader.hits(ask).some((hit) => from(reader, hit) >= end)
}

function isGeneral(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const group = rule.language.groups
  if (reader.hits(group.fiction).length > 0) return true
  if (reader.hits(group.me).length > 0) return false
  if (unused(reader, rule, match, 'advice').length > 0) return true
  if (reader.hits(group.specific).length > 0) return false
  // "The phone was taken, now and then she writes": what is said of another clause behind it is not said of this one.
  const last = to(reader, match.at(-1) ?? 0)
  const bears = (hit: number) => from(reader, hit) < last || isOpen(reader, rule, [last, from(reader, hit)])
  return unused(reader, rule, match, 'general').some(bears)
}

function isOnCondition(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const group = rule.language.groups
  if (reader.hits(group.me).length > 0 || reader.hits(group.told).length > 0) return false
  if (reader.hits(group.you).length === 0 && reader.hits(group.specific).length > 0) return false
  return isConditional(reader, rule, match)
}

function isConditional(reader: SentenceReader, rule: Rule, match: Match): boolean {
  const first = from(reader, match[0] ?? 0)
  const last = Math.max(...match.map((own) => to(reader, own)))
  const opens = (start: number, end: number, reach: number) =>
    start <= end && end - start <= reach && isOpen(reader, rule, [start, end])
  // Where the verb comes last, the "if" hangs on its end.
  return (
    unused(reader, rule, match, 'if').some((hit) => opens(to(reader, hit), first, IF_REACH)) ||
    unused(reader, rule, match, 'if_after').some((hit) => opens(last, from(reader, hit), IF_AFTER_REACH))
  )
}
