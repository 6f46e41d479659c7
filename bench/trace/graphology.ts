import { performance } from 'node:perf_hooks'
import { MultiDirectedGraph } from 'graphology'
import { HOPS, makeBook, questions } from './books.ts'
import { asked, finish, warm } from './engine.ts'

// A graph in memory, walked hop by hop: which accounts could the money have reached. No amounts.

const made = makeBook(Number(process.argv[2]))
const asks = [...warm(made), ...questions(made, asked)]
const began = performance.now()
const graph = new MultiDirectedGraph<Record<string, never>, { at: number; minor: number }>()
for (let account = 0; account < made.accounts; account++) graph.addNode(account)
for (let row = 0; row < made.rows; row++) {
  const payee = made.payee[row] as number
  if (payee === 0xffff_ffff) continue
  graph.addEdge(made.payer[row], payee, { at: made.at[row] as number, minor: made.minor[row] as number })
}
const loaded = performance.now() - began
const times: Record<string, number[]> = { reach: [] }
let reached = 0
for (const { account, at } of asks) {
  const start = performance.now()
  const all = new Set<string>()
  let frontier = new Map([[String(account), at]])
  for (let hop = 0; hop < HOPS; hop++) {
    const next = new Map<string, number>()
    for (const [from, since] of frontier)
      graph.forEachOutboundEdge(from, (_edge, it, _from, to) => {
        if (it.at < since) return
        next.set(to, Math.min(next.get(to) ?? Number.POSITIVE_INFINITY, it.at))
        all.add(to)
      })
    frontier = next
  }
  times.reach?.push(performance.now() - start)
  reached += all.size
}
times.reach?.splice(0, asks.length - asked)
finish({ loaded, times, reached: { reach: reached } })
