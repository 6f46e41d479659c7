import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FactKind, Normal } from '../../src/core/fact.ts'
import { type Case, unmark } from './cases.ts'
import { countWords, type Found, key, score, tally } from './score.ts'

function labelled(marked: string): Case {
  return {
    id: 'x',
    language: 'en',
    kind: 'note',
    ordinary: false,
    options: {},
    indicators: null,
    ...unmark(marked),
  }
}

const found = (kind: FactKind, normal: Normal, start = 0, text = 'x'): Found => ({
  kind,
  normal,
  text,
  start,
  end: start + text.length,
})

test('a form counts once, however often it is written or found', () => {
  const one = labelled('⟦date 2024-03-15|15/03/2024⟧ and again ⟦date 2024-03-15|15 March 2024⟧')
  const { hits, missed, wrong } = score(one, [found('date', '2024-03-15'), found('date', '2024-03-15', 20)])
  assert.deepEqual([hits.length, missed.length, wrong.length], [1, 0, 0])
})

test('another form is both missed and wrong', () => {
  const one = labelled('⟦amount 45000 THB|45,000 baht⟧')
  const { hits, missed, wrong } = score(one, [found('amount', { minor: 45_000, currency: 'THB' })])
  assert.deepEqual([hits.length, missed.length, wrong.length], [0, 1, 1])
})

test('a grey span forgives claims of its own kind, and no other', () => {
  const one = labelled('in ⟦?place Ohio|Ohio⟧')
  assert.equal(score(one, [found('place', 'State of Ohio', 3, 'Ohio')]).wrong.length, 0)
  assert.equal(score(one, [found('organisation', 'Ohio', 3, 'Ohio')]).wrong.length, 1)
  assert.equal(score(one, []).missed.length, 0)
})

test('readings that are equally right count once each, and asking for one is enough', () => {
  const one = labelled('⟦url https://t.me/abc / handle telegram:@abc|t.me/abc⟧')
  assert.equal(score(one, [found('handle', 'telegram:@ABC')]).hits.length, 1)
  assert.equal(
    score(one, [found('url', 'https://t.me/abc'), found('handle', 'telegram:@abc')]).wrong.length,
    0,
  )
})

test('names of firms are compared without legal form; places by any name in use', () => {
  const one = labelled('⟦organisation Blue Bay Ltd|Blue Bay Ltd⟧ in ⟦place Vietnam|Việt Nam⟧')
  const all = [found('organisation', 'BLUE BAY'), found('place', 'Viet Nam')]
  assert.equal(score(one, all).hits.length, 2)
  assert.notEqual(key('organisation', 'Blue Bay'), key('organisation', 'Blue Bird'))
})

test('tally: shares to four places, and nothing asked is nothing wrong', () => {
  assert.deepEqual(tally(2, 1, 1), {
    hits: 2,
    missed: 1,
    wrong: 1,
    precision: 0.6667,
    recall: 0.6667,
    f1: 0.6667,
  })
  assert.equal(tally(0, 0, 0).f1, 1)
})

test('words are counted in scripts without spaces too', () => {
  assert.equal(countWords('two words'), 2)
  assert.ok(countWords('สวัสดีครับ') >= 2)
})
