import assert from 'node:assert/strict'
import test from 'node:test'
import { fc } from '../../test/property.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'

const cases: [name: string, source: string, text: string][] = [
  ['ASCII stays', 'call 081-234 5678', 'call 081-234 5678'],
  ['Thai digits', '๐๘๑-๒๓๔', '081-234'],
  ['Khmer, Burmese, Lao, Devanagari, Bengali digits', '០១ ၀၉ ໐໒ ०९ ০১', '01 09 02 09 01'],
  ['full width', 'ＡＢＣ：１２＠ｘ．ｃｏｍ', 'ABC:12@x.com'],
  ['zero-width signs', 'k\u200bk\u2060.\ufefftest', 'kk.test'],
  ['keycaps', '0\ufe0f\u20e38\ufe0f\u20e3', '08'],
  ['dashes and blanks', '1\u20132\u00a03\u30004', '1-2 3 4'],
  ['mathematical letters', '𝗵𝘁𝘁𝗽𝘀 𝟎𝟖', 'https 08'],
  ['other surrogate pairs stay', '😀 𠮷', '😀 𠮷'],
  ['lone surrogates stay', '\ud835 \udc00 \ud800', '\ud835 \udc00 \ud800'],
]
for (const [name, source, text] of cases)
  test(`plain: ${name}`, () => assert.equal(toPlain(source).text, text))

/** Text with what the table changes, drops and joins, lone surrogates included. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'a',
      '1',
      '๕',
      '５',
      '\u200b',
      '\u00ad',
      '𝟗',
      '𝒂',
      '\ud835',
      '\udfd0',
      '、',
      '。',
      '-',
      '–',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
})

test('plain: every piece leads back to a slice of the source that reads the same', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(), (source, a, b) => {
      const plain = toPlain(source)
      const [start = 0, end = 0] = [a, b].map((n) => n % (plain.text.length + 1)).sort((x, y) => x - y)
      if (start === end) return
      const slice = source.slice(sourceOffset(plain, start), sourceEnd(plain, end))
      assert.equal(toPlain(slice).text, plain.text.slice(start, end))
    }),
    { numRuns: 2000 },
  )
})

test('plain: plain text of plain text is itself', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const { text } = toPlain(source)
      // A joined pair of lone surrogates is the one way in which dropping a sign makes a new one.
      if (source.isWellFormed()) assert.equal(toPlain(text).text, text)
    }),
  )
})
