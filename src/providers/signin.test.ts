import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  begin,
  comeIn,
  connect,
  redirectUri,
  registered,
  signInAt,
  throughProvider,
  visitor,
} from '../../test/at-provider.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { type Lies, type TestProvider, testProvider } from '../../test/provider.ts'
import { newId } from '../core/ids.ts'

// Sign-in at an organisation's own provider, against a provider that keeps to the rules and one that breaks each of them.

let provider: TestProvider
let other: TestProvider
let house: TestHouse
let thai: { id: string; word: string }
const HONEST = { sub: 'user-1', email: 'ann@thai.example', email_verified: true, tid: 'tenant-1' }

before(async () => {
  provider = await testProvider()
  other = await testProvider()
  house = await testHouse({ providersInside: [provider.host, other.host] })
  thai = await registered(house, provider)
  const linked = await connect(house.people.arunee, thai.id)
  assert.equal(linked.status, 200, JSON.stringify(linked.body))
})
after(async () => {
  await house?.close()
  await provider?.close()
  await other?.close()
})
beforeEach(() => {
  provider.lies = {}
  provider.user = { ...HONEST }
})

const sessionOf = (cookies: Map<string, string>) => cookies.get('firebreak-on-this-computer') ?? ''

test('whoever connected their account comes in by it: with PKCE, state and nonce, and nothing else asked', async () => {
  const by = visitor(house)
  const answer = await signInAt(house, thai, by)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.member?.id, house.people.arunee.member)
  const asked = provider.asked.at(-1)?.searchParams
  assert.equal(asked?.get('response_type'), 'code')
  assert.equal(asked?.get('code_challenge_method'), 'S256')
  assert.equal(asked?.get('scope'), 'openid email')
  assert.equal(asked?.get('redirect_uri'), redirectUri(thai.id))
  assert.match(asked?.get('state') ?? '', /^[\w-]{43}$/)
  assert.match(asked?.get('nonce') ?? '', /^[\w-]{43}$/)
  assert.notEqual(asked?.get('nonce'), asked?.get('state'))
  assert.match(provider.exchanged.at(-1)?.get('code_verifier') ?? '', /^[\w-]{43}$/)

  const me = await asker(house.built, sessionOf(by.cookies))<{ wraps: unknown[] }>('GET', '/api/me')
  assert.equal(me.status, 200)
  const { sessions } = await ok<{ sessions: { via: string }[] }>(
    house.people.arunee.ask('GET', '/api/sessions'),
  )
  assert.ok(sessions.some(({ via }) => via === 'provider'))
  const log = await ok<{ entries: { act: string; detail: Record<string, unknown> }[] }>(
    house.people.arunee.ask('GET', '/api/audit'),
  )
  assert.ok(log.entries.some(({ act, detail }) => act === 'session.begun' && detail.via === 'provider'))
  for (const act of ['provider.asked', 'provider.linked'])
    assert.ok(
      log.entries.some((entry) => entry.act === act),
      act,
    )
})

test('the cookies are strict, closed to scripts, and of this address alone', async () => {
  const by = visitor(house)
  const away = await by.ask('/api/signin/organisation/begin', { word: thai.word })
  const [trip = ''] = away.headers.getSetCookie()
  assert.match(trip, /HttpOnly/)
  assert.match(trip, /SameSite=Strict/)
  assert.match(trip, /Max-Age=600/)
  assert.match(trip, /Path=\//)
})

test('a sign-in there proves nothing that asks for a passkey, and changes nothing about the member', async () => {
  provider.lies = { claims: { role: 'steward', roles: ['steward'], name: 'Someone Else', org: 'police' } }
  const by = visitor(house)
  assert.equal((await signInAt(house, thai, by)).status, 200)
  const ask = asker(house.built, sessionOf(by.cookies))
  for (const path of ['/api/passkeys', '/api/keys/rotation', '/api/suspensions', `/api/ways-in/begin`]) {
    const answer = await ask<{ code: string }>('POST', path, { body: {} })
    assert.ok([403, 422].includes(answer.status), `${path}: ${answer.status}`)
    assert.notEqual(answer.status, 200)
  }
  const refused = await ask<{ code: string }>('POST', '/api/ways-in/begin', { body: { providerId: thai.id } })
  assert.equal(refused.body.code, 'step_up_needed')
  const me = await ok<{ member: Record<string, unknown>; org: { id: string } }>(ask('GET', '/api/me'))
  assert.equal(me.member.role, 'caseworker')
  assert.equal(me.member.name, 'arunee')
  assert.equal(me.member.email, 'arunee@test.example')
  assert.equal(me.org.id, house.people.arunee.org)
})

const LIES: readonly [string, Lies, RegExp][] = [
  ['another nonce', { claims: { nonce: 'another' } }, /meant for somebody else/],
  ['no nonce', { without: ['nonce'] }, /not one to what was asked/],
  ['no signature (alg none)', { signed: 'none' }, /not take|is not taken|not one to/],
  ['HS256 with the public key', { signed: 'HS256 with the public key' }, /not taken|not one to/],
  ['HS256 with the client secret', { signed: 'HS256 with the secret' }, /not taken|not one to/],
  [
    'HS256, announced',
    {
      signed: 'HS256 with the secret',
      metadata: { id_token_signing_alg_values_supported: ['RS256', 'HS256'] },
    },
    /not taken|not one to/,
  ],
  ['a key that it does not publish', { signed: 'by another key' }, /not one to|does not hold/],
  ['a broken signature', { signed: 'broken' }, /not one to|does not hold/],
  ['for another client', { claims: { aud: 'another-client' } }, /meant for somebody else/],
  [
    'for several clients, from another',
    { claims: { aud: ['firebreak', 'another'], azp: 'another' } },
    /meant for somebody else|does not hold/,
  ],
  ['run out', { claims: { exp: Math.floor(Date.now() / 1000) - 120 } }, /too old/],
  ['never runs out', { without: ['exp'] }, /not one to/],
  ['of an hour ago', { claims: { iat: Math.floor(Date.now() / 1000) - 3_600 } }, /lie apart/],
  ['of tomorrow', { claims: { iat: Math.floor(Date.now() / 1000) + 86_400 } }, /lie apart/],
  ['not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + 3_600 } }, /too old|lie apart/],
  ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }, /meant for somebody else/],
  ['without a subject', { without: ['sub'] }, /not one to/],
  ['a subject that is no text', { claims: { sub: 7 } }, /not one to|does not hold/],
  ['no iss in the answer that announced one', { back: 'no iss' }, /not one to/],
  ['the iss of another (mix-up)', { back: 'other iss' }, /not one to/],
  ['an error, with words of its own', { back: 'error' }, /cancelled there/],
  ['an error that is no word', { back: 'odd error' }, /does not hold$/],
  ['two codes', { back: 'code twice' }, /not one to|does not hold/],
  ['no ID token', { token: 'no id_token' }, /not one to/],
  ['a failure', { token: 'error' }, /failure of its own/],
  ['a page instead of an answer', { token: 'html' }, /not of the kind/],
  ['an answer without end', { token: 'huge' }, /more than 200 kB/],
  ['a redirect from the token endpoint', { token: 'redirect' }, /sent us elsewhere/],
]

for (const [what, lies, said] of LIES)
  test(`refused: ${what}`, async () => {
    const by = visitor(house)
    const url = await begin(by, thai.word)
    provider.lies = lies
    const answer = await comeIn(by, thai.id, await throughProvider(url))
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${JSON.stringify(answer.body)}`)
    assert.match(answer.body.message ?? '', said)
    assert.doesNotMatch(answer.body.message ?? '', /stolen|\+65/, 'nothing of theirs is repeated')
    assert.equal(by.cookies.has('firebreak-on-this-computer'), false)
    // the way back is spent, whatever was wrong with it
    provider.lies = {}
    const again = await comeIn(by, thai.id, await throughProvider(url))
    assert.match(again.body.message ?? '', /used already/)
  })

test('a state that is not the one of the way is refused, and the way itself still serves', async () => {
  const by = visitor(house)
  const url = await begin(by, thai.word)
  provider.lies = { back: 'other state' }
  const other = await comeIn(by, thai.id, await throughProvider(url))
  assert.equal(other.status, 409)
  provider.lies = {}
  assert.equal((await comeIn(by, thai.id, await throughProvider(url))).status, 200)
})

const SETTINGS: readonly [string, Record<string, unknown>, RegExp][] = [
  ['a discovery document without end', { discovery: 'huge' }, /more than 200 kB/],
  ['a redirect instead of it', { discovery: 'redirect' }, /sent us elsewhere/],
  ['nobody there', { discovery: 'down' }, /does not answer/],
  [
    'another name than it is registered as',
    { metadata: { issuer: 'https://elsewhere.example' } },
    /calls itself|something else/,
  ],
  [
    'an authorization address that is a script',
    { metadata: { authorization_endpoint: 'javascript:alert(1)' } },
    /not an https/,
  ],
  [
    'an authorization address without encryption',
    { metadata: { authorization_endpoint: 'http://login.example/' } },
    /not https/,
  ],
  ['keys inside the office', { metadata: { jwks_uri: 'http://10.0.0.7/jwks' } }, /not https/],
  [
    'signatures that others can make',
    { metadata: { id_token_signing_alg_values_supported: ['HS256'] } },
    /only it can sign/,
  ],
  ['no keys', { metadata: { jwks_uri: undefined } }, /names no jwks_uri/],
]
for (const [what, lies, said] of SETTINGS)
  test(`nobody is sent away to: ${what}`, async () => {
    provider.lies = lies as Lies
    const answer = await visitor(house).ask<{ message: string }>('/api/signin/organisation/begin', {
      word: thai.word,
    })
    assert.ok([409, 422].includes(answer.status), JSON.stringify(answer.body))
    assert.match(answer.body.message, said)
  })

test('keys that changed there since the last sign-in are taken', async () => {
  assert.equal((await signInAt(house, thai)).status, 200)
  provider.rotate()
  assert.equal((await signInAt(house, thai)).status, 200)
})

test('a way back serves once; a repeated request gets its answer again, with the cookie', async () => {
  const by = visitor(house)
  const query = await throughProvider(await begin(by, thai.word))
  const key = newId()
  const first = await comeIn(by, thai.id, query, key)
  assert.equal(first.status, 200)
  const session = sessionOf(by.cookies)
  by.cookies.delete('firebreak-on-this-computer')
  const exchanges = provider.exchanged.length
  const same = await comeIn(by, thai.id, query, key)
  assert.deepEqual([same.status, sessionOf(by.cookies)], [200, session])
  assert.equal(provider.exchanged.length, exchanges, 'the provider was not asked again')
  const replay = await comeIn(by, thai.id, query)
  assert.equal(replay.status, 409)
  assert.match(replay.body.message ?? '', /used already/)
  assert.equal(provider.exchanged.length, exchanges)
})

test('two at once with one way back: one comes in', async () => {
  const by = visitor(house)
  const query = await throughProvider(await begin(by, thai.word))
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => comeIn(visitor(house, new Map(by.cookies)), thai.id, query)),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409])
})

test('a beginning that is sent twice is one, and gives the browser the same cookie', async () => {
  const key = newId()
  const [a, b] = [visitor(house), visitor(house)]
  const first = await a.ask<{ url: string }>('/api/signin/organisation/begin', { word: thai.word }, key)
  const second = await b.ask<{ url: string }>('/api/signin/organisation/begin', { word: thai.word }, key)
  assert.deepEqual(second.body, first.body)
  assert.deepEqual(b.cookies, a.cookies)
})

test('what failed because the provider was away succeeds when it is sent again as it was', async () => {
  const key = newId()
  const by = visitor(house)
  provider.lies = { discovery: 'down' }
  const ask = () => by.ask('/api/signin/organisation/begin', { word: thai.word }, key)
  assert.equal((await ask()).status, 409)
  provider.lies = {}
  assert.equal((await ask()).status, 200)
})

test('two tabs: each way back is its own, in any order', async () => {
  const by = visitor(house)
  const urls = [await begin(by, thai.word), await begin(by, thai.word)]
  const [first = '', second = ''] = await Promise.all(urls.map(throughProvider))
  assert.equal((await comeIn(by, thai.id, second)).status, 200)
  assert.equal((await comeIn(by, thai.id, first)).status, 200)
})

test('a way back in a browser that did not set out is refused: nobody is signed in as somebody else', async () => {
  const attacker = visitor(house)
  const query = await throughProvider(await begin(attacker, thai.word))
  for (const victim of [visitor(house), visitor(house)]) {
    // one without any way of hers under way, one with
    if (victim !== attacker) await begin(victim, thai.word)
    const answer = await comeIn(victim, thai.id, query)
    assert.equal(answer.status, 409)
    assert.equal(victim.cookies.has('firebreak-on-this-computer'), false)
  }
  const bare = await comeIn(visitor(house), thai.id, query)
  assert.equal(bare.status, 409)
})

test('a code of another way, put into mine, opens nothing (code injection)', async () => {
  const [mine, theirs] = [visitor(house), visitor(house)]
  const stolen = new URLSearchParams(await throughProvider(await begin(theirs, thai.word)))
  const own = new URLSearchParams(await throughProvider(await begin(mine, thai.word)))
  own.set('code', stolen.get('code') ?? '')
  const answer = await comeIn(mine, thai.id, `?${own}`)
  assert.equal(answer.status, 409)
  assert.match(answer.body.message ?? '', /did not take the answer/)
})

test('an answer of one provider on the way back of another opens nothing (mix-up)', async () => {
  const police = await registered(house, other, {
    by: house.people.weiling,
    emailDomains: ['police.example'],
  })
  const by = visitor(house)
  const query = await throughProvider(await begin(by, thai.word))
  const mixed = await comeIn(by, police.id, query)
  assert.equal(mixed.status, 409)
  // the code never went to the other provider
  assert.equal(other.exchanged.length, 0)
  assert.equal((await comeIn(by, thai.id, query)).status, 200)
})

test('what the organisation asks of its own people is asked: domain, claim, context, method, and how long ago', async () => {
  const rules: [string, Record<string, unknown>, Lies, RegExp][] = [
    ['domain', {}, { claims: { email: 'ann@elsewhere.example' } }, /organisation’s domains/],
    ['a domain in front of another', {}, { claims: { email: 'ann@thai.example.evil.example' } }, /domains/],
    ['an address it doubts', {}, { claims: { email_verified: false } }, /domains/],
    ['no address', {}, { without: ['email'] }, /domains/],
    ['claim', { claim: { name: 'tid', value: 'tenant-2' }, emailDomains: [] }, {}, /\(tid\)/],
    ['context', { acr: 'gold silver' }, { claims: { acr: 'bronze' } }, /\(acr\)/],
    ['method', { amr: 'mfa' }, { claims: { amr: ['pwd'] } }, /\(amr\)/],
    [
      'how long ago',
      { maxAgeMinutes: 5 },
      { claims: { auth_time: Math.floor(Date.now() / 1000) - 900 } },
      /too old/,
    ],
    ['when at all', { maxAgeMinutes: 5 }, { without: ['auth_time'] }, /not one to/],
    [
      'in the future',
      { maxAgeMinutes: 5 },
      { claims: { auth_time: Math.floor(Date.now() / 1000) + 900 } },
      /lie apart/,
    ],
  ]
  for (const [what, rule, lies, said] of rules) {
    const it = await registered(house, provider, rule)
    provider.lies = lies
    const answer = await signInAt(house, it)
    assert.ok([403, 409].includes(answer.status), `${what}: ${JSON.stringify(answer.body)}`)
    assert.match(answer.body.message ?? '', said, what)
    provider.lies = { claims: { acr: 'silver', amr: ['pwd', 'mfa'] } }
    const honest = rule.claim ? { ...HONEST, tid: ['tenant-1', 'tenant-2'] } : HONEST
    provider.user = { ...honest }
    // right, and connected to nobody: the last of the fences
    assert.match((await signInAt(house, it)).body.message ?? '', /not connected/, what)
    provider.user = { ...HONEST }
  }
})

test('an account that nobody connected, and the address of a member, bring nobody in', async () => {
  provider.user = { sub: 'stranger', email: 'arunee@thai.example', email_verified: true }
  const answer = await signInAt(house, thai)
  assert.equal(answer.status, 403)
  assert.match(answer.body.message ?? '', /not connected to a membership/)
})

test('a member of another organisation neither connects nor comes in by it', async () => {
  for (const stranger of [house.people.linh, house.people.weiling, house.people.mei]) {
    const answer = await connect(stranger, thai.id)
    const random = await connect(stranger, newId())
    assert.equal(answer.status, 404)
    assert.deepEqual(answer.body, random.body)
  }
  // laid by hand, past every check: even then the sign-in looks at whose provider it is
  await asAdmin(house.adminUrl, async (admin) => {
    await admin.query('begin')
    await admin.query(`set local session_replication_role = replica`)
    await admin.query(`update firebreak.provider_link set member_id = $1 where member_id = $2`, [
      house.people.linh.member,
      house.people.arunee.member,
    ])
    await admin.query('commit')
  })
  try {
    assert.equal((await signInAt(house, thai)).status, 403)
  } finally {
    await asAdmin(house.adminUrl, (admin) =>
      admin.query(`update firebreak.provider_link set member_id = $1 where member_id = $2`, [
        house.people.arunee.member,
        house.people.linh.member,
      ]),
    )
  }
})

test('one account, one member; one member, one account; a connection that ended ends its sessions', async () => {
  const { ploy } = house.people
  const taken = await connect(ploy, thai.id)
  assert.equal(taken.status, 409)
  assert.match(taken.body.message ?? '', /connected to a membership already/)
  provider.user = { ...HONEST, sub: 'user-2' }
  const made = await connect(ploy, thai.id)
  assert.equal(made.status, 200, JSON.stringify(made.body))
  provider.user = { ...HONEST, sub: 'user-3' }
  assert.equal((await connect(ploy, thai.id)).status, 409)

  provider.user = { ...HONEST, sub: 'user-2' }
  const by = visitor(house)
  assert.equal((await signInAt(house, thai, by)).body.member?.id, ploy.member)
  const link = made.body.ways[0]?.link?.id ?? ''
  const foreign = await house.people.arunee.ask('POST', `/api/ways-in/${link}/removal`)
  const random = await house.people.arunee.ask('POST', `/api/ways-in/${newId()}/removal`)
  assert.deepEqual([foreign.status, foreign.body], [random.status, random.body])
  await ok(ploy.ask('POST', `/api/ways-in/${link}/removal`))
  assert.equal((await asker(house.built, sessionOf(by.cookies))('GET', '/api/sessions')).status, 401)
  assert.equal((await signInAt(house, thai)).status, 403)
  assert.equal((await ploy.ask('POST', `/api/ways-in/${link}/removal`)).status, 404)
})

test('the account that is connected is opened for it: the provider is asked to sign in anew', async () => {
  provider.user = { ...HONEST, sub: 'user-9' }
  const answer = await connect(house.people.ploy, thai.id)
  assert.equal(answer.status, 200)
  assert.equal(provider.asked.at(-1)?.searchParams.get('prompt'), 'login')
  await ok(house.people.ploy.ask('POST', `/api/ways-in/${answer.body.ways[0]?.link?.id}/removal`))
})

test('a way to connect is no way to sign in, nor another’s', async () => {
  const { arunee, ploy } = house.people
  provider.user = { ...HONEST, sub: 'user-4' }
  const away = await arunee.ask<{ url: string }>('POST', '/api/ways-in/begin', {
    body: { providerId: thai.id },
  })
  const trip = away.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const query = await throughProvider(away.body.url)
  const [name = '', value = ''] = trip.split('=')
  assert.equal((await comeIn(visitor(house, new Map([[name, value]])), thai.id, query)).status, 409)
  const headers = { cookie: `firebreak-on-this-computer=${ploy.token}; ${trip}` }
  const body = { providerId: thai.id, query }
  assert.equal((await ploy.ask('POST', '/api/ways-in/return', { body, headers })).status, 409)
})

test('words that nobody has, half words and hostile ones get one answer each, and ask nobody', async () => {
  const asked = provider.asked.length
  const unknown = await visitor(house).ask<{ message: string }>('/api/signin/organisation/begin', {
    word: '0000-0000-0000-0000',
  })
  assert.equal(unknown.status, 404)
  for (const word of ['', 'thai.example', 'ธนาคาร', `${thai.word}0`, 'x'.repeat(5_000), null, { $ne: '' }]) {
    const answer = await visitor(house).ask('/api/signin/organisation/begin', { word })
    assert.equal(answer.status, 422, String(word))
  }
  for (const query of [
    '',
    '?state=',
    '?state=x&state=y',
    '?code=x',
    `?state=${'a'.repeat(43)}`,
    'x'.repeat(6_001),
  ]) {
    const answer = await comeIn(visitor(house), thai.id, query)
    assert.ok([409, 422].includes(answer.status), `${query.slice(0, 30)}: ${answer.status}`)
  }
  assert.equal(provider.asked.length, asked)
  // as people type it
  const spoken = thai.word
    .toUpperCase()
    .replace(/(.{4})/g, '$1-')
    .slice(0, -1)
  assert.equal((await visitor(house).ask('/api/signin/organisation/begin', { word: spoken })).status, 200)
})
