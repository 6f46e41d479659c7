import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from './csv.ts'

const one = (value: string | number) => toCsv([[value]]).slice(1, -2)

test('quotes, commas and line breaks are kept inside one cell', () => {
  assert.equal(one('a "b", c\nd'), '"a ""b"", c\nd"')
})
test('a cell that a spreadsheet would run is made harmless; a number stays a number', () => {
  for (const bad of ['=1+1', '+66812345678', '-1', '@x', '\tx', ' =1', '\uff1dA1', '\n=1'])
    assert.ok(one(bad).replace('"', '').startsWith("'"))
  assert.equal(one(-500), '-500')
})
test('rows end as RFC 4180 says, and the file says that it is UTF-8', () => {
  assert.equal(
    toCsv([
      ['a', 'b'],
      ['ก', 1],
    ]),
    '\uFEFFa,b\r\nก,1\r\n',
  )
})
