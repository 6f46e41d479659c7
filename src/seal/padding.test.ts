import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { LARGEST, pad, SIZE_CLASSES, unpad } from './padding.ts'

const HEAD = 8

test('each size class takes content up to its own size; one byte more goes to the next', () => {
  for (const [i, size] of SIZE_CLASSES.slice(0, -2).entries()) {
    assert.equal(pad(new Uint8Array(size)).length, HEAD + size)
    assert.equal(pad(new Uint8Array(size + 1)).length, HEAD + (SIZE_CLASSES[i + 1] ?? 0))
  }
  assert.equal(pad(new Uint8Array(0)).length, HEAD + 4096)
})

test('64 MiB is sealed in one piece, one byte more is not, and the answer says so', () => {
  assert.equal(pad(new Uint8Array(LARGEST)).length, HEAD + LARGEST)
  assert.throws(() => pad(new Uint8Array(LARGEST + 1)), {
    code: 'too_large',
    message: /at most 64 MiB.*64\.0 MiB.*[Ss]plit/,
  })
})

test('unpad undoes pad, wherever the bytes lie in memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), fc.nat(7), (content, offset) => {
      const padded = pad(content)
      const elsewhere = new Uint8Array(padded.length + offset).subarray(offset)
      elsewhere.set(padded)
      assert.deepEqual(unpad(elsewhere), content)
    }),
    { numRuns: 100 },
  )
})

test('a form that pad never makes is refused: another head, size or length, padding that is not zero', () => {
  const padded = pad(new TextEncoder().encode('three'))
  const altered = (at: number, byte: number) => padded.with(at, byte)
  for (const at of [0, 1, 2, 3]) assert.throws(() => unpad(altered(at, 0)), /not padded/, `head byte ${at}`)
  for (let at = HEAD + 5; at < padded.length; at++)
    assert.throws(() => unpad(altered(at, 1)), /not zero/, `byte ${at}`)
  assert.throws(() => unpad(altered(HEAD - 1, 4)), /not zero/) // one byte shorter: content in the padding
  assert.throws(() => unpad(altered(HEAD - 2, 0x20)), /size class/) // longer than its class
  assert.throws(() => unpad(altered(HEAD - 4, 0xff)), /size class/) // longer than any class
  assert.throws(() => unpad(padded.subarray(0, -1)), /size class/)
  assert.throws(() => unpad(new Uint8Array([...padded, 0])), /size class/)
  assert.throws(() => unpad(new Uint8Array(0)), /not padded/)
  const larger = new Uint8Array(HEAD + 16 * 1024)
  larger.set(padded)
  assert.throws(() => unpad(larger), /size class/)
})
