import assert from 'node:assert/strict'
import { test } from 'node:test'
import { find, type Target } from './search.ts'

const target = (title: string, about: string): Target => ({ id: title, title, about, to: '/' })
const targets = [
  target('Cầu Sáng Centre', 'civil society, Vietnam'),
  target('F-7F3K-9QXB', 'freeze request to Anti-Scam Police'),
  target('Network', 'who can do what, where, now'),
  target('Anti-Scam Police Singapore', 'police, Singapore'),
]
const titles = (typed: string) => find(targets, typed).map(({ title }) => title)

test('accents and case do not matter', () => assert.deepEqual(titles('cau sang'), ['Cầu Sáng Centre']))
test('a reference is found by any of its parts', () => assert.deepEqual(titles('9qx'), ['F-7F3K-9QXB']))
test('a reference is found whole', () => assert.deepEqual(titles('F-7F3K'), ['F-7F3K-9QXB']))
test('what begins so comes before what mentions it', () =>
  assert.deepEqual(titles('anti-scam'), ['Anti-Scam Police Singapore', 'F-7F3K-9QXB']))
test('every word must be there', () => assert.deepEqual(titles('anti vietnam'), []))
test('nothing typed, nothing found', () => assert.deepEqual(titles('  '), []))
test('signs alone find nothing', () => assert.deepEqual(titles('---'), []))
