import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrgCard } from '../members/shapes.ts'
import {
  changedSince,
  type Desk,
  deskHeadline,
  deskNews,
  endedOf,
  endingPowers,
  groupsOf,
  mostUrgent,
  ordersToAnswer,
} from './desk.ts'
import type { HoldOrder, RequestSummary } from './shapes.ts'

const NOW = Date.parse('2026-03-01T00:00:00Z')
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString()

function request(id: string, more: Partial<RequestSummary> = {}): RequestSummary {
  const line = {
    id: 'l',
    factId: 'f',
    currency: 'SGD',
    reported: 100,
    atRisk: 100,
    held: 0,
    lost: 0,
    returned: 0,
  }
  const base = { id, ref: id, status: 'sent', as: 'authority', dueAt: at(10), closedAt: null, lines: [line] }
  return { ...base, fromName: 'Saphan', toName: 'Police', ...more } as RequestSummary
}
const order = (id: string, more: Partial<HoldOrder> = {}) =>
  ({
    id,
    reference: id,
    authorityName: 'Police',
    answeredAt: null,
    expiresAt: null,
    orderedAt: at(0),
    ...more,
  }) as HoldOrder
const desk = (more: Partial<Desk> = {}): Desk => ({ requests: [], orders: [], offers: [], ...more })
const settled = [{ ...request('x').lines[0], atRisk: 0, held: 100 }] as RequestSummary['lines']

test('what nobody has taken on comes first, and in each group the soonest clock', () => {
  const groups = groupsOf([
    request('late', { dueAt: at(40) }),
    request('bank', { status: 'ordered', dueAt: at(1) }),
    request('soon', { dueAt: at(2) }),
    request('order', { status: 'acknowledged' }),
  ])
  assert.deepEqual(
    groups.map(({ place, requests }) => [place, requests.map(({ id }) => id)]),
    [
      ['to_take_on', ['soon', 'late']],
      ['mine', ['order']],
      ['waiting', ['bank']],
    ],
  )
})

test('a request whose clock no longer runs stands after those where it does', () => {
  const [mine] = groupsOf([
    request('held', { status: 'answered', lines: settled, dueAt: at(-5) }),
    request('risk', { status: 'acknowledged', dueAt: at(50) }),
  ])
  assert.deepEqual(
    mine?.requests.map(({ id }) => id),
    ['risk', 'held'],
  )
})

test('the most urgent is ours, whichever group it stands in, and its clock runs', () => {
  const requests = [
    request('new', { dueAt: at(40) }),
    request('order', { status: 'acknowledged', dueAt: at(3) }),
    request('bank', { status: 'ordered', dueAt: at(1) }),
    request('held', { status: 'answered', lines: settled, dueAt: at(2) }),
  ]
  assert.equal(mostUrgent(desk({ requests }))?.id, 'order')
  assert.equal(mostUrgent(desk()), null)
})

test('a bank answers first what ends first, then what waits longest', () => {
  const sorted = ordersToAnswer([
    order('new', { orderedAt: at(-1) }),
    order('old', { orderedAt: at(-9) }),
    order('ends', { expiresAt: at(5), orderedAt: at(0) }),
    order('answered', { answeredAt: at(0) }),
  ])
  assert.deepEqual(
    sorted.map(({ id }) => id),
    ['ends', 'old', 'new'],
  )
})

test('what ended stands newest first', () => {
  const ended = endedOf([
    request('a', { closedAt: at(-9) }),
    request('open'),
    request('b', { closedAt: at(-1) }),
  ])
  assert.deepEqual(
    ended.map(({ id }) => id),
    ['b', 'a'],
  )
})

const offer = { id: 'o', requestId: 'r', requestRef: 'F-1', factKind: 'iban', offeredAt: at(0) }
const heads: [Desk, Parameters<typeof deskHeadline>[1], string][] = [
  [desk(), 'officer', 'No request waits for you'],
  [desk(), 'fraud_desk', 'No order waits for you'],
  [desk({ requests: [request('a')] }), 'officer', 'One request waits for you'],
  [
    desk({ requests: [request('a'), request('b', { status: 'acknowledged' })] }),
    'officer',
    '2 requests wait for you',
  ],
  [desk({ orders: [order('a')] }), 'fraud_desk', 'One order waits for you'],
  [
    desk({ requests: [request('a', { as: 'sender' })] }),
    'caseworker',
    'Nothing waits for you; one request is with others',
  ],
  [
    desk({ requests: [request('a')], offers: [offer, { ...offer, id: 'p' }] }),
    'officer',
    'One request and 2 offers to join wait for you',
  ],
]
for (const [it, role, wanted] of heads)
  test(`desk: ${wanted}`, () => assert.equal(deskHeadline(it, role), wanted))

test('news is what arrived or changed; the ticking clock and what left are none', () => {
  const first = deskNews(desk({ requests: [request('a'), request('gone')] }), NOW)
  assert.deepEqual(changedSince(null, first), [])
  const later = deskNews(desk({ requests: [request('a')] }), NOW + 7_200_000)
  assert.deepEqual(changedSince(first, later), [])
  const taken = deskNews(desk({ requests: [request('a', { status: 'acknowledged' }), request('b')] }), NOW)
  assert.deepEqual(changedSince(first, taken), [
    { id: 'a', words: 'a, Saphan: SGD 1.00 at risk, 10 hours left, Record the order' },
    { id: 'b', words: 'b, Saphan: SGD 1.00 at risk, 10 hours left, Take it on' },
  ])
})

test('powers that end soon or have ended wait for the steward, those of who left do not', () => {
  const power = (until: string | null) => ({
    ...{
      id: until ?? 'always',
      kind: 'hold_payment' as const,
      country: 'SG',
      legalBasis: '-',
      verifiedBy: '-',
      until,
    },
  })
  const org = {
    id: 'o',
    name: 'Bank',
    kind: 'bank',
    timeZone: 'Asia/Singapore',
    hours: 'always',
    leftAt: null,
  }
  const powers = ['2026-03-20', null, '2026-01-01', '2026-12-31'].map(power)
  const stays = { ...org, powers } as unknown as OrgCard
  const left = { ...stays, leftAt: at(-1) }
  const found = endingPowers([stays, left], new Date(NOW))
  assert.deepEqual(
    found.map((it) => it.power.id),
    ['2026-01-01', '2026-03-20'],
  )
})
