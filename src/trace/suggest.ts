import { idOf, type Journal, NOBODY, paidIn, receivedIn, receivedMinor, whenOf } from './journal.ts'
import type { Direction, When } from './outcome.ts'

const plain = (name: string) => name.replace(/[\s.\-_]/g, '').toUpperCase()

/** At most `most` accounts whose name has what was typed in it; those that begin with it first. */
export function accountsLike({ accounts }: Journal, typed: string, most: number): string[] {
  const wanted = plain(typed)
  if (wanted === '') return []
  const [begin, have]: [string[], string[]] = [[], []]
  for (const name of accounts) {
    const place = plain(name).indexOf(wanted)
    if (place === 0) begin.push(name)
    else if (place > 0 && have.length < most) have.push(name)
    if (begin.length === most) break
  }
  return [...begin, ...have].slice(0, most)
}

interface Payment {
  readonly transaction: string
  readonly at: When
  readonly minor: number
  readonly currency: string
  readonly other: string | null
}

/** The largest payments out of an account, or into it backward, in booking order. */
export function paymentsOf(
  journal: Journal,
  name: string,
  options: { direction: Direction; most: number },
): Payment[] {
  const account = journal.accountNumber?.(name) ?? journal.accounts.indexOf(name)
  if (account < 0) return []
  const out = options.direction === 'forward'
  const { payer, payee, starts, touching } = journal
  const rows = [...touching.subarray(starts[account], starts[account + 1])].filter(
    (row) => (out ? payer : payee)[row] === account,
  )
  const minorOf = (row: number) => (out ? (journal.minor[row] as number) : receivedMinor(journal, row))
  const largest = rows.sort((a, b) => minorOf(b) - minorOf(a) || a - b).slice(0, options.most)
  return largest
    .sort((a, b) => a - b)
    .map((row) => {
      const other = (out ? payee : payer)[row] as number
      return {
        transaction: idOf(journal, row),
        at: whenOf(journal, row),
        minor: minorOf(row),
        currency: journal.currencies[(out ? paidIn : receivedIn)(journal, row)] ?? '',
        other: other === NOBODY ? null : (journal.accounts[other] ?? null),
      }
    })
}
