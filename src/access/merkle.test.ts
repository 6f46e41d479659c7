import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import {
  consistencyRanges,
  Frontier,
  type Hash,
  hashRange,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  type Spot,
} from './merkle.ts'

// The naive model: RFC 9162 section 2.1.1, word for word, by Node's own SHA-256.
const sha = (...parts: Uint8Array[]): Hash => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
function mth(leaves: readonly Uint8Array[]): Hash {
  if (leaves.length === 0) return sha()
  if (leaves.length === 1) return sha(Uint8Array.of(0), leaves[0] as Uint8Array)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Uint8Array.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

const entries = (n: number, salt = '') =>
  Array.from({ length: n }, (_, i) => new TextEncoder().encode(`${salt}${i}`))
const hashOf =
  (all: readonly Uint8Array[]) =>
  ({ level, index }: Spot) =>
    mth(all.slice(index * 2 ** level, (index + 1) * 2 ** level))
const inclusion = (all: readonly Uint8Array[], index: number, size: number) =>
  inclusionRanges(index, size).map((range) => hashRange(range, hashOf(all)))
const consistency = (all: readonly Uint8Array[], from: number, to: number) =>
  consistencyRanges(from, to).map((range) => hashRange(range, hashOf(all)))

test('the frontier has the root of the definition at every size', () => {
  const all = entries(130)
  const frontier = new Frontier()
  assert.deepEqual(frontier.root(), mth([]))
  for (const [i, entry] of all.entries()) {
    frontier.append(leafHash(entry))
    assert.equal(frontier.size, i + 1)
    assert.deepEqual(frontier.root(), mth(all.slice(0, i + 1)), `size ${i + 1}`)
  }
})

test('every leaf of every tree up to 40 is proven, at its own place alone', () => {
  const all = entries(40)
  for (let size = 1; size <= 40; size++) {
    const root = mth(all.slice(0, size))
    for (let index = 0; index < size; index++) {
      const leaf = leafHash(all[index] as Uint8Array)
      const proof = inclusion(all, index, size)
      assert.ok(proof.length <= Math.ceil(Math.log2(size)))
      for (let claimed = 0; claimed < size; claimed++)
        assert.equal(isIncluded({ leaf, index: claimed, size, proof, root }), claimed === index)
    }
  }
})

test('every tree up to 40 is proven to be the beginning of every later one', () => {
  const all = entries(40)
  for (let to = 1; to <= 40; to++)
    for (let from = 1; from <= to; from++) {
      const it = { from, to, fromRoot: mth(all.slice(0, from)), toRoot: mth(all.slice(0, to)) }
      assert.ok(isConsistent({ ...it, proof: consistency(all, from, to) }), `${from} in ${to}`)
    }
})

test('a tree whose beginning was changed anywhere has no proof of the old one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(69), fc.nat(30), (from, at, more) => {
      const all = entries(from + more)
      const changed = all.with(at % from, new TextEncoder().encode('changed'))
      const fromRoot = mth(all.slice(0, from))
      const toRoot = mth(changed)
      for (const proof of [consistency(all, from, from + more), consistency(changed, from, from + more)])
        assert.equal(isConsistent({ from, to: from + more, fromRoot, toRoot, proof }), false)
    }),
    { numRuns: 300 },
  )
})

test('a proof with a flipped bit, one hash more, one less, or two swapped is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 90 }), fc.nat(), fc.nat(255), (size, pick, bit) => {
      const all = entries(size)
      const from = 1 + (pick % (size - 1))
      const good = consistency(all, from, size)
      const it = { from, to: size, fromRoot: mth(all.slice(0, from)), toRoot: mth(all) }
      const index = pick % size
      const path = inclusion(all, index, size)
      const leaf = leafHash(all[index] as Uint8Array)
      for (const bad of spoilt(good, pick, bit))
        assert.equal(isConsistent({ ...it, proof: bad }), false, `${from} in ${size}`)
      for (const bad of spoilt(path, pick, bit))
        assert.equal(isIncluded({ leaf, index, size, proof: bad, root: mth(all) }), false)
    }),
    { numRuns: 300 },
  )
})

function spoilt(proof: readonly Hash[], pick: number, bit: number): Hash[][] {
  const at = pick % Math.max(1, proof.length)
  const flipped = proof.map((hash, i) =>
    i === at ? hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))) : hash,
  )
  const swapped = proof.length > 1 ? [[proof[1], proof[0], ...proof.slice(2)] as Hash[]] : []
  return [
    ...(proof.length > 0 ? [flipped, proof.slice(1), proof.slice(0, -1)] : []),
    ...swapped,
    [...proof, new Uint8Array(32)],
    [new Uint8Array(32), ...proof],
    [...proof, new Uint8Array(31)],
  ]
}

test('nothing that is not a size, an index or a hash proves anything, and nothing throws', () => {
  const hash = new Uint8Array(32)
  for (const odd of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 64]) {
    assert.equal(isIncluded({ leaf: hash, index: odd, size: 3, proof: [], root: hash }), false)
    assert.equal(isIncluded({ leaf: hash, index: 0, size: odd, proof: [], root: hash }), false)
    const it = { fromRoot: hash, toRoot: hash, proof: [] }
    assert.equal(isConsistent({ ...it, from: odd, to: 3 }), false)
    assert.equal(isConsistent({ ...it, from: 3, to: odd }), false)
  }
  assert.throws(() => inclusionRanges(3, 3), RangeError)
  assert.throws(() => consistencyRanges(0, 3), RangeError)
  assert.throws(() => consistencyRanges(4, 3), RangeError)
})

test('the proof of one leaf in a million is at most 20 hashes, as T39 wants', () => {
  for (const index of [0, 1, 524_287, 524_288, 999_999])
    assert.ok(inclusionRanges(index, 1_000_000).length <= 20)
})
