import { HouseError } from '../core/errors.ts'
import { parseMoney } from '../core/money.ts'
import { askedMoment } from '../trace/asked-time.ts'
import { flowOf } from '../trace/flow.ts'
import { METHODS, type Method, type Trace } from '../trace/outcome.ts'
import { pictureOf } from '../trace/picture.ts'
import { withProtection } from '../trace/protect-picture.ts'
import { protectionJson } from '../trace/protected-accounts.ts'
import type { RowsRead } from '../trace/read-rows.ts'
import { timeOf, timeStyleOf } from '../trace/row-time.ts'
import { accountsLike, paymentsOf } from '../trace/suggest.ts'
import { svgOf } from '../trace/svg.ts'
import { heldCsv, hopsCsv } from '../trace/table.ts'
import { seedCurrency, trace } from '../trace/trace.ts'
import { lookAtLedgers, readLedgers } from './read-ledgers.ts'
import type { MethodAnswer, OpenedLedger, TraceAsk, TraceWork } from './trace-words.ts'
import { answerCalls } from './worker-calls.ts'

const MOST_HELD = 500
const MOST_HOPS = 200
const MOST_REJECTED = 20
const MOST_SUGGESTED = 8

let opened: RowsRead | null = null
let traces = new Map<Method, Trace>()

/** Follows money through ledger files on this device, away from the page; the files never leave it. */
answerCalls<TraceWork>(
  {
    look: (ask) => lookAtLedgers(ask),
    async open(ask, { tell }) {
      opened = await readLedgers(ask, tell)
      return summary(opened)
    },
    suggest({ typed, direction }) {
      const { journal } = here()
      return {
        accounts: accountsLike(journal, typed, MOST_SUGGESTED),
        payments: paymentsOf(journal, typed.trim(), { direction, most: MOST_SUGGESTED }),
      }
    },
    trace(ask) {
      const found = METHODS.map((method) => [method, follow(ask, method)] as const)
      traces = new Map(found)
      return Object.fromEntries(found.map(([method, it]) => [method, answerOf(it)])) as Record<
        Method,
        MethodAnswer
      >
    },
    export({ method, kind, protection }) {
      const it = traces.get(method)
      if (!it) throw new HouseError('conflict', 'nothing was traced yet')
      if (kind === 'svg') return svgOf(withProtection(pictureOf(flowOf(it)), protection))
      if (kind === 'held') return `\uFEFF${heldCsv(it, protection)}`
      if (kind === 'hops') return `\uFEFF${hopsCsv(it, protection)}`
      return JSON.stringify({ ...it, protection: protectionJson(protection, it) }, null, 1)
    },
  },
  'this could not be worked out; the file is as it was',
)

function here(): RowsRead {
  if (!opened) throw new HouseError('conflict', 'no file is open')
  return opened
}

function summary({ journal, mapping, rejected, rejectedCount, rounded }: RowsRead): OpenedLedger {
  const { rows, at, clock = 'moment' } = journal
  const when = (row: number) => {
    const time = at[row] ?? 0
    return clock === 'step' ? time : new Date(time).toISOString()
  }
  return {
    rows,
    accounts: journal.accounts.length,
    currencies: journal.currencies,
    clock,
    begins: when(0),
    ends: when(rows - 1),
    mapping,
    rejectedCount,
    rounded,
    rejected: rejected.slice(0, MOST_REJECTED),
  }
}

function stepOf(text: string): number | null {
  const it = timeOf(text, timeStyleOf([]))
  return it?.step ? it.value : null
}

function follow({ from, amount, currency, at, direction, hops }: TraceAsk, method: Method): Trace {
  const { journal } = here()
  const steps = journal.clock === 'step'
  const time = steps ? stepOf(at) : askedMoment(at)
  if (time === null)
    throw new HouseError(
      'invalid',
      steps
        ? 'time: this file counts steps; write a whole number, e.g. 7'
        : 'time: write it as 2026-03-01 10:30, in UTC, or with its offset: 2026-03-01T17:30+07:00',
    )
  const whose = { from: from.trim(), at: time, direction }
  const code = seedCurrency(journal, { ...whose, ...(currency && { currency }) })
  const { minor } = parseMoney(amount, code === 'XXX' ? 'USD' : code)
  return trace(journal, { ...whose, minor, method, hops, ...(currency && { currency }) })
}

function answerOf(it: Trace): MethodAnswer {
  const flow = flowOf(it)
  return {
    trace: { ...it, held: it.held.slice(0, MOST_HELD), hops: it.hops.slice(0, MOST_HOPS) },
    picture: pictureOf(flow),
    heldCount: it.held.length,
    hopCount: it.hops.length + it.hopsBelowOne,
    folded: flow.folded,
  }
}
