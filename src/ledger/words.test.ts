import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from './engine.ts'
import { runningRules } from './rule.ts'
import { sentence, span } from './words.ts'

const names = { accountName: (it: number) => `account ${it}`, formatTime: () => '2026-03-01 10:00' }
const rules = runningRules()

/** A hit whose every figure is one number, but for those that a sentence takes as texts. */
const hit = (template: string, n: number): Row =>
  Object.fromEntries(
    [...template.matchAll(/\{(?:(\w+):)?(\w+)/g)].map(([, as, name = '']) => [
      name,
      as === 'text' ? 'W' : as === 'share' ? 0.5 : n,
    ]),
  )

/** What ends in s and is no plural. */
const VERBS = / (?:pays|was|is|gives|names|does|of|times the) /g
const MANY = /(?<![\d.,:-])1 (?:[a-z-]+ )?[a-z]+(?<!s)s\b/

test('no sentence of a rule counts one thing as many, or many as one', () => {
  for (const rule of rules)
    for (const template of [rule.reason, rule.quiet]) {
      const told = (n: number) =>
        sentence(template, { rule, row: { ...hit(template, n), currency: 'USD' }, names, first: 'figures' })
      const [none, one, two, many] = [told(0), told(1), told(2), told(1_234_567)]
      assert.doesNotMatch(one.replace(VERBS, ' - '), MANY, `${rule.id}: ${one}`)
      assert.doesNotMatch(one, /\b1 \w+ (?:are|were|have|do|give|name)\b/, `${rule.id}: ${one}`)
      for (const text of [none, one, two, many])
        assert.doesNotMatch(text, /[{}|]|undefined|NaN|\(\)| {2}/, `${rule.id}: ${text}`)
    }
})

test('figures with their words: none, one, two, irregular, and what agrees with them', () => {
  const [rule] = rules
  assert.ok(rule)
  const told = (n: number) =>
    sentence('{n payment} {n?was|were} made by {n party|parties}', {
      rule,
      row: { n },
      names,
      first: 'figures',
    })
  assert.equal(told(0), '0 payments were made by 0 parties')
  assert.equal(told(1), '1 payment was made by 1 party')
  assert.equal(told(1_200), '1,200 payments were made by 1,200 parties')
})

test('spans in their largest unit, singular and plural', () => {
  const told = [0, 300, 1_000, 59_000, 60_000, 90_000, 3_600_000, 86_400_000, 129_600_000]
  assert.deepEqual(told.map(span), [
    'the same moment',
    'less than a second',
    '1 second',
    '59 seconds',
    '1 minute',
    '1.5 minutes',
    '1 hour',
    '1 day',
    '1.5 days',
  ])
})
