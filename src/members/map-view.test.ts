import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { countriesOnMap, mapWords, viewOf } from './map-view.ts'
import { NO_FILTER, sift } from './network-view.ts'
import type { OrgCard } from './shapes.ts'

const card = (id: string, country: string, more: Partial<OrgCard> = {}) =>
  ({
    ...{ id, name: id, country, kind: 'police', timeZone: 'Asia/Singapore', hours: 'always' },
    ...{ languages: [], channel: null, powers: [], leftAt: null, suspendedAt: null },
    ...more,
  }) as unknown as OrgCard
const power = (kind: string, country: string, until: string | null = null) => ({
  ...{ id: kind, kind, country, legalBasis: '', verifiedBy: '', until },
})
const night = [{ days: [1], from: '02:00', to: '03:00' }]

test('a country is on, off or none for the chosen power; who left is nowhere', () => {
  const orgs = [
    card('a', 'SG', { powers: [power('freeze_account', 'SG'), power('freeze_account', 'BN')] as never }),
    card('b', 'TH', { powers: [power('freeze_account', 'TH')] as never, hours: night as never }),
    card('c', 'VN'),
    card('d', 'MM', { leftAt: '2026-01-01T00:00:00Z', powers: [power('freeze_account', 'MM')] as never }),
  ]
  const now = Date.parse('2026-11-22T10:00:00Z')
  const all = sift(orgs, { ...NO_FILTER, text: '' }, now)
  const able = sift(orgs, { ...NO_FILTER, power: 'freeze_account', text: '' }, now)
  const states = (it: ReturnType<typeof countriesOnMap>) => it.map(({ code, state }) => `${code} ${state}`)
  assert.deepEqual(states(countriesOnMap(all, able, true)), ['BN on', 'SG on', 'TH off', 'VN none'])
  assert.deepEqual(states(countriesOnMap(all, all, false)), ['SG on', 'TH off', 'VN on'])
  const [, sg, th] = countriesOnMap(all, able, true)
  assert.equal(sg && mapWords(sg, 'Singapore'), 'Singapore: one organisation, 1 on duty now')
  assert.equal(th && mapWords(th, 'Thailand'), 'Thailand: one organisation, none on duty now')
})

test('a power that has ended gives nobody a place, from the midnight after its last day where it is held', () => {
  const orgs = [card('a', 'SG', { powers: [power('freeze_account', 'SG', '2026-11-22')] as never })]
  const able = (at: string) =>
    sift(orgs, { ...NO_FILTER, power: 'freeze_account', country: 'SG', text: '' }, Date.parse(at))
  // midnight in Singapore is 16:00 UTC
  const [last, after] = [able('2026-11-22T15:59:59Z'), able('2026-11-22T16:00:00Z')]
  assert.deepEqual(
    last.map(({ powers }) => powers.length),
    [1],
  )
  assert.deepEqual(after, [])
  const at = Date.parse('2026-11-22T16:00:00Z')
  const all = sift(orgs, { ...NO_FILTER, text: '' }, at)
  assert.deepEqual(
    all.map(({ powers, ended }) => [powers.length, ended.length]),
    [[0, 1]],
  )
  const [sg] = countriesOnMap(all, after, true)
  assert.equal(sg && mapWords(sg, 'Singapore'), 'Singapore: nobody there can')
})

test('the drawing has each country once, with an outline or a dot within its frame, under 150 kB', () => {
  const text = readFileSync(new URL('../../content/maps/countries.yaml', import.meta.url), 'utf8')
  assert.ok(text.length < 150_000, `${text.length} bytes`)
  const drawing = parse(text) as Record<string, { path: string; dot: string }>
  for (const code of ['SG', 'TH', 'KH', 'MM', 'PH', 'VN', 'HK', 'GB', 'NG']) assert.ok(drawing[code], code)
  for (const [code, { path, dot }] of Object.entries(drawing)) {
    assert.match(code, /^[A-Z]{2}$/)
    assert.match(path, /^(?:M\d+ -?\d+l[-\d ]+z)*$/, code)
    assert.ok(path !== '' || /^\d+ -?\d+$/.test(dot), `${code} can be seen`)
  }
})

test('the view holds every outline and dot of the network, and is never closer than a region', () => {
  const one = viewOf([{ path: '', dot: '7884 2206' }])
  assert.deepEqual([one.x + one.width / 2, one.y + one.height / 2, one.width], [7884, 2206, 2200])
  const two = viewOf([
    { path: 'M1000 500l200 0 0 100z', dot: '' },
    { path: '', dot: '9000 2000' },
  ])
  assert.ok(two.x <= 1000 && two.x + two.width >= 9000 && two.y <= 500 && two.y + two.height >= 2000)
  assert.ok(viewOf([]).width > 9000, 'the world')
})
