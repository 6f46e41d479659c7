import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { generateKeyPairSync } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { newDevice, signedBy } from '../../test/authenticator.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { type Challenge, givePasskey } from '../../test/passkeys.ts'
import { newId } from '../core/ids.ts'
import { newSalt } from '../seal/password.ts'
import { hashSignIn } from './passwords.ts'

// T10: nobody learns at the door whether somebody is known. Answers are compared, and the steps that cost time: statements of the
// database in their order, and runs of Argon2id and of signature checks. The clock is left to bench/signin.

let house: TestHouse
let nobody: ReturnType<typeof asker>
before(async () => {
  house = await testHouse()
  nobody = asker(house.built, null)
})
after(() => house.close())

interface Cost {
  readonly status: number
  readonly body: string
  readonly headers: string
  readonly steps: readonly string[]
}

/** The steps of the request that runs: what the house does by itself meanwhile is none of it. */
const running = new AsyncLocalStorage<string[]>()
const step = (it: string) => running.getStore()?.push(it)
const { query } = pg.Client.prototype
const { verify } = crypto.subtle
const hashed = () => void step('argon2')
before(() => {
  subscribe('firebreak.argon2', hashed)
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }]
    step(typeof first === 'string' ? first.replace(/'[^']*'/g, '?') : first.text)
    return Reflect.apply(query, this, args)
  } as typeof query
  crypto.subtle.verify = (...args) => {
    step('signature')
    return Reflect.apply(verify, crypto.subtle, args)
  }
})
after(() => {
  unsubscribe('firebreak.argon2', hashed)
  pg.Client.prototype.query = query
  crypto.subtle.verify = verify
})

/** What an act answers and which costly steps it took. */
async function costOf(path: string, body: unknown): Promise<Cost> {
  const steps: string[] = []
  const answer = await running.run(steps, () => nobody<Record<string, unknown>>('POST', path, { body }))
  const kept = [...answer.headers].filter(([name]) => name !== 'content-security-policy')
  return { status: answer.status, body: JSON.stringify(answer.body), headers: JSON.stringify(kept), steps }
}

const admin = (text: string, values: unknown[] = []) =>
  asAdmin(house.adminUrl, (db) => db.query(text, values).then(() => undefined))

/** Alike: known with a password, without one, gone, suspended, and nobody. */
async function addresses(): Promise<Record<string, string>> {
  const { arunee, ploy, linh, farid } = house.people
  const hash = await hashSignIn('A'.repeat(43))
  for (const { member } of [arunee, linh, farid])
    await admin('insert into firebreak.password values ($1, $2, $3) on conflict do nothing', [
      member,
      newSalt(),
      hash,
    ])
  await admin('update firebreak.member set left_at = now() where id = $1', [linh.member])
  await admin('update firebreak.member set suspended_at = now() where id = $1', [farid.member])
  assert.ok(ploy.member)
  return {
    known: 'arunee@test.example',
    'without a password': 'ploy@test.example',
    gone: 'linh@test.example',
    suspended: 'farid@test.example',
    nobody: 'nobody@test.example',
  }
}

test('a wrong password costs the same steps and says the same, whoever it is for; so does asking for a code app', async () => {
  const all = Object.entries(await addresses())
  for (const path of ['/api/signin/password', '/api/signin/password/code']) {
    const costs = []
    for (const [, email] of all) costs.push(await costOf(path, { email, signIn: 'B'.repeat(43) }))
    const [known] = costs
    assert.equal(known?.status, 401)
    assert.equal(known.steps.filter((it) => it === 'argon2').length, 1, known.steps.join('\n'))
    assert.ok(known.steps.some((it) => /password_at/.test(it)))
    for (const [n, cost] of costs.entries()) assert.deepEqual(cost, known, all[n]?.[0])
  }
})

test('the salt of nobody takes the same statements as that of somebody, has the same shape and stays the same', async () => {
  const { known = '', nobody: none = '' } = await addresses()
  const [first, second, again] = [
    await costOf('/api/signin/password/salt', { email: known }),
    await costOf('/api/signin/password/salt', { email: none }),
    await costOf('/api/signin/password/salt', { email: none }),
  ]
  assert.deepEqual([second.status, second.headers, second.steps], [first.status, first.headers, first.steps])
  assert.equal(second.body.length, first.body.length)
  assert.notEqual(second.body, first.body)
  assert.equal(again.body, second.body)
})

test('a passkey that somebody has, wrongly signed, is refused by the same steps as one that nobody has', async () => {
  const { arunee, weiling } = house.people
  const held = await givePasskey(house, arunee.member)
  const gone = await givePasskey(house, weiling.member)
  await admin('update firebreak.member set left_at = now() where id = $1', [weiling.member])
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const handle = (member: string) => Buffer.from(member).toString('base64url')
  const tries = {
    held: signedWith(held.credentialId),
    'held, and said to be another’s': signedWith(held.credentialId, handle(newId())),
    'held, and said to be hers': signedWith(held.credentialId, handle(arunee.member)),
    'of somebody who left': signedWith(gone.credentialId, handle(weiling.member)),
    nobody: signedWith(newDevice().credentialId),
    'nobody, with a name': signedWith(newDevice().credentialId, handle(newId())),
  }
  function signedWith(credentialId: string, userHandle?: string) {
    return (challenge: string) =>
      signedBy(newDevice(), challenge, {
        credentialId,
        signedBy: stranger,
        ...(userHandle ? { userHandle } : {}),
      })
  }
  let first: Cost | null = null
  for (const [name, answer] of Object.entries(tries)) {
    const { challengeId, options } = await ok<Challenge>(nobody('POST', '/api/signin/passkey/options'))
    const cost = await costOf('/api/signin/passkey', { challengeId, response: answer(options.challenge) })
    assert.equal(cost.status, 401)
    assert.equal(cost.steps.filter((it) => it === 'signature').length, 1, `${name}: ${cost.steps.join('\n')}`)
    first ??= cost
    assert.deepEqual(cost, first, name)
  }
  await admin('update firebreak.member set left_at = null where id = $1', [weiling.member])
})
