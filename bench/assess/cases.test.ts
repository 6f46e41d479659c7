import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assess } from '../../src/assess/assess.ts'
import { loadContent } from '../../src/cli/content.ts'
import { type Case, loadAds, loadFresh, loadNegated, loadSentences, loadTexts } from './cases.ts'
import { alarmsOnNegated, judge, score } from './score.ts'

const content = loadContent()
const known = new Set(content.indicators.map(({ id }) => id))
const texts = loadTexts()

test('every label names an indicator that exists, and no text stands there twice', () => {
  const all = [...texts, ...loadSentences(), ...loadNegated('negated'), ...loadNegated('negated-2')]
  all.push(...loadFresh('fresh'), ...loadFresh('fresh-2'), ...loadFresh('fresh-3'))
  all.push(...loadFresh('fresh-4'), ...loadNegated('negated-3'))
  all.push(...loadFresh('fresh-5'), ...loadNegated('negated-4'))
  all.push(...loadFresh('fresh-6'), ...loadNegated('negated-5'))
  all.push(...loadFresh('fresh-7'), ...loadNegated('negated-6'))
  for (const { text, expect, also } of all)
    for (const id of [...expect, ...also]) assert.ok(known.has(id), `${id}: ${text}`)
  const own = texts.map(({ text }) => text)
  assert.equal(new Set(own).size, own.length)
})

test('there are enough texts in every language, a third of them apart', () => {
  const languages = content.lexicons.map(({ language }) => language)
  for (const language of languages)
    assert.ok(texts.filter((it) => it.language === language).length >= 12, language)
  const apart = texts.filter(({ part }) => part === 'apart').length
  assert.ok(texts.length >= 150 && apart >= texts.length * 0.3 && apart <= texts.length * 0.37)
  assert.ok(loadAds().some(({ part }) => part === 'apart'))
})

test('texts that say no are labelled with nothing', () => {
  for (const { kind, expect, text } of texts)
    if (['negated', 'ordinary', 'conditional', 'general'].includes(kind)) assert.deepEqual(expect, [], text)
})

const one = (expect: string[], also: string[] = []): Case => ({
  language: 'en',
  part: 'seen',
  kind: 'negated',
  text: 'x',
  expect,
  also,
})

test('the score counts right, wrong and missed, and grey ones neither way', () => {
  const judged = judge([one(['FC-A01', 'FC-M04'], ['FC-P01'])], () => ['FC-A01', 'FC-X01', 'FC-P01'])
  const { right, wrong, missed, precision, recall, f1 } = score(judged)
  assert.deepEqual([right, wrong, missed, precision, recall, f1], [1, 1, 1, 0.5, 0.5, 0.5])
  assert.equal(alarmsOnNegated(judged), 1)
  assert.equal(score([]).precision, null)
})

test('what is plainly negated stays quiet', () => {
  const all = [...loadNegated('negated'), ...loadNegated('negated-2')]
  const judged = judge(all, (text) => assess(text, content).indicators.map(({ id }) => id))
  assert.ok(alarmsOnNegated(judged) === 0)
})
