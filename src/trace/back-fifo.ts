import type { BackRule } from './back-rule.ts'
import { fifoRule } from './fifo.ts'
import { type Cut, cut, join, move, runsOf, type SpanTree, spanOf } from './span-tree.ts'

const { zero, add, less, isZero, whole, shown, settle } = fifoRule({ limit: 0 })
const parts: Cut = { before: null, after: null }

/** Units that are asked for: of an account by where they came in its stream, of a payment by where they stand in it. */
interface Asked {
  units: SpanTree | null
}

/**
 * First in, first out: the units of a payment are the units that had come in longest before and not left. An earlier payment is
 * made of earlier units, so each is asked for and drawn once.
 * Cost  O(log runs of units) a payment, whatever the book
 */
export const backFifo: BackRule<Asked, Asked, number> = {
  zero,
  add,
  less,
  isZero,
  whole,
  shown,
  settle,
  open: () => ({ units: null }),
  asks: ({ units }) => units !== null,
  draw: (of, _minor, { came }) => {
    cut(of.units, came, parts)
    of.units = parts.before
    if (parts.after) move(parts.after, -came)
    return { units: parts.after }
  },
  decree: (part, minor, upTo) => {
    let left = upTo
    let units: SpanTree | null = null
    let end = minor
    const fill = (from: number) => {
      const used = Math.min(end - from, left)
      if (used > 0) units = join(spanOf(end - used, end, 0), units)
      left -= used
    }
    for (const { from, to } of runsOf(part.units).reverse()) {
      fill(to)
      units = join(spanOf(from, to, 0), units)
      end = from
    }
    fill(0)
    part.units = units
    return upTo - left
  },
  supply: (of, part, { minor, before }) => {
    cut(part.units, Math.min(minor, before.came - before.left), parts)
    const own = parts.after?.units ?? 0
    if (parts.before) {
      move(parts.before, before.left)
      of.units = join(parts.before, of.units)
    }
    return own
  },
  carried: ({ units }) => units?.units ?? 0,
  convert: (part, from, to) => {
    const moved = (it: number) => (from === 0 ? 0 : Number((BigInt(it) * BigInt(to)) / BigInt(from)))
    let units: SpanTree | null = null
    for (const run of runsOf(part.units)) {
      const [start, end] = [moved(run.from), moved(run.to)]
      if (end > start) units = join(units, spanOf(start, end, 0))
    }
    return { units }
  },
}
