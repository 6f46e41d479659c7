import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { CHORES } from '../chores.ts'
import { newId } from '../core/ids.ts'
import { sealJson } from '../seal/record.ts'
import { keepHouse } from './housekeeping.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 12 })
})
after(() => house.close())

const admin = <T extends object>(text: string, values: unknown[] = []) =>
  asAdmin(house.adminUrl, async (client) => (await client.query<T>(text, values)).rows)

/** As if every chore had last run long ago. */
const later = () => admin(`update firebreak.chore set ran_at = now() - interval '2 days'`)

async function evidence(by: Person): Promise<string> {
  const id = newId()
  const { ciphertext, recipient, wraps } = await sealJson({ v: 1 }, [
    { memberId: by.member, recipient: by.recipient },
  ])
  await ok(by.ask('POST', '/api/sealed', { body: { id, kind: 'evidence', recipient, wraps } }))
  await ok(by.ask('PUT', `/api/sealed/${id}/content`, { octets: ciphertext }))
  return id
}

const isThere = async (id: string) =>
  (await admin('select 1 from firebreak.sealed where id = $1', [id])).length === 1

test('many processes at once: each chore runs once a period', async () => {
  let ran = 0
  const chore = { name: 'counted', every: 3_600, run: async () => void ran++ }
  const rounds = await Promise.all(Array.from({ length: 10 }, () => keepHouse(house.store, [chore])))
  assert.equal(ran, 1)
  assert.equal(rounds.flat().length, 1)
  await later()
  await Promise.all(Array.from({ length: 10 }, () => keepHouse(house.store, [chore])))
  assert.equal(ran, 2)
})

test('a chore that fails leaves nothing half done, holds up no other, and is tried again', async () => {
  let tries = 0
  const broken = {
    name: 'broken',
    every: 3_600,
    run: async () => {
      tries++
      throw new TypeError('broken on purpose')
    },
  }
  const fine = { name: 'fine', every: 3_600, run: async () => {} }
  assert.deepEqual(await keepHouse(house.store, [broken, fine]), ['fine'])
  assert.deepEqual(await keepHouse(house.store, [broken, fine]), [])
  assert.equal(tries, 2)
})

test('answers go after a week, not before; sessions and challenges that are over go too', async () => {
  const { arunee } = house.people
  await filedReport(arunee)
  await admin(`update firebreak.answer set at = now() - interval '8 days' where route like '%/reports'`)
  const before = await admin<{ n: number }>('select count(*)::int as n from firebreak.answer')
  await admin(
    `insert into firebreak.challenge (id, challenge, kind, expires_at) values ('c', 'c', 'signin', now() - interval '2 hours')`,
  )
  await admin(
    `insert into firebreak.session (token_hash, member_id, via, expires_at) values ('\\x00', $1, 'passkey', now() - interval '2 days')`,
    [arunee.member],
  )
  await keepHouse(house.store, CHORES)
  const after = await admin<{ n: number }>('select count(*)::int as n from firebreak.answer')
  assert.ok((after[0]?.n ?? 0) > 0 && (after[0]?.n ?? 0) < (before[0]?.n ?? 0))
  assert.equal((await admin(`select 1 from firebreak.challenge where id = 'c'`)).length, 0)
  assert.equal((await admin(`select 1 from firebreak.session where token_hash = '\\x00'`)).length, 0)
  assert.equal((await arunee.ask('GET', '/api/me')).status, 200, 'who is signed in stays so')
})

test('the sweep takes what nothing refers to, and that alone; each is in the log', async () => {
  const { arunee, mei } = house.people
  const [orphan, young, inDraft] = [await evidence(arunee), await evidence(arunee), await evidence(arunee)]
  const filed = await filedReport(arunee)
  const draft = newId()
  const path = `/api/drafts/${draft}/content?holds=${inDraft}`
  await ok(arunee.ask('PUT', path, { octets: new Uint8Array([1, 2, 3]) }))
  await admin(`update firebreak.sealed set stored_at = now() - interval '3 days' where id <> $1`, [young])
  await admin('create table firebreak.unknown_room (sealed_id text references firebreak.sealed (id))')
  const elsewhere = await evidence(arunee)
  await admin(`update firebreak.sealed set stored_at = now() - interval '3 days' where id = $1`, [elsewhere])
  await admin('insert into firebreak.unknown_room values ($1)', [elsewhere])
  await later()
  await keepHouse(house.store, CHORES)
  assert.equal(await isThere(orphan), false)
  for (const id of [young, inDraft, filed.sealedId, elsewhere]) assert.ok(await isThere(id), id)
  const { entries } = await ok<{ entries: { act: string; actorName: string | null }[] }>(
    mei.ask('GET', `/api/audit?object=${orphan}`),
  )
  assert.deepEqual(
    entries.map(({ act, actorName }) => [act, actorName]),
    [
      ['sealed.swept', null],
      ['sealed.granted', 'arunee'],
    ],
  )
  // once the draft is gone, nothing holds it any more
  await ok(arunee.ask('DELETE', `/api/drafts/${draft}`))
  await later()
  await keepHouse(house.store, CHORES)
  assert.equal(await isThere(inDraft), false)
  await admin('drop table firebreak.unknown_room')
})

test('a member removes a record of her own that nothing refers to, and no other', async () => {
  const { arunee, ploy, linh } = house.people
  const [mine, kept] = [await evidence(arunee), await evidence(arunee)]
  const report = await filedReport(arunee)
  const draft = newId()
  await ok(arunee.ask('PUT', `/api/drafts/${draft}/content?holds=${kept}`, { octets: new Uint8Array([1]) }))
  for (const other of [ploy, linh])
    assert.equal((await other.ask('DELETE', `/api/sealed/${mine}`)).status, 404)
  const refused = await arunee.ask<{ message: string }>('DELETE', `/api/sealed/${report.sealedId}`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /belongs to a report, a request or a draft/)
  assert.equal((await arunee.ask('DELETE', `/api/sealed/${kept}`)).status, 409)
  await ok(arunee.ask('DELETE', `/api/sealed/${mine}`))
  assert.equal(await isThere(mine), false)
  assert.equal((await arunee.ask('DELETE', `/api/sealed/${mine}`)).status, 404)
  assert.ok(await isThere(report.sealedId))
})

test('a draft cannot hold another organisation’s record against the sweep', async () => {
  const { arunee, linh } = house.people
  const theirs = await evidence(arunee)
  await ok(linh.ask('PUT', `/api/drafts/${newId()}/content?holds=${theirs}`, { octets: new Uint8Array([1]) }))
  assert.equal((await admin('select 1 from firebreak.draft_sealed where sealed_id = $1', [theirs])).length, 0)
  const bad = await linh.ask<{ message: string }>('PUT', `/api/drafts/${newId()}/content?holds=x`, {
    octets: new Uint8Array([1]),
  })
  assert.equal(bad.status, 422)
  assert.match(bad.body.message, /^holds/)
})

test('nobody but the clock sweeps', async () => {
  const { arunee } = house.people
  await assert.rejects(
    house.store.as({ member: arunee.member, org: arunee.org, role: arunee.role, session: 's' }, (db) =>
      db.selectNoFrom((eb) => eb.fn('firebreak.sweep_sealed', [eb.val(1)]).as('id')).execute(),
    ),
    /only the clock sweeps/,
  )
})
