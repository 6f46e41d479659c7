import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runOprfVectors } from './oprf-vectors.ts'

test('RFC 9497, ristretto255-SHA512: all three modes as the RFC has them, and our two steps give the same tokens', () => {
  const { ran, problems } = runOprfVectors()
  assert.equal(ran, 8)
  assert.deepEqual(problems, [])
})
