import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import {
  IDENTIFIERS_MODULE,
  identifierLexicon,
  identifiersModule,
} from '../../../scripts/compile-identifiers.ts'
import { ISO_COUNTRIES } from '../iso-countries.ts'
import { foldText } from '../script.ts'

const lexicon = identifierLexicon()

test('identifiers: the compiled module is what content says', () => {
  assert.equal(
    readFileSync(IDENTIFIERS_MODULE, 'utf8'),
    identifiersModule(),
    'content/lexicon changed: run `node scripts/compile-identifiers.ts`',
  )
})

test('identifiers: no word has two roles', () => {
  const roles = new Map<string, string>()
  for (const [role, languages] of Object.entries(lexicon.labels)) {
    for (const word of Object.values(languages).flat()) {
      const known = roles.get(word)
      assert.ok(known === undefined || known === role, `"${word}" is ${known} and ${role}`)
      roles.set(word, role)
    }
  }
})

test('identifiers: every word can be found: no invisible signs, nothing empty, no blanks at the ends', () => {
  const words = [
    ...Object.values(lexicon.labels).flatMap((languages) => Object.values(languages).flat()),
    ...Object.values(lexicon.payments).flat(),
    ...lexicon.platforms.flatMap(({ names }) => names),
    ...lexicon.banks.flatMap(({ names, capital }) => [...names, ...capital]),
  ]
  for (const word of words) {
    assert.equal(typeof word, 'string', `${word}: write numbers and yes/no in quotes`)
    assert.equal(word, word.trim())
    assert.doesNotMatch(word, /[\u200b-\u200f\u2060\ufeff\u00a0]/)
    assert.notEqual(foldText(word), '')
  }
})

test('identifiers: banks are of real countries and have possible lengths', () => {
  for (const { name, country, digits } of lexicon.banks) {
    assert.ok(ISO_COUNTRIES.has(country), `${name}: ${country}`)
    for (const length of digits) assert.ok(length >= 6 && length <= 21, `${name}: ${length} digits`)
  }
  for (const [country, [least, most]] of Object.entries(lexicon.lengths)) assert.ok(least <= most, country)
})

test('identifiers: host lists agree with each other', () => {
  const set = (words: string) => new Set(words.split(' '))
  const { endings, common, words, lures, files, benign } = lexicon.hosts
  const known = set(endings)
  for (const list of [common, words, lures, files])
    for (const ending of set(list)) assert.ok(known.has(ending), `.${ending} is no ending`)
  for (const host of set(benign)) assert.ok(known.has(host.split('.').at(-1) ?? ''), host)
})
