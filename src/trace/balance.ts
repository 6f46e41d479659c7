import { type Journal, paidIn, receivedIn, receivedMinor } from './journal.ts'

/** Rows of an account in one currency: from `place` to `end`, not included, in the journal's `touching`. */
interface Span {
  readonly account: number
  readonly currency: number
  readonly place: number
  readonly end: number
}

/**
 * What an account holds before its row at `end`.
 * @param span     `out` is the place in the journal's `outs` of its first payment from there on
 * @param opening  what it held at `place`; asked where the journal has no stream
 */
export function balanceAt(
  journal: Journal,
  span: Span & { readonly out: number },
  opening: () => number | bigint,
): number | bigint {
  const { stream, starts, outStarts } = journal
  if (!stream) return cleanBalance(journal, span, BigInt(opening()))
  const { account, end, out } = span
  const came = end > (starts[account] as number) ? (stream.came[end - 1] as number) : 0
  return out > (outStarts[account] as number) ? came - (stream.left[out - 1] as number) : came
}

/** Amounts that came to an account, row by row. */
export function* received(
  journal: Journal,
  { account, currency, place }: Omit<Span, 'end'>,
  end: number,
): Generator<number> {
  for (let at = place; at < end; at++) {
    const row = journal.touching[at] as number
    if (journal.payee[row] === account && receivedIn(journal, row) === currency)
      yield receivedMinor(journal, row)
  }
}

/** What an account holds after its rows from `place` to `end`, when nothing of it is stolen. */
function cleanBalance(journal: Journal, { account, currency, place, end }: Span, opening: bigint): bigint {
  let high = opening
  // added up in numbers while they are exact, carried over into a bigint before they are not
  let low = 0
  const { payer, minor, touching, mixed } = journal
  for (let i = place; i < end; i++) {
    const row = touching[i] as number
    const out = payer[row] === account
    if (!mixed) low += out ? -(minor[row] as number) : (minor[row] as number)
    else {
      if (out && paidIn(journal, row) === currency) low -= minor[row] as number
      if (journal.payee[row] === account && receivedIn(journal, row) === currency)
        low += receivedMinor(journal, row)
    }
    if (low >= 0 && low <= 2 ** 51) continue
    if (low > 0 || high > 0n) high += BigInt(low)
    low = 0
    if (high < 0n) high = 0n
  }
  return high + BigInt(low)
}
