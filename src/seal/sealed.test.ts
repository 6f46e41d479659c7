import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import { addWraps, openJson, sealJson } from './record.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

const openings = (id: string) => `/api/sealed/${id}/openings`

test('a sealed report opens for who holds a key, and every key served is in the audit log first', async () => {
  const { arunee, weiling, mei } = house.people
  const report = await filedReport(arunee, { text: 'the canary sings in Burmese: မင်္ဂလာပါ' })
  const { wrapped } = await ok<{ wrapped: string }>(arunee.ask('POST', openings(report.sealedId)))
  const content = await ok<Uint8Array>(arunee.ask('GET', `/api/sealed/${report.sealedId}/content`))
  const opened = await openJson(content, wrapped, arunee.identity)
  assert.deepEqual(opened, { v: 1, text: 'the canary sings in Burmese: မင်္ဂလာပါ' })

  assert.equal((await weiling.ask('POST', openings(report.sealedId))).status, 404)
  assert.equal((await weiling.ask('GET', `/api/sealed/${report.sealedId}/content`)).status, 404)
  const log = await ok<{ entries: { act: string; objectId: string; actorName: string }[] }>(
    mei.ask('GET', `/api/audit?object=${report.sealedId}`),
  )
  assert.deepEqual(
    log.entries.map((entry) => entry.act),
    ['sealed.opened', 'sealed.granted'],
  )
  assert.ok(!JSON.stringify(log).includes('canary'))
})

test('a key is passed on only by who can open, and then the other side opens the same content', async () => {
  const { arunee, ploy, weiling, linh } = house.people
  const report = await filedReport(arunee)
  const { wrapped } = await ok<{ wrapped: string }>(arunee.ask('POST', openings(report.sealedId)))
  const wraps = await addWraps(wrapped, arunee.identity, [
    { memberId: weiling.member, recipient: weiling.recipient },
  ])
  const share = `/api/sealed/${report.sealedId}/wraps`
  assert.equal((await linh.ask('POST', share, { body: { wraps } })).status, 404)
  // a colleague sees the frame but holds no key
  assert.equal((await ploy.ask('POST', share, { body: { wraps } })).status, 404)
  await ok(arunee.ask('POST', share, { body: { wraps } }))
  // a key by itself opens nothing abroad: it goes with a share, or with a request
  assert.equal((await weiling.ask('POST', openings(report.sealedId))).status, 404)
  const body = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  await ok(arunee.ask('POST', '/api/requests', { body }))
  const theirs = await ok<{ wrapped: string }>(weiling.ask('POST', openings(report.sealedId)))
  const content = await ok<Uint8Array>(weiling.ask('GET', `/api/sealed/${report.sealedId}/content`))
  assert.deepEqual(await openJson(content, theirs.wrapped, weiling.identity), {
    v: 1,
    text: 'an invented story',
  })
})

test('half a record is nobody’s: it cannot be read or reported until it has arrived', async () => {
  const { arunee } = house.people
  const { ciphertext, recipient, wraps } = await sealJson({ v: 1 }, [
    { memberId: arunee.member, recipient: arunee.recipient },
  ])
  const id = newId()
  await ok(arunee.ask('POST', '/api/sealed', { body: { id, kind: 'report', recipient, wraps } }))
  assert.equal((await arunee.ask('GET', `/api/sealed/${id}/content`)).status, 404)
  const body = { id: newId(), tlp: 'RED', sealedId: id, evidence: [], tokens: [], draftId: null }
  const early = await arunee.ask<{ message: string }>('POST', '/api/reports', { body })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /has not arrived/)
  assert.equal(
    (await arunee.ask('PUT', `/api/sealed/${id}/content`, { octets: new Uint8Array() })).status,
    422,
  )
  await ok(arunee.ask('PUT', `/api/sealed/${id}/content`, { octets: ciphertext }))
  // sent again after a lost answer: stored once, same answer
  await ok(arunee.ask('PUT', `/api/sealed/${id}/content`, { octets: ciphertext }))
  await ok(arunee.ask('POST', '/api/reports', { body }))
})

test('a draft belongs to its author alone and goes when the report is filed', async () => {
  const { arunee, ploy, linh } = house.people
  const id = newId()
  const octets = new Uint8Array([1, 2, 3])
  await ok(arunee.ask('PUT', `/api/drafts/${id}/content`, { octets }))
  await ok(arunee.ask('PUT', `/api/drafts/${id}/content`, { octets: new Uint8Array([4]) }))
  assert.deepEqual(await ok(arunee.ask('GET', `/api/drafts/${id}/content`)), new Uint8Array([4]))
  for (const other of [ploy, linh]) {
    assert.equal((await other.ask('GET', `/api/drafts/${id}/content`)).status, 404)
    assert.deepEqual(await ok(other.ask('GET', '/api/drafts')), { drafts: [] })
    assert.notEqual((await other.ask('PUT', `/api/drafts/${id}/content`, { octets })).status, 200)
  }
  const report = await filedReport(arunee)
  const body = { id: newId(), tlp: 'AMBER', sealedId: report.sealedId, evidence: [], tokens: [], draftId: id }
  await ok(arunee.ask('POST', '/api/reports', { body }))
  assert.deepEqual(await ok(arunee.ask('GET', '/api/drafts')), { drafts: [] })
})

test('a draft open in two windows is never overwritten unasked; sending one again is no change of somebody else’s', async () => {
  const { arunee, linh } = house.people
  const id = newId()
  const [first, here, there] = [newId(), newId(), newId()]
  const put = (after: string, as: string, byte: number) =>
    arunee.ask<{ message: string }>('PUT', `/api/drafts/${id}/content?after=${after}&as=${as}`, {
      octets: new Uint8Array([byte]),
    })
  const content = () => ok<Uint8Array>(arunee.ask('GET', `/api/drafts/${id}/content`))
  assert.equal((await put('', first, 1)).status, 200)
  assert.equal((await put('', first, 2)).status, 200, 'the first answer was lost')
  assert.equal((await put('', newId(), 3)).status, 409, 'somebody else’s beginning')
  // both windows opened the first version; one of them wins, and its next try is still its own
  const both = await Promise.all([put(first, here, 4), put(first, there, 5)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  const [won, lost] = both[0]?.status === 200 ? [here, there] : [there, here]
  assert.deepEqual(await content(), new Uint8Array([won === here ? 4 : 5]))
  assert.equal((await put(first, won, 6)).status, 200)
  assert.match((await put(first, lost, 7)).body.message, /changed in another window/)
  assert.deepEqual(await content(), new Uint8Array([6]))
  // one that has gone is not made again by a window that still shows it, and says no more than a stranger learns
  await ok(arunee.ask('DELETE', `/api/drafts/${id}`))
  const gone = await put(won, newId(), 8)
  assert.equal(gone.status, 404)
  const path = `/api/drafts/${id}/content?after=${won}&as=${newId()}`
  assert.deepEqual((await linh.ask('PUT', path, { octets: new Uint8Array([9]) })).body, gone.body)
  assert.equal((await put('x', newId(), 1)).status, 422)
})

test('too large, wrong type and no session are refused in words', async () => {
  const { arunee } = house.people
  const id = newId()
  const large = await arunee.ask<{ message: string }>('PUT', `/api/drafts/${id}/content`, {
    octets: new Uint8Array(5 * 1024 * 1024 + 1),
  })
  assert.equal(large.status, 413)
  assert.match(large.body.message, /5 MiB/)
  const json = await arunee.ask('PUT', `/api/drafts/${id}/content`, {
    octets: new Uint8Array([1]),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(json.status, 422)
  assert.equal((await asker(house.built, null)('GET', '/api/drafts')).status, 401)
})
