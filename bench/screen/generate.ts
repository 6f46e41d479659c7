import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** A small fast generator with a seed (xorshift32): the same seed gives the same book on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

const RAILS = ['transfer', 'instant', 'card', 'wire', 'cash']

/**
 * Streams a synthetic book as CSV: most payments run between pairs that deal again and again, one in twelve does not,
 * and one in two thousand accounts collects. A year long, in booking order; memory does not grow with `rows`.
 */
export async function generate(path: string, { rows, seed }: { rows: number; seed: number }): Promise<void> {
  const next = random(seed)
  const accounts = Math.max(100, Math.round(rows / 20))
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  out.write('transaction_id,booked_at,amount,currency,rail,payer_account,payee_account\n')
  const start = Date.UTC(2026, 0, 1)
  const step = (365 * 86_400_000) / rows
  let lines: string[] = []
  for (let i = 0; i < rows; i++) {
    const payer = Math.floor(next() * accounts)
    const habit = Math.floor(next() * next() * 8)
    const oneOff = next() < 0.08
    const collector = oneOff && next() < 0.02 ? Math.floor(next() * (accounts / 2_000)) * 2_000 : -1
    const payee =
      collector >= 0
        ? collector
        : oneOff
          ? Math.floor(next() * accounts)
          : (payer * 31 + habit * 7_919 + 1) % accounts
    const minor = Math.floor(Math.exp(3 + next() * 6))
    const amount = `${Math.floor(minor)}.${String(Math.floor(next() * 100)).padStart(2, '0')}`
    lines.push(
      `T${i},${new Date(start + i * step).toISOString().slice(0, 19)}Z,${amount},USD,${RAILS[Math.floor(next() * 5)]},A${payer},A${payee}`,
    )
    if (lines.length < 20_000) continue
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
    lines = []
  }
  out.end(lines.length > 0 ? `${lines.join('\n')}\n` : '')
  await finished(out)
}
