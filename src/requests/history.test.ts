import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HoldOrder, RequestEvent } from '../freeze/shapes.ts'
import { firstWas, historyOf } from './history.ts'

const order = { id: 'o1', bankName: 'Harbour Bank', minor: 4_820_000, currency: 'SGD' } as HoldOrder
const event = (kind: string, body: RequestEvent['body'] = {}, orgId = 'police'): RequestEvent => ({
  ...{
    id: kind,
    at: '2026-03-01T00:00:00.000Z',
    orgId,
    orgName: orgId === 'police' ? 'The police' : 'Saphan',
  },
  ...{ kind, body },
})
const said = (it: RequestEvent) => {
  const [line] = historyOf({ events: [it], orders: [order] })
  return `${line?.who} ${line?.words}${line?.quote ? ` “${line.quote}”` : ''}`
}

const cases: [RequestEvent, string][] = [
  [event('sent', { rail: 'x', facts: 1 }, 'cso'), 'Saphan sent the request with one fact'],
  [event('acknowledged'), 'The police took it on'],
  [
    event('ordered', { order: 'o1', reference: 'A/1' }),
    'The police ordered Harbour Bank to hold SGD 48,200.00, reference A/1',
  ],
  [
    event('ordered', { order: 'hidden', reference: 'A/1' }),
    'The police recorded an order to a bank, reference A/1',
  ],
  [
    event('answered', { held: 4_000_000, gone: 820_000, currency: 'SGD' }),
    'The police held SGD 40,000.00; SGD 8,200.00 had already gone',
  ],
  [event('answered', { held: 4_000_000, gone: 0, currency: 'SGD' }), 'The police held SGD 40,000.00'],
  [
    event('answered', { held: 0, gone: 100, currency: 'SGD' }),
    'The police could hold nothing: SGD 1.00 had already gone',
  ],
  [event('answered', { held: 0, gone: 0, currency: 'SGD' }), 'The police answered: nothing could be held'],
  [
    event('moved', { from: 'held', to: 'returned', minor: 100, currency: 'SGD' }),
    'The police recorded SGD 1.00 as returned (it was held)',
  ],
  [
    event('joined', { fact_kind: 'bank_account' }, 'cso'),
    'Saphan joined: its report holds the same bank account',
  ],
  [event('said', { text: 'Which branch?' }), 'The police wrote “Which branch?”'],
  [event('thanked', { text: 'Thank you' }), 'The police says thank you “Thank you”'],
  [event('declined', { text: 'not ours' }), 'The police declined it “not ours”'],
  [
    event('declined', { why: 'removed' }),
    'The police is no longer in the network; the request ended with that, and what banks hold stays held',
  ],
  [event('something_new'), 'The police something new'],
]
for (const [it, wanted] of cases)
  test(`history: ${wanted}`, () => {
    assert.equal(said(it), wanted)
  })

test('a body of another shape is not believed and breaks nothing', () => {
  assert.equal(
    said(event('moved', { from: 'x', to: 1, minor: 'much' })),
    'The police moved money in the ledger',
  )
  assert.equal(
    said(event('answered', { held: '9', currency: 7 })),
    'The police answered: nothing could be held',
  )
  assert.equal(
    said(event('joined', { fact_kind: 'constructor' })),
    'The police joined: its report holds the same identifier',
  )
})

test('who was first: the last change, and whether it was a colleague', () => {
  const events = [event('sent', {}, 'cso'), event('acknowledged'), event('said', { text: 'hello' }, 'cso')]
  assert.equal(firstWas({ events, orders: [] }, 'police')?.who, 'A colleague of yours at The police')
  assert.equal(firstWas({ events, orders: [] }, 'cso')?.who, 'The police')
  assert.equal(firstWas({ events: events.slice(0, 1), orders: [] }, 'police'), null)
})
