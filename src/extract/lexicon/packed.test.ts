import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../test/property.ts'
import { type Words, withoutScripts } from './by-script.ts'
import { packed, unpacked } from './packed.ts'
import { PLACES } from './places.ts'

const places = PLACES as unknown as Words

test('the list of places is the same again, and its towns and rows are packed', () => {
  for (const words of [places, withoutScripts(places)]) {
    const small = packed(words)
    assert.deepEqual(unpacked(small), words)
    assert.ok(JSON.stringify(small).length < JSON.stringify(words).length * 0.9)
  }
})

test('names with common beginnings, the same twice, empty ones and half a sign', () => {
  const names = [
    'An',
    'An Phú',
    'An Phú',
    '',
    'Đà Nẵng',
    'Đà',
    '\ud83d',
    '\ud83d\ude00',
    'Bandar Seri Begawan B',
  ]
  const words = { towns: { VN: [...names, ...names, ...names].join('|') } }
  assert.deepEqual(unpacked(packed(words)), words)
  assert.notDeepEqual(packed(words), words)
})

test('whatever the list holds, it is the same again', () => {
  const text = fc.array(fc.constantFrom('a', 'An', '|', '\t', '\n', '3', ' ', 'é'), { maxLength: 90 })
  const words = fc.record({
    some: text.map((it) => it.join('')),
    list: fc.array(fc.string()),
    count: fc.nat(),
  })
  fc.assert(fc.property(words, (it) => assert.deepEqual(unpacked(packed({ ...it })), { ...it })))
})
