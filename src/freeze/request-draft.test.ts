import assert from 'node:assert/strict'
import { test } from 'node:test'
import { check } from '../core/check.ts'
import { newId } from '../core/ids.ts'
import {
  amountOf,
  carriedBy,
  freezeNew,
  type LeavingFact,
  momentIn,
  newRequest,
  paidMoment,
  paymentOf,
  problemsOf,
  RequestDraft,
  withFactIds,
} from './request-draft.ts'
import { FreezeNew } from './shapes.ts'
import { NOTHING_SAID } from './situation.ts'

const account: LeavingFact = {
  key: 'bank_account|0123456789',
  kind: 'bank_account',
  normal: '0123456789',
  why: 'ten digits after "account"',
  country: 'SG',
  role: 'payee',
}
const date: LeavingFact = {
  ...account,
  key: 'date|2026-03-01',
  kind: 'date',
  country: undefined,
  normal: '2026-03-01',
  why: 'a date',
}

function ready(): RequestDraft {
  return newRequest(account.key, {
    toOrg: newId(),
    railId: 'sg-police-freeze',
    lines: [{ id: newId(), amount: '48,200', currency: 'SGD' }],
    paidDate: '2026-03-01',
    paidTime: '21:40',
    paidZone: 'Asia/Singapore',
    victimCountry: 'SG',
    basis: 'consent',
    basisWords: 'she agreed on the phone on 1 March that the police see this',
  })
}

const sendable = { reportId: newId(), facts: [account, date], tokens: [], briefingId: null }

test('a whole request passes the schema of the server', () => {
  const draft = withFactIds(ready(), sendable.facts)
  const sent = freezeNew(draft, sendable)
  assert.deepEqual(check(FreezeNew, sent), sent)
  assert.equal(sent.lines[0]?.minor, 4_820_000)
  assert.equal(sent.lines[0]?.factId, sent.facts[0]?.id)
  assert.deepEqual([sent.paidAt, sent.paidDay], ['2026-03-01T13:40:00.000Z', null])
  assert.equal(sent.facts[0]?.country, 'SG', 'where the account is kept goes along')
  assert.deepEqual(sent.payment, NOTHING_SAID)
  const said = freezeNew({ ...draft, payerBank: ' Chao River Bank ', recallSent: 'no' }, sendable)
  assert.deepEqual(said.payment, { ...NOTHING_SAID, payerBank: 'Chao River Bank', recallSent: false })
  assert.equal(sent.facts[1]?.country, null, 'and is said of no other fact')
})

test('sending again carries the same ids', () => {
  const draft = withFactIds(ready(), sendable.facts)
  assert.deepEqual(freezeNew(draft, sendable), freezeNew(withFactIds(draft, sendable.facts), sendable))
})

const wrong: [string, Partial<RequestDraft>, string, RegExp][] = [
  ['no currency', { lines: [{ id: newId(), amount: '48200', currency: '' }] }, 'lines.0', /currency/],
  ['no amount', { lines: [{ id: newId(), amount: ' ', currency: 'SGD' }] }, 'lines.0', /how much/],
  ['nought', { lines: [{ id: newId(), amount: '0', currency: 'SGD' }] }, 'lines.0', /nought/],
  ['too fine', { lines: [{ id: newId(), amount: '1.5', currency: 'VND' }] }, 'lines.0', /decimal|VND/],
  ['no basis', { basis: '' }, 'basis', /why you may/],
  ['no words for the basis', { basisWords: '  ' }, 'basisWords', /who agreed/],
  ['nobody asked', { toOrg: '' }, 'toOrg', /who/],
  ['paid in the future', { paidDate: '2999-01-01' }, 'paidDate', /to come/],
  ['a time without a day', { paidDate: '' }, 'paidDate', /day/],
]
for (const [name, change, field, say] of wrong)
  test(`cannot be sent: ${name}`, () => {
    const draft = { ...ready(), ...change }
    const found = problemsOf(draft, sendable.facts).find((problem) => problem.field === field)
    assert.match(found?.say ?? '', say)
    assert.throws(() => freezeNew(withFactIds(draft, sendable.facts), sendable), { code: 'invalid' })
  })

test('cannot be sent: the account itself is sealed', () => {
  assert.match(problemsOf(ready(), [date])[0]?.say ?? '', /account itself/)
})

test('cannot be sent: two lines of one currency', () => {
  const lines = ['1', '2'].map((amount) => ({ id: newId(), amount, currency: 'SGD' }))
  assert.match(problemsOf({ ...ready(), lines }, sendable.facts)[0]?.say ?? '', /add the two/)
})

test('what it leaves out stays out, but never the account it is about', () => {
  const draft = { ...ready(), without: [date.key, account.key] }
  assert.deepEqual(carriedBy(draft, sendable.facts), [account])
})

test('the account of the person who paid says so', () => {
  const own: LeavingFact = { ...account, key: 'iban|X', role: 'payer' }
  const facts = [account, own]
  const sent = freezeNew(withFactIds(ready(), facts), { ...sendable, facts })
  assert.match(sent.facts[1]?.why ?? '', /^The account that paid\. /)
})

test('what is not known is not "no"', () => {
  const { recallSent, reportFiled, channel, amount, paidAt } = paymentOf(newRequest(account.key, {}))
  assert.deepEqual([recallSent, reportFiled, channel, amount, paidAt], [null, null, null, null, null])
})

test('a day without its hour stays a day for the rails, and counts from its start for the clock', () => {
  const draft = { ...ready(), paidTime: '' }
  assert.equal(paymentOf(draft).paidAt, '2026-03-01')
  assert.equal((paidMoment(draft) as Date).toISOString(), '2026-02-28T16:00:00.000Z')
  const sent = freezeNew(withFactIds(draft, sendable.facts), sendable)
  assert.deepEqual([sent.paidAt, sent.paidDay], ['2026-02-28T16:00:00.000Z', '2026-03-01'])
})

test('moments: summer time, and an hour that comes twice', () => {
  assert.equal(momentIn('2026-07-01', '12:00', 'Europe/Berlin')?.toISOString(), '2026-07-01T10:00:00.000Z')
  assert.equal(momentIn('2026-10-25', '02:30', 'Europe/Berlin')?.toISOString(), '2026-10-25T00:30:00.000Z')
  assert.equal(momentIn('not a day', '02:30', 'Europe/Berlin'), null)
})

test('a draft comes back from JSON as it was', () => {
  const draft = ready()
  assert.deepEqual(check(RequestDraft, JSON.parse(JSON.stringify(draft))), draft)
  assert.deepEqual(amountOf({ id: draft.id, amount: 'SGD 48,200.00', currency: 'SGD' }), {
    minor: 4_820_000,
    currency: 'SGD',
  })
})
