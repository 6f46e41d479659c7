import { HouseError } from '../core/errors.ts'
import type { Lexicon, PatternsByLanguage } from './content.ts'
import { type Lists, ListsBuilder, sizeOf, someOf } from './lists.ts'
import { type Part, type Pattern, parsePattern } from './pattern.ts'
import { longest, type Vocabulary, VocabularyBuilder } from './vocabulary.ts'

/** What one owner (an indicator, a red flag) looks for, before it is compiled. */
export interface RuleSource {
  readonly owner: number
  /** Its patterns say that it was not so. */
  readonly denial: boolean
  readonly patterns: PatternsByLanguage
}

export interface Rule {
  readonly owner: number
  readonly denial: boolean
  readonly language: Mood
  readonly elements: readonly number[]
  readonly gaps: readonly number[]
  readonly unless: readonly number[]
  /** Elements that name who acts: a "nobody" there speaks against the whole. */
  readonly agents: readonly boolean[]
}

/** Groups with a meaning of their own to the reader; -1 where a language has none. */
export const RESERVED = [
  'not',
  'not_after',
  'not_exempt',
  'doubt',
  'stop',
  'if',
  'general',
  'advice',
  'generic',
  'specific',
  'you',
  'me',
  'he',
  'kin',
  'fiction',
  'yes',
  'no',
  'ask',
  'why',
  'starter',
  'ender',
  'plain_words',
  'they',
  'context',
  'mask',
  'clause',
  'not_near',
  'told',
  'if_after',
  'nobody',
  'bridge',
  'subject',
  'never_was',
  'rumour',
  'is_false',
  'promise',
  'asked_if',
  'unreal',
] as const
export type Reserved = (typeof RESERVED)[number]

/** How one language says no, if, in general, I and he. */
export interface Mood {
  readonly language: string
  /** Reads words without tone marks. */
  readonly plain: boolean
  /** Pronouns stand between "not" and its verb. */
  readonly clitics: boolean
  readonly reach: number
  readonly groups: Readonly<Record<Reserved, number>>
}

/** Rules, and what sets them off. */
export interface Tried {
  readonly rules: readonly Rule[]
  /** Group -> rules that are tried when it occurs. */
  readonly byAnchor: Lists
  /** Atom -> whether it can set off any rule. */
  readonly stirs: Uint8Array
}

export interface Rules extends Tried {
  readonly vocabulary: Vocabulary
  readonly moods: readonly Mood[]
  /** Rules that are tried only in a text in which others were met: `{ ...rules, ...rules.signs }`. */
  readonly signs: Tried
  /** Term -> whether it hides shorter words inside it: "play cards" hides "play". */
  readonly masks: Uint8Array
  /** First letters -> words that begin a new sentence in scripts without full stops. */
  readonly starters: ReadonlyMap<string, readonly string[]>
  /** Word as written -> its atoms; bounded, so that a text of a million different words stays small. */
  readonly memo: Map<string, Int32Array | null>
}

const AGENTS = new Set(['they', 'boss', 'official', 'recruiter', 'someone', 'nobody'])

/** Compiles patterns of every language that has a lexicon. Throws `invalid` for a pattern that cannot be read. */
export function compileRules(
  lexicons: readonly Lexicon[],
  sources: readonly RuleSource[],
  signs: readonly RuleSource[] = [],
): Rules {
  const builder = new VocabularyBuilder(lexicons)
  const rules: Rule[] = []
  const signRules: Rule[] = []
  const moods: Mood[] = []
  const parsed = new Map<string, readonly Pattern[]>()
  const read = (line: string) => {
    const patterns = parsed.get(line) ?? parsePattern(line)
    parsed.set(line, patterns)
    return patterns
  }
  for (const lexicon of lexicons) {
    builder.numbers(lexicon)
    for (const plain of lexicon.plain_too ? [false, true] : [false]) {
      const mood = moodOf(lexicon, plain, builder)
      moods.push(mood)
      const place = { lexicon, mood, builder, read }
      for (const source of sources) rules.push(...rulesOf(source, place))
      for (const source of signs) signRules.push(...rulesOf(source, place))
    }
  }
  const vocabulary = builder.build()
  return {
    vocabulary,
    ...tried(rules, vocabulary, moods),
    moods,
    signs: tried(signRules, vocabulary, moods),
    masks: masking(vocabulary, moods),
    starters: startersOf(lexicons),
    memo: new Map(),
  }
}

interface Place {
  readonly lexicon: Lexicon
  /** Patterns of a line, each line parsed once for all languages. */
  readonly read: (line: string) => readonly Pattern[]
  readonly mood: Mood
  readonly builder: VocabularyBuilder
}

function moodOf(lexicon: Lexicon, plain: boolean, builder: VocabularyBuilder): Mood {
  const groups = Object.fromEntries(RESERVED.map((name) => [name, builder.group(lexicon, name, plain) ?? -1]))
  return {
    language: lexicon.language,
    plain,
    clitics: lexicon.clitics ?? false,
    reach: lexicon.reach * (lexicon.spread ?? 1),
    groups: groups as Record<Reserved, number>,
  }
}

function rulesOf(source: RuleSource, place: Place): Rule[] {
  return Object.entries(source.patterns).flatMap(([key, lines]) => {
    const languages = key.split(' ')
    if (key !== 'all' && !languages.includes(place.lexicon.language)) return []
    const strict = key !== 'all' && languages.length === 1
    return lines.flatMap((line) =>
      place.read(line).flatMap((pattern) => compileOne(source, pattern, { ...place, strict, line }) ?? []),
    )
  })
}

interface LinePlace extends Place {
  /** A group that this language lacks is an error in its own patterns, and silences a pattern for all. */
  readonly strict: boolean
  readonly line: string
}

function compileOne(source: RuleSource, pattern: Pattern, place: LinePlace): Rule | null {
  const found = pattern.elements.map((part) => groupOf(part, place))
  const elements = found.filter((id) => id !== null)
  if (elements.length < found.length) return null
  return {
    owner: source.owner,
    denial: source.denial,
    language: place.mood,
    elements,
    gaps: pattern.gaps.map((gap) => gap * (place.lexicon.spread ?? 1)),
    unless: pattern.unless.flatMap((part) => groupOf(part, place) ?? []),
    agents: pattern.elements.map((part) => part.kind === 'group' && AGENTS.has(part.name)),
  }
}

function groupOf(part: Part, { lexicon, mood, builder, strict, line }: LinePlace): number | null {
  if (part.kind === 'number') return builder.range(part.min, part.max)
  if (part.kind === 'words') {
    const known = (word: string) => strict || !word.startsWith('@') || word.slice(1) in lexicon.groups
    const words = part.words.filter(known)
    return words.length === 0 ? null : builder.choice(lexicon, words, mood.plain)
  }
  const id = builder.group(lexicon, part.name, mood.plain)
  if (id === null && strict)
    throw new HouseError('invalid', `lexicon ${lexicon.language} has no group @${part.name}: ${line}`)
  return id
}

function tried(rules: readonly Rule[], vocabulary: Vocabulary, moods: readonly Mood[]): Tried {
  const byAnchor = anchors(rules, vocabulary, moods)
  return { rules, byAnchor, stirs: stirring(vocabulary, byAnchor) }
}

/** Groups of small words, of which every sentence holds some. */
const COMMON: readonly Reserved[] = [
  'not',
  'not_near',
  'stop',
  'me',
  'he',
  'you',
  'if',
  'general',
  'they',
  'told',
  'plain_words',
]

/** Each rule hangs on its rarest element: few, long words are rare; short ones, and the small words of a language, are not. */
function anchors(rules: readonly Rule[], vocabulary: Vocabulary, moods: readonly Mood[]): Lists {
  const common = new Set(moods.flatMap((mood) => COMMON.map((name) => mood.groups[name])))
  const cost = new Float64Array(vocabulary.groupCount)
  const { termGroups, termText } = vocabulary
  termText.forEach(({ length }, term) => {
    const small = someOf(termGroups, term, (group) => common.has(group)) ? 5 : 0
    const own = termGroups.items.subarray(termGroups.first[term], termGroups.first[term + 1])
    for (const group of own) cost[group] = (cost[group] ?? 0) + 12 / (1 + length * length) + small
  })
  for (const range of vocabulary.ranges) cost[range.group] = 2
  const byAnchor = new ListsBuilder()
  rules.forEach((rule, index) => {
    const rarest = rule.elements.reduce((best, group) =>
      (cost[group] ?? 0) < (cost[best] ?? 0) ? group : best,
    )
    byAnchor.add(rarest, index)
  })
  return byAnchor.build(vocabulary.groupCount)
}

function stirring(vocabulary: Vocabulary, byAnchor: Lists): Uint8Array {
  const { atomLength, termAtoms, termGroups, termValue } = vocabulary
  const stirs = new Uint8Array(atomLength.length)
  termValue.forEach((value, term) => {
    // A term of several words sets off rules by its longest word: "the boss" must not be tried at every "the".
    const rarest = longest(
      termAtoms.items.subarray(termAtoms.first[term], termAtoms.first[term + 1]),
      atomLength,
    )
    const anchored = someOf(termGroups, term, (group) => sizeOf(byAnchor, group) > 0)
    if (anchored || !Number.isNaN(value)) stirs[rarest] = 1
  })
  return stirs
}

function masking(vocabulary: Vocabulary, moods: readonly Mood[]): Uint8Array {
  const groups = new Set(moods.map((mood) => mood.groups.mask))
  const { termGroups, termText } = vocabulary
  return Uint8Array.from(termText, (_, term) =>
    someOf(termGroups, term, (group) => groups.has(group)) ? 1 : 0,
  )
}

function startersOf(lexicons: readonly Lexicon[]): Map<string, string[]> {
  const starters = new Map<string, string[]>()
  for (const lexicon of lexicons)
    for (const word of lexicon.groups.starter ?? []) {
      const first = word.charAt(0)
      starters.set(first, [...(starters.get(first) ?? []), word])
    }
  return starters
}
