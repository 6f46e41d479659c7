import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMatchKey } from './match-key.ts'

function store(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  } as unknown as Storage
}

test('the first key is trusted and stays; another one stops everything', () => {
  const here = store()
  checkMatchKey('ann', 'key-1', here)
  checkMatchKey('ann', 'key-1', here)
  assert.throws(() => checkMatchKey('ann', 'key-2', here), { code: 'conflict' })
  assert.throws(() => checkMatchKey('ann', 'key-2', here), { code: 'conflict' }, 'and it stays stopped')
})

test('another member of this browser has another network’s key', () => {
  const here = store()
  checkMatchKey('ann', 'key-1', here)
  checkMatchKey('bea', 'key-2', here)
})
