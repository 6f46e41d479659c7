import { random } from '../screen/generate.ts'
import type { Truth } from './measure.ts'

/** A bank whose accounts act by AMLSim's models of behaviour; written from its paper, no line of its code. */
export interface BankOptions {
  readonly accounts: number
  readonly days: number
  /** Alerts of each of the eight patterns; 0 makes a bank with nothing hidden. */
  readonly each: number
  /** Patterns of the same shapes that are legitimate (`is_sar` false), of each kind. */
  readonly alike: number
  readonly members: readonly [number, number]
  readonly period: readonly [number, number]
  readonly amounts: readonly [number, number]
  readonly alertAmounts: readonly [number, number]
  readonly seed: number
}

export interface LabelledBook {
  readonly csv: string
  readonly truth: Truth
  readonly innocent: Truth
}

interface Bank extends BankOptions {
  readonly next: () => number
  /** A whole number from `a` to `b`. */
  readonly between: (a: number, b: number) => number
  readonly amount: (of: readonly [number, number]) => number
  readonly pay: (day: number, from: number, to: number, amount: number) => void
  /** Who knows whom: the payees of each account, by power law. */
  readonly payees: readonly (readonly number[])[]
  readonly payers: readonly (readonly number[])[]
}

const range = (n: number) => [...Array(Math.max(0, n)).keys()]

/** Stubs dealt out by a power law, and joined at random: a few accounts know a hundred, most know five to ten. */
function graph(accounts: number, next: () => number): number[][] {
  const stubs = () =>
    range(accounts).flatMap(
      (id) => Array(Math.min(120, Math.ceil(3 / (1 - next()) ** 0.6))).fill(id) as number[],
    )
  const [out, into] = [stubs(), stubs()]
  const payees = range(accounts).map(() => new Set<number>())
  for (const from of out) {
    const at = Math.floor(next() * into.length)
    const to = into[at] ?? 0
    into[at] = into[into.length - 1] ?? 0
    if (into.length > 1) into.pop()
    if (to !== from) payees[from]?.add(to)
  }
  return payees.map((it) => [...it])
}

type Model = (it: Bank, account: number) => void

/** Days on which a model acts: every so often, from a day of its own. */
function moments(it: Bank): number[] {
  const every = it.between(5, 24)
  const from = it.between(0, every - 1)
  return range(Math.ceil((it.days - from) / every)).map((n) => from + n * every)
}
const some = (it: Bank, from: readonly number[], most: number) =>
  [...from].sort(() => it.next() - 0.5).slice(0, it.between(2, most))

const MODELS: Readonly<Record<string, Model>> = {
  single: (it, account) => {
    const to = it.payees[account]?.[0]
    if (to !== undefined) it.pay(it.between(0, it.days - 1), account, to, it.amount(it.amounts))
  },
  fan_out: (it, account) => {
    const all = some(it, it.payees[account] ?? [], 20)
    for (const [n, day] of moments(it).entries())
      it.pay(day, account, all[n % all.length] ?? account, it.amount(it.amounts))
  },
  fan_in: (it, account) => {
    const all = some(it, it.payers[account] ?? [], 20)
    for (const [n, day] of moments(it).entries())
      it.pay(day, all[n % all.length] ?? account, account, it.amount(it.amounts))
  },
  forward: (it, account) => {
    const [from, to] = [it.payers[account]?.[0], it.payees[account]?.[0]]
    if (from === undefined || to === undefined) return
    for (const day of moments(it)) {
      const amount = it.amount(it.amounts)
      it.pay(day, from, account, amount)
      it.pay(day + it.between(1, 4), account, to, amount)
    }
  },
  mutual: (it, account) => {
    const other = it.payees[account]?.at(-1)
    if (other === undefined) return
    for (const day of moments(it)) {
      const amount = it.amount(it.amounts)
      it.pay(day, account, other, amount)
      it.pay(day + it.between(3, 20), other, account, amount)
    }
  },
  periodical: (it, account) => {
    const to = it.payees[account]?.[1]
    if (to === undefined) return
    const amount = it.amount(it.amounts)
    for (const day of moments(it)) it.pay(day, account, to, amount)
  },
}

interface Alert {
  readonly members: readonly number[]
  readonly from: number
  readonly period: number
  readonly sum: number
}
type Pattern = (it: Bank, alert: Alert) => void

/** A day of the alert, `share` of its period after the start. */
const at = ({ from, period }: Alert, share: number) => from + Math.floor(share * period)
/** What is left of a sum after `hops`, each of which keeps a tenth. */
const less = (sum: number, hops: number) => sum * 0.9 ** hops
const cut = <T>(all: readonly T[], parts: number, nth: number) =>
  all.slice(Math.floor((all.length * nth) / parts), Math.floor((all.length * (nth + 1)) / parts))

function across(it: Bank, alert: Alert, parts: number): void {
  for (const level of range(parts - 1))
    for (const from of cut(alert.members, parts, level))
      for (const to of cut(alert.members, parts, level + 1))
        it.pay(at(alert, (level + it.next()) / (parts - 1)), from, to, it.amount(it.alertAmounts))
}

const PATTERNS: Readonly<Record<string, Pattern>> = {
  fan_in: (it, alert) => {
    const [hub = 0, ...rest] = alert.members
    for (const from of rest) it.pay(at(alert, it.next()), from, hub, it.amount(it.alertAmounts))
  },
  fan_out: (it, alert) => {
    const [hub = 0, ...rest] = alert.members
    for (const to of rest) it.pay(at(alert, it.next()), hub, to, it.amount(it.alertAmounts))
  },
  cycle: (it, alert) => {
    const { members } = alert
    for (const [n, from] of members.entries())
      it.pay(at(alert, n / members.length), from, members[(n + 1) % members.length] ?? 0, less(alert.sum, n))
  },
  random: (it, alert) => {
    let holder = alert.members[0] ?? 0
    for (const n of range(alert.members.length)) {
      const to = alert.members[it.between(0, alert.members.length - 1)] ?? 0
      if (to !== holder) it.pay(at(alert, n / alert.members.length), holder, to, it.amount(it.alertAmounts))
      holder = to
    }
  },
  bipartite: (it, alert) => across(it, alert, 2),
  stack: (it, alert) => across(it, alert, 3),
  scatter_gather: (it, alert) => {
    const [from = 0, to = 0, ...middle] = alert.members
    for (const waist of middle) {
      it.pay(at(alert, 0.5 * it.next()), from, waist, alert.sum)
      it.pay(at(alert, 0.5 + 0.5 * it.next()), waist, to, less(alert.sum, 1))
    }
  },
  gather_scatter: (it, alert) => {
    const [hub = 0, ...rest] = alert.members
    const [before, after] = [cut(rest, 2, 0), cut(rest, 2, 1)]
    for (const from of before) it.pay(at(alert, 0.5 * it.next()), from, hub, alert.sum)
    for (const to of after)
      it.pay(at(alert, 0.5 + 0.5 * it.next()), hub, to, (less(alert.sum, 1) * before.length) / after.length)
  },
}

function hide(it: Bank, times: number): Truth {
  const marks = new Map<string, Set<string>>()
  if (times === 0) return marks
  for (const [kind, pattern] of Object.entries(PATTERNS)) {
    const found = new Set<string>()
    marks.set(kind, found)
    for (const _ of range(times)) {
      const size = it.between(...it.members)
      const members = new Set<number>()
      while (members.size < size) members.add(it.between(0, it.accounts - 1))
      const period = it.between(...it.period)
      pattern(it, {
        members: [...members],
        period,
        from: it.between(0, it.days - period - 1),
        sum: it.amount(it.alertAmounts),
      })
      for (const member of members) found.add(String(member))
    }
  }
  return marks
}

/** A book as AMLSim's converter writes it; labels stand in the truth alone. The same seed, the same book. */
export function bank(options: BankOptions): LabelledBook {
  const next = random(options.seed)
  const rows: [number, number, number, number][] = []
  const between = (a: number, b: number) => a + Math.floor(next() * (b - a + 1))
  const payees = graph(options.accounts, next)
  const payers = range(options.accounts).map((): number[] => [])
  for (const [from, all] of payees.entries()) for (const to of all) payers[to]?.push(from)
  const it: Bank = {
    ...options,
    next,
    between,
    payees,
    payers,
    amount: ([low, high]) => low + next() * (high - low),
    pay: (day, from, to, amount) => {
      if (from !== to && day < options.days) rows.push([day, from, to, amount])
    },
  }
  const models = Object.values(MODELS)
  for (const account of range(options.accounts))
    for (const _ of range(between(1, 3))) models[between(0, models.length - 1)]?.(it, account)
  const truth = hide(it, options.each)
  const innocent = hide(it, options.alike)
  const start = Date.UTC(2017, 0, 1)
  const lines = rows
    .map((row, i) => ({ row, i }))
    .sort((a, b) => a.row[0] - b.row[0] || a.i - b.i)
    .map(({ row: [day, from, to, amount] }, i) => {
      const stamp = new Date(start + day * 86_400_000).toISOString().slice(0, 19)
      return `${i + 1},${from},${to},TRANSFER,${amount.toFixed(2)},${stamp}Z`
    })
  return {
    csv: `tran_id,orig_acct,bene_acct,tx_type,base_amt,tran_timestamp\n${lines.join('\n')}\n`,
    truth,
    innocent,
  }
}
