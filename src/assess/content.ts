/**
 * The shapes of what practitioners write in `content/indicators`, `content/lexicon/words` and `content/lexicon/lure`:
 * YAML read as it is, by Node or by Vite. Nothing here is checked again; `firebreak indicators check` does that.
 */

export const ELEMENTS = ['Act', 'Means', 'Purpose', 'Post-exit'] as const
export type Element = (typeof ELEMENTS)[number]

/**
 * Patterns by language (BCP 47 primary tag), by several (`hi bn my`), or for `all`. Shared ones are made of groups; where a
 * lexicon lacks a group, its pattern is silent in that language.
 */
export type PatternsByLanguage = Readonly<Record<string, readonly string[]>>

/** Sentences by language. */
export type Sentences = Readonly<Record<string, readonly string[]>>

export interface Source {
  /** What this was written from. */
  readonly from: string
  /** `corroborated` in a public source that is named, or from `memory` and to be verified before it is cited. */
  readonly standing: 'corroborated' | 'memory'
}

/** One sign of trafficking for forced criminality, aligned with the three elements of the Palermo definition. */
export interface Indicator {
  /** `FC-A01`: stable for ever, never reused. */
  readonly id: string
  readonly version: number
  readonly element: Element
  readonly name: string
  /** What it means, in words a caseworker would use. */
  readonly meaning: string
  /** Numbers (1-11) of the ILO indicators of forced labour that it maps to. */
  readonly ilo: readonly number[]
  /** `violence` or `child` raises the safeguarding line at once. */
  readonly safeguarding?: 'violence' | 'child'
  /** `yes`: ordinary on its own, so it counts only where the text also speaks of going abroad, scams or captivity. */
  readonly needs_context?: boolean
  /** `family`: words such as "my mother" do not make this a story about somebody else. */
  readonly about?: 'family'
  readonly source: Source
  readonly patterns: PatternsByLanguage
  /** What says that it was not so, beyond an ordinary "not": "I kept my passport". */
  readonly denials?: PatternsByLanguage
  /**
   * How a whole text says it though no one sentence does: each way is a list of parts, and the text says every part somewhere.
   * A part is one of some indicators (`FC-A05|FC-A06`) or a pattern made of groups (`@pro_job`), which counts for all languages.
   */
  readonly together?: readonly (readonly string[])[]
  readonly examples: { readonly found: Sentences; readonly quiet: Sentences }
}

/** Word groups of one language: what `@name` stands for. */
export interface Lexicon {
  readonly id: string
  readonly version: number
  /** BCP 47 primary tag. */
  readonly language: string
  readonly name: string
  readonly source: Source
  /** How many words a "not" reaches forward. */
  readonly reach: number
  /** How much further apart words stand than in English: 1.6 where each syllable is written as a word. */
  readonly spread?: number
  /** `true`: pronouns stand between "not" and its verb ("hindi nila ako sinaktan"). */
  readonly clitics?: boolean
  /** What is hung on words without changing their sense ("paspornya": "-nya"); a word is found with and without. */
  readonly endings?: readonly string[]
  /** Number words, so that "fourteen hours" is read as 14. */
  readonly numbers?: Readonly<Record<string, readonly string[]>>
  /** Pairs of characters: the first is read as the second (traditional as simplified). */
  readonly same?: readonly string[]
  /** `yes`: words are also found where the writer left out all tone marks (Vietnamese on old phones). */
  readonly plain_too?: boolean
  /** The support and non-punishment line in this language. */
  readonly support: string
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** One red flag of a job advertisement. */
export interface LureFlag {
  readonly id: string
  readonly name: string
  /** Why it is a red flag, for the person who is thinking of going. */
  readonly why: string
  /** 1 small .. 3 strong. */
  readonly weight: number
  readonly patterns: PatternsByLanguage
  readonly examples: { readonly found: Sentences; readonly quiet: Sentences }
}

/** One family of red flags: pay, role, employer, place, process, text. */
export interface LureFamily {
  readonly id: string
  readonly version: number
  readonly family: string
  readonly source: Source
  readonly flags: readonly LureFlag[]
}

/** How an advertisement is recognised, where the levels begin, and what to check before travelling. */
export interface LureGuide {
  readonly id: string
  readonly version: number
  readonly source: Source
  /** Sum of weights from which each level begins. */
  readonly levels: { readonly low: number; readonly medium: number; readonly high: number }
  /** Signs that a text is an advertisement at all: a strong one counts two, a weak one one. */
  readonly advertisement: { readonly strong: PatternsByLanguage; readonly weak: PatternsByLanguage }
  /** Signs that it tells a story instead. */
  readonly narrative: PatternsByLanguage
  /** Five things to check before travelling, by language; English is always there. */
  readonly checks: Sentences
}

/** Everything that reading needs, as parsed from `content/`. */
export interface Content {
  readonly indicators: readonly Indicator[]
  readonly lexicons: readonly Lexicon[]
  readonly lures: readonly LureFamily[]
  readonly guide: LureGuide
}
