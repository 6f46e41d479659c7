import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lookups } from './lookups.ts'

test('a key that is forgotten while it is looked for stays forgotten', async () => {
  const keys = new Lookups<string>()
  const store = new Map([['ann', 'key']])
  let answer = () => {}
  const held = new Promise<void>((done) => {
    answer = done
  })
  const looking = keys.find('ann', async (name) => {
    const found = store.get(name) ?? null
    await held
    return found
  })
  store.clear()
  keys.forget()
  answer()
  assert.equal(await looking, null)
  assert.equal(keys.get('ann'), null)
})

test('a key that is kept while it is looked for is the one that counts', async () => {
  const keys = new Lookups<string>()
  const looking = keys.find('ann', async () => null)
  keys.keep('ann', 'new')
  assert.equal(await looking, 'new')
  assert.equal(keys.get('ben'), undefined)
})
