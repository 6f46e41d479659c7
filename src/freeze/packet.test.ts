import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askForMissing, type FieldStanding, packetOf, packetWords } from './packet.ts'
import { readRails } from './rails-content.ts'
import type { RequestWhole } from './shapes.ts'

const rails = readRails()
const rail = rails.find(({ id }) => id === 'sg-police-freeze')
assert.ok(rail)

type Sent = Parameters<typeof packetOf>[1]
const fact = (id: string, kind: Sent['facts'][number]['kind'], why = 'named') => ({
  ...{ id, kind, normal: '0012345678', country: 'SG', system: null, why },
})
const line = { id: 'l', factId: 'payee', currency: 'SGD' } as RequestWhole['lines'][number]
const sent = (more: Partial<Sent> = {}): Sent => ({
  ...{
    facts: [fact('payee', 'bank_account')],
    lines: [line],
    paidAt: null,
    paidDay: null,
    basis: 'consent',
    note: '',
  },
  ...{ briefingId: null, ...more },
})
const standing = (it: Sent, id: string): FieldStanding | undefined =>
  packetOf(rail, it).find((field) => field.id === id)?.standing

const cases: [string, Sent, string, FieldStanding][] = [
  ['the account of the money line', sent(), 'payee-account', 'has'],
  ['when it was paid, not said', sent(), 'paid-at', 'missing'],
  ['when it was paid', sent({ paidAt: '2026-03-01T00:00:00Z' }), 'paid-at', 'has'],
  [
    'the day it was paid, without its hour',
    sent({ paidAt: '2026-03-01T00:00:00Z', paidDay: '2026-03-01' }),
    'paid-at',
    'missing',
  ],
  ['the receiving account is not the paying one', sent(), 'payer-account', 'missing'],
  [
    'the account that paid',
    sent({
      facts: [fact('payee', 'bank_account'), fact('p', 'iban', 'The account that paid. Said in the chat')],
    }),
    'payer-account',
    'has',
  ],
  [
    'another account is where it went next',
    sent({ facts: [fact('payee', 'bank_account'), fact('n', 'iban')] }),
    'onward',
    'has',
  ],
  ['the receiving account is not where it went next', sent(), 'onward', 'missing'],
  ['a sealed field without a briefing', sent(), 'victim', 'missing'],
  ['a sealed field with one: only opening tells', sent({ briefingId: 'b' }), 'victim', 'sealed'],
  ['what has no place of its own, no note', sent(), 'reliability', 'missing'],
  ['what has no place of its own, a note', sent({ note: 'first-hand' }), 'reliability', 'note'],
]
for (const [name, it, id, wanted] of cases)
  test(`packet: ${name}`, () => assert.equal(standing(it, id), wanted))

test('what must be there comes first, and is counted honestly', () => {
  const fields = packetOf(rail, sent())
  const firstHelping = fields.findIndex(({ need }) => need === 'helps')
  assert.ok(fields.slice(firstHelping).every(({ need }) => need === 'helps'))
  const must = fields.filter(({ need }) => need === 'must')
  const missing = must.filter((field) => field.standing === 'missing').length
  assert.equal(
    packetWords(fields),
    `3 of the ${must.length} things that must be in it are here; ${missing} did not come.`,
  )
  assert.match(packetWords(fields, 'sender'), /went along; \d+ did not go along[.]$/)
})

test('what is asked for is what must be there and is not', () => {
  const asked = askForMissing(packetOf(rail, sent())) ?? ''
  assert.match(asked, /paying account/)
  assert.doesNotMatch(asked, /receiving account|payment reference/)
  const dayOnly = sent({ paidAt: '2026-03-01T00:00:00Z', paidDay: '2026-03-01' })
  assert.match(askForMissing(packetOf(rail, dayOnly)) ?? '', /day and time of each payment: the hour;/)
  assert.equal(askForMissing([]), null)
})
