import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { danger, patternsIn } from '../../test/patterns.ts'
import { loadContent } from '../cli/content.ts'
import { assess, prepare } from './assess.ts'
import type { Lexicon } from './content.ts'
import { sightings } from './find.ts'
import { lure } from './lure.ts'
import { compileRules } from './rules.ts'

const content = loadContent()
prepare(content)

for (const file of globSync('*.ts', { cwd: import.meta.dirname }).filter(
  (name) => !name.endsWith('.test.ts'),
))
  test(`${file}: every regular expression takes linear time`, () => {
    const verdicts = patternsIn(readFileSync(join(import.meta.dirname, file), 'utf8')).map(danger)
    assert.deepEqual(
      verdicts.filter((it) => it !== null),
      [],
    )
  })

const HOSTILE = [
  'a',
  'not ',
  'they took my passport ',
  'my brother ',
  '没收护照',
  '十',
  'ถูกยึด',
  'မရိုက်ဘူး',
  '12 ',
  '(',
  'not, took, my, ',
  '\ud800',
  '\u200b',
  "can't ",
  "can'",
  '1,1.',
]

const repeat = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length))

for (const piece of HOSTILE)
  test(`four times the text takes no more than eight times as long: ${JSON.stringify(piece)}`, () =>
    staysLinear((text) => assess(text, content), piece))

/** Every form that a pattern can have, with a text that begins it over and over and never, or always, ends it. */
const FORMS: [string, string, readonly string[]][] = [
  ['words side by side', 'took my passport', ['took my ', 'took my passport ']],
  ['a short gap', '@take .. @papers', ['took ', 'passport ', 'took of passport ']],
  ['a wide gap', '@take ... @papers', ['took took ', 'took a a a a a a a a a passport ']],
  ['a counted gap', '@take ..60.. @papers', ['took ', 'took passport ']],
  ['three elements', '@take ... @papers ... @home', ['took passport ', 'took took passport passport home ']],
  ['any order', '@take & @papers', ['passport ', 'took passport ']],
  ['any order of three', '@take & @papers & @home', ['took ', 'passport took ', 'home passport took ']],
  ['a choice', '{took|kept|had} my {passport|card}', ['took kept had my ', 'had my card ']],
  ['a word of several words', '@long_phrase', ['at the at the at the ', 'at the end of the ']],
  ['an open word', 'confiscat*', ['confiscat', 'confiscated ']],
  ['an open word on both sides', '*piga*', ['piga', 'pigapiga ']],
  ['a number range', '#12-20 hours', ['14 ', '14', '14 hours ', 'fourteen ']],
  ['an exception', '@take .. @papers !@home', ['took passport ', 'took passport home ']],
  ['no, I and if beside it', '@take .. @papers', ['not took passport ', 'if not my took passport ']],
]
const FORM_WORDS: Lexicon = {
  id: 'words-en',
  version: 1,
  language: 'en',
  name: 'en',
  source: { from: 'a test', standing: 'memory' },
  reach: 4,
  support: 'support',
  numbers: { 14: ['fourteen'] },
  groups: {
    take: ['took'],
    papers: ['passport', 'identity card'],
    home: ['home'],
    long_phrase: ['at the end of the day', 'the at the at'],
    not: ['not'],
    if: ['if'],
    me: ['my'],
    mask: ['took passport home'],
  },
}

for (const [form, line, pieces] of FORMS) {
  const rules = compileRules([FORM_WORDS], [{ owner: 0, denial: false, patterns: { en: [line] } }])
  for (const piece of pieces)
    test(`linear: ${form}, ${JSON.stringify(piece)}`, () =>
      staysLinear((text) => sightings(rules, text, null), piece))
}

test('a megabyte without a full stop is read as an advertisement or not, without a throw', () => {
  assert.doesNotThrow(() => lure(repeat('hiring now salary ', 1_000_000), content))
})
