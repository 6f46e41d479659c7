import type { Counting } from './rule.ts'

/** Where units stand among all that came into an account in one currency: the first that ever came is 0. */
export interface Before {
  /** Units that had come in, and of those the units that had left, before a row. */
  readonly came: number
  readonly left: number
}

/** How one rule says backward which earlier payments a payment was made of; the mirror image of `Rule`. */
export interface BackRule<D, W, T> extends Omit<Counting<T>, 'scale'> {
  /** An account of which nothing is asked. */
  readonly open: () => D
  readonly asks: (of: D) => boolean
  /** What is asked of a payment that came in. */
  readonly draw: (of: D, minor: number, before: Before) => W
  /** Asks for units of the payment, the last ones first, at most `upTo`; says how many. */
  readonly decree: (part: W, minor: number, upTo: T) => T
  /** Hands what is asked of a payment to its payer; says how much was money that the payer had from elsewhere. */
  readonly supply: (of: D, part: W, it: { readonly minor: number; readonly before: Before }) => T
  readonly carried: (part: W) => T
  readonly convert: (part: W, from: number, to: number) => W
}
