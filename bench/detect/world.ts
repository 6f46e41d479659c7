import { random } from '../screen/generate.ts'
import type { LabelledBook } from './models.ts'

/** A world of banks in several countries: the kinds of payment of SAML-D and AMLworld, written from their papers, no line of their code. */
export interface WorldOptions {
  readonly people: number
  readonly days: number
  /** Laundering attempts of each kind; 0 makes a world with nothing hidden. */
  readonly each: number
  readonly seed: number
}

type Way =
  | 'ACH'
  | 'Cheque'
  | 'Credit card'
  | 'Debit card'
  | 'Cross-border'
  | 'Cash Deposit'
  | 'Cash Withdrawal'
interface Holder {
  readonly id: string
  readonly land: string
  readonly money: string
  /** What such a holder usually moves at once, in dollars. */
  readonly size: number
}
interface World {
  readonly days: number
  readonly people: readonly Holder[]
  readonly firms: readonly Holder[]
  readonly next: () => number
  readonly between: (a: number, b: number) => number
  readonly about: (median: number, width: number) => number
  readonly one: <T>(from: readonly T[]) => T
  readonly different: (n: number, from: readonly Holder[]) => Holder[]
  /** `day` from 0 with the hour as a fraction; the amount in dollars. */
  readonly pay: (day: number, from: Holder, to: Holder, amount: number, way?: Way) => void
}

interface Payment {
  readonly at: number
  readonly from: Holder
  readonly to: Holder
  readonly amount: number
  readonly way: string
}

const LANDS: readonly (readonly [string, string, number])[] = [
  ['UK', 'UK pounds', 0.78],
  ['UK', 'UK pounds', 0.78],
  ['UK', 'UK pounds', 0.78],
  ['USA', 'US dollar', 1],
  ['Germany', 'Euro', 0.92],
  ['UAE', 'Dirham', 3.67],
  ['Turkey', 'Turkish lira', 32],
  ['Nigeria', 'Naira', 1_450],
]
const RATES = new Map(LANDS.map(([, money, rate]) => [money, rate] as const))
const range = (n: number) => [...Array(Math.max(0, Math.floor(n))).keys()]
const every = (it: World, days: number) => {
  const from = it.next() * days
  return range((it.days - from) / days + 1).map((n) => Math.min(it.days - 0.1, from + n * days + it.next()))
}

/** Wages, cards, rent, and what firms buy. */
function trade(it: World): void {
  for (const person of it.people) {
    const [firm, shops, home] = [
      it.one(it.firms),
      it.different(it.between(2, 6), it.firms),
      it.one(it.people),
    ]
    const wage = it.about(2_400, 0.5)
    if (it.next() < 0.7) for (const day of every(it, 30)) it.pay(day, firm, person, wage, 'ACH')
    if (it.next() < 0.5) for (const day of every(it, 30)) it.pay(day, person, home, wage * 0.3, 'Debit card')
    for (const day of every(it, 6 + 10 * it.next()))
      it.pay(day, person, it.one(shops), it.about(60, 0.9), it.next() < 0.5 ? 'Credit card' : 'Debit card')
  }
  for (const firm of it.firms)
    for (const supplier of it.different(it.between(2, 9), it.firms))
      for (const day of every(it, 10 + 30 * it.next()))
        it.pay(day, firm, supplier, it.about(firm.size, 0.8), it.next() < 0.4 ? 'Cheque' : 'ACH')
}

/** The ordinary shapes of SAML-D: single, small fans, groups, mutual, forward, periodical, cash, abroad. */
function amongPeople(it: World): void {
  const few = () => it.people.filter(() => it.next() < 0.12)
  for (const person of few())
    it.pay(it.next() * it.days, person, it.one(it.people), it.about(person.size * 3, 1))
  for (const person of few())
    for (const to of it.different(it.between(2, 6), it.people))
      it.pay(it.next() * it.days, person, to, it.about(person.size, 0.7))
  for (const person of few())
    for (const from of it.different(it.between(2, 6), it.people))
      it.pay(it.next() * it.days, from, person, it.about(person.size, 0.7))
  for (const _ of range(it.people.length / 60)) {
    const group = it.different(it.between(3, 7), it.people)
    for (const day of every(it, 8)) it.pay(day, it.one(group), it.one(group), it.about(45, 0.7))
  }
  for (const person of few()) {
    const [other, sum, day] = [it.one(it.people), it.about(300, 0.8), it.next() * it.days * 0.7]
    it.pay(day, person, other, sum)
    it.pay(day + 3 + 30 * it.next(), other, person, sum)
  }
  for (const person of few()) {
    const [from, to, sum] = [it.one(it.firms), it.one(it.people), it.about(500, 0.7)]
    for (const day of every(it, 30)) {
      it.pay(day, from, person, sum)
      it.pay(day + 0.2 + it.next(), person, to, sum * 0.95)
    }
  }
}

function cashAndAbroad(it: World): void {
  for (const person of it.people) {
    if (it.next() < 0.15)
      for (const day of every(it, 14 + 30 * it.next()))
        it.pay(day, person, it.one(it.people), it.about(120, 0.5), 'Cash Withdrawal')
    if (it.next() < 0.08)
      for (const day of every(it, 20 + 30 * it.next()))
        it.pay(day, it.one(it.people), person, it.about(400, 0.8), 'Cash Deposit')
    if (it.next() > 0.06) continue
    const family = it.one(it.people)
    for (const day of every(it, 30)) it.pay(day, person, family, it.about(250, 0.4), 'Cross-border')
  }
}

interface Attempt {
  readonly from: number
  readonly sum: number
  readonly some: (least: number, most: number) => Holder[]
  readonly firms: (n: number) => Holder[]
}
type Scheme = (it: World, at: Attempt) => void

/** From each of one side to each of the other, or to one of them, within `days`. */
function flow(
  it: World,
  from: readonly Holder[],
  to: readonly Holder[],
  { day, days, sum }: { day: number; days: number; sum: number },
): void {
  for (const a of from) for (const b of to) it.pay(day + days * it.next(), a, b, it.about(sum, 0.25))
}
const halves = <T>(all: readonly T[]): [T[], T[]] => [all.slice(0, all.length / 2), all.slice(all.length / 2)]

const SHAPES: Readonly<Record<string, Scheme>> = {
  'layered fan-in': (it, { from, sum, some }) => {
    const [top, ...middle] = some(3, 5)
    for (const hub of middle) flow(it, some(3, 6), [hub], { day: from, days: 5, sum })
    if (top) flow(it, middle, [top], { day: from + 6, days: 4, sum: sum * 4 })
  },
  'layered fan-out': (it, { from, sum, some }) => {
    const [top, ...middle] = some(3, 5)
    if (top) flow(it, [top], middle, { day: from, days: 3, sum: sum * 4 })
    for (const hub of middle) flow(it, [hub], some(3, 6), { day: from + 4, days: 5, sum })
  },
  'gather-scatter': (it, { from, sum, some }) => {
    const [hub, ...rest] = some(7, 15)
    const [before, after] = halves(rest)
    if (!hub) return
    flow(it, before, [hub], { day: from, days: 6, sum })
    flow(it, [hub], after, { day: from + 6, days: 4, sum: sum * 0.95 })
  },
  'scatter-gather': (it, { from, sum, some }) => {
    const [source, sink, ...middle] = some(6, 13)
    if (!source || !sink) return
    for (const waist of middle) {
      const part = it.about(sum, 0.3)
      it.pay(from + 3 * it.next(), source, waist, part)
      it.pay(from + 3 + 4 * it.next(), waist, sink, part * (0.9 + 0.08 * it.next()))
    }
  },
  bipartite: (it, { from, sum, some }) => {
    const [a, b] = halves(some(6, 10))
    for (const payer of a)
      flow(
        it,
        [payer],
        b.filter(() => it.next() < 0.8),
        { day: from, days: 8, sum },
      )
  },
  'stacked bipartite': (it, { from, sum, some }) => {
    const layers = [some(3, 4), some(3, 4), some(3, 4)]
    for (const n of [0, 1])
      flow(it, layers[n] ?? [], layers[n + 1] ?? [], { day: from + n * 7, days: 6, sum })
  },
  cycle: (it, { from, sum, some }) => {
    const round = some(3, 8)
    for (const [n, holder] of round.entries())
      it.pay(
        from + n * (0.4 + it.next()),
        holder,
        round[(n + 1) % round.length] ?? holder,
        sum * 6 * 0.96 ** n,
      )
  },
}

const CASH: Readonly<Record<string, Scheme>> = {
  structuring: (it, { from, some }) => {
    const [a, b] = some(2, 2)
    if (a && b)
      for (const _ of range(it.between(5, 12)))
        it.pay(from + 9 * it.next(), a, b, 8_000 + 1_900 * it.next(), 'Cash Deposit')
  },
  smurfing: (it, { from, some }) => {
    const [hub, ...smurfs] = some(6, 14)
    if (!hub) return
    for (const smurf of smurfs)
      for (const _ of range(it.between(1, 3)))
        it.pay(from + 10 * it.next(), smurf, hub, 500 + 2_400 * it.next(), 'Cash Deposit')
    it.pay(from + 12, hub, it.one(it.firms), smurfs.length * 3_000, 'ACH')
  },
  'deposit-send': (it, { from, sum, some }) => {
    const [depositor, mule, abroad] = some(3, 3)
    if (!depositor || !mule || !abroad) return
    for (const n of range(it.between(3, 6))) {
      const part = it.about(sum * 2, 0.3)
      it.pay(from + n * 2, depositor, mule, part, 'Cash Deposit')
      it.pay(from + n * 2 + 0.1 + 0.6 * it.next(), mule, abroad, part * 0.97, 'Cross-border')
    }
  },
  'cash withdrawal': (it, { from, sum, some }) => {
    const [source, mule, outlet] = some(3, 3)
    if (!source || !mule || !outlet) return
    for (const n of range(it.between(2, 4))) {
      it.pay(from + n * 4, source, mule, sum * 3)
      for (const k of range(5))
        it.pay(from + n * 4 + 0.3 + k * 0.4, mule, outlet, sum * 0.57, 'Cash Withdrawal')
    }
  },
  'over-invoicing': (it, { from, firms }) => {
    const [a, b] = firms(2)
    if (!a || !b) return
    for (const n of range(it.between(3, 7)))
      it.pay(from + n * 5, a, b, it.about(a.size * 9, 0.3), 'Cross-border')
  },
  'behavioural change': (it, { from, sum, some }) => {
    const [holder, ...others] = some(5, 10)
    for (const [n, other] of others.entries())
      if (holder) it.pay(from + n * 0.8, holder, other, sum * 3 * (1 + n * 0.3), 'Cross-border')
  },
}

/** A book in SAML-D's columns, without its two columns of labels; the same seed, the same book. */
export function world({ people, days, each, seed }: WorldOptions): LabelledBook {
  const next = random(seed)
  const between = (a: number, b: number) => a + Math.floor(next() * (b - a + 1))
  const one = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T
  // a sum of three uniform numbers is near enough to a bell
  const about = (median: number, width: number) =>
    median * Math.exp(width * (next() + next() + next() - 1.5) * 2)
  const rows: Payment[] = []
  const holder = (id: number, median: number): Holder => {
    const [land, money] = one(LANDS)
    return { id: String(1_000_000_000 + id * 7_919), land, money, size: about(median, 0.8) }
  }
  const it: World = {
    days,
    next,
    between,
    about,
    one,
    people: range(people).map((n) => holder(n, 150)),
    firms: range(people / 10).map((n) => holder(people + n, 1_800)),
    different: (n, from) => {
      const found = new Set<Holder>()
      while (found.size < n) found.add(one(from))
      return [...found]
    },
    pay: (day, from, to, amount, way) => {
      if (from === to || day >= days) return
      const plain = from.land === to.land ? 'ACH' : 'Cross-border'
      rows.push({
        at: Date.UTC(2022, 9, 7) + Math.round(day * 86_400) * 1_000,
        from,
        to,
        amount: Math.max(1, amount),
        way: way ?? plain,
      })
    },
  }
  for (const habit of [trade, amongPeople, cashAndAbroad]) habit(it)
  const truth = new Map<string, Set<string>>()
  for (const [kind, scheme] of Object.entries({ ...SHAPES, ...CASH })) {
    for (const _ of range(each)) {
      const marks = truth.get(kind) ?? new Set()
      const known = (all: Holder[]) => {
        for (const { id } of all) marks.add(id)
        return all
      }
      truth.set(kind, marks)
      scheme(it, {
        from: next() * (days - 30),
        sum: about(900, 0.6),
        some: (least, most) => known(it.different(between(least, most), it.people)),
        firms: (n) => known(it.different(n, it.firms)),
      })
    }
  }
  return { csv: written(rows), truth, innocent: new Map([['firm', new Set(it.firms.map(({ id }) => id))]]) }
}

function written(rows: readonly Payment[]): string {
  const lines = rows
    .map((row, i) => ({ ...row, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ at, from, to, amount, way }) => {
      const [date = '', time = ''] = new Date(at).toISOString().split('T')
      const local = amount * (RATES.get(from.money) ?? 1)
      return `${time.slice(0, 8)},${date},${from.id},${to.id},${local.toFixed(2)},${from.money},${to.money},${from.land},${to.land},${way}`
    })
  return `Time,Date,Sender_account,Receiver_account,Amount,Payment_currency,Received_currency,Sender_bank_location,Receiver_bank_location,Payment_type\n${lines.join('\n')}\n`
}
