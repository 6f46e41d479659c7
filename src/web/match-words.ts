import type { FactKind } from '../core/fact.ts'
import type { Evaluation } from '../match/blind.ts'
import type { Identifier } from '../match/identifier.ts'

/** One form of an identifier that is asked about: itself, or e.g. the local account inside an IBAN. */
export interface AskedForm {
  /** Index into what was asked. */
  readonly of: number
  readonly kind: FactKind
  readonly country: string | null
  /** How this form comes from the identifier; '' for the identifier itself. */
  readonly how: string
}

export interface Blinded {
  readonly forms: AskedForm[]
  /** One per form, in order. */
  readonly blinded: string[]
  /** By index into what was asked: why it cannot be matched; null when it can. */
  readonly refused: (string | null)[]
}

// A type alias: an interface would not fit where any name may be asked for.
export type MatchWork = {
  blind: { ask: { identifiers: readonly Identifier[] }; answer: Blinded }
  /** The tokens of the forms from `from` on; checks the proof. */
  finish: { ask: { from: number; evaluation: Evaluation; publicKey: string }; answer: { tokens: string[] } }
}
