import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { logKey } from './checkpoints.ts'
import { compareLogs, type Seen } from './log-check.ts'
import { consistencyRanges, Frontier, hashRange, leafHash } from './merkle.ts'
import { checkpointText, signLine, verifierText } from './note.ts'

const log = logKey('a'.repeat(64))
const entries = (n: number, word = 'x') =>
  Array.from({ length: n }, (_, i) => leafHash(new TextEncoder().encode(`${word}${i}`)))

function rootOf(leaves: readonly Uint8Array[]) {
  const tree = new Frontier()
  for (const leaf of leaves) tree.append(leaf)
  return tree.root()
}

function seenAt(leaves: readonly Uint8Array[], by = log): Seen {
  const text = checkpointText({ origin: by.verifier.name, size: leaves.length, root: rootOf(leaves) })
  const note = `${text}\n${signLine(text, by.verifier.name, by.secret)}`
  return { logKey: verifierText(by.verifier), note }
}

/** What a server with these leaves can prove. */
const proofs = (leaves: readonly Uint8Array[]) => async (from: number, to: number) =>
  consistencyRanges(from, to).map((range) =>
    hashRange(range, ({ level, index }) =>
      rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    ),
  )

const fifty = entries(50)

test('the first look remembers; every later one is proven, and remembers the newer', async () => {
  const first = await compareLogs(null, seenAt(entries(7)), proofs(fifty))
  assert.equal(first.broken, null)
  for (const size of [7, 8, 31, 50]) {
    const now = seenAt(entries(size))
    const it = await compareLogs(first.seen, now, proofs(fifty))
    assert.deepEqual(it, { seen: now, broken: null })
  }
  assert.deepEqual(await compareLogs(null, { logKey: seenAt([]).logKey, note: null }, proofs([])), {
    seen: null,
    broken: null,
  })
})

const seen = seenAt(entries(20))
const other = [...entries(10), ...entries(40, 'y')]
const cases: [string, Promise<{ seen: Seen | null; broken: string | null }>, RegExp][] = [
  ['rewritten before what was seen', compareLogs(seen, seenAt(other), proofs(other)), /first 20 entries/],
  [
    'rewritten, the same size',
    compareLogs(seen, seenAt(other.slice(0, 20)), proofs(other)),
    /first 20 entries/,
  ],
  [
    'rewritten, with the proof of the honest tree',
    compareLogs(seen, seenAt(other), proofs(fifty)),
    /first 20/,
  ],
  [
    'cut off, or an old backup',
    compareLogs(seen, seenAt(entries(19)), proofs(fifty)),
    /seen 20 .* now there are 19/,
  ],
  ['gone', compareLogs(seen, { logKey: seen.logKey, note: null }, proofs(fifty)), /gone/],
  ['another key', compareLogs(seen, seenAt(fifty, logKey('b'.repeat(64))), proofs(fifty)), /another key/],
  [
    'not signed',
    compareLogs(
      seen,
      { ...seenAt(fifty), note: seenAt(fifty).note.replace('\n50\n', '\n51\n') },
      proofs(fifty),
    ),
    /not signed/,
  ],
  [
    'no proof given',
    compareLogs(seen, seenAt(fifty), () => Promise.reject(new HouseError('not_found', 'none'))),
    /first 20 entries/,
  ],
]
for (const [what, compared, why] of cases)
  test(`refused, and what was seen is kept: ${what}`, async () => {
    const it = await compared
    assert.match(it.broken ?? '', why)
    assert.equal(it.seen, seen)
  })

test('a server that cannot be reached has not broken anything', async () => {
  const away = () => Promise.reject(new HouseError('unavailable', 'away'))
  await assert.rejects(compareLogs(seen, seenAt(fifty), away), { code: 'unavailable' })
})
