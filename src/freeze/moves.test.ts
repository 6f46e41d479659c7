import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { addsUp, PART_OF } from '../requests/headline.ts'
import { afterMove, MOVES, movesOf } from './moves.ts'

const line = (atRisk: number, held: number, lost: number, returned: number) => ({
  ...{ id: 'l', factId: 'f', currency: 'SGD', reported: atRisk + held + lost + returned },
  ...{ atRisk, held, lost, returned },
})

test('only money that is there can move', () => {
  assert.ok(movesOf(line(5, 0, 0, 0)).every(({ from }) => from === 'at_risk'))
  assert.deepEqual(movesOf(line(0, 0, 0, 0)), [])
  assert.equal(movesOf(line(5, 5, 0, 0))[0]?.id, 'back')
})

test('every move goes somewhere else, and no two are the same', () => {
  assert.ok(MOVES.every(({ from, to }) => from !== to))
  assert.equal(new Set(MOVES.map(({ from, to }) => `${from} ${to}`)).size, MOVES.length)
})

const part = fc.nat(1_000_000)
test('a move makes no money and loses none, whatever the line', () => {
  fc.assert(
    fc.property(part, part, part, part, fc.nat(), fc.constantFrom(...MOVES), (a, h, l, r, n, move) => {
      const before = line(a, h, l, r)
      const minor = n % (before[PART_OF[move.from]] + 1)
      const after = afterMove(before, move, minor)
      assert.ok(addsUp(after))
      assert.equal(before[PART_OF[move.from]] - after[PART_OF[move.from]], minor)
      assert.throws(() => afterMove(before, move, before[PART_OF[move.from]] + 1), RangeError)
    }),
  )
})
