import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The Merkle tree of RFC 9162 section 2.1 over SHA-256. Pure: the server, the command line and a member's browser check the
 * same proofs with the same lines. Sizes and indexes are exact integers up to 2^53 - 1; a hash has 32 bytes.
 */
export type Hash = Uint8Array

/** A perfect subtree: `level` 0 is a leaf; it covers leaves [index * 2^level, (index + 1) * 2^level). */
export interface Spot {
  readonly level: number
  readonly index: number
}

/** Leaves [start, end), whose tree hash is wanted. */
interface Range {
  readonly start: number
  readonly end: number
}

export function leafHash(entry: Uint8Array): Hash {
  return sha256.create().update(Uint8Array.of(0)).update(entry).digest()
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const bytes = new Uint8Array(65)
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 33)
  return sha256(bytes)
}

/** MTH of no leaves at all. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0))

/**
 * The tree as it grows, by the roots of its perfect subtrees alone: memory O(log n), an append hashes twice on average.
 * Keeps  root() equals the definition of RFC 9162 over all appended leaves (merkle.test.ts).
 */
export class Frontier {
  private readonly roots: { readonly level: number; readonly hash: Hash }[] = []
  size = 0

  append(leaf: Hash): void {
    let [level, hash] = [0, leaf]
    for (let last = this.roots.at(-1); last?.level === level; last = this.roots.at(-1)) {
      this.roots.pop()
      hash = nodeHash(last.hash, hash)
      level++
    }
    this.roots.push({ level, hash })
    this.size++
  }

  root(): Hash {
    return fold(this.roots.map(({ hash }) => hash))
  }
}

/** The perfect subtrees that make up leaves [start, end), left to right. `start` is a multiple of the size rounded up to 2^n. */
export function spotsOf({ start, end }: Range): Spot[] {
  const spots: Spot[] = []
  for (let at = start; at < end; ) {
    let [size, level] = [1, 0]
    while (at % (size * 2) === 0 && at + size * 2 <= end) [size, level] = [size * 2, level + 1]
    spots.push({ level, index: at / size })
    at += size
  }
  return spots
}

/** What proves that leaf `index` is in the tree of `size`: PATH(m, D_n), RFC 9162 section 2.1.3.1. RangeError outside the tree. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isIndex(index) || !isIndex(size) || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.push({ start: middle, end })
      end = middle
    } else {
      path.push({ start, end: middle })
      start = middle
    }
  }
  return path.reverse()
}

/** What proves that the tree of `from` is the beginning of the tree of `to`: RFC 9162 section 2.1.4.1. RangeError unless 0 < from <= to. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!isIndex(from) || !isIndex(to) || from < 1 || from > to)
    throw new RangeError(`a tree of ${from} is not the beginning of one of ${to}`)
  const path: Range[] = []
  let [start, end] = [0, to]
  let whole = true
  while (from !== end) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      path.push({ start: middle, end })
      end = middle
    } else {
      path.push({ start, end: middle })
      start = middle
      whole = false
    }
  }
  if (!whole) path.push({ start, end })
  return path.reverse()
}

/** Every subtree hash that these ranges need: ask for them once, then `hashRange` has all it needs. */
export function spotsOfAll(ranges: readonly Range[]): Spot[] {
  return ranges.flatMap(spotsOf)
}

/** The tree hash of leaves [start, end) out of the hashes of its perfect subtrees. */
export function hashRange(range: Range, hashOf: (spot: Spot) => Hash): Hash {
  return fold(spotsOf(range).map(hashOf))
}

/** RFC 9162 section 2.1.3.2. False for whatever is not exactly a proof, never a throw. */
export function isIncluded(it: {
  readonly leaf: Hash
  readonly index: number
  readonly size: number
  readonly proof: readonly Hash[]
  readonly root: Hash
}): boolean {
  const { leaf, index, size, proof, root } = it
  if (!isIndex(index) || !isIndex(size) || index >= size || !areHashes([leaf, root, ...proof])) return false
  let [fn, sn] = [index, size - 1]
  let hash = leaf
  for (const next of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(next, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)]
    } else hash = nodeHash(hash, next)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(hash, root)
}

/**
 * RFC 9162 section 2.1.4.2. The empty tree is the beginning of every tree, and its proof is empty.
 * False for whatever is not exactly a proof, never a throw.
 */
export function isConsistent(it: {
  readonly from: number
  readonly fromRoot: Hash
  readonly to: number
  readonly toRoot: Hash
  readonly proof: readonly Hash[]
}): boolean {
  const { from, to, fromRoot, toRoot, proof } = it
  if (!isIndex(from) || !isIndex(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false
  if (from === 0) return proof.length === 0 && same(fromRoot, EMPTY_ROOT)
  if (from === to) return proof.length === 0 && same(fromRoot, toRoot)
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : [...proof]
  const first = path.shift()
  if (!first || path.length === 0) return false
  let [fn, sn] = [from - 1, to - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  let [fr, sr] = [first, first]
  for (const next of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(next, fr)
      sr = nodeHash(next, sr)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)]
    } else sr = nodeHash(sr, next)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(fr, fromRoot) && same(sr, toRoot)
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Roots of perfect subtrees, left to right and each smaller than the one before, into one root. */
function fold(roots: readonly Hash[]): Hash {
  const last = roots.at(-1)
  if (!last) return EMPTY_ROOT
  return roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/** The largest power of two below `size` (k of RFC 9162), for sizes above 1. */
function splitOf(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

// arithmetic, because the shifts of JavaScript end at 32 bits
const half = (n: number) => Math.floor(n / 2)
const isIndex = (n: number) => Number.isSafeInteger(n) && n >= 0
const areHashes = (all: readonly Uint8Array[]) => all.every((hash) => hash.length === 32)

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}
