import { random } from '../screen/generate.ts'
import type { Truth } from './measure.ts'

/** The eight shapes of AMLSim. */
export const SHAPES = [
  'fan_in',
  'fan_out',
  'cycle',
  'scatter_gather',
  'gather_scatter',
  'bipartite',
  'stack',
  'random',
] as const
type Shape = (typeof SHAPES)[number]

export interface Habits {
  readonly accounts: number
  readonly days: number
  /** Share of an account's ordinary payees that it pays only once. */
  readonly once: number
  /** Shapes of each kind hidden in the book; 0 makes an ordinary book. */
  readonly each: number
  /** What is left of an amount from hop to hop; null for amounts that have nothing to do with each other. */
  readonly keep: number | null
  readonly seed: number
}

interface Step {
  readonly from: number
  readonly to: number
  /** Place in the order of the shape, from 0. */
  readonly stage: number
  readonly hop: number
}

const range = (n: number) => [...Array(n).keys()]

/** Who pays whom in a shape of `k` accounts, written by the shape's definition; not taken from a simulator's code. */
function steps(shape: Shape, k: number): Step[] {
  const middle = range(k - 2).map((i) => i + 2)
  const half = Math.floor(k / 2)
  const third = Math.max(2, Math.floor(k / 3))
  const between = (a: number[], b: number[], hop: number) =>
    a.flatMap((from) => b.map((to) => ({ from, to, stage: hop * 100 + from + to, hop })))
  const others = range(k - 1).map((i) => i + 1)
  if (shape === 'fan_in') return others.map((from, stage) => ({ from, to: 0, stage, hop: 0 }))
  if (shape === 'fan_out') return others.map((to, stage) => ({ from: 0, to, stage, hop: 0 }))
  if (shape === 'cycle') return range(k).map((from) => ({ from, to: (from + 1) % k, stage: from, hop: from }))
  if (shape === 'random') return range(k - 1).map((from) => ({ from, to: from + 1, stage: from, hop: from }))
  if (shape === 'scatter_gather') return [...between([0], middle, 0), ...between(middle, [1], 1)]
  if (shape === 'gather_scatter')
    return [...between(others.slice(0, half), [0], 0), ...between([0], others.slice(half), 1)]
  if (shape === 'bipartite') return between(range(half), range(k).slice(half), 0)
  return [
    ...between(range(third), range(2 * third).slice(third), 0),
    ...between(range(2 * third).slice(third), range(3 * third).slice(2 * third), 1),
  ]
}

/** A book in the columns of an AMLSim export and the accounts of each hidden shape; the same seed, the same book. */
export function simulate(habits: Habits): { csv: string; truth: Truth } {
  const next = random(habits.seed)
  const pick = (n: number) => Math.floor(next() * n)
  const rows: [number, number, number, number][] = []
  for (const payer of range(habits.accounts)) {
    const usual = 500 + next() * 4_500
    for (const _ of range(1 + pick(4))) {
      const payee = (payer + 1 + pick(habits.accounts - 1)) % habits.accounts
      if (next() < habits.once) rows.push([pick(habits.days), payer, payee, usual * (0.2 + next())])
      else
        for (let day = pick(14), every = 7 + pick(24); day < habits.days; day += every)
          rows.push([day, payer, payee, usual * (0.8 + 0.4 * next())])
    }
  }
  const truth = new Map<string, Set<string>>()
  for (const shape of SHAPES)
    for (const _ of range(habits.each)) {
      const k = 6 + pick(6)
      const members = range(k).map(() => pick(habits.accounts))
      const [start, span, sum] = [pick(habits.days / 2), 10 + pick(40), 500 + next() * 4_500]
      const plan = steps(shape, k)
      const last = Math.max(...plan.map((it) => it.stage)) + 1
      for (const { from, to, stage, hop } of plan) {
        const [payer = 0, payee = 0] = [members[from], members[to]]
        const amount = habits.keep === null ? 200 + next() * 4_500 : sum * habits.keep ** hop
        rows.push([start + Math.floor((stage / last) * span), payer, payee, amount])
        const found = truth.get(shape) ?? truth.set(shape, new Set()).get(shape)
        for (const it of [payer, payee]) found?.add(String(it))
      }
    }
  const sorted = rows.map((row, i) => ({ row, i })).sort((a, b) => a.row[0] - b.row[0] || a.i - b.i)
  const lines = sorted.map(
    ({ row: [day, from, to, amount] }, i) => `${i},${from},${to},TRANSFER,${amount.toFixed(2)},${day}`,
  )
  return { csv: `tran_id,orig_acct,bene_acct,tx_type,amount,day\n${lines.join('\n')}\n`, truth }
}
