import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { contextOf, giveKey, group, groupKeys, newKey, shareBody } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import { sql } from '../store/open.ts'
import type { GroupList, SeatOffer } from './group-shapes.ts'

// A plain member of a group, whatever else they are, does not learn who sits there hidden, nor that anybody does: what they can ask
// for, in bare SQL and over HTTP, and what they are told, is the same before and after everything a hidden member does.

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 8 })
})
after(() => house.close())

const offered = (by: Person, groupId: string, it: { role: string; hidden: boolean }) =>
  ok<z.infer<typeof SeatOffer>>(by.ask('POST', `/api/groups/${groupId}/offers`, { body: it }))
const takes = (by: Person, token: string) =>
  by.ask<{ message: string }>('POST', '/api/seats', { body: { token } })
const looks = (by: Person, token: string) =>
  by.ask<{ role: string; hidden: boolean; refusal: string | null }>('POST', '/api/seats/look', {
    body: { token },
  })
const sitsIn = async (by: Person, id: string) =>
  (await ok<z.infer<typeof GroupList>>(by.ask('GET', '/api/groups'))).groups.find((it) => it.id === id)?.seat

test('a steward of the network, who reads the whole log, sits in a group as its steward or not at all', async () => {
  const { weiling, linh, mei } = house.people
  const id = await group(house, { stewards: [weiling], members: [linh] })
  for (const hidden of [false, true]) {
    const { token } = await offered(weiling, id, { role: 'member', hidden })
    const look = await ok(looks(mei, token) as never as Promise<never>)
    assert.match((look as { refusal: string }).refusal, /steward’s seat of a group or none/)
    const refused = await takes(mei, token)
    assert.equal(refused.status, 409)
    assert.match(refused.body.message, /steward’s seat of a group or none/)
    assert.equal(await sitsIn(mei, id), null)
    const still = await looks(house.people.daniel, token)
    assert.deepEqual(still.body, { role: 'member', hidden, refusal: null }, 'the link is not used up')
  }
  const { token } = await offered(weiling, id, { role: 'steward', hidden: false })
  assert.equal((await looks(mei, token)).body.refusal, null)
  assert.equal((await takes(mei, token)).status, 200)
  assert.deepEqual(await sitsIn(mei, id), { role: 'steward', hidden: false })
  for (const gone of [token, 'A'.repeat(43)]) assert.equal((await looks(mei, gone)).status, 404)
})

const promote = (member: string, role = 'steward') =>
  asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.member set role = $2 where id = $1', [member, role]),
  )

test('who sits somewhere as a plain member is not made a steward of the network, and is told where', async () => {
  const { weiling, linh, priya } = house.people
  const [seen, behind] = [
    await group(house, { stewards: [weiling], members: [linh, priya] }),
    await group(house, { stewards: [weiling], members: [linh], hidden: [priya] }),
  ]
  await assert.rejects(promote(priya.member), /sits as a plain member in: The river group, The river group/)
  for (const id of [seen, behind])
    await ok(weiling.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: priya.member } }))
  await promote(priya.member)
  const { token } = await offered(weiling, seen, { role: 'member', hidden: false })
  // whoever holds a session from before is refused as well: the row decides, not what the session says
  assert.equal((await takes(priya, token)).status, 409)
  await promote(priya.member, 'fraud_desk')
  assert.equal((await takes(priya, token)).status, 200)
})

test('made a steward and given a seat in the same moment: one of the two, never both', async () => {
  const { weiling, linh, somchai } = house.people
  const id = await group(house, { stewards: [weiling], members: [linh] })
  const won = { seat: 0, role: 0 }
  for (let i = 0; i < 30; i++) {
    const { token } = await offered(weiling, id, { role: 'member', hidden: i % 2 === 0 })
    const [taken, promoted] = await Promise.all([
      takes(somchai, token).then(({ status }) => status === 200),
      promote(somchai.member).then(
        () => true,
        () => false,
      ),
    ])
    assert.notEqual(taken, promoted, `round ${i}: taken ${taken}, promoted ${promoted}`)
    won[taken ? 'seat' : 'role']++
    if (taken)
      await ok(weiling.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: somchai.member } }))
    await promote(somchai.member, 'fraud_desk')
  }
  assert.equal(won.seat + won.role, 30)
})

test('a steward’s link makes a plain member the steward; one that would change nothing stays open', async () => {
  const { weiling, linh, daniel, priya } = house.people
  const id = await group(house, { stewards: [weiling], members: [linh], hidden: [daniel] })
  const plain = await offered(weiling, id, { role: 'member', hidden: false })
  for (const by of [linh, daniel, weiling]) {
    const answer = await takes(by, plain.token)
    assert.deepEqual([answer.status, /already/.test(answer.body.message)], [409, true])
  }
  assert.deepEqual(await sitsIn(daniel, id), { role: 'member', hidden: true }, 'still hidden')
  assert.equal((await takes(priya, plain.token)).status, 200)
  const steward = await offered(weiling, id, { role: 'steward', hidden: false })
  assert.equal((await takes(linh, steward.token)).status, 200)
  assert.deepEqual(await sitsIn(linh, id), { role: 'steward', hidden: false })
})

/** The tree of the log grows by hashes that every member may check. They say nothing but that something was recorded, anywhere. */
const TREE = ['audit_checkpoint', 'audit_node', 'audit_position', 'audit_waiting']
interface Place {
  readonly group: string
  readonly meeting: string
  readonly share: string
}

/** All that somebody can ask for: every table in bare SQL, every list over HTTP, and each thing of the group. */
async function everything(by: Person, it: Place): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  const { rows: tables } = await asAdmin(house.adminUrl, (admin) =>
    admin.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'firebreak'::regnamespace and relkind = 'r' order by 1`,
    ),
  )
  for (const { name } of tables.filter((one) => !TREE.includes(one.name)))
    all[name] = await house.store
      .as(contextOf(by), async (db) => {
        const { rows } = await sql`select to_jsonb(t) as it from ${sql.table(`firebreak.${name}`)} t`.execute(
          db,
        )
        return rows.map((row) => JSON.stringify(row)).sort()
      })
      .then(JSON.stringify, (error: Error) => error.message)
  const { paths } = await ok<{ paths: Record<string, { get?: object }> }>(by.ask('GET', '/api/openapi.json'))
  const lists = Object.keys(paths).filter(
    (path) => paths[path]?.get && !/[{]|live|audit\/|openapi/.test(path),
  )
  assert.ok(lists.length > 20, `${lists}`)
  const own = [
    `/groups/${it.group}`,
    `/groups/${it.group}/holders`,
    `/recipients/groups/${it.group}/key`,
    `/recipients/groups/${it.group}/key-holders`,
    `/meetings/${it.meeting}`,
    `/meetings/${it.meeting}/invitation.ics`,
    // a reader's own reading would stand in the next answer to its owner
    ...(by === house.people.linh ? [`/shares/${it.share}`] : []),
  ]
  for (const path of [...lists, ...own]) {
    const { status, body } = await by.ask('GET', path.startsWith('/api') ? path : `/api${path}`)
    const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : JSON.stringify(body)
    // when a file was made, and how far the tree has grown, is not the hidden member's doing alone
    const still = text.replace(/DTSTAMP:\w+/, '').replace(/"checkpoint":(null|"[^"]*")/g, '')
    all[path] = `${status} ${still}`
  }
  // being asked is itself a use of one's session, and what is read of one's own is in one's own log
  for (const name of ['session', 'answer', 'audit_entry', '/api/sessions', '/api/audit']) delete all[name]
  return all
}

/** What changed, by name. */
const changed = (was: Record<string, string>, is: Record<string, string>) =>
  Object.keys(is).filter((name) => is[name] !== was[name])

/** Ploy sits hidden where her colleague Arunee and Linh sit seen; Linh called its meeting and shared something into it. */
async function place(): Promise<Place & { sealedId: string }> {
  const { weiling, linh, arunee } = house.people
  const id = await group(house, { stewards: [weiling], members: [linh, arunee] })
  await newKey(weiling, id)
  const meeting = newId()
  await ok(
    linh.ask('POST', '/api/meetings', {
      body: {
        ...{ id: meeting, groupId: id, title: 't', startsAt: new Date().toISOString(), minutes: 30 },
        ...{ place: 'p', agenda: '', tlp: 'AMBER' },
      },
    }),
  )
  const report = await filedReport(linh)
  const groupWraps = await groupKeys(linh, report.sealedId, id)
  const body = shareBody({ itemId: report.id, to: [{ group: id }], groupWraps })
  await ok(linh.ask('POST', '/api/shares', { body }))
  return { group: id, meeting, share: body.id, sealedId: report.sealedId }
}

/** What a hidden member does, and what a steward of the group does about them. */
function doings(it: Place & { sealedId: string }): Record<string, () => Promise<unknown>> {
  const { weiling, ploy } = house.people
  const at = `/api/meetings/${it.meeting}`
  const item = newId()
  return {
    'takes the seat': async () => {
      const { token } = await offered(weiling, it.group, { role: 'member', hidden: true })
      await ok(takes(ploy, token) as never as Promise<never>)
    },
    'is given the key': () => giveKey(weiling, it.group, [ploy]),
    answers: () => ok(ploy.ask('POST', `${at}/answers`, { body: { answer: 'yes' } })),
    'was there': () =>
      ok(weiling.ask('POST', `${at}/attendance`, { body: { memberId: ploy.member, wasThere: true } })),
    'has something to do': () =>
      ok(
        weiling.ask('POST', `${at}/items`, {
          body: { id: item, words: 'call the bank', ownerId: ploy.member, due: '2026-12-01' },
        }),
      ),
    'has done it': () => ok(ploy.ask('POST', `${at}/items/${item}`, { body: { done: true } })),
    reads: async () => {
      await ok(ploy.ask('GET', `/api/shares/${it.share}`))
      await ok(ploy.ask('POST', `/api/sealed/${it.sealedId}/openings`))
    },
    'leaves, and a new key is made': async () => {
      await ok(ploy.ask('POST', `/api/groups/${it.group}/seat-ends`, { body: { memberId: ploy.member } }))
      await newKey(weiling, it.group)
    },
  }
}

test('nothing that a plain member can ask for, or is told, tells of a hidden one', async () => {
  const it = await place()
  const { linh, arunee, ploy, daniel, farid } = house.people
  const others = [linh, arunee, daniel, farid]
  const told: string[] = []
  const client = new pg.Client({ connectionString: house.appUrl })
  await client.connect()
  client.on('notification', ({ payload = '{}' }) => {
    const {
      topic,
      orgs = [],
      members = [],
    } = JSON.parse(payload) as Record<string, string[]> & {
      topic: string
    }
    for (const by of others)
      if (members.includes(by.member) || (orgs.includes(by.org) && by !== farid))
        told.push(`${topic} to ${by.role}`)
  })
  await client.query('listen firebreak_live')
  after(() => client.end())
  for (const [what, act] of Object.entries(doings(it))) {
    const was = await Promise.all(others.map((by) => everything(by, it)))
    await client.query('select 1')
    told.length = 0
    await act()
    await client.query('select 1')
    const heard = [...told]
    const is = await Promise.all(others.map((by) => everything(by, it)))
    const differ = others.map((_, i) => changed(was[i] ?? {}, is[i] ?? {}))
    if (what.startsWith('leaves')) {
      // a new version of the key shows, and not why (ADR 9)
      const key = ['group_key', 'seat_key', '/api/groups', '/api/keys/wraps', `/groups/${it.group}`]
      assert.deepEqual(
        differ[0]?.filter((name) => !key.includes(name) && !name.endsWith('/key')),
        [],
      )
      assert.deepEqual(differ.slice(2).flat(), [])
      assert.ok(
        heard.every((one) => one.startsWith('group to')),
        `${heard}`,
      )
    } else assert.deepEqual([what, differ.flat(), heard], [what, [], []])
  }
  // she is her colleague's colleague everywhere but here
  for (const all of await Promise.all([linh, arunee].map((by) => everything(by, it))))
    for (const [name, text] of Object.entries(all))
      if ([it.group, it.meeting, it.share].some((id) => name.includes(id)))
        assert.ok(!text.includes(ploy.member), name)
})

test('asking whether a certain person sits there has one answer, for a hidden member and for anybody', async () => {
  const it = await place()
  const { weiling, linh, ploy, daniel } = house.people
  const { token } = await offered(weiling, it.group, { role: 'member', hidden: true })
  await ok(takes(ploy, token) as never as Promise<never>)
  const at = `/api/meetings/${it.meeting}`
  const asks = (memberId: string) => [
    ['POST', `${at}/attendance`, { memberId, wasThere: true }],
    ['POST', `${at}/items`, { id: newId(), words: 'w', ownerId: memberId, due: '2026-12-01' }],
    ['POST', `/api/groups/${it.group}/seat-ends`, { memberId }],
  ]
  const answers = async (memberId: string) =>
    Promise.all(
      asks(memberId).map(async ([method, path, body]) => {
        const { status, body: said } = await linh.ask(String(method), String(path), { body })
        return [status, JSON.stringify(said)]
      }),
    )
  const [hidden, outsider, nobody] = [
    await answers(ploy.member),
    await answers(daniel.member),
    await answers(newId()),
  ]
  assert.deepEqual(hidden, outsider)
  assert.deepEqual(hidden, nobody)
  assert.ok(hidden.every(([status]) => status === 404))
})
