import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ok } from '../../test/fixtures.ts'
import { asker, type Person, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { fromPassword, newSalt } from '../seal/password.ts'
import { unwrapIdentity, wrapIdentity } from '../seal/wrap.ts'
import { record } from './audit.ts'
import { invite } from './invites.ts'
import type { Me } from './shapes.ts'

let house: TestHouse
let nobody: ReturnType<typeof asker>
before(async () => {
  house = await testHouse()
  nobody = asker(house.built, null)
})
after(() => house.close())

const PASSWORD = 'a lantern over the river'

async function invitation(email = `${newId()}@test.example`): Promise<{ token: string; email: string }> {
  const { token } = await house.store.as({ system: 'setup' }, (db) =>
    invite(db, { orgId: house.people.arunee.org, email, role: 'caseworker' }),
  )
  return { token, email }
}

/** What a browser sends to join with a password. */
async function joining(token: string) {
  const memberId = newId()
  const salt = newSalt()
  const { identity, recipient } = await newMemberKey()
  const { signIn, wrapKey } = await fromPassword(PASSWORD, salt)
  const wrap = (kind: 'password' | 'recovery') => ({
    id: newId(),
    kind,
    credentialId: null,
    wrapped: wrapIdentity(identity, wrapKey, `${memberId}/${kind}`),
  })
  const body = {
    token,
    memberId,
    name: 'Newcomer',
    recipient,
    wraps: [wrap('password'), wrap('recovery')],
    password: { salt, signIn },
    passkey: null,
  }
  return { body, identity, salt }
}

const cookieOf = (headers: Headers) => headers.get('set-cookie')?.split(';')[0] ?? ''

test('invited, joined, signed out, signed in again: the key comes back, only with the password', async () => {
  const { token, email } = await invitation()
  const look = await ok<{ email: string; orgName: string }>(
    nobody('POST', '/api/invites/look', { body: { token } }),
  )
  assert.equal(look.email, email)
  const { body, identity } = await joining(token)
  const joined = await nobody<Me>('POST', '/api/invites/accept', { body })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  const set = joined.headers.get('set-cookie') ?? ''
  assert.match(set, /^firebreak-on-this-computer=[\w-]{43};.*HttpOnly.*SameSite=Strict/)

  const cookie = cookieOf(joined.headers)
  const asNew = (method: string, path: string) => nobody<Me>(method, path, { headers: { cookie } })
  assert.equal((await asNew('GET', '/api/me')).body.member.email, email)
  await ok(asNew('POST', '/api/signout'))
  assert.equal((await asNew('GET', '/api/me')).status, 401)

  const { salt } = await ok<{ salt: string }>(
    nobody('POST', '/api/signin/password/salt', { body: { email } }),
  )
  const { signIn, wrapKey } = await fromPassword(PASSWORD, salt)
  const me = await ok<Me>(nobody('POST', '/api/signin/password', { body: { email, signIn } }))
  const wrap = me.wraps.find((it) => it.kind === 'password')
  assert.equal(unwrapIdentity(wrap?.wrapped ?? '', wrapKey, `${me.member.id}/password`), identity)
})

test('the log names who signed in; before sign-in nobody can write anything else, or in another’s name', async () => {
  const { token } = await invitation()
  const { body } = await joining(token)
  await ok(nobody('POST', '/api/invites/accept', { body }))
  const { entries } = await ok<{ entries: { act: string; actorName: string; orgName: string }[] }>(
    house.people.mei.ask('GET', `/api/audit?object=${body.memberId}`),
  )
  const begun = entries.find(({ act }) => act === 'session.begun')
  assert.deepEqual([begun?.actorName, begun?.orgName], ['Newcomer', 'thai (test)'])
  const { arunee, weiling } = house.people
  const forge = (actor: { member: string; org: string }, act: string, objectId: string) =>
    house.store.as({ system: 'signin' }, (db) => record(db, actor, { act, objectKind: 'member', objectId }))
  await assert.rejects(forge(arunee, 'sealed.opened', arunee.member), /row-level security/)
  await assert.rejects(forge(arunee, 'session.begun', weiling.member), /row-level security/)
  await assert.rejects(
    forge({ ...arunee, org: weiling.org }, 'session.begun', arunee.member),
    /row-level security/,
  )
})

test('an invitation works once, and an unknown one looks like a used one', async () => {
  const { token } = await invitation()
  const first = await joining(token)
  await ok(nobody('POST', '/api/invites/accept', { body: first.body }))
  const second = await joining(token)
  const used = await nobody<{ message: string }>('POST', '/api/invites/accept', { body: second.body })
  const unknown = await nobody<{ message: string }>('POST', '/api/invites/look', {
    body: { token: 'A'.repeat(43) },
  })
  assert.deepEqual([used.status, used.body], [unknown.status, unknown.body])
})

test('a key without a recovery copy, or no way to prove who one is, is refused in words', async () => {
  const { token } = await invitation()
  const { body } = await joining(token)
  const wraps = body.wraps.map((wrap) => ({ ...wrap, kind: 'password' }))
  const bare = await nobody<{ message: string }>('POST', '/api/invites/accept', { body: { ...body, wraps } })
  assert.equal(bare.status, 422)
  assert.match(bare.body.message, /recovery code/)
  const blank = await nobody<{ message: string }>('POST', '/api/invites/accept', {
    body: { ...body, password: null },
  })
  assert.match(blank.body.message, /passkey or a password/)
})

test('known and unknown addresses get the same answers, and a stable salt', async () => {
  const { token, email } = await invitation()
  const { body } = await joining(token)
  await ok(nobody('POST', '/api/invites/accept', { body }))
  const salts = await Promise.all(
    ['nobody@test.example', 'nobody@test.example', 'other@test.example', email].map((address) =>
      ok<{ salt: string }>(nobody('POST', '/api/signin/password/salt', { body: { email: address } })),
    ),
  )
  assert.equal(salts[0]?.salt, salts[1]?.salt)
  assert.notEqual(salts[0]?.salt, salts[2]?.salt)
  assert.equal(new Set(salts.map((it) => it.salt.length)).size, 1)
  const signIn = 'B'.repeat(43)
  const wrong = await nobody('POST', '/api/signin/password', { body: { email, signIn } })
  const unknown = await nobody('POST', '/api/signin/password', {
    body: { email: 'nobody@test.example', signIn },
  })
  assert.equal(wrong.status, 401)
  assert.deepEqual([wrong.status, wrong.body], [unknown.status, unknown.body])
})

test('guessing is stopped after ten tries, for that address alone', async () => {
  const guess = (email: string) =>
    nobody('POST', '/api/signin/password', { body: { email, signIn: 'C'.repeat(43) } })
  for (let i = 0; i < 10; i++) assert.equal((await guess('victim@test.example')).status, 401)
  const stopped = await guess('victim@test.example')
  assert.equal(stopped.status, 429)
  assert.ok(stopped.headers.get('retry-after'))
  assert.equal((await guess('somebody@test.example')).status, 401)
})

test('the same sign-in sent twice is one session with the same cookie', async () => {
  const { token } = await invitation()
  const { body } = await joining(token)
  const key = newId()
  const first = await nobody<Me>('POST', '/api/invites/accept', { body, key })
  const again = await nobody<Me>('POST', '/api/invites/accept', { body, key })
  assert.equal(again.status, 200)
  assert.equal(again.headers.get('idempotency-replayed'), 'true')
  assert.equal(cookieOf(first.headers), cookieOf(again.headers))
  const rows = await house.store.as({ system: 'signin' }, (db) =>
    db.selectFrom('session').selectAll().where('member_id', '=', body.memberId).execute(),
  )
  assert.equal(rows.length, 1)
  assert.ok(
    !JSON.stringify(rows).includes(cookieOf(first.headers).split('=')[1] ?? ''),
    'only the hash is stored',
  )
})

test('a passkey answer that fits nothing is refused like any other', async () => {
  const { challengeId } = await ok<{ challengeId: string }>(nobody('POST', '/api/signin/passkey/options'))
  const response = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {}, response: {} }
  const answers = [
    await nobody('POST', '/api/signin/passkey', { body: { challengeId, response } }),
    await nobody('POST', '/api/signin/passkey', { body: { challengeId, response } }),
    await nobody('POST', '/api/signin/passkey', { body: { challengeId: newId(), response } }),
  ]
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([401]))
})

test('someone who left is out at once, and so is everybody of an organisation that left', async () => {
  const { daniel } = house.people
  await ok(daniel.ask('GET', '/api/me'))
  await house.store.as({ system: 'setup' }, (db) =>
    db.updateTable('org').set({ left_at: new Date() }).where('id', '=', daniel.org).execute(),
  )
  await new Promise((done) => setTimeout(done, 1_050))
  assert.equal((await daniel.ask('GET', '/api/me')).status, 401)
})

test('expired and idle sessions are over', async () => {
  const { helen, somchai } = house.people
  const change = (member: string, set: Record<string, Date>) =>
    house.store.as({ system: 'signin' }, (db) =>
      db
        .updateTable('session')
        .set(set as never)
        .where('member_id', '=', member)
        .execute(),
    )
  await change(helen.member, { seen_at: new Date(Date.now() - 31 * 60_000) })
  assert.equal((await helen.ask('GET', '/api/me')).status, 401)
  await assert.rejects(change(somchai.member, { expires_at: new Date(0) }), /permission denied/)
})

test('sessions: one sees one’s own, ends those elsewhere, and never another’s', async () => {
  const { arunee, linh } = house.people
  const elsewhere = asker(house.built, await signIn(house.store, arunee.member))
  type List = { sessions: { id: string; here: boolean; via: string }[] }
  const { sessions } = await ok<List>(arunee.ask('GET', '/api/sessions'))
  assert.deepEqual(sessions.map(({ here }) => here).sort(), [false, true])
  const [other, own] = [sessions.find(({ here }) => !here), sessions.find(({ here }) => here)]
  const end = (by: Person, id = '') => by.ask('POST', `/api/sessions/${id}/end`)
  assert.equal((await end(linh, other?.id)).status, 404)
  assert.equal((await end(linh, 'f'.repeat(64))).status, 404)
  assert.equal((await end(arunee, own?.id)).status, 409)
  assert.equal((await elsewhere('GET', '/api/me')).status, 200)
  assert.equal((await ok<List>(end(arunee, other?.id) as never)).sessions.length, 1)
  await new Promise((done) => setTimeout(done, 1_050))
  assert.equal((await elsewhere('GET', '/api/me')).status, 401, 'within a second (T8)')
  assert.equal((await arunee.ask('GET', '/api/me')).status, 200)
})
