/** What was stolen: the first `minor` units that leave `account` in `currency` from row `row` on. */
export interface Seed {
  readonly account: number
  readonly currency: number
  readonly minor: number
  /** The first row that counts. */
  readonly row: number
}

/** Where stolen money came to an account in one currency; `T` is an amount of it. */
export interface Place<T> {
  readonly account: number
  readonly currency: number
  /** What is there in the end, and of that what was followed no further though it may have left. */
  readonly stolen: T
  readonly stays: T
  /** Fewest payments by which it came here; infinite where none did. */
  readonly hops: number
  /** Rows of the first payment that brought some and of the last; -1 where none did. */
  readonly firstRow: number
  readonly lastRow: number
}

/** Payments that carried stolen money, in booking order, one place of each column a payment. */
export interface Hops {
  readonly rows: number[]
  /** Minor units as people read them. */
  readonly minors: number[]
  readonly depths: number[]
}

/** Stolen money that changed its currency: what was given in `out`, and what came back in `back` for it. */
export interface Conversion<T> {
  readonly out: number
  readonly back: number
  readonly gave: T
  readonly got: T
}

export interface Followed<T> {
  readonly places: readonly Place<T>[]
  /** Stolen money that was never paid out: it is where it was. */
  readonly unspent: T
  /** By currency, as a place in the journal's `currencies`. */
  readonly lost: ReadonlyMap<number, T>
  readonly returned: ReadonlyMap<number, T>
  readonly conversions: readonly Conversion<T>[]
  readonly hops: Hops
}
