import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  begin,
  comeIn,
  connect,
  HOST,
  redirectUri,
  registered,
  signInAt,
  throughProvider,
  visitor,
} from '../../test/at-provider.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { givePasskey, hashOf, proveWithPasskey } from '../../test/passkeys.ts'
import { type TestProvider, testProvider } from '../../test/provider.ts'
import { CHORES } from '../chores.ts'
import { newId } from '../core/ids.ts'
import { buildHouse } from '../house.ts'

// What a session that began at an organisation's own provider is, and what a slow provider must not do.

let provider: TestProvider
let house: TestHouse
let thai: { id: string; word: string }
before(async () => {
  provider = await testProvider()
  house = await testHouse({ providersInside: [provider.host] })
  thai = await registered(house, provider)
  await ok(connect(house.people.arunee, thai.id))
})
after(async () => {
  await house?.close()
  await provider?.close()
})
beforeEach(() => {
  provider.lies = {}
})

const COOKIE = 'firebreak-on-this-computer'
const admin = <T extends object>(text: string, values: unknown[]) =>
  asAdmin(house.adminUrl, async (client) => (await client.query<T>(text, values)).rows)

test('a proof with the passkey gives the session a new token, and it stays one of the provider: it ends with it', async () => {
  const own = await registered(house, provider, {})
  await ok(connect(house.people.arunee, own.id))
  const by = visitor(house)
  assert.equal((await signInAt(house, own, by)).status, 200)
  const device = await givePasskey(house, house.people.arunee.member)
  const { answer, ask, token } = await proveWithPasskey(
    house,
    asker(house.built, by.cookies.get(COOKIE) ?? ''),
    {
      device,
    },
  )
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const [row] = await admin<{ via: string; link: string; expires_at: Date }>(
    'select via, link_id as link, expires_at from firebreak.session where token_hash = $1',
    [hashOf(token)],
  )
  assert.equal(row?.via, 'provider')
  assert.ok(row?.link)
  assert.ok((row?.expires_at.getTime() ?? 0) <= Date.now() + 12 * 3_600_000, 'twelve hours at most')
  await ok(house.people.ploy.ask('POST', `/api/identity-providers/${own.id}/end`))
  // what runs before the gate asks the database itself, and remembers nothing
  assert.equal((await ask('POST', '/api/signin/proof/options')).status, 401)
})

test('a provider that was ended by hand in the database ends its sessions, too', async () => {
  const by = visitor(house)
  assert.equal((await signInAt(house, thai, by)).status, 200)
  const ask = asker(house.built, by.cookies.get(COOKIE) ?? '')
  const set = (ended: string) =>
    admin(`update firebreak.identity_provider set ended_at = ${ended}, ended_by = $2 where id = $1`, [
      thai.id,
      ended === 'null' ? null : house.people.mei.member,
    ])
  await set('now()')
  try {
    assert.equal((await ask('POST', '/api/signin/proof/options')).status, 401)
  } finally {
    await set('null')
  }
  assert.equal((await ask('POST', '/api/signin/proof/options')).status, 200)
})

test('who was suspended does not come in, and is in when that is lifted', async () => {
  const { arunee, mei } = house.people
  const subject = { kind: 'member', subjectId: arunee.member, reason: 'looked into' }
  const by = visitor(house)
  assert.equal((await signInAt(house, thai, by)).status, 200)
  // on the way there while it happens
  const late = visitor(house)
  const query = await throughProvider(await begin(late, thai.word))
  await ok(mei.ask('POST', '/api/suspensions', { body: { ...subject, lift: false } }))
  assert.equal((await comeIn(late, thai.id, query)).status, 403)
  await ok(mei.ask('POST', '/api/suspensions', { body: { ...subject, lift: true } }))
  assert.equal((await signInAt(house, thai)).status, 200)
})

test('the house shows itself by a key, where it has no secret (private_key_jwt)', async () => {
  const keyed = await testProvider()
  const own = await testHouse({ providersInside: [keyed.host] })
  try {
    keyed.lies = { metadata: { token_endpoint_auth_methods_supported: ['private_key_jwt'] } }
    const it = await registered(own, keyed, { method: 'key' })
    assert.equal((keyed.publicKey as { d?: string } | null)?.d, undefined, 'the private half stays')
    assert.equal((await connect(own.people.arunee, it.id)).status, 200)
    assert.equal((await signInAt(own, it)).status, 200)
    keyed.publicKey = (await testKey()) as Record<string, unknown>
    const answer = await signInAt(own, it)
    assert.match(answer.body.message ?? '', /does not know this house/)
  } finally {
    await own.close()
    await keyed.close()
  }
})

async function testKey() {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  return crypto.subtle.exportKey('jwk', publicKey)
}

test('an organisation that was suspended is not led to its provider, nor in by it', async () => {
  const org = house.people.arunee.org
  const set = (at: string) => admin(`update firebreak.org set suspended_at = ${at} where id = $1`, [org])
  const by = visitor(house)
  const query = await throughProvider(await begin(by, thai.word))
  await set('now()')
  try {
    assert.equal((await comeIn(by, thai.id, query)).status, 404)
    const answer = await visitor(house).ask('/api/signin/organisation/begin', { word: thai.word })
    assert.equal(answer.status, 404)
  } finally {
    await set('null')
  }
  // what was refused before it was taken still serves
  assert.equal((await comeIn(by, thai.id, query)).status, 200)
})

test('a way back that is older than ten minutes is refused, and is swept by a clock', async () => {
  const by = visitor(house)
  const query = await throughProvider(await begin(by, thai.word))
  await admin(`update firebreak.provider_trip set expires_at = now() - interval '1 second' where $1 <> ''`, [
    'x',
  ])
  assert.match((await comeIn(by, thai.id, query)).body.message ?? '', /older than ten minutes/)
  await admin(`update firebreak.provider_trip set expires_at = now() - interval '2 hours' where $1 <> ''`, [
    'x',
  ])
  const chore = CHORES.find(({ name }) => name === 'sessions')
  await house.store.as({ system: 'clock' }, (db) => chore?.run(db) ?? Promise.reject(new Error('no chore')))
  assert.deepEqual(await admin('select 1 from firebreak.provider_trip where $1 <> $2', ['x', '']), [])
})

test('a provider that does not answer holds up nobody else: no connection to the database waits for it', async () => {
  let letGo = () => {}
  provider.lies = {
    until: new Promise<void>((done) => {
      letGo = done
    }),
  }
  // more than the pool has connections
  const waiting = Array.from({ length: 12 }, () =>
    visitor(house).ask<{ url: string }>('/api/signin/organisation/begin', { word: thai.word }),
  )
  const others = await Promise.all(
    Array.from({ length: 12 }, () => house.people.linh.ask('GET', '/api/network')),
  )
  assert.ok(others.every(({ status }) => status === 200))
  letGo()
  const answers = await Promise.all(waiting)
  // on a slow computer the house has given up waiting by then, and says so
  assert.ok(answers.every(({ status }) => status === 200 || status === 409))
})

test('behind TLS the cookies are `__Host-`, and the provider is told the public address', async () => {
  const { store } = house
  const origin = new URL('https://firebreak.example')
  const rest = { network: 'n', demo: null, say: () => {}, providersInside: [provider.host] }
  const built = await buildHouse({ store, origin, ...rest })
  try {
    const ask = asker(built, null)
    const headers = { host: 'firebreak.example' }
    const away = await ask<{ url: string }>('POST', '/api/signin/organisation/begin', {
      body: { word: thai.word },
      headers,
    })
    const [trip = ''] = away.headers.getSetCookie()
    assert.match(
      trip,
      /^__Host-firebreak-trip=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const uri = 'https://firebreak.example'
    assert.equal(new URL(away.body.url).searchParams.get('redirect_uri'), `${uri}/signed-in/${thai.id}`)
    // the provider knows this computer's address alone, and sends nobody to another
    assert.ok(!provider.redirectUris.includes(`${uri}/signed-in/${thai.id}`))
    assert.equal((await fetch(away.body.url, { redirect: 'manual' })).status, 400)
    assert.ok(provider.redirectUris.includes(redirectUri(thai.id, HOST)))
    // a name that is not ours makes no address at all
    const other = await ask('POST', '/api/signin/organisation/begin', {
      body: { word: thai.word },
      headers: { host: 'evil.example' },
    })
    assert.equal(other.status, 403)
  } finally {
    await built.close()
  }
})

test('a page of another site can neither begin a sign-in nor end one here', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ] as Record<string, string>[])
    for (const path of ['begin', 'return']) {
      const answer = await asker(house.built, null)('POST', `/api/signin/organisation/${path}`, {
        body: { word: thai.word, providerId: thai.id, query: `?state=${newId()}` },
        headers,
      })
      assert.ok([403, 422].includes(answer.status), `${JSON.stringify(headers)} ${path}: ${answer.status}`)
    }
})
