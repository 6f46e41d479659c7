/** How a rule counts stolen money; `T` is an amount of it. */
export interface Counting<T> {
  readonly zero: T
  readonly whole: (minor: number) => T
  readonly add: (a: T, b: T) => T
  readonly less: (a: T, b: T) => T
  readonly isZero: (it: T) => boolean
  /** `it` times `to / from`, for money that changes currency. */
  readonly scale: (it: T, to: number, from: number) => T
  /** Minor units as a person reads them: to the nearest. */
  readonly shown: (it: T) => number
  /** Whole minor units for amounts that together make `total`; of equal remainders the lower order (by code unit) is rounded up first. */
  readonly settle: (values: readonly T[], total: T, orderOf: (place: number) => string) => readonly number[]
}

/**
 * One way to say which money of a mixed balance is the stolen money. Courts differ, so there are three.
 * `C` is what an account holds in one currency, `P` what one payment carries, `T` an amount of stolen money.
 */
export interface Rule<C, P, T> extends Counting<T> {
  /** An account that holds only clean money. */
  readonly open: (balance: number | bigint) => C
  readonly balance: (it: C) => number | bigint
  readonly isTainted: (it: C) => boolean
  /** Stolen money that is still there. */
  readonly left: (it: C) => T
  /** Takes a payment out; what the balance lacks comes from outside, clean, and last. */
  readonly take: (from: C, minor: number) => P
  readonly put: (into: C, parcel: P) => void
  readonly putClean: (into: C, minor: number) => void

  readonly carried: (parcel: P) => T
  /** Makes stolen money that has made its last hop clean in the parcel, and says how much it was: it stays with the payee. */
  readonly stop: (parcel: P) => T
  /** Makes clean money of the payment stolen, the first units first, at most `upTo`; says how much. It had made `made` hops before. */
  readonly decree: (parcel: P, upTo: T, made?: number) => T
  /** The fewest hops that stolen money of the payment has made; of no meaning when hops are not counted. */
  readonly fewest: (parcel: P) => number
  /** The payment as its payee receives it in another currency. */
  readonly convert: (parcel: P, to: number) => P
}

export interface RuleOptions {
  /** Payments after which stolen money is followed no further; 0: to the end. */
  readonly limit: number
}
