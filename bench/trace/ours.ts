import { performance } from 'node:perf_hooks'
import { fifoRule } from '../../src/trace/fifo.ts'
import { follow } from '../../src/trace/follow.ts'
import type { Followed } from '../../src/trace/followed.ts'
import { haircutRule } from '../../src/trace/haircut.ts'
import { openJournal } from '../../src/trace/journal.ts'
import type { Method } from '../../src/trace/outcome.ts'
import { poisonRule } from '../../src/trace/poison.ts'
import { followSpans } from '../../src/trace/spans.ts'
import { rowAt, trace } from '../../src/trace/trace.ts'
import { NUMBERS } from '../../src/trace/whole.ts'
import { countHeld, unitsOf } from './answers.ts'
import { HOPS, makeBook, type Question } from './books.ts'
import { answer } from './engine.ts'

// The house's own tracing: amounts, not only reach, by each of the three rules; whole answers in words, and counted only.

const made = makeBook(Number(process.argv[2]))
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
const columnsAndIndex = process.memoryUsage().arrayBuffers

const seedOf = ({ account, at, minor }: Question) => ({
  account,
  currency: 0,
  minor,
  row: rowAt(journal, at, 'forward'),
})

const whole = (method: Method, hops: number) => (question: Question) => {
  const { account, at, minor } = question
  return unitsOf(trace(journal, { from: String(account), at, minor, method, hops }))
}

const fifo = fifoRule({ limit: HOPS })
const haircut = haircutRule({ limit: HOPS }, NUMBERS)
const poison = poisonRule({ limit: HOPS }, NUMBERS)

/** Without names, times and words. */
const counted = {
  fifo: (question: Question) => {
    const { stream } = journal
    if (!stream) throw new Error('this book has one currency')
    const seed = seedOf(question)
    return countHeld(fifo, seed, followSpans(journal, stream, { seed, limit: HOPS }))
  },
  haircut: (question: Question) => {
    const seed = seedOf(question)
    const followed: Followed<bigint> = follow(journal, { seed, rule: haircut })
    return countHeld(haircut, seed, followed)
  },
  poison: (question: Question) => {
    const seed = seedOf(question)
    const followed: Followed<number> = follow(journal, { seed, rule: poison })
    return countHeld(poison, seed, followed)
  },
}

await answer({
  loaded,
  made,
  kinds: {
    'first hop': whole('fifo', 1),
    fifo: whole('fifo', HOPS),
    haircut: whole('haircut', HOPS),
    poison: whole('poison', HOPS),
    'fifo, counted': counted.fifo,
    'haircut, counted': counted.haircut,
    'poison, counted': counted.poison,
    'fifo to the end': whole('fifo', 0),
  },
  memory: { raw, columnsAndIndex },
})
