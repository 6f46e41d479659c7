import type { FactKind, Normal } from '../core/fact.ts'
import type { Label } from './labels.ts'
import type { LanguageGuess } from './language.ts'
import type { View } from './refang.ts'
import type { Sweep } from './sweep.ts'

/**
 * The text made plain for finders: digits of every script in ASCII, full width narrowed, invisible characters dropped,
 * homoglyph dots and dashes unified. Finders search `text`; `sourceOffset` leads back to what was written.
 */
export interface Plain {
  readonly source: string
  readonly text: string
  /** `at[i]` is the UTF-16 offset in `source` of `text[i]`; null when both are the same. Has text.length + 1 entries. */
  readonly at: Uint32Array | null
  /** What was found out about the text on the way, so that no two finders look for it. */
  readonly seen: Seen
}

/** Each is filled in by the one file that makes it, when it is first asked for. */
export interface Seen {
  sweep: Sweep | null
  labels: readonly Label[] | null
  language: LanguageGuess | null
  /** The languages whose words are looked for when this one is the main one. */
  languages: { readonly main: string; readonly all: ReadonlySet<string> } | null
  views: readonly View[] | null
}

/** What the text as a whole says, decided before any finder runs. */
export interface Context {
  /** BCP 47 primary tag: en zh th vi km my lo id ms tl hi bn sw; 'und' when nothing can be said. */
  readonly language: string
  /** Likely countries of the text, ISO 3166-1 alpha-2, most likely first. Never empty guesses: [] when unknown. */
  readonly countries: readonly string[]
  /** As much speaks for the second country as for the first: enough to try both, too little to say whose dollars are meant. */
  readonly tied?: boolean
  /** Why those countries, one sentence. */
  readonly why: string
  /** The moment relative dates count from, ISO 8601; null when unknown. */
  readonly now: string | null
}

/** One thing found; offsets are into `Plain.text`. */
export interface Candidate {
  readonly kind: FactKind
  readonly start: number
  readonly end: number
  readonly value: string
  readonly normal: Normal
  readonly confidence: number
  readonly why: string
  readonly country?: string
  readonly system?: string
}

/** Finds one family of facts. Pure, linear in the text's length, never throws. */
export type Finder = (plain: Plain, context: Context) => Candidate[]
