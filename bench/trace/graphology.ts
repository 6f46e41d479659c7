import { performance } from 'node:perf_hooks'
import { MultiDirectedGraph } from 'graphology'
import { fifoRule } from '../../src/trace/fifo.ts'
import type { Followed, Hops, Seed } from '../../src/trace/followed.ts'
import { haircutRule } from '../../src/trace/haircut.ts'
import { Heap } from '../../src/trace/heap.ts'
import type { Journal } from '../../src/trace/journal.ts'
import { poisonRule } from '../../src/trace/poison.ts'
import { present } from '../../src/trace/present.ts'
import type { Rule } from '../../src/trace/rule.ts'
import { NUMBERS } from '../../src/trace/whole.ts'
import { countHeld, unitsOf } from './answers.ts'
import { HOPS, makeBook, type Question } from './books.ts'
import { answer, type Said } from './engine.ts'

// A graph in memory, asked two things: which accounts could the money have reached (no amounts), hop by hop; and the very
// question of ours, by each of the three rules, with each account's payments taken from the graph and put in order. What it found is
// put into the same words by the same code, which reads the rows that it names from the columns.

interface Payment {
  readonly row: number
  readonly at: number
  readonly minor: number
}
type Graph = MultiDirectedGraph<Record<string, never>, Payment>

const OUT = 'out'

function reach(graph: Graph, { account, at }: Question): Said {
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
  return { accounts: all.size }
}

interface Account<C, T> {
  readonly name: string
  readonly payments: readonly (Payment & { readonly from: string; readonly to: string })[]
  contents: C
  place: number
  next: number
  live: boolean
  stays: T
  hops: number
  firstRow: number
  lastRow: number
}

function accountOf<C, P, T>(graph: Graph, name: string, rule: Rule<C, P, T>): Account<C, T> {
  const payments: (Payment & { from: string; to: string })[] = []
  graph.forEachEdge(name, (_edge, it, from, to) => {
    if (from !== to) payments.push({ ...it, from, to })
  })
  payments.sort((a, b) => a.row - b.row)
  return {
    name,
    payments,
    contents: rule.open(0),
    place: 0,
    next: 0,
    live: false,
    stays: rule.zero,
    hops: Number.POSITIVE_INFINITY,
    firstRow: -1,
    lastRow: -1,
  }
}

interface Ask<C, P, T> {
  readonly seed: Seed
  readonly rule: Rule<C, P, T>
  readonly at: number
}

/** Where the money is; the same rule as ours, the graph for everything else. */
function follow<C, P, T>(graph: Graph, { seed, rule, at }: Ask<C, P, T>): Followed<T> {
  const accounts = new Map<string, Account<C, T>>()
  const waiting = new Heap<Account<C, T>>()
  const hops: Hops = { rows: [], minors: [], depths: [] }
  const source = String(seed.account)
  let unspent = rule.whole(seed.minor)
  let lost = rule.zero
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
  const pay = (payer: Account<C, T>, { row, from, to, minor }: Account<C, T>['payments'][number]) => {
    const parcel = rule.take(payer.contents, minor)
    const due = from === source && !rule.isZero(unspent)
    if (due) unspent = rule.less(unspent, rule.decree(parcel, unspent))
    const carried = rule.carried(parcel)
    if (rule.isZero(carried)) {
      const payee = accounts.get(to)
      if (payee?.live) rule.putClean(payee.contents, minor)
      return
    }
    const depth = due ? 1 : payer.hops + 1
    hops.rows.push(row)
    hops.minors.push(rule.shown(carried))
    hops.depths.push(depth)
    if (to === OUT) {
      lost = rule.add(lost, carried)
      return
    }
    const stopped = rule.stop(parcel)
    const receiver = rule.isZero(rule.carried(parcel)) ? known(to) : awake(to, (it) => it.row < row)
    receiver.stays = rule.add(receiver.stays, stopped)
    receiver.hops = Math.min(receiver.hops, depth)
    if (receiver.firstRow < 0) receiver.firstRow = row
    receiver.lastRow = row
    if (receiver.live) rule.put(receiver.contents, parcel)
  }
  awake(source, (it) => it.at < at).hops = 0
  for (let account = waiting.first; account; account = waiting.first) {
    const payment = account.payments[account.place]
    if (!payment) break
    const payer = accounts.get(payment.from)
    if (payer?.live) pay(payer, payment)
    else {
      const payee = accounts.get(payment.to)
      if (payee?.live) rule.putClean(payee.contents, payment.minor)
    }
    for (let done = waiting.first; done && done.next === payment.row; done = waiting.first) {
      done.place++
      const next = done.payments[done.place]
      const wanted = rule.isTainted(done.contents) || (done.name === source && !rule.isZero(unspent))
      if (wanted && next) {
        done.next = next.row
        waiting.sink()
      } else {
        waiting.pop()
        done.live = wanted
      }
    }
  }
  const places = Array.from(accounts.values(), (it) => ({
    account: Number(it.name),
    currency: 0,
    stolen: rule.add(rule.left(it.contents), it.stays),
    stays: it.stays,
    hops: it.hops,
    firstRow: it.firstRow,
    lastRow: it.lastRow,
  }))
  return { places, unspent, lost: new Map([[0, lost]]), returned: new Map(), conversions: [], hops }
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
// only what is asked to put a row into words
const words = {
  ...made,
  accounts: Array.from({ length: made.accounts }, (_, i) => String(i)),
  currencies: ['EUR'],
  currency: new Uint16Array(made.rows),
} as unknown as Journal

function kindsOf<C, P, T>(rule: Rule<C, P, T>) {
  const found = ({ account, at, minor }: Question) => {
    const seed = { account, currency: 0, minor, row: 0 }
    return { seed, rule, followed: follow(graph, { seed, rule, at }) }
  }
  return {
    counted: (question: Question) => {
      const { seed, followed } = found(question)
      return countHeld(rule, seed, followed)
    },
    whole: (question: Question) => unitsOf(present(words, found(question))),
  }
}

const fifo = kindsOf(fifoRule({ limit: HOPS }))
const haircut = kindsOf(haircutRule({ limit: HOPS }, NUMBERS))
const poison = kindsOf(poisonRule({ limit: HOPS }, NUMBERS))
await answer({
  loaded,
  made,
  kinds: {
    reach: (question) => reach(graph, question),
    fifo: fifo.whole,
    haircut: haircut.whole,
    poison: poison.whole,
    'fifo, counted': fifo.counted,
    'haircut, counted': haircut.counted,
    'poison, counted': poison.counted,
  },
})
