import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import type { RequestWhole } from '../freeze/shapes.ts'

// What an organisation had asked for, and what it was asked, ends when it is removed; whoever waits is told.

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

async function sent(from: Person, to: Person) {
  const report = await filedReport(from)
  const body = freezeRequest({ reportId: report.id, toOrg: to.org })
  await ok(from.ask('POST', '/api/requests', { body }))
  return body
}
const whole = (by: Person, id: string) => ok<RequestWhole>(by.ask('GET', `/api/requests/${id}`))
async function remove(org: string, second: Person): Promise<void> {
  const id = newId()
  const body = { id, kind: 'org', subjectId: org, reason: 'It sold what it read (invented).' }
  await ok(house.people.mei.ask('POST', '/api/removals', { body }))
  await ok(second.ask('POST', `/api/removals/${id}/confirmation`))
}

test('a removed sender: who was asked sees it taken back; what was over before stays as it was', async () => {
  const { linh, arunee, weiling, priya } = house.people
  const [open, over, others] = [
    await sent(linh, weiling),
    await sent(linh, weiling),
    await sent(arunee, weiling),
  ]
  await ok(linh.ask('POST', `/api/requests/${over.id}/recall`, { body: { text: 'sent twice' } }))
  await remove(linh.org, priya)
  const state = (id: string) =>
    asAdmin(house.adminUrl, async (db) => {
      const { rows } = await db.query(
        `select r.status, (select json_agg(e.body -> 'why') from firebreak.request_event e where e.request_id = r.id and e.kind = 'recalled') as why
         from firebreak.request r where r.id = $1`,
        [id],
      )
      return rows[0]
    })
  assert.deepEqual(await state(open.id), { status: 'recalled', why: ['removed'] })
  assert.deepEqual(await state(over.id), { status: 'recalled', why: [null] })
  assert.equal((await whole(weiling, open.id)).status, 'recalled')
  assert.equal((await whole(weiling, others.id)).status, 'sent', 'what others asked stands')
})

test('a removed authority: who waits sees it declined, with the reason, and can ask another; money held stays held', async () => {
  const { arunee, weiling, priya } = house.people
  const [waits, isHeld] = [await sent(arunee, weiling), await sent(arunee, weiling)]
  await ok(weiling.ask('POST', `/api/requests/${isHeld.id}/acknowledgement`))
  const order = newId()
  const body = {
    ...{ id: order, lineId: isHeld.lines[0]?.id, bankOrg: priya.org, reference: 'AS-1' },
    ...{ legalBasis: 'a law', expiresAt: null },
  }
  await ok(weiling.ask('POST', `/api/requests/${isHeld.id}/orders`, { body }))
  await remove(weiling.org, priya)
  for (const { id } of [waits, isHeld]) {
    const seen = await whole(arunee, id)
    assert.equal(seen.status, 'declined')
    assert.ok(seen.closedAt)
    const last = seen.events.at(-1)
    assert.deepEqual([last?.kind, last?.orgId, last?.body], ['declined', weiling.org, { why: 'removed' }])
  }
  const { orders } = await ok<{ orders: { id: string }[] }>(priya.ask('GET', '/api/orders'))
  assert.ok(
    orders.some(({ id }) => id === order),
    'the bank keeps its order',
  )
})
