import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { connect, providerNew, redirectUri, registered, signInAt, visitor } from '../../test/at-provider.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type Person, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { type TestProvider, testProvider } from '../../test/provider.ts'
import { contextOf } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import { type Db, sql } from '../store/open.ts'
import type { ProviderList } from './shapes.ts'

// Who may register an organisation's own sign-in, who sees it, and what lies where.

type Providers = (typeof ProviderList)['_output']
type Said = { code?: string; message?: string }
let provider: TestProvider
let house: TestHouse
before(async () => {
  provider = await testProvider()
  house = await testHouse({ providersInside: [provider.host] })
})
after(async () => {
  await house?.close()
  await provider?.close()
})

const ask = async (by: Person, it: Record<string, unknown> & { orgId: string }) => {
  const body = providerNew(provider, it)
  return { id: body.id, ...(await by.ask<Providers & Said>('POST', '/api/identity-providers', { body })) }
}
const confirm = (by: Person, id: string) => by.ask<Said>('POST', `/api/identity-providers/${id}/confirmation`)

test('one of the organisation asks, a steward confirms; or a steward asks, and one of it confirms', async () => {
  const { arunee, ploy, linh, mei } = house.people
  const asked = await ask(arunee, { orgId: arunee.org })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  assert.equal(asked.body.providers[0]?.state, 'asked')
  assert.equal(asked.body.providers[0]?.mayConfirm, false)
  // before that it lets nobody in, and nobody connects
  const word = asked.body.providers[0]?.word ?? ''
  const early = await visitor(house).ask<Said>('/api/signin/organisation/begin', { word })
  assert.equal(early.status, 404)
  assert.equal((await connect(arunee, asked.id)).status, 404)

  assert.equal((await confirm(arunee, asked.id)).status, 403, 'not who asked')
  assert.equal((await confirm(ploy, asked.id)).status, 403, 'not a colleague')
  const stranger = await confirm(linh, asked.id)
  assert.deepEqual([stranger.status, stranger.body], [404, (await confirm(linh, newId())).body])
  assert.equal((await confirm(mei, asked.id)).status, 200)
  assert.equal((await confirm(mei, asked.id)).status, 409, 'once')

  const byMei = await ask(mei, { orgId: linh.org, emailDomains: ['viet.example'] })
  assert.equal(byMei.status, 200)
  assert.equal((await confirm(mei, byMei.id)).status, 403)
  assert.equal((await confirm(arunee, byMei.id)).status, 404)
  assert.equal((await confirm(linh, byMei.id)).status, 200)

  const foreign = await ask(arunee, { orgId: linh.org })
  assert.equal(foreign.status, 404)
})

test('two memberships of one person are one person', async () => {
  const { farid, mei } = house.people
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.member set person_id = 'one' where id in ($1, $2)`, [
      farid.member,
      mei.member,
    ]),
  )
  const asked = await ask(farid, { orgId: farid.org })
  assert.equal((await confirm(mei, asked.id)).status, 403)
  await asAdmin(house.adminUrl, (admin) => admin.query(`update firebreak.member set person_id = null`))
  assert.equal((await confirm(mei, asked.id)).status, 200)
})

test('asking, confirming, replacing and ending each want a fresh passkey, also of the database', async () => {
  const { helen, mei } = house.people
  const asked = await ask(helen, { orgId: helen.org })
  const old = asker(house.built, await signIn(house.store, helen.member, { provenAt: null }))
  const oldMei = asker(house.built, await signIn(house.store, mei.member, { provenAt: null }))
  const body = providerNew(provider, { orgId: helen.org })
  const before = provider.asked.length
  for (const answer of [
    await old<Said>('POST', '/api/identity-providers', { body }),
    await oldMei<Said>('POST', `/api/identity-providers/${asked.id}/confirmation`),
    await old<Said>('POST', `/api/identity-providers/${asked.id}/secret`, { body: { secret: 's' } }),
    await old<Said>('POST', `/api/identity-providers/${asked.id}/end`),
  ])
    assert.equal(answer.body.code, 'step_up_needed')
  assert.equal(provider.asked.length, before)
  for (const call of [
    sql`select firebreak.confirm_provider(${asked.id})`,
    sql`select firebreak.end_provider(${asked.id})`,
    sql`select firebreak.set_provider_secret(${asked.id}, ${Buffer.alloc(40)})`,
  ])
    for (const who of [helen, mei])
      await assert.rejects(house.store.as(contextOf(who, 'old'), (db) => call.execute(db)))
})

test('a request that waited for two weeks, or of somebody who was suspended, is not confirmed', async () => {
  const { priya, mei } = house.people
  const asked = await ask(priya, { orgId: priya.org })
  const age = (days: number) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query(
        `update firebreak.identity_provider set asked_at = now() - make_interval(days => $1) where id = $2`,
        [days, asked.id],
      ),
    )
  await age(15)
  assert.equal((await confirm(mei, asked.id)).status, 409)
  await age(1)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.member set suspended_at = now() where id = $1`, [priya.member]),
  )
  assert.match((await confirm(mei, asked.id)).body.message ?? '', /may not act any more/)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.member set suspended_at = null where id = $1`, [priya.member]),
  )
})

test('what is asked for is looked at: the provider must be there and be itself, and say who is of the organisation', async () => {
  const { arunee } = house.people
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ issuer: 'http://login.example' }, /not https/],
    [{ issuer: 'https://10.0.0.7/realms/x' }, /inside a private network/],
    [{ issuer: 'https://[::1]:9/' }, /inside a private network/],
    [{ issuer: 'https://169.254.169.254/' }, /inside a private network/],
    [{ issuer: 'https://user:pw@login.example/' }, /user name/],
    [{ issuer: 'file:///etc/passwd' }, /https/],
    [{ issuer: `${provider.issuer}/another` }, /error|elsewhere/],
    [{ emailDomains: [], claim: null }, /domain or by a claim/],
    [{ emailDomains: ['not a domain'] }, /not a domain/],
    [{ emailDomains: ['ธนาคาร.example'] }, /not a domain/],
    [{ method: 'key', secret: 'x' }, /secret goes with/],
    [{ secret: null }, /secret goes with/],
    [{ maxAgeMinutes: 0 }, /maxAgeMinutes/],
    [{ word: 'chosen' }, /word/],
    [{ confirmedBy: arunee.member }, /confirmedBy/],
  ]
  for (const [it, said] of cases) {
    const { status, body } = await ask(arunee, { orgId: arunee.org, ...it })
    assert.ok([409, 422].includes(status), `${JSON.stringify(it)}: ${status}`)
    assert.match(body.message ?? '', said, JSON.stringify(it))
  }
})

test('the secret is sealed, is never answered, and can be replaced by the organisation alone', async () => {
  const own = await testProvider()
  const apart = await testHouse({ providersInside: [own.host] })
  try {
    const by = apart.people
    const it = await registered(apart, own)
    await ok(connect(by.arunee, it.id))
    const { rows } = await asAdmin(apart.adminUrl, (admin) =>
      admin.query<{ sealed: Buffer; subject: Buffer }>(
        'select s.sealed, l.subject from firebreak.provider_secret s, firebreak.provider_link l',
      ),
    )
    assert.ok(!rows[0]?.sealed.includes(own.secret))
    const dump = await asAdmin(apart.adminUrl, async (admin) => {
      const tables = [
        'identity_provider',
        'provider_secret',
        'provider_link',
        'provider_trip',
        'answer',
        'audit_entry',
      ]
      const rows: unknown[] = []
      for (const table of tables)
        rows.push((await admin.query(`select to_jsonb(t) as row from firebreak.${table} t`)).rows)
      return JSON.stringify(rows)
    })
    for (const secret of [own.secret, 'user-1', Buffer.from(own.secret).toString('hex')])
      assert.ok(!dump.includes(secret), secret)
    const seen = await ok<Providers>(by.mei.ask('GET', '/api/identity-providers'))
    assert.ok(!JSON.stringify(seen).includes(own.secret))

    own.secret = 'another secret'
    assert.match((await signInAt(apart, it)).body.message ?? '', /does not know this house/)
    const body = { secret: own.secret }
    const path = (id: string) => `/api/identity-providers/${id}/secret`
    for (const stranger of [by.linh, by.mei]) {
      const answer = await stranger.ask<Said>('POST', path(it.id), { body })
      assert.deepEqual(answer.status, (await stranger.ask('POST', path(newId()), { body })).status)
      assert.equal(answer.status, 404)
    }
    await ok(by.ploy.ask('POST', path(it.id), { body }))
    assert.equal((await signInAt(apart, it)).status, 200)
  } finally {
    await apart.close()
    await own.close()
  }
})

test('live: who waits for the second person, and the stewards, are told to look again; nobody else is', async () => {
  const { priya, mei, linh } = house.people
  const client = new pg.Client({ connectionString: house.appUrl })
  const heard: { topic: string; orgs: string[]; members: string[] }[] = []
  await client.connect()
  client.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '{}')))
  await client.query('listen firebreak_live')
  const told = async (work: () => Promise<unknown>) => {
    // what was told before has arrived by then
    await client.query('select 1')
    heard.length = 0
    await work()
    await client.query('select 1')
    const news = heard.filter(({ topic }) => topic === 'network')
    return [new Set(news.flatMap(({ orgs }) => orgs)), new Set(news.flatMap(({ members }) => members))]
  }
  const asked = await ask(priya, { orgId: priya.org })
  const both = [new Set([priya.org, mei.org]), new Set()]
  assert.deepEqual(await told(() => confirm(mei, asked.id)), both)
  provider.redirectUris.push(redirectUri(asked.id))
  provider.user = { ...provider.user, sub: 'user-of-priya' }
  assert.deepEqual(await told(() => ok(connect(priya, asked.id))), [new Set(), new Set([priya.member])])
  assert.deepEqual(await told(() => ok(priya.ask('POST', `/api/identity-providers/${asked.id}/end`))), both)
  assert.ok(![...heard.flatMap(({ orgs }) => orgs)].includes(linh.org))
  await client.end()
})

test('whoever holds the word makes the house ask the provider 300 times an hour at most; who comes in takes nothing of that', async () => {
  const { mei } = house.people
  const own = await testProvider()
  const apart = await testHouse({ providersInside: [own.host] })
  try {
    const it = await registered(apart, own)
    await ok(connect(apart.people.arunee, it.id))
    const set = (used: number, hour = 'now()') =>
      asAdmin(apart.adminUrl, (admin) =>
        admin.query(
          `insert into firebreak.provider_use values ($1, date_trunc('hour', ${hour}), $2)
           on conflict (provider_id) do update set hour = excluded.hour, used = excluded.used`,
          [it.id, used],
        ),
      )
    const used = () =>
      asAdmin(apart.adminUrl, async (admin) => {
        const { rows } = await admin.query<{ used: number }>('select used from firebreak.provider_use')
        return rows[0]?.used
      })
    const begin = () => visitor(apart).ask<Said>('/api/signin/organisation/begin', { word: it.word })
    // an hour that has not come yet, so that none begins while this runs
    const later = "now() + interval '2 hours'"
    await set(290, later)
    assert.equal((await signInAt(apart, it)).status, 200)
    assert.equal(await used(), 290, 'who came in gave theirs back')
    const before = own.described
    const all = await Promise.all(Array.from({ length: 25 }, begin))
    assert.deepEqual([all.filter(({ status }) => status === 200).length, own.described - before], [10, 10])
    const refused = all.filter(({ status }) => status === 429)
    assert.equal(refused.length, 15)
    assert.match(refused[0]?.body.message ?? '', /sign in with your passkey, or try again in the next hour/)
    // it stands in the log, once
    const { entries } = await ok<{ entries: { act: string }[] }>(apart.people.mei.ask('GET', '/api/audit'))
    assert.equal(entries.filter(({ act }) => act === 'provider.ways_spent').length, 1)
    // a member who has proven who they are is not kept from connecting an account
    own.user = { ...own.user, sub: 'user-of-ploy' }
    await ok(connect(apart.people.ploy, it.id))
    // the next hour opens it again
    await set(302, "now() - interval '1 hour'")
    assert.equal((await begin()).status, 200)
    assert.ok(((await used()) ?? 0) <= 1)
    const count = (db: Db) => sql`select firebreak.take_provider_way(${it.id}, 5)`.execute(db)
    await assert.rejects(apart.store.as(contextOf(mei, 'fresh'), count), 'only the door counts')
  } finally {
    await apart.close()
    await own.close()
  }
})

test('ending a provider ends every session that began there, at once; nobody comes in by it again', async () => {
  const { arunee, linh } = house.people
  const it = await registered(house, provider, { emailDomains: ['thai.example'] })
  await ok(connect(arunee, it.id))
  const by = visitor(house)
  assert.equal((await signInAt(house, it, by)).status, 200)
  const session = asker(house.built, by.cookies.get('firebreak-on-this-computer') ?? '')
  const stranger = await linh.ask<Said>('POST', `/api/identity-providers/${it.id}/end`)
  assert.deepEqual(
    stranger.body,
    (await linh.ask<Said>('POST', `/api/identity-providers/${newId()}/end`)).body,
  )
  await ok(house.people.ploy.ask('POST', `/api/identity-providers/${it.id}/end`))
  const { rows } = await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `select 1 from firebreak.session s join firebreak.provider_link l on l.id = s.link_id
       where l.provider_id = $1 and s.ended_at is null`,
      [it.id],
    ),
  )
  assert.equal(rows.length, 0)
  assert.equal((await session('GET', '/api/me')).status, 401)
  const gone = await visitor(house).ask<Said>('/api/signin/organisation/begin', { word: it.word })
  assert.equal(gone.status, 404)
  assert.equal((await arunee.ask('POST', `/api/identity-providers/${it.id}/end`)).status, 409)
})

test('who comes back by a steward’s link with a new key has no connection of before', async () => {
  const { somchai } = house.people
  const it = await registered(house, provider, { by: somchai, emailDomains: ['thai.example'] })
  await ok(connect(somchai, it.id))
  await house.store.as({ system: 'signin' }, async (db) => {
    const count = () =>
      db
        .selectFrom('provider_link')
        .select('id')
        .where('member_id', '=', somchai.member)
        .where('ended_at', 'is', null)
        .execute()
    assert.equal((await count()).length, 1)
  })
  await asAdmin(house.adminUrl, async (admin) => {
    await admin.query('begin')
    const { signContext } = await import('../store/context.ts')
    const key = Buffer.from(house.store.secrets.contextKey, 'hex')
    await admin.query(`select set_config('app.ctx', $1, true)`, [
      signContext({ system: 'signin' }, key, new Date()),
    ])
    await admin.query(`update firebreak.member set recipient = recipient || 'q' where id = $1`, [
      somchai.member,
    ])
    const { rows } = await admin.query(
      'select 1 from firebreak.provider_link where member_id = $1 and ended_at is null',
      [somchai.member],
    )
    assert.equal(rows.length, 0)
    await admin.query('rollback')
  })
})

/** T2 for these tables, in bare SQL: what each person's context shows, and that no policy could be missed. */
test('everybody sees the providers of their own organisation, their own connections, and no secret; a steward every provider', async () => {
  const { arunee } = house.people
  const it = await registered(house, provider, { emailDomains: ['thai.example'] })
  provider.user = { ...provider.user, sub: 'user-of-arunee' }
  await ok(connect(arunee, it.id))
  const sees = (person: Person, proof: 'fresh' | 'old') =>
    house.store.as(contextOf(person, proof), async (db) => ({
      provider: (await db.selectFrom('identity_provider').select('id').where('id', '=', it.id).execute())
        .length,
      secret: (await db.selectFrom('provider_secret').select('provider_id').execute()).length,
      link: (await db.selectFrom('provider_link').select('id').where('provider_id', '=', it.id).execute())
        .length,
      trip: (await db.selectFrom('provider_trip').select('provider_id').execute()).length,
    }))
  const wrong = async () => {
    let cells = 0
    for (const person of Object.values(house.people))
      for (const proof of ['fresh', 'old'] as const) {
        const own = person.org === arunee.org
        const expected = {
          provider: own || person.role === 'steward' ? 1 : 0,
          secret: 0,
          link: person.member === arunee.member ? 1 : 0,
          trip: 0,
        }
        if (JSON.stringify(await sees(person, proof)) !== JSON.stringify(expected)) cells++
      }
    return cells
  }
  assert.equal(await wrong(), 0)
  await asAdmin(house.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ table: string; name: string; cmd: string; qual: string }>(
      `select tablename as "table", policyname as name, cmd, qual from pg_policies where schemaname = 'firebreak'
        and roles::text like '%_app%' and cmd in ('SELECT', 'ALL')
        and tablename in ('identity_provider', 'provider_secret', 'provider_link', 'provider_trip')`,
    )
    assert.ok(rows.length >= 5, `${rows.length} policies`)
    for (const { table, name, qual } of rows) {
      await admin.query(`alter policy ${name} on firebreak.${table} using (true)`)
      assert.ok((await wrong()) > 0, `nobody misses ${name} on ${table}, open`)
      await admin.query(`alter policy ${name} on firebreak.${table} using (${qual})`)
    }
  })
  assert.equal(await wrong(), 0, 'all is as it was')
})

test('in bare SQL nobody connects for another, to another’s provider, or to one that was not confirmed', async () => {
  const { arunee, ploy, linh } = house.people
  const live = await registered(house, provider, { emailDomains: ['thai.example'] })
  const waiting = await ask(arunee, { orgId: arunee.org })
  const link = (who: Person, it: { provider: string; member: string; org: string }) =>
    house.store.as(contextOf(who, 'fresh'), (db) =>
      db
        .insertInto('provider_link')
        .values({
          ...{ id: newId(), provider_id: it.provider, org_id: it.org, member_id: it.member },
          subject: Buffer.from(newId().slice(0, 32).padEnd(32, 'x')),
        })
        .execute(),
    )
  await assert.rejects(link(arunee, { provider: live.id, member: ploy.member, org: arunee.org }))
  await assert.rejects(link(linh, { provider: live.id, member: linh.member, org: linh.org }))
  await assert.rejects(link(linh, { provider: live.id, member: linh.member, org: arunee.org }))
  await assert.rejects(link(arunee, { provider: waiting.id, member: arunee.member, org: arunee.org }))
  await link(arunee, { provider: live.id, member: arunee.member, org: arunee.org })
})
