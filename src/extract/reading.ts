import type { Fact, FactKind } from '../core/fact.ts'

/** What `read()` hands over: everything a text says, with the exact place of each thing. */
export interface Reading {
  /** BCP 47 primary tag, 'und' when nothing can be said. */
  readonly language: string
  readonly languageWhy: string
  /** Likely countries, ISO 3166-1 alpha-2, most likely first; [] when unknown. */
  readonly countries: readonly string[]
  readonly countriesWhy: string
  /** Sorted by `start`; spans never overlap. */
  readonly facts: readonly Fact[]
  /** Names of people: offered sealed only, never as clear facts. */
  readonly names: readonly SealedName[]
  /** The messages of a chat export in their order; null for other text. */
  readonly messages: readonly Message[] | null
  /** Near misses worth saying, sorted by `start`. */
  readonly refused: readonly Refusal[]
}

/** A person's name in the text; it leaves the device encrypted or not at all. */
export interface SealedName {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly why: string
}

/** One message of a chat; `start` and `end` enclose its body in the source. */
export interface Message {
  readonly speaker: string
  /** ISO 8601, local to the chat; null when the export does not say. */
  readonly at: string | null
  readonly start: number
  readonly end: number
}

/** Something that looks like a fact and is not one: a failed checksum, above all. */
export interface Refusal {
  readonly kind: FactKind
  readonly text: string
  readonly start: number
  readonly end: number
  /** One plain sentence for the person who wrote or typed it. */
  readonly why: string
}

/** Told by a finder when it refuses something; offsets are into `Plain.text`. */
export type Refuse = (kind: FactKind, span: { start: number; end: number }, why: string) => void
