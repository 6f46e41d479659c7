import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { compare, loadVectors } from './vectors.ts'

test('where recorded answers differ from ours, a class says why', () => {
  const vectors = loadVectors(join(import.meta.dirname, 'vectors'))
  assert.ok(vectors.length > 400, `${vectors.length} vectors`)
  const open = vectors.map(compare).filter(({ agrees, why }) => !agrees && why === null)
  assert.deepEqual(
    open.map(({ vector }) => `${vector.set}: ${vector.expected} ${vector.input}`),
    [],
  )
})
