import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { HouseError } from '../core/errors.ts'
import { type Kept, openKeeper } from './keeper.ts'

function world() {
  const put: string[] = []
  const told: Kept['is'][] = []
  let error: Error | null = null
  const keeper = openKeeper<string>({
    put: async (value) => {
      await pause(2)
      if (error) throw error
      put.push(value)
    },
    tell: ({ is }) => told.push(is),
    after: 10,
    again: 20,
  })
  return { keeper, put, told, fail: (it: Error | null) => (error = it) }
}

test('many changes are kept once, the newest one', async () => {
  const { keeper, put, told } = world()
  for (const value of ['a', 'ab', 'abc']) keeper.change(value)
  await pause(40)
  assert.deepEqual(put, ['abc'])
  assert.equal(told.at(-1), 'kept')
})

test('a change while it is being kept is kept, too, and nothing is said to be kept in between', async () => {
  const { keeper, put, told } = world()
  keeper.change('a')
  const first = keeper.flush()
  keeper.change('ab')
  await first
  await pause(40)
  assert.deepEqual(put, ['a', 'ab'])
  assert.equal(told.filter((is) => is === 'kept').length, 1)
})

test('while the server is away it goes on trying, with the newest state', async () => {
  const { keeper, put, told, fail } = world()
  fail(new HouseError('unavailable', 'away'))
  keeper.change('a')
  await pause(20)
  keeper.change('ab')
  assert.ok(told.includes('failed'))
  await pause(30)
  fail(null)
  await pause(60)
  assert.deepEqual(put, ['ab'])
})

test('a refusal is not repeated until something changes', async () => {
  const { keeper, put, told, fail } = world()
  fail(new HouseError('too_large', 'too large'))
  keeper.change('a')
  await pause(80)
  assert.equal(told.filter((is) => is === 'failed').length, 1)
  fail(null)
  keeper.change('b')
  await pause(40)
  assert.deepEqual(put, ['b'])
})

test('flush says whether it is kept', async () => {
  const { keeper, fail } = world()
  fail(new HouseError('unavailable', 'away'))
  keeper.change('a')
  await assert.rejects(keeper.flush(), { code: 'unavailable' })
  fail(null)
  await keeper.flush()
  await keeper.end()
})

test('after the end nothing is kept any more', async () => {
  const { keeper, put } = world()
  keeper.change('a')
  await keeper.end()
  keeper.change('b')
  await pause(30)
  assert.deepEqual(put, [])
})
