import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedBy } from '../../test/authenticator.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { type Challenge, givePasskey, hashOf, proveWithPasskey } from '../../test/passkeys.ts'
import { buildHouse } from '../house.ts'
import { invite } from './invites.ts'
import { hashSignIn } from './passwords.ts'

// T8, T10, T11: how long a session lives, what its token is, and what a stranger learns at the door.

let house: TestHouse
let nobody: ReturnType<typeof asker>
before(async () => {
  house = await testHouse()
  nobody = asker(house.built, null)
})
after(() => house.close())

const later = (ms = 1_050) => new Promise((done) => setTimeout(done, ms))

async function passkeySignIn(ask: ReturnType<typeof asker>, device: Awaited<ReturnType<typeof givePasskey>>) {
  const { challengeId, options } = await ok<Challenge>(ask('POST', '/api/signin/passkey/options'))
  const response = signedBy(device, options.challenge)
  const answer = await ask('POST', '/api/signin/passkey', { body: { challengeId, response } })
  return { answer, token: /=([\w-]+);/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '' }
}

test('T11: a token is 256 bits, another at every sign-in, and only its hash is anywhere in the database', async () => {
  const device = await givePasskey(house, house.people.arunee.member)
  const tokens: string[] = []
  for (let i = 0; i < 5; i++) {
    const { answer, token } = await passkeySignIn(nobody, device)
    assert.equal(answer.status, 200)
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    tokens.push(token)
  }
  assert.equal(new Set(tokens).size, 5)
  const ask = asker(house.built, tokens[0] ?? '')
  const { token } = await proveWithPasskey(house, ask, { device })
  tokens.push(token)
  const found = await asAdmin(house.adminUrl, async (admin) => {
    const tables = await admin.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('firebreak', 'house', 'sec')`,
    )
    const hits: string[] = []
    for (const { name } of tables.rows)
      for (const it of tokens) {
        const { rows } = await admin.query(
          `select 1 from ${name} t where t::text like '%' || $1 || '%' limit 1`,
          [it],
        )
        if (rows.length > 0) hits.push(name)
      }
    return hits
  })
  assert.deepEqual(found, [])
})

test('T11: behind TLS the cookie is __Host-, Secure, HttpOnly, Strict, and lives twelve hours', async () => {
  const origin = new URL('https://room.example')
  const built = await buildHouse({
    store: house.store,
    network: 'Test network',
    origin,
    demo: null,
    say: () => {},
  })
  try {
    const device = await givePasskey(house, house.people.weiling.member)
    const ask = asker(built, null)
    const there: typeof ask = (method, path, it = {}) =>
      ask(method, path, { ...it, headers: { host: origin.host } })
    const { challengeId, options } = await ok<Challenge>(there('POST', '/api/signin/passkey/options'))
    const response = signedBy(device, options.challenge, { origin: origin.origin, rpId: origin.host })
    const answer = await there('POST', '/api/signin/passkey', { body: { challengeId, response } })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of [
      /^__Host-firebreak=[\w-]{43};/,
      /; Path=\/;/,
      /; Secure/,
      /; HttpOnly/,
      /SameSite=Strict/,
    ])
      assert.match(cookie, part)
    assert.doesNotMatch(cookie, /Domain/i)
    const hours = (Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '') - Date.now()) / 3_600_000
    assert.ok(hours > 11.9 && hours <= 12)
  } finally {
    await built.close()
  }
})

test('T11: dead after signing out, after half an hour unused, and after twelve hours; a proof does not lengthen it', async () => {
  const { linh } = house.people
  const change = (token: string, set: string) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query(`update firebreak.session set ${set} where token_hash = $1`, [hashOf(token)]),
    )
  const ends: [string, (token: string) => Promise<unknown>][] = [
    ['signed out', (token) => asker(house.built, token)('POST', '/api/signout')],
    ['unused', (token) => change(token, `seen_at = now() - interval '31 minutes'`)],
    ['old', (token) => change(token, `expires_at = now()`)],
  ]
  for (const [what, end] of ends) {
    const token = await signIn(house.store, linh.member)
    const ask = asker(house.built, token)
    assert.equal((await ask('GET', '/api/me')).status, 200)
    await end(token)
    await later()
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['GET', '/api/live'],
      ['POST', '/api/signin/proof/options'],
    ] as const)
      assert.equal((await ask(method, path)).status, 401, `${what}: ${path}`)
  }
  const device = await givePasskey(house, linh.member)
  const token = await signIn(house.store, linh.member)
  await change(token, `expires_at = now() + interval '5 minutes'`)
  const proven = await proveWithPasskey(house, asker(house.built, token), { device })
  const { sessionEndsAt } = await ok<{ sessionEndsAt: string }>(proven.ask('GET', '/api/me'))
  assert.ok(Date.parse(sessionEndsAt) < Date.now() + 5.1 * 60_000)
})

test('T8: suspended, or their organisation: the next question within a second is refused, and so is a proof', async () => {
  const { daniel, helen } = house.people
  for (const [person, table, id] of [
    [daniel, 'member', daniel.member],
    [helen, 'org', helen.org],
  ] as const) {
    assert.equal((await person.ask('GET', '/api/me')).status, 200)
    await asAdmin(house.adminUrl, (admin) =>
      admin.query(`update firebreak.${table} set suspended_at = now() where id = $1`, [id]),
    )
    await later()
    assert.equal((await person.ask('GET', '/api/me')).status, 401)
    assert.equal((await person.ask('POST', '/api/signin/proof/options')).status, 401)
  }
})

test('T8: another role counts from the next second on', async () => {
  const { somchai } = house.people
  assert.equal((await somchai.ask('GET', '/api/orders')).status, 200)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.member set role = 'hub_analyst' where id = $1`, [somchai.member]),
  )
  await later()
  assert.equal((await somchai.ask('GET', '/api/orders')).status, 403)
})

test('T10: known and unknown, with passkey, password, both or neither: the door says the same to each', async () => {
  const { arunee, ploy, priya } = house.people
  await givePasskey(house, arunee.member)
  const hash = await hashSignIn('P'.repeat(43))
  await house.store.as({ system: 'setup' }, async (db) => {
    for (const { member } of [arunee, priya])
      await db
        .insertInto('password')
        .values({ member_id: member, salt: 'A'.repeat(22), hash })
        .execute()
    await invite(db, { orgId: ploy.org, email: 'invited@test.example', role: 'caseworker' })
  })
  const emails = ['arunee', 'ploy', 'priya', 'nobody', 'invited'].map((name) => `${name}@test.example`)
  const signIn = 'Q'.repeat(43)
  for (const [path, body] of [
    ['/api/signin/password', { signIn }],
    ['/api/signin/password', { signIn, code: '123456' }],
    ['/api/signin/password/code', { signIn }],
  ] as const) {
    const answers = await Promise.all(
      emails.map((email) => nobody('POST', path, { body: { ...body, email } })),
    )
    const seen = new Set(
      answers.map(({ status, body, headers }) => JSON.stringify([status, body, [...headers.keys()]])),
    )
    assert.equal(seen.size, 1, [...seen].join('\n'))
  }
  const salts = await Promise.all(
    emails.map((email) =>
      ok<{ salt: string }>(nobody('POST', '/api/signin/password/salt', { body: { email } })),
    ),
  )
  assert.equal(new Set(salts.map(({ salt }) => salt.length)).size, 1)
  // a challenge at the door names nobody's passkeys
  const { options } = await ok<Challenge>(nobody('POST', '/api/signin/passkey/options'))
  assert.equal(options.allowCredentials, undefined)
})
