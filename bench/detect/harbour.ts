import { random } from '../screen/generate.ts'
import { hide } from './harbour-schemes.ts'
import type { Truth } from './measure.ts'

/*
 * A harbour town's accounts: wages by the week or month, rent, shops, a card acquirer that settles by day, cash
 * machines, suppliers, remitters, online sellers, drivers, savings circles, weddings, collections, a relief fund.
 * Written from AMLSim's published samples and the red flags of FATF and FinCEN, before any look at the rules.
 */
export interface Harbour {
  readonly accounts: number
  readonly days: number
  /** Schemes of each kind; 0 hides nothing. */
  readonly each: number
  /** Local units to one euro: 1 makes a euro book, 27,000 a book in dong. */
  readonly unit: number
  readonly currency: string
  /** Days between pay days. */
  readonly pay: 7 | 14 | 30
  readonly seed: number
}

export interface Town {
  readonly book: Harbour
  readonly next: () => number
  readonly pick: (n: number) => number
  readonly any: <T>(of: readonly T[]) => T
  /** From low to high, small ones more often. */
  readonly skew: (low: number, high: number) => number
  /** `at` is in days from the start, with fractions; `euros` become local units. */
  readonly pay: (at: number, from: number, to: number, euros: number, how?: string) => void
  readonly roles: Roles
  readonly innocent: (habit: string, account: number) => void
}

interface Roles {
  readonly people: readonly number[]
  readonly firms: readonly number[]
  readonly shops: readonly number[]
  readonly utilities: readonly number[]
  readonly remitters: readonly number[]
  readonly cash: readonly number[]
  readonly acquirer: number
  readonly treasury: number
  readonly abroad: readonly number[]
}

const DAY = 86_400_000

export function harbour(book: Harbour): { csv: string; truth: Truth; innocent: Truth } {
  const next = random(book.seed)
  for (let i = 0; i < 20; i++) next()
  const rows: { at: number; line: string }[] = []
  const innocent = new Map<string, Set<string>>()
  const names = shuffled(book.accounts, next)
  const town: Town = {
    book,
    next,
    pick: (n) => Math.floor(next() * n),
    any: (of) => of[Math.floor(next() * of.length)] as (typeof of)[number],
    skew: (low, high) => low + (high - low) * next() ** 3,
    roles: rolesOf(book.accounts),
    pay: (at, from, to, euros, how = 'TRANSFER') => {
      if (at < 0 || at >= book.days || from === to) return
      const step = book.unit >= 1_000 ? 500 : 0.01
      const amount = Math.max(step, Math.round((euros * book.unit) / step) * step)
      const when = new Date(Date.UTC(2023, 4, 2) + Math.floor(at * DAY)).toISOString().slice(0, 19)
      rows.push({
        at,
        line: `${names[from]},${names[to]},${how},${amount.toFixed(2)},${book.currency},${when}Z`,
      })
    },
    innocent: (habit, account) => {
      innocent.set(habit, (innocent.get(habit) ?? new Set()).add(String(names[account])))
    },
  }
  for (const live of [wages, homes, shopping, trade, sellers, kin, circles, occasions, publicMoney])
    live(town)
  const truth = new Map<string, Set<string>>()
  hide(town, (typology, account) => {
    truth.set(typology, (truth.get(typology) ?? new Set()).add(String(names[account])))
  })
  rows.sort((a, b) => a.at - b.at)
  const lines = rows.map((it, i) => `${i + 1},${it.line}`).join('\n')
  return {
    csv: `tran_id,orig_acct,bene_acct,tx_type,base_amt,currency,tran_timestamp\n${lines}\n`,
    truth,
    innocent,
  }
}

function shuffled(n: number, next: () => number): number[] {
  const all = Array.from({ length: n }, (_, i) => 10_000 + i * 7)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[all[i], all[j]] = [all[j] as number, all[i] as number]
  }
  return all
}

const range = (n: number) => Array.from({ length: Math.max(0, Math.floor(n)) }, (_, i) => i)

function rolesOf(n: number): Roles {
  let at = 0
  const take = (k: number) => range(Math.max(1, k)).map(() => at++)
  const [acquirer = 0, treasury = 1] = take(2)
  return {
    acquirer,
    treasury,
    utilities: take(4),
    remitters: take(3),
    cash: take(6),
    abroad: take(n * 0.01),
    firms: take(n * 0.03),
    shops: take(n * 0.05),
    people: range(n - at).map((i) => at + i),
  }
}

/** Office hours for firms, all day and evening for people. */
const office = ({ next }: Town) => 0.35 + next() * 0.35
const waking = ({ next }: Town) => 0.3 + next() * 0.62

function wages(town: Town) {
  const { book, roles, next, any, pick } = town
  const staff = new Map<number, number[]>()
  const weights = roles.firms.map(() => next() ** -0.7)
  const total = weights.reduce((a, b) => a + b, 0)
  for (const person of roles.people) {
    if (next() > 0.68) continue
    let mark = next() * total
    const firm =
      roles.firms.find((_, i) => {
        mark -= weights[i] ?? 0
        return mark <= 0
      }) ?? any(roles.firms)
    staff.set(firm, [...(staff.get(firm) ?? []), person])
  }
  for (const [firm, people] of staff) {
    town.innocent('payroll', firm)
    const every = next() < 0.8 ? book.pay : 30
    const first = pick(every)
    const hour = office(town)
    for (const person of people) {
      const wage = (1_100 + town.skew(0, 5_000)) * (every / 30)
      const [from, to] = next() < 0.85 ? [0, book.days] : [pick(book.days), book.days]
      for (let day = first; day < book.days; day += every)
        if (day >= from && day <= to)
          town.pay(
            day + hour + next() * 0.01,
            firm,
            person,
            wage * (next() < 0.6 ? 1 : 0.9 + next() * 0.3),
            'ACH',
          )
    }
  }
}

function homes(town: Town) {
  const { book, roles, next, any, pick } = town
  const landlords = roles.people.filter(() => next() < 0.025)
  const agencies = roles.firms.slice(0, Math.max(1, Math.floor(roles.firms.length * 0.04)))
  for (const person of roles.people) {
    for (const it of roles.utilities.filter(() => next() < 0.6))
      for (let day = pick(28); day < book.days; day += 30)
        town.pay(day + 0.1, person, it, 15 + next() * 70, 'PAYMENT')
    if (next() > 0.45) continue
    const rent = 300 + town.skew(0, 1_500)
    const to = next() < 0.25 ? any(agencies) : any(landlords)
    town.innocent('rent', to)
    for (let day = pick(5); day < book.days; day += 30) town.pay(day + waking(town), person, to, rent)
  }
  for (const agency of agencies) {
    const owners = range(3 + pick(15)).map(() => any(roles.people))
    for (let day = 8; day < book.days; day += 30)
      for (const it of owners) town.pay(day + office(town), agency, it, 400 + next() * 1_800, 'ACH')
  }
}

function shopping(town: Town) {
  const { book, roles, next, any, pick } = town
  const taken = new Map<number, number[]>()
  const shops = roles.shops.length
  for (const person of roles.people) {
    const mine = range(2 + pick(6)).map(() => roles.shops[Math.floor(next() ** 2.5 * shops)] as number)
    const often = 2 + next() * 9
    const byCard = next() < 0.7
    for (let at = next() * often; at < book.days; at += next() * 2 * often) {
      const shop = next() < 0.85 ? any(mine) : any(roles.shops)
      const sum = 4 + town.skew(0, 260)
      town.pay(Math.floor(at) + waking(town), person, byCard ? roles.acquirer : shop, sum, 'PAYMENT')
      if (!byCard) continue
      const days = taken.get(shop) ?? taken.set(shop, []).get(shop)
      if (days) days[Math.floor(at)] = (days[Math.floor(at)] ?? 0) + sum
    }
    for (let at = next() * 20; at < book.days; at += 8 + next() * 25)
      town.pay(at, person, any(roles.cash), 20 * (1 + pick(15)), 'CASH')
  }
  town.innocent('acquirer', roles.acquirer)
  for (const [shop, days] of taken)
    for (const [day, sum] of days.entries())
      if (sum) town.pay(day + 1.25, roles.acquirer, shop, sum * 0.984, 'ACH')
}

function trade(town: Town) {
  const { book, roles, next, any, pick } = town
  const businesses = [...roles.firms, ...roles.shops]
  for (const firm of businesses)
    for (const supplier of range(2 + pick(5)).map(() => any(next() < 0.8 ? roles.firms : roles.abroad))) {
      const [every, sum] = [7 + pick(40), 200 + town.skew(0, 30_000)]
      for (let at = pick(every); at < book.days; at += every * (0.8 + next() * 0.4))
        town.pay(at + office(town) - (at % 1), firm, supplier, sum * (0.6 + next() * 0.8), 'WIRE')
    }
  // shops bank their takings in cash, and traders who buy of each other in a ring pay round it for months
  for (const shop of roles.shops)
    for (let at = pick(7); at < book.days; at += 5 + pick(5))
      town.pay(at + 0.7, any(roles.cash), shop, 300 + town.skew(0, 6_000), 'CASH')
  for (const _ of range(book.accounts / 1_500)) {
    const ring = range(3 + pick(3)).map(() => any(businesses))
    for (const it of ring) town.innocent('ring of suppliers', it)
    for (let at = pick(20); at < book.days; at += 25 + pick(12))
      for (const [i, it] of ring.entries())
        town.pay(at + i * 2 + office(town), it, ring[(i + 1) % ring.length] as number, 500 + next() * 6_000)
  }
}

function sellers(town: Town) {
  const { book, roles, next, any, pick } = town
  for (const [habit, share, often, sum] of [
    ['online seller', 0.012, 2.5, 60],
    ['driver', 0.01, 0.7, 9],
    ['tutor or hairdresser', 0.015, 3, 35],
  ] as const)
    for (const seller of roles.people.filter(() => next() < share)) {
      town.innocent(habit, seller)
      const regulars = range(habit === 'tutor or hairdresser' ? 15 : 4).map(() => any(roles.people))
      for (let at = next() * 5; at < book.days; at += next() * 2 * often) {
        const payer = habit === 'tutor or hairdresser' || next() < 0.15 ? any(regulars) : any(roles.people)
        town.pay(Math.floor(at) + waking(town), payer, seller, sum * (0.3 + next() * 1.8))
      }
      const supplier = any(roles.shops)
      for (let at = pick(9); at < book.days; at += 6 + pick(9))
        town.pay(at + 0.8, seller, supplier, sum * (1 + next() * 4))
    }
}

function kin(town: Town) {
  const { book, roles, next, any, pick } = town
  for (const person of roles.people) {
    const friends = range(1 + pick(5)).map((i) => (i === 0 ? any(roles.people) : near(town, person)))
    for (let at = next() * 30; at < book.days; at += next() * 34)
      town.pay(Math.floor(at) + waking(town), person, any(friends), 5 + town.skew(0, 400))
    if (next() > 0.07) continue
    // money home: through a remitter, or straight to an account abroad
    const [via, home] = [any(roles.remitters), next() < 0.6 ? near(town, person) : any(roles.abroad)]
    const sum = 80 + next() * 350
    for (let at = pick(14); at < book.days; at += 12 + pick(22)) {
      const sent = sum * (0.7 + next() * 0.6)
      town.pay(at + 0.6, person, via, sent)
      town.pay(at + 0.9 + next(), via, home, sent * 0.97)
    }
  }
  for (const it of roles.remitters) town.innocent('remitter', it)
}

const near = ({ roles, pick }: Town, person: number) => {
  const at = person - (roles.people[0] ?? 0) + 1 + pick(30)
  return roles.people[at % roles.people.length] as number
}

function circles(town: Town) {
  const { book, roles, next, any, pick } = town
  for (const _ of range(book.accounts / 350)) {
    const start = any(roles.people)
    const members = [...new Set(range(8 + pick(7)).map(() => near(town, start)))]
    const [stake, every] = [50 * (1 + pick(6)), next() < 0.5 ? 30 : 14]
    for (const it of members) town.innocent('savings circle', it)
    for (let at = pick(every), turn = 0; at < book.days; at += every, turn++)
      for (const it of members)
        town.pay(at + waking(town) + pick(2), it, members[turn % members.length] as number, stake)
  }
}

function occasions(town: Town) {
  const { book, roles, next, any, pick } = town
  for (const _ of range(book.accounts / 120)) {
    const [host, start] = [any(roles.people), next() * book.days]
    const kind = any(['wedding', 'collection', 'club dues', 'appeal'] as const)
    town.innocent(kind, host)
    const guests = kind === 'appeal' ? 20 + pick(50) : 8 + pick(25)
    const due = 10 + pick(8) * 5
    for (const _ of range(guests)) {
      const from = next() < (kind === 'appeal' ? 0.1 : 0.6) ? near(town, host) : any(roles.people)
      const sum =
        kind === 'club dues' ? due : kind === 'wedding' ? 30 + town.skew(0, 300) : 5 + town.skew(0, 90)
      town.pay(start + next() * (kind === 'wedding' ? 4 : 12), from, host, sum)
    }
    if (kind !== 'appeal') town.pay(start + 10 + next() * 6, host, any(roles.shops), guests * 40)
  }
  // a car or a flat: a loan comes, is paid out the same day or the next
  for (const buyer of roles.people.filter(() => next() < 0.012)) {
    const [at, price] = [next() * book.days, 4_000 + town.skew(0, 60_000)]
    town.innocent('buyer with a loan', buyer)
    town.pay(at, roles.treasury, buyer, price * 0.9, 'WIRE')
    town.pay(at + 0.1 + next() * 1.5, buyer, any(next() < 0.5 ? roles.firms : roles.people), price, 'WIRE')
  }
}

function publicMoney(town: Town) {
  const { book, roles, next, pick } = town
  town.innocent('treasury', roles.treasury)
  for (const person of roles.people) {
    if (next() < 0.12)
      for (let at = pick(10); at < book.days; at += 30)
        town.pay(at + 0.2, roles.treasury, person, 400 + next() * 600, 'ACH')
    if (next() < 0.2) town.pay(next() * book.days, roles.treasury, person, 40 + town.skew(0, 1_500), 'ACH')
  }
}
