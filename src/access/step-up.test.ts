import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedBy } from '../../test/authenticator.ts'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import {
  asker,
  newProofKey,
  type Person,
  signedHeader,
  signIn,
  signsWith,
  type TestHouse,
  testHouse,
} from '../../test/house.ts'
import {
  type Challenge,
  givePasskey,
  hashOf,
  proveWithPasskey,
  stepUpChallenge,
} from '../../test/passkeys.ts'
import { contextOf, group, newKey, shareBody } from '../../test/sharing.ts'
import { CHORES } from '../chores.ts'
import { newId } from '../core/ids.ts'
import { buildHouse } from '../house.ts'
import type { Report } from '../reports/shapes.ts'
import { keepHouse } from '../store/housekeeping.ts'
import { connect } from '../store/open.ts'
import { STEP_UPS, stepUpFor } from './step-up-list.ts'

let house: TestHouse
let red: Report
let amber: Report
before(async () => {
  house = await testHouse()
  red = await filedReport(house.people.arunee, { tlp: 'RED' })
  amber = await filedReport(house.people.arunee)
})
after(() => house.close())

const MINUTE = 60_000
/** Arunee in another browser, whose proof is so old; null: never given. */
async function aruneeSince(ago: number | null) {
  const provenAt = ago === null ? null : new Date(Date.now() - ago * MINUTE)
  const token = await signIn(house.store, house.people.arunee.member, { provenAt })
  return { token, ask: asker(house.built, token) }
}
type Said = { code?: string; message?: string }
const open = (ask: Person['ask'], it: Report = red) =>
  ask<Said>('POST', `/api/sealed/${it.sealedId}/openings`)
const refused = (answer: { status: number; body: unknown }) => {
  assert.equal(answer.status, 403, JSON.stringify(answer.body))
  assert.equal((answer.body as Said).code, 'step_up_needed')
}

test('every line of the list is a route, and no act on keys or members is missing from it', async () => {
  const { ask } = house.people.arunee
  const { paths } = await ok<{ paths: Record<string, Record<string, unknown>> }>(
    ask('GET', '/api/openapi.json'),
  )
  for (const { method, path } of STEP_UPS)
    assert.ok(paths[`/api${path}`]?.[method.toLowerCase()], `${method} ${path} is no route`)
  const acts = Object.entries(paths).flatMap(([path, methods]) => (methods.post ? [path] : []))
  const missing = acts.filter(
    (path) => /^\/api\/(keys|removals|suspensions)\b/.test(path) && !stepUpFor('POST', path),
  )
  // wraps for a key that is to be mine lie beside the old ones until the rotation, which is on the list
  assert.deepEqual(missing, ['/api/keys/rewraps'])
})

test('RED content opens with a fresh proof, and neither with an old one, nor none, nor the cookie alone', async () => {
  const [fresh, stale, never] = await Promise.all([aruneeSince(14), aruneeSince(15.1), aruneeSince(null)])
  await ok(open(fresh.ask))
  refused(await open(stale.ask))
  refused(await open(never.ask))
  // the thief of a cookie has no key: nothing is signed, or by another key
  const cookie = { cookie: `firebreak-on-this-computer=${fresh.token}` }
  const thief = asker(house.built, null)
  const path = `/api/sealed/${red.sealedId}/openings`
  refused(await thief('POST', path, { headers: cookie }))
  const theirs = signedHeader(newProofKey().key, { method: 'POST', path, body: '{}' })
  refused(await thief('POST', path, { headers: { ...cookie, 'firebreak-proof': theirs } }))
  await ok(open(never.ask, amber))
  await ok(thief('POST', `/api/sealed/${amber.sealedId}/openings`, { headers: cookie }))
})

test('what was refused for want of a proof goes through afterwards with the same key, once', async () => {
  const stale = await aruneeSince(16)
  const key = newId()
  const path = `/api/sealed/${red.sealedId}/openings`
  refused(await stale.ask('POST', path, { key }))
  await ok((await aruneeSince(0)).ask('POST', path, { key }))
})

test('another id of the same record, written in another way, is not another record', async () => {
  const stale = await aruneeSince(16)
  const odd = `%25${red.sealedId.charCodeAt(0).toString(16)}${red.sealedId.slice(1)}`
  const answer = await stale.ask('POST', `/api/sealed/${odd}/openings`)
  assert.notEqual(answer.status, 200, JSON.stringify(answer.body))
  const head = await house.built.app.request('/api/audit/export', {
    method: 'HEAD',
    headers: { host: 'localhost:8080', cookie: `firebreak-on-this-computer=${stale.token}` },
  })
  assert.equal(head.status, 403)
})

test('a signed request is good for what it says, for a minute, and once', async () => {
  const { key, proofKey } = newProofKey()
  const token = await signIn(house.store, house.people.arunee.member, { provenAt: null })
  signsWith(token, key)
  await asProven(token, proofKey)
  const path = `/api/sealed/${red.sealedId}/openings`
  const right = { method: 'POST', path, body: '{}' }
  const other = `/api/sealed/${amber.sealedId}/openings`
  const send = (proof: string) =>
    asker(house.built, token)('POST', path, { headers: { 'firebreak-proof': proof } })
  const nonce = newId()
  await ok(send(signedHeader(key, { ...right, nonce })))
  const sayings = {
    'the same once more': signedHeader(key, { ...right, nonce }),
    'another path': signedHeader(key, { ...right, path: other }),
    'another method': signedHeader(key, { ...right, method: 'GET' }),
    'another body': signedHeader(key, { ...right, body: '{"a":1}' }),
    'an hour ago': signedHeader(key, { ...right, at: Date.now() - 60 * MINUTE }),
    'from the future': signedHeader(key, { ...right, at: Date.now() + 2 * MINUTE }),
    'half of it': signedHeader(key, right).slice(0, -1),
    'one bit changed': changed(signedHeader(key, right)),
    nothing: '',
    'not a proof': '1.2.3',
  }
  for (const [what, proof] of Object.entries(sayings)) {
    const answer = await send(proof)
    assert.equal(answer.status, 403, what)
  }
})

test('a signed request that was caught serves no other process, none that has just started, and no second one at once', async () => {
  const { roles, secrets, where } = house.store
  const { key, proofKey } = newProofKey()
  const token = await signIn(house.store, house.people.arunee.member, { provenAt: null })
  await asProven(token, proofKey)
  const path = `/api/sealed/${red.sealedId}/openings`
  const caught = () => ({ 'firebreak-proof': signedHeader(key, { method: 'POST', path, body: '{}' }) })
  const another = async () => {
    const store = connect({ appUrl: house.appUrl, roles, secrets, where, poolSize: 2, cluster: null })
    const built = await buildHouse({
      store,
      network: 'Test network',
      origin: null,
      demo: null,
      say: () => {},
    })
    return { ask: asker(built, token), close: () => built.close().then(() => store.close()) }
  }
  const second = await another()
  const headers = caught()
  await ok(asker(house.built, token)('POST', path, { headers }))
  refused(await second.ask('POST', path, { headers }))
  const both = caught()
  const answers = await Promise.all(
    [asker(house.built, token), second.ask, asker(house.built, token), second.ask].map((ask) =>
      ask('POST', path, { headers: both }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403, 403, 403])
  await second.close()
  const restarted = await another()
  refused(await restarted.ask('POST', path, { headers }))
  refused(await restarted.ask('POST', path, { headers: both }))
  await restarted.close()
})

test('a seat of a group that content can be sealed to is neither offered nor taken without a proof', async () => {
  const { arunee, linh } = house.people
  const id = await group(house, { members: [linh], stewards: [arunee] })
  const stale = await aruneeSince(16)
  const offer = () =>
    stale.ask<Said>('POST', `/api/groups/${id}/offers`, { body: { role: 'member', hidden: false } })
  await ok(offer())
  await newKey(arunee, id)
  refused(await offer())
  refused(await stale.ask('POST', `/api/groups/${id}/keys`))
  refused(await stale.ask('POST', `/api/groups/${id}/seat-keys`))
  refused(await stale.ask('POST', '/api/seats', { body: { token: 'A'.repeat(43) } }))
  await ok(arunee.ask('POST', `/api/groups/${id}/offers`, { body: { role: 'member', hidden: false } }))
})

test('marks of signed requests go once nobody could send the request again', async () => {
  const chore = CHORES.filter(({ name }) => name === 'signed requests')
  const count = () =>
    asAdmin(house.adminUrl, async (admin) => {
      const { rows } = await admin.query<{ n: number }>(
        'select count(*)::int as n from firebreak.signed_request',
      )
      return rows[0]?.n ?? 0
    })
  const before = await count()
  assert.ok(before > 0)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query("insert into firebreak.signed_request values (sha256('old'), now() - interval '1 second')"),
  )
  assert.deepEqual(await keepHouse(house.store, chore), ['signed requests'])
  assert.equal(await count(), before)
})

/** A session's row as it stands after a proof; by the server's admin, who alone may change it. */
async function asProven(token: string, proofKey: string): Promise<void> {
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.session set proven_at = now(), proven_by = 'passkey', proof_key = $2 where token_hash = $1`,
      [hashOf(token), proofKey],
    ),
  )
}

test('granting RED, changing its marking and breaking its glass need a proof; AMBER does not', async () => {
  const { ask } = await aruneeSince(16)
  const { linh, weiling } = house.people
  const share = (it: Report) =>
    ask('POST', '/api/shares', { body: shareBody({ itemId: it.id, to: [{ person: linh.member }] }) })
  refused(await share(red))
  await ok(share(amber))
  refused(
    await ask('POST', `/api/reports/${red.id}/marking`, {
      body: { tlp: 'CLEAR', pap: 'CLEAR', handling: [], possibleVictim: false, expiresAt: null },
    }),
  )
  const request = freezeRequest({ reportId: red.id, toOrg: weiling.org })
  refused(await ask('POST', '/api/requests', { body: request }))
  refused(
    await ask('POST', '/api/requests', {
      body: { ...freezeRequest({ reportId: amber.id, toOrg: weiling.org }), tlp: 'RED' },
    }),
  )
  await ok(ask('POST', '/api/requests', { body: freezeRequest({ reportId: amber.id, toOrg: weiling.org }) }))
})

test('members, keys and exports: refused without a proof, whatever is sent', async () => {
  const token = await signIn(house.store, house.people.mei.member, { provenAt: null })
  const ask = asker(house.built, token)
  for (const { method, path, when } of STEP_UPS) {
    if (when !== 'always') continue
    refused(await ask(method, `/api${path.replace('{id}', newId())}`))
  }
  assert.equal((await house.people.mei.ask('GET', '/api/audit/export')).status, 200)
})

test('a foreign RED record and one that never was answer alike, without a proof', async () => {
  const token = await signIn(house.store, house.people.linh.member, { provenAt: null })
  const ask = asker(house.built, token)
  const answers = await Promise.all(
    [red.sealedId, newId()].map((id) => ask<Said>('POST', `/api/sealed/${id}/openings`)),
  )
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.code]),
    [
      [404, 'not_found'],
      [404, 'not_found'],
    ],
  )
})

test('the database refuses too: no proof in the context, no key to RED, no share of it, no removal', async () => {
  const { arunee, mei, linh } = house.people
  const { proven: _, ...without } = contextOf(arunee) as { proven: number }
  const wraps = (context: object) =>
    house.store.as(context as never, (db) =>
      db.selectFrom('sealed_wrap').selectAll().where('sealed_id', '=', red.sealedId).execute(),
    )
  assert.equal((await wraps(without)).length, 0)
  assert.equal((await wraps({ ...without, proven: Math.floor(Date.now() / 1000) - 901 })).length, 0)
  assert.equal((await wraps(contextOf(arunee))).length, 1)
  const share = (context: object) =>
    house.store.as(context as never, (db) =>
      db
        .insertInto('share')
        .values({
          ...{
            id: newId(),
            item_kind: 'report',
            item_id: red.id,
            org_id: arunee.org,
            made_by: arunee.member,
          },
          ...{ purpose: 'support', basis_kind: 'public_interest', basis: 'a test', reveal: false },
          expires_at: new Date(Date.now() + 3_600_000),
        })
        .execute(),
    )
  await assert.rejects(share(without), { code: 'FB499' })
  await share(contextOf(arunee))
  const removal = (context: object) =>
    house.store.as(context as never, (db) =>
      db
        .insertInto('removal')
        .values({
          ...{ id: newId(), kind: 'member', subject_id: linh.member, reason: 'a test' },
          ...{ asked_by: mei.member, asked_org: mei.org },
        })
        .execute(),
    )
  const { proven: __, ...bare } = contextOf(mei) as { proven: number }
  await assert.rejects(removal(bare), { code: 'FB499' })
  const rule = (context: object, password_rule: 'none' | 'with_code' | 'alone') =>
    house.store.as(context as never, (db) =>
      db
        .updateTable('org')
        .set({ password_rule })
        .where('id', '=', linh.org)
        .executeTakeFirst()
        .then(({ numUpdatedRows }) => Number(numUpdatedRows)),
    )
  const { proven: ___, ...plain } = contextOf(linh) as { proven: number }
  await assert.rejects(rule(plain, 'none'), { code: 'FB499' })
  assert.equal(await rule(contextOf(linh), 'none'), 1)
  for (const looser of ['with_code', 'alone'] as const)
    await assert.rejects(rule(contextOf(linh), looser), { code: 'FB403' })
  assert.equal(await rule(contextOf(arunee), 'none'), 0, 'another organisation’s is not there')
  assert.equal(await rule({ system: 'setup' }, 'alone'), 1)
})

test('a passkey makes the proof: the token changes, the session does not, and the old cookie proves nothing', async () => {
  const { member } = house.people.arunee
  const device = await givePasskey(house, member)
  const stale = await aruneeSince(null)
  const begun = await sessionRow(stale.token)
  const { answer, token, ask } = await proveWithPasskey(house, stale.ask, { device })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const minutes = (Date.parse(answer.body.provenUntil) - Date.now()) / MINUTE
  assert.ok(minutes > 14 && minutes <= 15)
  assert.notEqual(token, stale.token)
  await ok(open(ask))
  refused(await open(stale.ask))
  const now = await sessionRow(token)
  assert.deepEqual([now?.created_at, now?.expires_at], [begun?.created_at, begun?.expires_at])
  const { sessions } = await ok<{ sessions: { here: boolean }[] }>(ask('GET', '/api/sessions'))
  assert.equal(sessions.filter(({ here }) => here).length, 1)
  await ok(ask('POST', '/api/signout'))
  await new Promise((done) => setTimeout(done, 1_050))
  assert.equal((await stale.ask('GET', '/api/me')).status, 401, 'the replaced token ends with its session')
})

test('a replaced token still answers what was under way, and ten seconds later nothing', async () => {
  const device = await givePasskey(house, house.people.arunee.member)
  const before = await aruneeSince(null)
  await proveWithPasskey(house, before.ask, { device })
  assert.equal((await before.ask('GET', '/api/me')).status, 200)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.session set replaced_at = now() - interval '11 seconds' where token_hash = $1`,
      [hashOf(before.token)],
    ),
  )
  await new Promise((done) => setTimeout(done, 1_050))
  assert.equal((await before.ask('GET', '/api/me')).status, 401)
  const again = await before.ask('POST', '/api/signin/proof/options')
  assert.equal(again.status, 401)
})

test('an answer that was lost: the same proof sent again gives the same cookie and no second session', async () => {
  const device = await givePasskey(house, house.people.arunee.member)
  const { ask } = await aruneeSince(null)
  const { challengeId, options } = await stepUpChallenge(ask)
  const body = {
    challengeId,
    response: signedBy(device, options.challenge),
    proofKey: newProofKey().proofKey,
  }
  const key = newId()
  const [first, again] = [
    await ask('POST', '/api/signin/proof/passkey', { body, key }),
    await ask('POST', '/api/signin/proof/passkey', { body, key }),
  ]
  assert.equal(again.headers.get('idempotency-replayed'), 'true')
  const cookieOf = (headers: Headers) => headers.get('set-cookie')?.split(';')[0]
  assert.equal(cookieOf(first.headers), cookieOf(again.headers))
})

test('no proof: of another session, another member, a challenge used, expired or for signing in, an unverified person', async () => {
  const { arunee, linh } = house.people
  const [device, hers] = [await givePasskey(house, arunee.member), await givePasskey(house, linh.member)]
  const mine = await aruneeSince(null)
  const elsewhere = await aruneeSince(null)
  const prove = (it: Parameters<typeof proveWithPasskey>[2], ask = mine.ask) =>
    proveWithPasskey(house, ask, it).then(({ answer }) => answer)
  const otherSession = await prove({ device, challenge: await stepUpChallenge(elsewhere.ask) })
  const otherMember = await prove({ device: hers })
  const signInOptions = await ok<Challenge>(mine.ask('POST', '/api/signin/passkey/options'))
  const forSignIn = await prove({ device, challenge: signInOptions })
  const unverified = await prove({ device, wrong: { flags: 0x01 } })
  const late = await stepUpChallenge(mine.ask)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.challenge set expires_at = now() where id = $1`, [late.challengeId]),
  )
  const expired = await prove({ device, challenge: late })
  for (const answer of [otherSession, otherMember, forSignIn, unverified, expired]) {
    assert.equal(answer.status, 401, JSON.stringify(answer.body))
    assert.deepEqual(answer.body, otherSession.body)
  }
  const challenge = await stepUpChallenge(mine.ask)
  const { answer: good, ask: now } = await proveWithPasskey(house, mine.ask, { device, challenge })
  assert.equal(good.status, 200)
  assert.equal((await prove({ device, challenge }, now)).status, 401, 'a challenge serves once')
  // a challenge of a step-up does not sign in either
  const { challengeId, options } = await stepUpChallenge(now)
  const response = signedBy(device, options.challenge)
  assert.equal((await now('POST', '/api/signin/passkey', { body: { challengeId, response } })).status, 401)
})

test('a key that is no key is refused by name; nobody who is not signed in proves anything', async () => {
  const device = await givePasskey(house, house.people.arunee.member)
  const { ask } = await aruneeSince(null)
  const { challengeId, options } = await stepUpChallenge(ask)
  const proofKey = `${'A'.repeat(43)}.${'A'.repeat(43)}`
  const body = { challengeId, response: signedBy(device, options.challenge), proofKey }
  const answer = await ask<Said>('POST', '/api/signin/proof/passkey', { body })
  assert.equal(answer.status, 422)
  assert.match(answer.body.message ?? '', /proofKey/)
  assert.equal((await asker(house.built, null)('POST', '/api/signin/proof/options')).status, 401)
})

test('two proofs at the same moment: one session goes on', async () => {
  const device = await givePasskey(house, house.people.arunee.member)
  const { ask } = await aruneeSince(null)
  const challenges = [await stepUpChallenge(ask), await stepUpChallenge(ask)]
  const answers = await Promise.all(
    challenges.map((challenge) => proveWithPasskey(house, ask, { device, challenge })),
  )
  assert.deepEqual(answers.map(({ answer }) => answer.status).sort(), [200, 401])
})

/** The same with another first letter of its signature: a random one may end as any other does. */
function changed(proof: string): string {
  const [at, nonce, signature = ''] = proof.split('.')
  return `${at}.${nonce}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
}

async function sessionRow(token: string) {
  return house.store.as({ system: 'signin' }, (db) =>
    db.selectFrom('session').selectAll().where('token_hash', '=', hashOf(token)).executeTakeFirst(),
  )
}
