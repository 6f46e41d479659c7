import type { Flow, FlowLink, FlowNode } from './flow.ts'
import type { When } from './outcome.ts'
import { money } from './trace.ts'

/** One mark of the picture; the same list becomes an SVG file and the picture on the page. */
export type Shape =
  | {
      readonly kind: 'ribbon'
      readonly d: string
      readonly tone: Tone
      readonly title: string
      readonly ends: readonly [string, string]
    }
  | {
      readonly kind: 'bar'
      readonly at: Box
      readonly tone: Tone
      readonly title: string
      readonly node: string
    }
  | {
      readonly kind: 'label'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly tone: Tone
      readonly bold?: boolean
      /** The account it names; left out at the head of a column. */
      readonly node?: string
    }
  | { readonly kind: 'rule'; readonly x: number; readonly height: number }

export type Tone = 'ink' | 'quiet' | 'line' | 'flow' | 'here' | 'gone' | 'protect'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly shapes: readonly Shape[]
}

const BAR = 10
const COLUMN = 230
const SLOT = 26
const GAP = 6
const TOP = 44
const SIDE = 16
/** Height of the whole stolen amount, in pixels. */
const WHOLE = 260
const LETTERS = 26
/** Height of the letters, in pixels. */
export const LABEL = 12

/** A pale ground on which a name stands where money passes behind it; its width is only about that of the letters. */
export const groundOf = ({
  x,
  y,
  text,
}: {
  readonly x: number
  readonly y: number
  readonly text: string
}): Box => ({
  x: x - 2,
  y: y - LABEL + 2,
  width: [...text].length * LABEL * 0.58 + 4,
  height: LABEL,
})

interface Placed {
  readonly node: FlowNode
  readonly x: number
  readonly y: number
  readonly height: number
}

/** Accounts as bars from left to right by time, payments as ribbons; heights are amounts. Every account has its label. */
export function pictureOf(flow: Flow): Picture {
  const placed = place(flow)
  const columns = Math.max(...[...placed.values()].map(({ node }) => node.column)) + 1
  const height = Math.max(...[...placed.values()].map((it) => it.y + Math.max(it.height, SLOT))) + SIDE
  const { stolen, from, direction, method } = flow.trace
  return {
    width: SIDE * 2 + columns * COLUMN,
    height: Math.max(height, TOP + 120),
    title: `${money(stolen.minor, stolen.currency)} ${direction === 'forward' ? 'from' : 'that reached'} ${from}, followed ${direction} by ${METHOD_WORDS[method]}`,
    shapes: [
      ...columnHeads(flow, height),
      ...ribbons(flow, placed),
      ...[...placed.values()].flatMap((it) => barOf(it, flow)),
    ],
  }
}

export const METHOD_WORDS = { fifo: 'first in, first out', haircut: 'haircut', poison: 'poison' } as const

const tallness = ({ came, went, here }: FlowNode) =>
  Math.max(2, Math.max(came, went + here, went, here) * WHOLE)

/** Columns are filled from left to right; in each, accounts stand near those from whom their money came. */
function place({ nodes, links }: Flow): Map<string, Placed> {
  const placed = new Map<string, Placed>()
  const into = Map.groupBy(links, ({ to }) => to)
  const columns = [...Map.groupBy(nodes, ({ column }) => column)].sort(([a], [b]) => a - b)
  for (const [column, here] of columns) {
    const middle = (node: FlowNode) => {
      const from = (into.get(node.id) ?? []).flatMap((link) => {
        const it = placed.get(link.from)
        return it ? [{ at: it.y + it.height / 2, share: link.share }] : []
      })
      const all = from.reduce((sum, { share }) => sum + share, 0)
      return all === 0 ? 0 : from.reduce((sum, { at, share }) => sum + at * share, 0) / all
    }
    const sorted = here
      .map((node) => ({ node, middle: middle(node) }))
      .sort((a, b) => a.middle - b.middle || tallness(b.node) - tallness(a.node))
    let y = TOP
    for (const { node } of sorted) {
      const height = tallness(node)
      placed.set(node.id, { node, x: SIDE + column * COLUMN, y, height })
      y += Math.max(height, SLOT) + GAP
    }
  }
  return placed
}

function columnHeads({ nodes }: Flow, height: number): Shape[] {
  return [...Map.groupBy(nodes, ({ column }) => column)].flatMap(([column, here]): Shape[] => {
    const times = here.flatMap(({ firstAt }) => (firstAt === null ? [] : [firstAt]))
    times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const [first, last] = [times[0], times.at(-1)]
    if (first === undefined || last === undefined) return []
    const x = SIDE + column * COLUMN
    const [from, to] = [timeWords(first), timeWords(last)]
    const text = from === to ? from : `${from} – ${shorter(to, from)}`
    return [
      { kind: 'rule', x: x + BAR / 2, height },
      { kind: 'label', x, y: 18, text, tone: 'quiet' },
    ]
  })
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** `20 Nov 10:05` in UTC, or `step 7`. */
export function timeWords(at: When): string {
  return typeof at === 'number' ? `step ${at}` : `${DAY.format(Date.parse(at))} ${at.slice(11, 16)}`
}

const shorter = (to: string, from: string) => {
  const day = from.slice(0, -5)
  return to.startsWith(day) && /:\d\d$/.test(to) ? to.slice(day.length) : to
}

function ribbons({ links }: Flow, placed: ReadonlyMap<string, Placed>): Shape[] {
  const outAt = new Map<string, number>()
  const inAt = new Map<string, number>()
  const sorted = [...links].sort(
    (a, b) => (placed.get(a.to)?.y ?? 0) - (placed.get(b.to)?.y ?? 0) || (a.firstAt < b.firstAt ? -1 : 1),
  )
  // widest first, so that thin ribbons lie on top
  return sorted
    .flatMap((link) => {
      const [from, to] = [placed.get(link.from), placed.get(link.to)]
      if (!from || !to) return []
      const width = Math.max(1, link.share * WHOLE)
      const y1 = from.y + Math.min(outAt.get(link.from) ?? 0, Math.max(0, from.height - width))
      const y2 = to.y + Math.min(inAt.get(link.to) ?? 0, Math.max(0, to.height - width))
      outAt.set(link.from, (outAt.get(link.from) ?? 0) + width)
      inAt.set(link.to, (inAt.get(link.to) ?? 0) + width)
      return [
        {
          link,
          width,
          d: ribbon([from.x + BAR, y1], [to.x, y2], width),
          names: [from.node.name, to.node.name],
        },
      ]
    })
    .sort((a, b) => b.width - a.width)
    .map(({ link, d, names: [from = '', to = ''] }) => ({
      kind: 'ribbon',
      d,
      tone: link.to === 'nobody' ? 'gone' : 'flow',
      title: `${from} to ${to}: ${amountsOf(link.amounts)} in ${paymentsOf(link)}`,
      ends: [link.from, link.to],
    }))
}

export const amountsOf = (amounts: readonly { minor: number; currency: string }[]) =>
  amounts.map(({ minor, currency }) => money(minor, currency)).join(' and ')

const paymentsOf = ({ payments, firstAt, lastAt }: FlowLink) =>
  payments === 1
    ? `one payment, ${timeWords(firstAt)}`
    : `${payments} payments, ${timeWords(firstAt)} to ${timeWords(lastAt)}`

type Point = readonly [x: number, y: number]

function ribbon([x1, y1]: Point, [x2, y2]: Point, width: number): string {
  const r = (n: number) => Math.round(n * 10) / 10
  // money that goes back in the picture swings out, so that it is seen to go back
  const pull = x2 > x1 ? (x2 - x1) / 2 : 60 + (x1 - x2) / 8
  const [a, b] = [x1 + pull, x2 - pull]
  const [low1, low2] = [y1 + width, y2 + width]
  return `M${r(x1)} ${r(y1)}C${r(a)} ${r(y1)} ${r(b)} ${r(y2)} ${r(x2)} ${r(y2)}V${r(low2)}C${r(b)} ${r(low2)} ${r(a)} ${r(low1)} ${r(x1)} ${r(low1)}Z`
}

function barOf({ node, x, y, height }: Placed, { trace }: Flow): Shape[] {
  const there = Math.min(height, node.here * WHOLE)
  const began = trace.direction === 'backward'
  const isHere = node.held.length > 0
  const held = isHere ? `${amountsOf(node.held)} ${began ? 'began here' : 'is there now'}` : ''
  const title = [node.name, held].filter(Boolean).join(': ')
  const bar = (at: Box, tone: Tone): Shape => ({ kind: 'bar', at, tone, title, node: node.id })
  const ink = node.kind === 'nobody' ? 'gone' : 'ink'
  const full = height - (isHere ? Math.max(there, 2) : 0)
  const x2 = x + BAR + 5
  return [
    ...(full > 0 ? [bar({ x, y, width: BAR, height: full }, ink)] : []),
    ...(isHere ? [bar({ x, y: y + Math.max(0, full), width: BAR, height: Math.max(there, 2) }, 'here')] : []),
    {
      kind: 'label',
      x: x2,
      y: y + LABEL - 2,
      text: middleCut(node.name),
      tone: 'ink',
      bold: node.name === trace.from,
      node: node.id,
    },
    ...(isHere
      ? [{ kind: 'label', x: x2, y: y + 2 * LABEL, text: held, tone: 'here', node: node.id } as const]
      : []),
  ]
}

function middleCut(name: string): string {
  const letters = [...name]
  if (letters.length <= LETTERS) return name
  return `${letters.slice(0, LETTERS / 2).join('')}…${letters.slice(1 - LETTERS / 2).join('')}`
}
