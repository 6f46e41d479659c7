import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { giveKey, group, groupKeys, inbox, newKey, shareBody } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import { handOn } from '../seal/authority.ts'
import { moveGroupKey } from '../seal/group-key.ts'
import type { OwnWraps } from '../seal/key-shapes.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { openJson, unwrapKey } from '../seal/record.ts'
import { shareIdentity } from '../seal/recovery.ts'
import type { GroupSealing, ShareWhole } from './shapes.ts'

// What is shared with a group is sealed to its key: hidden members open it, and nobody learns of them by it.

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 8 })
})
after(() => house.close())

interface Opening {
  readonly wrapped: string
  readonly through: string | null
}

/** Shares a fresh report with a group, its story sealed to the group's key as the sender's browser does. */
async function shared(by: Person, groupId: string, more: object = {}) {
  const report = await filedReport(by, { text: 'a story for the group' })
  const groupWraps = await groupKeys(by, report.sealedId, groupId)
  const body = shareBody({ itemId: report.id, to: [{ group: groupId }], groupWraps, ...more })
  const answer = await by.ask<ShareWhole & { message: string }>('POST', '/api/shares', { body })
  return { report, answer, share: answer.body }
}

async function opens(by: Person, sealedId: string): Promise<unknown> {
  const { wrapped, through } = await ok<Opening>(by.ask('POST', `/api/sealed/${sealedId}/openings`))
  const content = await ok<Uint8Array>(by.ask('GET', `/api/sealed/${sealedId}/content`))
  return openJson(content, wrapped, await unwrapKey(through ?? '', by.identity))
}

test('every seat opens the story, the hidden one too; the sender and the others learn nothing of it', async () => {
  const { arunee, weiling, linh, helen, daniel } = house.people
  const id = await group(house, { stewards: [weiling], members: [arunee, linh], hidden: [helen] })
  await newKey(weiling, id)
  const { report, answer, share } = await shared(arunee, id)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  for (const reader of [linh, helen, weiling]) {
    await ok(reader.ask('GET', `/api/shares/${share.id}`))
    assert.deepEqual(await opens(reader, report.sealedId), { v: 1, text: 'a story for the group' })
  }
  assert.equal((await daniel.ask('GET', `/api/sealed/${report.sealedId}/content`)).status, 403)
  // the owner sits in the group as well: she sees those whom she may know of, and no sign of the hidden one
  const whole = await ok<ShareWhole>(arunee.ask('GET', `/api/shares/${share.id}`))
  assert.deepEqual([...new Set(whole.readers.map(({ orgName }) => orgName))].sort(), [
    'police (test)',
    'viet (test)',
  ])
  for (const path of [
    `/api/shares/${share.id}`,
    `/api/groups/${id}`,
    `/api/recipients/groups/${id}/key`,
    `/api/recipients/groups/${id}/key-holders`,
  ])
    for (const by of [arunee, linh]) {
      const said = JSON.stringify((await by.ask('GET', path)).body)
      for (const word of [helen.member, helen.org, helen.recipient, 'fiu (test)'])
        assert.ok(!said.includes(word), `${path} says ${word}`)
    }
  const wraps = await asAdmin(house.adminUrl, (admin) =>
    admin.query('select 1 from firebreak.group_wrap where share_id = $1', [share.id]),
  )
  assert.equal(wraps.rowCount, 1, 'one wrap, however many sit there')
})

test('with a hidden member and without: the same answers, of the same length', async () => {
  const { arunee, weiling, linh, helen } = house.people
  const look = async (hidden: readonly Person[]) => {
    const id = await group(house, { stewards: [weiling], members: [arunee, linh], hidden })
    await newKey(weiling, id)
    const { share } = await shared(arunee, id)
    const paths = [`/api/groups/${id}`, `/api/recipients/groups/${id}/key`, `/api/shares/${share.id}`]
    const answers = await Promise.all(paths.map((path) => linh.ask('GET', path)))
    // the log goes on by itself: a checkpoint may come between one answer and the next
    const said = (body: unknown) => JSON.stringify(body, (key, it) => (key === 'checkpoint' ? 0 : it))
    return answers.map(({ status, body }) => [status, said(body).length])
  }
  assert.deepEqual(await look([helen]), await look([]))
})

test('a new member gets the key and opens what comes; who leaves opens nothing, and the old key is not sealed to', async () => {
  const { arunee, weiling, linh, priya } = house.people
  const id = await group(house, { stewards: [weiling], members: [arunee, linh] })
  await newKey(weiling, id)
  const first = await shared(arunee, id)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `insert into firebreak.seat (group_id, member_id, role, given_by) values ($1, $2, 'member', $3)`,
      [id, priya.member, weiling.member],
    ),
  )
  const before = await priya.ask<{ message: string }>('POST', `/api/sealed/${first.report.sealedId}/openings`)
  assert.equal(before.status, 409)
  assert.match(before.body.message, /a steward of the group gives you the present one/)
  await giveKey(weiling, id, [priya])
  assert.deepEqual(await opens(priya, first.report.sealedId), { v: 1, text: 'a story for the group' })

  await ok(weiling.ask('POST', `/api/groups/${id}/seat-ends`, { body: { memberId: linh.member } }))
  assert.equal((await linh.ask('POST', `/api/sealed/${first.report.sealedId}/openings`)).status, 404)
  const waits = { held: null }
  assert.deepEqual(await ok(arunee.ask('GET', `/api/recipients/groups/${id}/key`)), waits)
  const old = await arunee.ask<{ message: string }>('POST', '/api/shares', {
    body: shareBody({
      itemId: first.report.id,
      to: [{ group: id }],
      groupWraps: [{ sealedId: first.report.sealedId, groupId: id, version: 1, wrapped: 'w' }],
    }),
  })
  assert.equal(old.status, 409, 'also for a browser that does not ask')
  assert.match(old.body.message, /waits for one of its stewards/)

  await newKey(weiling, id)
  const second = await shared(arunee, id)
  assert.deepEqual(await opens(priya, second.report.sealedId), { v: 1, text: 'a story for the group' })
  // linh kept the old key: even with all that the server stores, it does not fit what came later
  const { rows } = await asAdmin(house.adminUrl, (admin) =>
    admin.query<{ wrapped: string }>(
      'select wrapped from firebreak.seat_key where group_id = $1 and member_id = $2',
      [id, linh.member],
    ),
  )
  assert.equal(rows.length, 1, 'she was given the first version alone')
  const kept = await unwrapKey(rows[0]?.wrapped ?? '', linh.identity)
  const { wrapped } = await ok<Opening>(priya.ask('POST', `/api/sealed/${second.report.sealedId}/openings`))
  const content = await ok<Uint8Array>(priya.ask('GET', `/api/sealed/${second.report.sealedId}/content`))
  await assert.rejects(openJson(content, wrapped, kept), /could not be opened/)
})

test('a new key of one’s own takes the group’s keys and the shares that one keeps along; the steward gives anew', async () => {
  const { helen, weiling, linh, arunee } = house.people
  const id = await group(house, { stewards: [weiling], members: [arunee, helen] })
  await newKey(weiling, id)
  const { report } = await shared(arunee, id)
  const shares = await shareIdentity(
    linh.identity,
    [helen, weiling].map(({ member: memberId, org, recipient }) => ({ memberId, org, recipient })),
    2,
  )
  const body = {
    threshold: 2,
    shares: shares.map((it) => ({ ...it, org: it.officerId === helen.member ? helen.org : weiling.org })),
  }
  await ok(linh.ask('POST', '/api/recovery/shares', { body }))
  const next = await newMemberKey()
  const ways = ['password', 'recovery'].map((kind) => ({
    ...{ id: newId(), kind, credentialId: null, wrapped: `new ${kind}` },
  }))
  const rotation = { recipient: next.recipient, wraps: ways, secrets: [], seats: [], kept: [] }
  const rotate = (more: object) =>
    helen.ask<{ message: string }>('POST', '/api/keys/rotation', { body: { ...rotation, ...more } })
  const page = await ok<z.infer<typeof OwnWraps>>(helen.ask('GET', '/api/keys/wraps'))
  const to = { from: helen.identity, to: next.identity, holder: helen.member }
  const seats = await Promise.all(
    page.seats.map(async ({ groupId, version, wrapped }) => {
      const made = await moveGroupKey({ group: groupId, version, wrapped }, to)
      return { groupId, version, wrapped: made.wrapped, voucher: made.voucher }
    }),
  )
  const kept = await Promise.all(
    page.kept.map(async ({ memberId, wrapped }) => ({
      memberId,
      wrapped: await handOn(wrapped, helen.identity, next.recipient),
    })),
  )
  assert.match((await rotate({ kept })).body.message, /keys of groups are not sealed/)
  assert.match((await rotate({ seats })).body.message, /shares that you keep/)
  await ok(rotate({ seats, kept }))
  const { wrapped, through } = await ok<Opening>(helen.ask('POST', `/api/sealed/${report.sealedId}/openings`))
  const content = await ok<Uint8Array>(helen.ask('GET', `/api/sealed/${report.sealedId}/content`))
  assert.deepEqual(await openJson(content, wrapped, await unwrapKey(through ?? '', next.identity)), {
    v: 1,
    text: 'a story for the group',
  })
  // she vouches for it to herself, and so can go on sharing; the share she keeps still helps
  const { held } = await ok<GroupSealing>(helen.ask('GET', `/api/recipients/groups/${id}/key`))
  assert.equal(held?.giver.memberId, helen.member)
  const state = await ok<z.infer<typeof OwnWraps>>(helen.ask('GET', '/api/keys/wraps'))
  assert.ok((await handOn(state.kept[0]?.wrapped ?? '', next.identity, linh.recipient)).length > 0)
})

test('that it waits has one answer, whoever it is about: no key yet, a hidden member left, a key changed', async () => {
  const { arunee, weiling, helen } = house.people
  const said = new Set<string>()
  const ask = async (id: string) => {
    const { status, body } = await arunee.ask('GET', `/api/recipients/groups/${id}/key`)
    said.add(JSON.stringify([status, body]))
  }
  const make = async (hidden: readonly Person[]) => {
    const id = await group(house, { stewards: [weiling], members: [arunee], hidden })
    return id
  }
  await ask(await make([]))
  const left = await make([helen])
  await newKey(weiling, left)
  await ok(weiling.ask('POST', `/api/groups/${left}/seat-ends`, { body: { memberId: helen.member } }))
  await ask(left)
  const changed = await make([])
  await newKey(weiling, changed)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `alter table firebreak.seat_key disable trigger seat_key_given;
       update firebreak.seat_key set holder = 'age1another' where group_id = '${changed}';
       alter table firebreak.seat_key enable trigger seat_key_given`,
    ),
  )
  await ask(changed)
  await ask(newId())
  await ask(await group(house, { stewards: [weiling], members: [house.people.linh] }))
  assert.equal(said.size, 1, [...said].join('\n'))
})

test('a wrap goes only where the share went, of what is shared, and once; bare SQL does not pass either', async () => {
  const { arunee, weiling, linh } = house.people
  const here = await group(house, { stewards: [weiling], members: [arunee] })
  const there = await group(house, { stewards: [weiling], members: [arunee, linh] })
  for (const id of [here, there]) await newKey(weiling, id)
  const report = await filedReport(arunee)
  const other = await filedReport(arunee)
  const wrap = { sealedId: report.sealedId, groupId: here, version: 1, wrapped: 'w' }
  const ask = (groupWraps: object[], to = here) =>
    arunee.ask('POST', '/api/shares', {
      body: shareBody({ itemId: report.id, to: [{ group: to }], groupWraps }),
    })
  assert.equal((await ask([wrap], there)).status, 404, 'the share went elsewhere')
  assert.equal((await ask([{ ...wrap, sealedId: other.sealedId }])).status, 422)
  assert.equal((await ask([{ ...wrap, version: 9 }])).status, 409)
  assert.equal((await ask([{ ...wrap, groupId: newId() }])).status, 404)
  assert.ok((await ask([wrap, wrap])).status >= 400)
  assert.equal((await ask([wrap])).status, 200)
  assert.equal(
    (await inbox(linh)).some(({ ref }) => ref === report.ref),
    false,
  )
})
