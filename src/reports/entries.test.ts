import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact, FactKind, Normal } from '../core/fact.ts'
import { type Act, decide, type History, undone, withAct } from './decide.ts'
import { type Decisions, type Entry, entriesOf, timesSaid } from './entries.ts'
import { sharedOf } from './leaving.ts'

const TEXT =
  'I paid 45,000 baht to 012-3-45678-9 on 1 March.\nCall me: +66 81 234 5678. Account 012-3-45678-9!'

/** A fact at the n-th place where its words stand in the text. */
function fact(kind: FactKind, words: string, normal: Normal, text = TEXT, nth = 0): Fact {
  let start = text.indexOf(words)
  for (let i = 0; i < nth; i++) start = text.indexOf(words, start + 1)
  assert.ok(start >= 0, `“${words}” stands in the text`)
  return {
    kind,
    value: words,
    normal,
    text: words,
    start,
    end: start + words.length,
    confidence: 0.9,
    why: 'a test',
  }
}

const account = fact('bank_account', '012-3-45678-9', '0123456789')
const again = fact('bank_account', '012-3-45678-9', '0123456789', TEXT, 1)
const amount = fact('amount', '45,000 baht', { minor: 4_500_000, currency: 'THB' })
const phone = fact('phone', '+66 81 234 5678', '+66812345678')
const FACTS = [amount, account, phone, again]
const NONE: Decisions = new Map()

const list = (decisions: Decisions, facts: readonly Fact[] = FACTS, text = TEXT) =>
  entriesOf([{ source: 'text', facts }], decisions, text)

function the(kind: FactKind, entries: readonly Entry[]): Entry {
  const entry = entries.find((it) => it.kind === kind)
  assert.ok(entry, `there is a ${kind}`)
  return entry
}

function after(decisions: Decisions, make: (entries: Entry[]) => Act): Decisions {
  return decide(decisions, make(list(decisions)))
}

test('one fact said twice is one entry with two places', () => {
  const entries = list(NONE)
  assert.deepEqual(
    entries.map(({ kind, places }) => [kind, places.length]),
    [
      ['bank_account', 2],
      ['amount', 1],
      ['phone', 1],
    ],
  )
})

test('what leads to the money is proposed for sharing, what points at a person is not', () => {
  const far = `${TEXT}${' .'.repeat(200)} They promised 3,000 dollars.`
  const salary = fact('amount', '3,000 dollars', { minor: 300_000, currency: 'USD' }, far)
  const entries = list(NONE, [...FACTS, salary], far)
  const shared = Object.fromEntries(entries.map(({ value, shared }) => [value, shared]))
  assert.deepEqual(shared, {
    '012-3-45678-9': true,
    '45,000 baht': true,
    '3,000 dollars': false,
    '+66 81 234 5678': false,
  })
})

test('nothing leaves before it is confirmed, however it is ticked', () => {
  assert.deepEqual(sharedOf(list(NONE)), [])
  const confirmed = after(NONE, (entries) => ({ do: 'confirm', entries: [the('bank_account', entries)] }))
  assert.deepEqual(
    sharedOf(list(confirmed)).map(({ normal }) => normal),
    ['0123456789'],
  )
  const sealed = after(confirmed, (entries) => ({
    do: 'share',
    entry: the('bank_account', entries),
    shared: false,
  }))
  assert.deepEqual(sharedOf(list(sealed)), [])
})

test("the person's own account is sealed, and a tick for one role says nothing about the other", () => {
  const steps: ((entries: Entry[]) => Act)[] = [
    (entries) => ({ do: 'confirm', entries }),
    (entries) => ({ do: 'share', entry: the('bank_account', entries), shared: true }),
    (entries) => ({ do: 'role', entry: the('bank_account', entries), role: 'payer' }),
  ]
  const decisions = steps.reduce(after, NONE)
  const own = the('bank_account', list(decisions))
  assert.equal(own.shared, false)
  assert.match(own.sharedWhy, /own account/)
})

test('a decision outlives every new reading, and the loss of its words', () => {
  const confirmed = after(NONE, (entries) => ({ do: 'confirm', entries: [the('bank_account', entries)] }))
  const typed = `Later she wrote:\n${TEXT}`
  const moved = FACTS.map((it) => ({ ...it, start: it.start + 17, end: it.end + 17 }))
  assert.equal(the('bank_account', list(confirmed, moved, typed)).state, 'confirmed')
  const lost = the('bank_account', list(confirmed, [], ''))
  assert.deepEqual([lost.state, lost.gone, lost.normal], ['confirmed', true, '0123456789'])
})

test('what was removed does not come back with the next reading, and undo brings it back', () => {
  const first: History<Decisions> = { now: NONE, past: [] }
  const removed = after(NONE, (entries) => ({ do: 'remove', entry: the('phone', entries) }))
  const history = withAct(first, removed, 'removed the phone number')
  assert.ok(!list(history.now).some(({ kind }) => kind === 'phone'))
  assert.ok(list(undone(history).now).some(({ kind }) => kind === 'phone'))
  assert.deepEqual(undone(undone(history)), first, 'before the first act there is nothing to undo')
})

test('a correction stands in the place of what was read, also after the next reading', () => {
  const to = { ...account, value: '012-3-45678-0', normal: '0123456780', why: 'put right by hand' }
  const decisions = after(NONE, (entries) => ({ do: 'correct', entry: the('bank_account', entries), to }))
  const [entry, ...others] = list(decisions).filter(({ kind }) => kind === 'bank_account')
  assert.deepEqual(
    [entry?.normal, entry?.origin, entry?.state, entry?.read?.normal, entry?.places.length, others.length],
    ['0123456780', 'corrected', 'confirmed', '0123456789', 2, 0],
  )
})

test('a tick for sharing an account does not share the phone number it turns out to be', () => {
  const steps: ((entries: Entry[]) => Act)[] = [
    (entries) => ({ do: 'share', entry: the('bank_account', entries), shared: true }),
    (entries) => ({
      do: 'correct',
      entry: the('bank_account', entries),
      to: { ...account, kind: 'phone', normal: '+66123456789' },
    }),
  ]
  const entry = list(steps.reduce(after, NONE)).find(({ normal }) => normal === '+66123456789')
  assert.deepEqual([entry?.kind, entry?.shared], ['phone', false])
})

test('an added fact takes the place of a reading it overlaps, and is found wherever its words stand', () => {
  const said = { ...account, kind: 'payment_ref' as const, normal: '0812345678', value: '081 234 5678' }
  const decisions = decide(NONE, { do: 'add', said, from: '81 234 5678' })
  const entries = list(decisions)
  assert.equal(the('payment_ref', entries).places.length, 1)
  assert.ok(!entries.some(({ kind }) => kind === 'phone'), 'the phone number that was read there is gone')
  const removed = decide(decisions, { do: 'remove', entry: the('payment_ref', entries) })
  assert.ok(
    list(removed).some(({ kind }) => kind === 'phone'),
    'and is back when the added one is removed',
  )
})

test('a fact typed by hand needs no words in the text', () => {
  const decisions = decide(NONE, { do: 'add', said: account, from: '' })
  const entry = the('bank_account', list(decisions, [], ''))
  assert.deepEqual([entry.origin, entry.gone, entry.places.length], ['added', false, 0])
})

test('the same fact never leaves twice, even when one was corrected into the other', () => {
  const other = fact('bank_account', '45678-9', '456789')
  const facts = [account, other]
  const entries = list(NONE, facts)
  const wrong = entries.find(({ normal }) => normal === '456789')
  assert.ok(wrong)
  const corrected = decide(NONE, { do: 'correct', entry: wrong, to: account })
  const decisions = decide(corrected, { do: 'confirm', entries: list(corrected, facts) })
  assert.equal(sharedOf(list(decisions, facts)).length, 1)
})

test('how often a fact is said is never said too low: of a long text, and of a file, not every place is kept', () => {
  const said = (times: number, source: string) => timesSaid(Array.from({ length: times }, () => ({ source })))
  assert.equal(said(2, 'text'), '2 times')
  assert.equal(said(3, 'text'), '3 times')
  assert.equal(said(2, 'a file'), '2 times')
  assert.equal(said(3, 'a file'), 'at least 3 times')
  const text = 'Account 0123456789. '.repeat(300)
  const facts = Array.from({ length: 300 }, (_, i) =>
    fact('bank_account', '0123456789', '0123456789', text, i),
  )
  const [entry] = entriesOf([{ source: 'text', facts }], new Map(), text)
  assert.equal(timesSaid(entry?.places ?? []), 'at least 200 times')
})
