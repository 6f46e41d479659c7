import { performance } from 'node:perf_hooks'
import { MultiDirectedGraph } from 'graphology'
import { fifoRule } from '../../src/trace/fifo.ts'
import { haircutRule } from '../../src/trace/haircut.ts'
import { Heap } from '../../src/trace/heap.ts'
import { poisonRule } from '../../src/trace/poison.ts'
import type { Rule } from '../../src/trace/rule.ts'
import { NUMBERS } from '../../src/trace/whole.ts'
import { HOPS, makeBook, type Question, questions } from './books.ts'
import { asked, finish, warm } from './engine.ts'

// A graph in memory, asked two things: which accounts could the money have reached (no amounts), hop by hop; and the very
// question of ours, by each of the three rules, with each account's payments taken from the graph and put in order.

interface Payment {
  readonly row: number
  readonly at: number
  readonly minor: number
}
type Graph = MultiDirectedGraph<Record<string, never>, Payment>

const OUT = 'out'

function reach(graph: Graph, { account, at }: Question): number {
  const all = new Set<string>()
  let frontier = new Map([[String(account), at]])
  for (let hop = 0; hop < HOPS; hop++) {
    const next = new Map<string, number>()
    for (const [from, since] of frontier)
      graph.forEachOutboundEdge(from, (_edge, it, _from, to) => {
        if (it.at < since || to === OUT) return
        next.set(to, Math.min(next.get(to) ?? Number.POSITIVE_INFINITY, it.at))
        all.add(to)
      })
    frontier = next
  }
  return all.size
}

interface Account<C, T> {
  readonly name: string
  readonly payments: readonly (Payment & { readonly from: string; readonly to: string })[]
  contents: C
  place: number
  next: number
  live: boolean
  stays: T
}

function accountOf<C, P, T>(graph: Graph, name: string, rule: Rule<C, P, T>): Account<C, T> {
  const payments: (Payment & { from: string; to: string })[] = []
  graph.forEachEdge(name, (_edge, it, from, to) => {
    if (from !== to) payments.push({ ...it, from, to })
  })
  payments.sort((a, b) => a.row - b.row)
  return { name, payments, contents: rule.open(0), place: 0, next: 0, live: false, stays: rule.zero }
}

/** How many accounts hold stolen money in the end; the same rule as ours, the graph for everything else. */
function follow<C, P, T>(graph: Graph, question: Question, rule: Rule<C, P, T>): number {
  const accounts = new Map<string, Account<C, T>>()
  const waiting = new Heap<Account<C, T>>()
  const source = String(question.account)
  let left = rule.whole(question.minor)
  const known = (name: string) => {
    const it = accounts.get(name) ?? accountOf(graph, name, rule)
    accounts.set(name, it)
    return it
  }
  const awake = (name: string, isBefore: (it: Payment) => boolean) => {
    const it = known(name)
    if (it.live) return it
    for (let next = it.payments[it.place]; next && isBefore(next); next = it.payments[it.place]) {
      if (next.from === name) rule.take(it.contents, next.minor)
      else rule.putClean(it.contents, next.minor)
      it.place++
    }
    it.live = true
    it.next = it.payments[it.place]?.row ?? -1
    if (it.next >= 0) waiting.push(it)
    return it
  }
  awake(source, (it) => it.at < question.at)
  for (let account = waiting.first; account; account = waiting.first) {
    const payment = account.payments[account.place]
    if (!payment) break
    const { row, from, to, minor } = payment
    const payer = accounts.get(from)
    const payee = accounts.get(to)
    if (!payer?.live) {
      if (payee?.live) rule.putClean(payee.contents, minor)
    } else {
      const parcel = rule.take(payer.contents, minor)
      if (from === source && !rule.isZero(left)) left = rule.less(left, rule.decree(parcel, left))
      if (rule.isZero(rule.carried(parcel))) {
        if (payee?.live) rule.putClean(payee.contents, minor)
      } else if (to !== OUT) {
        const stopped = rule.stop(parcel)
        const receiver = rule.isZero(rule.carried(parcel)) ? known(to) : awake(to, (it) => it.row < row)
        receiver.stays = rule.add(receiver.stays, stopped)
        if (receiver.live) rule.put(receiver.contents, parcel)
      }
    }
    for (let done = waiting.first; done && done.next === row; done = waiting.first) {
      done.place++
      const next = done.payments[done.place]
      const wanted = rule.isTainted(done.contents) || (done.name === source && !rule.isZero(left))
      if (wanted && next) {
        done.next = next.row
        waiting.sink()
      } else {
        waiting.pop()
        done.live = wanted
      }
    }
  }
  const names = [...accounts.keys()]
  const held = Array.from(accounts.values(), (it) => {
    const here = rule.add(rule.left(it.contents), it.stays)
    return it.name === source ? rule.add(here, left) : here
  })
  const all = held.reduce((sum, value) => rule.add(sum, value), rule.zero)
  return rule.settle(held, all, (i) => names[i] ?? '').filter((minor) => minor > 0).length
}

const asks = {
  reach,
  fifo: (graph: Graph, it: Question) => follow(graph, it, fifoRule({ limit: HOPS })),
  haircut: (graph: Graph, it: Question) => follow(graph, it, haircutRule({ limit: HOPS }, NUMBERS)),
  poison: (graph: Graph, it: Question) => follow(graph, it, poisonRule({ limit: HOPS }, NUMBERS)),
}

const made = makeBook(Number(process.argv[2]))
const began = performance.now()
const graph: Graph = new MultiDirectedGraph()
graph.addNode(OUT)
for (let account = 0; account < made.accounts; account++) graph.addNode(account)
for (let row = 0; row < made.rows; row++) {
  const payee = made.payee[row] as number
  const payment = { row, at: made.at[row] as number, minor: made.minor[row] as number }
  graph.addEdge(made.payer[row], payee === 0xffff_ffff ? OUT : payee, payment)
}
const loaded = performance.now() - began
const times: Record<string, number[]> = {}
const reached: Record<string, number> = {}
for (const [name, ask] of Object.entries(asks)) {
  for (const question of warm(made)) ask(graph, question)
  times[name] = []
  reached[name] = 0
  for (const question of questions(made, asked)) {
    const start = performance.now()
    reached[name] += ask(graph, question)
    times[name].push(performance.now() - start)
  }
}
finish({ loaded, times, reached })
