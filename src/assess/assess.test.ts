import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'
import { lure } from './lure.ts'

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

test("what is only general or denied raises no safeguarding, and the support line is in the reader's language", () => {
  for (const text of ['I was never beaten.', 'Traffickers often beat workers.', 'Were you beaten?'])
    assert.equal(assess(text, content).safeguarding, null, text)
  const lines = content.lexicons.map(({ language }) => assess('', content, { language }).support)
  assert.equal(new Set(lines).size, content.lexicons.length)
  for (const line of [...lines, assess('', content, { language: 'xx' }).support])
    assert.ok(line.length > 30, line)
})

for (const indicator of content.indicators.filter(({ safeguarding }) => safeguarding !== undefined))
  test(`${indicator.id} raises safeguarding in every language`, () => {
    for (const [language, texts] of Object.entries(indicator.examples.found))
      for (const text of texts) {
        const { safeguarding } = assess(text, content, { language })
        assert.ok(safeguarding, text)
        for (const { start, end, text: own } of safeguarding.sentences)
          assert.equal(text.slice(start, end), own)
      }
  })

const negations: [string, string][] = [
  ['a list', 'They did not take my phone or passport.'],
  ['somebody told to', 'Nobody told us to lie to immigration.'],
  ['the one who acts', 'No guard beat me.'],
  ['a list with commas', 'At no point was I hit, starved or threatened.'],
  ['a list whose verb comes last', 'मालिक ने कभी हमें मारा, धमकाया या बंद नहीं किया।'],
  ['an aside', 'They did not, in all that time, take our passports.'],
  ['a whole sentence', 'The rumour that the staff were beaten is false.'],
  ['what none of happened', 'Being locked in, being beaten: none of that happened to me.'],
  ['a doubt', 'They found no sign that workers had been beaten or held against their will.'],
]
for (const [name, text] of negations) test(`a not reaches: ${name}`, () => assert.deepEqual(ids(text), []))

const affirmed: [string, string, string][] = [
  ['past an and', 'Nobody helped me and they beat me every day.', 'FC-M04'],
  ['past a when', 'Nobody came when the guards hit us.', 'FC-M04'],
  ['past an if', 'If we did not reach the target or talked, they beat us.', 'FC-M04'],
  [
    'past a comma and a new subject',
    "I couldn't meet the quota, so they beat me with a pipe or shocked me.",
    'FC-M04',
  ],
  ['past a comma in Thai', 'ไม่มีใครกล้าหนี พวกเขาตีเราทุกวัน', 'FC-M04'],
  ['past a comma in Chinese', '没人敢反抗，保安用电棍打我们。', 'FC-M04'],
  ['past an and in Bengali', 'তারা বেতন দেয়নি আর আমার পাসপোর্ট কেড়ে নিয়েছে।', 'FC-M11'],
  [
    'back to what another clause says',
    "The report says the workers were beaten with batons, and the company's statement was false.",
    'FC-M04',
  ],
  ['past a because', 'I did not sleep because they beat me.', 'FC-M04'],
]
for (const [name, text, id] of affirmed)
  test(`a not does not reach ${name}`, () => assert.ok(ids(text).includes(id), ids(text).join()))

test('an if at the end of its clause is a condition', () => {
  assert.deepEqual(ids('သင့်ကို ပိတ်လှောင်ထားရင် သံရုံးကို ဆက်သွယ်ပါ။'), [])
})

const words = content.indicators.flatMap(({ examples }) => Object.values(examples.found).flat())
const odd = ['.', '?', '\n', '\ud800', '\udc00', '\u200b', '，', ' 14 ', '\ufeff', "'", '…']
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...words, ...odd),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    // Any UTF-16 code unit at all, so halves of pairs stand alone.
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  ),
  { maxLength: 30 },
)

test('any text, lone surrogates included, is read without a throw and offsets slice to the text', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('')
      const { indicators, denied, general, safeguarding } = assess(text, content)
      const sentences = [...indicators, ...denied, ...general].flatMap((one) => one.sentences)
      for (const { start, end, text: own } of [...sentences, ...(safeguarding?.sentences ?? [])]) {
        assert.ok(start < end)
        assert.equal(text.slice(start, end), own)
      }
      for (const { start, end, line } of lure(text, content)?.reasons ?? [])
        assert.equal(text.slice(start, end), line)
    }),
    { numRuns: 300 },
  )
})

test('messages of a chat are read alone: offsets stay in the text, the speaker is named', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('Ann', 'Bo'), pieces), { maxLength: 5 }), (chat) => {
      let text = ''
      const messages = chat.map(([speaker, parts]) => {
        const start = text.length + 3
        text += `-- ${parts.join('')}\n`
        return { speaker, at: '', start, end: text.length - 1 }
      })
      const { indicators, denied, general } = assess(text, content, { messages })
      for (const { sentences } of [...indicators, ...denied, ...general])
        for (const one of sentences) {
          assert.equal(text.slice(one.start, one.end), one.text)
          assert.ok(one.speaker)
        }
    }),
  )
})
