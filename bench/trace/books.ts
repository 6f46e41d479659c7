import { NOBODY } from '../../src/trace/journal.ts'

/** A synthetic ledger as columns: the same numbers for the same seed, on every machine. */
export interface Made {
  readonly rows: number
  readonly accounts: number
  readonly payer: Uint32Array
  readonly payee: Uint32Array
  readonly minor: Float64Array
  readonly at: Float64Array
}

/** mulberry32, public domain (Tommy Ettinger): 32 bits a call, enough for a bench. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const START = Date.UTC(2026, 0, 1)
const DAYS = 120

/**
 * One account for every ten payments; one payment in ten goes to a merchant (one account in a thousand is one), one in fifty
 * is cash paid out; amounts from 1.00 to about 20,000.00, small ones far more often.
 */
export function makeBook(rows: number, seed = 5): Made {
  const next = random(seed)
  const accounts = Math.max(10, Math.floor(rows / 10))
  const merchants = Math.max(1, Math.floor(accounts / 1_000))
  const [payer, payee] = [new Uint32Array(rows), new Uint32Array(rows)]
  const [minor, at] = [new Float64Array(rows), new Float64Array(rows)]
  const step = (DAYS * 86_400_000) / rows
  for (let row = 0; row < rows; row++) {
    const kind = next()
    payer[row] = Math.floor(next() * accounts)
    payee[row] =
      kind < 0.02 ? NOBODY : kind < 0.12 ? Math.floor(next() * merchants) : Math.floor(next() * accounts)
    minor[row] = Math.floor(100 * Math.exp(next() * 9.9))
    at[row] = Math.floor(START + row * step)
  }
  return { rows, accounts, payer, payee, minor, at }
}

export interface Question {
  readonly account: number
  readonly at: number
  readonly minor: number
}

/** Questions about accounts that pay at least once in the second half of the book. */
export function questions({ rows, payer, payee, minor, at }: Made, count: number, seed = 11): Question[] {
  const next = random(seed)
  return Array.from({ length: count }, () => {
    let row = Math.floor(rows / 2 + (next() * rows) / 4)
    while (payee[row] === NOBODY || payer[row] === payee[row]) row++
    return {
      account: payer[row] as number,
      at: at[row] as number,
      minor: Math.max(1_000, minor[row] as number),
    }
  })
}

/** Payments after which every engine stops. */
export const HOPS = 4
