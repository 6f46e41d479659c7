import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { contextOf, group, inbox, keysFor, makeShare, openShare, shareBody } from '../../test/sharing.ts'
import { CHORES } from '../chores.ts'
import { newId } from '../core/ids.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import { openJson } from '../seal/record.ts'
import { keepHouse } from '../store/housekeeping.ts'
import type { ShareWhole } from './shapes.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 8 })
})
after(() => house.close())

/** Rows that a person can see of a table with bare SQL, whatever the routes say. */
const sees = (who: Person, table: 'report' | 'share' | 'share_grant' | 'sealed' | 'request', id: string) =>
  house.store.as(contextOf(who), async (db) => {
    const rows = await db.selectFrom(table).selectAll().where('id', '=', id).execute()
    return rows.length
  })

/** What the live channel is told while `work` runs. */
async function told(
  work: () => Promise<unknown>,
): Promise<{ topic: string; id: string; orgs?: string[]; members?: string[] }[]> {
  const client = new pg.Client({ connectionString: house.appUrl })
  const heard: string[] = []
  await client.connect()
  client.on('notification', ({ payload }) => heard.push(payload ?? ''))
  await client.query('listen firebreak_live')
  await work()
  await client.query('select 1')
  await client.end()
  return heard.map((text) => JSON.parse(text))
}

test('shared with an organisation: it reads frame and story, nobody else learns that there is something', async () => {
  const { arunee, linh, weiling, helen, mei } = house.people
  const report = await filedReport(arunee, { text: 'a story' })
  for (const other of [linh, weiling, mei]) assert.equal(await sees(other, 'report', report.id), 0)
  const wraps = await keysFor(arunee, report.sealedId, [linh])
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }], wraps })

  const [row] = await inbox(linh)
  assert.deepEqual([row?.ref, row?.standing, row?.fromOrg], [report.ref, 'live', arunee.org])
  const seen = await ok<ShareWhole>(openShare(linh, made.id))
  assert.deepEqual(seen.frame?.marking, {
    tlp: 'AMBER',
    pap: 'AMBER',
    handling: [],
    possibleVictim: false,
    expiresAt: null,
  })
  const { wrapped } = await ok<{ wrapped: string }>(
    linh.ask('POST', `/api/sealed/${report.sealedId}/openings`),
  )
  const content = await ok<Uint8Array>(linh.ask('GET', `/api/sealed/${report.sealedId}/content`))
  assert.deepEqual(await openJson(content, wrapped, linh.identity), { v: 1, text: 'a story' })

  for (const other of [weiling, helen, mei]) {
    for (const [table, id] of [
      ['report', report.id],
      ['share', made.id],
      ['share_grant', made.grants[0]?.id ?? ''],
      ['sealed', report.sealedId],
    ] as const)
      assert.equal(await sees(other, table, id), 0, `${other.role} ${table}`)
    const opening = await other.ask('POST', `/api/sealed/${report.sealedId}/openings`)
    assert.equal(opening.status, other === mei ? 403 : 404)
  }
  assert.equal((await openShare(weiling, made.id)).status, (await openShare(weiling, newId())).status)
})

test('co-recipients are hidden, unless the sender says otherwise; also in bare SQL', async () => {
  const { arunee, linh, priya } = house.people
  const report = await filedReport(arunee)
  for (const reveal of [false, true]) {
    const made = await makeShare(arunee, {
      itemId: report.id,
      to: [{ org: linh.org }, { org: priya.org }],
      reveal,
    })
    assert.equal(made.grants.length, 2)
    const seen = await ok<ShareWhole>(openShare(linh, made.id))
    assert.equal(JSON.stringify(seen).includes(priya.org), reveal)
    assert.equal(seen.grants.length, reveal ? 2 : 1)
    let visible = 0
    for (const { id } of made.grants) visible += await sees(linh, 'share_grant', id)
    assert.equal(visible, reveal ? 2 : 1)
  }
})

test('shared with one person: her colleagues see neither the item nor that it was shared', async () => {
  const { arunee, weiling, farid } = house.people
  const report = await filedReport(arunee)
  await ok(
    arunee.ask('POST', `/api/reports/${report.id}/marking`, {
      body: { tlp: 'RED', pap: 'AMBER', handling: [], possibleVictim: false, expiresAt: null },
    }),
  )
  const org = await arunee.ask<{ message: string }>('POST', '/api/shares', {
    body: shareBody({ itemId: report.id, to: [{ org: weiling.org }] }),
  })
  assert.equal(org.status, 409)
  assert.match(org.body.message, /TLP:RED is for named people/)
  const found = await ok<{ person: { memberId: string } | null }>(
    arunee.ask('POST', '/api/recipients/person', { body: { email: 'Weiling@Test.example' } }),
  )
  assert.equal(found.person?.memberId, weiling.member)
  let made: ShareWhole | undefined
  const heard = await told(async () => {
    made = await makeShare(arunee, { itemId: report.id, to: [{ person: weiling.member }] })
  })
  assert.ok(heard.some(({ members }) => members?.includes(weiling.member)))
  assert.ok(
    !heard.some(({ orgs }) => orgs?.includes(weiling.org)),
    'her colleagues are not even told to look',
  )
  const id = made?.id ?? ''
  assert.equal((await ok<ShareWhole>(openShare(weiling, id))).frame?.marking.tlp, 'RED')
  assert.equal((await openShare(farid, id)).status, 404)
  for (const table of ['share', 'report'] as const)
    assert.equal(await sees(farid, table, table === 'share' ? id : report.id), 0)
})

test('two groups at once; hidden members read, and nobody learns of them; who has left reads nothing', async () => {
  const { arunee, linh, helen, daniel, priya } = house.people
  const first = await group(house, { members: [arunee, linh], hidden: [helen] })
  const second = await group(house, { members: [arunee, priya] })
  const report = await filedReport(arunee)
  const made = await makeShare(arunee, { itemId: report.id, to: [{ group: first }, { group: second }] })
  for (const reader of [linh, helen, priya])
    assert.equal((await ok<ShareWhole>(openShare(reader, made.id))).standing, 'live')
  assert.equal((await openShare(daniel, made.id)).status, 404)
  const { holders } = await ok<{ holders: { memberId: string }[] }>(
    linh.ask('GET', `/api/recipients/groups/${first}/key-holders`),
  )
  assert.deepEqual(holders.map(({ memberId }) => memberId).sort(), [arunee.member, linh.member].sort())
  const members = await house.store.as(contextOf(linh), (db) => db.selectFrom('seat').selectAll().execute())
  assert.ok(!JSON.stringify(members).includes(helen.member), 'the hidden member is in no answer')
  assert.deepEqual(
    (await ok<{ holders: unknown[] }>(helen.ask('GET', `/api/recipients/groups/${second}/key-holders`)))
      .holders,
    [],
  )
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.seat set left_at = now() where member_id = $1', [linh.member]),
  )
  assert.equal((await openShare(linh, made.id)).status, 404)
})

test('a group holds nothing above its limit, and only its members share with it', async () => {
  const { arunee, linh, weiling } = house.people
  const green = await group(house, { members: [arunee], limit: 'GREEN' })
  const report = await filedReport(arunee)
  const over = await arunee.ask<{ message: string }>('POST', '/api/shares', {
    body: shareBody({ itemId: report.id, to: [{ group: green }] }),
  })
  assert.equal(over.status, 409)
  assert.match(over.body.message, /nothing above TLP:GREEN/)
  const foreign = await group(house, { members: [linh, weiling] })
  const answer = await arunee.ask('POST', '/api/shares', {
    body: shareBody({ itemId: report.id, to: [{ group: foreign }] }),
  })
  assert.equal(answer.status, 404)
})

test('taken back: every recipient is told at once and has a tombstone; the owner sees who had read it', async () => {
  const { arunee, linh, priya } = house.people
  const report = await filedReport(arunee)
  const wraps = await keysFor(arunee, report.sealedId, [linh])
  const made = await makeShare(arunee, {
    itemId: report.id,
    to: [{ org: linh.org }, { org: priya.org }],
    wraps,
  })
  await ok(openShare(linh, made.id))
  await ok(linh.ask('POST', `/api/sealed/${report.sealedId}/openings`))
  const heard = await told(() =>
    ok(arunee.ask('POST', `/api/shares/${made.id}/recall`, { body: { note: 'sent to the wrong people' } })),
  )
  const orgs = heard
    .filter(({ topic, id }) => topic === 'share' && id === made.id)
    .flatMap((it) => it.orgs ?? [])
  for (const org of [linh.org, priya.org, arunee.org]) assert.ok(orgs.includes(org))

  for (const reader of [linh, priya]) {
    const stone = await ok<ShareWhole>(openShare(reader, made.id))
    assert.deepEqual(
      [stone.standing, stone.frame, stone.itemId, stone.endNote],
      ['recalled', null, null, 'sent to the wrong people'],
    )
    assert.equal(await sees(reader, 'report', report.id), 0)
  }
  assert.equal((await linh.ask('POST', `/api/sealed/${report.sealedId}/openings`)).status, 404)
  assert.equal((await linh.ask('GET', `/api/sealed/${report.sealedId}/content`)).status, 404)
  const { readers } = await ok<ShareWhole>(openShare(arunee, made.id))
  assert.deepEqual(readers.map(({ orgName, act, times }) => [orgName, act, times]).sort(), [
    ['viet (test)', 'sealed.opened', 1],
    ['viet (test)', 'share.read', 1],
  ])
  const twice = await arunee.ask<{ message: string }>('POST', `/api/shares/${made.id}/recall`, {
    body: { note: '' },
  })
  assert.equal(twice.status, 409)
  assert.match(twice.body.message, /recalled already/)
  assert.equal((await linh.ask('POST', `/api/shares/${made.id}/recall`, { body: { note: '' } })).status, 404)
  // shared again, it opens again: the old key is closed, the new one is not
  const again = await makeShare(arunee, {
    itemId: report.id,
    to: [{ org: linh.org }],
    wraps: await keysFor(arunee, report.sealedId, [linh]),
  })
  assert.equal((await ok<ShareWhole>(openShare(linh, again.id))).standing, 'live')
  await ok(linh.ask('POST', `/api/sealed/${report.sealedId}/openings`))
})

test('taken back, or put right, reaches who left the group since, and a hidden one; not who came later or went before', async () => {
  const { arunee, linh, helen, daniel, priya, somchai } = house.people
  const id = await group(house, { members: [arunee, linh, daniel], hidden: [helen] })
  const leave = (by: Person) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query('update firebreak.seat set left_at = now() where group_id = $1 and member_id = $2', [
        ...[id, by.member],
      ]),
    )
  const come = (by: Person) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query(
        `insert into firebreak.seat (group_id, member_id, role, given_by) values ($1, $2, 'member', $3)`,
        [id, by.member, arunee.member],
      ),
    )
  await leave(daniel)
  const report = await filedReport(arunee)
  const [wrong, back] = [
    await makeShare(arunee, { itemId: report.id, to: [{ group: id }] }),
    await makeShare(arunee, { itemId: report.id, to: [{ group: id }] }),
  ]
  await come(priya)
  await ok(openShare(linh, wrong.id))
  await ok(openShare(helen, wrong.id))
  for (const by of [linh, helen]) await leave(by)
  for (const by of [linh, helen, daniel]) assert.equal((await openShare(by, wrong.id)).status, 404, 'left')
  const right = { id: newId(), itemId: (await filedReport(arunee)).id, note: 'another account', wraps: [] }
  const heard = await told(async () => {
    await ok(arunee.ask('POST', `/api/shares/${wrong.id}/correction`, { body: { ...right, groupWraps: [] } }))
    await ok(arunee.ask('POST', `/api/shares/${back.id}/recall`, { body: { note: 'not theirs' } }))
  })
  await come(somchai)
  for (const [share, standing] of [
    [wrong, 'corrected'],
    [back, 'recalled'],
  ] as const) {
    const people = heard.filter((it) => it.id === share.id).flatMap((it) => it.members ?? [])
    for (const by of [linh, helen, priya]) assert.ok(people.includes(by.member))
    assert.ok(!people.includes(daniel.member))
    for (const by of [linh, helen]) {
      const stone = await ok<ShareWhole>(openShare(by, share.id))
      assert.deepEqual(
        [stone.standing, stone.frame, stone.itemId, stone.replacedBy],
        [standing, null, null, null],
      )
      assert.deepEqual(
        (await inbox(by)).filter((it) => it.id === share.id).map((it) => it.standing),
        [standing],
      )
      assert.equal((await openShare(by, right.id)).status, 404, 'what is right goes to who sits there')
      assert.equal(await sees(by, 'report', report.id), 0)
      assert.equal((await by.ask('POST', `/api/sealed/${report.sealedId}/openings`)).status, 404)
    }
    assert.equal((await openShare(daniel, share.id)).status, 404, 'he had left before it was shared')
    assert.deepEqual(
      (await inbox(daniel)).filter((it) => it.id === share.id),
      [],
    )
    // who sits there now sees the tombstone among what the group has
    for (const by of [priya, somchai])
      assert.equal((await ok<ShareWhole>(openShare(by, share.id))).standing, standing)
  }
  assert.equal((await ok<ShareWhole>(openShare(priya, wrong.id))).replacedBy, right.id)
})

test('expired: closed to the second, and the clock tells every recipient once', async () => {
  const { arunee, linh } = house.people
  const report = await filedReport(arunee)
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.share set expires_at = now() - interval '1 second' where id = $1`, [
      made.id,
    ]),
  )
  assert.equal((await ok<ShareWhole>(openShare(linh, made.id))).standing, 'expired')
  assert.equal(await sees(linh, 'report', report.id), 0)
  const chores = CHORES.filter(({ name }) => name === 'expired shares')
  const news = (heard: Awaited<ReturnType<typeof told>>) => heard.filter(({ id }) => id === made.id).length
  assert.equal(news(await told(() => keepHouse(house.store, chores))), 1)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.chore set ran_at = now() - interval '1 day'`),
  )
  assert.equal(news(await told(() => keepHouse(house.store, chores))), 0)
  const past = shareBody({ itemId: report.id, to: [{ org: linh.org }], expiresAt: '2020-01-01T00:00:00Z' })
  assert.equal((await arunee.ask('POST', '/api/shares', { body: past })).status, 422)
  const long = shareBody({ itemId: report.id, to: [{ org: linh.org }], expiresAt: '2099-01-01T00:00:00Z' })
  assert.equal((await arunee.ask('POST', '/api/shares', { body: long })).status, 422)
})

test('a consent that runs out is told within the clock’s next round; nobody but the clock tells', async () => {
  const { arunee, linh } = house.people
  const report = await filedReport(arunee)
  const consent = {
    id: newId(),
    use: 'support',
    givenBy: 'person',
    how: '',
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  }
  await ok(arunee.ask('POST', `/api/reports/${report.id}/consents`, { body: consent }))
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }], basisKind: 'consent' })
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.consent set expires_at = now() - interval '1 second' where id = $1`, [
      consent.id,
    ]),
  )
  assert.equal((await ok<ShareWhole>(openShare(linh, made.id))).standing, 'consent')
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.chore set ran_at = now() - interval '1 day'`),
  )
  const heard = await told(() =>
    keepHouse(
      house.store,
      CHORES.filter(({ name }) => name === 'expired shares'),
    ),
  )
  assert.ok(
    heard.some(({ topic, id, orgs }) => topic === 'share' && id === made.id && orgs?.includes(linh.org)),
  )
  await assert.rejects(
    house.store.as(contextOf(linh), (db) =>
      db.selectNoFrom((eb) => eb.fn('firebreak.announce_expired').as('n')).execute(),
    ),
    /only the clock tells/,
  )
})

test('corrected: the same recipients get the right one, and the wrong one is a tombstone that says so', async () => {
  const { arunee, linh } = house.people
  const [wrong, right] = [await filedReport(arunee), await filedReport(arunee)]
  const made = await makeShare(arunee, { itemId: wrong.id, to: [{ org: linh.org }] })
  const body = { id: newId(), itemId: right.id, note: 'the account number was wrong', wraps: [] }
  await ok(arunee.ask('POST', `/api/shares/${made.id}/correction`, { body }))
  const stone = await ok<ShareWhole>(openShare(linh, made.id))
  assert.deepEqual([stone.standing, stone.frame, stone.replacedBy], ['corrected', null, body.id])
  const now = await ok<ShareWhole>(openShare(linh, body.id))
  assert.deepEqual([now.standing, now.itemId], ['live', right.id])
})

test('a request can be shared: who is informed sees the matter, no briefing and nobody who joined', async () => {
  const { arunee, weiling, helen, linh } = house.people
  const report = await filedReport(arunee)
  const request = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: freezeRequest({ reportId: report.id, toOrg: weiling.org }) }),
  )
  await asAdmin(house.adminUrl, async (admin) => {
    await admin.query(
      `insert into firebreak.request_access (request_id, org_id, "as", granted_by) values ($1, $2, 'corroborator', $3)`,
      [request.id, linh.org, arunee.org],
    )
    await admin.query(
      `insert into firebreak.request_event (request_id, org_id, kind) values ($1, $2, 'joined')`,
      [request.id, linh.org],
    )
  })
  assert.equal((await helen.ask('GET', `/api/requests/${request.id}`)).status, 404)
  const made = await makeShare(arunee, {
    itemKind: 'request',
    itemId: request.id,
    to: [{ org: helen.org }],
    purpose: 'protect_money',
  })
  const seen = await ok<RequestWhole>(helen.ask('GET', `/api/requests/${request.id}`))
  assert.deepEqual([seen.as, seen.reportId, seen.briefingId, seen.sources], ['informed', null, null, []])
  assert.ok(!JSON.stringify(seen).includes(linh.org))
  const list = await ok<{ requests: { id: string }[] }>(helen.ask('GET', '/api/requests'))
  assert.ok(list.requests.some(({ id }) => id === request.id))
  assert.equal((await helen.ask('POST', `/api/requests/${request.id}/acknowledgement`)).status, 404)
  await ok(arunee.ask('POST', `/api/shares/${made.id}/recall`, { body: { note: '' } }))
  assert.equal((await helen.ask('GET', `/api/requests/${request.id}`)).status, 404)
})

test('only one’s own can be shared; what was received cannot be passed on; over-posted fields are named', async () => {
  const { arunee, linh, priya } = house.people
  const report = await filedReport(arunee)
  await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })
  const onward = await linh.ask('POST', '/api/shares', {
    body: shareBody({ itemId: report.id, to: [{ org: priya.org }] }),
  })
  assert.equal(onward.status, 404)
  const more = await arunee.ask<{ message: string }>('POST', '/api/shares', {
    body: { ...shareBody({ itemId: report.id, to: [{ org: linh.org }] }), org_id: linh.org },
  })
  assert.equal(more.status, 422)
  assert.match(more.body.message, /org_id/)
  const both = shareBody({ itemId: report.id, to: [{ org: linh.org, person: linh.member }] })
  assert.equal((await arunee.ask('POST', '/api/shares', { body: both })).status, 422)
  const other = await filedReport(arunee)
  const wraps = await keysFor(arunee, other.sealedId, [linh])
  const foreign = await arunee.ask<{ message: string }>('POST', '/api/shares', {
    body: shareBody({ itemId: report.id, to: [{ org: linh.org }], wraps }),
  })
  assert.equal(foreign.status, 422)
  assert.match(foreign.body.message, /no part of what you share/)
  assert.equal(
    (
      await priya.ask('POST', '/api/shares', {
        body: shareBody({ itemId: report.id, to: [{ org: linh.org }] }),
      })
    ).status,
    403,
  )
})

test('an organisation that is suspended: what it shared closes at once, everybody is told, and opens when it goes on', async () => {
  const { arunee, linh, mei } = house.people
  const report = await filedReport(linh)
  const wraps = await keysFor(linh, report.sealedId, [arunee])
  const made = await makeShare(linh, { itemId: report.id, to: [{ org: arunee.org }], wraps })
  await ok(openShare(arunee, made.id))
  const suspend = (lift: boolean) =>
    ok(
      mei.ask('POST', '/api/suspensions', {
        body: { kind: 'org', subjectId: linh.org, reason: 'something is wrong there', lift },
      }),
    )
  const heard = await told(() => suspend(false))
  assert.ok(
    heard.some(({ topic, id, orgs }) => topic === 'share' && id === made.id && orgs?.includes(arunee.org)),
  )
  const stone = await ok<ShareWhole>(openShare(arunee, made.id))
  assert.deepEqual([stone.standing, stone.frame], ['gone', null])
  assert.equal(await sees(arunee, 'report', report.id), 0)
  assert.equal((await arunee.ask('POST', `/api/sealed/${report.sealedId}/openings`)).status, 404)
  const glass = await arunee.ask('POST', `/api/shares/${made.id}/glass`, {
    body: { id: newId(), reason: 'she called from the compound an hour ago', hours: 1 },
  })
  assert.ok(glass.status >= 400, 'no glass to break: the owner may be the danger')
  await suspend(true)
  assert.equal((await ok<ShareWhole>(openShare(arunee, made.id))).standing, 'live')
})

test('a correction is sealed to people by name, too; only its owner is told who they are', async () => {
  const { arunee, weiling, helen } = house.people
  const report = await filedReport(arunee)
  const made = await makeShare(arunee, { itemId: report.id, to: [{ person: weiling.member }] })
  const people = (by: Person) =>
    ok<{ people: { memberId: string }[] }>(by.ask('GET', `/api/shares/${made.id}/people`))
  assert.deepEqual(
    (await people(arunee)).people.map(({ memberId }) => memberId),
    [weiling.member],
  )
  for (const other of [weiling, helen]) assert.deepEqual(await people(other), { people: [] })
})
