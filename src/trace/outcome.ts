/** A moment as ISO 8601 in UTC, or the step of a simulation. */
export type When = string | number

export const METHODS = ['fifo', 'haircut', 'poison'] as const
export type Method = (typeof METHODS)[number]
export const DIRECTIONS = ['forward', 'backward'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Stolen money that is in an account when the file ends. */
export interface Held {
  readonly account: string
  readonly minor: number
  readonly currency: string
  /** When stolen money first and last came here; null where it began. */
  readonly firstAt: When | null
  readonly lastAt: When | null
  /** Fewest payments by which it came here. */
  readonly depth: number
  /** Set when the money was seen to leave but was followed no further, because of the limit on hops. */
  readonly followedNoFurther?: true
}

/** One payment that carried stolen money. */
export interface Hop {
  /** Place in booking order, from 0, and how the file calls the row. */
  readonly row: number
  readonly transaction: string
  readonly at: When
  /** Null: the row has no payer, or no payee. */
  readonly from: string | null
  readonly to: string | null
  /** How much of the payment is stolen money, and the whole payment, in minor units. */
  readonly minor: number
  readonly amount: number
  readonly currency: string
  readonly depth: number
}

/** Stolen money that changed its currency; `got` goes on in the other currency's total. */
export interface Changed {
  readonly rows: readonly [out: number, back: number]
  readonly transaction: string
  readonly paidBack: string
  readonly account: string | null
  readonly gave: { readonly minor: number; readonly currency: string }
  readonly got: { readonly minor: number; readonly currency: string }
}

/** In one currency `stolen` is held, lost, returned or changed into another, to the minor unit. */
export interface Total {
  readonly currency: string
  readonly stolen: number
  readonly held: number
  readonly lost: number
  readonly returned: number
  readonly changed: number
}

/** Where the money is (forward), or where it came from (backward: then `held` is whose money it was). */
export interface Trace {
  readonly direction: Direction
  readonly method: Method
  readonly from: string
  readonly at: When
  readonly stolen: { readonly minor: number; readonly currency: string }
  readonly held: readonly Held[]
  /** Minor units in the currency that was stolen; other currencies stand in `totals`. */
  readonly lost: number
  readonly returned: number
  readonly totals: readonly Total[]
  readonly changed: readonly Changed[]
  readonly hops: readonly Hop[]
  /** Payments that carried less than half a minor unit; they count, but are not listed. */
  readonly hopsBelowOne: number
  /** First and last time in the file. */
  readonly file: { readonly begins: When | null; readonly ends: When | null }
  /** What a reader must know: where the file ends, what could not be followed. */
  readonly notes: readonly string[]
}

/** The same trace with the files' own names of the transactions, for journals that are told them afterwards. */
export function withNames(it: Trace, nameOf: (row: number) => string): Trace {
  return {
    ...it,
    hops: it.hops.map((hop) => ({ ...hop, transaction: nameOf(hop.row) })),
    changed: it.changed.map((one) => ({
      ...one,
      transaction: nameOf(one.rows[0]),
      paidBack: nameOf(one.rows[1]),
    })),
  }
}
