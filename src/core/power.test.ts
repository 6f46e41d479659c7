import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inForce, Power } from './power.ts'

const power: Power = {
  orgId: 'merlion-police',
  orgName: 'Merlion Anti-Scam Police',
  orgKind: 'police',
  kind: 'freeze_account',
  country: 'SG',
  legalBasis: 'Criminal Procedure Code, section 35',
  verifiedBy: 'Steward of the network',
  until: null,
  timeZone: 'Asia/Singapore',
  hours: 'always',
  leftAt: null,
}

const cases: [string, Partial<Power>, string, boolean][] = [
  ['without an end', {}, '2036-01-01T00:00:00Z', true],
  ['on its last day, late at night there', { until: '2026-03-01' }, '2026-03-01T15:59:59Z', true],
  ['a minute later, when it is the next day there', { until: '2026-03-01' }, '2026-03-01T16:00:00Z', false],
  ['before the organisation leaves', { leftAt: '2026-03-01T12:00:00+08:00' }, '2026-03-01T03:59:59Z', true],
  ['from the moment it has left', { leftAt: '2026-03-01T12:00:00+08:00' }, '2026-03-01T04:00:00Z', false],
  [
    'left, though the power would go on',
    { leftAt: '2026-03-01T00:00:00Z', until: '2030-01-01' },
    '2026-04-01T00:00:00Z',
    false,
  ],
]
for (const [name, change, at, holds] of cases)
  test(`a power ${name} ${holds ? 'holds' : 'does not hold'}`, () =>
    assert.equal(inForce(Power.parse({ ...power, ...change }), new Date(at)), holds))

const refused: [string, Record<string, unknown>][] = [
  ['country', { country: 'Singapore' }],
  ['kind', { kind: 'arrest' }],
  ['orgKind', { orgKind: 'company' }],
  ['legalBasis', { legalBasis: '' }],
  ['until', { until: '2026-02-30' }],
  ['leftAt', { leftAt: '2026-03-01' }],
  ['timeZone', { timeZone: 'SGT+8' }],
]
for (const [field, change] of refused)
  test(`a power with ${JSON.stringify(change)} is refused at ${field}`, () => {
    const result = Power.safeParse({ ...power, ...change })
    assert.deepEqual(result.error?.issues[0]?.path, [field])
  })
