import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inert } from './inert.ts'

test('what begins like a formula, behind whatever is not seen, is text', () => {
  for (const sign of ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20'])
    for (const before of [
      '',
      ' ',
      '\0',
      '\t',
      '\r',
      '\n',
      '\u00a0',
      '\u3000',
      '\ufeff',
      '\u200b',
      '\u202e',
      '"',
      "'",
      ' \0"',
    ])
      assert.equal(inert(`${before}${sign}1+1`), `'${before}${sign}1+1`, JSON.stringify(before + sign))
  for (const before of ['\t', '\r', '\n']) assert.equal(inert(`${before}x`), `'${before}x`)
})

test('other text stays as it is, and it costs nothing to see that', () => {
  for (const plain of ['', 'DE44 5001', 'a=b', '1-2', 'ก+', 'x@example.com', ' x'])
    assert.equal(inert(plain), plain)
  const long = ' '.repeat(1_000_000)
  assert.equal(inert(`${long}x`).length, long.length + 1)
})
