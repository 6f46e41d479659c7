import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runMerkleVectors } from './merkle-vectors.ts'

test('RFC 6962 and 9162: inclusion and consistency proofs, good and tampered with, as other implementations have them', () => {
  const lines = readFileSync(join(import.meta.dirname, 'vectors/rfc6962-merkle.jsonl'), 'utf8')
  const { ran, problems } = runMerkleVectors(lines)
  assert.equal(ran, 99)
  assert.deepEqual(problems, [])
})
