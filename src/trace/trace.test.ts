import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { type Columns, type Journal, NOBODY, openJournal } from './journal.ts'
import type { Method, Trace } from './outcome.ts'
import { trace } from './trace.ts'

/** `from>to amount [currency] [@time]`; `-` is nobody. */
function journal(lines: readonly string[], more: Partial<Columns> = {}): Journal {
  const accounts: string[] = []
  const currencies: string[] = []
  const place = (list: string[], name: string) => {
    if (!list.includes(name)) list.push(name)
    return list.indexOf(name)
  }
  const rows = lines.map((line, i) => {
    const [who = '', amount = '', ...rest] = line.split(' ')
    const [from = '', to = ''] = who.split('>')
    const time = rest.find((it) => it.startsWith('@'))?.slice(1)
    const code = rest.find((it) => !it.startsWith('@')) ?? 'EUR'
    return {
      payer: from === '-' ? NOBODY : place(accounts, from),
      payee: to === '-' ? NOBODY : place(accounts, to),
      minor: Number(amount),
      currency: place(currencies, code),
      at: Number(time ?? i),
    }
  })
  return openJournal({
    rows: rows.length,
    accounts,
    currencies,
    payer: Uint32Array.from(rows, (it) => it.payer),
    payee: Uint32Array.from(rows, (it) => it.payee),
    minor: Float64Array.from(rows, (it) => it.minor),
    currency: Uint16Array.from(rows, (it) => it.currency),
    at: Float64Array.from(rows, (it) => it.at),
    clock: 'step',
    ...more,
  })
}

const heldBy = ({ held }: Trace) => Object.fromEntries(held.map((it) => [it.account, it.minor]))
const follow = (lines: readonly string[], method: Method, more = {}) =>
  trace(journal(lines), { from: 'v', minor: 100, at: 0, method, ...more })

/** Each case: what was booked, then who holds how much by first in first out, haircut and poison, and what is lost. */
const cases: [string, string[], Record<string, number>[], number[]][] = [
  [
    'a chain',
    ['v>a 100', 'a>b 60'],
    [
      { a: 40, b: 60 },
      { a: 40, b: 60 },
      { a: 40, b: 60 },
    ],
    [0, 0, 0],
  ],
  [
    'money that was there first leaves first; haircut shares; poison takes all',
    ['x>a 100', 'v>a 100', 'a>b 50'],
    [{ a: 100 }, { a: 75, b: 25 }, { a: 150, b: 50 }],
    [0, 0, 0],
  ],
  [
    'money from outside fills what is missing, clean, and leaves last',
    ['v>a 100', 'a>b 130', 'b>c 100'],
    [{ c: 100 }, { b: 23, c: 77 }, { b: 30, c: 100 }],
    [0, 0, 0],
  ],
  [
    'a transfer to oneself changes nothing',
    ['x>a 5', 'v>a 100', 'a>a 50', 'a>b 5'],
    [{ a: 100 }, { a: 95, b: 5 }, { a: 100, b: 5 }],
    [0, 0, 0],
  ],
  [
    'a row without payee takes money out',
    ['v>a 100', 'a>- 70'],
    [{ a: 30 }, { a: 30 }, { a: 30 }],
    [70, 70, 70],
  ],
  [
    'only the first units that leave are stolen',
    ['v>a 60', 'v>b 60', 'v>c 60'],
    [
      { a: 60, b: 40 },
      { a: 60, b: 40 },
      { a: 60, b: 60 },
    ],
    [0, 0, 0],
  ],
  [
    'what has not left is held where it was',
    ['v>a 60'],
    [
      { a: 60, v: 40 },
      { a: 60, v: 40 },
      { a: 60, v: 40 },
    ],
    [0, 0, 0],
  ],
  [
    'a circle: what comes back is still stolen, and is not stolen twice',
    ['v>a 60', 'a>v 60', 'v>b 100'],
    [{ b: 100 }, { b: 100 }, { b: 100 }],
    [0, 0, 0],
  ],
  [
    'a tie is settled by the order in the file',
    ['v>a 100 @1', 'a>b 100 @1', 'c>a 100 @1'],
    [{ b: 100 }, { b: 100 }, { b: 100 }],
    [0, 0, 0],
  ],
  [
    'after poison is spent to nought the account is clean',
    ['v>a 100', 'a>b 100', 'x>a 50', 'a>c 50'],
    [{ b: 100 }, { b: 100 }, { b: 100 }],
    [0, 0, 0],
  ],
]
for (const [name, lines, held, lost] of cases)
  for (const [i, method] of (['fifo', 'haircut', 'poison'] as const).entries())
    test(`${method}: ${name}`, () => {
      const found = follow(lines, method)
      assert.deepEqual(heldBy(found), held[i])
      assert.equal(found.lost, lost[i])
    })

test('rows before the time count for balances, but nothing in them is stolen', () => {
  const found = follow(['v>a 100', 'a>b 10', 'v>c 100'], 'fifo', { at: 2 })
  assert.deepEqual(heldBy(found), { c: 100 })
})

test('a limit on hops: money is held where it made its last, whatever leaves later', () => {
  for (const method of ['fifo', 'haircut', 'poison'] as const) {
    const found = follow(['v>a 100', 'a>b 100', 'b>c 100', 'c>d 100'], method, { hops: 2 })
    assert.deepEqual(heldBy(found), { b: 100 })
    assert.equal(found.held[0]?.followedNoFurther, true)
    assert.equal(found.hops.length, 2)
  }
})

test('what reaches the one who lost it counts as returned', () => {
  const found = follow(['v>a 100', 'a>w 30', 'a>b 70'], 'fifo', { returnedTo: ['w'] })
  assert.deepEqual(heldBy(found), { b: 70 })
  assert.equal(found.returned, 30)
})

test('largest remainder: the units that rounding leaves over go to the largest rest, ties by the name', () => {
  // v's 100 and 200 clean in a; a pays 50 to each of five: 16 2/3 each, and 16 2/3 stay
  const found = follow(['x>a 200', 'v>a 100', 'a>e 50', 'a>d 50', 'a>c 50', 'a>b 50', 'a>f 50'], 'haircut')
  assert.deepEqual(heldBy(found), { a: 17, b: 17, c: 17, d: 17, e: 16, f: 16 })
})

test('amounts of 10^15 minor units add up exactly, also when a balance passes 2^53', () => {
  const big = 10 ** 15
  const lines = [
    ...Array.from({ length: 20 }, () => `x>a ${big}`),
    `v>a ${big}`,
    ...Array.from({ length: 20 }, () => `a>b ${big}`),
    `a>c ${big - 1}`,
  ]
  const at = (method: Method) => trace(journal(lines), { from: 'v', minor: big, at: 0, method })
  assert.deepEqual(heldBy(at('fifo')), { a: 1, c: big - 1 })
  const cut = at('haircut')
  assert.equal(
    cut.held.reduce((sum, it) => sum + it.minor, 0),
    big,
  )
  assert.equal(heldBy(cut).b, 952_380_952_380_952)
  assert.throws(() => at('poison'), /too many to count exactly/)
})

test('both legs in one row: the money is followed into the other currency, in proportion', () => {
  const lines = ['v>a 100 EUR', 'a>b 80 EUR', 'b>c 40 USD']
  const received = { minor: Float64Array.of(100, 160, 40), currency: Uint16Array.of(0, 1, 1) }
  for (const method of ['fifo', 'haircut'] as const) {
    const found = trace(journal(lines, { received }), { from: 'v', minor: 100, at: 0, method })
    assert.deepEqual(
      found.held.map((it) => [it.account, it.minor, it.currency]),
      [
        ['b', 120, 'USD'],
        ['c', 40, 'USD'],
        ['a', 20, 'EUR'],
      ],
    )
    assert.deepEqual(found.totals, [
      { currency: 'EUR', stolen: 100, held: 20, lost: 0, returned: 0, changed: 80 },
      { currency: 'USD', stolen: 160, held: 160, lost: 0, returned: 0, changed: 0 },
    ])
  }
})

test('both legs in two rows: the second carries what the first was worth, and the exchange keeps clean money', () => {
  const lines = ['v>a 100 EUR', 'a>x 100 EUR', 'z>x 500 USD', 'x>w 110 USD', 'x>y 50 EUR']
  for (const method of ['fifo', 'haircut', 'poison'] as const) {
    const found = trace(journal(lines, { legs: [[1, 3]] }), { from: 'v', minor: 100, at: 0, method })
    assert.deepEqual(heldBy(found), { w: 110 })
    assert.deepEqual(found.changed, [
      {
        rows: [1, 3],
        transaction: 'row 2',
        paidBack: 'row 4',
        account: 'x',
        gave: { minor: 100, currency: 'EUR' },
        got: { minor: 110, currency: 'USD' },
      },
    ])
  }
})

test('without both legs currencies are never mixed', () => {
  const found = follow(['v>a 100 EUR', 'a>x 100 EUR', 'x>a 110 USD'], 'fifo', { currency: 'EUR' })
  assert.deepEqual(heldBy(found), { x: 100 })
})

test('a journal in the wrong order is put right, ties as they stand in the file', () => {
  const found = follow(['b>c 100 @3', 'a>b 100 @2', 'v>a 100 @1'], 'fifo')
  assert.deepEqual(heldBy(found), { c: 100 })
  assert.equal(found.hops[0]?.transaction, 'row 3')
})

test('what cannot be asked is refused, naming what and the nearest', () => {
  const it = journal(['acc-100>acc-200 100', 'acc-100>acc-300 5 USD'])
  const ask = { from: 'acc-100', minor: 100, at: 0 }
  assert.throws(
    () => trace(it, { ...ask, from: 'acc-10' }),
    /“acc-10” is not in the file; the nearest are “acc-100”/,
  )
  assert.throws(() => trace(it, { ...ask, from: 'somebody else' }), /nor anything spelt like it/)
  assert.match(trace(it, ask).notes[0] ?? '', /moves in EUR, USD; the amount was taken to be in EUR/)
  assert.throws(() => trace(it, { ...ask, currency: 'SGD' }), /no row in SGD, only in EUR, USD/)
  assert.throws(() => trace(it, { ...ask, minor: 0 }), /above nought/)
  assert.throws(() => trace(it, { ...ask, currency: 'EUR', hops: -1 }), /hops/)
  assert.equal(trace(it, { ...ask, from: 'ACC 100', currency: 'EUR' }).held[0]?.account, 'acc-200')
})

test('where the file ends or begins, and what never left, is said', () => {
  const said = (more: object) => follow(['v>a 60 @5', 'a>b 60 @9'], 'fifo', more).notes.join(' ')
  assert.match(said({ at: 5 }), /The file ends at 9/)
  assert.match(said({ at: 5 }), /0\.60 of EUR 1\.00 left v/)
  assert.match(said({ at: 1 }), /begins at 5, after the time/)
  assert.match(said({ at: 20 }), /ends at 9, before the time/)
})

test('backward: whose money it was', () => {
  const lines = ['x>a 50', 'y>a 100', 'a>b 120', '->b 10', 'b>c 130']
  const from = (method: Method, minor: number) => {
    const found = trace(journal(lines), { from: 'c', minor, at: 9, method, direction: 'backward' })
    return [heldBy(found), found.lost]
  }
  assert.deepEqual(from('fifo', 130), [{ x: 50, y: 70 }, 10])
  assert.deepEqual(from('fifo', 50), [{ y: 40 }, 10])
  assert.deepEqual(from('haircut', 130), [{ x: 40, y: 80 }, 10])
  assert.deepEqual(from('poison', 1), [{ x: 50, y: 100 }, 10])
})

// ---- the same, slowly: one list entry a unit, one fraction a balance --------------------------------------------

const NAMES = ['v', 'a', 'b', 'c', '-'] as const
const row = fc.record({
  from: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
  minor: fc.integer({ min: 0, max: 12 }),
  at: fc.integer({ min: 0, max: 6 }),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
})
const seed = fc.record({ minor: fc.integer({ min: 1, max: 30 }), at: fc.integer({ min: 0, max: 7 }) })
const rows = fc.array(row, { minLength: 1, maxLength: 25 })
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never

const asLine = ({ from, to, minor, at, currency }: Row) => `${from}>${to} ${minor} ${currency} @${at}`
const inOrder = (list: readonly Row[]) =>
  list
    .map((it, i) => ({ ...it, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .filter((it) => it.from !== it.to)

/** Unit by unit: a balance is a queue of units, each clean or stolen. */
function slowFifo(list: readonly Row[], { minor, at }: { minor: number; at: number }) {
  const queues = new Map<string, boolean[]>()
  const queue = (name: string, currency: string) => {
    const key = `${name} ${currency}`
    if (!queues.has(key)) queues.set(key, [])
    return queues.get(key) as boolean[]
  }
  let left = minor
  let lost = 0
  for (const it of inOrder(list)) {
    for (let unit = 0; unit < it.minor; unit++) {
      let stolen = it.from === '-' ? false : (queue(it.from, it.currency).shift() ?? false)
      if (!stolen && it.from === 'v' && it.currency === 'EUR' && it.at >= at && left > 0) {
        stolen = true
        left--
      }
      if (it.to === '-') lost += stolen && it.currency === 'EUR' ? 1 : 0
      else queue(it.to, it.currency).push(stolen)
    }
  }
  const held: Record<string, number> = {}
  for (const [key, units] of queues) {
    const name = key.split(' ')[0] as string
    const count = units.filter(Boolean).length + (key === 'v EUR' ? left : 0)
    if (count > 0) held[name] = (held[name] ?? 0) + count
  }
  if (!queues.has('v EUR') && left > 0) held.v = left
  return { held, lost }
}

/** A fraction, in lowest terms. */
type Fraction = readonly [bigint, bigint]
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
const lowest = (a: bigint, b: bigint): Fraction => {
  const d = gcd(a < 0n ? -a : a, b) || 1n
  return [a / d, b / d]
}
const plus = (a: Fraction, b: Fraction) => lowest(a[0] * b[1] + b[0] * a[1], a[1] * b[1])
const minus = (a: Fraction, b: Fraction) => plus(a, [-b[0], b[1]])
const times = (a: Fraction, n: number, d: number) => lowest(a[0] * BigInt(n), a[1] * BigInt(d))
const isLess = (a: Fraction, b: Fraction) => a[0] * b[1] < b[0] * a[1]

function slowHaircut(list: readonly Row[], { minor, at }: { minor: number; at: number }) {
  const balances = new Map<string, number>()
  const stolen = new Map<string, Fraction>([['v EUR', [0n, 1n]]])
  let left: Fraction = [BigInt(minor), 1n]
  let lost: Fraction = [0n, 1n]
  for (const it of inOrder(list)) {
    const [from, to] = [`${it.from} ${it.currency}`, `${it.to} ${it.currency}`]
    let moved: Fraction = [0n, 1n]
    if (it.from !== '-' && it.minor > 0) {
      const balance = balances.get(from) ?? 0
      const there = stolen.get(from) ?? [0n, 1n]
      moved = it.minor >= balance ? there : times(there, it.minor, balance)
      stolen.set(from, minus(there, moved))
      balances.set(from, Math.max(0, balance - it.minor))
      if (from === 'v EUR' && it.at >= at) {
        const clean = minus([BigInt(it.minor), 1n], moved)
        const used = isLess(clean, left) ? clean : left
        left = minus(left, used)
        moved = plus(moved, used)
      }
    }
    if (it.to === '-') lost = plus(lost, moved)
    else {
      balances.set(to, (balances.get(to) ?? 0) + it.minor)
      stolen.set(to, plus(stolen.get(to) ?? [0n, 1n], moved))
    }
  }
  stolen.set('v EUR', plus(stolen.get('v EUR') ?? [0n, 1n], left))
  const parts = [...stolen, ['~', lost] as const].filter(([key]) => key === '~' || key.endsWith('EUR'))
  const whole = parts.map(([key, [n, d]]) => ({ key, minor: Number(n / d), rest: [n % d, d] as Fraction }))
  let missing = minor - whole.reduce((sum, it) => sum + it.minor, 0)
  whole.sort((a, b) => (isLess(a.rest, b.rest) ? 1 : isLess(b.rest, a.rest) ? -1 : a.key < b.key ? -1 : 1))
  for (const it of whole) if (missing-- > 0) it.minor++
  const held: Record<string, number> = {}
  for (const it of whole) if (it.key !== '~' && it.minor > 0) held[it.key.split(' ')[0] as string] = it.minor
  return { held, lost: whole.find(({ key }) => key === '~')?.minor }
}

function slowPoison(list: readonly Row[], { minor, at }: { minor: number; at: number }) {
  const balances = new Map<string, number>()
  const poisoned = new Set<string>()
  let left = minor
  let lost = 0
  for (const it of inOrder(list)) {
    if (it.minor === 0) continue
    const [from, to] = [`${it.from} ${it.currency}`, `${it.to} ${it.currency}`]
    let stolen = 0
    if (it.from !== '-') {
      const touched = poisoned.has(from) ? Math.min(it.minor, balances.get(from) ?? 0) : 0
      if (poisoned.has(from)) stolen = it.minor
      const rest = Math.max(0, (balances.get(from) ?? 0) - it.minor)
      balances.set(from, rest)
      if (rest === 0) poisoned.delete(from)
      if (from === 'v EUR' && it.at >= at) {
        const used = Math.min(left, it.minor - touched)
        left -= used
        stolen = Math.max(stolen, touched + used)
      }
    }
    if (it.to === '-') lost += stolen
    else {
      balances.set(to, (balances.get(to) ?? 0) + it.minor)
      if (stolen > 0) poisoned.add(to)
    }
  }
  const held: Record<string, number> = left > 0 ? { v: left } : {}
  for (const key of [...poisoned].filter((it) => it.endsWith('EUR'))) {
    const name = key.split(' ')[0] as string
    held[name] = (held[name] ?? 0) + (balances.get(key) ?? 0)
  }
  return { held, lost }
}

const SLOW = { fifo: slowFifo, haircut: slowHaircut, poison: slowPoison }
for (const method of ['fifo', 'haircut', 'poison'] as const)
  test(`${method} says what the slow model says, and all of it adds up`, () => {
    fc.assert(
      fc.property(rows, seed, (list, { minor, at }) => {
        const it = journal(list.map(asLine).concat('v>- 0 EUR @0'))
        const found = trace(it, { from: 'v', minor, at, method, currency: 'EUR' })
        const slow = SLOW[method](list, { minor, at })
        assert.deepEqual(heldBy(found), slow.held)
        assert.equal(found.lost, slow.lost)
        const all = found.held.reduce((sum, one) => sum + one.minor, found.lost + found.returned)
        if (method === 'poison') assert.ok(all >= minor)
        else assert.equal(all, minor)
      }),
      { numRuns: 3_000 },
    )
  })

test('backward by haircut adds up, and by poison finds everybody that haircut finds', () => {
  fc.assert(
    fc.property(rows, seed, (list, { minor, at }) => {
      const it = journal(list.map(asLine).concat('v>- 0 EUR @0'))
      const ask = { from: 'v', minor, at, currency: 'EUR', direction: 'backward' } as const
      const cut = trace(it, { ...ask, method: 'haircut' })
      assert.equal(
        cut.held.reduce((sum, one) => sum + one.minor, cut.lost),
        minor,
      )
      const poison = heldBy(trace(it, { ...ask, method: 'poison' }))
      // the asker itself stands for what never came, which a rule that counts whole payments needs less of
      for (const { account } of cut.held) assert.ok(account === 'v' || (poison[account] ?? 0) > 0, account)
    }),
    { numRuns: 2_000 },
  )
})
