import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64 } from '@scure/base'
import { Frontier, hashRange, inclusionRanges, leafHash } from '../access/merkle.ts'
import { canonicalJson } from '../core/canonical.ts'
import { newId } from '../core/ids.ts'
import {
  type ClaimedHolders,
  checkHolders,
  type Inclusion,
  newAuthority,
  readStatement,
  type SignedStatement,
  signStatement,
  statementHash,
} from './chain.ts'
import { newMemberKey } from './member-key.ts'

// An honest network, and then everything that a server which lies could answer instead.
const since = '2026-11-22T00:00:00Z'
const root = newAuthority()
const bank = newAuthority()
const [org, other, linh, ploy] = [newId(), newId(), newId(), newId()]
const keys = await Promise.all(Array.from({ length: 4 }, newMemberKey))
const recipients = keys.map(({ recipient }) => recipient)
const [key1 = '', key2 = '', mallory = ''] = recipients

const orgStatement = signStatement({ v: 1, kind: 'org', org, key: bank.key, since }, root.secret)
const member = (id: string, key: string, by = bank, of = org) =>
  signStatement({ v: 1, kind: 'member', org: of, member: id, key, since }, by.secret)
const statements = [orgStatement, member(linh, key1), member(ploy, key2)]

const entryOf = (it: SignedStatement) =>
  canonicalJson({ v: 2, act: 'key.stated', detail: { statement: statementHash(it) }, nonce: newId() })
const log = [...statements.map(entryOf), '{"act":"something.else"}', '{"act":"more"}']
const hashes = log.map((entry) => leafHash(new TextEncoder().encode(entry)))

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new Frontier()
  for (const leaf of leaves) tree.append(leaf)
  return tree.root()
}
const hashOf = ({ level, index }: { level: number; index: number }) =>
  rootOf(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
const inclusion = (index: number): Inclusion => ({
  entry: log[index] ?? '',
  index,
  proof: inclusionRanges(index, log.length).map((range) => base64.encode(hashRange(range, hashOf))),
})
const checkpoint = { origin: 'test', size: log.length, root: rootOf(hashes) }
const trusted = { org, root: root.key, checkpoint }
const honest: ClaimedHolders = {
  root: null,
  org: { statement: orgStatement, inclusion: inclusion(0) },
  checkpoint: null,
  holders: [
    { memberId: linh, recipient: key1, statement: statements[1] ?? null, inclusion: inclusion(1) },
    { memberId: ploy, recipient: key2, statement: statements[2] ?? null, inclusion: inclusion(2) },
  ],
}
const [first, second] = honest.holders as [(typeof honest.holders)[0], (typeof honest.holders)[0]]

test('an honest answer: both may be sealed to', () => {
  assert.deepEqual(checkHolders(honest, trusted), {
    readers: [
      { memberId: linh, recipient: key1 },
      { memberId: ploy, recipient: key2 },
    ],
    waiting: [],
    wrong: null,
  })
})

test('whoever is not signed or not in the log yet waits; the others may be sealed to', () => {
  for (const waits of [
    { ...first, statement: null, inclusion: null },
    { ...first, inclusion: null },
  ]) {
    const found = checkHolders({ ...honest, holders: [waits, second] }, trusted)
    assert.deepEqual([found.readers.length, found.waiting, found.wrong], [1, [linh], null])
  }
  for (const none of [null, { statement: orgStatement, inclusion: null }])
    assert.deepEqual(checkHolders({ ...honest, org: none }, trusted).readers, [])
})

const evil = newAuthority()
const evilOrg = signStatement({ v: 1, kind: 'org', org, key: evil.key, since }, evil.secret)
const lies: [string, ClaimedHolders][] = [
  ['swaps the recipient', { ...honest, holders: [{ ...first, recipient: mallory }, second] }],
  [
    'swaps it and signs it with a key of its own',
    {
      ...honest,
      holders: [{ ...first, recipient: mallory, statement: member(linh, mallory, evil) }, second],
    },
  ],
  [
    'swaps it with a statement about somebody else',
    { ...honest, holders: [{ ...first, recipient: key2, statement: second.statement }, second] },
  ],
  ['swaps two people’s keys', { ...honest, holders: [{ ...first, ...second, memberId: linh }, second] }],
  [
    'makes an organisation key of its own',
    {
      ...honest,
      org: { statement: evilOrg, inclusion: inclusion(0) },
      holders: [{ ...first, recipient: mallory, statement: member(linh, mallory, evil) }],
    },
  ],
  [
    'signs, with a stolen organisation key, something that is in no log',
    { ...honest, holders: [{ ...first, recipient: mallory, statement: member(linh, mallory) }, second] },
  ],
  [
    'does that and shows a leaf that the log does not have',
    {
      ...honest,
      holders: [
        {
          ...first,
          recipient: mallory,
          statement: member(linh, mallory),
          inclusion: { ...inclusion(1), entry: entryOf(member(linh, mallory)) },
        },
        second,
      ],
    },
  ],
  [
    'uses a statement of another organisation',
    { ...honest, holders: [{ ...first, statement: member(linh, key1, bank, other) }, second] },
  ],
  ['points to another leaf', { ...honest, holders: [{ ...first, inclusion: inclusion(3) }, second] }],
  ['claims another place', { ...honest, holders: [{ ...first, inclusion: { ...inclusion(1), index: 2 } }] }],
  [
    'breaks the signature',
    {
      ...honest,
      holders: [
        {
          ...first,
          statement: { ...(first.statement as SignedStatement), signature: `${'A'.repeat(86)}==` },
        },
      ],
    },
  ],
  [
    'calls the organisation’s key a member’s',
    { ...honest, holders: [{ ...first, statement: orgStatement, inclusion: inclusion(0) }, second] },
  ],
]
for (const [what, lie] of lies)
  test(`a server that ${what}: refused as a whole, nobody is sealed to`, () => {
    const found = checkHolders(lie, trusted)
    assert.ok(found.wrong, 'the lie was found')
    assert.deepEqual(found.readers, [])
  })

test('another root than the pinned one, and another checkpoint than the browser’s own, are refused', () => {
  assert.match(checkHolders(honest, { ...trusted, root: evil.key }).wrong ?? '', /root/)
  const elsewhere = { ...checkpoint, root: rootOf(hashes.slice(1)) }
  assert.match(checkHolders(honest, { ...trusted, checkpoint: elsewhere }).wrong ?? '', /audit log/)
  assert.ok(checkHolders(honest, { ...trusted, org: other }).wrong)
})

test('a statement has one form: any other text with the same meaning is refused', () => {
  const sign = (statement: string) => ({ ...orgStatement, statement })
  assert.throws(() => readStatement(sign(` ${orgStatement.statement}`)), /signature/)
  const loose = signStatement({ v: 1, kind: 'org', org, key: 'x', since }, root.secret)
  assert.throws(() => readStatement(loose), /one form/)
})
