import { performance } from 'node:perf_hooks'
import { openJournal } from '../../src/trace/journal.ts'
import { METHODS } from '../../src/trace/outcome.ts'
import { followSpans } from '../../src/trace/spans.ts'
import { rowAt, trace } from '../../src/trace/trace.ts'
import { HOPS, makeBook, type Question, questions } from './books.ts'
import { asked, finish, warm } from './engine.ts'

// The house's own tracing: amounts, not only reach, by each of the three rules.

const made = makeBook(Number(process.argv[2]))
const asks = questions(made, asked)
const raw = made.rows * (4 + 4 + 8 + 2 + 8)
const names = Array.from({ length: made.accounts }, (_, i) => String(i))
const began = performance.now()
const journal = openJournal({
  ...made,
  accounts: names,
  accountNumber: Number,
  currencies: ['EUR'],
  currency: new Uint16Array(made.rows),
})
const loaded = performance.now() - began
globalThis.gc?.()
// columns and index; the names of the accounts are the file's
const own = process.memoryUsage().arrayBuffers

/** What graphology answers: how many accounts hold stolen money, without names, times and words. */
function counted({ account, at, minor }: Question): number {
  const { stream } = journal
  if (!stream) throw new Error('this book has one currency')
  const seed = { account, currency: 0, minor, row: rowAt(journal, at, 'forward') }
  const { places, unspent } = followSpans(journal, stream, { seed, limit: HOPS })
  return places.filter((it) => it.stolen > 0 || (it.account === account && unspent > 0)).length
}

for (const question of warm(made)) counted(question)
for (const { account, at, minor } of warm(made))
  for (const method of METHODS) trace(journal, { from: String(account), at, minor, method, hops: HOPS })
const times: Record<string, number[]> = { 'first hop': [] }
const reached: Record<string, number> = {}
for (const { account, at, minor } of asks) {
  const ask = { from: String(account), at, minor }
  const start = performance.now()
  trace(journal, { ...ask, hops: 1 })
  times['first hop']?.push(performance.now() - start)
}
times['fifo, counted'] = []
for (const question of asks) {
  const start = performance.now()
  const count = counted(question)
  times['fifo, counted'].push(performance.now() - start)
  reached['fifo, counted'] = (reached['fifo, counted'] ?? 0) + count
}
for (const method of METHODS) {
  times[method] = []
  times[`${method} to the end`] = []
  for (const { account, at, minor } of asks) {
    const ask = { from: String(account), at, minor, method }
    let start = performance.now()
    const found = trace(journal, { ...ask, hops: HOPS })
    times[method]?.push(performance.now() - start)
    reached[method] = (reached[method] ?? 0) + found.held.length
    if (method !== 'fifo') continue
    start = performance.now()
    trace(journal, ask)
    times[`${method} to the end`]?.push(performance.now() - start)
  }
}
finish({ loaded, times, reached, memory: { raw, columnsAndIndex: own } })
