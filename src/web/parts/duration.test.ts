import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lengthWords, sinceWords, untilWords } from './duration.ts'

const MIN = 60_000
const H = 60 * MIN
const cases: [number, string][] = [
  [0, 'under a minute'],
  [59_999, 'under a minute'],
  [MIN, '1 min'],
  [59 * MIN, '59 min'],
  [H, '1 h 00'],
  [3 * H + 12 * MIN + 59_000, '3 h 12'],
  [23 * H + 59 * MIN, '23 h 59'],
  [24 * H, '1 day'],
  [52 * H, '2 days 4 h'],
  [48 * H + 30 * MIN, '2 days'],
]
for (const [ms, words] of cases) test(`${ms} ms is ${words}`, () => assert.equal(lengthWords(ms), words))

test('a deadline: before, at and after', () => {
  assert.equal(untilWords(10 * H, 7 * H - 12 * MIN), 'in 3 h 12')
  assert.equal(untilWords(H, H), 'in under a minute')
  assert.equal(untilWords(H, H + 12 * MIN), '12 min late')
})

test('the past, and a clock that runs a little ahead', () => {
  assert.equal(sinceWords(0, 3 * H), '3 h 00 ago')
  assert.equal(sinceWords(1_000, 0), 'just now')
})
