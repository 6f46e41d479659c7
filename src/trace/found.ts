import type { Hops } from './followed.ts'
import { idOf, type Journal, NOBODY, paidIn, whenOf } from './journal.ts'
import type { Changed, Held, Hop, Total } from './outcome.ts'

/** What was found in one direction, as people read it. */
export interface Found {
  readonly held: readonly Held[]
  readonly totals: readonly Total[]
  readonly changed: readonly Changed[]
  readonly hops: readonly Hop[]
  readonly hopsBelowOne: number
  readonly unspent: number
}

/** The payments as people read them; those that carry nothing to speak of are only counted. */
export function hopsOf(
  journal: Journal,
  { rows, minors, depths }: Hops,
): Pick<Found, 'hops' | 'hopsBelowOne'> {
  const hops: Hop[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if (minors[i] === 0) continue
    hops.push({
      row,
      transaction: idOf(journal, row),
      at: whenOf(journal, row),
      from: nameOf(journal, journal.payer[row] as number),
      to: nameOf(journal, journal.payee[row] as number),
      minor: minors[i] as number,
      amount: journal.minor[row] as number,
      currency: journal.currencies[paidIn(journal, row)] ?? '',
      depth: depths[i] as number,
    })
  }
  return { hops, hopsBelowOne: rows.length - hops.length }
}

export const nameOf = (journal: Journal, account: number) =>
  account === NOBODY ? null : (journal.accounts[account] ?? null)
