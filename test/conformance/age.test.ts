import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AGE_VECTORS, runAgeVector } from './age-vectors.ts'

test('the age vectors are all here', () => assert.equal(AGE_VECTORS.length, 143))

for (const name of AGE_VECTORS)
  test(`age vector ${name}`, async () => assert.equal(await runAgeVector(name), null))
