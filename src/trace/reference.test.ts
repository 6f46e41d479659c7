import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { type Journal, NOBODY, openJournal } from './journal.ts'
import type { Method, Trace } from './outcome.ts'
import { trace } from './trace.ts'

// The three rules once more, slowly, from the words of docs/guide/trace.md alone: every row of the book in order, every amount an
// exact fraction. Books with changes of currency, money that returns, amounts up to 10^15, circles, ties and rows without an end.

interface Row {
  readonly from: string
  readonly to: string
  readonly minor: number
  readonly currency: string
  readonly got: number
  readonly gotIn: string
  readonly at: number
}

interface Ask {
  readonly minor: number
  readonly at: number
  readonly returnedTo: readonly string[]
}

const NAMES = ['v', 'a', 'b', 'c', 'w', '-'] as const
const CURRENCIES = ['EUR', 'USD', 'THB']
const SEED = 'v EUR'

const small = fc.integer({ min: 0, max: 12 })
const large = fc.integer({ min: 0, max: 10 ** 15 })
const row = (amount: fc.Arbitrary<number>) =>
  fc
    .record({
      from: fc.constantFrom(...NAMES),
      to: fc.constantFrom(...NAMES),
      minor: amount,
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
      other: amount,
      gotIn: fc.constantFrom(null, null, null, ...CURRENCIES),
      at: fc.integer({ min: 0, max: 6 }),
    })
    .map(({ other, gotIn, ...it }): Row => {
      const changes = gotIn !== null && gotIn !== it.currency
      return { ...it, gotIn: changes ? gotIn : it.currency, got: changes ? other : it.minor }
    })
const asking = (amount: fc.Arbitrary<number>) =>
  fc.record({
    minor: amount.map((it) => it + 1),
    at: fc.integer({ min: 0, max: 7 }),
    returnedTo: fc.constantFrom<readonly string[]>([], ['w'], ['w', 'c'], ['v']),
  })
const bookOf = (amount: fc.Arbitrary<number>) =>
  fc.tuple(fc.array(row(amount), { minLength: 1, maxLength: 22 }), asking(amount))
const oneCurrency = (amount: fc.Arbitrary<number>) =>
  bookOf(amount).map(([rows, ask]): [Row[], Ask] => [
    rows.map((it) => ({ ...it, currency: 'EUR', gotIn: 'EUR', got: it.minor })),
    ask,
  ])
/** Small amounts meet and tie; large ones are where numbers stop being exact; one currency is followed by a shorter way. */
const book = fc.oneof(bookOf(small), bookOf(large), oneCurrency(small), oneCurrency(large))

function journalOf(rows: readonly Row[]): Journal {
  const accounts = [...NAMES.slice(0, -1)] as string[]
  const place = (name: string) => (name === '-' ? NOBODY : accounts.indexOf(name))
  // the account that is asked about is in the file, in its currency, whatever the rows are
  const all = [...rows, { from: 'v', to: '-', minor: 0, currency: 'EUR', got: 0, gotIn: 'EUR', at: 9 }]
  return openJournal({
    rows: all.length,
    accounts,
    currencies: CURRENCIES,
    payer: Uint32Array.from(all, (it) => place(it.from)),
    payee: Uint32Array.from(all, (it) => place(it.to)),
    minor: Float64Array.from(all, (it) => it.minor),
    currency: Uint16Array.from(all, (it) => CURRENCIES.indexOf(it.currency)),
    at: Float64Array.from(all, (it) => it.at),
    received: {
      minor: Float64Array.from(all, (it) => it.got),
      currency: Uint16Array.from(all, (it) => CURRENCIES.indexOf(it.gotIn)),
    },
    clock: 'step',
  })
}

/** Booking order, ties as in the file; without what moves nothing. */
const inOrder = (rows: readonly Row[]) =>
  rows
    .map((it, i) => ({ ...it, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .filter((it) => it.minor > 0 && (it.from !== it.to || it.currency !== it.gotIn))

// ---- fractions -------------------------------------------------------------------------------------------------------------

interface Fraction {
  readonly over: bigint
  readonly under: bigint
}
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
const fraction = (over: bigint, under = 1n): Fraction => {
  const by = gcd(over < 0n ? -over : over, under) || 1n
  return { over: over / by, under: under / by }
}
const NONE = fraction(0n)
const plus = (a: Fraction, b: Fraction) => fraction(a.over * b.under + b.over * a.under, a.under * b.under)
const minus = (a: Fraction, b: Fraction) => plus(a, fraction(-b.over, b.under))
const times = (a: Fraction, over: bigint, under: bigint) => fraction(a.over * over, a.under * under)
const less = (a: Fraction, b: Fraction) => a.over * b.under < b.over * a.under
const least = (a: Fraction, b: Fraction) => (less(a, b) ? a : b)
const sum = (all: Iterable<Fraction>) => [...all].reduce(plus, NONE)

/** Whole units that add up to the whole: each part its units, then one more to the largest rests, ties in the order given. */
function whole(parts: readonly Fraction[]): number[] {
  const all = sum(parts)
  const target = (2n * all.over + all.under) / (2n * all.under)
  const units = parts.map(({ over, under }) => over / under)
  const rests = parts.map((it, i) => ({ i, rest: minus(it, fraction(units[i] as bigint)) }))
  rests.sort((a, b) => (less(b.rest, a.rest) ? -1 : less(a.rest, b.rest) ? 1 : a.i - b.i))
  let left = target - units.reduce((total, it) => total + it, 0n)
  for (const { i } of rests) if (left-- > 0n) units[i] = (units[i] as bigint) + 1n
  return units.map(Number)
}

// ---- one model for all three rules ---------------------------------------------------------------------------------------------

/** How a rule keeps a balance, by the words of the guide. `P` is a payment on its way. */
interface Model<P> {
  /** Takes a payment; what is missing comes from outside and is clean. */
  take(pocket: string, minor: bigint): P
  stolen(payment: P): Fraction
  /** Makes clean units stolen, the first first; says how many. */
  mark(payment: P, most: Fraction): Fraction
  change(payment: P, minor: bigint, got: bigint): P
  put(pocket: string, payment: P): void
  /** The payment, with nothing stolen in it any more. */
  clean(payment: P): P
  held(): ReadonlyMap<string, Fraction>
}

type Ends = Record<'lost' | 'returned' | 'changed', Map<string, Fraction>>

function slowly<P>(model: Model<P>, rows: readonly Row[], ask: Ask) {
  const ends: Ends = { lost: new Map(), returned: new Map(), changed: new Map() }
  const add = (end: Map<string, Fraction>, currency: string, it: Fraction) =>
    end.set(currency, plus(end.get(currency) ?? NONE, it))
  let left = fraction(BigInt(ask.minor))
  for (const it of inOrder(rows)) {
    // who has no name in the file brings clean money
    let payment = model.take(it.from === '-' ? '' : `${it.from} ${it.currency}`, BigInt(it.minor))
    if (`${it.from} ${it.currency}` === SEED && it.at >= ask.at) left = minus(left, model.mark(payment, left))
    const stolen = model.stolen(payment)
    if (it.currency !== it.gotIn) {
      payment = model.change(payment, BigInt(it.minor), BigInt(it.got))
      if (stolen.over > 0n) add(ends.changed, it.currency, stolen)
    }
    const arrived = model.stolen(payment)
    if (it.to === '-') add(ends.lost, it.gotIn, arrived)
    else if (ask.returnedTo.includes(it.to)) {
      add(ends.returned, it.gotIn, arrived)
      model.put(`${it.to} ${it.gotIn}`, model.clean(payment))
    } else model.put(`${it.to} ${it.gotIn}`, payment)
  }
  const held = new Map(model.held())
  held.set(SEED, plus(held.get(SEED) ?? NONE, left))
  return { held, ends }
}

/** A balance is a queue of runs of units, clean or stolen. */
function fifo(): Model<{ runs: [bigint, boolean][] }> {
  const queues = new Map<string, [bigint, boolean][]>()
  const count = (runs: readonly [bigint, boolean][]) =>
    fraction(runs.reduce((all, [units, stolen]) => (stolen ? all + units : all), 0n))
  return {
    take(pocket, minor) {
      const queue = queues.get(pocket) ?? []
      const runs: [bigint, boolean][] = []
      let missing = minor
      while (missing > 0n && queue[0]) {
        const [units, stolen] = queue[0]
        const taken = units < missing ? units : missing
        if (taken === units) queue.shift()
        else queue[0] = [units - taken, stolen]
        runs.push([taken, stolen])
        missing -= taken
      }
      return { runs: missing > 0n ? [...runs, [missing, false]] : runs }
    },
    stolen: ({ runs }) => count(runs),
    mark(payment, most) {
      let left = most.over
      payment.runs = payment.runs.flatMap(([units, stolen]): [bigint, boolean][] => {
        if (stolen || left === 0n) return [[units, stolen]]
        const marked = units < left ? units : left
        left -= marked
        return [
          [marked, true],
          [units - marked, false],
        ]
      })
      return fraction(most.over - left)
    },
    change({ runs }, minor, got) {
      let [before, after] = [0n, 0n]
      const changed = runs.map(([units, stolen]): [bigint, boolean] => {
        before += units
        const next = (before * got) / minor
        const mine = next - after
        after = next
        return [mine, stolen]
      })
      return { runs: changed }
    },
    put: (pocket, { runs }) => {
      const some = runs.filter(([units]) => units > 0n)
      queues.set(pocket, [...(queues.get(pocket) ?? []), ...some])
    },
    clean: ({ runs }) => ({ runs: runs.map(([units]) => [units, false]) }),
    held: () => new Map([...queues].map(([pocket, runs]) => [pocket, count(runs)])),
  }
}

function haircut(): Model<{ minor: bigint; stolen: Fraction }> {
  const pockets = new Map<string, { balance: bigint; stolen: Fraction }>()
  return {
    take(name, minor) {
      const { balance, stolen } = pockets.get(name) ?? { balance: 0n, stolen: NONE }
      if (minor >= balance) {
        pockets.set(name, { balance: 0n, stolen: NONE })
        return { minor, stolen }
      }
      const share = times(stolen, minor, balance)
      pockets.set(name, { balance: balance - minor, stolen: minus(stolen, share) })
      return { minor, stolen: share }
    },
    stolen: ({ stolen }) => stolen,
    mark(payment, most) {
      const marked = least(minus(fraction(payment.minor), payment.stolen), most)
      payment.stolen = plus(payment.stolen, marked)
      return marked
    },
    change: ({ stolen }, minor, got) => ({ minor: got, stolen: times(stolen, got, minor) }),
    put(name, { minor, stolen }) {
      const before = pockets.get(name) ?? { balance: 0n, stolen: NONE }
      pockets.set(name, { balance: before.balance + minor, stolen: plus(before.stolen, stolen) })
    },
    clean: ({ minor }) => ({ minor, stolen: NONE }),
    held: () => new Map([...pockets].map(([name, { stolen }]) => [name, stolen])),
  }
}

function poison(): Model<{ minor: bigint; touched: bigint; stolen: bigint }> {
  const pockets = new Map<string, { balance: bigint; tainted: boolean }>()
  return {
    take(name, minor) {
      const { balance, tainted } = pockets.get(name) ?? { balance: 0n, tainted: false }
      const rest = minor >= balance ? 0n : balance - minor
      pockets.set(name, { balance: rest, tainted: tainted && rest > 0n })
      return { minor, touched: tainted ? balance - rest : 0n, stolen: tainted ? minor : 0n }
    },
    stolen: ({ stolen }) => fraction(stolen),
    mark(payment, most) {
      const room = payment.minor - payment.touched
      const marked = room < most.over ? room : most.over
      payment.touched += marked
      if (payment.stolen < payment.touched) payment.stolen = payment.touched
      return fraction(marked)
    },
    change: ({ touched, stolen }, minor, got) => ({ minor: got, touched, stolen: (stolen * got) / minor }),
    put(name, { minor, stolen }) {
      const before = pockets.get(name) ?? { balance: 0n, tainted: false }
      pockets.set(name, { balance: before.balance + minor, tainted: before.tainted || stolen > 0n })
    },
    clean: ({ minor }) => ({ minor, touched: 0n, stolen: 0n }),
    held: () =>
      new Map([...pockets].map(([name, { balance, tainted }]) => [name, tainted ? fraction(balance) : NONE])),
  }
}

const MODELS: Record<Method, () => Model<never>> = { fifo, haircut, poison } as never

/** What the model says, in the words of the answer: by account and currency, and how each currency adds up. */
function expected(method: Method, rows: readonly Row[], ask: Ask) {
  const { held, ends } = slowly(MODELS[method](), rows, ask)
  const amounts: Record<string, number> = {}
  const totals: Record<string, number[]> = {}
  for (const currency of CURRENCIES) {
    const names = [...held.keys()].filter((it) => it.endsWith(` ${currency}`)).sort()
    const parts = [
      ...names.map((it) => held.get(it) ?? NONE),
      ...(['lost', 'returned', 'changed'] as const).map((it) => ends[it].get(currency) ?? NONE),
    ]
    const units = whole(parts)
    names.forEach((name, i) => {
      if ((units[i] ?? 0) > 0) amounts[name] = units[i] as number
    })
    totals[currency] = units.slice(names.length)
  }
  return { amounts, totals }
}

function answered({ held, totals }: Trace) {
  const amounts = Object.fromEntries(held.map((it) => [`${it.account} ${it.currency}`, it.minor]))
  const rest = CURRENCIES.map((code) => {
    const it = totals.find(({ currency }) => currency === code)
    return [code, [it?.lost ?? 0, it?.returned ?? 0, it?.changed ?? 0]]
  })
  return { amounts, totals: Object.fromEntries(rest) }
}

const tooLarge = (amounts: Record<string, number>, totals: Record<string, number[]>) =>
  [...Object.values(amounts), ...Object.values(totals).flat()].some((it) => !Number.isSafeInteger(it))

for (const method of ['fifo', 'haircut', 'poison'] as const)
  test(`${method}, to the minor unit as the guide has it: currencies that change, money that returns, 10^15`, () => {
    fc.assert(
      fc.property(book, ([rows, ask]) => {
        const want = expected(method, rows, ask)
        // clean money that poison counts may be more than a number holds; then it says so, which trace.test.ts asks for
        fc.pre(!tooLarge(want.amounts, want.totals))
        const found = trace(journalOf(rows), { from: 'v', currency: 'EUR', method, ...ask })
        assert.deepEqual(answered(found), want)
        if (method !== 'poison')
          for (const it of found.totals)
            assert.equal(it.held + it.lost + it.returned + it.changed, it.stolen, it.currency)
      }),
      { numRuns: 2_000 },
    )
  })

test('of equal remainders the lower name goes first, then lost, returned, changed', () => {
  const rows = [
    { from: 'v', to: 'a', minor: 1 },
    { from: 'c', to: 'a', minor: 3 },
    ...['b', 'c', '-'].map((to) => ({ from: 'a', to, minor: 1 })),
  ].map((it, at): Row => ({ ...it, currency: 'EUR', got: it.minor, gotIn: 'EUR', at }))
  const ask = { minor: 1, at: 0, returnedTo: [] }
  const found = trace(journalOf(rows), { from: 'v', currency: 'EUR', method: 'haircut', ...ask })
  assert.deepEqual(answered(found).amounts, { 'a EUR': 1 })
  assert.deepEqual(answered(found), expected('haircut', rows, ask))
})

// ---- whose money it was --------------------------------------------------------------------------------------------------------

const plainBook = oneCurrency(small)

const backward = (rows: readonly Row[], { minor, at }: Ask, method: Method) => {
  const found = trace(journalOf(rows), {
    from: 'v',
    currency: 'EUR',
    direction: 'backward',
    ...{ minor, at, method },
  })
  const owners = Object.fromEntries(found.held.map((it) => [it.account, it.minor]))
  return found.lost > 0 ? { ...owners, '-': found.lost } : owners
}

test('backward by first in, first out: the last units that reached the account, each once however often it came', () => {
  fc.assert(
    fc.property(plainBook, ([rows, ask]) => {
      const queues = new Map<string, { owner: string }[]>()
      const arrived: { owner: string }[] = []
      for (const it of inOrder(rows)) {
        const queue = queues.get(it.from) ?? []
        const paid = Array.from({ length: it.minor }, () =>
          it.from === '-' ? { owner: '-' } : (queue.shift() ?? { owner: it.from }),
        )
        if (it.to !== '-') queues.set(it.to, [...(queues.get(it.to) ?? []), ...paid])
        if (it.to === 'v' && it.at <= ask.at) arrived.push(...paid)
      }
      const asked = [...new Set(arrived.reverse())].slice(0, ask.minor)
      const owners: Record<string, number> = {}
      const count = (owner: string, units: number) => {
        if (units > 0) owners[owner] = (owners[owner] ?? 0) + units
      }
      for (const { owner } of asked) count(owner, 1)
      count('v', ask.minor - asked.length)
      assert.deepEqual(backward(rows, ask, 'fifo'), owners)
    }),
    { numRuns: 3_000 },
  )
})

test('backward by haircut: each payment is the mixture of all that was there, as fractions by owner', () => {
  fc.assert(
    // where the account pays nothing out, what reached it cannot come again
    fc.property(plainBook, ([all, ask]) => {
      const rows = all.filter(({ from }) => from !== 'v')
      const pockets = new Map<string, Map<string, Fraction>>()
      const arrived: Map<string, Fraction>[] = []
      for (const it of inOrder(rows)) {
        const minor = BigInt(it.minor)
        const here = pockets.get(it.from) ?? new Map<string, Fraction>()
        const balance = sum(here.values())
        const all = !less(fraction(minor), balance)
        const paid = new Map<string, Fraction>()
        for (const [owner, part] of it.from === '-' ? [] : here) {
          const share = all ? part : times(part, minor * balance.under, balance.over)
          paid.set(owner, share)
          here.set(owner, minus(part, share))
        }
        const missing = minus(fraction(minor), sum(paid.values()))
        paid.set(it.from, plus(paid.get(it.from) ?? NONE, missing))
        if (it.to === 'v' && it.at <= ask.at) arrived.push(paid)
        if (it.to === '-') continue
        const there = pockets.get(it.to) ?? new Map<string, Fraction>()
        for (const [owner, part] of paid) there.set(owner, plus(there.get(owner) ?? NONE, part))
        pockets.set(it.to, there)
      }
      const owners = new Map<string, Fraction>()
      let left = fraction(BigInt(ask.minor))
      for (const paid of arrived.reverse()) {
        const minor = sum(paid.values())
        const used = least(minor, left)
        left = minus(left, used)
        for (const [owner, part] of paid)
          owners.set(
            owner,
            plus(owners.get(owner) ?? NONE, times(part, used.over * minor.under, used.under * minor.over)),
          )
      }
      owners.set('v', plus(owners.get('v') ?? NONE, left))
      const names = [...[...owners.keys()].filter((it) => it !== '-').sort(), '-']
      const units = whole(names.map((it) => owners.get(it) ?? NONE))
      const want = Object.fromEntries(
        names.map((it, i) => [it, units[i] ?? 0] as const).filter(([, it]) => it > 0),
      )
      assert.deepEqual(backward(rows, ask, 'haircut'), want)
    }),
    { numRuns: 2_000 },
  )
})
