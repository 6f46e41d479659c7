import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import type { Meeting } from './meeting-shapes.ts'
import {
  dueWords,
  fourWeeksOn,
  localOf,
  momentOf,
  orderMeetings,
  otherClocks,
  whenWords,
} from './meeting-words.ts'

const meeting = (id: string, startsAt: string, minutes = 60) => ({ id, startsAt, minutes }) as Meeting

test('the next one first, one that is going on among them; then the last one first', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  const all = [
    meeting('later', '2026-12-01T10:00:00Z'),
    meeting('old', '2026-01-01T10:00:00Z'),
    meeting('on', '2026-11-22T09:30:00Z'),
    meeting('over', '2026-11-22T09:00:00Z'),
  ]
  const { next, past } = orderMeetings(all, now)
  assert.deepEqual(
    [next.map(({ id }) => id), past.map(({ id }) => id)],
    [
      ['on', 'later'],
      ['over', 'old'],
    ],
  )
})

test('each zone has its own hour, and a reading that is mine is not told again', () => {
  const it = meeting('a', '2026-11-22T07:30:00Z', 90)
  assert.equal(whenWords(it, 'Asia/Singapore'), 'Sun 22 Nov 2026, 15:30 to 17:00')
  assert.equal(
    whenWords(meeting('b', '2026-11-22T18:00:00Z'), 'Asia/Bangkok'),
    'Mon 23 Nov 2026, 01:00 to 02:00',
  )
  const zones = ['Asia/Bangkok', 'Asia/Ho_Chi_Minh', 'Asia/Singapore', 'Europe/London']
  assert.deepEqual(otherClocks(it.startsAt, zones, 'Asia/Singapore'), [
    { clock: 'Sun 14:30', places: ['Bangkok', 'Ho Chi Minh'] },
    { clock: 'Sun 07:30', places: ['London'] },
  ])
})

test('a moment goes into the field and comes out of it again', () => {
  assert.equal(momentOf(''), null)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000 }), (hours) => {
      // hours that a clock change repeats are left out: the field cannot tell the two apart
      const at = new Date(hours * 3_600_000)
      const twice = [-1, 1].some(
        (h) => localOf(new Date(at.getTime() + h * 3_600_000).toISOString()) === localOf(at.toISOString()),
      )
      if (!twice) assert.equal(momentOf(localOf(at.toISOString())), at.toISOString())
    }),
  )
})

test('a day that something is due, by the reader’s own calendar', () => {
  // 22 November, an hour before midnight by UTC: in Bangkok it is the 23rd
  const now = new Date('2026-11-22T23:00:00Z')
  const said = (day: string, zone: string) => Object.values(dueWords(day, now, zone)).join(' ')
  assert.equal(said('2026-11-22', 'UTC'), 'today false')
  assert.equal(said('2026-11-22', 'Asia/Bangkok'), 'Sun 22 Nov true')
  assert.equal(said('2026-11-23', 'Asia/Bangkok'), 'today false')
  assert.equal(said('2026-11-23', 'UTC'), 'Mon 23 Nov false')
  assert.equal(said('2027-01-01', 'America/Los_Angeles'), 'Fri 1 Jan 2027 false')
  assert.equal(said('2025-12-31', 'Pacific/Kiritimati'), 'Wed 31 Dec 2025 true')
})

test('the next one of a row is by the same weekday and clock, and always to come', () => {
  const first = '2026-10-05T19:30:00.000Z'
  const weekday = (iso: string) => new Date(iso).getDay()
  for (const now of ['2026-10-05T21:00:00Z', '2026-11-22T10:00:00Z', '2027-04-01T00:00:00Z']) {
    const next = fourWeeksOn(first, new Date(now))
    assert.ok(Date.parse(next) > Date.parse(now), next)
    assert.ok(Date.parse(next) - Date.parse(now) < 29 * 86_400_000, 'and no later than it has to be')
    assert.equal(localOf(next).slice(11), localOf(first).slice(11))
    assert.equal(weekday(next), weekday(first))
  }
})
