import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { localTime } from '../core/hours.ts'
import { newId } from '../core/ids.ts'
import type { HoldOrder, RequestWhole } from './shapes.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

/** A request from the Thai organisation to the police, sent. */
async function sent(by: Person = house.people.arunee): Promise<RequestWhole> {
  const report = await filedReport(by)
  const request = freezeRequest({ reportId: report.id, toOrg: house.people.weiling.org })
  const answer = await by.ask<RequestWhole>('POST', '/api/requests', { body: request })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

function sums(request: RequestWhole): void {
  for (const line of request.lines) {
    assert.equal(line.atRisk + line.held + line.lost + line.returned, line.reported)
  }
}

test('the founding night: sent, taken on, ordered, held in part, returned, thanked, closed', async () => {
  const { arunee, weiling, priya } = house.people
  const request = await sent()
  assert.equal(request.status, 'sent')
  sums(request)
  const path = `/api/requests/${request.id}`
  const desk = await weiling.ask<{ requests: { id: string }[] }>('GET', '/api/desk')
  assert.ok(desk.body.requests.some((it) => it.id === request.id))

  await weiling.ask('POST', `${path}/acknowledgement`)
  const lineId = request.lines[0]?.id ?? ''
  const ordered = await weiling.ask<RequestWhole>('POST', `${path}/orders`, {
    body: {
      id: newId(),
      lineId,
      bankOrg: priya.org,
      reference: 'SGP-2026-0001',
      legalBasis: 'seizure',
      expiresAt: null,
    },
  })
  assert.equal(ordered.status, 200, JSON.stringify(ordered.body))
  const { body: orders } = await priya.ask<{ orders: HoldOrder[] }>('GET', '/api/orders')
  const order = orders.orders.find((it) => it.id === ordered.body.orders[0]?.id)
  assert.equal(order?.minor, 4_820_000)

  const answered = await priya.ask<HoldOrder>('POST', `/api/orders/${order?.id}/answer`, {
    body: { heldMinor: 4_000_000, goneMinor: 820_000, note: 'the rest left at 02:11' },
  })
  assert.equal(answered.status, 200, JSON.stringify(answered.body))
  const back = await weiling.ask<RequestWhole>('POST', `${path}/moves`, {
    body: { id: newId(), lineId, from: 'held', to: 'returned', minor: 1_000_000, note: '' },
  })
  assert.equal(back.body.status, 'answered')
  assert.deepEqual(
    back.body.lines.map(({ atRisk, held, lost, returned }) => [atRisk, held, lost, returned]),
    [[0, 3_000_000, 820_000, 1_000_000]],
  )
  await weiling.ask('POST', `${path}/thanks`, { body: { text: 'Thank you. 40,000 dollars are safe.' } })
  await weiling.ask('POST', `${path}/closing`, { body: { text: 'The victim was reached.' } })
  const seen = await arunee.ask<RequestWhole>('GET', path)
  assert.equal(seen.body.status, 'closed')
  assert.deepEqual(
    seen.body.events.map((event) => event.kind),
    ['sent', 'acknowledged', 'ordered', 'answered', 'moved', 'thanked', 'closed'],
  )
  sums(seen.body)
})

test('a bank that answers more than still stands at risk hears why, and what to do; nothing is recorded', async () => {
  const { weiling, priya } = house.people
  const request = await sent()
  const path = `/api/requests/${request.id}`
  const lineId = request.lines[0]?.id
  await ok(weiling.ask('POST', `${path}/acknowledgement`))
  const order = {
    ...{ id: newId(), lineId, bankOrg: priya.org, reference: 'SGP-2026-0002' },
    ...{ legalBasis: 'seizure', expiresAt: null },
  }
  await ok(weiling.ask('POST', `${path}/orders`, { body: order }))
  const move = { id: newId(), lineId, from: 'at_risk', to: 'lost', minor: 1_000_000, note: '' }
  await ok(weiling.ask('POST', `${path}/moves`, { body: move }))
  const answer = (heldMinor: number) =>
    priya.ask<{ message: string }>('POST', `/api/orders/${order.id}/answer`, {
      body: { heldMinor, goneMinor: 0, note: '' },
    })
  const refused = await answer(4_820_000)
  assert.equal(refused.status, 409)
  assert.match(refused.body.message, /more than still stands at risk.*ask the authority by their channel/)
  await ok(answer(3_820_000))
  const [line] = (await ok<RequestWhole>(weiling.ask('GET', path))).lines
  assert.deepEqual([line?.atRisk, line?.held, line?.lost], [0, 3_820_000, 1_000_000])
})

test('a bank sees its order and nothing of the request behind it', async () => {
  const { weiling, priya, somchai } = house.people
  const request = await sent()
  const path = `/api/requests/${request.id}`
  await weiling.ask('POST', `${path}/acknowledgement`)
  const ordered = await weiling.ask<RequestWhole>('POST', `${path}/orders`, {
    body: {
      id: newId(),
      lineId: request.lines[0]?.id,
      bankOrg: priya.org,
      reference: 'X-1',
      legalBasis: 'seizure',
      expiresAt: null,
    },
  })
  const order = await priya.ask<HoldOrder>('GET', `/api/orders/${ordered.body.orders[0]?.id}`)
  assert.equal(order.status, 200)
  assert.equal((await priya.ask('GET', path)).status, 404)
  assert.equal((await somchai.ask('GET', `/api/orders/${order.body.id}`)).status, 404)
  assert.ok(!JSON.stringify(order.body).includes(house.people.arunee.org), 'the sender is not named')
  assert.ok(!JSON.stringify(order.body).includes(request.ref), 'the request is not named')
})

test('two officers acknowledge at once: one does, the other is told', async () => {
  const { weiling, farid } = house.people
  const request = await sent()
  const answers = await Promise.all(
    [weiling, farid].map((officer) =>
      officer.ask<{ message?: string }>('POST', `/api/requests/${request.id}/acknowledgement`),
    ),
  )
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409])
  assert.match(answers.find((answer) => answer.status === 409)?.body.message ?? '', /somebody may have acted/)
})

test('the same key twice is one request and the same answer; another body under it is refused', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const body = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  const key = newId()
  const [first, second] = await Promise.all(
    [1, 2].map(() => arunee.ask('POST', '/api/requests', { body, key })),
  )
  assert.equal(first?.status, 200)
  assert.deepEqual(first?.body, second?.body)
  const other = await arunee.ask('POST', '/api/requests', { body: { ...body, note: 'another' }, key })
  assert.equal(other.status, 409)
})

test('money that is not there cannot be moved, whatever comes at once', async () => {
  const { weiling } = house.people
  const request = await sent()
  const path = `/api/requests/${request.id}`
  await weiling.ask('POST', `${path}/acknowledgement`)
  const lineId = request.lines[0]?.id
  const move = (minor: number) =>
    weiling.ask('POST', `${path}/moves`, {
      body: { id: newId(), lineId, from: 'at_risk', to: 'lost', minor, note: '' },
    })
  const answers = await Promise.all([move(3_000_000), move(3_000_000), move(3_000_000)])
  assert.equal(answers.filter((answer) => answer.status === 200).length, 1)
  assert.equal(answers.filter((answer) => answer.status === 409).length, 2)
  const seen = await weiling.ask<RequestWhole>('GET', path)
  sums(seen.body)
})

test('a request to an organisation that has left says so and sends nothing', async () => {
  const { arunee, farid } = house.people
  const report = await filedReport(arunee)
  await house.store.as({ system: 'setup' }, (db) =>
    db.updateTable('org').set({ left_at: new Date() }).where('id', '=', farid.org).execute(),
  )
  const answer = await arunee.ask<{ message: string }>('POST', '/api/requests', {
    body: freezeRequest({ reportId: report.id, toOrg: farid.org }),
  })
  await house.store.as({ system: 'setup' }, (db) =>
    db.updateTable('org').set({ left_at: null }).where('id', '=', farid.org).execute(),
  )
  assert.equal(answer.status, 409)
  assert.match(answer.body.message, /has left the network/)
})

/** Gives an organisation a power for the time of a test. */
async function power(org: string, it: { kind: string; country: string; until?: string }): Promise<string> {
  const id = newId()
  await house.store.as({ system: 'setup' }, (db) =>
    db
      .insertInto('power')
      .values({
        id,
        org_id: org,
        kind: it.kind as never,
        country: it.country,
        legal_basis: 'a law',
        verified_by: 'the test',
        until: it.until ?? null,
      })
      .execute(),
  )
  return id
}

async function inZone(org: string, timeZone: string): Promise<void> {
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.org set time_zone = $2 where id = $1', [org, timeZone]),
  )
}

test('a power ends at midnight where its organisation is, neither earlier nor later', async () => {
  const { linh, somchai } = house.people
  const report = await filedReport(linh)
  const send = () =>
    linh.ask<{ message: string }>('POST', '/api/requests', {
      body: { ...freezeRequest({ reportId: report.id, toOrg: somchai.org }), railId: 'sending-bank-recall' },
    })
  // UTC-11 and UTC+14: at every hour, one of the two has another date than Greenwich
  const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'].map(
    (zone) => localTime(new Date(), zone).date,
  )
  await inZone(somchai.org, 'Pacific/Pago_Pago')
  const first = await power(somchai.org, { kind: 'recall_payment', country: 'TH', until: west ?? '' })
  assert.equal((await send()).status, 200, 'it is still its last day there')
  await inZone(somchai.org, 'Pacific/Kiritimati')
  const over = await send()
  assert.equal(over.status, 409, 'there it is tomorrow already')
  assert.match(over.body.message, /holds no power/)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.power set until = $2 where id = $1', [first, east]),
  )
  assert.equal((await send()).status, 200, 'its last day there')
  await asAdmin(house.adminUrl, (admin) => admin.query('delete from firebreak.power where id = $1', [first]))
  await inZone(somchai.org, 'Asia/Singapore')
})

test('a power must be held where the rail wants it: police of Singapore freeze nothing in Malaysia', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const there = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  const facts = there.facts.map((fact) => ({ ...fact, country: 'MY' }))
  const answer = await arunee.ask<{ message: string }>('POST', '/api/requests', { body: { ...there, facts } })
  assert.equal(answer.status, 409)
  assert.match(answer.body.message, /in SG, not in MY/)
  const unknown = there.facts.map((fact) => ({ ...fact, country: null }))
  await ok(arunee.ask('POST', '/api/requests', { body: { ...there, facts: unknown } }))
})

test('a day without its hour arrives as that day; a day that has no beginning is refused', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const there = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  const day = { paidAt: '2026-03-01T16:00:00.000Z', paidDay: '2026-03-02' }
  const body = { ...there, ...day }
  const refused = await arunee.ask<{ message: string }>('POST', '/api/requests', {
    body: { ...body, paidAt: null },
  })
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /^paidDay: /)
  const sent = await ok<RequestWhole>(arunee.ask('POST', '/api/requests', { body }))
  const seen = await ok<RequestWhole>(weiling.ask('GET', `/api/requests/${sent.id}`))
  assert.deepEqual([seen.paidAt, seen.paidDay], [day.paidAt, day.paidDay])
})

test('what was said of the payment arrives with the officer', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const payment = {
    ...{ payerCountry: 'TH', payerBank: 'Chao River Bank', channel: 'instant' as const },
    ...{ recallSent: true, reportFiled: null },
  }
  const body = { ...freezeRequest({ reportId: report.id, toOrg: weiling.org }), payment }
  const sent = await ok<RequestWhole>(arunee.ask('POST', '/api/requests', { body }))
  const seen = await ok<RequestWhole>(weiling.ask('GET', `/api/requests/${sent.id}`))
  assert.deepEqual(seen.payment, payment)
  for (const wrong of [
    { channel: 'pigeon' },
    { payerCountry: 'Thailand' },
    { payerBank: ' ' },
    { payerBank: '\u200b\u2060' },
    { payerBank: '\u202eknaB revaH' },
    { payerBank: 'Chao River Bank\nPolice: told' },
    { more: 1 },
  ]) {
    const it = { ...body, id: newId(), payment: { ...payment, ...wrong } }
    const refused = await arunee.ask<{ message: string }>('POST', '/api/requests', { body: it })
    assert.equal(refused.status, 422)
    assert.match(refused.body.message, /payment/)
  }
})

test('a bank takes on a recall, records what came back and closes it; it orders nobody', async () => {
  const { arunee, priya, somchai } = house.people
  const report = await filedReport(arunee)
  const body = freezeRequest({ reportId: report.id, toOrg: priya.org })
  const { id, lines } = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: { ...body, railId: 'sending-bank-recall' } }),
  )
  const path = `/api/requests/${id}`
  const move = {
    id: newId(),
    lineId: lines[0]?.id,
    from: 'at_risk',
    to: 'returned',
    minor: 4_820_000,
    note: '',
  }
  const early = await priya.ask<{ message: string }>('POST', `${path}/moves`, { body: move })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /take it on first/)
  assert.equal((await somchai.ask('POST', `${path}/acknowledgement`)).status, 404, 'another bank’s')
  await ok(priya.ask('POST', `${path}/acknowledgement`))
  const order = {
    id: newId(),
    lineId: lines[0]?.id,
    bankOrg: somchai.org,
    reference: 'X',
    legalBasis: 'none',
  }
  assert.equal(
    (await priya.ask('POST', `${path}/orders`, { body: { ...order, expiresAt: null } })).status,
    403,
  )
  await ok(priya.ask('POST', `${path}/moves`, { body: move }))
  await ok(priya.ask('POST', `${path}/thanks`, { body: { text: 'All of it came back. Thank you.' } }))
  await ok(priya.ask('POST', `${path}/closing`, { body: { text: 'Recalled before it was credited.' } }))
  const seen = await ok<RequestWhole>(arunee.ask('GET', path))
  assert.deepEqual([seen.status, seen.lines[0]?.returned], ['closed', 4_820_000])
})

test('an FIU takes on a postponement and orders the bank', async () => {
  const { arunee, helen, priya } = house.people
  await power(helen.org, { kind: 'fiu_postponement', country: 'SG' })
  const report = await filedReport(arunee)
  const body = freezeRequest({ reportId: report.id, toOrg: helen.org })
  const { id, lines } = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: { ...body, railId: 'fiu-postponement' } }),
  )
  await ok(helen.ask('POST', `/api/requests/${id}/acknowledgement`))
  const order = {
    id: newId(),
    lineId: lines[0]?.id,
    bankOrg: priya.org,
    reference: 'FIU-7',
    legalBasis: 'a law',
  }
  const ordered = await ok<RequestWhole>(
    helen.ask('POST', `/api/requests/${id}/orders`, { body: { ...order, expiresAt: null } }),
  )
  assert.equal(ordered.status, 'ordered')
})

test('what moved stands in the log with its currency', async () => {
  const { weiling, mei } = house.people
  const request = await sent()
  await ok(weiling.ask('POST', `/api/requests/${request.id}/acknowledgement`))
  const lineId = request.lines[0]?.id
  const body = { id: newId(), lineId, from: 'at_risk', to: 'lost', minor: 100, note: '' }
  await ok(weiling.ask('POST', `/api/requests/${request.id}/moves`, { body }))
  const { entries } = await ok<{ entries: { act: string; detail: object }[] }>(
    mei.ask('GET', `/api/audit?object=${request.id}`),
  )
  assert.deepEqual(entries.find(({ act }) => act === 'money.moved')?.detail, {
    line: lineId,
    from: 'at_risk',
    to: 'lost',
    minor: 100,
    currency: 'SGD',
  })
})

test('401, 403, 404 and 422 say what and where', async () => {
  const { arunee, mei, weiling } = house.people
  const { built } = house
  const { asker } = await import('../../test/house.ts')
  const nobody = asker(built, null)
  assert.equal((await nobody('POST', '/api/requests', { body: {} })).status, 401)
  assert.equal(
    (
      await mei.ask('POST', '/api/requests', {
        body: freezeRequest({ reportId: newId(), toOrg: weiling.org }),
      })
    ).status,
    403,
  )
  assert.equal(
    (
      await arunee.ask('POST', '/api/requests', {
        body: freezeRequest({ reportId: newId(), toOrg: weiling.org }),
      })
    ).status,
    404,
  )
  const bad = await arunee.ask<{ message: string }>('POST', '/api/requests', { body: { id: 'x' } })
  assert.equal(bad.status, 422)
  assert.match(bad.body.message, /^id: /)
})
