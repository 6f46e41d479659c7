import type { Rule, RuleOptions } from './rule.ts'
import type { Whole } from './whole.ts'

/** Binary places of the fractions. */
const PLACES = 256n
/** Remainders that agree to this many binary places count as equal. */
const COMPARED = 128n
const ROUNDING = 1n << (PLACES - COMPARED - 1n)

const snapped = (it: bigint) => (it + ROUNDING) >> (PLACES - COMPARED)
/** To the nearest unit, halves up; what is off by less than can be told apart counts as a half. */
const nearest = (it: bigint) => (snapped(it) + (1n << (COMPARED - 1n))) >> COMPARED

/** What is there, and how much of it is stolen; the stolen part by hops made when hops are counted. */
interface Mixture<N> {
  balance: N
  readonly stolen: bigint[]
}

interface Parcel<N> {
  minor: N
  readonly stolen: bigint[]
}

const sum = (parts: readonly bigint[]) => {
  let all = 0n
  for (const part of parts) all += part
  return all
}

/**
 * Haircut: a payment carries the share of stolen money that the balance has.
 * Exact    amounts are fractions in 256 binary places. Exact fractions grow without bound (each payment multiplies the
 *          denominator); these are off by less than 2^-200 of a minor unit after 10^15 payments, so only remainders
 *          closer than 2^-128 count as equal that might not be. What one account loses another gains to the last place.
 * Rounded  once, at the end: whole units first, then one unit each to the largest remainders.
 */
export function haircutRule<N extends number | bigint>(
  { limit }: RuleOptions,
  { zero, of, add, less }: Whole<N>,
): Rule<Mixture<N>, Parcel<N>, bigint> {
  const none = () => (limit > 0 ? new Array<bigint>(limit + 1).fill(0n) : [0n])
  // Hops made: the place in the list; when they are not counted there is one place.
  const onward = (hops: number) => (limit > 0 ? hops + 1 : 0)
  return {
    zero: 0n,
    whole: (minor) => BigInt(minor) << PLACES,
    add: (a, b) => a + b,
    less: (a, b) => a - b,
    isZero: (it) => it === 0n,
    scale: (it, to, from) => (from === 0 ? 0n : (it * BigInt(to)) / BigInt(from)),
    shown: (it) => Number(nearest(it)),
    settle: largestRemainder,

    open: (balance) => ({ balance: of(balance), stolen: none() }),
    balance: ({ balance }) => balance,
    isTainted: ({ stolen }) => stolen.some((it) => it > 0n),
    left: ({ stolen }) => sum(stolen),
    take: (from, amount) => {
      const minor = of(amount)
      const parcel: Parcel<N> = { minor, stolen: none() }
      const all = minor >= from.balance
      for (let hops = 0; hops < from.stolen.length; hops++) {
        const here = from.stolen[hops] as bigint
        if (here === 0n) continue
        const taken = all ? here : (here * BigInt(minor)) / BigInt(from.balance)
        from.stolen[hops] = here - taken
        const next = onward(hops)
        parcel.stolen[next] = (parcel.stolen[next] as bigint) + taken
      }
      from.balance = all ? zero : less(from.balance, minor)
      return parcel
    },
    put: (into, { minor, stolen }) => {
      into.balance = add(into.balance, minor)
      for (let hops = 0; hops < stolen.length; hops++)
        into.stolen[hops] = (into.stolen[hops] as bigint) + (stolen[hops] as bigint)
    },
    putClean: (into, minor) => {
      into.balance = add(into.balance, of(minor))
    },

    carried: ({ stolen }) => sum(stolen),
    stop: ({ stolen }) => {
      const last = limit > 0 ? (stolen[limit] as bigint) : 0n
      if (limit > 0) stolen[limit] = 0n
      return last
    },
    decree: (parcel, upTo, made = 0) => {
      const clean = (BigInt(parcel.minor) << PLACES) - sum(parcel.stolen)
      const used = clean < upTo ? clean : upTo
      const first = onward(made)
      parcel.stolen[first] = (parcel.stolen[first] as bigint) + used
      return used
    },
    fewest: ({ stolen }) => stolen.findIndex((it) => it > 0n),
    convert: ({ minor, stolen }, to) => ({
      minor: of(to),
      stolen: stolen.map((it) => (minor === zero ? 0n : (it * BigInt(to)) / BigInt(minor))),
    }),
  }
}

/**
 * Whole minor units that add up to `total` to the nearest unit: each part to the unit below, then one more for the largest
 * remainders; of equal remainders the lower order goes first.
 */
function largestRemainder(
  parts: readonly bigint[],
  total: bigint,
  orderOf: (place: number) => string,
): number[] {
  const values = parts.map(snapped)
  const floors = values.map((value) => value >> COMPARED)
  let missing = Number(nearest(total) - sum(floors))
  const rest = values.map((value, i) => value - ((floors[i] as bigint) << COMPARED))
  const byRest = parts
    .map((_, i) => i)
    .sort((a, b) => compare(rest[b] as bigint, rest[a] as bigint) || compare(orderOf(a), orderOf(b)))
  for (const i of byRest) {
    if (missing <= 0) break
    floors[i] = (floors[i] as bigint) + 1n
    missing--
  }
  return floors.map(Number)
}

const compare = <V extends bigint | string>(a: V, b: V) => (a < b ? -1 : a > b ? 1 : 0)
