import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { asker, type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { contextOf } from '../../test/sharing.ts'
import { buildHouse } from '../house.ts'
import { connect, sql } from '../store/open.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 8 })
})
after(() => house.close())

const ask = (who: Person['ask'], email: string, path = '/api/recipients/person') =>
  who<{ person?: { memberId: string } | null; code?: string; message?: string }>('POST', path, {
    body: { email },
  })

const admin = (text: string, values: unknown[] = []) =>
  asAdmin(house.adminUrl, async (db) => (await db.query(text, values)).rows)

/** As if `used` look-ups had been made, `day` days from today. */
const set = (holder: string, day: string, used: number) =>
  admin(
    `insert into firebreak.look_up_use values ($1, (now() at time zone 'utc')::date + $2::int, $3)
     on conflict (holder) do update set day = excluded.day, used = excluded.used`,
    [holder, day, used],
  )

/** What the log holds of one act by somebody. */
const logged = (act: string, who: Person) =>
  admin('select detail from firebreak.audit_entry where act = $1 and actor_id = $2', [act, who.member])

test('an address nobody has, and that of somebody who left or is suspended, get one answer', async () => {
  const { helen, linh, farid } = house.people
  await admin('update firebreak.member set left_at = now() where id = $1', [linh.member])
  await admin('update firebreak.member set suspended_at = now() where id = $1', [farid.member])
  const answers = []
  for (const email of ['nobody@test.example', 'linh@test.example', 'farid@test.example']) {
    const { status, body, headers } = await ask(helen.ask, email)
    answers.push(
      JSON.stringify([status, body, [...headers].filter(([name]) => !/nonce|security/.test(name))]),
    )
  }
  await admin('update firebreak.member set left_at = null, suspended_at = null')
  assert.equal(new Set(answers).size, 1, answers.join('\n'))
  assert.equal((await ask(helen.ask, 'Linh@test.example')).body.person?.memberId, linh.member)
})

test('forty look-ups at the same moment, ten were made before: twenty are answered, twenty are refused, the log has each', async () => {
  const { arunee, weiling } = house.people
  await set(arunee.member, '1', 10) // tomorrow's, so that no midnight falls between
  const all = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      ask(
        arunee.ask,
        n % 2 === 0 ? 'weiling@test.example' : `try${n}@test.example`,
        n < 35 ? undefined : '/api/recovery/officers',
      ),
    ),
  )
  const refused = all.filter((it) => it.status === 429)
  assert.deepEqual([all.filter((it) => it.status === 200).length, refused.length], [20, 20])
  for (const { body } of refused) {
    assert.equal(body.code, 'too_many')
    assert.match(
      body.message ?? '',
      /^you have looked for people by address 30 times today; the count starts again/,
    )
  }
  assert.equal((await logged('person.looked_up', arunee)).length, 20)
  assert.deepEqual(
    await logged('person.look_up_refused', arunee),
    Array(20).fill({ detail: { whose: 'mine', most: 30 } }),
  )
  const known = await ask(arunee.ask, 'weiling@test.example')
  const unknown = await ask(arunee.ask, 'nobody@test.example')
  assert.deepEqual(
    [known.status, known.body],
    [unknown.status, unknown.body],
    'used up is used up, for any address',
  )
  assert.equal(
    (await ask(weiling.ask, 'arunee@test.example')).body.person?.memberId,
    arunee.member,
    'others go on',
  )
})

test('a refusal that is repeated under its key is the same refusal, and stands in the log once', async () => {
  const { arunee } = house.people
  const before = (await logged('person.look_up_refused', arunee)).length
  const it = { body: { email: 'again@test.example' }, key: 'k'.repeat(30) }
  const first = await arunee.ask('POST', '/api/recipients/person', it)
  const again = await arunee.ask('POST', '/api/recipients/person', it)
  assert.deepEqual([first.status, again.status, again.body], [429, 429, first.body])
  assert.equal((await logged('person.look_up_refused', arunee)).length, before + 1)
})

test('another process, started later on the same database, knows what was used; so does bare SQL', async () => {
  const { arunee } = house.people
  const { roles, secrets, where } = house.store
  const store = connect({ appUrl: house.appUrl, roles, secrets, where, poolSize: 2, cluster: null })
  const built = await buildHouse({ store, network: 'Test network', origin: null, demo: null, say: () => {} })
  try {
    assert.equal((await ask(asker(built, arunee.token), 'weiling@test.example')).status, 429)
  } finally {
    await built.close()
    await store.close()
  }
  const rows = await house.store.as(contextOf(arunee), async (db) => {
    const found =
      await sql`select spent, member_id from firebreak.person_by_email('weiling@test.example')`.execute(db)
    return found.rows
  })
  assert.deepEqual(rows, [{ spent: 'mine', member_id: null }])
  await assert.rejects(
    house.store.as(contextOf(arunee), (db) => sql`update firebreak.look_up_use set used = 1`.execute(db)),
    /permission denied/,
  )
})

test('colleagues together have one budget; the next day it is whole again, and a clock set back gives nothing', async () => {
  const { ploy, priya } = house.people
  await set(ploy.org, '0', 100)
  const spent = await ask(ploy.ask, 'weiling@test.example')
  assert.equal(spent.status, 429)
  assert.match(
    spent.body.message ?? '',
    /^your organisation has looked for people by address 100 times today/,
  )
  await set(ploy.org, '-1', 100)
  assert.equal((await ask(ploy.ask, 'weiling@test.example')).status, 200)
  await set(priya.member, '1', 30)
  assert.equal((await ask(priya.ask, 'weiling@test.example', '/api/recovery/officers')).status, 429)
})
