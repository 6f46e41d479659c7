import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { NOBODY, openJournal } from './journal.ts'
import type { Method } from './outcome.ts'
import { trace } from './trace.ts'

// What reference.test.ts leaves out, from the words of docs/guide/trace.md alone: exchanges of two rows, the limit on payments, which
// payments carried how much, and poison backward. By first in, first out a balance is a list of units, one thing each; by haircut it is
// a list of parts, one for each number of payments made; by poison a number and a mark.

interface Row {
  readonly from: string
  readonly to: string
  readonly minor: number
  readonly currency: string
}

interface Ask {
  readonly minor: number
  readonly row: number
  readonly hops: number
  readonly returnedTo: readonly string[]
}

type Legs = ReadonlyMap<number, number>

const NAMES = ['v', 'a', 'b', 'x', '-']
const CODES = ['EUR', 'USD']
const amount = fc.integer({ min: 0, max: 12 })
const one = fc.record({
  from: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
  minor: amount,
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
})
/** Somebody pays, and is paid back in the other currency; other rows may come between. */
const exchange = fc.tuple(one, amount, fc.array(one, { maxLength: 2 })).map(([out, minor, between]) => {
  const currency = out.currency === 'EUR' ? 'USD' : 'EUR'
  return [out, ...between, { from: out.to, to: out.from, minor, currency }]
})
const rows = fc
  .array(fc.oneof(exchange, fc.tuple(one), fc.tuple(one)), { minLength: 1, maxLength: 18 })
  .map((all): Row[] => all.flat())
const asks = fc.record({
  minor: fc.integer({ min: 1, max: 40 }),
  row: fc.nat(12),
  hops: fc.constantFrom(0, 0, 1, 2, 3),
  returnedTo: fc.constantFrom<readonly string[]>([], [], ['b']),
})

/** Rows of which the second is paid in another currency from the account that the first paid; each row in one pair at most. */
function legsOf(list: readonly Row[]): Map<number, number> {
  const legs = new Map<number, number>()
  const taken = new Set<number>()
  list.forEach((out, i) => {
    if (taken.has(i) || out.to === '-' || out.from === out.to) return
    const back = list.findIndex(
      (it, j) =>
        j > i && !taken.has(j) && it.from === out.to && it.to === out.from && it.currency !== out.currency,
    )
    if (back < 0) return
    legs.set(i, back)
    taken.add(i).add(back)
  })
  return legs
}

function journalOf(list: readonly Row[], legs: Legs) {
  const accounts = NAMES.slice(0, -1)
  const place = (name: string) => (name === '-' ? NOBODY : accounts.indexOf(name))
  const all = [...list, { from: 'v', to: '-', minor: 0, currency: 'EUR' }]
  return openJournal({
    rows: all.length,
    accounts,
    currencies: CODES,
    payer: Uint32Array.from(all, (it) => place(it.from)),
    payee: Uint32Array.from(all, (it) => place(it.to)),
    minor: Float64Array.from(all, (it) => it.minor),
    currency: Uint16Array.from(all, (it) => CODES.indexOf(it.currency)),
    at: Float64Array.from(all, (_, row) => row),
    clock: 'step',
    legs: [...legs],
  })
}

/** How a rule keeps money: `P` is a payment on its way. Numbers of payments made stand beside what is stolen, to the limit. */
interface Model<P> {
  take(from: string, minor: number): P
  put(to: string, payment: P): void
  /** Makes clean money stolen, at most `most`, which had made `made` payments before this one; says how much. */
  mark(payment: P, most: number, made: number): number
  stolen(payment: P): number
  fewest(payment: P): number
  /** Makes clean what has made `limit` payments; says how much it was. */
  end(payment: P, limit: number): number
  clean(payment: P): P
  worth(stolen: number, to: number, from: number): number
  held(): ReadonlyMap<string, number>
}

function slowly<P>(model: Model<P>, { list, legs, ask }: { list: readonly Row[]; legs: Legs; ask: Ask }) {
  const sums = new Map<string, number>()
  const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value)
  const owed = new Map<number, { got: number; made: number }>()
  const carried = new Map<number, number>()
  let left = ask.minor
  list.forEach((it, row) => {
    if (it.minor === 0 || it.from === it.to) return
    const payment = model.take(`${it.from} ${it.currency}`, it.minor)
    if (it.from === 'v' && it.currency === 'EUR' && row >= ask.row) left -= model.mark(payment, left, 0)
    const due = owed.get(row)
    if (due) add(`${it.from} ${it.currency}`, due.got - model.mark(payment, due.got, due.made))
    const stolen = model.stolen(payment)
    if (stolen > 0) carried.set(row, stolen)
    const to = `${it.to} ${it.currency}`
    const back = legs.get(row)
    if (back !== undefined && stolen > 0) {
      const made = model.fewest(payment)
      add(to, model.end(payment, ask.hops))
      const gave = model.stolen(payment)
      const got = model.worth(gave, list[back]?.minor ?? 0, it.minor)
      if (gave > 0) owed.set(back, { got, made })
      add(`changed ${it.currency}`, gave)
      model.put(to, model.clean(payment))
    } else if (it.to === '-') add(`lost ${it.currency}`, stolen)
    else if (ask.returnedTo.includes(it.to)) {
      add(`returned ${it.currency}`, stolen)
      model.put(to, model.clean(payment))
    } else {
      add(to, model.end(payment, ask.hops))
      model.put(to, payment)
    }
  })
  // what was due in a payment that moves nothing was never paid: nothing is worth something of nought
  add('v EUR', left)
  for (const [key, value] of model.held()) add(key, value)
  return { sums: new Map([...sums].filter(([, value]) => value > 1e-9)), carried }
}

interface Unit {
  /** Payments made; null while it is clean. */
  made: number | null
}

function units(): Model<Unit[]> {
  const queues = new Map<string, Unit[]>()
  const stolen = (them: readonly Unit[]) => them.filter(({ made }) => made !== null)
  return {
    take(from, minor) {
      const queue = from.startsWith('-') ? [] : (queues.get(from) ?? [])
      const taken = Array.from({ length: minor }, () => queue.shift() ?? { made: null })
      for (const unit of stolen(taken)) unit.made = (unit.made ?? 0) + 1
      return taken
    },
    put: (to, payment) => queues.set(to, [...(queues.get(to) ?? []), ...payment]),
    mark(payment, most, made) {
      const marked = payment.filter((unit) => unit.made === null).slice(0, most)
      for (const unit of marked) unit.made = made + 1
      return marked.length
    },
    stolen: (payment) => stolen(payment).length,
    fewest: (payment) => Math.min(...stolen(payment).map(({ made }) => made ?? 0)),
    end(payment, limit) {
      const ended = stolen(payment).filter(({ made }) => limit > 0 && (made ?? 0) >= limit)
      for (const unit of ended) unit.made = null
      return ended.length
    },
    clean: (payment) => payment.map(() => ({ made: null })),
    worth: (it, to, from) => Math.floor((it * to) / from),
    held: () => new Map([...queues].map(([key, them]) => [key, stolen(them).length])),
  }
}

interface Parts {
  minor: number
  /** Stolen money by payments made. */
  stolen: Map<number, number>
}

/** In floating point: sums are compared to a millionth, because rounding is what reference.test.ts holds. */
function parts(): Model<Parts> {
  const pockets = new Map<string, Parts>()
  const pocket = (key: string) => {
    const it = pockets.get(key) ?? { minor: 0, stolen: new Map() }
    pockets.set(key, it)
    return it
  }
  const sum = ({ stolen }: Parts) => [...stolen.values()].reduce((all, it) => all + it, 0)
  return {
    take(from, minor) {
      const here = from.startsWith('-') ? { minor: 0, stolen: new Map<number, number>() } : pocket(from)
      const share = minor >= here.minor ? 1 : minor / here.minor
      const stolen = new Map([...here.stolen].map(([made, it]) => [made + 1, it * share]))
      here.stolen = new Map([...here.stolen].map(([made, it]) => [made, share === 1 ? 0 : it - it * share]))
      here.minor = Math.max(0, here.minor - minor)
      return { minor, stolen }
    },
    put(to, payment) {
      const here = pocket(to)
      here.minor += payment.minor
      for (const [made, it] of payment.stolen) here.stolen.set(made, (here.stolen.get(made) ?? 0) + it)
    },
    mark(payment, most, made) {
      const marked = Math.min(most, payment.minor - sum(payment))
      payment.stolen.set(made + 1, (payment.stolen.get(made + 1) ?? 0) + marked)
      return marked
    },
    stolen: (payment) => (sum(payment) > 1e-9 ? sum(payment) : 0),
    fewest: ({ stolen }) => Math.min(...[...stolen].filter(([, it]) => it > 1e-9).map(([made]) => made)),
    end(payment, limit) {
      const ended = [...payment.stolen].filter(([made]) => limit > 0 && made >= limit)
      for (const [made] of ended) payment.stolen.delete(made)
      return ended.reduce((all, [, it]) => all + it, 0)
    },
    clean: ({ minor }) => ({ minor, stolen: new Map() }),
    worth: (it, to, from) => (it * to) / from,
    held: () => new Map([...pockets].map(([key, it]) => [key, sum(it)])),
  }
}

const MODELS: readonly [Method, () => Model<never>, number][] = [
  ['fifo', units as never, 0],
  // each place is rounded to a unit next to it
  ['haircut', parts as never, 1.000001],
]

for (const [method, model, near] of MODELS)
  test(`${method}: exchanges of two rows, a limit on payments, and what each payment carried`, () => {
    fc.assert(
      fc.property(rows, asks, (list, ask) => {
        const legs = legsOf(list)
        const want = slowly(model(), { list, legs, ask })
        const found = trace(journalOf(list, legs), {
          from: 'v',
          currency: 'EUR',
          at: ask.row,
          method,
          ...ask,
        })
        const got = new Map(found.held.map((it) => [`${it.account} ${it.currency}`, it.minor]))
        for (const it of found.totals)
          for (const end of ['lost', 'returned', 'changed'] as const)
            got.set(`${end} ${it.currency}`, it[end])
        for (const key of new Set([...want.sums.keys(), ...got.keys()])) {
          const off = Math.abs((want.sums.get(key) ?? 0) - (got.get(key) ?? 0))
          assert.ok(off <= near, `${key}: ${got.get(key)}, and by the model ${want.sums.get(key)}`)
        }
        const carried = new Map(found.hops.map(({ row, minor }) => [row, minor]))
        for (const row of new Set([...want.carried.keys(), ...carried.keys()])) {
          const off = Math.abs((want.carried.get(row) ?? 0) - (carried.get(row) ?? 0))
          assert.ok(off <= (near && 0.500001), `row ${row} carries ${carried.get(row)}`)
        }
        assert.equal(found.hops.length + found.hopsBelowOne, want.carried.size)
        for (const it of found.totals)
          assert.equal(it.held + it.lost + it.returned + it.changed, it.stolen, it.currency)
      }),
      { numRuns: 4_000 },
    )
  })

test('poison backward: every payment into a balance since it was last nought, whole, and what the payer had from elsewhere is its own', () => {
  fc.assert(
    fc.property(rows, asks, (mixed, { minor, row }) => {
      const list = mixed.map((it) => ({ ...it, currency: 'EUR' }))
      const moves = (it: Row) => it.minor > 0 && it.from !== it.to
      const balances = new Map<string, number>()
      const before = list.map((it) => {
        const now = new Map(balances)
        if (!moves(it)) return now
        balances.set(it.from, Math.max(0, (now.get(it.from) ?? 0) - it.minor))
        balances.set(it.to, (now.get(it.to) ?? 0) + it.minor)
        return now.set('-', 0)
      })
      const suspects = new Set<string>()
      const owners = new Map<string, number>()
      const own = (name: string, units: number) => owners.set(name, (owners.get(name) ?? 0) + units)
      let missing = minor
      for (let i = list.length - 1; i >= 0; i--) {
        const it = list[i] as Row
        if (!moves(it) || it.to === '-') continue
        let asked = suspects.has(it.to) ? it.minor : 0
        if ((before[i]?.get(it.to) ?? 0) === 0) suspects.delete(it.to)
        if (it.to === 'v' && i <= row) {
          const first = Math.min(it.minor - asked, missing)
          missing -= first
          asked += first
        }
        if (asked === 0) continue
        const had = Math.min(it.minor, before[i]?.get(it.from) ?? 0)
        own(it.from, Math.min(it.minor - had, asked))
        if (had > 0) suspects.add(it.from)
      }
      own('v', missing)
      const found = trace(journalOf(list, new Map()), {
        from: 'v',
        currency: 'EUR',
        at: row,
        direction: 'backward',
        method: 'poison',
        minor,
      })
      const got = [...found.held.map((it) => [it.account, it.minor] as const), ['-', found.lost] as const]
      const some = (all: Iterable<readonly [string, number]>) =>
        Object.fromEntries([...all].filter(([, units]) => units > 0))
      assert.deepEqual(some(got), some(owners))
    }),
    { numRuns: 4_000 },
  )
})
