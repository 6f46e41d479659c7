import type { FactKind, Normal } from '../core/fact.ts'

/** The part of a fact that says which thing in the world it is. A `Fact` is one. */
export interface Identifier {
  readonly kind: FactKind
  readonly normal: Normal
  /** ISO 3166-1 alpha-2, where known. */
  readonly country?: string
  /** Bank, chain or platform, where known. */
  readonly system?: string
}

/**
 * The one form under which a thing is compared. Equal `space` and `value` mean the same thing, in any report.
 * The space keeps an account number from ever meeting a passport number with the same digits.
 */
export interface Canonical {
  readonly space: Space
  readonly value: string
}

export type Space =
  | 'phone'
  | 'email'
  | 'handle'
  | 'iban'
  | 'account'
  | 'wallet'
  | 'transaction'
  | 'payment'
  | 'site'
  | 'page'
  | 'passport'
  | 'imei'

/** Why something has no canonical form, for the person who gave it. */
export interface Unmatchable {
  readonly why: string
}
