import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { chunksAfter, chunksOf, piecesOf } from './chunks.ts'
import { editBetween, moveSpans } from './edit.ts'

/** Text as it is typed in many scripts: lines, clusters, joined emoji, direction marks, lone surrogates. */
const bit = fc.constantFrom(
  'a',
  '1',
  '\n',
  '\r\n',
  'ท่',
  'ក្រុង',
  'မြန်မာ',
  '👩‍👩‍👧',
  '\u200f',
  '\u{1F1F9}',
  '\ud83d',
  '-',
  ' ',
)
const text = fc.array(bit, { maxLength: 40 }).map((bits) => bits.join(''))

test('an edit leads from the text before to the text after', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = editBetween(before, after)
      if (edit === null) return assert.equal(before, after)
      const { start, removed, inserted } = edit
      const made =
        before.slice(0, start) + after.slice(start, start + inserted) + before.slice(start + removed)
      assert.equal(made, after)
    }),
  )
})

test('spans keep their words through an edit, or go', () => {
  fc.assert(
    fc.property(text, text, fc.nat(60), fc.nat(60), (before, after, a, b) => {
      const start = Math.min(a, b, before.length)
      const end = Math.min(Math.max(a, b), before.length)
      if (start === end) return
      for (const moved of moveSpans([{ start, end }], editBetween(before, after)))
        assert.equal(after.slice(moved.start, moved.end), before.slice(start, end))
    }),
  )
})

test('an edit of one flag or emoji never cuts a pair in two', () => {
  const edit = editBetween('x\u{1F1F9}y', 'x\u{1F1F8}y')
  assert.deepEqual(edit, { start: 1, removed: 2, inserted: 2 })
})

test('an insertion in the middle of a fact takes its mark away, one before it moves it', () => {
  const span = { start: 5, end: 9 }
  assert.deepEqual(moveSpans([span], { start: 7, removed: 0, inserted: 1 }), [])
  assert.deepEqual(moveSpans([span], { start: 0, removed: 0, inserted: 3 }), [{ start: 8, end: 12 }])
  assert.deepEqual(moveSpans([span], { start: 9, removed: 0, inserted: 3 }), [span])
})

const long = fc
  .array(fc.tuple(bit, fc.integer({ min: 1, max: 900 })), { maxLength: 12 })
  .map((runs) => runs.map(([word, times]) => word.repeat(times)).join('\n'))

test('the runs of lines are the text, before and after any edit, and begin where lines begin', () => {
  fc.assert(
    fc.property(long, fc.nat(12_000), fc.nat(3_000), text, (before, at, removed, typed) => {
      const start = Math.min(at, before.length)
      const after = before.slice(0, start) + typed + before.slice(start + removed)
      const edit = editBetween(before, after)
      const first = chunksOf(before)
      const chunks = edit === null ? first : chunksAfter(first, edit, after)
      assert.equal(chunks.map((chunk) => chunk.text).join(''), after)
      assert.equal(new Set(chunks.map(({ id }) => id)).size, chunks.length)
      for (const chunk of chunks.slice(0, -1)) assert.ok(chunk.text.endsWith('\n'))
    }),
    { numRuns: 300 },
  )
})

test('typing in the middle of 200 KB draws one run again, not all', () => {
  const before = 'สวัสดี โอนเงินแล้ว 45,000 บาท\n'.repeat(7_000)
  const first = chunksOf(before)
  const at = 100_000
  const after = `${before.slice(0, at)}x${before.slice(at)}`
  const edit = editBetween(before, after)
  assert.ok(edit)
  const known = new Set(first.map(({ id }) => id))
  const fresh = chunksAfter(first, edit, after).filter(({ id }) => !known.has(id))
  assert.ok(first.length > 50)
  assert.ok(fresh.length <= 2, `${fresh.length} runs were drawn again`)
})

test('pieces of a run join to the run and carry the marks', () => {
  const marks = [
    { start: 2, end: 4 },
    { start: 4, end: 6 },
    { start: 9, end: 20 },
  ]
  const pieces = piecesOf('cdefghij', 2, marks)
  assert.equal(pieces.map((piece) => piece.text).join(''), 'cdefghij')
  assert.deepEqual(
    pieces.map((piece) => piece.mark),
    [0, 1, null, 2],
  )
})
