import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../core/ids.ts'
import { versionsFrom } from './versions.ts'

test('a try that may have arrived goes again by the same name; after an answer the next one follows it', () => {
  const first = newId()
  const versions = versionsFrom(first)
  const one = versions.next()
  assert.equal(one.after, first)
  assert.deepEqual(versions.next(), one)
  versions.kept()
  const two = versions.next()
  assert.equal(two.after, one.as)
  assert.notEqual(two.as, one.as)
})
