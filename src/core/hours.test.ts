import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { DutyHours, localTime, nextOnDuty, onDuty, TimeZone } from './hours.ts'

const clocks: [string, string, string, string, number, number][] = [
  ['Singapore, no summer time', '2026-03-01T15:30:00Z', 'Asia/Singapore', '2026-03-01 23:30', 7, 480],
  ['Singapore, after midnight', '2026-03-01T16:05:00Z', 'Asia/Singapore', '2026-03-02 00:05', 1, 480],
  ['Kathmandu, three quarters', '2026-03-01T18:20:00Z', 'Asia/Kathmandu', '2026-03-02 00:05', 1, 345],
  ['Yangon, half an hour', '2026-03-01T17:29:59Z', 'Asia/Yangon', '2026-03-01 23:59', 7, 390],
  ['London, last winter minute', '2026-03-29T00:59:59Z', 'Europe/London', '2026-03-29 00:59', 7, 0],
  ['London, first summer minute', '2026-03-29T01:00:00Z', 'Europe/London', '2026-03-29 02:00', 7, 60],
  ['London, repeated hour, first', '2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25 01:30', 7, 60],
  ['London, repeated hour, second', '2026-10-25T01:30:00Z', 'Europe/London', '2026-10-25 01:30', 7, 0],
  ['New York, before', '2026-03-08T06:59:00Z', 'America/New_York', '2026-03-08 01:59', 7, -300],
  ['New York, after', '2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08 03:00', 7, -240],
  ['Lord Howe, half-hour change', '2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '2026-04-05 01:30', 7, 630],
]
for (const [name, at, zone, wall, weekday, offset] of clocks)
  test(`the wall clock: ${name}`, () => {
    const local = localTime(new Date(at), zone)
    assert.equal(`${local.date} ${local.clock}`, wall)
    assert.equal(local.weekday, weekday)
    assert.equal(local.offsetMinutes, offset)
  })

const office: DutyHours = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }]
const nights: DutyHours = [{ days: [5, 6], from: '22:00', to: '06:00' }]
const duty: [string, DutyHours, string, string, boolean][] = [
  ['day and night', 'always', 'Asia/Singapore', '2026-03-01T19:00:00Z', true],
  ['office, the first minute', office, 'Asia/Singapore', '2026-03-02T00:00:00Z', true],
  ['office, a minute early', office, 'Asia/Singapore', '2026-03-01T23:59:59Z', false],
  ['office, the last minute', office, 'Asia/Singapore', '2026-03-02T11:59:59Z', true],
  ['office, closed on the hour', office, 'Asia/Singapore', '2026-03-02T12:00:00Z', false],
  [
    'office, a local Saturday that is still Friday in UTC',
    office,
    'Asia/Tokyo',
    '2026-03-06T23:30:00Z',
    false,
  ],
  ['night of Friday, late', nights, 'Asia/Bangkok', '2026-03-06T16:00:00Z', true],
  ['night of Friday, into Saturday morning', nights, 'Asia/Bangkok', '2026-03-06T22:59:00Z', true],
  ['night of Saturday, into Sunday morning', nights, 'Asia/Bangkok', '2026-03-07T22:59:00Z', true],
  ['Friday morning is no night of Friday', nights, 'Asia/Bangkok', '2026-03-05T22:59:00Z', false],
  ['Sunday night is off', nights, 'Asia/Bangkok', '2026-03-08T16:00:00Z', false],
  ['08:00 in London is 08:00 UTC in winter', office, 'Europe/London', '2026-03-27T07:30:00Z', false],
  ['and 07:00 UTC in summer', office, 'Europe/London', '2026-03-30T07:30:00Z', true],
  ['until midnight', [{ days: [1], from: '20:00', to: '24:00' }], 'UTC', '2026-03-02T23:59:00Z', true],
  ['and no further', [{ days: [1], from: '20:00', to: '24:00' }], 'UTC', '2026-03-03T00:00:00Z', false],
]
for (const [name, hours, zone, at, is] of duty)
  test(`on duty: ${name}`, () => assert.equal(onDuty(hours, zone, new Date(at)), is))

const early: DutyHours = [{ days: [7], from: '01:15', to: '01:45' }]
const next: [string, DutyHours, string, string, string][] = [
  ['now, when on duty', office, 'Asia/Singapore', '2026-03-02T01:00:00Z', '2026-03-02T01:00:00Z'],
  [
    'Monday morning, from Friday night',
    office,
    'Asia/Singapore',
    '2026-03-06T13:00:00Z',
    '2026-03-09T00:00:00Z',
  ],
  [
    'an hour earlier in UTC after the change',
    office,
    'Europe/London',
    '2026-03-28T12:00:00Z',
    '2026-03-30T07:00:00Z',
  ],
  ['the repeated hour counts twice', early, 'Europe/London', '2026-10-25T00:50:00Z', '2026-10-25T01:15:00Z'],
  [
    'a duty that begins in a skipped hour begins after it',
    [{ days: [7], from: '01:15', to: '05:00' }],
    'Europe/London',
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:00:00Z',
  ],
  [
    'the short day is not jumped over',
    [{ days: [7], from: '00:00', to: '00:15' }],
    'Europe/London',
    '2026-03-28T23:45:00Z',
    '2026-03-29T00:00:00Z',
  ],
  ['a skipped hour waits a week', early, 'Europe/London', '2026-03-28T12:00:00Z', '2026-04-05T00:15:00Z'],
]
for (const [name, hours, zone, at, from] of next)
  test(`next on duty: ${name}`, () =>
    assert.equal(nextOnDuty(hours, zone, new Date(at))?.toISOString(), new Date(from).toISOString()))

const ZONES = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Singapore',
  'Africa/Casablanca',
]
const QUARTER = 15 * 60_000
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(n / 4))}:${two((n % 4) * 15)}`
})
const span = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: quarter,
    to: quarter,
  })
  .filter(({ from, to }) => from !== to)
// All bounds lie on quarter hours, so a walk in quarter hours misses nothing.
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / QUARTER, max: Date.UTC(2028, 0, 1) / QUARTER })
  .map((n) => new Date(n * QUARTER))

test('the wall clock and its offset lead back to the moment', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instant, (zone, at) => {
      const { date, clock, offsetMinutes } = localTime(at, zone)
      assert.equal(Date.parse(`${date}T${clock}Z`) - offsetMinutes * 60_000, at.getTime())
    }),
  )
})

test('the next duty is the first moment of duty: a walk through every quarter hour finds the same', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.array(span, { minLength: 1, maxLength: 3 }),
      instant,
      (zone, hours, at) => {
        let walked = at.getTime()
        while (!onDuty(hours, zone, new Date(walked))) walked += QUARTER
        assert.equal(nextOnDuty(hours, zone, at)?.getTime(), walked)
      },
    ),
    { numRuns: 150 },
  )
})

test('near a change of summer time too', () => {
  const changes = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-04-04T15:00Z'].map(
    Date.parse,
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      span,
      fc.constantFrom(...changes),
      fc.integer({ min: -16, max: 8 }),
      (zone, one, change, quarters) => {
        const at = change + quarters * QUARTER
        let walked = at
        while (!onDuty([one], zone, new Date(walked))) walked += QUARTER
        assert.equal(nextOnDuty([one], zone, new Date(at))?.getTime(), walked)
      },
    ),
    { numRuns: 150 },
  )
})

const refused: [string, unknown][] = [
  ['no spans at all', []],
  ['a span without days', [{ days: [], from: '08:00', to: '20:00' }]],
  ['a day 0', [{ days: [0], from: '08:00', to: '20:00' }]],
  ['an hour without its nought', [{ days: [1], from: '8:00', to: '20:00' }]],
  ['a 25th hour', [{ days: [1], from: '08:00', to: '25:00' }]],
  ['24:00 as a start', [{ days: [1], from: '24:00', to: '08:00' }]],
  ['the same hour twice', [{ days: [1], from: '08:00', to: '08:00' }]],
  ['another word than always', 'never'],
]
for (const [name, hours] of refused)
  test(`hours refused: ${name}`, () => assert.equal(DutyHours.safeParse(hours).success, false))

for (const zone of ['Asia/Singapore', 'UTC', 'Africa/Casablanca'])
  test(`zone known: ${zone}`, () => assert.equal(TimeZone.safeParse(zone).success, true))
for (const zone of ['', 'Singapore time', 'Asia/Atlantis', '+08:00'])
  test(`zone refused: “${zone}”`, () => assert.equal(TimeZone.safeParse(zone).success, false))
