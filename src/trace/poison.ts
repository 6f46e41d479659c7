import { HouseError } from '../core/errors.ts'
import type { Rule, RuleOptions } from './rule.ts'

/** `hops`: 0 while clean; else the fewest hops that stolen money in it has made (1 when hops are not counted). */
interface Balance {
  minor: bigint
  hops: number
}

interface Parcel {
  minor: bigint
  hops: number
  /** Units that were in a poisoned balance; the others are stolen only because they leave with them. */
  touched: bigint
  stolen: bigint
}

/**
 * Poison: a payment from a balance that holds any stolen money is stolen whole, until that balance is spent to nought.
 * Keeps  nothing: clean money that touches stolen money is counted too, so held and lost add up to the stolen amount or more.
 */
export function poisonRule({ limit }: RuleOptions): Rule<Balance, Parcel, bigint> {
  const onward = (hops: number) => (limit > 0 ? hops + 1 : 1)
  const poison = (into: Balance, hops: number) => {
    into.hops = into.hops === 0 ? hops : Math.min(into.hops, hops)
  }
  return {
    zero: 0n,
    whole: (minor) => BigInt(minor),
    add: (a, b) => a + b,
    less: (a, b) => a - b,
    isZero: (it) => it === 0n,
    scale: (it, to, from) => (from === 0 ? 0n : (it * BigInt(to)) / BigInt(from)),
    shown: safe,
    settle: (parts) => parts.map(({ value }) => safe(value)),

    open: (minor) => ({ minor, hops: 0 }),
    balance: ({ minor }) => minor,
    isTainted: ({ hops }) => hops > 0,
    left: ({ minor, hops }) => (hops > 0 ? minor : 0n),
    take: (from, amount) => {
      const minor = BigInt(amount)
      const { hops } = from
      const touched = hops === 0 ? 0n : minor < from.minor ? minor : from.minor
      from.minor = minor >= from.minor ? 0n : from.minor - minor
      if (from.minor === 0n) from.hops = 0
      return hops === 0
        ? { minor, hops: 0, touched, stolen: 0n }
        : { minor, hops: onward(hops), touched, stolen: minor }
    },
    put: (into, { minor, hops }) => {
      into.minor += minor
      if (hops > 0) poison(into, hops)
    },
    putClean: (into, minor) => {
      into.minor += BigInt(minor)
    },

    carried: ({ stolen }) => stolen,
    stop: (parcel) => {
      if (limit === 0 || parcel.hops < limit) return 0n
      const { stolen } = parcel
      parcel.hops = 0
      parcel.stolen = 0n
      return stolen
    },
    decree: (parcel, upTo) => {
      const room = parcel.minor - parcel.touched
      const used = room < upTo ? room : upTo
      if (used > 0n) parcel.hops = onward(0)
      parcel.touched += used
      if (parcel.stolen < parcel.touched) parcel.stolen = parcel.touched
      return used
    },
    convert: ({ minor, hops, touched, stolen }, to) => ({
      minor: BigInt(to),
      hops,
      touched,
      stolen: minor === 0n ? 0n : (stolen * BigInt(to)) / minor,
    }),
  }
}

function safe(it: bigint): number {
  if (it > BigInt(Number.MAX_SAFE_INTEGER))
    throw new HouseError('invalid', `by poison ${it} minor units are tainted: too many to count exactly`)
  return Number(it)
}
