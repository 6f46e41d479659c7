import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

interface Payment {
  readonly at: number
  readonly other: string
  readonly minor: number
}

/**
 * Five rules (many payers, burst after sleep, cash in parts, equal fees, parts below the limit) the way a transaction
 * monitor runs them: each payment is judged when it comes, and history is looked up by index. No windows are kept
 * beyond what a rule asks for. Returns how often a rule fired.
 */
export async function perTransaction(file: string): Promise<number> {
  const into = new Map<string, Payment[]>()
  const outOf = new Map<string, Payment[]>()
  let [fired, first] = [0, true]
  const day = 86_400_000
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (first) {
      first = false
      continue
    }
    const [, when = '', amount = '', , rail, payer = '', payee = ''] = line.split(',')
    const at = Date.parse(when)
    const minor = Math.round(Number(amount) * 100)
    const credits = push(into, payee, { at, other: payer, minor })
    const debits = push(outOf, payer, { at, other: payee, minor })
    const week = since(credits, at - 7 * day)
    if (new Set(week.map((it) => it.other)).size >= 8) fired++
    const before = credits[credits.length - 2]
    if (before && at - before.at >= 90 * day) fired++
    if (rail === 'cash' && minor < 1_000_000 && minor >= 700_000 && since(credits, at - 10 * day).length >= 3)
      fired++
    if (since(credits, at - 60 * day).filter((it) => it.minor === minor).length >= 8) fired++
    if (
      minor < 1_000_000 &&
      minor >= 850_000 &&
      since(debits, at - 7 * day).filter((it) => it.other === payee && it.minor >= 850_000).length >= 3
    )
      fired++
  }
  return fired
}

function push(index: Map<string, Payment[]>, key: string, payment: Payment): Payment[] {
  const list = index.get(key) ?? []
  list.push(payment)
  index.set(key, list)
  return list
}

/** The tail of a time-ordered list, by binary search. */
function since(list: readonly Payment[], from: number): readonly Payment[] {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.at ?? 0) < from) low = middle + 1
    else high = middle
  }
  return list.slice(low)
}
