import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hoursWords, languagesFrom } from './hours-words.ts'

test('hours read as one says them', () => {
  const office = { days: [5, 1, 2, 4, 3], from: '08:30', to: '18:00' }
  assert.equal(hoursWords('always'), 'day and night')
  assert.equal(hoursWords([office]), 'Mon to Fri 08:30 to 18:00')
  assert.equal(
    hoursWords([office, { days: [6, 7], from: '09:00', to: '24:00' }]),
    'Mon to Fri 08:30 to 18:00; Sat, Sun 09:00 to 24:00',
  )
  assert.equal(hoursWords([{ days: [1, 3, 5], from: '20:00', to: '08:00' }]), 'Mon, Wed, Fri 20:00 to 08:00')
})

test('languages by name or code; what is neither is said, and nothing counts twice', () => {
  assert.deepEqual(languagesFrom('Thai, my; English , th,, '), { codes: ['th', 'my', 'en'], unknown: [] })
  assert.deepEqual(languagesFrom('klingonish, vi'), { codes: ['vi'], unknown: ['klingonish'] })
  assert.deepEqual(languagesFrom(' '), { codes: [], unknown: [] })
})
