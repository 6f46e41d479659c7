import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayWords, hourThere, momentWords, todaysZone, weekdayClock, zoneName } from './moment.ts'

const now = new Date('2026-11-22T20:30:00Z')
const cases: [string, string, string][] = [
  ['2026-11-22T19:05:00Z', 'Asia/Bangkok', '02:05'],
  ['2026-11-22T16:59:00Z', 'Asia/Bangkok', '22 Nov, 23:59'],
  ['2025-12-31T23:30:00Z', 'Asia/Singapore', '1 Jan, 07:30'],
  ['2025-12-31T12:00:00Z', 'Asia/Singapore', '31 Dec 2025, 20:00'],
  ['2026-11-22T00:00:00Z', 'UTC', '00:00'],
]
for (const [at, zone, words] of cases)
  test(`${at} in ${zone} is ${words}`, () => assert.equal(momentWords(new Date(at), zone, now), words))

test('a day without an hour is the same day everywhere', () =>
  assert.equal(dayWords('2026-11-22'), '22 Nov 2026'))

test('elsewhere it may be another day', () => {
  assert.equal(weekdayClock(now, 'Asia/Bangkok'), 'Mon 03:30')
  assert.equal(weekdayClock(now, 'America/New_York'), 'Sun 15:30')
})

test('their hour is told where it is another, and at whose place', () => {
  const there = (timeZone: string, name?: string) =>
    hourThere(now, 'Asia/Singapore', name ? { timeZone, name } : { timeZone })
  assert.equal(there('Asia/Bangkok', 'Saphan Foundation'), 'Mon 03:30 at Saphan Foundation')
  assert.equal(there('Asia/Bangkok'), 'Mon 03:30 in Bangkok')
  assert.equal(there('Asia/Kuala_Lumpur', 'Bank'), null, 'another zone, the same hour')
})

test('zones have names for people', () => assert.equal(zoneName('Asia/Ho_Chi_Minh'), 'Ho Chi Minh'))

test('a zone that the browser calls by an old name is that of the members there', () => {
  assert.equal(todaysZone('Asia/Saigon'), 'Asia/Ho_Chi_Minh')
  assert.equal(todaysZone('Asia/Bangkok'), 'Asia/Bangkok')
})
