import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../extract/read.ts'
import { INTO_BOX } from './incoming.ts'
import { readDecoded } from './read-file.ts'

const decoded = (text: string) => ({ text, note: null })

test('a statement is read through the real reader: its IBANs are checked, a wrong one is said with its line', () => {
  const it = readDecoded(
    decoded(
      'Date,Beneficiary IBAN,Amount,Currency\n' +
        '2026-03-01,DE89370400440532013000,48200.00,SGD\n2026-03-02,DE89370400440532013001,5.00,SGD\n',
    ),
    read,
  )
  assert.equal(it.text, null)
  assert.deepEqual(
    it.facts.filter(({ kind }) => kind === 'iban').map(({ normal }) => normal),
    ['DE89370400440532013000'],
  )
  assert.equal(it.payments.length, 1)
  assert.match(it.problems.join('\n'), /line 3: .*DE89370400440532013001/)
})

test('a text that fits goes into the box as it is; a long one is read beside it', () => {
  assert.equal(readDecoded(decoded('a story'), read).text, 'a story')
  const long = readDecoded(decoded(`IBAN DE89370400440532013000. ${'word '.repeat(INTO_BOX / 4)}`), read)
  assert.equal(long.text, null)
  assert.match(long.note, /Too long for the box/)
  assert.ok(long.facts.some(({ kind }) => kind === 'iban'))
})

test('a Burmese chat with right-to-left marks: facts are found through them, and each place is exact', () => {
  const text = 'မင်္ဂလာပါ \u200fDE89\u200f 3704 0044 0532 0130 00\u200e ကို ငွေလွှဲပြီးပြီ \u202eabc\u202c'
  const { facts } = read(text)
  assert.ok(facts.some(({ kind, normal }) => kind === 'iban' && normal === 'DE89370400440532013000'))
  for (const fact of facts) assert.equal(text.slice(fact.start, fact.end), fact.text)
})
