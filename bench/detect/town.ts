import { random } from '../screen/generate.ts'
import type { Truth } from './measure.ts'

/** Everyday life of a town for half a year, with a clock; what is hidden in it is scaled by `each`. */
export interface TownOptions {
  readonly people: number
  /** Patterns of each kind; 0 makes an innocent town. */
  readonly each: number
  readonly seed: number
}

export interface Town {
  readonly csv: string
  /** Accounts of each hidden pattern, all members: victims too. */
  readonly truth: Truth
  /** Accounts at the heart of innocent habits that look alike, by habit. */
  readonly innocent: Truth
}

const DAYS = 182
const HOUR = 1 / 24
const START = Date.UTC(2026, 0, 5)
const range = (n: number) => [...Array(Math.max(0, Math.floor(n))).keys()]

interface Street {
  readonly people: number
  readonly next: () => number
  /** A whole number from `a` to `b`. */
  readonly between: (a: number, b: number) => number
  readonly strangers: (n: number) => string[]
  /** `day` from 0, with the hour as a fraction; amounts in major units. */
  readonly pay: (day: number, from: string, to: string, amount: number) => void
  readonly about: (median: number, width: number) => number
  readonly mark: (kind: string, accounts: readonly string[]) => void
}

/** A moment of a day when people are awake. */
const awake = (it: Street, day: number) => Math.floor(day) + (7 + 15 * it.next()) * HOUR

function wagesAndRent(it: Street): void {
  const employers = range(it.people / 60).map((n) => `firm${n}`)
  const landlords = range(it.people / 25).map((n) => `p${it.between(0, it.people - 1)}_let${n}`)
  for (const n of range(it.people)) {
    const firm = employers[Math.floor(it.next() ** 2 * employers.length)] ?? 'firm0'
    const home = landlords[Math.floor(it.next() ** 1.5 * landlords.length)] ?? 'p0_let0'
    const [wage, rent, due] = [it.about(2_100, 0.4), it.about(720, 0.3), it.between(0, 5)]
    for (const month of range(6)) {
      if (it.next() < 0.85)
        it.pay(month * 30.4 + 24 + 9 * HOUR, firm, `p${n}`, wage * (month === 5 ? 1.5 : 1))
      if (n % 3 > 0) it.pay(awake(it, month * 30.4 + due), `p${n}`, home, rent)
    }
  }
  it.mark('employer', employers)
  it.mark('landlord', landlords)
}

function shops(it: Street): void {
  const names = range(it.people / 40).map((n) => `shop${n}`)
  const any = () => names[Math.floor(it.next() ** 1.8 * names.length)] ?? 'shop0'
  for (const n of range(it.people)) {
    const usual = range(it.between(1, 3)).map(any)
    for (let day = it.next() * 9; day < DAYS; day += 3 + it.next() * 14)
      it.pay(
        awake(it, day),
        `p${n}`,
        it.next() < 0.85 ? (usual[it.between(0, usual.length - 1)] ?? any()) : any(),
        it.about(34, 0.8),
      )
  }
  for (const shop of names) {
    const [supplier, share] = [`supplier${it.between(0, 14)}`, it.about(900, 0.6)]
    for (let day = it.next() * 14; day < DAYS; day += 14)
      it.pay(awake(it, day), shop, supplier, share * (0.7 + 0.6 * it.next()))
  }
  it.mark('shop', names)
}

/** Fees that many families pay in the same days, once a term or once a year. */
function feesAndDues(it: Street): void {
  const schools = range(it.people / 500).map((n) => `school${n}`)
  for (const school of schools) {
    const fee = it.about(640, 0.4)
    for (const family of it.strangers(it.between(30, 120))) {
      const yearly = it.next() < 0.4
      it.pay(awake(it, 4 + it.between(0, 12)), family, school, yearly ? fee * 1.9 : fee)
      if (!yearly) it.pay(awake(it, 95 + it.between(0, 12)), family, school, fee)
    }
  }
  const clubs = range(it.people / 300).map((n) => `club${n}`)
  for (const club of clubs) {
    const [dues, day] = [it.between(6, 24) * 10, it.between(0, 150)]
    for (const member of it.strangers(it.between(15, 60)))
      it.pay(awake(it, day + it.between(0, 20)), member, club, dues)
  }
  it.mark('school', schools)
  it.mark('sports club', clubs)
}

/** Rotating savings: each turn all members pay one of them, until everybody has had a turn. */
function savingsClubs(it: Street): void {
  for (const _ of range(it.people / 200)) {
    const members = it.strangers(it.between(7, 13))
    const [part, every, day] = [it.between(4, 40) * 10, it.next() < 0.5 ? 7 : 14, it.between(0, 30)]
    for (const [turn, taker] of members.entries())
      for (const member of members)
        if (member !== taker && day + turn * every < DAYS - 4)
          it.pay(awake(it, day + turn * every + it.between(0, 3)), member, taker, part)
    it.mark('savings club', members)
  }
}

/** A wedding, a funeral, a trip: many give once to one of them, who then pays a bill. */
function collections(it: Street): void {
  for (const _ of range(it.people / 150)) {
    const [host = '', ...guests] = it.strangers(it.between(9, 31))
    const [day, gift] = [it.between(2, DAYS - 20), it.about(45, 0.5)]
    const gifts = guests.map((guest) => {
      const amount = Math.ceil((gift * (0.5 + it.next())) / 5) * 5
      it.pay(awake(it, day + it.between(0, 7)), guest, host, amount)
      return amount
    })
    const sum = gifts.reduce((a, b) => a + b, 0)
    it.pay(
      awake(it, day + it.between(9, 12)),
      host,
      `shop${it.between(0, 20)}`,
      sum * (0.8 + 0.4 * it.next()),
    )
    it.mark('collection', [host])
  }
}

/** People who sell what they no longer need, and traders whom a market place pays every week. */
function markets(it: Street): void {
  for (const seller of it.strangers(it.people / 60)) {
    for (const buyer of it.strangers(it.between(4, 26)))
      it.pay(awake(it, it.between(0, DAYS - 1)), buyer, seller, it.about(38, 0.9))
    it.mark('private seller', [seller])
  }
  const traders = it.strangers(it.people / 80)
  for (const trader of traders)
    for (let day = it.between(0, 6); day < DAYS; day += 7)
      it.pay(day + 6 * HOUR, 'marketplace', trader, it.about(260, 0.7))
  for (const buyer of it.strangers(it.people / 3))
    for (const _ of range(it.between(1, 5)))
      it.pay(awake(it, it.between(0, DAYS - 1)), buyer, 'marketplace', it.about(41, 0.8))
  it.mark('market place', ['marketplace'])
}

/** Money sent home through an agent, meals shared among friends, and cars that change hands. */
function amongPeople(it: Street): void {
  const agents = range(it.people / 1_000 + 1).map((n) => `agent${n}`)
  for (const sender of it.strangers(it.people / 12)) {
    const [agent, usual] = [agents[it.between(0, agents.length - 1)] ?? 'agent0', it.about(240, 0.5)]
    for (let day = it.next() * 60; day < DAYS; day += 20 + it.next() * 25)
      it.pay(awake(it, day), sender, agent, Math.round(usual / 10) * 10)
  }
  for (const agent of agents)
    for (const day of range(DAYS))
      if (day % 2 === 0) it.pay(day + 20 * HOUR, agent, `${agent}_partner`, it.about(2_400, 0.3))
  it.mark('remittance agent', agents)
  for (const _ of range(it.people / 4)) {
    const [payer = '', ...friends] = it.strangers(it.between(2, 5))
    const [day, each] = [it.between(0, DAYS - 3), it.about(23, 0.4)]
    for (const friend of friends) it.pay(awake(it, day + it.between(0, 2)), friend, payer, each)
  }
  for (const _ of range(it.people / 30)) {
    const [buyer = '', seller = '', other = ''] = it.strangers(3)
    const [day, price] = [it.between(0, DAYS - 9), it.about(5_200, 0.5)]
    it.pay(awake(it, day), buyer, seller, price)
    if (it.next() < 0.5)
      it.pay(awake(it, day + it.between(1, 8)), seller, other, price * (0.9 + 0.5 * it.next()))
  }
}

/** Scam victims pay one account within days, some of them more and more; it is emptied every evening. */
function collector(it: Street): void {
  const [mule = '', exit = '', second = '', ...victims] = it.strangers(it.between(11, 23))
  const day = it.between(5, DAYS - 20)
  const span = it.between(4, 12)
  const days = new Map<number, number>()
  for (const victim of victims) {
    let amount = it.about(1_700, 0.9)
    for (const nth of range(it.next() < 0.7 ? 1 : it.between(2, 3))) {
      const on = day + it.between(0, span) + nth * 2
      it.pay(on + (8 + 10 * it.next()) * HOUR, victim, mule, amount)
      days.set(on, (days.get(on) ?? 0) + amount)
      amount *= 1.3 + it.next()
    }
  }
  for (const [on, sum] of days)
    it.pay(
      on + (19 + 4 * it.next()) * HOUR,
      mule,
      it.next() < 0.7 ? exit : second,
      sum * (0.86 + 0.12 * it.next()),
    )
  it.mark('collector', [mule, exit, second, ...victims])
}

/** Task scam: small deposits of many over weeks, some come back; it is passed on in round sums. */
function slowCollector(it: Street): void {
  const [mule = '', exit = '', ...victims] = it.strangers(it.between(18, 42))
  const [day, span] = [it.between(5, DAYS - 60), it.between(25, 50)]
  let held = 0
  const events = victims.flatMap((victim) =>
    range(it.next() < 0.6 ? 1 : it.between(2, 4)).map(() => ({ victim, on: day + it.next() * span })),
  )
  for (const { victim, on } of events.sort((a, b) => a.on - b.on)) {
    const amount = it.about(110, 0.8)
    it.pay(on, victim, mule, amount)
    held += amount
    const round = Math.floor(held / 500) * 500
    if (round === 0) continue
    it.pay(on + (1 + 8 * it.next()) * HOUR, mule, exit, round)
    held -= round
  }
  it.mark('slow collector', [mule, exit, ...victims])
}

/** Stolen money runs over mules who each keep a little, is split, and comes together again. */
function relay(it: Street): void {
  const [victim = '', first = '', last = '', out = '', ...middle] = it.strangers(it.between(6, 9))
  const at = it.between(5, DAYS - 5) + 9 * HOUR
  const sum = it.about(7_400, 0.6)
  it.pay(at, victim, first, sum)
  const share = (sum * 0.96) / middle.length
  const parts = middle.map((mule) => {
    const part = share * (0.85 + 0.3 * it.next())
    it.pay(at + (1 + 3 * it.next()) * HOUR, first, mule, part)
    it.pay(at + (5 + 12 * it.next()) * HOUR, mule, last, part * (0.93 + 0.05 * it.next()))
    return part * 0.94
  })
  it.pay(at + (18 + 8 * it.next()) * HOUR, last, out, parts.reduce((a, b) => a + b, 0) * 0.97)
  it.mark('relay', [victim, first, last, out, ...middle])
}

/** Firms that pay each other in a circle, a little less each time. */
function roundTrip(it: Street): void {
  const firms = it.strangers(it.between(4, 6))
  let [at, sum] = [it.between(3, DAYS - 30) + 10 * HOUR, it.about(11_000, 0.5)]
  for (const [n, firm] of firms.entries()) {
    it.pay(at, firm, firms[(n + 1) % firms.length] ?? '', sum)
    at += 0.3 + 2 * it.next()
    sum *= 0.92 + 0.07 * it.next()
  }
  it.mark('round trip', firms)
}

/** A town as one file in our own columns; the same seed, the same town. */
export function town({ people, each, seed }: TownOptions): Town {
  const next = random(seed)
  const between = (a: number, b: number) => a + Math.floor(next() * (b - a + 1))
  const rows: { at: number; from: string; to: string; amount: number }[] = []
  const person = () => `p${between(0, people - 1)}`
  let marks = new Map<string, Set<string>>()
  const street: Street = {
    people,
    next,
    between,
    strangers: (n) => {
      const found = new Set<string>()
      while (found.size < Math.floor(n)) found.add(person())
      return [...found]
    },
    pay: (day, from, to, amount) => {
      rows.push({ at: START + Math.round(day * 86_400) * 1_000, from, to, amount: Math.max(1, amount) })
    },
    // a sum of three uniform numbers is near enough to a bell
    about: (median, width) => median * Math.exp(width * (next() + next() + next() - 1.5) * 2),
    mark: (kind, accounts) => {
      const known = marks.get(kind) ?? new Set()
      marks.set(kind, new Set([...known, ...accounts]))
    },
  }
  for (const habit of [wagesAndRent, shops, feesAndDues, savingsClubs, collections, markets, amongPeople])
    habit(street)
  const innocent = marks
  marks = new Map()
  for (const hidden of [collector, slowCollector, relay, roundTrip])
    for (const _ of range(each)) hidden(street)
  const lines = rows
    .map((row, i) => ({ ...row, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(
      ({ at, from, to, amount }, i) =>
        `T${i},${new Date(at).toISOString()},${amount.toFixed(2)},EUR,${from},${to}`,
    )
  return {
    csv: `transaction_id,booked_at,amount,currency,payer_account,payee_account\n${lines.join('\n')}\n`,
    truth: marks,
    innocent,
  }
}
