import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyAct, nextOpen } from './fact-keys.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

test('Enter confirms on a fact, and is left to a button that has the focus', () => {
  assert.equal(keyAct({ ...plain, key: 'Enter' }, true), 'confirm')
  assert.equal(keyAct({ ...plain, key: 'Enter' }, false), null)
})

test('Ctrl+Z and Cmd+Z undo; other chords are left to the browser', () => {
  assert.equal(keyAct({ ...plain, ctrlKey: true, key: 'z' }, true), 'undo')
  assert.equal(keyAct({ ...plain, metaKey: true, key: 'Z' }, true), 'undo')
  for (const key of ['c', 's', 'a', 'x', 'p'])
    assert.equal(keyAct({ ...plain, ctrlKey: true, key }, true), null)
})

test('after a decision the next open fact comes into hand, or the next one', () => {
  const entries = ['confirmed', 'found', 'confirmed', 'found'].map((state) => ({ state }))
  assert.equal(nextOpen(entries, 1), 3)
  assert.equal(nextOpen(entries, 3), 3)
  assert.equal(nextOpen([{ state: 'confirmed' }, { state: 'confirmed' }], 0), 1)
})
