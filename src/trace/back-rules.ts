import type { BackRule } from './back-rule.ts'
import { haircutRule } from './haircut.ts'
import { poisonRule } from './poison.ts'
import { BIGINTS } from './whole.ts'

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
