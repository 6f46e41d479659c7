import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'

const content = loadContent()
const ids = (text: string) => assess(text, content).indicators.map((one) => one.id)

test('a kept passport is found, with its sentence and the words that were read', () => {
  const text = 'I came in May. The boss took my passport on the first day. It was hot.'
  const [found] = assess(text, content).indicators
  assert.equal(found?.id, 'FC-M11')
  assert.equal(found?.about, 'speaker')
  const [sentence] = found?.sentences ?? []
  assert.equal(sentence?.text, 'The boss took my passport on the first day.')
  assert.equal(text.slice(sentence?.start, sentence?.end), sentence?.text)
  assert.match(found?.why ?? '', /took/)
})

const quiet: [string, string][] = [
  ['a plain no', 'They did not take my passport.'],
  ['never', 'I was never beaten.'],
  ['nobody', 'Nobody hit me and nobody locked me up.'],
  ['advice', 'If someone takes your passport, call your embassy.'],
  ['in general', 'Scammers often take the passports of workers.'],
  ['a question', 'Did they take your passport?'],
  ['a film', 'In the film the guards beat the prisoners and took their passports.'],
]
for (const [name, text] of quiet) test(`quiet: ${name}`, () => assert.deepEqual(ids(text), []))

test('what is denied is told apart from what is not mentioned', () => {
  const { elements } = assess('I was never beaten. We were free to leave.', content)
  assert.deepEqual(elements, { act: 'not mentioned', means: 'denied', purpose: 'not mentioned' })
})

test('a question answered with yes is said, with no is denied', () => {
  assert.deepEqual(ids('Did they take your passport? Yes.'), ['FC-M11'])
  assert.deepEqual(ids('Did they take your passport? No.'), [])
  assert.deepEqual(
    assess('Did they take your passport? No.', content).denied.map((one) => one.id),
    ['FC-M11'],
  )
})

test('violence or a child raises safeguarding at once; the support line is always there', () => {
  assert.equal(assess('Nice weather today.', content).safeguarding, null)
  assert.match(assess('The guards beat me with a pipe.', content).safeguarding?.why ?? '', /violence/)
  assert.match(assess('I was only 15 years old.', content).safeguarding?.why ?? '', /child/)
  assert.match(assess('', content).support, /should not be punished/)
})

test('any text, lone surrogates included, is read without a throw and offsets slice to the text', () => {
  const words = fc.constantFrom(
    'took',
    ' my ',
    'passport',
    '.',
    '?',
    '\n',
    'ถูกยึด',
    '护照',
    '\ud800',
    'ပတ်စပို့',
    '\u200b',
  )
  const piece = fc.oneof(words, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      const { indicators, denied, general } = assess(text, content)
      for (const found of [...indicators, ...denied, ...general])
        for (const sentence of found.sentences)
          assert.equal(text.slice(sentence.start, sentence.end), sentence.text)
    }),
  )
})
