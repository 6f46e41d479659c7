import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import type { Lexicon } from './content.ts'
import { type Sighting, sightings } from './find.ts'
import { parsePattern } from './pattern.ts'
import { compileRules } from './rules.ts'

const lexicon = (language: string, groups: Lexicon['groups'], more: Partial<Lexicon> = {}): Lexicon => ({
  id: `words-${language}`,
  version: 1,
  language,
  name: language,
  source: { from: 'a test', standing: 'memory' },
  reach: 4,
  support: 'support',
  groups,
  ...more,
})
const EN = lexicon(
  'en',
  { take: ['took', 'confiscat*'], papers: ['passport', 'identity card'], not: ['not'], stop: ['but'] },
  { numbers: { 14: ['fourteen'] } },
)
const ZH = lexicon(
  'zh',
  { take: ['没收'], not: ['没', '没有'], mask: ['没收'], papers: ['护照'] },
  { same: ['護护'] },
)
const SW = lexicon('sw', { hit: ['*piga*'], not: ['hawaku*'] })

function found(line: string, text: string, lexicons: readonly Lexicon[] = [EN]): Sighting[] {
  const language = lexicons[0]?.language ?? 'en'
  const rules = compileRules(lexicons, [{ owner: 0, denial: false, patterns: { [language]: [line] } }])
  return sightings(rules, text, null)
}

const cases: [string, string, string, boolean][] = [
  ['words side by side', 'took my passport', 'They took my passport.', true],
  ['words apart do not count as side by side', 'took passport', 'They took my passport.', false],
  ['a short gap', '@take .. @papers', 'They took all of my passport.', true],
  ['a gap that is too wide', '@take .. @papers', 'They took the big old black leather passport.', false],
  ['a gap of its own width', '@take ..8.. @papers', 'They took the big old black leather passport.', true],
  ['order matters', '@take .. @papers', 'My passport, they took.', false],
  ['unless it does not', '@take & @papers', 'My passport, they took.', true],
  ['the beginning of a word', '@take .. @papers', 'They confiscated my passport.', true],
  ['a word of two words', '@take .. @papers', 'They took my identity card.', true],
  ['a comma breaks what is side by side', 'took my', 'It took, my friend, long.', false],
  ['unless', '@take .. @papers !{embassy}', 'The embassy took my passport.', false],
  ['figures', '#12-20 hours', 'We worked 14 hours.', true],
  ['figures outside the range', '#12-20 hours', 'We worked 8 hours.', false],
  ['figures of other scripts', '#12-20 hours', 'We worked ១៤ hours.', true],
  ['words for numbers', '#12-20 hours', 'We worked fourteen hours.', true],
  ['letters before a figure', '#8-17 to', 'It was gr8 to see you.', false],
  ['not across a full stop', '@take ... @papers', 'They took it. My passport is here.', false],
  [
    'across a line that was wrapped',
    '@take ... @papers',
    `${'so it went on and on for many days '.repeat(2)}they took\nmy passport`,
    true,
  ],
]
for (const [name, line, text, wanted] of cases)
  test(`pattern: ${name}`, () =>
    assert.equal(
      found(line, text).some(({ mood }) => mood === 'said'),
      wanted,
    ))

test('a not before the verb denies, within its reach and its clause', () => {
  const mood = (text: string) => found('@take .. @papers', text)[0]?.mood
  assert.equal(mood('They did not take it but took my passport.'), 'said')
  assert.equal(mood('It is not so that they took my passport.'), 'denied')
  assert.equal(mood('I did not go, they took my passport.'), 'said')
})

test('scripts without spaces: found inside, hidden words are hidden, traditional is read as simplified', () => {
  assert.equal(found('@take .. @papers', '他们没收了我的護照。', [ZH])[0]?.mood, 'said')
  assert.equal(found('@take .. @papers', '他们没有没收我的护照。', [ZH])[0]?.mood, 'denied')
})

test('a not inside the same word denies', () => {
  assert.equal(found('@hit', 'walinipiga', [SW])[0]?.mood, 'said')
  assert.equal(found('@hit', 'hawakunipiga', [SW])[0]?.mood, 'denied')
})

const wrong: [string, RegExp][] = [
  ['.. @take', /cannot begin/],
  ['@take ..', /cannot end/],
  ['{took|kept my', /bracket/],
  ['{took||kept}', /empty choice/],
  ['#20-12 hours', /number range/],
  ['@a & @b & @c & @d', /at most two/],
  ['@take & & @papers', /missing/],
  ['@take ! @papers', /close to/],
]
for (const [line, why] of wrong)
  test(`a line that cannot be read says why: ${line}`, () =>
    assert.throws(
      () => parsePattern(line),
      (error) => error instanceof HouseError && why.test(error.message) && error.message.includes(line),
    ))

test('a group that is not there, or holds itself, is named', () => {
  assert.throws(() => found('@nothing .. @papers', 'x'), /no group @nothing/)
  assert.throws(() => found('@a', 'x', [lexicon('en', { a: ['@b'], b: ['@a'] })]), /contains itself/)
})

const ID = lexicon(
  'id',
  { papers: ['paspor'], seize: ['dirampas'], not: ['tidak'] },
  { endings: ['nya', 'ku'] },
)
const paspor = (text: string, lexicons = [ID]) => found('@papers .. @seize', text, lexicons).length

test('a word is found with an ending of its language hung on it, and only with one of its language', () => {
  assert.equal(paspor('Paspornya dirampas.'), 1)
  assert.equal(paspor('Pasporku dirampas.'), 1)
  assert.equal(paspor('Pasporkan dirampas.'), 0)
  assert.equal(paspor('Paspornya dirampas.', [{ ...ID, endings: [] }]), 0)
})

test('what is left without its ending must be long enough to be a word', () => {
  const short = { ...ID, groups: { ...ID.groups, papers: ['pas'] } }
  assert.equal(paspor('Pas dirampas.', [short]), 1)
  assert.equal(paspor('Pasnya dirampas.', [short]), 0)
})

test('a word of another language is not found by that ending', () => {
  const other = lexicon('xx', { papers: ['tiket'] })
  const rules = compileRules([ID, other], [{ owner: 0, denial: false, patterns: { xx: ['@papers'] } }])
  assert.equal(sightings(rules, 'Tiket.', null).length, 1)
  assert.equal(sightings(rules, 'Tiketnya.', null).length, 0)
})
