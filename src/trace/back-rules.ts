import type { BackRule } from './backward.ts'
import { fifoRule } from './fifo.ts'
import { haircutRule } from './haircut.ts'
import { poisonRule } from './poison.ts'
import { BIGINTS } from './whole.ts'

/** Units from `from` up to `to`, not included. */
type Range = readonly [from: number, to: number]

const length = (ranges: readonly Range[]) => ranges.reduce((sum, [from, to]) => sum + to - from, 0)

/** Units of a payment that are not asked for yet. */
function gaps(ranges: readonly Range[], minor: number): Range[] {
  const free: Range[] = []
  let at = 0
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from > at) free.push([at, from])
    at = Math.max(at, to)
  }
  if (at < minor) free.push([at, minor])
  return free
}

const { zero, add, less, isZero, whole, shown, settle } = fifoRule({ limit: 0 })

/** Ranges that were drawn are kept until there are this many. */
const MOST_DRAWN = 64

/** What is asked of an account: ranges before `head` were drawn. */
interface Asked {
  readonly ranges: Range[]
  head: number
}

/** Adds a range that lies before the others; one that touches the last becomes one with it. */
function ask(ranges: Range[], [from, to]: Range, head = 0): void {
  const last = ranges.length > head ? ranges[ranges.length - 1] : undefined
  if (last && last[0] === to) ranges[ranges.length - 1] = [from, last[1]]
  else ranges.push([from, to])
}

/**
 * First in, first out: the units of a payment are the units that had come in longest before and not left. Ranges stand from the
 * last units to the first: an earlier payment is made of earlier units, so each is added and drawn once.
 */
export const backFifo: BackRule<Asked, { ranges: Range[] }, number> = {
  zero,
  add,
  less,
  isZero,
  whole,
  shown,
  settle,
  open: () => ({ ranges: [], head: 0 }),
  asks: ({ ranges, head }) => ranges.length > head,
  draw: (of, _minor, { came }) => {
    const drawn: Range[] = []
    for (let range = of.ranges[of.head]; range && range[1] > came; range = of.ranges[of.head]) {
      const [from, to] = range
      drawn.push([Math.max(from, came) - came, to - came])
      if (from < came) of.ranges[of.head] = [from, came]
      else of.head++
    }
    if (of.head > MOST_DRAWN && of.head * 2 > of.ranges.length) {
      of.ranges.splice(0, of.head)
      of.head = 0
    }
    return { ranges: drawn }
  },
  decree: (part, minor, upTo) => {
    let left = upTo
    for (const [from, to] of gaps(part.ranges, minor).reverse()) {
      const used = Math.min(to - from, left)
      if (used > 0) part.ranges.push([to - used, to])
      left -= used
    }
    const sorted = part.ranges.splice(0).sort(([a], [b]) => b - a)
    for (const range of sorted) ask(part.ranges, range)
    return upTo - left
  },
  supply: (of, part, { minor, before }) => {
    const fromBalance = Math.min(minor, before.came - before.left)
    let own = 0
    for (const [from, to] of part.ranges) {
      const inside = Math.min(to, fromBalance)
      if (from < inside) ask(of.ranges, [before.left + from, before.left + inside], of.head)
      own += to - Math.max(from, inside)
    }
    return own
  },
  carried: ({ ranges }) => length(ranges),
  convert: ({ ranges }, from, to) => {
    const moved = (it: number) => (from === 0 ? 0 : Number((BigInt(it) * BigInt(to)) / BigInt(from)))
    return { ranges: ranges.map(([a, b]) => [moved(a), moved(b)] as const).filter(([a, b]) => b > a) }
  },
}

const fractions = haircutRule({ limit: 0 }, BIGINTS)

/** Haircut: a payment is made of all that was in the balance, each part in its share. */
export const backHaircut: BackRule<{ asked: bigint }, { asked: bigint }, bigint> = {
  zero: fractions.zero,
  add: fractions.add,
  less: fractions.less,
  isZero: fractions.isZero,
  whole: fractions.whole,
  shown: fractions.shown,
  settle: fractions.settle,
  open: () => ({ asked: 0n }),
  asks: ({ asked }) => asked > 0n,
  draw: (of, minor, { came, left }) => {
    const held = came - left
    const asked = held === 0 ? of.asked : (of.asked * BigInt(minor)) / (BigInt(held) + BigInt(minor))
    of.asked -= asked
    return { asked }
  },
  decree: (part, minor, upTo) => {
    const rest = fractions.whole(minor) - part.asked
    const used = rest < upTo ? rest : upTo
    part.asked += used
    return used
  },
  supply: (of, { asked }, { minor, before }) => {
    const fromBalance = BigInt(Math.min(minor, before.came - before.left))
    const mixed = minor === 0 ? 0n : (asked * fromBalance) / BigInt(minor)
    of.asked += mixed
    return asked - mixed
  },
  carried: ({ asked }) => asked,
  convert: ({ asked }, from, to) => ({ asked: fractions.scale(asked, to, from) }),
}

const wholes = poisonRule({ limit: 0 }, BIGINTS)

/** Poison: every payment into the balance since it was last nought may have been it, whole. */
export const backPoison: BackRule<{ suspect: boolean }, { asked: bigint }, bigint> = {
  zero: wholes.zero,
  add: wholes.add,
  less: wholes.less,
  isZero: wholes.isZero,
  whole: wholes.whole,
  shown: wholes.shown,
  settle: wholes.settle,
  open: () => ({ suspect: false }),
  asks: ({ suspect }) => suspect,
  draw: (of, minor, { came, left }) => {
    const asked = of.suspect ? BigInt(minor) : 0n
    if (came === left) of.suspect = false
    return { asked }
  },
  decree: (part, minor, upTo) => {
    const rest = BigInt(minor) - part.asked
    const used = rest < upTo ? rest : upTo
    part.asked += used
    return used
  },
  supply: (of, { asked }, { minor, before }) => {
    const fromBalance = Math.min(minor, before.came - before.left)
    if (fromBalance > 0) of.suspect = true
    const own = BigInt(minor) - BigInt(fromBalance)
    return own < asked ? own : asked
  },
  carried: ({ asked }) => asked,
  convert: ({ asked }, from, to) => ({ asked: wholes.scale(asked, to, from) }),
}
