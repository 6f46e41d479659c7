import { type Journal, NOBODY, paidIn, receivedIn } from './journal.ts'

/**
 * Pairs of rows that look like the two legs of one change of currency: somebody pays an account, and that account pays them
 * back in another currency within the time. Each row is in one pair at most; of several the earliest.
 * Not  certain: two people may simply have paid each other. It is for a person to say that it was an exchange.
 */
export function exchangesWithin(journal: Journal, within: number): [out: number, back: number][] {
  const pairs: [number, number][] = []
  const open = new Map<number, number[]>()
  const keyOf = (from: number, to: number) => from * journal.accounts.length + to
  for (let row = 0; row < journal.rows; row++) {
    const [from, to] = [journal.payer[row] as number, journal.payee[row] as number]
    if (from === NOBODY || to === NOBODY || from === to) continue
    const at = journal.at[row] as number
    const paid = open.get(keyOf(to, from))?.filter((out) => at - (journal.at[out] as number) <= within)
    const out = paid?.find((it) => receivedIn(journal, it) !== paidIn(journal, row))
    if (out !== undefined) pairs.push([out, row])
    if (paid)
      open.set(
        keyOf(to, from),
        paid.filter((it) => it !== out),
      )
    if (out !== undefined) continue
    const mine = open.get(keyOf(from, to)) ?? []
    mine.push(row)
    open.set(keyOf(from, to), mine)
  }
  return pairs
}

/** How many of these rows may be the first leg of an exchange within the time. */
export function countPossible(journal: Journal, rows: readonly number[], within: number): number {
  return rows.filter((row) => {
    const [from, to] = [journal.payer[row] as number, journal.payee[row] as number]
    if (from === NOBODY || to === NOBODY) return false
    const until = (journal.at[row] as number) + within
    for (let i = journal.starts[to] as number; i < (journal.starts[to + 1] as number); i++) {
      const back = journal.touching[i] as number
      if (back <= row) continue
      if ((journal.at[back] as number) > until) return false
      if (
        journal.payer[back] === to &&
        journal.payee[back] === from &&
        paidIn(journal, back) !== receivedIn(journal, row)
      )
        return true
    }
    return false
  }).length
}
