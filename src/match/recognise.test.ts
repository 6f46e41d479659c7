import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../core/fact.ts'
import { recognised } from './recognise.ts'

const fact = (kind: Fact['kind'], normal: Fact['normal'], text: string, start: number): Fact => ({
  kind,
  normal,
  value: text,
  text,
  start,
  end: start + text.length,
  confidence: 1,
  why: 'its checksum is right',
})
const nothing = { facts: [], refused: [] }

test('a fact is asked about in its canonical form, once', () => {
  const text = 'GB33 BUKB 2020 1555 5555 55 and GB33BUKB20201555555555'
  const facts = [
    fact('iban', 'GB33BUKB20201555555555', 'GB33 BUKB 2020 1555 5555 55', 0),
    fact('iban', 'GB33BUKB20201555555555', 'GB33BUKB20201555555555', 32),
  ]
  const asked = recognised(text, { facts, refused: [] })
  assert.equal(asked.length, 1)
  assert.deepEqual(asked[0]?.identifier, { kind: 'iban', normal: 'GB33BUKB20201555555555' })
})

test('amounts, dates and places are not asked about', () => {
  const facts = [
    fact('amount', { minor: 500, currency: 'SGD' }, 'S$5', 0),
    fact('place', 'Thailand', 'Thailand', 4),
  ]
  assert.deepEqual(recognised('S$5 Thailand', { facts, refused: [] }), [])
})

test('a bare number that was not recognised is offered as an account; a sentence is not', () => {
  const asked = recognised('012-3-45678-9\nplease call me at 7 tomorrow because it is urgent now', nothing)
  assert.deepEqual(
    asked.map(({ identifier }) => identifier),
    [{ kind: 'bank_account', normal: '0123456789' }],
  )
})

test('why a near miss was refused is told', () => {
  const refused = [{ text: 'GB34BUKB20201555555555', start: 0, end: 22, why: 'its check digits are wrong' }]
  assert.equal(
    recognised('GB34BUKB20201555555555', { facts: [], refused })[0]?.why,
    'its check digits are wrong',
  )
})

test('what the person said stays while the text grows', () => {
  const first = recognised('12345678', nothing)
  const said = first.map((it) => ({
    ...it,
    identifier: { ...it.identifier, kind: 'phone' as const },
    why: 'you say so',
  }))
  assert.equal(recognised('12345678\n87654321', nothing, said)[0]?.identifier.kind, 'phone')
})
