import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ACT_GROUPS, actorWords, actWords, type Entry, KNOWN_ACTS, siftEntries } from './audit-words.ts'

const ORG = '0123456789abcdefghjkmnpqrs'
const ORGS = new Map([[ORG, 'Harbour Bank']])
const entry = (act: string, detail: Entry['detail'] = {}): Entry => ({
  seq: '7',
  at: '2026-11-22T03:12:00Z',
  actorName: 'Arunee S.',
  orgName: 'Saphan Foundation',
  act,
  objectKind: 'request',
  objectId: 'abc',
  detail,
  leaf: '00'.repeat(32),
  index: 6,
})

test('every act that the server records has a sentence of its own', () => {
  const recorded = globSync('src/**/*.ts', { exclude: (name) => name.includes('.test.') })
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bact: '([a-z_]+\.[a-z_]+)'/g)])
    .map(([, act = '']) => act)
  assert.ok(recorded.length > 10, 'the acts were found')
  assert.deepEqual(
    recorded.filter((act) => !KNOWN_ACTS.includes(act)),
    [],
  )
})

const sentences: [string, Entry['detail'], string][] = [
  [
    'request.sent',
    { to: ORG, facts: 3, briefing: true },
    'sent a freeze request to Harbour Bank with 3 facts and a sealed briefing',
  ],
  [
    'request.sent',
    { to: ORG, facts: 1, briefing: false },
    'sent a freeze request to Harbour Bank with one fact',
  ],
  ['sealed.granted', { to: ['a', 'b'] }, 'sealed a record and gave 2 people a key'],
  ['match.looked', { tokens: 1, known: 0 }, 'looked up one blind token; none known'],
  ['order.answered', { held: 0, gone: 500 }, 'answered an order: nothing could be held'],
  ['order.answered', { held: 10, gone: 5 }, 'answered an order: money is held, some had already left'],
  ['money.moved', { from: 'at_risk', to: 'held' }, 'moved money from at risk to held'],
  ['something.new', {}, 'did “something.new”'],
]
for (const [act, detail, words] of sentences)
  test(`${act}: ${words}`, () => assert.equal(actWords(entry(act, detail), ORGS), words))

test('a detail of an unexpected shape never throws and never shows an object', () => {
  for (const act of KNOWN_ACTS)
    for (const odd of [{}, { to: null, via: {}, role: 7, held: 'x', from: [] }])
      assert.doesNotMatch(actWords(entry(act, odd as Entry['detail']), ORGS), /undefined|object Object|NaN/)
})

test('the filter finds by group, by words and by object', () => {
  const all = [entry('session.begun', { via: 'passkey' }), entry('request.sent', { to: ORG, facts: 2 })]
  assert.equal(siftEntries(all, { group: 'session.', text: '' }, ORGS).length, 1)
  assert.equal(siftEntries(all, { group: '', text: 'harbour' }, ORGS).length, 1)
  assert.equal(siftEntries(all, { group: '', text: 'ABC' }, ORGS).length, 2)
  for (const { value } of ACT_GROUPS)
    assert.ok(value === '' || KNOWN_ACTS.some((act) => act.startsWith(value)))
})

test('who acted: a person, their organisation, or the house', () => {
  assert.equal(actorWords(entry('x.y')), 'Arunee S. of Saphan Foundation')
  assert.equal(actorWords({ ...entry('x.y'), actorName: null }), 'The house')
  assert.equal(actorWords({ ...entry('session.begun'), actorName: null, objectKind: 'member' }), 'A member')
})
