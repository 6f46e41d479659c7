import type { Rule, RuleOptions } from './rule.ts'

/** Money in the order it came: a run of minor units and its mark, 0 for clean, else hops made (1 when hops are not counted). */
interface Runs {
  minors: number[]
  marks: number[]
  head: number
  tainted: number
}

interface Parcel {
  readonly minors: number[]
  readonly marks: number[]
  tainted: number
}

/** Runs are kept well below 2^53, so that sums of two stay exact. */
const LONGEST_RUN = 2 ** 52

/**
 * First in, first out: what came first leaves first.
 * Keeps    every minor unit: nothing is rounded, except when money changes currency (to the unit below)
 * Source   Devaynes v Noble, Clayton's Case (1816) 1 Mer 572
 */
export function fifoRule({ limit }: RuleOptions): Rule<Runs, Parcel, number> {
  const onward = (mark: number) => (limit > 0 ? mark + 1 : 1)
  return {
    zero: 0,
    whole: (minor) => minor,
    add: (a, b) => a + b,
    less: (a, b) => a - b,
    isZero: (it) => it === 0,
    scale: scaled,
    shown: (it) => it,
    settle: (values) => values,

    open: (balance) => {
      const runs: Runs = { minors: [], marks: [], head: 0, tainted: 0 }
      if (balance < LONGEST_RUN) {
        append(runs, Number(balance), 0)
        return runs
      }
      const longest = BigInt(LONGEST_RUN)
      for (let rest = BigInt(balance); rest > 0n; rest -= longest)
        append(runs, Number(rest < longest ? rest : longest), 0)
      return runs
    },
    balance: ({ minors, head }) => minors.slice(head).reduce((sum, it) => sum + BigInt(it), 0n),
    isTainted: ({ tainted }) => tainted > 0,
    left: ({ tainted }) => tainted,
    take: (from, minor) => take(from, minor, onward),
    put: (into, { minors, marks, tainted }) => {
      for (let i = 0; i < minors.length; i++) append(into, minors[i] as number, marks[i] as number)
      into.tainted += tainted
    },
    putClean: (into, minor) => append(into, minor, 0),

    carried: ({ tainted }) => tainted,
    stop: (parcel) => (limit > 0 && parcel.tainted > 0 ? stop(parcel, limit) : 0),
    decree: (parcel, upTo, made = 0) => decree(parcel, upTo, onward(made)),
    fewest: ({ marks }) => marks.reduce((least, mark) => (mark > 0 && mark < least ? mark : least), limit),
    convert: (parcel, to) => convert(parcel, to),
  }
}

function append(into: { minors: number[]; marks: number[] }, minor: number, mark: number): void {
  if (minor === 0) return
  const last = into.minors.length - 1
  const length = last < ((into as Runs).head ?? 0) ? LONGEST_RUN : (into.minors[last] as number)
  if (into.marks[last] === mark && length + minor < LONGEST_RUN) into.minors[last] = length + minor
  else {
    into.minors.push(minor)
    into.marks.push(mark)
  }
}

function take(from: Runs, minor: number, onward: (mark: number) => number): Parcel {
  const parcel: Parcel = { minors: [], marks: [], tainted: 0 }
  let missing = minor
  while (missing > 0 && from.head < from.minors.length) {
    const here = from.minors[from.head] as number
    const mark = from.marks[from.head] as number
    const taken = here < missing ? here : missing
    if (taken === here) from.head++
    else from.minors[from.head] = here - taken
    missing -= taken
    append(parcel, taken, mark === 0 ? 0 : onward(mark))
    if (mark === 0) continue
    from.tainted -= taken
    parcel.tainted += taken
  }
  append(parcel, missing, 0)
  if (from.head > 64 && from.head * 2 > from.minors.length) {
    from.minors = from.minors.slice(from.head)
    from.marks = from.marks.slice(from.head)
    from.head = 0
  }
  return parcel
}

function stop(parcel: Parcel, limit: number): number {
  let stopped = 0
  for (let i = 0; i < parcel.marks.length; i++) {
    if ((parcel.marks[i] as number) < limit) continue
    stopped += parcel.minors[i] as number
    parcel.marks[i] = 0
  }
  parcel.tainted -= stopped
  return stopped
}

function decree(parcel: Parcel, upTo: number, mark: number): number {
  const { minors, marks } = parcel
  let left = upTo
  const before = minors.splice(0)
  const marked = marks.splice(0)
  for (let i = 0; i < before.length; i++) {
    const here = before[i] as number
    const stolen = marked[i] === 0 ? Math.min(left, here) : 0
    append(parcel, stolen, mark)
    append(parcel, here - stolen, marked[i] as number)
    left -= stolen
  }
  parcel.tainted += upTo - left
  return upTo - left
}

/** The bounds between the runs are moved in proportion, to the unit below, so that the whole stays the whole. */
function convert({ minors, marks }: Parcel, to: number): Parcel {
  const whole = minors.reduce((sum, it) => sum + it, 0)
  const parcel: Parcel = { minors: [], marks: [], tainted: 0 }
  let bound = 0
  let moved = 0
  for (let i = 0; i < minors.length; i++) {
    bound += minors[i] as number
    const next = scaled(bound, to, whole)
    append(parcel, next - moved, marks[i] as number)
    if (marks[i] !== 0) parcel.tainted += next - moved
    moved = next
  }
  return parcel
}

function scaled(it: number, to: number, from: number): number {
  if (from === 0) return 0
  const product = it * to
  return product < LONGEST_RUN ? Math.floor(product / from) : Number((BigInt(it) * BigInt(to)) / BigInt(from))
}
