import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { asker, type Person, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import type { Me } from '../access/shapes.ts'
import { newId } from '../core/ids.ts'
import { newMemberKey } from './member-key.ts'

// Who lost every way in comes back as the same member, by two people, with a new key.

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

const askFor = (by: Person, whom: Person, more: object = {}) => {
  const id = newId()
  const body = {
    ...{ id, kind: 'member_reentry', objectKind: 'member', objectId: whom.member, toOrg: null },
    ...{ byOrg: whom.org, reason: 'they lost every way in', basis: 'she called me', days: 2, ...more },
  }
  return by.ask('POST', '/api/approvals', { body }).then((answer) => ({ id, ...answer }))
}
const decide = (by: Person, id: string, approve = true) =>
  by.ask('POST', `/api/approvals/${id}/decision`, { body: { approve, note: 'I heard her voice' } })
const link = (by: Person, whom: Person) =>
  by.ask<{ token: string; message: string }>('POST', '/api/recovery/reentries', {
    body: { memberId: whom.member },
  })

/** What a session that has ended answers, once what was remembered of it for a second is forgotten. */
async function soon(who: Person): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const { status } = await who.ask('GET', '/api/me')
    if (status !== 200) return status
    await setTimeout(100)
  }
  return 200
}

function coming(token: string, memberId: string, recipient: string) {
  const wrap = (kind: string) => ({ id: newId(), kind, credentialId: null, wrapped: `new ${kind}` })
  return {
    ...{ token, memberId, name: 'as before', recipient, wraps: [wrap('password'), wrap('recovery')] },
    ...{ password: { salt: 'A'.repeat(22), signIn: 'B'.repeat(43) }, passkey: null },
  }
}

test('coming back ends the secret of the codes too; colleagues and stewards see the new key, others do not', async () => {
  const { mei, arunee, ploy, weiling } = house.people
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('insert into firebreak.code_app (member_id, secret) values ($1, $2)', [
      ploy.member,
      Buffer.alloc(48),
    ]),
  )
  const asked = await askFor(mei, ploy)
  await ok(decide(arunee, asked.id))
  const { token } = await ok<{ token: string }>(link(mei, ploy))
  const { recipient } = await newMemberKey()
  const body = coming(token, ploy.member, recipient)
  await ok(asker(house.built, null)('POST', '/api/invites/accept', { body }))
  const left = await asAdmin(house.adminUrl, (admin) =>
    admin.query('select 1 from firebreak.code_app where member_id = $1', [ploy.member]),
  )
  assert.equal(left.rowCount, 0)
  const seen = async (who: Person) => {
    const { news } = await ok<{ news: { name: string; act: string }[] }>(who.ask('GET', '/api/keys'))
    return news.filter(({ name }) => name === 'ploy').map(({ act }) => act)
  }
  assert.deepEqual(await seen(arunee), ['member.reentered'])
  assert.deepEqual(await seen(mei), ['member.reentered'])
  assert.deepEqual(await seen(weiling), [])
  // a new session for the tests that follow
  Object.assign(ploy, { ask: asker(house.built, await signIn(house.store, ploy.member)) })
})

test('a steward asks, a colleague says that it is them, one link lets them in; the old ways in are gone', async () => {
  const { mei, arunee, ploy, weiling } = house.people
  const nobody = asker(house.built, null)
  const report = await filedReport(ploy)
  assert.equal((await askFor(weiling, ploy)).status, 403, 'only a steward asks')
  assert.equal((await askFor(mei, ploy, { byOrg: mei.org })).status, 422, 'the steward’s own do not decide')
  assert.equal((await askFor(mei, ploy, { objectId: newId() })).status, 404)
  assert.equal((await askFor(mei, mei)).status, 409, 'nobody for themselves')
  assert.equal((await link(mei, ploy)).status, 409, 'nobody has said yet that it is her')
  const asked = await askFor(mei, ploy)
  assert.equal(asked.status, 200)
  assert.equal((await decide(weiling, asked.id)).status, 404, 'a stranger does not know her')
  await ok(decide(arunee, asked.id))
  assert.equal((await link(weiling, ploy)).status, 403)
  const { token } = await ok<{ token: string }>(link(mei, ploy))
  assert.equal((await link(mei, ploy)).status, 409, 'one approval, one link')

  const look = await ok<{ memberId: string | null }>(nobody('POST', '/api/invites/look', { body: { token } }))
  assert.equal(look.memberId, ploy.member)
  const fresh = await newMemberKey()
  const other = await nobody('POST', '/api/invites/accept', {
    body: coming(token, newId(), fresh.recipient),
  })
  assert.equal(other.status, 422, 'the link is for her alone')
  assert.equal((await ploy.ask('GET', '/api/me')).status, 200, 'and nothing has changed')
  const body = coming(token, ploy.member, fresh.recipient)
  const back = await ok<Me>(nobody('POST', '/api/invites/accept', { body }))
  assert.deepEqual(
    [back.member.id, back.member.name, back.member.recipient],
    [ploy.member, 'ploy', fresh.recipient],
  )
  assert.deepEqual(back.wraps.map(({ wrapped }) => wrapped).sort(), ['new password', 'new recovery'])
  assert.equal(await soon(ploy), 401, 'her old session, wherever it is, has ended')
  assert.equal((await nobody('POST', '/api/invites/accept', { body })).status, 404, 'once')
  const entries = await ok<{ entries: { act: string }[] }>(mei.ask('GET', `/api/audit?object=${ploy.member}`))
  for (const act of ['member.let_in_again', 'member.reentered'])
    assert.ok(
      entries.entries.some((it) => it.act === act),
      act,
    )
  assert.ok(report.id)
})

test('refused, or bare SQL without an approval: there is no link', async () => {
  const { mei, arunee, ploy, weiling, farid } = house.people
  const asked = await askFor(mei, farid)
  await ok(decide(weiling, asked.id, false))
  assert.equal((await link(mei, farid)).status, 409)
  const insert = (context: { member: string; org: string; role: 'steward' | 'officer' }) =>
    house.store.as({ ...context, session: 's' }, (db) =>
      db
        .insertInto('invite')
        .values({
          token_hash: Buffer.from(newId()),
          org_id: farid.org,
          email: 'farid@test.example',
          role: 'officer',
          expires_at: new Date(Date.now() + 60_000),
          member_id: farid.member,
        })
        .execute(),
    )
  await assert.rejects(insert({ member: mei.member, org: mei.org, role: 'steward' }), /second person/)
  await assert.rejects(
    insert({ member: weiling.member, org: weiling.org, role: 'officer' }),
    /approve|row-level/,
  )
  assert.ok(arunee && ploy)
})
