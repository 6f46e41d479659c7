import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import type { BooksRuled } from './books-rule.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

const rule = (who: Person, to: string) =>
  who.ask<BooksRuled & { code: string }>('POST', '/api/books-rule', { body: { rule: to } })
const ruled = async (who: Person) => (await who.ask<BooksRuled>('GET', '/api/books-rule')).body

const admin = (sql: string) => asAdmin(house.adminUrl, (db) => db.query<{ rule: string }>(sql))

const CSV =
  'transaction_id,booked_at,amount,currency,payer_account,payee_account\n1,2026-03-01,5.00,EUR,a,b\n'
const screened = (who: Person) =>
  who.ask<{ rows: number; code: string; message: string }>('POST', '/api/ledger/screenings', {
    octets: Buffer.from(`${JSON.stringify({ files: [{ name: 'tx.csv', bytes: CSV.length }] })}\n${CSV}`),
  })

test('an organisation that has ruled so sends no book, however it is asked, and no other is touched', async () => {
  const { priya, somchai } = house.people
  assert.deepEqual(await ruled(priya), { rule: 'asked', lift: null })
  assert.equal((await screened(priya)).body.rows, 1)
  assert.equal((await rule(priya, 'here')).body.rule, 'here')
  const refused = await screened(priya)
  assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  assert.match(refused.body.message, /never leave your device/)
  assert.equal((await ruled(somchai)).rule, 'asked')
  assert.equal((await screened(somchai)).body.rows, 1)
  assert.equal((await rule(priya, 'sometimes')).status, 422)
})

test('a book that is on its way when it is ruled is not judged any more', async () => {
  const { somchai } = house.people
  const begun = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  const head = JSON.stringify({ files: [{ name: 'tx.csv', bytes: CSV.length }] })
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      begun.resolve()
      await rest.promise
      to.enqueue(Buffer.from(`${head}\n${CSV}`))
      to.close()
    },
  })
  const answer = house.built.app.request('/api/ledger/screenings', {
    method: 'POST',
    body,
    duplex: 'half',
    headers: {
      ...{ host: 'localhost:8080', cookie: `firebreak-on-this-computer=${somchai.token}` },
      ...{ 'content-type': 'application/octet-stream', 'idempotency-key': newId() },
    },
  } as RequestInit)
  // it was asked once already, and waits for the book
  for (let stage = null; stage === null; )
    stage = (await somchai.ask<{ stage: object | null }>('GET', '/api/ledger/screenings/mine')).body
      .stage as null
  await rule(somchai, 'here')
  rest.resolve()
  const refused = await answer
  assert.equal(refused.status, 403)
  assert.match(await refused.text(), /never leave your device/)
})

test('one of them forbids; two of them take it back; whoever asked does not agree to it', async () => {
  const { arunee, ploy, linh } = house.people
  await rule(arunee, 'here')
  const asked = (await rule(arunee, 'asked')).body
  assert.deepEqual([asked.rule, asked.lift?.mine], ['here', true])
  assert.deepEqual([(await rule(arunee, 'asked')).body.rule, (await ruled(ploy)).rule], ['here', 'here'])
  assert.deepEqual((await ruled(ploy)).lift?.mine, false)
  // another organisation's person is no second person
  assert.equal((await rule(linh, 'asked')).body.rule, 'asked')
  assert.equal((await ruled(arunee)).rule, 'here')
  assert.deepEqual((await rule(ploy, 'asked')).body, { rule: 'asked', lift: null })
  assert.equal((await ruled(arunee)).rule, 'asked')
})

test('asking is forgotten when the rule is said again, and after a week', async () => {
  const { arunee, ploy } = house.people
  await rule(arunee, 'here')
  await rule(arunee, 'asked')
  assert.deepEqual((await rule(ploy, 'here')).body, { rule: 'here', lift: null })
  await rule(arunee, 'asked')
  await admin(
    `update firebreak.org set books_lift_at = books_lift_at - interval '8 days' where books_lift_at is not null`,
  )
  assert.equal((await ruled(ploy)).lift, null)
  const again = (await rule(ploy, 'asked')).body
  assert.deepEqual([again.rule, again.lift?.mine], ['here', true])
})

test('the log says who ruled what, and the house itself cannot be asked to rule', async () => {
  const { priya } = house.people
  const { rows } = await admin(
    `select detail->>'rule' as rule from firebreak.audit_entry where act = 'org.books_ruled' order by at`,
  )
  assert.deepEqual(
    rows.map((it) => it.rule),
    [
      'here',
      'here',
      'here',
      'lift_asked',
      'lift_asked',
      'asked',
      'asked',
      'here',
      'lift_asked',
      'here',
      'lift_asked',
      'lift_asked',
    ],
  )
  await assert.rejects(
    house.store.as({ system: 'clock' }, (db) => db.updateTable('org').set({ books_rule: 'asked' }).execute()),
  )
  await assert.rejects(
    house.store.as({ member: priya.member, org: priya.org, role: priya.role, session: 's' }, (db) =>
      db.updateTable('org').set({ books_rule: 'asked' }).where('id', '=', priya.org).execute(),
    ),
  )
})
