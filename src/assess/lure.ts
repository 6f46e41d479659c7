import type { Assessment } from './assess.ts'
import type { Content, LureFlag } from './content.ts'
import { type Range, type Sighting, sightings } from './find.ts'
import { compileRules, type Rules } from './rules.ts'

export type LureLevel = 'none' | 'low' | 'medium' | 'high'

/** One red flag with the line that raised it. */
export interface LureReason {
  readonly id: string
  readonly name: string
  /** Why it is a red flag, for the person who is thinking of going. */
  readonly why: string
  /** 1 small .. 3 strong. */
  readonly weight: number
  /** The line of the text: `line === text.slice(start, end)`, UTF-16 offsets. */
  readonly line: string
  readonly start: number
  readonly end: number
}

export interface Lure {
  readonly level: LureLevel
  /** In the order of the text; each flag once, at its first line. */
  readonly reasons: readonly LureReason[]
  /** Five things to check before travelling. */
  readonly checks: readonly string[]
}

export interface LureOptions {
  /** Language of the five checks; English where they have none in it. */
  readonly language?: string | undefined
  /** Messages of a chat: what stands between them (names, hours, the marks of a file) is not read. */
  readonly messages?: readonly Range[] | null
  /** What the same text says was done to somebody. */
  readonly assessment?: Assessment | null
}

const ENOUGH = 2
/** Signs of means or purpose from which a text tells what was done to somebody: too late for "before you travel". */
const STORY = 2

/** Rules of one content, compiled on first use and kept as long as the content is. */
const compiled = new WeakMap<Content, Rules>()

/**
 * How far a job advertisement looks like the lure of a scam compound, and which lines say so.
 * @returns  null when the text is not an advertisement but, say, the story of who answered one; a level is about the text, never about who wrote or read it
 * Quiet     a sentence that says the opposite ("no fee", "we never ask for your passport") raises nothing
 * Cost      time linear in the text; the first call with a content also compiles it
 */
export function lure(text: string, content: Content, options: LureOptions = {}): Lure | null {
  const { language = 'en', messages = null, assessment = null } = options
  if (assessment !== null && tellsAStory(assessment)) return null
  const flags = flagsOf(content)
  const found = sightings(lureRules(content), text, messages)
  if (!advertises(found, flags.length)) return null
  const first = new Map<number, Sighting>()
  for (const it of found) {
    if (it.owner < flags.length && it.mood !== 'denied' && !first.has(it.owner)) first.set(it.owner, it)
  }
  const reasons = [...first.values()]
    .sort((a, b) => a.start - b.start)
    .flatMap(({ owner, start, end }) => {
      const flag = flags[owner]
      if (!flag) return []
      const { id, name, why, weight } = flag
      return [{ id, name, why, weight, line: text.slice(start, end), start, end }]
    })
  const sum = reasons.reduce((total, { weight }) => total + weight, 0)
  const { checks } = content.guide
  return { level: levelOf(sum, content), reasons, checks: checks[language] ?? checks.en ?? [] }
}

function tellsAStory({ indicators }: Assessment): boolean {
  return indicators.filter(({ element }) => element === 'Means' || element === 'Purpose').length >= STORY
}

/** Enough says "we are hiring", and less says "they took me". */
function advertises(found: readonly Sighting[], flags: number): boolean {
  const count = (owner: number) => found.filter((it) => it.owner === owner && it.mood !== 'denied').length
  const signs = 2 * count(flags) + count(flags + 1)
  return signs >= ENOUGH && signs > count(flags + 2)
}

function levelOf(sum: number, { guide: { levels } }: Content): LureLevel {
  if (sum >= levels.high) return 'high'
  if (sum >= levels.medium) return 'medium'
  return sum >= levels.low ? 'low' : 'none'
}

/** Owner in the rules -> flag; behind them stand the signs of an advertisement and of a story. */
function flagsOf(content: Content): LureFlag[] {
  return content.lures.flatMap((family) => family.flags)
}

export function lureRules(content: Content): Rules {
  const known = compiled.get(content)
  if (known) return known
  const { advertisement, narrative } = content.guide
  const sources = [
    ...flagsOf(content).map((flag) => flag.patterns),
    advertisement.strong,
    advertisement.weak,
    narrative,
  ].map((patterns, owner) => ({ owner, denial: false, patterns }))
  const rules = compileRules(content.lexicons, sources)
  compiled.set(content, rules)
  return rules
}

/** The rules of a content from elsewhere (`kept.ts`), so that they need not be compiled. */
export function takeLureRules(content: Content, rules: Rules): void {
  compiled.set(content, rules)
}
