import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../core/ids.ts'
import { newRequest } from '../freeze/request-draft.ts'
import { decide } from './decide.ts'
import { copyOf, draftBytes, draftFrom, isEmpty, newDraft, titleOf } from './draft.ts'
import { draftOf, type EditorState, stateOf } from './editor-state.ts'
import { type Entry, entriesOf } from './entries.ts'
import { sharedOf } from './leaving.ts'
import { draftForRequest, keptFact, type ReportPayload, reportPayloadFrom } from './payload.ts'

const said = {
  kind: 'bank_account' as const,
  value: '012-3-45678-9',
  normal: '0123456789',
  confidence: 0.9,
  why: 'a test',
}
const file = {
  ...{ id: newId(), name: 'slip.jpg', type: 'image/jpeg', size: 10, sealedId: newId() as string | null },
  ...{
    status: 'done' as const,
    sent: 0,
    total: 0,
    startedAt: 0,
    error: null,
    note: '',
    problems: [],
    safety: 'signs of violence',
    reading: null,
  },
  facts: [{ ...said, text: '012-3-45678-9', start: 0, end: 13, country: 'TH' }],
  payments: [{ toKey: 'bank_account|0123456789', minor: 100, currency: null, paidAt: null }],
}

function state(): EditorState {
  const decisions = decide(new Map(), { do: 'add', said, from: '012-3-45678-9' })
  return {
    ...stateOf(newDraft()),
    text: 'บัญชี 012-3-45678-9 \ud83d ข้อความ',
    identity: { name: 'A', contact: 'B', notes: 'C' },
    history: { now: decisions, past: [] },
    files: [file],
    requests: [newRequest('bank_account|0123456789', { basis: 'consent' })],
  }
}

test('a draft comes back as it was, lone surrogates and unknown currencies included', () => {
  const before = state()
  const draft = draftOf(before, new Date())
  const kept = draftFrom(draftBytes(draft))
  assert.equal(kept.text, before.text)
  assert.deepEqual(kept, JSON.parse(JSON.stringify(draft)), 'only keys without a value are gone')
  assert.equal(stateOf(kept).requests.length, 1)
  assert.deepEqual([...stateOf(kept).history.now.keys()], ['bank_account|0123456789'])
})

test('a copy of a draft is saved and sent for itself, and what was sent already is not sent with it', () => {
  const draft = draftOf(state(), new Date(), newId())
  const [open] = draft.requests
  const sent = { ...open, id: newId(), sent: true, sealedBriefing: { id: newId(), of: 'x' } }
  const copy = copyOf({ ...draft, requests: [sent, { ...open, sealedBriefing: { id: newId(), of: 'y' } }] })
  assert.deepEqual([copy.text, copy.decisions, copy.files], [draft.text, draft.decisions, draft.files])
  assert.equal(copy.version, '')
  assert.notEqual(copy.saving.reportId, draft.saving.reportId)
  assert.equal(copy.requests.length, 1)
  assert.notEqual(copy.requests[0]?.id, open?.id)
  assert.equal(stateOf(copy).requests[0]?.sealedBriefing, null)
  const reported = { ...draft.saving, reported: true }
  assert.deepEqual(copyOf({ ...draft, saving: reported }).saving, reported, 'the report is there once')
})

test('a file that has not arrived is not written into the draft', () => {
  const draft = draftOf({ ...state(), files: [{ ...file, sealedId: null, status: 'sending' }] }, new Date())
  assert.deepEqual(draft.files, [])
})

test('bytes that are no draft are refused, and nothing of them is used', () => {
  for (const bytes of ['', '{}', '{"v":2}', '[1]', 'null'])
    assert.throws(() => draftFrom(new TextEncoder().encode(bytes)), { code: 'invalid' })
  assert.throws(() => draftFrom(Uint8Array.of(0xff, 0xfe, 0x00)), { code: 'invalid' })
})

test('an untouched draft is not kept; one with a decision alone is', () => {
  assert.equal(isEmpty(newDraft()), true)
  assert.equal(isEmpty(draftOf(state(), new Date())), false)
})

test('drafts are told apart by their first words, or by what else is in them', () => {
  assert.equal(titleOf({ ...newDraft(), text: '\n  first words \nsecond' }), 'first words')
  assert.equal(titleOf({ ...newDraft(), identity: { name: 'A', contact: '', notes: '' } }), 'A')
  assert.match(titleOf({ ...newDraft(), text: '👩‍👩‍👧'.repeat(60) }), /…$/)
})

test('a request begun from a saved report carries what was confirmed and shared there, and no more', () => {
  const confirmed: Entry = { ...entry('bank_account', '0123456789'), state: 'confirmed', shared: true }
  const sealed: Entry = { ...entry('phone', '+66812345678'), state: 'confirmed', shared: false }
  const open: Entry = { ...entry('amount', { minor: 1, currency: 'THB' }), state: 'found', shared: true }
  const payload: ReportPayload = {
    ...{ v: 1, text: '', language: 'th', messages: null, files: [], savedAt: '' },
    identity: { name: '', contact: '', notes: '' },
    facts: [confirmed, sealed, open].map(keptFact),
  }
  const draft = draftForRequest(reportPayloadFrom(JSON.parse(JSON.stringify(payload))), newId())
  const entries = entriesOf([], stateOf(draftFrom(draftBytes(draft))).history.now, '')
  assert.deepEqual(
    sharedOf(entries).map(({ normal }) => normal),
    ['0123456789'],
  )
  assert.equal(draft.saving.reported, true)
})

test('what a seal held is not believed: another shape is refused', () => {
  for (const value of [
    null,
    1,
    {},
    { v: 1 },
    { v: 1, text: 'x', identity: { name: '' }, facts: [{}], files: [] },
  ])
    assert.throws(() => reportPayloadFrom(value), { code: 'invalid' })
})

function entry(kind: Entry['kind'], normal: Entry['normal']): Entry {
  return {
    ...{ kind, normal, key: `${kind}`, value: '', confidence: 1, why: '', state: 'found', origin: 'read' },
    ...{ read: null, places: [], gone: false, shared: false, sharedWhy: '', role: 'payee', assumed: false },
  } as const
}
