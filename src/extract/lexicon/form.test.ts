import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyOf } from './form.ts'

test('any form of a list fits as it is written, and of an empty list none', () => {
  const ends = (list: string[]) => new RegExp(`${anyOf(list)}$`)
  assert.equal(ends(['หจก.', 'a|b', 'c\\d']).source, '(?:หจก\\.|a\\|b|c\\\\d)$')
  assert.match('หจก.', ends(['หจก.']))
  assert.doesNotMatch('หจกx', ends(['หจก.']))
  assert.doesNotMatch('anything', ends([]))
})
