/** Whole minor units: as numbers where no balance passes 2^53, which is nearly always, as bigints where one does. */
export interface Whole<N extends number | bigint> {
  readonly zero: N
  readonly of: (it: number | bigint) => N
  readonly add: (a: N, b: N) => N
  readonly less: (a: N, b: N) => N
}

export const NUMBERS: Whole<number> = {
  zero: 0,
  of: Number,
  add: (a, b) => a + b,
  less: (a, b) => a - b,
}

export const BIGINTS: Whole<bigint> = {
  zero: 0n,
  of: BigInt,
  add: (a, b) => a + b,
  less: (a, b) => a - b,
}
