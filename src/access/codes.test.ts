import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import {
  asker,
  newProofKey,
  type PersonName,
  signIn as signedIn,
  type TestHouse,
  testHouse,
} from '../../test/house.ts'
import { followed } from '../../test/passkeys.ts'
import { newId } from '../core/ids.ts'
import { hashSignIn } from './passwords.ts'

let house: TestHouse
let nobody: ReturnType<typeof asker>
let hash: string
const SIGN_IN = 'P'.repeat(43)
before(async () => {
  house = await testHouse()
  nobody = asker(house.built, null)
  hash = await hashSignIn(SIGN_IN)
})
after(() => house.close())

type Rule = 'none' | 'with_code' | 'alone'
/** Somebody with a password, in an organisation with this rule. */
async function withPassword(name: PersonName, rule: Rule = 'with_code') {
  const person = house.people[name]
  await house.store.as({ system: 'setup' }, async (db) => {
    await db.updateTable('org').set({ password_rule: rule }).where('id', '=', person.org).execute()
    await db
      .insertInto('password')
      .values({ member_id: person.member, salt: 'A'.repeat(22), hash })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  return { ...person, email: `${name}@test.example` }
}
interface Said {
  readonly code?: string
  readonly message?: string
}
const enter = (email: string, more: object = {}) =>
  nobody<Said>('POST', '/api/signin/password', { body: { email, signIn: SIGN_IN, ...more } })
const setUp = (email: string) =>
  ok<{ app: { secret: string; uri: string } | null }>(
    nobody('POST', '/api/signin/password/code', { body: { email, signIn: SIGN_IN } }),
  )
/** The code of so many steps before a moment, as a code app shows it. */
const codeOf = (secret: string, stepsAgo = 0, at = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at - stepsAgo * 30_000 })
/** The clock of this program stands while something is asked: no step of the code begins meanwhile, however slow the answer. */
async function atOnce<T>(t: TestContext, ask: () => Promise<T>): Promise<T> {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  try {
    return await ask()
  } finally {
    t.mock.timers.reset()
  }
}
/** As if so many codes ago nothing had been taken. */
const forget = (member: string) =>
  asAdmin(house.adminUrl, async (admin) => {
    await admin.query('set session_replication_role = replica')
    await admin.query('update firebreak.code_app set last_step = 0 where member_id = $1', [member])
  })

test('a password alone does not let in; the app is set up at the first sign-in, and its secret is not shown again', async () => {
  const { email, member } = await withPassword('arunee')
  const bare = await enter(email)
  assert.deepEqual([bare.status, bare.body.code], [403, 'step_up_needed'])
  assert.equal(bare.headers.get('set-cookie'), null)
  const { app } = await setUp(email)
  assert.ok(app)
  assert.match(app.secret, /^[A-Z2-7]{32}$/)
  assert.match(app.uri, /^otpauth:\/\/totp\/Test%20network:arunee%40test\.example\?.*secret=[A-Z2-7]{32}/)
  assert.deepEqual((await setUp(email)).app, app, 'shown again until a first code came')
  assert.equal((await enter(email, { code: codeOf(app.secret) })).status, 200)
  assert.equal((await setUp(email)).app, null)
  const { rows } = await asAdmin(house.adminUrl, (admin) =>
    admin.query<{ secret: Buffer }>('select secret from firebreak.code_app where member_id = $1', [member]),
  )
  const plain = Buffer.from(Secret.fromBase32(app.secret).bytes)
  assert.ok(rows[0] && !rows[0].secret.includes(plain), 'the database holds it encrypted')
})

test('a code serves once, one step off is taken, two are not, and never one before the last', async (t) => {
  const { email, member } = await withPassword('ploy')
  const { app } = await setUp(email)
  const secret = app?.secret ?? ''
  const began = Date.now()
  const now = codeOf(secret, 0, began)
  const enterAtOnce = (stepsAgo: number) =>
    atOnce(t, async () => (await enter(email, { code: codeOf(secret, stepsAgo) })).status)
  assert.equal(
    (await enter(email, { code: `${now.slice(0, 3)} ${now.slice(3)}` })).status,
    200,
    'as it is read',
  )
  const again = await enter(email, { code: now })
  assert.deepEqual([again.status, again.headers.get('set-cookie')], [401, null], 'replayed')
  assert.equal((await enter(email, { code: codeOf(secret, 1, began) })).status, 401, 'older than the last')
  assert.equal(await enterAtOnce(-1), 200, 'a clock that runs ahead')
  await forget(member)
  assert.equal(await enterAtOnce(1), 200, 'a clock that is late')
  await forget(member)
  for (const off of [-2, 2]) assert.equal(await enterAtOnce(off), 401)
})

test('the same code in several requests at once lets in once', async () => {
  const { email } = await withPassword('linh')
  const { app } = await setUp(email)
  const code = codeOf(app?.secret ?? '')
  const answers = await Promise.all([1, 2, 3].map(() => enter(email, { code })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
})

test('guessing codes stops after ten, although the password was right each time', async () => {
  const { email } = await withPassword('weiling')
  const { app } = await setUp(email)
  for (let i = 0; i < 10; i++) assert.equal((await enter(email, { code: '000000' })).status, 401)
  const stopped = await enter(email, { code: codeOf(app?.secret ?? '') })
  assert.equal(stopped.status, 429)
})

test('a wrong password learns nothing of codes; what is no code is refused by name', async () => {
  const { email } = await withPassword('farid')
  const wrong = { email, signIn: 'Q'.repeat(43) }
  const answers = [
    await nobody<Said>('POST', '/api/signin/password', { body: wrong }),
    await nobody<Said>('POST', '/api/signin/password', { body: { ...wrong, code: '123456' } }),
    await nobody<Said>('POST', '/api/signin/password/code', { body: wrong }),
    await nobody<Said>('POST', '/api/signin/password/code', {
      body: { ...wrong, email: 'nobody@test.example' },
    }),
  ]
  for (const answer of answers) assert.deepEqual([answer.status, answer.body], [401, answers[0]?.body])
  for (const code of ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦']) {
    const answer = await enter(email, { code })
    assert.equal(answer.status, 422, code)
    assert.match(answer.body.message ?? '', /^code/)
  }
})

test('with password and code one changes one’s own key, unless it opens RED; acting on others’ keys wants a passkey', async () => {
  const { email } = await withPassword('farid')
  const { app } = await setUp(email)
  const { key, proofKey } = newProofKey()
  const entered = await enter(email, { code: codeOf(app?.secret ?? ''), proofKey })
  assert.equal(entered.status, 200, JSON.stringify(entered.body))
  const { ask } = followed(house, entered.headers, key)
  const own = [
    () => ask<Said>('GET', '/api/keys/wraps'),
    () => ask<Said>('POST', '/api/keys/rotation'),
    () => ask<Said>('POST', '/api/recovery/shares'),
  ]
  const answers = async () => {
    const all = await Promise.all(own.map((it) => it()))
    return all.map(({ status, body, headers }) => [status, body.code, headers.get('firebreak-proof-by')])
  }
  // the bodies of the second and the third are looked at: the proof was enough
  assert.deepEqual(await answers(), [
    [200, undefined, null],
    [422, 'invalid', null],
    [422, 'invalid', null],
  ])
  const others = await ask<Said>('POST', `/api/recovery/asks/${newId()}/help`)
  assert.match(others.body.message ?? '', /^changing keys needs a proof with a passkey/)
  await filedReport(house.people.farid, { tlp: 'RED' })
  assert.deepEqual(await answers(), Array(3).fill([403, 'step_up_needed', 'passkey']))
})

test('a password with its code proves what needs any proof; RED, keys and members still want a passkey', async () => {
  const { email } = await withPassword('helen')
  const { app } = await setUp(email)
  const { key, proofKey } = newProofKey()
  const code = codeOf(app?.secret ?? '')
  const entered = await enter(email, { code, proofKey })
  const { ask } = followed(house, entered.headers, key)
  const forKeys = await ask<Said>('POST', '/api/keys/statements')
  assert.equal(forKeys.body.code, 'step_up_needed')
  assert.match(forKeys.body.message ?? '', /with a passkey/)
  // the body is looked at, so the proof was enough
  assert.equal((await ask('POST', '/api/passkeys', { body: {} })).status, 422)

  const stale = asker(house.built, await signedIn(house.store, house.people.helen.member, { provenAt: null }))
  const prove = (more: object) =>
    stale<Said>('POST', '/api/signin/proof/password', {
      body: { signIn: SIGN_IN, proofKey: newProofKey().proofKey, ...more },
    })
  assert.equal((await prove({})).body.code, 'step_up_needed')
  assert.equal((await prove({ code })).status, 401, 'used to sign in')
  assert.equal((await prove({ code: codeOf(app?.secret ?? '', -1) })).status, 200)
})

test('an organisation without passwords: neither sign-in nor proof, and nobody joins with one', async () => {
  const { email, member } = await withPassword('priya', 'none')
  assert.equal((await enter(email)).status, 403)
  assert.equal((await enter(email, { code: '123456' })).status, 403)
  const ask = asker(house.built, await signedIn(house.store, member, { provenAt: null }))
  const body = { signIn: SIGN_IN, proofKey: newProofKey().proofKey }
  assert.equal((await ask('POST', '/api/signin/proof/password', { body })).status, 403)
})

test('the rule: a steward allows, anybody of the organisation forbids, nobody else anything, never "alone"', async () => {
  const { mei, daniel, somchai } = house.people
  const rule = (who: typeof mei, org: string, to: string) =>
    who.ask('POST', `/api/orgs/${org}/password-rule`, { body: { rule: to } })
  const now = () =>
    house.store.as({ system: 'setup' }, (db) =>
      db.selectFrom('org').select('password_rule').where('id', '=', daniel.org).executeTakeFirstOrThrow(),
    )
  await ok(rule(mei, daniel.org, 'none'))
  assert.notEqual((await rule(daniel, daniel.org, 'with_code')).status, 200)
  await ok(rule(mei, daniel.org, 'with_code'))
  assert.equal((await now()).password_rule, 'with_code')
  assert.notEqual((await rule(somchai, daniel.org, 'none')).status, 200)
  assert.equal((await rule(mei, daniel.org, 'alone')).status, 422)
  assert.equal((await rule(mei, newId(), 'none')).status, 404)
  await ok(rule(daniel, daniel.org, 'none'))
  assert.equal((await now()).password_rule, 'none')
})

test('a code app that was lost is taken away with a fresh proof; the next sign-in sets up another', async () => {
  const { email, ask, member } = await withPassword('daniel')
  const { app } = await setUp(email)
  const stale = asker(house.built, await signedIn(house.store, member, { provenAt: null }))
  assert.equal((await stale<Said>('POST', '/api/code-app/removal')).body.code, 'step_up_needed')
  await ok(ask('POST', '/api/code-app/removal'))
  assert.equal((await ask('POST', '/api/code-app/removal')).status, 404)
  assert.notEqual((await setUp(email)).app?.secret, app?.secret)
})
