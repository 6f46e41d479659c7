import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { fromZawgyi, isZawgyi } from '../core/zawgyi.ts'
import { read } from './read.ts'

/** Words as Zawgyi stores them, sign by sign, and as Unicode does. */
const WORDS: readonly (readonly [string, string, string])[] = [
  ['school: e before its consonant', '\u1031\u1000\u103a\u102c\u1004\u1039\u1038', 'ကျောင်း'],
  ['Myanmar: ra before its consonant', '\u103b\u1019\u1014\u1039\u1019\u102c', 'မြန်မာ'],
  ['a wide ra', '\u107e\u1000\u1000\u1039', 'ကြက်'],
  ['both in front', '\u1031\u103b\u1019\u102c\u1000\u1039', 'မြောက်'],
  ['hundred thousand', '\u101e\u102d\u1014\u1039\u1038', 'သိန်း'],
  ['kyat', '\u1000\u103a\u1015\u1039', 'ကျပ်'],
  ['a stacked consonant', '\u1019\u108f\u1071\u1031\u101c\u1038', 'မန္တလေး'],
  ['a nga above', '\u1021\u1004\u1039\u1002\u1064\u102b', 'အင်င်္ဂါ'],
  ['ha with u', '\u1019\u1088', 'မှု'],
  ['wa and ha in one sign', '\u101c\u108a\u1032', 'လွှဲ'],
  ['the dot below before the silencing sign', '\u1001\u103c\u1004\u1039\u1094', 'ခွင့်'],
  ['a nought that is wa', '\u103b\u1019\u1040\u1010\u102e', 'မြဝတီ'],
]

for (const [name, old, now] of WORDS)
  test(`Zawgyi: ${name}`, () => assert.equal(fromZawgyi(old).text, now.normalize('NFC')))

/** လစာ ၆ သိန်း မြဝတီ ကျောင်း ဖုန်း 09 421 234 570 */
const PAY = '\u101c\u1005\u102c \u1046 \u101e\u102d\u1014\u1039\u1038 '
const PLACE = '\u103b\u1019\u1040\u1010\u102e'
const STORY = `${PAY}${PLACE} \u1031\u1000\u103a\u102c\u1004\u1039\u1038 \u1016\u102f\u1014\u1039\u1038 09 421 234 570`

test('Zawgyi is told from Unicode', () => {
  assert.equal(isZawgyi(STORY), true)
  assert.equal(isZawgyi(fromZawgyi(STORY).text), false)
  assert.equal(isZawgyi('ကျွန်မ မန္တလေးက ကျောင်းမှာ ၆ သိန်းကျပ် လွှဲပေးခဲ့တယ်။ အင်္ဂလိပ်စာ'), false)
  assert.equal(isZawgyi('လိၵ်ႈတႆး ၸိူင်ႉႁိုဝ်'), false)
  assert.equal(isZawgyi(''), false)
})

test('a text in Zawgyi is read, says so, and its places are those of the text as it was written', () => {
  const reading = read(STORY)
  assert.match(reading.languageWhy, /Zawgyi/)
  const found = new Map(reading.facts.map((fact) => [fact.kind, fact]))
  assert.equal(found.get('place')?.normal, 'Myawaddy')
  assert.equal(found.get('place')?.text, PLACE)
  assert.deepEqual(found.get('amount')?.normal, { minor: 60_000_000, currency: 'MMK' })
  assert.equal(found.get('phone')?.normal, '+959421234570')
  for (const { text, start, end } of reading.facts) assert.equal(STORY.slice(start, end), text)
})

test('any Burmese signs in any order: nothing throws, every unit has its place, and places never run backwards', () => {
  const sign = fc.integer({ min: 0x1000, max: 0x109f }).map((unit) => String.fromCharCode(unit))
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, fc.constantFrom(' ', 'a', '5'))), (signs) => {
      const source = signs.join('')
      const { text, starts, ends } = fromZawgyi(source)
      assert.equal(starts.length, text.length)
      for (let i = 0; i < text.length; i++) {
        assert.ok((starts[i] ?? -1) < (ends[i] ?? -1) && (ends[i] ?? -1) <= source.length)
        assert.ok(i === 0 || (starts[i] ?? 0) >= (starts[i - 1] ?? 0))
      }
      for (const fact of read(source).facts) assert.equal(source.slice(fact.start, fact.end), fact.text)
    }),
  )
})
