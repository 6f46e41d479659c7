import { HouseError } from '../core/errors.ts'
import type { FactKind, Normal } from '../core/fact.ts'
import { canonical, isMatchableKind } from './canonical.ts'
import { formsOf } from './forms.ts'
import type { Canonical, Identifier } from './identifier.ts'

/**
 * The period of the matching key in use. It is part of every token: whoever changes the key names a new epoch here, and
 * members make the tokens of their open reports anew.
 */
export const MATCH_EPOCH = 'e1'

/**
 * Whether an identifier can be matched blind. With its canonical form, whether this one can: a phone number without its
 * country, or a domain everybody uses, cannot.
 */
export function isMatchable(kind: FactKind, normal?: Normal): boolean {
  return normal === undefined ? isMatchableKind(kind) : 'space' in canonical(kind, normal)
}

/**
 * The bytes that are blinded for an identifier. Two spellings of one thing give the same bytes (canonical.ts says what
 * counts as one thing, and why), two spaces or epochs never do.
 * @param normal  the fact's canonical form
 * @param epoch   the period of the matching key, as the server names it: small letters, digits, hyphens
 * Throws `invalid` saying why when it cannot be matched.
 */
export function tokenInput(kind: FactKind, normal: Normal, epoch: string): Uint8Array {
  const found = canonical(kind, normal)
  if (!('space' in found)) throw new HouseError('invalid', found.why)
  return encode(found, epoch)
}

/** One thing to ask about, or to register, for an identifier. */
export interface TokenForm {
  readonly kind: FactKind
  readonly country?: string
  readonly input: Uint8Array
  /** How this form comes from the identifier; '' for the identifier itself. */
  readonly how: string
}

/**
 * Everything to blind for one identifier, itself first: an IBAN also as the local account inside it, and so on.
 * Each counts against the budget. [] when the identifier cannot be matched.
 */
export function tokenInputs(it: Identifier, epoch: string): TokenForm[] {
  return formsOf(it).map((form) => ({
    kind: form.kind,
    ...(form.country === undefined ? {} : { country: form.country }),
    input: encode(form, epoch),
    how: form.how,
  }))
}

/** Nothing before the last bar can hold one, so no two different identifiers ever make the same bytes. */
function encode({ space, value }: Canonical, epoch: string): Uint8Array {
  // a missing epoch would pass the pattern as the word `undefined`, and part every later report from this one
  if (typeof epoch !== 'string' || !/^[a-z0-9-]{1,32}$/.test(epoch))
    throw new HouseError(
      'invalid',
      'the epoch of a matching key is written in small letters, digits and hyphens',
    )
  return new TextEncoder().encode(`firebreak/match/v1|${space}|${epoch}|${value}`)
}
