import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { isoMoment } from './moment.ts'

test('a moment is written as the language itself writes it, whatever the year', () => {
  const moment = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: 2e12 }),
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  )
  fc.assert(
    fc.property(moment, (ms) => {
      assert.equal(isoMoment(ms), new Date(ms).toISOString())
    }),
    { numRuns: 2_000 },
  )
  assert.throws(() => isoMoment(9e15), RangeError)
})
