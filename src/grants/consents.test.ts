import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { contextOf, keysFor, makeShare, openShare, shareBody } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import type { Consent, Glass, ShareWhole } from './shapes.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 8 })
})
after(() => house.close())

async function consent(by: Person, reportId: string, more: Record<string, unknown> = {}): Promise<string> {
  const body = { id: newId(), use: 'support', givenBy: 'person', how: 'by voice', expiresAt: null, ...more }
  await ok(by.ask('POST', `/api/reports/${reportId}/consents`, { body }))
  return body.id
}

const standing = async (who: Person, share: string) => (await ok<ShareWhole>(openShare(who, share))).standing

test('T51: withdrawn, nobody reads on the strength of it any more: frame, sealed content, bare SQL', async () => {
  const { arunee, linh } = house.people
  const report = await filedReport(arunee)
  const ask = { itemId: report.id, to: [{ org: linh.org }], basisKind: 'consent' }
  const without = await arunee.ask<{ message: string }>('POST', '/api/shares', { body: shareBody(ask) })
  assert.equal(without.status, 409)
  assert.match(without.body.message, /no consent of the person to this use/)
  const id = await consent(arunee, report.id)
  const other = await arunee.ask('POST', '/api/shares', { body: shareBody({ ...ask, purpose: 'warning' }) })
  assert.equal(other.status, 409, 'consent to one use is none to another')
  const made = await makeShare(arunee, { ...ask, wraps: await keysFor(arunee, report.sealedId, [linh]) })
  assert.equal(await standing(linh, made.id), 'live')
  await ok(linh.ask('POST', `/api/sealed/${report.sealedId}/openings`))

  const { consents } = await ok<{ consents: Consent[] }>(arunee.ask('POST', `/api/consents/${id}/withdrawal`))
  assert.deepEqual(
    consents.map(({ live }) => live),
    [false],
  )
  assert.equal(
    (await ok<ShareWhole>(openShare(arunee, made.id))).standing,
    'consent',
    'its owner sees it closed, too',
  )
  const stone = await ok<ShareWhole>(openShare(linh, made.id))
  assert.deepEqual([stone.standing, stone.frame], ['consent', null])
  assert.equal((await linh.ask('POST', `/api/sealed/${report.sealedId}/openings`)).status, 404)
  assert.equal((await linh.ask('GET', `/api/sealed/${report.sealedId}/content`)).status, 404)
  const rows = await house.store.as(contextOf(linh), (db) =>
    db.selectFrom('report').selectAll().where('id', '=', report.id).execute(),
  )
  assert.equal(rows.length, 0)
  // given again, it is a new consent, and the share opens again
  await consent(arunee, report.id)
  assert.equal(await standing(linh, made.id), 'live')
})

test('narrowed: it ends when the person says; it is never widened, not by the database either', async () => {
  const { arunee, linh } = house.people
  const report = await filedReport(arunee)
  const soon = new Date(Date.now() + 86_400_000).toISOString()
  const id = await consent(arunee, report.id, { expiresAt: soon, givenBy: 'guardian' })
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }], basisKind: 'consent' })
  const later = new Date(Date.now() + 2 * 86_400_000).toISOString()
  const wider = await arunee.ask<{ message: string }>('POST', `/api/consents/${id}/narrowing`, {
    body: { expiresAt: later },
  })
  assert.equal(wider.status, 409)
  assert.match(wider.body.message, /narrowed, not widened/)
  await assert.rejects(
    house.store.as(contextOf(arunee), (db) =>
      db.updateTable('consent').set({ expires_at: null }).where('id', '=', id).execute(),
    ),
    /narrowed, not widened/,
  )
  await ok(
    arunee.ask('POST', `/api/consents/${id}/narrowing`, {
      body: { expiresAt: new Date(Date.now() - 1).toISOString() },
    }),
  )
  assert.equal(await standing(linh, made.id), 'consent')
  await ok(arunee.ask('POST', `/api/consents/${id}/withdrawal`))
  await assert.rejects(
    house.store.as(contextOf(arunee), (db) =>
      db.updateTable('consent').set({ withdrawn_at: null }).where('id', '=', id).execute(),
    ),
    /was withdrawn/,
  )
  assert.equal((await linh.ask('POST', `/api/consents/${id}/withdrawal`)).status, 404)
  assert.equal(
    (
      await linh.ask('POST', `/api/reports/${report.id}/consents`, {
        body: { id: newId(), use: 'support', givenBy: 'person', how: '', expiresAt: null },
      })
    ).status,
    404,
  )
})

test('a request that rests on consent closes for its receiver, with the briefing in it', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const body = { ...freezeRequest({ reportId: report.id, toOrg: weiling.org }), basisKind: 'consent' }
  assert.equal((await arunee.ask('POST', '/api/requests', { body })).status, 409)
  const id = await consent(arunee, report.id, { use: 'protect_money' })
  const request = await ok<RequestWhole>(arunee.ask('POST', '/api/requests', { body }))
  const [given] = await keysFor(arunee, report.sealedId, [weiling])
  const { sealedId } = report
  const wraps = [{ memberId: weiling.member, wrapped: given?.wrapped }]
  await ok(arunee.ask('POST', `/api/sealed/${sealedId}/wraps`, { body: { wraps } }))
  await ok(weiling.ask('GET', `/api/requests/${request.id}`))
  await ok(weiling.ask('POST', `/api/sealed/${sealedId}/openings`))
  await ok(arunee.ask('POST', `/api/consents/${id}/withdrawal`))
  assert.equal((await weiling.ask('GET', `/api/requests/${request.id}`)).status, 404)
  assert.equal((await weiling.ask('POST', `/api/sealed/${sealedId}/openings`)).status, 404)
  assert.equal((await weiling.ask('POST', `/api/requests/${request.id}/acknowledgement`)).status, 404)
  await ok(arunee.ask('GET', `/api/requests/${request.id}`))
})

test('two record the same consent at once: one stands', async () => {
  const { arunee, ploy } = house.people
  const report = await filedReport(arunee)
  const answers = await Promise.all(
    [arunee, ploy, arunee, ploy].map((by) =>
      by.ask('POST', `/api/reports/${report.id}/consents`, {
        body: { id: newId(), use: 'support', givenBy: 'person', how: '', expiresAt: null },
      }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
})

test('broken glass opens for one person what consent or time had closed; its owner is told and judges once', async () => {
  const { arunee, ploy, linh, mei } = house.people
  const report = await filedReport(arunee)
  const id = await consent(arunee, report.id)
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }], basisKind: 'consent' })
  const path = `/api/shares/${made.id}/glass`
  const body = { id: newId(), reason: 'she called from the compound; her life is at risk tonight', hours: 1 }
  const early = await linh.ask<{ message: string }>('POST', path, { body })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /open to you already/)
  await ok(arunee.ask('POST', `/api/consents/${id}/withdrawal`))
  assert.equal((await linh.ask('POST', path, { body: { ...body, reason: 'urgent' } })).status, 422)
  assert.equal((await linh.ask('POST', path, { body: { ...body, hours: 24 } })).status, 422)
  const open = await ok<ShareWhole>(linh.ask('POST', path, { body }))
  assert.ok(open.frame && open.glassUntil)

  const { glasses } = await ok<{ glasses: Glass[] }>(ploy.ask('GET', '/api/glass'))
  assert.deepEqual(
    glasses.map((it) => [it.id, it.orgName, it.reason, it.verdict]),
    [[body.id, 'viet (test)', body.reason, null]],
  )
  const review = { verdict: 'not_justified', review: 'nobody had called' }
  assert.equal((await linh.ask('POST', `/api/glass/${body.id}/review`, { body: review })).status, 404)
  const reviews = await Promise.all(
    [arunee, ploy, arunee].map((by) => by.ask('POST', `/api/glass/${body.id}/review`, { body: review })),
  )
  assert.deepEqual(reviews.map(({ status }) => status).sort(), [200, 409, 409])
  const { entries } = await ok<{ entries: { act: string; actorName: string }[] }>(
    mei.ask('GET', `/api/audit?object=${made.id}`),
  )
  assert.ok(entries.some(({ act, actorName }) => act === 'glass.broken' && actorName === 'linh'))
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.break_glass set opened_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'`,
    ),
  )
  assert.equal((await ok<ShareWhole>(openShare(linh, made.id))).frame, null, 'the hour is over')
})

test('no glass breaks what its owner took back, what never reached somebody, or another’s name', async () => {
  const { arunee, linh, helen } = house.people
  const report = await filedReport(arunee)
  const made = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })
  await ok(arunee.ask('POST', `/api/shares/${made.id}/recall`, { body: { note: '' } }))
  const body = { id: newId(), reason: 'a long enough reason for anything', hours: 1 }
  const back = await linh.ask<{ message: string }>('POST', `/api/shares/${made.id}/glass`, { body })
  assert.equal(back.status, 409)
  assert.match(back.body.message, /ask its owner/)
  assert.equal((await helen.ask('POST', `/api/shares/${made.id}/glass`, { body })).status, 404)
  const glass = {
    id: newId(),
    share_id: made.id,
    owner_org: arunee.org,
    reason: body.reason,
    expires_at: new Date(Date.now() + 60_000),
  }
  for (const row of [
    { org_id: linh.org, member_id: linh.member },
    { org_id: helen.org, member_id: helen.member },
  ])
    await assert.rejects(
      house.store.as(contextOf(row.org_id === linh.org ? linh : helen), (db) =>
        db
          .insertInto('break_glass')
          .values({ ...glass, ...row })
          .execute(),
      ),
      /row-level security/,
    )
})
