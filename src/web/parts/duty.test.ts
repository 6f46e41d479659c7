import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dutyAt } from './duty.ts'

const office = [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }]
const nights = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' }]
const at = (iso: string) => Date.parse(iso)

test('day and night', () => {
  assert.deepEqual(dutyAt('always', 'Asia/Singapore', 0), {
    on: true,
    changes: null,
    words: 'on duty day and night',
  })
})
test('on duty until the wall clock there says so', () => {
  const duty = dutyAt(office, 'Asia/Bangkok', at('2026-11-23T05:00:00Z'))
  assert.equal(duty.words, 'on duty until Mon 18:00')
  assert.equal(duty.changes, at('2026-11-23T11:00:00Z'))
})
test('off duty over the weekend, until Monday morning', () => {
  const duty = dutyAt(office, 'Asia/Bangkok', at('2026-11-22T07:59:00Z'))
  assert.equal(duty.words, 'off duty until Mon 08:30, in 17 h 31')
})
test('a night shift ends the next day', () => {
  assert.equal(dutyAt(nights, 'Asia/Singapore', at('2026-11-22T15:00:00Z')).words, 'on duty until Mon 08:00')
})
test('the hour before summer time begins is followed to its real end', () => {
  const duty = dutyAt(
    [{ days: [7], from: '01:00', to: '04:00' }],
    'Europe/Berlin',
    at('2026-03-29T00:30:00Z'),
  )
  assert.equal(duty.changes, at('2026-03-29T02:00:00Z'))
})
