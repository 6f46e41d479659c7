import type { Hop, Trace, When } from './outcome.ts'

/** An account in the picture, or one of the ways out of it. */
export interface FlowNode {
  readonly id: string
  readonly kind: 'account' | 'others' | 'nobody'
  readonly name: string
  /** Accounts that stand for this one: 1, or how many small ones were put together. */
  readonly accounts: number
  /** Share of the stolen money (1 is all of it) that came here, that went on, and that is here now. */
  readonly came: number
  readonly went: number
  readonly here: number
  /** Amounts that are here now (backward: that began here), one a currency. */
  readonly held: readonly { readonly minor: number; readonly currency: string }[]
  readonly firstAt: When | null
  /** From left to right, from 0. */
  readonly column: number
}

/** All payments from one account to another. */
export interface FlowLink {
  readonly from: string
  readonly to: string
  readonly share: number
  readonly payments: number
  readonly amounts: readonly { readonly minor: number; readonly currency: string }[]
  readonly firstAt: When
  readonly lastAt: When
}

export interface Flow {
  readonly trace: Trace
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
  /** Accounts that were put together because the picture holds only so many. */
  readonly folded: number
}

const OTHERS = 'others'
const NOBODY = 'nobody'
/** Accounts in one column, before another column is begun. */
const TALL = 14
const MOST_COLUMNS = 10

/**
 * The trace as a picture's parts: accounts in columns by the time that stolen money first reached them, and who paid whom.
 * @param most  accounts that are drawn by themselves; of more, those through which least went are put together
 */
export function flowOf(trace: Trace, most = 500): Flow {
  const worth = worthOf(trace)
  const hops = [...trace.hops].sort((a, b) => a.row - b.row)
  const through = throughput(trace, hops, worth)
  const kept = new Set(
    [...through]
      .sort((a, b) => Number(b[0] === trace.from) - Number(a[0] === trace.from) || b[1] - a[1])
      .slice(0, most)
      .map(([name]) => name),
  )
  const folded = through.size - kept.size
  const idOf = (name: string | null) => (name === null ? NOBODY : kept.has(name) ? `account ${name}` : OTHERS)
  const links = linksOf(hops, idOf, worth)
  const nodes = nodesOf(trace, { hops, links, idOf, worth, folded })
  return { trace, nodes, links, folded }
}

/** What a minor unit of each currency is of the stolen amount: by the rate at which the money was changed. */
function worthOf({ stolen, changed }: Trace): (minor: number, currency: string) => number {
  const worth = new Map([[stolen.currency, 1 / stolen.minor]])
  for (let round = 0; round < 4; round++)
    for (const { gave, got } of changed) {
      const [a, b] = [worth.get(gave.currency), worth.get(got.currency)]
      if (a !== undefined && b === undefined && got.minor > 0)
        worth.set(got.currency, (a * gave.minor) / got.minor)
      if (b !== undefined && a === undefined && gave.minor > 0)
        worth.set(gave.currency, (b * got.minor) / gave.minor)
    }
  return (minor, currency) => minor * (worth.get(currency) ?? 0)
}

type Worth = ReturnType<typeof worthOf>

function throughput(trace: Trace, hops: readonly Hop[], worth: Worth): Map<string, number> {
  const through = new Map([[trace.from, 0]])
  const add = (name: string | null, share: number) => {
    if (name !== null) through.set(name, (through.get(name) ?? 0) + share)
  }
  for (const { from, to, minor, currency } of hops) {
    add(from, worth(minor, currency))
    add(to, worth(minor, currency))
  }
  for (const { account, minor, currency } of trace.held) add(account, worth(minor, currency))
  return through
}

type IdOf = (name: string | null) => string

function linksOf(hops: readonly Hop[], idOf: IdOf, worth: Worth): FlowLink[] {
  const links = new Map<string, FlowLink & { readonly byCurrency: Map<string, number> }>()
  for (const hop of hops) {
    const [from, to] = [idOf(hop.from), idOf(hop.to)]
    if (from === to) continue
    const key = JSON.stringify([from, to])
    const before = links.get(key)
    const byCurrency = before?.byCurrency ?? new Map<string, number>()
    byCurrency.set(hop.currency, (byCurrency.get(hop.currency) ?? 0) + hop.minor)
    links.set(key, {
      from,
      to,
      share: (before?.share ?? 0) + worth(hop.minor, hop.currency),
      payments: (before?.payments ?? 0) + 1,
      amounts: [],
      firstAt: before?.firstAt ?? hop.at,
      lastAt: hop.at,
      byCurrency,
    })
  }
  return [...links.values()].map(({ byCurrency, ...link }) => ({
    ...link,
    amounts: [...byCurrency].map(([currency, minor]) => ({ minor, currency })),
  }))
}

interface Seen {
  readonly id: string
  readonly firstAt: When
  /** From whom money first came; null where it begins. */
  readonly by: string | null
}

/** Everything in the picture, in the order in which stolen money reached it. */
function seenIn(hops: readonly Hop[], idOf: IdOf, start: string): Map<string, Seen> {
  const seen = new Map<string, Seen>()
  for (const hop of hops) {
    const [from, to] = [idOf(hop.from), idOf(hop.to)]
    if (!seen.has(from)) seen.set(from, { id: from, firstAt: hop.at, by: null })
    if (!seen.has(to)) seen.set(to, { id: to, firstAt: hop.at, by: from })
  }
  if (!seen.has(start)) seen.set(start, { id: start, firstAt: hops[0]?.at ?? 0, by: null })
  return seen
}

interface Parts {
  readonly hops: readonly Hop[]
  readonly links: readonly FlowLink[]
  readonly idOf: IdOf
  readonly worth: Worth
  readonly folded: number
}

function nodesOf(trace: Trace, { hops, links, idOf, worth, folded }: Parts): FlowNode[] {
  const seen = seenIn(hops, idOf, idOf(trace.from))
  const columns = columnsOf([...seen.values()])
  const sums = (of: (link: FlowLink) => string) => {
    const all = new Map<string, number>()
    for (const link of links) all.set(of(link), (all.get(of(link)) ?? 0) + link.share)
    return all
  }
  const [came, went] = [sums(({ to }) => to), sums(({ from }) => from)]
  const held = Map.groupBy(trace.held, ({ account }) => idOf(account))
  const names = new Map(
    [...hops.flatMap(({ from, to }) => [from, to]), trace.from].map((name) => [idOf(name), name]),
  )
  return [...seen.values()].map(({ id, firstAt }) => {
    const here = held.get(id) ?? []
    const others = id === OTHERS
    const backward = trace.direction === 'backward'
    return {
      id,
      kind: others ? OTHERS : id === NOBODY ? NOBODY : 'account',
      name: others
        ? `${folded} smaller accounts`
        : id === NOBODY
          ? backward
            ? 'paid in from outside'
            : 'out of the file'
          : (names.get(id) ?? ''),
      accounts: others ? folded : 1,
      came: came.get(id) ?? 0,
      went: went.get(id) ?? 0,
      here: here.reduce((sum, it) => sum + worth(it.minor, it.currency), 0),
      held: summed(here),
      firstAt: hops.length > 0 ? firstAt : null,
      column: columns.get(id) ?? 0,
    }
  })
}

function summed(amounts: readonly { minor: number; currency: string }[]) {
  const all = new Map<string, number>()
  for (const { minor, currency } of amounts) all.set(currency, (all.get(currency) ?? 0) + minor)
  return [...all].map(([currency, minor]) => ({ minor, currency }))
}

/** Later stands further right; what was first reached at one time stands together; the payer stands left of the payee. */
function columnsOf(seen: readonly Seen[]): Map<string, number> {
  const tall = Math.max(TALL, Math.ceil(seen.length / MOST_COLUMNS))
  const columns = new Map<string, number>()
  let column = 0
  let filled = 0
  let before: When | null = null
  for (const { id, firstAt, by } of seen) {
    const after = by === null ? 0 : (columns.get(by) ?? 0) + 1
    const full = filled >= tall && firstAt !== before
    const next = Math.max(column + (full ? 1 : 0), after)
    filled = next === column ? filled + 1 : 1
    column = next
    before = firstAt
    columns.set(id, column)
  }
  return columns
}
