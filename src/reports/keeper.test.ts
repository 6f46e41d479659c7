import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { HouseError } from '../core/errors.ts'
import { type Kept, openKeeper } from './keeper.ts'

const AFTER = 10
const AGAIN = 20

/** A keeper on a clock that the test moves; the server answers at once, unless it is held. */
function world({ mock }: TestContext) {
  mock.timers.enable({ apis: ['setTimeout'] })
  const put: string[] = []
  const told: Kept['is'][] = []
  let error: Error | null = null
  let answer: Promise<void> = Promise.resolve()
  const keeper = openKeeper<string>({
    put: async (value) => {
      await answer
      if (error) throw error
      put.push(value)
    },
    tell: ({ is }) => told.push(is),
    after: AFTER,
    again: AGAIN,
  })
  return {
    keeper,
    put,
    told,
    fail: (it: Error | null) => (error = it),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      answer = promise
      return resolve
    },
    pass: async (ms: number) => {
      for (let i = 0; i < ms; i++) {
        mock.timers.tick(1)
        await turn()
      }
    },
  }
}

test('many changes are kept once, the newest one', async (t) => {
  const { keeper, put, told, pass } = world(t)
  for (const value of ['a', 'ab', 'abc']) keeper.change(value)
  await pause(pass)
  assert.deepEqual(put, ['abc'])
  assert.equal(told.at(-1), 'kept')
})

test('a change while it is being kept is kept, too, and nothing is said to be kept in between', async (t) => {
  const { keeper, put, told, hold, pass } = world(t)
  const answer = hold()
  keeper.change('a')
  const first = keeper.flush()
  keeper.change('ab')
  await pause(pass)
  assert.deepEqual(put, [])
  answer()
  await first
  await pause(pass)
  assert.deepEqual(put, ['a', 'ab'])
  assert.equal(told.filter((is) => is === 'kept').length, 1)
})

test('while the server is away it goes on trying, with the newest state', async (t) => {
  const { keeper, put, told, fail, pass } = world(t)
  fail(new HouseError('unavailable', 'away'))
  keeper.change('a')
  await pass(AFTER)
  assert.equal(told.at(-1), 'failed')
  keeper.change('ab')
  await pass(AFTER + AGAIN)
  assert.equal(told.filter((is) => is === 'failed').length, 3)
  fail(null)
  await pass(AGAIN)
  assert.deepEqual(put, ['ab'])
})

test('a refusal is not repeated until something changes', async (t) => {
  const { keeper, put, told, fail, pass } = world(t)
  fail(new HouseError('too_large', 'too large'))
  keeper.change('a')
  await pause(pass)
  assert.equal(told.filter((is) => is === 'failed').length, 1)
  fail(null)
  keeper.change('b')
  await pass(AFTER)
  assert.deepEqual(put, ['b'])
})

test('flush says whether it is kept', async (t) => {
  const { keeper, fail } = world(t)
  fail(new HouseError('unavailable', 'away'))
  keeper.change('a')
  await assert.rejects(keeper.flush(), { code: 'unavailable' })
  fail(null)
  await keeper.flush()
  await keeper.end()
})

test('after the end nothing is kept any more', async (t) => {
  const { keeper, put, pass } = world(t)
  keeper.change('a')
  await keeper.end()
  keeper.change('b')
  await pause(pass)
  assert.deepEqual(put, [])
})

test('flush waits for what another turn began to keep', async (t) => {
  const { keeper, put, hold } = world(t)
  const first = hold()
  keeper.change('a')
  const turns = [keeper.flush()]
  keeper.change('ab')
  turns.push(keeper.flush())
  let flushed = false
  const last = keeper.flush().then(() => {
    flushed = true
  })
  await turn()
  const second = hold()
  first()
  for (let i = 0; i < 9; i++) await turn()
  assert.deepEqual([put, flushed], [['a'], false])
  second()
  await Promise.all([...turns, last])
  assert.deepEqual(put, ['a', 'ab'])
})

test('what could not be kept when the end came is not kept later', async (t) => {
  const { keeper, put, fail, hold } = world(t)
  const answer = hold()
  fail(new HouseError('unavailable', 'away'))
  keeper.change('a')
  const running = keeper.flush().catch(() => undefined)
  const end = keeper.end()
  answer()
  await Promise.all([running, end])
  fail(null)
  assert.equal(keeper.isWaiting(), false)
  await keeper.flush()
  assert.deepEqual(put, [])
})

/** Longer than anything waits. */
const pause = (pass: (ms: number) => Promise<void>) => pass(2 * (AFTER + AGAIN))
