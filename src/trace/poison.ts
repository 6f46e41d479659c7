import { HouseError } from '../core/errors.ts'
import type { Rule, RuleOptions } from './rule.ts'
import type { Whole } from './whole.ts'

/** `hops`: 0 while clean; else the fewest hops that stolen money in it has made (1 when hops are not counted). */
interface Balance<N> {
  minor: N
  hops: number
}

interface Parcel<N> {
  minor: N
  hops: number
  /** Units that were in a poisoned balance; the others are stolen only because they leave with them. */
  touched: N
  stolen: N
}

/**
 * Poison: a payment from a balance that holds any stolen money is stolen whole, until that balance is spent to nought.
 * Keeps  nothing: clean money that touches stolen money is counted too, so held and lost add up to the stolen amount or more.
 */
export function poisonRule<N extends number | bigint>(
  { limit }: RuleOptions,
  { zero, of, add, less }: Whole<N>,
): Rule<Balance<N>, Parcel<N>, N> {
  const onward = (hops: number) => (limit > 0 ? hops + 1 : 1)
  const least = (a: N, b: N) => (a < b ? a : b)
  return {
    zero,
    whole: of,
    add,
    less,
    isZero: (it) => it === zero,
    scale: (it, to, from) => of(from === 0 ? 0 : scaled(it, to, from)),
    shown: safe,
    settle: (values) => values.map(safe),

    open: (minor) => ({ minor: of(minor), hops: 0 }),
    balance: ({ minor }) => minor,
    isTainted: ({ hops }) => hops > 0,
    left: ({ minor, hops }) => (hops > 0 ? minor : zero),
    take: (from, amount) => {
      const minor = of(amount)
      const { hops } = from
      const touched = hops === 0 ? zero : least(minor, from.minor)
      from.minor = less(from.minor, least(minor, from.minor))
      if (from.minor === zero) from.hops = 0
      return hops === 0
        ? { minor, hops: 0, touched, stolen: zero }
        : { minor, hops: onward(hops), touched, stolen: minor }
    },
    put: (into, { minor, hops }) => {
      into.minor = add(into.minor, minor)
      if (hops > 0) into.hops = into.hops === 0 ? hops : Math.min(into.hops, hops)
    },
    putClean: (into, minor) => {
      into.minor = add(into.minor, of(minor))
    },

    carried: ({ stolen }) => stolen,
    stop: (parcel) => {
      if (limit === 0 || parcel.hops < limit) return zero
      const { stolen } = parcel
      parcel.hops = 0
      parcel.stolen = zero
      return stolen
    },
    decree: (parcel, upTo, made = 0) => {
      const used = least(less(parcel.minor, parcel.touched), upTo)
      if (used > zero) parcel.hops = parcel.hops === 0 ? onward(made) : Math.min(parcel.hops, onward(made))
      parcel.touched = add(parcel.touched, used)
      if (parcel.stolen < parcel.touched) parcel.stolen = parcel.touched
      return used
    },
    fewest: ({ hops }) => hops,
    convert: ({ minor, hops, touched, stolen }, to) => ({
      minor: of(to),
      hops,
      touched,
      stolen: of(minor === zero ? 0 : scaled(stolen, to, minor)),
    }),
  }
}

const scaled = (it: number | bigint, to: number, from: number | bigint) =>
  (BigInt(it) * BigInt(to)) / BigInt(from)

function safe(it: number | bigint): number {
  if (it > Number.MAX_SAFE_INTEGER)
    throw new HouseError(
      'invalid',
      `by poison ${BigInt(it)} minor units are tainted: too many to count exactly`,
    )
  return Number(it)
}
