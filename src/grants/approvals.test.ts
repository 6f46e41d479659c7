import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { asker, type Person, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { fc } from '../../test/property.ts'
import { contextOf, makeShare, openShare, shareBody } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import { HANDLING, join, type Marking, PAPS, TLP_ORDER, UNMARKED, USES, whyNot } from '../core/marking.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { sql } from '../store/open.ts'
import { markings } from './markings-content.ts'
import type { Approval, ShareWhole } from './shapes.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 12 })
})
after(() => house.close())

async function asked(by: Person, reportId: string, more: Record<string, unknown> = {}): Promise<string> {
  const body = {
    id: newId(),
    kind: 'victim_disclosure',
    objectKind: 'report',
    objectId: reportId,
    toOrg: house.people.weiling.org,
    byOrg: null,
    reason: 'the police can reach her tonight',
    basis: 'vital interest',
    days: 7,
    ...more,
  }
  await ok(by.ask('POST', '/api/approvals', { body }))
  return body.id
}
const decide = (by: Person, id: string, approve = true) =>
  by.ask<{ message: string }>('POST', `/api/approvals/${id}/decision`, { body: { approve, note: '' } })
const MARKED = { tlp: 'AMBER', pap: 'AMBER', handling: [], possibleVictim: true, expiresAt: null }
const markAs = (by: Person, id: string, more: object = {}) =>
  by.ask<{ message: string }>('POST', `/api/reports/${id}/marking`, { body: { ...MARKED, ...more } })

/** A second membership of somebody, in another organisation and with another key. */
async function secondMembership(of: Person, org: string): Promise<Person> {
  const member = newId()
  const { identity, recipient } = await newMemberKey()
  await house.store.as({ system: 'setup' }, (db) =>
    db
      .insertInto('member')
      .values({
        id: member,
        org_id: org,
        email: `${member}@test.example`,
        name: 'the same person',
        role: 'caseworker',
        recipient,
      })
      .execute(),
  )
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.member set person_id = $1 where id in ($1, $2)', [of.member, member]),
  )
  const token = await signIn(house.store, member)
  return { member, org, role: 'caseworker', identity, recipient, token, ask: asker(house.built, token) }
}

test('a second person decides: never the asker, nor her second membership, nor another organisation', async () => {
  const { arunee, ploy, linh, weiling } = house.people
  const report = await filedReport(arunee)
  const id = await asked(arunee, report.id)
  const own = await decide(arunee, id)
  assert.equal(own.status, 403)
  assert.match(own.body.message, /you asked for it yourself/)
  const twin = await secondMembership(arunee, arunee.org)
  assert.equal((await decide(twin, id)).status, 403, 'the same person twice in one organisation')
  for (const other of [linh, weiling]) assert.equal((await decide(other, id)).status, 404)
  const abroad = await asked(arunee, report.id, { byOrg: linh.org })
  const twinAbroad = await secondMembership(arunee, linh.org)
  assert.equal(
    (await decide(twinAbroad, abroad)).status,
    403,
    'the same person in the organisation that decides',
  )
  assert.equal((await decide(ploy, abroad)).status, 404, 'another organisation was asked')
  await ok(decide(linh, abroad))
  await ok(decide(ploy, id))
  assert.equal((await decide(ploy, id, false)).status, 409)
  const { approvals } = await ok<{ approvals: Approval[] }>(arunee.ask('GET', '/api/approvals'))
  assert.equal(approvals.find((it) => it.id === id)?.decidedByName, 'ploy')
})

test('the database holds it too: no update, no insert with a decision, no forged context, no table without a function', async () => {
  const { arunee, ploy } = house.people
  const report = await filedReport(arunee)
  const id = await asked(arunee, report.id)
  const bare = (who: Person, text: string) =>
    house.store.as(contextOf(who), (db) => sql.raw(text).execute(db))
  await assert.rejects(
    bare(
      ploy,
      `update firebreak.approval set decision = 'approved', decided_by = '${ploy.member}', decided_at = now() where id = '${id}'`,
    ),
    /permission denied/,
  )
  await assert.rejects(
    bare(arunee, `select firebreak.decide_approval('${id}', true, '')`),
    /you asked for it yourself/,
  )
  await assert.rejects(
    bare(
      arunee,
      `insert into firebreak.approval (id, kind, object_kind, object_id, org_id, asked_by, by_org, reason, basis, expires_at)
      values ('${newId()}', 'victim_unmark', 'report', '${report.id}', '${arunee.org}', '${ploy.member}', '${arunee.org}', 'r', 'b', now() + interval '1 day')`,
    ),
    /row-level security/,
  )
  await asAdmin(house.appUrl, async (client) => {
    await client.query('begin')
    const forged = Buffer.from(
      JSON.stringify({ member: ploy.member, org: ploy.org, role: 'caseworker', exp: 9e9 }),
    ).toString('base64')
    await client.query(`select set_config('app.ctx', $1, true)`, [`${forged}.${'0'.repeat(64)}`])
    await assert.rejects(
      client.query(`select firebreak.decide_approval($1, true, '')`, [id]),
      /forged context/,
    )
  })
})

test('T33: many decide at once, also against each other: exactly one wins, and never the asker', async () => {
  const { arunee, ploy } = house.people
  const report = await filedReport(arunee)
  const twin = await secondMembership(arunee, arunee.org)
  const context = { arunee: contextOf(arunee), ploy: contextOf(ploy), twin: contextOf(twin) }
  let winners = 0
  let tries = 0
  for (let round = 0; round < 40; round++) {
    const id = await asked(arunee, report.id)
    const outcomes = await Promise.all(
      Array.from({ length: 25 }, (_, n) => {
        const who = (['ploy', 'arunee', 'ploy', 'twin', 'ploy'] as const)[n % 5] ?? 'ploy'
        tries++
        return house.store
          .as(context[who], (db) =>
            sql`select firebreak.decide_approval(${id}, ${n % 2 === 0}, '')`.execute(db),
          )
          .then(
            () => who,
            () => null,
          )
      }),
    )
    const won = outcomes.filter((who) => who !== null)
    assert.deepEqual(won, ['ploy'])
    winners += won.length
  }
  assert.deepEqual([winners, tries], [40, 1_000])
})

test('an approval for an act that happens once is used once, however many try', async () => {
  const { arunee, ploy } = house.people
  const report = await filedReport(arunee)
  await ok(markAs(arunee, report.id))
  const alone = await markAs(arunee, report.id, { possibleVictim: false })
  assert.equal(alone.status, 409)
  assert.match(alone.body.message, /second person has to approve/)
  await ok(decide(ploy, await asked(arunee, report.id, { kind: 'victim_unmark', toOrg: null })))
  const uses = await Promise.all(
    Array.from({ length: 20 }, () =>
      house.store
        .as(contextOf(arunee), (db) =>
          sql`select firebreak.use_approval('victim_unmark', ${report.id})`.execute(db),
        )
        .then(
          () => 1,
          () => 0,
        ),
    ),
  )
  assert.equal(uses.filter((it) => it === 1).length, 1)
  await ok(decide(ploy, await asked(arunee, report.id, { kind: 'victim_unmark', toOrg: null })))
  await ok(markAs(arunee, report.id, { possibleVictim: false }))
})

test('what was asked too long ago is asked again', async () => {
  const { arunee, ploy } = house.people
  const report = await filedReport(arunee)
  const id = await asked(arunee, report.id)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.approval set asked_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
      [id],
    ),
  )
  const late = await decide(ploy, id)
  assert.equal(late.status, 409)
  assert.match(late.body.message, /asked too long ago/)
})

test('T50: a possible victim’s report reaches no enforcement and no freeze list without basis, second person and notice', async () => {
  const { arunee, ploy, weiling, linh } = house.people
  const report = await filedReport(arunee)
  await ok(markAs(arunee, report.id))
  const freeze = () =>
    arunee.ask<{ message: string } & RequestWhole>('POST', '/api/requests', {
      body: freezeRequest({ reportId: report.id, toOrg: weiling.org }),
    })
  const refused = await freeze()
  assert.equal(refused.status, 409)
  assert.match(
    refused.body.message,
    /possible victim: police \(test\) is asked only with a basis and a second person/,
  )
  const police = { itemId: report.id, to: [{ org: weiling.org }] }
  assert.equal((await arunee.ask('POST', '/api/shares', { body: shareBody(police) })).status, 409)
  assert.equal(
    (
      await arunee.ask('POST', '/api/shares', {
        body: shareBody({ ...police, to: [{ org: linh.org }], purpose: 'investigation' }),
      })
    ).status,
    409,
  )
  const support = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })
  assert.equal(
    (await ok<ShareWhole>(openShare(linh, support.id))).notice,
    markings().nonPunishment.text.trim(),
  )

  const id = await asked(arunee, report.id)
  assert.equal((await freeze()).status, 409, 'asked is not approved')
  await ok(decide(ploy, id))
  const sent = await freeze()
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const seen = await ok<RequestWhole>(weiling.ask('GET', `/api/requests/${sent.body.id}`))
  assert.match(seen.notice ?? '', /should not be\s+detained, charged or prosecuted/)
  const shared = await makeShare(arunee, police)
  assert.ok((await ok<ShareWhole>(openShare(weiling, shared.id))).notice)
  // the approval runs out: the police read no further
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.approval set asked_at = now() - interval '9 days', expires_at = now() - interval '1 second' where id = $1`,
      [id],
    ),
  )
  assert.equal((await weiling.ask('GET', `/api/requests/${sent.body.id}`)).status, 404)
  const closed = await ok<ShareWhole>(openShare(weiling, shared.id))
  assert.deepEqual([closed.standing, closed.frame], ['restricted', null])
})

test('T50: marked later, what the police had is closed to them at once, its request and its share', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const request = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: freezeRequest({ reportId: report.id, toOrg: weiling.org }) }),
  )
  const share = await makeShare(arunee, { itemId: report.id, to: [{ org: weiling.org }] })
  await ok(openShare(weiling, share.id))
  await ok(markAs(arunee, report.id))
  assert.equal((await weiling.ask('GET', `/api/requests/${request.id}`)).status, 404)
  assert.equal((await ok<ShareWhole>(openShare(weiling, share.id))).frame, null)
})

const marking: fc.Arbitrary<Marking> = fc.record(
  {
    tlp: fc.constantFrom(...TLP_ORDER),
    pap: fc.constantFrom(...PAPS),
    handling: fc.subarray([...HANDLING]),
    uses: fc.constant(null),
    possibleVictim: fc.boolean(),
    expiresAt: fc.constant(null),
  },
  { noNullPrototype: true },
)

test('the database and core/marking.ts refuse the same, recipient by recipient; a derived request is never lower', async () => {
  const { arunee, weiling, linh, priya, helen, daniel } = house.people
  const orgs = { police: weiling, cso: linh, bank: priya, fiu: helen, hub: daniel } as const
  let refusals = 0
  await fc.assert(
    fc.asyncProperty(
      marking,
      fc.constantFrom(...(Object.keys(orgs) as (keyof typeof orgs)[])),
      fc.constantFrom(...USES),
      fc.boolean(),
      async (it, kind, use, byName) => {
        const report = await filedReport(arunee)
        const { uses: _, ...body } = it
        await ok(arunee.ask('POST', `/api/reports/${report.id}/marking`, { body }))
        const to = byName ? { person: orgs[kind].member } : { org: orgs[kind].org }
        const answer = await arunee.ask<ShareWhole>('POST', '/api/shares', {
          body: shareBody({ itemId: report.id, to: [to], purpose: use }),
        })
        const why = whyNot(it, { as: byName ? 'person' : 'org', kind }, { use, approved: false })
        assert.equal(answer.status, why === null ? 200 : 409, why ?? 'allowed')
        if (why === null) assert.ok((await ok<ShareWhole>(openShare(orgs[kind], answer.body.id))).frame)
        else refusals++
        if (it.possibleVictim || it.handling.includes('no-police')) return
        const wanted = freezeRequest({ reportId: report.id, toOrg: weiling.org })
        const sent = await ok<RequestWhole>(arunee.ask('POST', '/api/requests', { body: wanted }))
        const floor = join(it, { ...UNMARKED, tlp: wanted.tlp, pap: 'AMBER' })
        assert.deepEqual(
          [sent.tlp, sent.pap, [...sent.handling].sort()],
          [floor.tlp, floor.pap, [...floor.handling].sort()],
        )
      },
    ),
    { numRuns: 60 },
  )
  assert.ok(refusals > 5, 'some were refused')
})

test('a request follows its report upwards, and stays where it is when the report is marked lower', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const { id } = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: freezeRequest({ reportId: report.id, toOrg: weiling.org }) }),
  )
  const tlp = async () => (await ok<RequestWhole>(weiling.ask('GET', `/api/requests/${id}`))).tlp
  await ok(markAs(arunee, report.id, { tlp: 'RED', possibleVictim: false }))
  assert.equal(await tlp(), 'RED')
  await ok(markAs(arunee, report.id, { tlp: 'CLEAR', possibleVictim: false }))
  assert.equal(await tlp(), 'RED')
  const odd = await markAs(arunee, report.id, { tlp: 'white' })
  assert.equal(odd.status, 422)
  assert.match(odd.body.message, /^tlp/)
})

test('the steward says that two memberships are one person: then neither is the other’s second person', async () => {
  const { mei, arunee, ploy, weiling } = house.people
  const link = (by: Person, linked: boolean, it = { memberId: ploy.member, sameAs: arunee.member }) =>
    by.ask<{ people: { memberId: string; personId: string | null }[] }>('POST', '/api/person-links', {
      body: { ...it, linked },
    })
  assert.equal((await link(weiling, true)).status, 403)
  assert.equal((await link(mei, true, { memberId: ploy.member, sameAs: ploy.member })).status, 422)
  assert.equal((await link(mei, true, { memberId: ploy.member, sameAs: newId() })).status, 422)
  assert.equal((await link(mei, true, { memberId: ploy.member, sameAs: mei.member })).status, 403)
  const same = async () =>
    asAdmin(house.adminUrl, async (admin) => {
      const { rows } = await admin.query<{ same: boolean }>('select firebreak.same_person($1, $2) as same', [
        arunee.member,
        ploy.member,
      ])
      return rows[0]?.same
    })
  const { people } = await ok<{ people: { memberId: string; personId: string | null }[] }>(link(mei, true))
  const idOf = (who: Person) => people.find(({ memberId }) => memberId === who.member)?.personId
  assert.equal(idOf(arunee), idOf(ploy))
  assert.equal(await same(), true)
  for (const [a, b] of [
    [arunee, ploy],
    [ploy, arunee],
  ] as const) {
    await ok(link(mei, true))
    await ok(link(mei, false, { memberId: a.member, sameAs: b.member }))
    assert.equal(await same(), false, 'apart again, whichever of them is taken out')
  }
})
