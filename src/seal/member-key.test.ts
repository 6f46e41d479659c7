import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bech32 } from '@scure/base'
import { HouseError } from '../core/errors.ts'
import { importMemberKey, newMemberKey, recipientOf } from './member-key.ts'
import { openWith, sealTo } from './record.ts'

test('a new key: two halves that belong together, never the same twice', async () => {
  const [one, two] = [await newMemberKey(), await newMemberKey()]
  assert.match(one.identity, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/)
  assert.match(one.recipient, /^age1[0-9a-z]{58}$/)
  assert.notEqual(one.identity, two.identity)
  assert.equal(await recipientOf(one.identity), one.recipient)
})

test('an imported key opens what its recipient was sent, and no export gives it away', async () => {
  const { identity, recipient } = await newMemberKey()
  const key = await importMemberKey(identity)
  assert.equal(await recipientOf(key), recipient)
  const opened = await openWith(await sealTo(Uint8Array.of(1, 2, 3), recipient), key)
  assert.deepEqual([...opened], [1, 2, 3])
  assert.equal(key.extractable, false)
  for (const format of ['pkcs8', 'jwk'] as const) await assert.rejects(crypto.subtle.exportKey(format, key))
})

const { identity, recipient } = await newMemberKey()
const broken: [string, string][] = [
  ['nothing', ''],
  ['the public half', recipient],
  ['small letters', identity.toLowerCase()],
  ['one character wrong', identity.slice(0, -1) + (identity.endsWith('Q') ? 'P' : 'Q')],
  ['cut short', identity.slice(0, -4)],
  ['31 bytes', bech32.encodeFromBytes('AGE-SECRET-KEY-', new Uint8Array(31)).toUpperCase()],
  ['a post-quantum key', bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', new Uint8Array(32)).toUpperCase()],
]
for (const [name, wrong] of broken)
  test(`refused as a key, and never repeated: ${name}`, async () => {
    const isClear = (error: unknown) =>
      error instanceof HouseError &&
      error.code === 'invalid' &&
      /not an age identity/.test(error.message) &&
      error.cause === undefined &&
      (wrong === '' || !error.message.includes(wrong))
    await assert.rejects(importMemberKey(wrong), isClear)
    await assert.rejects(recipientOf(wrong), isClear)
  })
