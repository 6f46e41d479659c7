import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../core/ids.ts'
import { newRequest, type RequestDraft } from '../freeze/request-draft.ts'
import { leavingOfRequest, wantedBy } from '../freeze/request-leaving.ts'
import { startRequest } from '../freeze/start-request.ts'
import type { Entry } from './entries.ts'
import { type Leaving, leavingOfReport, sharedOf } from './leaving.ts'

function entry(kind: Entry['kind'], normal: Entry['normal'], part: Partial<Entry> = {}): Entry {
  const key = `${kind}|${JSON.stringify(normal)}`
  return {
    ...{ kind, normal, key, value: '', confidence: 1, why: 'a test', state: 'confirmed', origin: 'read' },
    ...{ read: null, places: [], gone: false, shared: true, sharedWhy: '', role: 'payee', assumed: false },
    ...part,
  } as const
}

const account = entry('bank_account', '0123456789', { country: 'SG', places: [at(100)] })
const near = entry('amount', { minor: 4_820_000, currency: 'SGD' }, { places: [at(120)] })
const far = entry('amount', { minor: 100, currency: 'SGD' }, { places: [at(900)] })
const phone = entry('phone', '+66812345678', { shared: false })
const day = entry('date', '2026-03-01', { places: [at(130)] })
const all = [account, near, far, phone, day]
const identity = { name: 'Somebody Secret', contact: '+66 99 999 9999', notes: 'a very private note' }
const TEXT = 'the whole story in her own words'
const file = { id: newId(), name: 'slip.jpg' }

function at(start: number) {
  return { source: 'text', start, end: start + 10, text: 'x' }
}

function ofRequest(draft: Partial<RequestDraft>, carried = sharedOf(all)): Leaving {
  const known = { lines: [{ id: newId(), amount: '48,200', currency: 'SGD' }], basis: 'consent' as const }
  return leavingOfRequest({
    draft: newRequest(account.key, { ...known, basisWords: 'she agreed', ...draft }),
    ...{ toName: 'Police', fromName: 'Helpers', railName: 'A freeze', carried, all, tokens: 1 },
    ...{ identity, text: TEXT, files: [file] },
  })
}

const words = (parts: readonly { readonly lines: Leaving['kept'] }[]) => JSON.stringify(parts)

test('saving a report puts no fact, no name and no word of it in the clear', () => {
  const leaving = leavingOfReport({
    ...{ orgName: 'Helpers', network: 'A network', authorName: 'Ann', tlp: 'AMBER', text: TEXT, identity },
    ...{ entries: all, files: [file], tokens: 1 },
  })
  for (const secret of ['0123456789', '48,200', '+66', 'Secret', 'private', TEXT, 'slip.jpg'])
    assert.ok(!words(leaving.clear).includes(secret), `${secret} is not in the clear`)
  assert.match(words(leaving.sealed), /slip\.jpg/)
})

test('a request shows in the clear exactly what is carried; everything else is said to stay', () => {
  const leaving = ofRequest({})
  const clear = words(leaving.clear)
  for (const shared of ['0123456789', 'SGD 48,200.00', '2026-03-01', 'she agreed'])
    assert.ok(clear.includes(shared))
  for (const secret of ['+66', 'Secret', 'private', TEXT, 'slip.jpg']) assert.ok(!clear.includes(secret))
  assert.deepEqual(leaving.sealed, [])
  assert.deepEqual(
    leaving.kept.map(({ label }) => label),
    ['1 phone', 'The text', 'The person', 'Files'],
  )
})

test('what is ticked for the briefing is shown as sealed, and no longer as staying', () => {
  const leaving = ofRequest({ briefing: { identity: true, text: true, files: [file.id] } })
  assert.deepEqual(
    leaving.sealed[0]?.lines.map(({ label }) => label),
    ['The person', 'The text', 'File'],
  )
  assert.ok(!words(leaving.clear).includes('Secret'))
  assert.ok(!leaving.kept.some(({ label }) => ['The person', 'The text', 'Files'].includes(label)))
})

test('what is said of the payment goes along, in the words in which it arrives; what is not known is not said', () => {
  const said = (it: Parameters<typeof ofRequest>[0]) =>
    ofRequest(it)
      .clear.flatMap(({ lines }) => lines)
      .filter(({ label }) => ['Paid from', 'Paid by', 'Recall', 'Police'].includes(label))
      .map(({ label, value }) => `${label} ${value}`)
  assert.deepEqual(said({}), [])
  assert.deepEqual(
    said({ channel: 'wire', payerBank: ' Chao River Bank ', payerCountry: 'TH', recallSent: 'no' }),
    ['Paid from Chao River Bank, Thailand', 'Paid by a bank wire', 'Recall not yet asked of the paying bank'],
  )
  assert.deepEqual(said({ reportFiled: 'yes' }), ['Police told where the person is'])
})

test('a fact left out of a request is said to stay', () => {
  const leaving = ofRequest({ without: [day.key] }, [account, near, far])
  assert.ok(!words(leaving.clear).includes('2026-03-01'))
  assert.ok(leaving.kept.some(({ value }) => value === '2026-03-01'))
})

test("a rail's field for the paying account is not filled by the account that received", () => {
  const fields = [
    {
      id: 'payee-account',
      label: 'Receiving',
      help: '',
      need: 'must',
      tier: 'clear',
      facts: ['bank_account'],
    },
    { id: 'payer-account', label: 'Paying', help: '', need: 'must', tier: 'clear', facts: ['bank_account'] },
  ] as const
  const standing = (carried: Entry[]) =>
    wantedBy(fields, newRequest(account.key, {}), carried).map((it) => it.standing)
  assert.deepEqual(standing([account]), ['there', 'say'])
  assert.deepEqual(standing([account, { ...account, role: 'payer' }]), ['there', 'there'])
})

test('what is asked of the sender alone, and does not leave, fills no field; a day without its hour is half an answer', () => {
  const field = { label: 'Asked', help: '', need: 'must', tier: 'clear', facts: [] } as const
  const standing = (id: string, known: Parameters<typeof newRequest>[1]) =>
    wantedBy([{ ...field, id }], newRequest(account.key, known), []).map((it) => it.standing)
  assert.deepEqual(standing('recall', { recallSent: 'yes' }), ['say'])
  const day = { paidDate: '2026-03-01', paidZone: 'Asia/Singapore' }
  assert.deepEqual(standing('paid-at', day), ['say'])
  assert.deepEqual(standing('paid-at', { ...day, paidTime: '21:40' }), ['there'])
})

test('a request begins with the amount and day nearest to its account, of what may be shared alone', () => {
  const start = (entries: readonly Entry[]) => startRequest({ account, entries, payments: [], before: null })
  const draft = start(all)
  assert.deepEqual([draft.lines[0]?.amount, draft.lines[0]?.currency], ['48,200.00', 'SGD'])
  assert.deepEqual([draft.paidDate, draft.paidTime], ['2026-03-01', ''])
  assert.equal(draft.victimCountry, '', 'where the person is, nobody guesses')
  const sealed = start([account, { ...near, shared: false }, { ...far, state: 'found' }])
  assert.equal(sealed.lines[0]?.amount, '')
})

test('payments of a table are added up by currency; one without a currency is asked for', () => {
  const rows = [
    { toKey: account.key, minor: 100, currency: 'SGD', paidAt: '2026-03-02T10:15' },
    { toKey: account.key, minor: 250, currency: 'SGD', paidAt: '2026-03-01T09:00' },
    { toKey: account.key, minor: 700, currency: null, paidAt: null },
    { toKey: 'another', minor: 999, currency: 'SGD', paidAt: null },
  ]
  const { lines, paidDate, paidTime } = startRequest({ account, entries: all, payments: rows, before: null })
  assert.deepEqual(
    lines.map(({ amount, currency }) => [amount, currency]),
    [
      ['3.50', 'SGD'],
      ['7.00', ''],
    ],
  )
  assert.deepEqual([paidDate, paidTime], ['2026-03-01', '09:00'])
})
