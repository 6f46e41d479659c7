import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { group, newKey } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import type { RecoveryState } from '../seal/key-shapes.ts'
import { shareIdentity } from '../seal/recovery.ts'
import type { GroupList, SeatOffer } from './group-shapes.ts'

// Who is removed may have carried keys away: whoever renews them is told, and nothing stays closed because they were needed.

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

async function remove(subject: Person, second: Person): Promise<void> {
  const id = newId()
  const body = { id, kind: 'member', subjectId: subject.member, reason: 'She sold what she read (invented).' }
  await ok(house.people.mei.ask('POST', '/api/removals', { body }))
  await ok(second.ask('POST', `/api/removals/${id}/confirmation`))
}
const dueIn = async (by: Person, id: string) =>
  (await ok<z.infer<typeof GroupList>>(by.ask('GET', '/api/groups'))).groups.find((it) => it.id === id)?.due
const offer = (by: Person, id: string, role = 'member') =>
  by.ask<z.infer<typeof SeatOffer>>('POST', `/api/groups/${id}/offers`, { body: { role, hidden: false } })
const look = (by: Person, token: string) => by.ask('POST', '/api/seats/look', { body: { token } })
const take = (by: Person, token: string) => by.ask('POST', '/api/seats', { body: { token } })

test('a group: its steward is told that the key is due; when its only steward is removed, the network’s gives it another', async () => {
  const { mei, weiling, linh, priya, daniel, helen, somchai, arunee } = house.people
  const id = await group(house, { stewards: [weiling], members: [linh, priya] })
  assert.equal(await dueIn(weiling, id), 'first')
  await newKey(weiling, id)
  assert.deepEqual([await dueIn(weiling, id), await dueIn(linh, id)], [null, null])

  const { token: later } = await ok<z.infer<typeof SeatOffer>>(offer(weiling, id))
  await ok(take(daniel, later))
  assert.equal(await dueIn(weiling, id), 'give')
  await remove(priya, helen)
  assert.equal(await dueIn(weiling, id), 'left', 'before anything else: she carried it away')
  assert.equal(await dueIn(linh, id), null, 'not a plain member’s matter')
  assert.equal(await dueIn(mei, id), null)
  await newKey(weiling, id)
  assert.equal(await dueIn(weiling, id), null)

  // a link that the removed steward had given away opens nothing, and is like one that never was
  const { token: hers } = await ok<z.infer<typeof SeatOffer>>(offer(weiling, id, 'steward'))
  await ok(look(somchai, hers))
  assert.equal((await offer(mei, id, 'steward')).status, 404)
  await remove(weiling, helen)
  const [dead, never] = [await take(somchai, hers), await take(somchai, 'A'.repeat(43))]
  assert.deepEqual([dead.status, dead.body], [never.status, never.body])
  assert.equal((await look(somchai, hers)).status, 404)

  assert.equal(await dueIn(mei, id), 'steward')
  assert.equal((await offer(mei, id)).status, 404, 'a steward’s seat and no other')
  const [one, two] = [await ok(offer(mei, id, 'steward')), await ok(offer(mei, id, 'steward'))] as {
    token: string
  }[]
  await ok(take(linh, one?.token ?? ''))
  assert.equal((await take(arunee, two?.token ?? '')).status, 404, 'it has a steward again')
  assert.equal(await dueIn(mei, id), null)
  assert.equal(await dueIn(linh, id), 'left')
  await newKey(linh, id)
  assert.equal(await dueIn(linh, id), null)
})

test('a group without a steward: no old link of anybody opens a seat there but a steward’s of the network’s steward', async () => {
  const { mei, farid, somchai, daniel, helen, arunee } = house.people
  const id = await group(house, { stewards: [farid, somchai], members: [daniel] })
  const give = async (by: Person, it: { role: string; hidden?: boolean }) =>
    (
      await ok<z.infer<typeof SeatOffer>>(
        by.ask('POST', `/api/groups/${id}/offers`, { body: { hidden: false, ...it } }),
      )
    ).token
  const his = [
    await give(farid, { role: 'member', hidden: true }),
    await give(farid, { role: 'member' }),
    await give(farid, { role: 'steward' }),
  ]
  await ok(look(arunee, his[0] ?? ''))
  await ok(somchai.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: farid.member } }))
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.seat set left_at = now() where group_id = $1 and member_id = $2', [
      id,
      somchai.member,
    ]),
  )
  for (const token of his) {
    assert.equal((await look(arunee, token)).status, 404)
    assert.equal((await take(arunee, token)).status, 404)
  }
  const hers = await give(mei, { role: 'steward' })
  const role = (to: string) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query('update firebreak.member set role = $2 where id = $1', [mei.member, to]),
    )
  await role('hub_analyst')
  assert.equal((await take(helen, hers)).status, 404, 'she is the network’s steward no more')
  await role('steward')
  await ok(take(helen, hers))
})

test('a link to a seat in a group that was closed since opens nothing', async () => {
  const { farid, daniel, somchai } = house.people
  const id = await group(house, { stewards: [farid], members: [daniel] })
  const { token } = await ok<z.infer<typeof SeatOffer>>(offer(farid, id))
  const body = { name: 'The river group', purpose: 'test', tlpLimit: 'AMBER', close: true }
  await ok(farid.ask('POST', `/api/groups/${id}`, { body }))
  assert.equal((await look(somchai, token)).status, 404)
  assert.equal((await take(somchai, token)).status, 404)
})

test('whoever is stopped for a while: a link of theirs opens nothing until they go on', async () => {
  const { mei, helen, farid, somchai } = house.people
  const id = await group(house, { stewards: [helen], members: [farid] })
  const { token } = await ok<z.infer<typeof SeatOffer>>(offer(helen, id))
  const body = { kind: 'member', subjectId: helen.member, reason: 'asked about it', lift: false }
  await ok(mei.ask('POST', '/api/suspensions', { body }))
  assert.equal((await take(somchai, token)).status, 404)
  await ok(mei.ask('POST', '/api/suspensions', { body: { ...body, lift: true } }))
  await ok(take(somchai, token))
})

test('an officer who keeps a share of a key is removed: its owner sees it', async () => {
  const { arunee, linh, farid, daniel } = house.people
  const officers = [linh, farid].map(({ member: memberId, org, recipient }) => ({ memberId, org, recipient }))
  const made = await shareIdentity(arunee.identity, officers, 2)
  const shares = made.map((it, i) => ({ ...it, org: officers[i]?.org ?? '' }))
  await ok(arunee.ask('POST', '/api/recovery/shares', { body: { threshold: 2, shares } }))
  const gone = async () =>
    (await ok<z.infer<typeof RecoveryState>>(arunee.ask('GET', '/api/recovery'))).mine?.officers.map((it) => [
      it.name,
      it.gone,
    ])
  assert.deepEqual(await gone(), [
    ['farid', false],
    ['linh', false],
  ])
  await remove(farid, daniel)
  assert.deepEqual(await gone(), [
    ['farid', true],
    ['linh', false],
  ])
})

test('a link for somebody who was admitted opens nothing while who vouched for them is stopped', async () => {
  const { arunee, daniel, mei } = house.people
  const it = {
    ...{ id: newId(), kind: 'org', name: 'Lotus Bridge (test)', email: 'dara@lotus.example' },
    card: {
      ...{ kind: 'cso', country: 'KH', timeZone: 'Asia/Phnom_Penh', hours: 'always', languages: ['km'] },
      ...{ channel: null, powers: [] },
    },
    ...{ reasons: 'They answer at night.', conflicts: 'none known' },
  }
  await ok(arunee.ask('POST', '/api/proposals', { body: it }))
  await ok(
    daniel.ask('POST', `/api/proposals/${it.id}/reading`, { body: { words: 'known', supports: true } }),
  )
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.proposal set window_ends = now() - interval '1 second'`),
  )
  const decision = { body: { admit: true, words: 'Agreed.' } }
  const { token } = await ok<{ token: string }>(mei.ask('POST', `/api/proposals/${it.id}/decision`, decision))
  const opens = async () =>
    (await asker(house.built, null)('POST', '/api/invites/look', { body: { token } })).status
  assert.equal(await opens(), 200)
  for (const [kind, subjectId] of [
    ['member', arunee.member],
    ['org', arunee.org],
  ]) {
    const body = { kind, subjectId, reason: 'asked about it' }
    await ok(mei.ask('POST', '/api/suspensions', { body: { ...body, lift: false } }))
    assert.equal(await opens(), 404)
    await ok(mei.ask('POST', '/api/suspensions', { body: { ...body, lift: true } }))
    assert.equal(await opens(), 200)
  }
})
