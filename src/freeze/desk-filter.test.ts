import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeskFilter, type DeskList, EVERYTHING, hiddenOf, siftLists } from './desk-filter.ts'

interface Row {
  readonly id: string
  readonly with: string
  readonly says: string
}

const row = (id: string, other: string, says: string): Row => ({ id, with: other, says })
const LISTS: DeskList<Row>[] = [
  {
    place: 'mine',
    title: 'Waits for you',
    rows: [row('a', 'Cầu Sáng', 'FZ-1 SGD 48,200.00 at risk'), row('b', 'Saphan', 'FZ-2 THB 900.00 at risk')],
  },
  { place: 'waiting', title: 'Waits for others', rows: [row('c', 'Saphan', 'FZ-3 SGD 48,200.00 held')] },
  { place: 'ended', title: 'Ended', rows: [row('d', 'Saphan', 'FZ-4 closed')] },
]
const sift = (filter: Partial<DeskFilter>) =>
  siftLists(LISTS, { ...EVERYTHING, ...filter }, (it) => ({ other: it.with, text: it.says }))
const ids = (filter: Partial<DeskFilter>) => sift(filter).flatMap(({ rows }) => rows.map(({ id }) => id))

const cases: [name: string, filter: Partial<DeskFilter>, shown: string[]][] = [
  ['everything', {}, ['a', 'b', 'c', 'd']],
  ['one place', { place: 'ended' }, ['d']],
  ['one organisation', { other: 'Saphan' }, ['b', 'c', 'd']],
  ['a word without its accents', { text: 'cau sang' }, ['a']],
  ['an amount, grouped or not', { text: '48200' }, ['a', 'c']],
  ['an amount as it is written', { text: 'sgd 48,200' }, ['a', 'c']],
  ['all at once', { place: 'mine', other: 'Saphan', text: 'fz-2' }, ['b']],
  ['nothing fits', { text: 'nobody' }, []],
]
for (const [name, filter, shown] of cases)
  test(`desk filter: ${name}`, () => assert.deepEqual(ids(filter), shown))

test('desk filter: a list of which nothing is left is not shown', () => {
  assert.deepEqual(
    sift({ other: 'Cầu Sáng' }).map(({ place }) => place),
    ['mine'],
  )
})

test('desk filter: what waits for me and is hidden is counted; what is over is not', () => {
  assert.equal(hiddenOf(LISTS, sift({ place: 'ended' }), ['mine']), 2)
  assert.equal(hiddenOf(LISTS, sift({ other: 'Saphan' }), ['mine']), 1)
  assert.equal(hiddenOf(LISTS, sift({ place: 'mine' }), ['mine']), 0)
})
