import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { fifoRule } from './fifo.ts'
import { follow } from './follow.ts'
import { type Journal, NOBODY, openJournal } from './journal.ts'
import { METHODS } from './outcome.ts'
import { followSpans } from './spans.ts'
import { trace } from './trace.ts'

interface Row {
  readonly from: number
  readonly to: number
  readonly minor: number
}

function journalOf(rows: readonly Row[], accounts: number): Journal {
  return openJournal({
    rows: rows.length,
    accounts: Array.from({ length: accounts }, (_, i) => `a${i}`),
    currencies: ['EUR'],
    payer: Uint32Array.from(rows, ({ from }) => from),
    payee: Uint32Array.from(rows, ({ to }) => to),
    minor: Float64Array.from(rows, ({ minor }) => minor),
    currency: new Uint16Array(rows.length),
    at: Float64Array.from(rows, (_, i) => Math.floor(i / 2)),
    clock: 'step',
  })
}

const who = fc.constantFrom(0, 1, 2, 3, NOBODY)
const amount = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 10 ** 13 }))
const rows = fc.array(fc.record({ from: who, to: who, minor: amount }), { minLength: 1, maxLength: 60 })

test('along the streams the same is found as lot by lot: places, payments, depths, whatever the limit', () => {
  const asked = fc.record({
    minor: amount.map((it) => it + 1),
    row: fc.nat(30),
    limit: fc.nat(4),
    returnedTo: fc.constantFrom(new Set<number>(), new Set([3]), new Set([0, 2])),
  })
  fc.assert(
    fc.property(rows, asked, (list, { minor, row, limit, returnedTo }) => {
      const journal = journalOf(list, 4)
      assert.ok(journal.stream)
      const seed = { account: 0, currency: 0, minor, row }
      const found = followSpans(journal, journal.stream, { seed, limit, returnedTo })
      const { lost, returned, places, ...rest } = follow(journal, {
        seed,
        rule: fifoRule({ limit }),
        returnedTo,
      })
      const byAccount = <P extends { account: number }>(all: readonly P[]) =>
        all.toSorted((a, b) => a.account - b.account)
      assert.deepEqual(byAccount(found.places), byAccount(places))
      assert.equal(found.lost.get(0) ?? 0, lost.get(0) ?? 0)
      assert.equal(found.returned.get(0) ?? 0, returned.get(0) ?? 0)
      assert.deepEqual({ unspent: found.unspent, conversions: found.conversions, hops: found.hops }, rest)
    }),
    { numRuns: 4_000 },
  )
})

/** Books made to be slow: each has as many payments as are asked for. */
const HOSTILE: readonly [string, number, (i: number) => Row][] = [
  [
    'two accounts pay each other',
    2,
    (i) => ({ from: i % 2, to: 1 - (i % 2), minor: 5_000_000 + ((i * 7_919) % 9_973) }),
  ],
  ['all is paid to one account', 999, (i) => ({ from: i % 998, to: 998, minor: 1_000 + (i % 7) })],
  ['a circle', 500, (i) => ({ from: i % 500, to: (i + 1) % 500, minor: 1_000 + (i % 7) })],
  [
    'stolen units that lie among clean ones are paid to and fro',
    4,
    (i) =>
      i < 10_000
        ? { from: i % 2 ? 0 : 3, to: 1, minor: 1 }
        : { from: 1 + (i % 2), to: 2 - (i % 2), minor: 10_000 },
  ],
  ['amounts of 2^53 - 1', 2, (i) => ({ from: i % 2, to: 1 - (i % 2), minor: Number.MAX_SAFE_INTEGER - i })],
]

for (const [name, accounts, row] of HOSTILE)
  test(`20,000 payments, ${name}: it adds up, both ways and by every rule that counts each unit once`, () => {
    const list = Array.from({ length: 20_000 }, (_, i) => row(i))
    const journal = journalOf(list, accounts)
    for (const method of METHODS) {
      if (method === 'poison') continue
      const ask = { from: 'a0', minor: 4_000_000, at: 0, method }
      const found = trace(journal, ask)
      const held = found.held.reduce((sum, it) => sum + it.minor, 0)
      assert.equal(held + found.lost, 4_000_000, method)
      const back = () => trace(journal, { ...ask, at: 20_000, direction: 'backward' })
      if (!journal.stream) assert.throws(back, /too many to trace backward exactly/)
      else
        assert.equal(
          back().held.reduce((sum, it) => sum + it.minor, back().lost),
          4_000_000,
          method,
        )
    }
  })
