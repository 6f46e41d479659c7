import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HoldOrder, MoneyLine, RequestWhole } from '../freeze/shapes.ts'
import { ACTS, type ActKind, actsOf, nextOf, placeOf } from './acts.ts'
import { mayFollow } from './status.ts'

type Status = RequestWhole['status']
const STATUSES: Status[] = ['sent', 'acknowledged', 'ordered', 'answered', 'closed', 'declined', 'recalled']

const line = (parts: Partial<MoneyLine> = {}): MoneyLine => ({
  ...{
    id: 'line',
    factId: 'fact',
    currency: 'SGD',
    reported: 100,
    atRisk: 100,
    held: 0,
    lost: 0,
    returned: 0,
  },
  ...parts,
})
const HELD = line({ atRisk: 0, held: 80, lost: 20 })
const order = (answeredAt: string | null) => ({ id: 'order', lineId: 'line', answeredAt }) as HoldOrder

function request(more: Partial<RequestWhole> = {}): RequestWhole {
  const base = { status: 'sent', as: 'authority', lines: [line()], orders: [], events: [], offers: [] }
  return { ...base, closedAt: null, reportId: null, ...more } as unknown as RequestWhole
}
const thanked = (orgId: string) => ({ kind: 'thanked', orgId }) as RequestWhole['events'][number]
const officer = { role: 'officer', org: 'police' } as const
const caseworker = { role: 'caseworker', org: 'cso' } as const

/** What the server lets an act turn a request into; null where the status does not change. */
const BECOMES: Partial<Record<ActKind, Status>> = {
  acknowledge: 'acknowledged',
  order: 'ordered',
  close: 'closed',
  refuse: 'declined',
  recall: 'recalled',
}
for (const [act, to] of Object.entries(BECOMES) as [ActKind, Status][])
  test(`“${act}” is offered exactly where the server lets it follow`, () => {
    const as = act === 'recall' ? 'sender' : 'authority'
    for (const status of STATUSES)
      assert.equal(actsOf(request({ status, as }), 'officer').includes(act), mayFollow(status, to), status)
  })

test('who may do what: the role and the part in the request both count', () => {
  assert.deepEqual(actsOf(request(), 'officer'), ['acknowledge', 'refuse', 'say'])
  assert.deepEqual(actsOf(request(), 'fiu_analyst'), ['acknowledge', 'refuse', 'say'])
  assert.deepEqual(actsOf(request(), 'fraud_desk'), ['acknowledge', 'refuse', 'say'])
  assert.deepEqual(actsOf(request(), 'caseworker'), ['say'])
  assert.deepEqual(actsOf(request({ as: 'sender' }), 'caseworker'), ['recall', 'say'])
  assert.deepEqual(actsOf(request({ as: 'corroborator' }), 'caseworker'), ['say'])
  assert.deepEqual(actsOf(request({ as: 'corroborator' }), 'hub_analyst'), [])
  assert.ok(
    ACTS.every(
      (act) => !actsOf(request({ as: 'sender' }), 'officer').includes(act) || ['recall', 'say'].includes(act),
    ),
  )
})

test('nothing at risk: there is nothing to order', () => {
  assert.ok(!actsOf(request({ status: 'answered', lines: [HELD] }), 'officer').includes('order'))
})

const steps: [string, Partial<RequestWhole>, string][] = [
  ['a new request', {}, 'acknowledge'],
  ['taken on', { status: 'acknowledged' }, 'order'],
  ['ordered', { status: 'ordered', orders: [order(null)] }, 'wait_bank'],
  [
    'ordered for one line, another still free',
    { status: 'ordered', orders: [order(null)], lines: [line(), line({ id: 'other' })] },
    'order',
  ],
  [
    'the bank held a part, the rest is at risk',
    { status: 'answered', orders: [order('t')], lines: [line({ atRisk: 20, held: 80 })] },
    'order',
  ],
  ['held: the finder hears it first', { status: 'answered', orders: [order('t')], lines: [HELD] }, 'thank'],
  ['thanked', { status: 'answered', lines: [HELD], events: [thanked('police')] }, 'move'],
  [
    'a thank-you of the other side is not ours',
    { status: 'answered', lines: [HELD], events: [thanked('cso')] },
    'thank',
  ],
  [
    'all came back',
    { status: 'answered', lines: [line({ atRisk: 0, returned: 100 })], events: [thanked('police')] },
    'close',
  ],
  ['all lost', { status: 'answered', lines: [line({ atRisk: 0, lost: 100 })] }, 'close'],
  ['closed and thanked', { status: 'closed', lines: [HELD], events: [thanked('police')] }, 'none'],
  ['declined', { status: 'declined' }, 'none'],
]
for (const [name, more, kind] of steps)
  test(`next for the officer: ${name}`, () => assert.equal(nextOf(request(more), officer).kind, kind))

test('the next order goes to the line without one', () => {
  const more = { status: 'ordered', orders: [order(null)], lines: [line(), line({ id: 'other' })] } as const
  assert.deepEqual(nextOf(request({ ...more, orders: [...more.orders], lines: [...more.lines] }), officer), {
    kind: 'order',
    lineId: 'other',
  })
})

const offer = { id: 'o', factKind: 'bank_account', status: 'offered', offeredAt: 't' } as const
const sender: [string, Partial<RequestWhole>, string][] = [
  ['sent', {}, 'wait_authority'],
  ['someone offers to join', { offers: [offer] }, 'decide'],
  ['the offer was decided', { offers: [{ ...offer, status: 'declined' }] }, 'wait_authority'],
  ['ordered', { status: 'ordered', orders: [order(null)] }, 'wait_bank'],
  ['held', { status: 'answered', lines: [HELD] }, 'thank'],
  ['held and thanked', { status: 'answered', lines: [HELD], events: [thanked('cso')] }, 'none'],
  ['declined: another may be asked', { status: 'declined', reportId: 'r' }, 'again'],
  ['an offer to a closed request can wait for ever', { status: 'closed', offers: [offer] }, 'none'],
]
for (const [name, more, kind] of sender)
  test(`next for the sender: ${name}`, () =>
    assert.equal(nextOf(request({ as: 'sender', ...more }), caseworker).kind, kind))

test('an officer who cannot act there is not told to', () => {
  assert.equal(nextOf(request({ as: 'corroborator' }), officer).kind, 'none')
  assert.equal(nextOf(request(), { role: 'hub_analyst', org: 'police' }).kind, 'none')
})

test('a bank that was asked to recall records the money; it is never told to order', () => {
  const bank = { role: 'fraud_desk', org: 'bank' } as const
  assert.equal(nextOf(request(), bank).kind, 'acknowledge')
  assert.deepEqual(nextOf(request({ status: 'acknowledged' }), bank), { kind: 'move', lineId: 'line' })
  assert.equal(placeOf(request({ status: 'acknowledged' }), 'fraud_desk').words, 'Record the money')
})

test('the desk puts what nobody has taken on first, then what is ours, then what waits for others', () => {
  const place = (more: Partial<RequestWhole>) => placeOf(request(more)).place
  assert.equal(place({}), 'to_take_on')
  assert.equal(place({ status: 'acknowledged' }), 'mine')
  assert.equal(place({ status: 'ordered' }), 'waiting')
  assert.equal(place({ status: 'answered', lines: [HELD] }), 'mine')
  assert.equal(place({ as: 'sender' }), 'waiting')
  assert.equal(place({ status: 'closed', closedAt: 't' }), 'ended')
})

test('thanks are for something: money saved, or an end', () => {
  assert.ok(!actsOf(request({ status: 'acknowledged' }), 'officer').includes('thank'))
  assert.ok(actsOf(request({ status: 'answered', lines: [HELD] }), 'officer').includes('thank'))
  assert.ok(actsOf(request({ status: 'declined', as: 'sender' }), 'caseworker').includes('thank'))
})
