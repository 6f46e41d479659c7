import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { z } from 'zod'
import { ok } from '../../test/fixtures.ts'
import { type Person, type PersonName, type TestHouse, testHouse } from '../../test/house.ts'
import { fc } from '../../test/property.ts'
import { newId } from '../core/ids.ts'
import { newMemberKey } from '../seal/member-key.ts'
import type { Group, GroupList, GroupWhole, SeatOffer } from './group-shapes.ts'
import { iCalendar } from './invitation.ts'
import type { Meeting, MeetingWhole } from './meeting-shapes.ts'

type GroupOf = z.infer<typeof Group>
type Whole = z.infer<typeof GroupWhole>

let house: TestHouse
let who: Record<PersonName, Person>
before(async () => {
  house = await testHouse()
  who = house.people
})
after(() => house.close())

const seat = async (by: Person, to: Person, it: { groupId: string; role?: string; hidden?: boolean }) => {
  const { token } = await ok<z.infer<typeof SeatOffer>>(
    by.ask('POST', `/api/groups/${it.groupId}/offers`, {
      body: { role: it.role ?? 'member', hidden: it.hidden ?? false },
    }),
  )
  await ok(to.ask('POST', '/api/seats', { body: { token } }))
  return token
}
const look = (by: Person, id: string) => by.ask<Whole>('GET', `/api/groups/${id}`)
const names = async (by: Person, id: string) =>
  (await ok<Whole>(look(by, id))).seats.map((it) => it.name).sort()

/** A group with weiling as steward, linh and priya seen, helen hidden. */
async function group(): Promise<string> {
  const { mei, weiling, linh, priya, helen } = who
  const id = newId()
  await ok(
    mei.ask('POST', '/api/groups', {
      body: { id, name: 'Mekong desk', purpose: 'Freezes across the river', tlpLimit: 'AMBER' },
    }),
  )
  await seat(mei, weiling, { groupId: id, role: 'steward' })
  for (const member of [linh, priya]) await seat(weiling, member, { groupId: id })
  await seat(weiling, helen, { groupId: id, hidden: true })
  return id
}

test('hidden members: co-members learn neither who nor how many; stewards of the group do', async () => {
  const id = await group()
  const { weiling, linh, helen, mei, arunee } = who
  assert.deepEqual(await names(weiling, id), ['helen', 'linh', 'priya', 'weiling'])
  assert.deepEqual(await names(linh, id), ['linh', 'priya', 'weiling'])
  assert.deepEqual(await names(helen, id), ['helen', 'linh', 'priya', 'weiling'], 'she sees herself')
  // the network’s steward opened it and sits elsewhere; an outsider gets the answer of a group that does not exist
  assert.deepEqual(await names(mei, id), [])
  const [foreign, random] = [await look(arunee, id), await look(arunee, newId())]
  assert.deepEqual([foreign.status, foreign.body], [random.status, random.body])
  const text = JSON.stringify((await look(linh, id)).body)
  assert.ok(!text.includes(helen.member) && !text.includes('age1'), 'no id and no key of anybody')
})

test('a seat’s link serves once; only the group’s stewards offer; the network’s steward only the first', async () => {
  const id = await group()
  const { mei, weiling, linh, arunee, daniel } = who
  const offer = (by: Person, role = 'member') =>
    by.ask('POST', `/api/groups/${id}/offers`, { body: { role, hidden: false } })
  assert.equal((await offer(linh)).status, 404)
  assert.equal((await offer(mei, 'steward')).status, 404, 'the group has its own stewards now')
  assert.equal((await offer(arunee)).status, 404)
  const token = await seat(weiling, arunee, { groupId: id })
  assert.equal((await daniel.ask('POST', '/api/seats', { body: { token } })).status, 404)
  const { token: raced } = await ok<z.infer<typeof SeatOffer>>(offer(weiling) as never)
  const race = await Promise.all(
    [daniel, who.somchai].map((it) => it.ask('POST', '/api/seats', { body: { token: raced } })),
  )
  assert.deepEqual(race.map(({ status }) => status).sort(), [200, 404])
})

test('the group’s key: made by a steward for the seats that are taken; who left is not in the next one', async () => {
  const id = await group()
  const { weiling, linh, priya } = who
  const seatKey = (memberId: string) => ({
    memberId,
    wrapped: `wrapped for ${memberId}`,
    recipient: Object.values(who).find(({ member }) => member === memberId)?.recipient ?? '',
    voucher: `${'A'.repeat(43)}=`,
  })
  const make = async (by: Person, version: number, to: string[]) => {
    const { recipient } = await newMemberKey()
    const wraps = to.map((memberId) => seatKey(memberId))
    return by.ask<Whole>('POST', `/api/groups/${id}/keys`, { body: { version, recipient, wraps } })
  }
  const everybody = (await ok<Whole>(look(weiling, id))).seats.map(({ memberId }) => memberId)
  assert.equal((await make(linh, 1, everybody)).status, 403)
  assert.equal((await make(weiling, 1, [...everybody, who.arunee.member])).status, 409, 'an outsider')
  await ok(make(weiling, 1, everybody))
  assert.equal((await make(weiling, 1, everybody)).status, 409, 'two stewards at once: the second is told')
  const mine = async (by: Person) =>
    (await ok<z.infer<typeof GroupList>>(by.ask('GET', '/api/groups'))).groups.find((it) => it.id === id)
  assert.equal((await mine(linh))?.key?.wrapped, `wrapped for ${linh.member}`)
  await ok(weiling.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: priya.member } }))
  assert.equal(await mine(priya), undefined, 'who left sees the group no more')
  assert.equal((await make(weiling, 2, everybody)).status, 409, 'she is not in the next key')
  await ok(
    make(
      weiling,
      2,
      everybody.filter((it) => it !== priya.member),
    ),
  )
  assert.equal((await mine(linh))?.key?.version, 2)
  const own = await weiling.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: weiling.member } })
  assert.equal(own.status, 409, 'a group keeps one steward')
  const changed = await ok<GroupOf>(
    weiling.ask('POST', `/api/groups/${id}`, {
      body: { name: 'Mekong desk', purpose: 'p', tlpLimit: 'GREEN', close: true },
    }),
  )
  assert.ok(changed.closedAt)
})

const meeting = (more: object = {}) => ({
  id: newId(),
  groupId: null,
  title: 'Monthly round',
  startsAt: new Date(Date.now() + 86_400_000).toISOString(),
  minutes: 60,
  place: 'The usual bridge',
  agenda: '1. Who can freeze where',
  tlp: 'AMBER',
  ...more,
})

test('a meeting: called, answered, attended, minuted with a marking, and what was agreed has an owner and a day', async () => {
  const groupId = await group()
  const { weiling, linh, helen, priya, arunee } = who
  const it = meeting({ groupId })
  assert.equal((await arunee.ask('POST', '/api/meetings', { body: it })).status, 404, 'not her group')
  assert.equal(
    (await linh.ask('POST', '/api/meetings', { body: meeting() })).status,
    403,
    'the network’s own',
  )
  await ok(weiling.ask('POST', '/api/meetings', { body: it }))
  const at = `/api/meetings/${it.id}`
  for (const person of [linh, helen])
    await ok(person.ask('POST', `${at}/answers`, { body: { answer: 'yes' } }))
  const there = (by: Person, memberId: string, wasThere: boolean) =>
    by.ask('POST', `${at}/attendance`, { body: { memberId, wasThere } })
  assert.equal((await there(linh, linh.member, true)).status, 403, 'nobody says so of themselves')
  await ok(there(weiling, linh.member, true))
  await ok(there(weiling, helen.member, true))
  await ok(there(weiling, priya.member, false))
  assert.equal((await there(weiling, arunee.member, true)).status, 404)
  const minutes = (by: Person, version: number, tlp = 'RED') =>
    by.ask<z.infer<typeof MeetingWhole>>('POST', `${at}/minutes`, {
      body: { body: 'We agreed on the new telephone.', tlp, version },
    })
  assert.equal((await minutes(linh, 0)).status, 403)
  const race = await Promise.all([minutes(weiling, 0), minutes(weiling, 0)])
  assert.deepEqual(race.map(({ status }) => status).sort(), [200, 409], 'nothing is overwritten')
  const whole = (by: Person) => ok<z.infer<typeof MeetingWhole>>(by.ask('GET', at))
  assert.equal((await whole(linh)).minutes?.tlp, 'RED')
  assert.equal((await whole(priya)).minutes, null, 'RED stays with who was there')
  assert.deepEqual(
    (await whole(linh)).attendance.map(({ name }) => name).sort(),
    ['linh', 'priya'],
    'the hidden seat is not in it',
  )
  const item = {
    id: newId(),
    words: 'Ask the bank for its night number',
    ownerId: helen.member,
    due: '2026-12-01',
  }
  await ok(weiling.ask('POST', `${at}/items`, { body: item }))
  assert.deepEqual((await whole(linh)).items, [], 'what a hidden member does is not in it')
  assert.equal((await whole(helen)).items[0]?.mine, true)
  assert.equal((await linh.ask('POST', `${at}/items/${item.id}`, { body: { done: true } })).status, 404)
  await ok(helen.ask('POST', `${at}/items/${item.id}`, { body: { done: true } }))
  assert.ok((await whole(weiling)).items[0]?.doneAt)
})

test('the invitation: a calendar file with the time and nothing of the case', async () => {
  const { mei, linh, arunee } = who
  const it = meeting({ title: 'Raid on the 4th\r\nATTENDEE:x' })
  await ok<z.infer<typeof Meeting>>(mei.ask('POST', '/api/meetings', { body: it }))
  const file = await linh.ask<Uint8Array>('GET', `/api/meetings/${it.id}/invitation.ics`)
  assert.equal(file.headers.get('content-type'), 'text/calendar; charset=utf-8')
  const text = new TextDecoder().decode(file.body)
  assert.match(text, /SUMMARY:Meeting\r\n/)
  assert.doesNotMatch(text, /Raid|bridge|freeze/)
  const { title, place, agenda, tlp, minutes, startsAt } = it
  await ok(
    mei.ask('POST', `/api/meetings/${it.id}`, {
      body: { title, place, agenda, tlp, minutes, startsAt, cancel: true },
    }),
  )
  const cancelled = await arunee.ask<Uint8Array>('GET', `/api/meetings/${it.id}/invitation.ics`)
  assert.match(new TextDecoder().decode(cancelled.body), /STATUS:CANCELLED[\s\S]*/)
  assert.match(new TextDecoder().decode(cancelled.body), /SEQUENCE:1\r\n/)
})

test('RFC 5545: any title keeps to one property, folded at 75 octets, and unfolds to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const text = iCalendar({
        id: newId(),
        title,
        startsAt: new Date(Date.UTC(2026, 10, 22, 12)),
        minutes: 45,
        sequence: 3,
        cancelled: false,
        changedAt: new Date(Date.UTC(2026, 10, 1)),
        url: 'https://firebreak.example/network/meetings/x',
      })
      for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
      const lines = text.replaceAll('\r\n ', '').split('\r\n')
      assert.equal(lines.length, 17)
      assert.ok(lines.includes('DTSTART:20261122T120000Z') && lines.includes('DTEND:20261122T124500Z'))
      const summary = lines.find((line) => line.startsWith('SUMMARY:'))?.slice(8) ?? ''
      const back = summary.replace(/\\(n|.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
      assert.equal(back, title.replace(/\r\n|\r/g, '\n').replace(/[^\n\P{Cc}]/gu, ''))
    }),
  )
})

test('live: a group’s own are told to look again; of a hidden seat its owner and the stewards alone', async () => {
  const id = await group()
  const { weiling, linh, helen, arunee, priya, daniel } = who
  const client = new pg.Client({ connectionString: house.appUrl })
  const heard: { topic: string; id: string; orgs: string[]; members: string[] }[] = []
  await client.connect()
  client.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '{}')))
  await client.query('listen firebreak_live')
  const told = async (work: () => Promise<unknown>) => {
    // what was told before has arrived by then
    await client.query('select 1')
    heard.length = 0
    await work()
    await client.query('select 1')
    return heard
  }
  const of = (topic: string) => new Set(heard.filter((it) => it.topic === topic).flatMap((it) => it.members))
  await told(() => seat(weiling, arunee, { groupId: id, hidden: true }))
  assert.deepEqual([...of('group')].sort(), [arunee.member, weiling.member].sort())
  await told(() => seat(weiling, daniel, { groupId: id }))
  const all = [arunee, daniel, helen, linh, priya, weiling].map(({ member }) => member)
  assert.deepEqual([...of('group')].sort(), [...all].sort())
  const it = meeting({ groupId: id })
  await told(() => ok(weiling.ask('POST', '/api/meetings', { body: it })))
  assert.deepEqual([...of('meeting')].sort(), [...all].sort())
  await told(() => ok(helen.ask('POST', `/api/meetings/${it.id}/answers`, { body: { answer: 'yes' } })))
  assert.deepEqual([...of('meeting')].sort(), [helen.member, weiling.member].sort(), 'a hidden one answered')
  const item = { id: newId(), words: 'Call the bank', ownerId: linh.member, due: '2026-12-01' }
  await ok(weiling.ask('POST', `/api/meetings/${it.id}/items`, { body: item }))
  const { due } = await ok<{ due: { id: string; meetingId: string; due: string }[] }>(
    linh.ask('GET', '/api/meetings'),
  )
  assert.deepEqual(due.map((one) => [one.id, one.meetingId, one.due]).at(-1), [item.id, it.id, '2026-12-01'])
  assert.ok(!JSON.stringify(await ok(priya.ask('GET', '/api/meetings'))).includes(item.id), 'hers alone')
  await client.end()
})

test('minutes: who was slower loses nothing, and is told whose version stands', async () => {
  const groupId = await group()
  const { weiling } = who
  const it = meeting({ groupId })
  await ok(weiling.ask('POST', '/api/meetings', { body: it }))
  const write = (body: string, version: number) =>
    weiling.ask<{ message: string; minutes: { body: string; version: number } }>(
      'POST',
      `/api/meetings/${it.id}/minutes`,
      { body: { body, tlp: 'AMBER', version } },
    )
  await ok(write('first', 0))
  const slower = await write('second', 0)
  assert.equal(slower.status, 409)
  const whole = await ok<z.infer<typeof MeetingWhole>>(weiling.ask('GET', `/api/meetings/${it.id}`))
  assert.deepEqual([whole.minutes?.body, whole.minutes?.version], ['first', 1])
  await ok(write('second, with the first read', 1))
})
