import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { importMemberKey, newMemberKey, recipientOf } from './member-key.ts'
import {
  addWraps,
  openJson,
  openRecord,
  openWith,
  type SealedRecord,
  sealJson,
  sealRecord,
  sealTo,
} from './record.ts'

const alice = await newMemberKey()
const bob = await newMemberKey()
const stranger = await newMemberKey()
const aliceKey = await importMemberKey(alice.identity)
const readers = [
  { memberId: 'alice', recipient: alice.recipient },
  { memberId: 'bob', recipient: bob.recipient },
]

test('open inverts seal, for each reader, with the text of a key and with a key that cannot be read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 70_000, size: 'max' }), async (plain) => {
      const record = await sealRecord(plain, readers)
      assert.equal(await recipientOf(record.identity), record.recipient)
      assert.deepEqual(
        record.wraps.map((wrap) => wrap.memberId),
        ['alice', 'bob'],
      )
      assert.deepEqual(await openRecord(record.ciphertext, wrapOf(record, 'alice'), aliceKey), plain)
      assert.deepEqual(await openRecord(record.ciphertext, wrapOf(record, 'bob'), bob.identity), plain)
    }),
    { numRuns: 25 },
  )
})

test('JSON comes back as it went; what JSON cannot carry is refused before anything is sealed', async () => {
  const value = { name: 'ผู้เสียหาย', notes: ['one', { two: null }], emoji: '🧭' }
  const record = await sealJson(value, readers)
  assert.deepEqual(await openJson(record.ciphertext, wrapOf(record, 'bob'), bob.identity), value)
  await assert.rejects(sealJson(undefined, readers), { code: 'invalid', message: /JSON/ })
  const text = await sealRecord(new TextEncoder().encode('not json'), readers)
  const opening = openJson(text.ciphertext, wrapOf(text, 'bob'), bob.identity)
  await assert.rejects(opening, { code: 'invalid', message: /not JSON/ })
})

test('a share adds a reader and leaves the content alone', async () => {
  const record = await sealRecord(Uint8Array.of(7), readers)
  const dan = await newMemberKey()
  const shared = await addWraps(wrapOf(record, 'alice'), aliceKey, [
    { memberId: 'dan', recipient: dan.recipient },
  ])
  assert.deepEqual(
    shared.map((wrap) => wrap.memberId),
    ['dan'],
  )
  assert.deepEqual(
    await openRecord(record.ciphertext, shared[0]?.wrapped ?? '', dan.identity),
    Uint8Array.of(7),
  )
  await isShut(addWraps(wrapOf(record, 'alice'), stranger.identity, readers))
})

test('a draft is for its author alone', async () => {
  const draft = await sealTo(new TextEncoder().encode('half a sent'), alice.recipient)
  assert.equal(new TextDecoder().decode(await openWith(draft, aliceKey)), 'half a sent')
  await isShut(openWith(draft, bob.identity))
  await isShut(openWith(draft, 'not a key'))
})

test('readers: none, one twice, or with a broken key, and it says whose', async () => {
  await assert.rejects(sealRecord(Uint8Array.of(1), []), { code: 'invalid', message: /without a reader/ })
  const twice = [...readers, ...readers.slice(0, 1)]
  await assert.rejects(sealRecord(Uint8Array.of(1), twice), { code: 'invalid', message: /twice/ })
  // the last is the point of order one: every secret shared with it would be zero
  const zeros = 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'
  for (const recipient of ['', 'age1', alice.identity, `${alice.recipient}q`, zeros, await zeroPoint()]) {
    const sealing = sealRecord(Uint8Array.of(1), [{ memberId: 'carol', recipient }])
    await assert.rejects(sealing, { code: 'invalid', message: /of carol is not a working age recipient/ })
  }
})

test('content above 64 MiB: too_large, and what to do', async () => {
  const large = new Uint8Array(64 * 1024 * 1024 + 1)
  await assert.rejects(sealRecord(large, readers), { code: 'too_large', message: /64 MiB/ })
  await assert.rejects(sealTo(large, alice.recipient), { code: 'too_large', message: /64 MiB/ })
})

test('a length tells one of eight sizes and no more', async () => {
  const lengths = new Set<number>()
  const random = fc.sample(fc.integer({ min: 0, max: 200 * 1024 }), 150)
  for (const size of [0, 1, 4096, 4097, 65_536, 65_537, 1_048_576, ...random]) {
    const bytes = new Uint8Array(size)
    lengths.add((await sealTo(bytes, alice.recipient)).length)
  }
  assert.equal(lengths.size, 5) // of the eight classes, 4, 16, 64, 256 KiB and 1 MiB were asked for
})

test('nothing of the content can be seen in the ciphertext or the wraps', async () => {
  const canary = 'canary-7f3k-9qxb'
  const record = await sealRecord(new TextEncoder().encode(canary.repeat(100)), readers)
  const seen =
    Buffer.from(record.ciphertext).toString('latin1') + record.wraps.map((wrap) => wrap.wrapped).join()
  assert.ok(!seen.includes(canary))
  assert.ok(!seen.includes(record.identity))
})

test('somebody else, or the wrap of another record: the same refusal', async () => {
  const [one, two] = [
    await sealRecord(Uint8Array.of(1), readers),
    await sealRecord(Uint8Array.of(2), readers),
  ]
  await isShut(openRecord(one.ciphertext, wrapOf(one, 'alice'), stranger.identity))
  await isShut(openRecord(one.ciphertext, wrapOf(one, 'alice'), bob.identity))
  await isShut(openRecord(one.ciphertext, wrapOf(two, 'alice'), aliceKey))
  await isShut(openRecord(two.ciphertext, wrapOf(one, 'bob'), bob.identity))
  for (const wrapped of ['', 'x', 'AGE-SECRET-KEY-1', one.identity])
    await isShut(openRecord(one.ciphertext, wrapped, aliceKey))
})

function wrapOf(record: SealedRecord, memberId: string): string {
  return record.wraps.find((wrap) => wrap.memberId === memberId)?.wrapped ?? ''
}

async function isShut(opening: Promise<unknown>): Promise<void> {
  const message = 'this could not be opened: it is not sealed to you, or it is damaged'
  await assert.rejects(opening, { code: 'invalid', message })
}

async function zeroPoint(): Promise<string> {
  const { bech32 } = await import('@scure/base')
  return bech32.encodeFromBytes('age', new Uint8Array(32))
}
