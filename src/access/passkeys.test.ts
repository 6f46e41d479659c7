import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newDevice, registered, signedBy } from '../../test/authenticator.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type PersonName, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { type Challenge, givePasskey } from '../../test/passkeys.ts'
import { newId } from '../core/ids.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

interface List {
  readonly passkeys: readonly {
    readonly credentialId: string
    readonly name: string
    readonly usedAt: string | null
    readonly opensKey: boolean
  }[]
}
/** A member with a passkey, whose organisation wants no passwords. */
async function withOne(name: PersonName) {
  const person = house.people[name]
  const device = await givePasskey(house, person.member)
  await house.store.as({ system: 'setup' }, (db) =>
    db.updateTable('org').set({ password_rule: 'none' }).where('id', '=', person.org).execute(),
  )
  return { ...person, device }
}
const options = (ask: ReturnType<typeof asker>) => ok<Challenge>(ask('POST', '/api/passkeys/options'))
const bodyOf = (challengeId: string, response: unknown, more = {}) => ({
  ...{ challengeId, response, name: 'Telephone', wrap: { id: newId(), wrapped: 'the key, wrapped' } },
  ...more,
})
const list = (ask: ReturnType<typeof asker>) => ok<List>(ask('GET', '/api/passkeys'))

test('a second passkey: made, named, with the key wrapped for it; it signs in; the first one goes, and its key', async () => {
  const { ask, device, member } = await withOne('arunee')
  const second = newDevice()
  const made = await options(ask)
  const has = (made.options as unknown as { excludeCredentials: { id: string }[] }).excludeCredentials
  assert.deepEqual(
    has.map(({ id }) => id),
    [device.credentialId],
  )
  const body = bodyOf(made.challengeId, registered(second, made.options.challenge))
  const { passkeys } = await ok<List>(ask('POST', '/api/passkeys', { body }))
  assert.deepEqual(
    passkeys.map(({ name, opensKey }) => [name, opensKey]),
    [
      ['Passkey', false],
      ['Telephone', true],
    ],
  )
  const nobody = asker(house.built, null)
  const challenge = await ok<Challenge>(nobody('POST', '/api/signin/passkey/options'))
  const response = signedBy(second, challenge.options.challenge)
  const { wraps } = await ok<{ wraps: { credentialId: string }[] }>(
    nobody('POST', '/api/signin/passkey', { body: { challengeId: challenge.challengeId, response } }),
  )
  assert.ok(wraps.some(({ credentialId }) => credentialId === second.credentialId))
  const named = await ok<List>(
    ask('POST', `/api/passkeys/${second.credentialId}/name`, { body: { name: '  โทรศัพท์ ' } }),
  )
  assert.equal(named.passkeys.at(-1)?.name, 'โทรศัพท์')
  assert.ok(named.passkeys.at(-1)?.usedAt)

  const elsewhere = asker(house.built, await signIn(house.store, member))
  assert.equal((await elsewhere('GET', '/api/me')).status, 200)
  const rest = await ok<List>(ask('POST', `/api/passkeys/${device.credentialId}/removal`))
  assert.deepEqual(
    rest.passkeys.map(({ credentialId }) => credentialId),
    [second.credentialId],
  )
  await new Promise((done) => setTimeout(done, 1_050))
  assert.equal((await elsewhere('GET', '/api/me')).status, 401, 'whoever has it may be signed in somewhere')
  const last = await ask<{ message: string }>('POST', `/api/passkeys/${second.credentialId}/removal`)
  assert.equal(last.status, 409)
  assert.match(last.body.message, /last way in/)
})

test('two removals at once leave one passkey', async () => {
  const { ask, device, member } = await withOne('linh')
  const other = await givePasskey(house, member)
  const answers = await Promise.all(
    [device, other].map(({ credentialId }) => ask('POST', `/api/passkeys/${credentialId}/removal`)),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await list(ask)).passkeys.length, 1)
})

test('another’s passkey and one of nobody: the same answer; a challenge of another’s makes none', async () => {
  const [weiling, helen] = [await withOne('weiling'), await withOne('helen')]
  for (const act of ['name', 'removal']) {
    const answers = await Promise.all(
      [helen.device.credentialId, newDevice().credentialId].map((id) =>
        weiling.ask('POST', `/api/passkeys/${id}/${act}`, { body: act === 'name' ? { name: 'x' } : {} }),
      ),
    )
    assert.equal(answers[0]?.status, 404)
    assert.deepEqual(answers[0]?.body, answers[1]?.body)
  }
  const made = await options(helen.ask)
  const body = bodyOf(made.challengeId, registered(newDevice(), made.options.challenge))
  assert.equal((await weiling.ask('POST', '/api/passkeys', { body })).status, 401)
  const taken = await options(weiling.ask)
  const copied = registered(newDevice(), taken.options.challenge, { credentialId: helen.device.credentialId })
  const clash = await weiling.ask('POST', '/api/passkeys', { body: bodyOf(taken.challengeId, copied) })
  assert.equal(clash.status, 409)
})

test('without a fresh proof nothing is added or removed, by route or in bare SQL', async () => {
  const { member, org, device } = await withOne('priya')
  const stale = asker(house.built, await signIn(house.store, member, { provenAt: null }))
  const made = await options(stale)
  const body = bodyOf(made.challengeId, registered(newDevice(), made.options.challenge))
  for (const answer of [
    await stale('POST', '/api/passkeys', { body }),
    await stale('POST', `/api/passkeys/${device.credentialId}/removal`),
  ])
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [403, 'step_up_needed'])
  const context = { member, org, role: 'fraud_desk', session: 's' } as const
  await assert.rejects(
    house.store.as(context, (db) => db.deleteFrom('passkey').where('member_id', '=', member).execute()),
    { code: 'FB499' },
  )
  await assert.rejects(
    house.store.as(context, (db) =>
      db
        .insertInto('key_wrap')
        .values({ id: newId(), member_id: member, kind: 'recovery', credential_id: null, wrapped: 'x' })
        .execute(),
    ),
    { code: 'FB499' },
  )
})

test('a name that is empty, or longer than a label, is refused by name', async () => {
  const { ask, device } = await withOne('somchai')
  for (const name of ['', '   ', 'x'.repeat(61)]) {
    const answer = await ask<{ message: string }>('POST', `/api/passkeys/${device.credentialId}/name`, {
      body: { name },
    })
    assert.equal(answer.status, 422)
    assert.match(answer.body.message, /^name/)
  }
})
