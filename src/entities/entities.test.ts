import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type TestHouse, testHouse } from '../../test/house.ts'
import type { FactKind } from '../core/fact.ts'
import { toEntity } from './ftm.ts'

const fact = (kind: FactKind, normal: string, system: string | null = null) => ({
  kind,
  normal,
  country: 'SG',
  system,
})

test('facts become FollowTheMoney entities; what only describes becomes none', () => {
  const cases: [ReturnType<typeof fact>, string | null, Record<string, string[]>?][] = [
    [
      fact('bank_account', '0012345678', 'Harbour Bank'),
      'BankAccount',
      { accountNumber: ['0012345678'], bankName: ['Harbour Bank'], country: ['sg'] },
    ],
    [
      fact('handle', 'telegram:@desk'),
      'UserAccount',
      { service: ['telegram'], username: ['desk'], country: ['sg'] },
    ],
    [
      fact('crypto_address', 'TXYZ', 'TRON'),
      'CryptoWallet',
      { publicKey: ['TXYZ'], currencySymbol: ['TRON'], country: ['sg'] },
    ],
    [fact('date', '2026-11-21'), null],
    [fact('place', 'Thailand'), null],
  ]
  for (const [it, schema, properties] of cases) {
    const entity = toEntity(it)
    assert.equal(entity?.schema ?? null, schema)
    if (properties) assert.deepEqual(entity?.properties, properties)
  }
})

test('the same account is the same entity whichever bank name stands beside it; another account is another', () => {
  const ids = [fact('bank_account', '1'), fact('bank_account', '1', 'X'), fact('bank_account', '2')].map(
    (it) => toEntity(it)?.id,
  )
  assert.equal(ids[0], ids[1])
  assert.notEqual(ids[0], ids[2])
})

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

test('an account is found in the requests one takes part in, once, and nowhere else', async () => {
  const { arunee, weiling, linh, mei } = house.people
  const report = await filedReport(arunee)
  for (let i = 0; i < 2; i++) {
    await ok(
      arunee.ask('POST', '/api/requests', {
        body: freezeRequest({ reportId: report.id, toOrg: weiling.org }),
      }),
    )
  }
  const look = (person: typeof arunee, q: string) =>
    ok<{ entities: { caption: string; requests: unknown[] }[] }>(person.ask('GET', `/api/entities?q=${q}`))
  for (const person of [arunee, weiling]) {
    const { entities } = await look(person, '12345')
    assert.deepEqual(
      entities.map((it) => [it.caption, it.requests.length]),
      [['0012345678', 2]],
    )
  }
  assert.deepEqual(await look(linh, '12345'), { entities: [] })
  assert.deepEqual(await look(arunee, '%25%25%25'), { entities: [] })
  assert.equal((await arunee.ask('GET', '/api/entities?q=1')).status, 422)
  assert.equal((await mei.ask('GET', '/api/entities?q=123')).status, 403)
})
