import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import { blind } from '../match/blind.ts'
import { MATCH_EPOCH, tokenInput } from '../match/token.ts'
import { DAILY_BUDGET } from './match-store.ts'
import type { Report } from './shapes.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

interface Evaluated {
  evaluated: string[]
  proof: string
  publicKey: string
  left: number
}

/** The token of an account, as a browser gets it: blinded, evaluated, unblinded, proof checked. */
async function tokensOf(person: Person, accounts: string[]): Promise<string[]> {
  const question = blind(accounts.map((account) => tokenInput('bank_account', account, MATCH_EPOCH)))
  const answer = await ok<Evaluated>(
    person.ask('POST', '/api/match/evaluations', { body: { blinded: question.blinded } }),
  )
  return question.finish(answer, answer.publicKey)
}

const known = async (person: Person, tokens: string[]) =>
  (await ok<{ known: unknown[] }>(person.ask('POST', '/api/match/known', { body: { tokens } }))).known

async function openRequest(by: Person, token: string): Promise<RequestWhole> {
  const report = await filedReport(by, { tokens: [token] })
  const body = freezeRequest({ reportId: report.id, toOrg: house.people.weiling.org, tokens: [token] })
  return ok<RequestWhole>(by.ask('POST', '/api/requests', { body }))
}

test('two members who hold the same account get the same token, and nobody else’s', async () => {
  const { arunee, linh } = house.people
  const [a] = await tokensOf(arunee, ['0011112222'])
  const [b, c] = await tokensOf(linh, ['0011112222', '0011112223'])
  assert.equal(a, b)
  assert.notEqual(a, c)
})

test('known to the network: one open freeze, and nothing on whose; not to its own sender, not once it is over', async () => {
  const { arunee, linh, weiling } = house.people
  const [token = ''] = await tokensOf(arunee, ['0033334444'])
  const request = await openRequest(arunee, token)
  assert.deepEqual(await known(linh, [token, '0'.repeat(64)]), [{ token, openRequests: 1 }])
  assert.deepEqual(await known(arunee, [token]), [])
  await ok(weiling.ask('POST', `/api/requests/${request.id}/refusal`, { body: { text: 'not ours' } }))
  assert.deepEqual(await known(linh, [token]), [])
})

test('a report joins when both sides agree; before that neither learns who the other is', async () => {
  const { arunee, linh, weiling } = house.people
  const [token = ''] = await tokensOf(arunee, ['0055556666'])
  const request = await openRequest(arunee, token)
  const report = await filedReport(linh, { tokens: [token] })
  const offer = { id: newId(), reportId: report.id, token }
  assert.deepEqual(await ok(linh.ask('POST', '/api/corroborations', { body: offer })), { asked: 1 })

  const asSender = await ok<RequestWhole>(arunee.ask('GET', `/api/requests/${request.id}`))
  assert.equal(asSender.offers.length, 1)
  assert.ok(!JSON.stringify(asSender).includes(linh.org), 'the sender does not see who offers')
  assert.equal((await linh.ask('GET', `/api/requests/${request.id}`)).status, 404)
  const asOfferer = await ok<Report>(linh.ask('GET', `/api/reports/${report.id}`))
  assert.deepEqual(
    asOfferer.corroborations.map(({ status, requestId }) => [status, requestId]),
    [['offered', null]],
  )

  const decision = `/api/corroboration-offers/${asSender.offers[0]?.id}/decision`
  assert.equal(
    (await linh.ask('POST', decision, { body: { agree: true } })).status,
    404,
    'not hers to decide',
  )
  assert.deepEqual(await ok(arunee.ask('POST', decision, { body: { agree: true } })), { status: 'agreed' })
  const joined = await ok<RequestWhole>(linh.ask('GET', `/api/requests/${request.id}`))
  assert.equal(joined.as, 'corroborator')
  assert.equal(joined.reportId, null)
  assert.equal(joined.briefingId, null)
  const seenByPolice = await ok<RequestWhole>(weiling.ask('GET', `/api/requests/${request.id}`))
  assert.deepEqual(
    seenByPolice.sources.map((source) => source.orgId),
    [linh.org],
  )
})

test('declined: the other side learns only that', async () => {
  const { arunee, linh } = house.people
  const [token = ''] = await tokensOf(arunee, ['0077778888'])
  const request = await openRequest(arunee, token)
  const report = await filedReport(linh, { tokens: [token] })
  await ok(linh.ask('POST', '/api/corroborations', { body: { id: newId(), reportId: report.id, token } }))
  const { offers } = await ok<RequestWhole>(arunee.ask('GET', `/api/requests/${request.id}`))
  await ok(
    arunee.ask('POST', `/api/corroboration-offers/${offers[0]?.id}/decision`, { body: { agree: false } }),
  )
  const after = await ok<Report>(linh.ask('GET', `/api/reports/${report.id}`))
  assert.deepEqual(
    after.corroborations.map(({ status, requestId }) => [status, requestId]),
    [['declined', null]],
  )
  assert.equal((await linh.ask('GET', `/api/requests/${request.id}`)).status, 404)
})

test('nobody can offer a report that is not theirs, or a token that is not in it', async () => {
  const { arunee, linh } = house.people
  const [token = ''] = await tokensOf(arunee, ['0099990000'])
  const report = await filedReport(arunee, { tokens: [token] })
  const foreign = { id: newId(), reportId: report.id, token }
  assert.equal((await linh.ask('POST', '/api/corroborations', { body: foreign })).status, 404)
  const other = { id: newId(), reportId: report.id, token: '1'.repeat(64) }
  assert.equal((await arunee.ask('POST', '/api/corroborations', { body: other })).status, 404)
})

test('what is not a group element is refused and costs nothing', async () => {
  const { helen } = house.people
  const before = await ok<Evaluated>(
    helen.ask('POST', '/api/match/evaluations', {
      body: { blinded: blind([tokenInput('bank_account', '1234567', MATCH_EPOCH)]).blinded },
    }),
  )
  for (const bad of ['0'.repeat(64), 'f'.repeat(64)]) {
    assert.equal(
      (await helen.ask('POST', '/api/match/evaluations', { body: { blinded: [bad] } })).status,
      422,
    )
  }
  const after = await ok<Evaluated>(
    helen.ask('POST', '/api/match/evaluations', {
      body: { blinded: blind([tokenInput('bank_account', '1234567', MATCH_EPOCH)]).blinded },
    }),
  )
  assert.equal(after.left, before.left - 1)
})

test('the daily budget holds, also when questions come at once', async () => {
  const { priya } = house.people
  const one = blind([tokenInput('bank_account', '7700000', MATCH_EPOCH)])
  await ok(priya.ask('POST', '/api/match/evaluations', { body: { blinded: one.blinded } }))
  const spent = DAILY_BUDGET - 25
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.match_use set used = $1 where org_id = $2', [spent, priya.org]),
  )
  const ten = Array.from({ length: 10 }, (_, i) => tokenInput('bank_account', `77${i}00000`, MATCH_EPOCH))
  const { blinded } = blind(ten)
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      priya.ask<Evaluated>('POST', '/api/match/evaluations', { body: { blinded } }),
    ),
  )
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 200, 429, 429, 429])
  const taken = answers.filter((answer) => answer.status === 200)
  assert.equal(Math.min(...taken.map((answer) => answer.body.left)), 5)
})

test('while identifiers are evaluated, no connection waits; the same key twice costs once', async (t) => {
  const narrow = await testHouse({ poolSize: 1 })
  try {
    const { arunee, ploy } = narrow.people
    await ok(ploy.ask('GET', '/api/drafts'))
    const hundred = Array.from({ length: 100 }, (_, i) =>
      tokenInput('bank_account', `990000${i}`, MATCH_EPOCH),
    )
    const { blinded } = blind(hundred)
    const key = newId()
    // the thread hears of it once another question was answered: on the one connection that there is
    const evaluating = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    const { postMessage } = Worker.prototype
    const held = t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, it: unknown) {
      evaluating.resolve()
      void answered.promise.then(() => postMessage.call(this, it))
    })
    const evaluation = arunee.ask<Evaluated>('POST', '/api/match/evaluations', { body: { blinded }, key })
    await evaluating.promise
    await ok(ploy.ask('GET', '/api/reports'))
    answered.resolve()
    held.mock.restore()
    const first = await ok<Evaluated>(evaluation)
    await asAdmin(narrow.adminUrl, (admin) => admin.query('update firebreak.match_use set used = 500'))
    const again = await ok<Evaluated>(
      arunee.ask('POST', '/api/match/evaluations', { body: { blinded }, key }),
    )
    assert.deepEqual(again, first)
    const more = await arunee.ask('POST', '/api/match/evaluations', { body: { blinded } })
    assert.equal(more.status, 429)
  } finally {
    await narrow.close()
  }
})
