import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { failureOf } from './failure.ts'

test('a page that is shown stays while the server is away or the session has ended, and goes when it is refused', () => {
  const away = new HouseError('unavailable', 'the server cannot be reached')
  const ended = new HouseError('unauthenticated', 'sign in')
  const refused = new HouseError('forbidden', 'no longer yours')
  const shown = { groups: [] }
  assert.equal(failureOf({ error: null, data: undefined }), null)
  for (const error of [away, ended]) {
    assert.equal(failureOf({ error, data: shown }), null)
    assert.equal(failureOf({ error, data: undefined }), error)
  }
  for (const error of [refused, new Error('a page that is broken')])
    assert.equal(failureOf({ error, data: shown }), error)
})
