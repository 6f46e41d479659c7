/**
 * Stolen runs of units by where they come in a line of units, as a tree (a treap): many at once are moved, deepened, cut off and joined
 * in the time of one. Trees change in place; whoever hands one over has it no more.
 */
export interface SpanTree {
  /** Of the run at the root: its units from `from` to `to`, not included, and the hops they made. */
  from: number
  to: number
  hops: number
  before: SpanTree | null
  after: SpanTree | null
  /** The higher stands above the lower. By chance, so that no book can be written against it; no answer rests on it. */
  readonly rank: number
  /** Units, and the most hops, of all runs in the tree. */
  units: number
  most: number
  /** What the runs below still have to be told. */
  shift: number
  deeper: number
}

export function spanOf(from: number, to: number, hops: number): SpanTree {
  const units = to - from
  const rank = Math.random()
  return { from, to, hops, before: null, after: null, rank, units, most: hops, shift: 0, deeper: 0 }
}

/** Moves all runs along the line, and adds to the hops they made. */
export function move(it: SpanTree, shift: number, deeper = 0): void {
  it.from += shift
  it.to += shift
  it.hops += deeper
  it.most += deeper
  it.shift += shift
  it.deeper += deeper
}

function tell(it: SpanTree): void {
  const { before, after, shift, deeper } = it
  if (shift === 0 && deeper === 0) return
  if (before) move(before, shift, deeper)
  if (after) move(after, shift, deeper)
  it.shift = 0
  it.deeper = 0
}

function count(it: SpanTree): void {
  const { before, after } = it
  let units = it.to - it.from
  let most = it.hops
  if (before) {
    units += before.units
    if (before.most > most) most = before.most
  }
  if (after) {
    units += after.units
    if (after.most > most) most = after.most
  }
  it.units = units
  it.most = most
}

export interface Cut {
  /** What comes before the place, and what comes from it on. */
  before: SpanTree | null
  after: SpanTree | null
}

/** Cuts a tree at a place of the line; a run that passes it becomes two. Cost: O(log runs) */
export function cut(it: SpanTree | null, at: number, into: Cut): void {
  if (!it) {
    into.before = into.after = null
    return
  }
  tell(it)
  if (it.to <= at) {
    cut(it.after, at, into)
    it.after = into.before
    into.before = it
  } else if (it.from >= at) {
    cut(it.before, at, into)
    it.before = into.after
    into.after = it
  } else {
    into.after = above(spanOf(at, it.to, it.hops), it.after)
    it.to = at
    it.after = null
    into.before = it
  }
  count(it)
}

/** The first tree, with all that comes after it. */
function above(first: SpanTree | null, second: SpanTree | null): SpanTree | null {
  if (!first) return second
  if (!second) return first
  if (first.rank > second.rank) {
    tell(first)
    first.after = above(first.after, second)
    count(first)
    return first
  }
  tell(second)
  second.before = above(first, second.before)
  count(second)
  return second
}

/** Two trees as one, of which all of the first comes before the second; runs that touch and made the same hops become one. */
export function join(first: SpanTree | null, second: SpanTree | null): SpanTree | null {
  if (!first || !second) return first ?? second
  const last = lastOf(first)
  const next = firstOf(second)
  if (last.to !== next.from || last.hops !== next.hops) return above(first, second)
  const parts: Cut = { before: null, after: null }
  const units = next.to - next.from
  cut(second, next.to, parts)
  lengthen(first, units)
  return above(first, parts.after)
}

/** Makes the last run longer. */
function lengthen(it: SpanTree, units: number): void {
  for (let at: SpanTree | null = it; at; at = at.after) {
    at.units += units
    if (!at.after) at.to += units
  }
}

export function firstOf(it: SpanTree): SpanTree {
  let at = it
  for (;;) {
    tell(at)
    if (!at.before) return at
    at = at.before
  }
}

function lastOf(it: SpanTree): SpanTree {
  let at = it
  for (;;) {
    tell(at)
    if (!at.after) return at
    at = at.after
  }
}

/** Runs that made fewer hops than `limit`; the others are taken out. Cost: O(runs taken out * log runs) */
export function below(it: SpanTree | null, limit: number): SpanTree | null {
  if (!it || it.most < limit) return it
  tell(it)
  it.before = below(it.before, limit)
  it.after = below(it.after, limit)
  if (it.hops >= limit) return above(it.before, it.after)
  count(it)
  return it
}

/** The runs, from the first to the last. */
export function runsOf(it: SpanTree | null, into: SpanTree[] = []): SpanTree[] {
  if (!it) return into
  tell(it)
  runsOf(it.before, into)
  into.push(it)
  return runsOf(it.after, into)
}
