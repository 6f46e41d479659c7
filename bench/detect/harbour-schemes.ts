import type { Town } from './harbour.ts'

type Mark = (typology: string, account: number) => void
type Scheme = (town: Town, members: Members) => void

/** Members of one scheme: drawn among ordinary people, marked as they are drawn. */
interface Members {
  readonly one: () => number
  readonly some: (n: number) => number[]
}

/** Hides `each` schemes of every kind. */
export function hide(town: Town, mark: Mark) {
  const { book, any, roles } = town
  for (const [typology, scheme] of Object.entries(SCHEMES))
    for (let i = 0; i < book.each; i++) {
      const drawn = new Set<number>()
      const one = () => {
        let it = any(roles.people)
        while (drawn.has(it)) it = any(roles.people)
        drawn.add(it)
        mark(typology, it)
        return it
      }
      scheme(town, { one, some: (n) => Array.from({ length: n }, one) })
    }
}

/** When, how long and how much: quick ones in days, ordinary ones in weeks, slow ones in two months. */
function frame({ book, any, next, skew }: Town) {
  const span = any([2, 5, 12, 20, 25, 60]) * (0.7 + next() * 0.6)
  return { span, start: next() * Math.max(1, book.days - span), sum: 120 + skew(0, 4_500) }
}

const spread = ({ next }: Town, sum: number) => sum * (0.4 + next() * 1.2)

const fanIn: Scheme = (town, { one, some }) => {
  const { start, span, sum } = frame(town)
  const centre = one()
  for (const it of some(5 + town.pick(10)))
    town.pay(start + town.next() * span, it, centre, spread(town, sum))
}

const fanOut: Scheme = (town, { one, some }) => {
  const { start, span, sum } = frame(town)
  const centre = one()
  for (const it of some(5 + town.pick(10)))
    town.pay(start + town.next() * span, centre, it, spread(town, sum))
}

const cycle: Scheme = (town, { some }) => {
  const { start, span, sum } = frame(town)
  const ring = some(3 + town.pick(8))
  const keep = town.any([1, 0.95, 0])
  for (const [i, it] of ring.entries())
    town.pay(
      start + ((i + town.next() * 0.8) / ring.length) * span,
      it,
      ring[(i + 1) % ring.length] as number,
      keep === 0 ? spread(town, sum) : sum * keep ** i,
    )
}

const scatterGather: Scheme = (town, { one, some }) => {
  const { start, span, sum } = frame(town)
  const [from, to] = [one(), one()]
  for (const it of some(3 + town.pick(9))) {
    const part = spread(town, sum)
    const at = town.next() * 0.6
    town.pay(start + at * span, from, it, part)
    town.pay(start + (at + 0.05 + town.next() * 0.35) * span, it, to, part * (0.88 + town.next() * 0.1))
  }
}

const gatherScatter: Scheme = (town, { one, some }) => {
  const { start, span, sum } = frame(town)
  const centre = one()
  const [payers, payees] = [some(4 + town.pick(6)), some(3 + town.pick(6))]
  let total = 0
  for (const it of payers) {
    const part = spread(town, sum)
    total += part
    town.pay(start + town.next() * 0.5 * span, it, centre, part)
  }
  for (const it of payees)
    town.pay(start + (0.5 + town.next() * 0.5) * span, centre, it, (total * 0.94) / payees.length)
}

const bipartite: Scheme = (town, { some }) => {
  const { start, span, sum } = frame(town)
  const right = some(3 + town.pick(4))
  for (const from of some(3 + town.pick(4)))
    for (const to of right) town.pay(start + town.next() * span, from, to, spread(town, sum))
}

const stack: Scheme = (town, { some }) => {
  const { start, span, sum } = frame(town)
  const layers = [some(2 + town.pick(3)), some(2 + town.pick(3)), some(2 + town.pick(3))]
  for (const [i, layer] of layers.slice(0, -1).entries())
    for (const from of layer)
      for (const to of layers[i + 1] ?? [])
        town.pay(start + ((i + town.next()) / 2) * span, from, to, spread(town, sum))
}

const randomWalks: Scheme = (town, { some }) => {
  const { start, span, sum } = frame(town)
  const members = some(5 + town.pick(6))
  let at = members[0] as number
  for (let i = 0; i < members.length * 2; i++) {
    const to = town.any(members)
    town.pay(start + (i / members.length / 2) * span, at, to, spread(town, sum))
    at = to
  }
}

/** Many small sums over two to three months from strangers; each week what came goes to one account above. */
const slowCollector: Scheme = (town, { one, some }) => {
  const [collector, boss] = [one(), one()]
  const [start, span] = [town.next() * 20, 50 + town.next() * 40]
  const weeks: number[] = []
  for (const victim of some(14 + town.pick(20)))
    for (let k = 0; k < 1 + town.pick(3); k++) {
      const [at, sum] = [town.next() * span, 25 + town.skew(0, 180)]
      weeks[Math.floor(at / 7)] = (weeks[Math.floor(at / 7)] ?? 0) + sum
      town.pay(start + at, victim, collector, sum)
    }
  for (const [week, sum] of weeks.entries())
    if (sum) town.pay(start + week * 7 + 7.2, collector, boss, sum * 0.93)
}

/** Cash below the reporting limit by several hands in a few days, all sent to one account, then abroad. */
const smurfing: Scheme = (town, { one, some }) => {
  const top = one()
  const start = town.next() * (town.book.days - 20)
  const limit = 9_999
  let total = 0
  for (const it of some(4 + town.pick(6)))
    for (let k = 0; k < 1 + town.pick(3); k++) {
      const [at, sum] = [town.next() * 8, limit * (0.82 + town.next() * 0.17)]
      total += sum * 0.97
      town.pay(start + at, town.any(town.roles.cash), it, sum, 'CASH')
      town.pay(start + at + 0.1 + town.next() * 1.8, it, top, sum * 0.97)
    }
  for (let k = 0; k < 3; k++)
    town.pay(start + 10 + k + town.next(), top, town.any(town.roles.abroad), total * 0.31, 'WIRE')
}

/** Stolen sums that leave within the hour, two to four hops on, the last one in cash. */
const passThrough: Scheme = (town, { one, some }) => {
  const first = one()
  const chain = some(1 + town.pick(3))
  const start = town.next() * (town.book.days - 10)
  for (const victim of some(2 + town.pick(5))) {
    let [at, sum, from] = [start + town.next() * 7, 600 + town.skew(0, 9_000), first]
    town.pay(at, victim, first, sum)
    for (const to of chain) {
      at += 0.005 + town.next() * 0.05
      sum *= 0.9 + town.next() * 0.08
      town.pay(at, from, to, sum)
      from = to
    }
    for (let k = 0; k < 3; k++)
      town.pay(at + 0.02 + town.next() * 0.2, from, town.any(town.roles.cash), sum / 3.1, 'CASH')
  }
}

/** Three or four targets each pay the same new payee larger and larger sums; it goes on abroad within days. */
const romance: Scheme = (town, { one, some }) => {
  const mule = one()
  const abroad = town.any(town.roles.abroad)
  for (const target of some(2 + town.pick(4))) {
    let [at, sum] = [town.next() * (town.book.days - 50), 60 + town.next() * 200]
    for (let k = 0; k < 4 + town.pick(5); k++) {
      town.pay(at, target, mule, sum)
      town.pay(at + 0.2 + town.next() * 2, mule, abroad, sum * 0.92, 'WIRE')
      at += 3 + town.next() * 7
      sum *= 1.25 + town.next() * 0.7
    }
  }
}

/** People held to work: quiet accounts, each used in turns; what comes is swept to the same controller at once. */
const heldMules: Scheme = (town, { one, some }) => {
  const controller = one()
  const held = some(4 + town.pick(5))
  const targets = some(6 + town.pick(10))
  const start = town.next() * (town.book.days - 60)
  for (const mule of held)
    for (let k = 0; k < 4 + town.pick(4); k++) {
      const [at, sum] = [start + town.next() * 55, 350 + town.skew(0, 2_500)]
      for (let part = 0; part < 2; part++)
        town.pay(at + part * 0.03, town.any(targets), mule, sum * (0.4 + town.next() * 0.2))
      town.pay(at + 0.06 + town.next() * 0.4, mule, controller, sum * 0.9)
    }
}

/** AMLSim's eight, then five as the red flags tell them; whoever pays into one carries its label, too. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  fan_in: fanIn,
  fan_out: fanOut,
  cycle,
  scatter_gather: scatterGather,
  gather_scatter: gatherScatter,
  bipartite,
  stack,
  random: randomWalks,
  slow_collector: slowCollector,
  smurfing,
  pass_through: passThrough,
  romance,
  held_mules: heldMules,
}
