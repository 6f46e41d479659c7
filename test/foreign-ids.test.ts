import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '../src/core/ids.ts'
import { sealJson } from '../src/seal/record.ts'
import { asAdmin } from './database.ts'
import { filedReport, freezeRequest, ok } from './fixtures.ts'
import { type AskOptions, type Person, type TestHouse, testHouse } from './house.ts'
import { makeShare } from './sharing.ts'

/**
 * T4: on every route that takes an id, the id of something that is not the asker's gets the same answer as one that
 * never was. Routes and the bodies they need come from the API's own description, so a new route is in this test at once.
 */
interface Shape {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly minItems?: number
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Shape }>> }
}

let house: TestHouse
/** Something of Arunee's and Wei Ling's, by the first word of the routes that take its id. */
const theirs: Record<string, string> = {}
/** What every member may look at: there is nothing to hide about the id itself. */
const EVERYBODYS = ['orgs', 'powers', 'proposals', 'removals']
/** Made in a long way, and tried with a stranger's id in the tests of their rooms. */
const ELSEWHERE = ['corroboration-offers', 'glass', 'audit', 'recovery', 'sessions', 'passkeys']
let description: Description

before(async () => {
  house = await testHouse()
  const { arunee, weiling, priya, mei } = house.people
  const report = await filedReport(arunee)
  theirs.reports = report.id
  theirs.sealed = report.sealedId
  const draft = newId()
  await ok(arunee.ask('PUT', `/api/drafts/${draft}/content`, { octets: new Uint8Array(64) }))
  theirs.drafts = draft
  const request = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  await ok(arunee.ask('POST', '/api/requests', { body: request }))
  await ok(weiling.ask('POST', `/api/requests/${request.id}/acknowledgement`))
  theirs.requests = request.id
  const order = newId()
  const body = {
    ...{ id: order, lineId: request.lines[0]?.id, bankOrg: priya.org, reference: 'AS-1' },
    ...{ legalBasis: 'a law', expiresAt: null },
  }
  await ok(weiling.ask('POST', `/api/requests/${request.id}/orders`, { body }))
  theirs.orders = order
  const group = newId()
  await ok(
    mei.ask('POST', '/api/groups', { body: { id: group, name: 'g', purpose: 'p', tlpLimit: 'AMBER' } }),
  )
  const { token } = await ok<{ token: string }>(
    mei.ask('POST', `/api/groups/${group}/offers`, { body: { role: 'steward', hidden: false } }),
  )
  await ok(weiling.ask('POST', '/api/seats', { body: { token } }))
  theirs.groups = group
  theirs.recipients = group
  const meeting = newId()
  await ok(
    weiling.ask('POST', '/api/meetings', {
      body: {
        ...{ id: meeting, groupId: group, title: 't', startsAt: new Date().toISOString(), minutes: 30 },
        ...{ place: 'p', agenda: '', tlp: 'AMBER' },
      },
    }),
  )
  theirs.meetings = meeting
  const share = await makeShare(arunee, { itemId: report.id, to: [{ org: weiling.org }] })
  theirs.shares = share.id
  theirs.consents = newId()
  const consent = { id: theirs.consents, use: 'support', givenBy: 'person', how: 'in words', expiresAt: null }
  await ok(arunee.ask('POST', `/api/reports/${report.id}/consents`, { body: consent }))
  theirs.approvals = newId()
  const approval = {
    ...{ id: theirs.approvals, kind: 'victim_disclosure', objectKind: 'report', objectId: report.id },
    ...{ toOrg: weiling.org, byOrg: null, reason: 'tonight', basis: 'vital interest', days: 7 },
  }
  await ok(arunee.ask('POST', '/api/approvals', { body: approval }))
  await laidProvider(arunee)
  description = await ok<Description>(arunee.ask('GET', '/api/openapi.json'))
})
after(() => house.close())

/** An organisation's own sign-in and a connection to it, as they lie after both were made at a real provider. */
async function laidProvider(owner: Person): Promise<void> {
  const [provider, link] = [newId(), newId()]
  await asAdmin(house.adminUrl, async (admin) => {
    await admin.query(
      `insert into firebreak.identity_provider (id, org_id, name, issuer, client_id, method, email_domains, word, asked_by)
       values ($1, $2, 'n', 'https://id.example', 'c', 'secret', '{thai.example}', $3, $4)`,
      [provider, owner.org, newId().slice(0, 16), owner.member],
    )
    await admin.query(
      `insert into firebreak.provider_link (id, provider_id, org_id, member_id, subject) values ($1, $2, $3, $4, $5)`,
      [link, provider, owner.org, owner.member, Buffer.alloc(32)],
    )
  })
  theirs['identity-providers'] = provider
  theirs['ways-in'] = link
}

/** The smallest body that fits; what it says does not matter, since nobody may act on a stranger's thing. */
function smallest(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const [choice] = shape.anyOf ?? shape.oneOf ?? []
  if (choice) return smallest(choice)
  const type = typeof shape.type === 'string' ? shape.type : shape.type?.[0]
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((name) => [name, smallest(shape.properties?.[name] ?? {})]),
      )
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => smallest(shape.items ?? {}))
    case 'integer':
    case 'number':
      return shape.minimum ?? 0
    case 'boolean':
      return true
    case 'string':
      return textFor(shape)
    default:
      return null
  }
}

function textFor({ pattern = '', format, minLength = 1 }: Shape): string {
  if (pattern.includes('{26}')) return newId()
  if (pattern.startsWith('^age1')) return `age1${'q'.repeat(58)}`
  if (pattern.includes('[A-Z]{2}$')) return 'SG'
  if (pattern.includes('[A-Z]{3,5}')) return 'SGD'
  if (format === 'date') return '2027-01-31'
  if (format === 'date-time') return '2027-01-31T00:00:00Z'
  return 'x'.repeat(Math.max(minLength, 1))
}

function routes() {
  return Object.entries(description.paths)
    .filter(([path]) => path.includes('{'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { requestBody }]) => ({
        path,
        method: method.toUpperCase(),
        word: path.split('/')[2] ?? '',
        schema: requestBody?.content['application/json']?.schema,
      })),
    )
}

interface Answered {
  readonly status: number
  readonly said: string
  readonly headers: readonly (readonly [string, string])[]
}

async function answer(by: Person, route: ReturnType<typeof routes>[number], id: string): Promise<Answered> {
  const path = route.path.replace('{id}', id).replace(/\{\w+\}/g, newId())
  const it: AskOptions = route.method === 'PUT' ? { octets: new Uint8Array(64) } : {}
  const { status, body, headers } = await by.ask(route.method, path, {
    ...it,
    ...(route.schema ? { body: smallest(route.schema) } : {}),
  })
  const said = body instanceof Uint8Array ? Buffer.from(body).toString() : JSON.stringify(body)
  const names = [...headers].filter(([name]) => !/nonce|content-security-policy|date|set-cookie/.test(name))
  return { status, said: said.replaceAll(id, 'ID'), headers: names }
}

test('every route with an id answers a stranger’s id as one that never was', async () => {
  const { linh, helen, somchai, daniel } = house.people
  let compared = 0
  let understood = 0
  const missing = new Set<string>()
  for (const route of routes()) {
    if (EVERYBODYS.includes(route.word) || ELSEWHERE.includes(route.word)) continue
    const id = theirs[route.word]
    if (id === undefined) {
      missing.add(route.word)
      continue
    }
    for (const stranger of [linh, helen, somchai, daniel]) {
      const foreign = await answer(stranger, route, id)
      const random = await answer(stranger, route, newId())
      // putting a draft makes one, and taking one away that is not there is no error: the test below looks at those
      if (route.word === 'drafts' && route.method !== 'GET') continue
      assert.deepEqual(foreign, random, `${stranger.role}: ${route.method} ${route.path}`)
      compared++
      if (foreign.status !== 422) understood++
    }
  }
  assert.ok(compared >= 100, `${compared} answers compared`)
  assert.ok(understood / compared > 0.9, `${understood} of ${compared} bodies were understood`)
  assert.deepEqual([...missing].sort(), [], 'routes whose ids are not tried here')
})

test('a draft that is put under a stranger’s id neither changes theirs nor tells of it', async () => {
  const { arunee, linh } = house.people
  const path = `/api/drafts/${theirs.drafts}/content`
  const { ciphertext } = await sealJson({ v: 1 }, [{ memberId: linh.member, recipient: linh.recipient }])
  const put = await linh.ask<{ message?: string }>('PUT', path, { octets: ciphertext })
  assert.notEqual(put.status, 500)
  assert.deepEqual(
    (await linh.ask('DELETE', `/api/drafts/${theirs.drafts}`)).status,
    (await linh.ask('DELETE', `/api/drafts/${newId()}`)).status,
  )
  const kept = await arunee.ask<Uint8Array>('GET', path)
  assert.deepEqual(Buffer.from(kept.body), Buffer.alloc(64))
})
