import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedMoment } from './asked-time.ts'

const same: [string, string][] = [
  ['2026-03-01', '2026-03-01T00:00:00Z'],
  ['2026-03-01T17:30+07:00', '2026-03-01T10:30:00Z'],
  ['2026/03/01 10:30', '2026-03-01T10:30:00Z'],
  ['13.11.2026', '2026-11-13T00:00:00Z'],
  ['13/11/2026 14:05', '2026-11-13T14:05:00Z'],
  ['11/13/2026 2:05 PM', '2026-11-13T14:05:00Z'],
  ['05.05.2026', '2026-05-05T00:00:00Z'],
  ['๑๓/๑๑/๒๕๖๙', '2026-11-13T00:00:00Z'],
]
for (const [written, moment] of same)
  test(`asked about ${written}`, () => assert.equal(askedMoment(written), Date.parse(moment)))

test('what can be two days is refused with both, and so is a year of two digits; what is no moment is none', () => {
  assert.throws(() => askedMoment('03/04/2026 10:00'), /can be two days: write 2026-04-03 or 2026-03-04/)
  assert.throws(() => askedMoment('3.11.2026'), /can be two days: write 2026-11-03 or 2026-03-11/)
  assert.throws(() => askedMoment('13.11.26'), /write the year with four digits/)
  for (const none of ['noon', '7', '', '31.02.2026', '2026-02-30', '14/15/2026'])
    assert.equal(askedMoment(none), null)
})
