import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import type { MoneyLine, RequestSummary } from '../freeze/shapes.ts'
import {
  addsUp,
  amountsIn,
  clockRuns,
  headline,
  outcomeWords,
  savedWords,
  sumsOf,
  timeLeft,
} from './headline.ts'

const NOW = Date.parse('2026-03-01T00:00:00Z')
const HOUR = 3_600_000
const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString()

type Parts = Partial<Pick<MoneyLine, 'atRisk' | 'held' | 'lost' | 'returned'>>
const line = (currency: string, parts: Parts): MoneyLine => {
  const { atRisk = 0, held = 0, lost = 0, returned = 0 } = parts
  const reported = atRisk + held + lost + returned
  return { id: 'l', factId: 'f', currency, reported, atRisk, held, lost, returned }
}
const head = (status: RequestSummary['status'], lines: MoneyLine[], due = 61.5) =>
  headline({ status, lines, dueAt: at(due) }, NOW)

const cases: [string, string, string][] = [
  ['new', head('sent', [line('SGD', { atRisk: 4_820_000 })]), 'SGD 48,200.00 at risk, 61 hours left'],
  [
    'two currencies are named side by side',
    head('sent', [line('SGD', { atRisk: 100 }), line('USDT', { atRisk: 5_000_000 })]),
    'SGD 1.00 and USDT 5.000000 at risk, 61 hours left',
  ],
  [
    'two lines of one currency are one amount',
    head('sent', [line('SGD', { atRisk: 100 }), line('SGD', { atRisk: 250 })]),
    'SGD 3.50 at risk, 61 hours left',
  ],
  [
    'partly held',
    head('answered', [line('SGD', { held: 4_000_000, atRisk: 820_000 })]),
    'SGD 8,200.00 still at risk, 61 hours left; SGD 40,000.00 held',
  ],
  [
    'nothing at risk: no hour is counted',
    head('answered', [line('SGD', { held: 4_000_000, lost: 820_000 })]),
    'SGD 40,000.00 held, SGD 8,200.00 lost',
  ],
  [
    'late',
    head('sent', [line('JPY', { atRisk: 500 })], -3),
    'JPY 500 at risk, the clock ran out 3 hours ago',
  ],
  [
    'closed',
    head('closed', [line('SGD', { returned: 100, lost: 50, atRisk: 1 })]),
    'Closed: SGD 1.00 returned, SGD 0.50 lost, SGD 0.01 still at risk',
  ],
  ['declined', head('declined', [line('SGD', { atRisk: 100 })]), 'Declined: SGD 1.00 still at risk'],
  ['recalled', head('recalled', [line('SGD', { atRisk: 100 })]), 'Taken back: SGD 1.00 still at risk'],
]
for (const [name, said, wanted] of cases) test(`headline: ${name}`, () => assert.equal(said, wanted))

test('the time left is rounded down and changes its unit under two hours', () => {
  assert.equal(timeLeft(at(2), NOW), '2 hours left')
  assert.equal(timeLeft(at(2 - 1 / 3600), NOW), '119 minutes left')
  assert.equal(timeLeft(at(1.5 / 60), NOW), 'one minute left')
  assert.equal(timeLeft(at(0), NOW), 'under a minute left')
  assert.equal(timeLeft(at(-0.5), NOW), 'the clock ran out 30 minutes ago')
})

test('the clock runs only while a request is open and something is at risk', () => {
  const risk = [line('SGD', { atRisk: 1 })]
  assert.equal(clockRuns({ status: 'ordered', lines: risk }), true)
  assert.equal(clockRuns({ status: 'closed', lines: risk }), false)
  assert.equal(clockRuns({ status: 'answered', lines: [line('SGD', { held: 1 })] }), false)
})

test('what was saved names what is held and what came back, never what was lost', () => {
  assert.equal(savedWords([line('SGD', { atRisk: 5, lost: 5 })]), null)
  assert.equal(savedWords([line('SGD', { held: 100, returned: 200 })]), 'SGD 2.00 returned and SGD 1.00 held')
  assert.equal(outcomeWords([line('SGD', { held: 100, lost: 5 })]), 'SGD 1.00 held, SGD 0.05 lost')
})

const part = fc.integer({ min: 0, max: 1_000_000 })
const anyLine = fc
  .record({
    currency: fc.constantFrom('SGD', 'USD', 'JPY'),
    atRisk: part,
    held: part,
    lost: part,
    returned: part,
  })
  .map(({ currency, ...parts }) => line(currency, parts))

test('sums lose nothing and never mix currencies, whatever the lines', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
      const sums = sumsOf(lines)
      assert.equal(new Set(sums.map(({ currency }) => currency)).size, sums.length)
      for (const sum of sums) {
        const theirs = lines.filter(({ currency }) => currency === sum.currency)
        assert.equal(
          sum.reported,
          theirs.reduce((total, { reported }) => total + reported, 0),
        )
        assert.equal(sum.atRisk + sum.held + sum.lost + sum.returned, sum.reported)
      }
    }),
  )
})

test('a line that does not add up is seen', () => {
  const right = line('SGD', { atRisk: 1, held: 2 })
  assert.equal(addsUp(right), true)
  assert.equal(addsUp({ ...right, reported: 4 }), false)
  assert.equal(amountsIn('lost', [right]), null)
})
