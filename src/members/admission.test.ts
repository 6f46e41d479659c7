import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { asker, type Person, type PersonName, signIn, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import type { Admitted, Proposal, ProposalList, Removal, Removed } from './admission-shapes.ts'

type ProposalOf = z.infer<typeof Proposal>

let house: TestHouse
let who: Record<PersonName, Person>
before(async () => {
  house = await testHouse()
  who = house.people
})
after(() => house.close())

const CARD = {
  kind: 'cso',
  country: 'KH',
  timeZone: 'Asia/Phnom_Penh',
  hours: 'always',
  languages: ['km', 'en'],
  channel: null,
  powers: [{ kind: 'take_referral', country: 'KH', legalBasis: 'A registered shelter (invented)' }],
}
const candidate = (more: object = {}) => ({
  id: newId(),
  kind: 'org',
  name: 'Lotus Bridge (test)',
  email: 'dara@lotus.example',
  card: CARD,
  reasons: 'They run a shelter near the border and answer at night.',
  conflicts: 'none known',
  ...more,
})

async function proposed(by: Person, more: object = {}): Promise<string> {
  const body = candidate(more)
  await ok<ProposalOf>(by.ask('POST', '/api/proposals', { body }))
  return body.id
}
const read = (by: Person, id: string, supports = true) =>
  by.ask<ProposalOf>('POST', `/api/proposals/${id}/reading`, { body: { words: 'I know them.', supports } })
const decide = (by: Person, id: string, admit = true) =>
  by.ask<z.infer<typeof Admitted>>('POST', `/api/proposals/${id}/decision`, {
    body: { admit, words: 'Agreed.' },
  })
const look = async (by: Person, id: string) => {
  const { proposals } = await ok<z.infer<typeof ProposalList>>(by.ask('GET', '/api/proposals'))
  const found = proposals.find((it) => it.id === id)
  assert.ok(found)
  return found
}
/** The days of the window go by. */
const weekLater = (id: string) =>
  asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.proposal set window_ends = now() - interval '1 second' where id = $1`, [
      id,
    ]),
  )

test('from a proposal to a member: sponsor, second reader of another organisation, window, steward, probation', async () => {
  const { arunee, ploy, linh, weiling, mei } = who
  const id = await proposed(arunee)
  assert.deepEqual((await look(linh, id)).may, ['read'])
  assert.equal((await look(linh, id)).email, null, 'the address is the sponsor’s and the steward’s')
  assert.equal((await look(arunee, id)).email, 'dara@lotus.example')
  assert.equal((await read(ploy, id)).status, 409, 'a colleague of the sponsor is no second reader')
  assert.equal((await read(arunee, id)).status, 409, 'nor is the sponsor')
  assert.equal((await decide(mei, id)).status, 409, 'nobody has read it yet')
  const open = await ok<ProposalOf>(read(linh, id))
  assert.equal(open.state, 'open')
  const days = (Date.parse(open.windowEnds ?? '') - Date.now()) / 86_400_000
  assert.ok(days > 6.9 && days <= 7, `${days} days`)
  assert.equal((await decide(mei, id)).status, 409, 'the window is open')
  assert.equal((await decide(weiling, id)).status, 403, 'only a steward decides')
  await weekLater(id)
  const { proposal, token } = await ok<z.infer<typeof Admitted>>(decide(mei, id))
  assert.equal(proposal.state, 'admitted')
  assert.ok(token)
  const invited = await ok<{ email: string; role: string }>(
    asker(house.built, null)('POST', '/api/invites/look', { body: { token } }),
  )
  assert.deepEqual([invited.email, invited.role], ['dara@lotus.example', 'caseworker'])
  const { orgs } = await ok<{
    orgs: { name: string; powers: { verifiedBy: string }[]; probationUntil: string }[]
  }>(linh.ask('GET', '/api/network'))
  const org = orgs.find(({ name }) => name === 'Lotus Bridge (test)')
  assert.equal(org?.powers[0]?.verifiedBy, 'mei')
  assert.ok(Date.parse(org?.probationUntil ?? '') > Date.now() + 89 * 86_400_000)
  assert.equal((await decide(mei, id)).status, 409, 'a decision is made once')
})

test('an objection stops an admission until the steward settles it; who objects only the steward learns', async () => {
  const { arunee, linh, priya, mei } = who
  const id = await proposed(arunee, { name: 'Doubtful House (test)' })
  await ok(read(linh, id))
  const words = 'Their director asked a family for money.'
  await ok(priya.ask('POST', `/api/proposals/${id}/objections`, { body: { id: newId(), words } }))
  assert.equal(
    (await priya.ask('POST', `/api/proposals/${id}/objections`, { body: { id: newId(), words } })).status,
    409,
  )
  const seen = async (by: Person) =>
    (
      await ok<{ objections: { words: string; by: { name: string } | null; id: string }[] }>(
        by.ask('GET', `/api/proposals/${id}/objections`),
      )
    ).objections
  assert.deepEqual(
    (await seen(arunee)).map((it) => [it.words, it.by]),
    [[words, null]],
  )
  assert.deepEqual(await seen(who.daniel), [], 'nobody else learns of it')
  assert.equal((await look(who.daniel, id)).objections, null)
  const [objection] = await seen(mei)
  assert.equal(objection?.by?.name, 'priya')
  await weekLater(id)
  assert.equal((await decide(mei, id)).status, 409)
  await ok(
    mei.ask('POST', `/api/proposals/${id}/objections/${objection?.id}/settlement`, {
      body: { words: 'Checked with the family: it was another organisation.' },
    }),
  )
  assert.equal((await ok<z.infer<typeof Admitted>>(decide(mei, id))).proposal.state, 'admitted')
})

test('the database itself refuses: forged sponsor, early decision, self-reading, a second decision, an organisation from nowhere', async () => {
  const { arunee, linh, mei, weiling } = who
  const id = await proposed(arunee, { name: 'Quiet Garden (test)' })
  const as = (person: Person, text: string, values: unknown[]) =>
    house.store
      .as({ member: person.member, org: person.org, role: person.role, session: 's' }, (db) =>
        db.executeQuery(CompiledQuery.raw(text, values)),
      )
      .then(
        ({ numAffectedRows }) => `${numAffectedRows} rows`,
        (error: { code?: string }) => error.code,
      )
  assert.equal(await as(arunee, `select firebreak.read_proposal($1, 'x', true)`, [id]), '42501')
  assert.equal(await as(mei, `select firebreak.decide_proposal($1, true, 'x')`, [id]), '23514')
  assert.equal(
    await as(
      weiling,
      `insert into firebreak.proposal (id, kind, name, reasons, conflicts, sponsor_id, sponsor_org) values ($1, 'org', 'x', 'x', 'x', $2, $3)`,
      [newId(), arunee.member, arunee.org],
    ),
    '42501',
  )
  assert.equal(
    await as(weiling, `update firebreak.proposal set state = 'admitted' where id = $1`, [id]),
    '42501',
  )
  const org = `insert into firebreak.org (id, name, kind, country, time_zone, hours) values ($1, 'Nowhere', 'bank', 'SG', 'Asia/Singapore', '"always"')`
  assert.equal(await as(mei, org, [newId()]), '42501')
  assert.equal(await as(mei, `update firebreak.org set left_at = now() where id = $1`, [linh.org]), '0 rows')
  assert.equal(await as(mei, `select firebreak.end_sessions('org', $1)`, [linh.org]), '42501')
})

test('two stewards’ clicks at once: one decision', async () => {
  const { arunee, linh, mei } = who
  const id = await proposed(arunee, { name: 'Twice Admitted (test)', email: 'twice@lotus.example' })
  await ok(read(linh, id))
  await weekLater(id)
  const answers = await Promise.all([1, 2, 3, 4].map(() => decide(mei, id)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
})

test('suspension: at once, by one steward; removal: final, by a second person of another organisation', async () => {
  const { arunee, linh, helen, priya, somchai, mei } = who
  // helen vouched for somchai, and has a proposal open
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.member set sponsor_id = $1 where id = $2', [helen.member, somchai.member]),
  )
  const open = await proposed(helen, { name: 'A Friend (test)' })
  const others = await proposed(arunee, { name: 'Unconcerned (test)' })
  const report = await filedReport(arunee)
  const holders = async (org: string) =>
    (await ok<{ holders: unknown[] }>(arunee.ask('GET', `/api/orgs/${org}/key-holders`))).holders.length
  assert.equal(await holders(somchai.org), 1)
  const id = newId()
  const body = { id, kind: 'member', subjectId: somchai.member, reason: 'He sold account data (invented).' }
  assert.equal((await priya.ask('POST', '/api/removals', { body })).status, 403)
  await ok(mei.ask('POST', '/api/removals', { body }))
  assert.equal((await look(helen, open)).state, 'paused')
  assert.equal((await look(arunee, others)).state, 'proposed')
  assert.equal(await holders(somchai.org), 0, 'nothing new is sealed to him')
  await new Promise((done) => setTimeout(done, 1_100))
  assert.equal((await somchai.ask('GET', '/api/me')).status, 401, 'his sessions ended')
  const again = { ...somchai, ask: asker(house.built, await signIn(house.store, somchai.member)) }
  assert.equal((await again.ask('GET', '/api/me')).status, 401, 'and no new one opens')
  const confirm = (by: Person) => by.ask<z.infer<typeof Removed>>('POST', `/api/removals/${id}/confirmation`)
  assert.equal((await confirm(mei)).status, 409, 'who asked cannot confirm')
  const race = await Promise.all([linh, priya, arunee].map(confirm))
  assert.deepEqual(race.map(({ status }) => status).sort(), [200, 409, 409])
  const [removal] = (await ok<{ removals: z.infer<typeof Removal>[] }>(linh.ask('GET', '/api/removals')))
    .removals
  assert.match(removal?.subjectName ?? '', /^a person of /, 'who it was is not named to others')
  assert.ok(removal?.confirmedAt)
  await ok(mei.ask('POST', `/api/proposals/${open}/turn`, { body: { turn: 'resume' } }))
  assert.equal((await look(helen, open)).state, 'proposed')
  assert.equal((await look(arunee, others)).state, 'proposed')
  assert.ok(report.id)
})

test('a suspended organisation cannot be asked for anything, and can be let go on', async () => {
  const { arunee, weiling, mei } = who
  const report = await filedReport(arunee)
  const suspend = (lift: boolean) =>
    mei.ask('POST', '/api/suspensions', {
      body: { kind: 'org', subjectId: weiling.org, reason: 'A warrant card was stolen.', lift },
    })
  await ok(suspend(false))
  const sent = await arunee.ask<{ message: string }>('POST', '/api/requests', {
    body: freezeRequest({ reportId: report.id, toOrg: weiling.org }),
  })
  assert.equal(sent.status, 409)
  assert.match(sent.body.message, /is suspended/)
  await ok(suspend(true))
  await ok(
    arunee.ask('POST', '/api/requests', { body: freezeRequest({ reportId: report.id, toOrg: weiling.org }) }),
  )
  const own = await mei.ask<{ message: string }>('POST', '/api/suspensions', {
    body: { kind: 'member', subjectId: mei.member, reason: 'x', lift: false },
  })
  assert.equal(own.status, 409)
})

test('on probation one proposes nobody and reads nobody; the vouch graph is the steward’s', async () => {
  const { linh, arunee, mei } = who
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.member set probation_until = now() + interval '1 day' where id = $1`, [
      linh.member,
    ]),
  )
  const refused = await linh.ask<{ message: string }>('POST', '/api/proposals', { body: candidate() })
  assert.equal(refused.status, 403)
  assert.match(refused.body.message, /on probation/)
  const id = await proposed(arunee, { name: 'Read by Whom (test)' })
  assert.equal((await read(linh, id)).status, 409)
  assert.equal((await arunee.ask('GET', '/api/vouches')).status, 403)
  const { people } = await ok<{ people: { memberId: string; standing: string }[] }>(
    mei.ask('GET', '/api/vouches'),
  )
  assert.equal(people.find((it) => it.memberId === linh.member)?.standing, 'probation')
})

test('bad input is named: unknown field, empty reasons, a steward proposed, a zone that is none', async () => {
  const { arunee } = who
  const bad = async (more: object) => {
    const answer = await arunee.ask<{ message: string }>('POST', '/api/proposals', { body: candidate(more) })
    assert.equal(answer.status, 422, JSON.stringify(answer.body))
    return answer.body.message
  }
  assert.match(await bad({ state: 'admitted' }), /state/)
  assert.match(await bad({ reasons: '  ' }), /reasons: a few words/)
  assert.match(await bad({ card: { ...CARD, timeZone: 'Mars/Olympus' } }), /card\.timeZone/)
  assert.match(await bad({ kind: 'member', orgId: arunee.org, card: { role: 'steward' } }), /card\.role/)
})

test('a card: each organisation keeps its own; powers are a steward’s to check, and end on a day', async () => {
  const { helen, linh, mei } = who
  const card = {
    timeZone: 'Asia/Singapore',
    hours: 'always',
    languages: ['en', 'zh'],
    channel: 'The duty telephone',
  }
  type Cards = {
    orgs: {
      id: string
      channel: string
      powers: { id: string; kind: string; until: string | null; verifiedBy: string }[]
    }[]
  }
  const of = ({ orgs }: Cards, id: string) => orgs.find((it) => it.id === id)
  assert.equal(
    of(await ok<Cards>(helen.ask('POST', '/api/card', { body: card })), helen.org)?.channel,
    card.channel,
  )
  assert.equal(of(await ok<Cards>(linh.ask('GET', '/api/network')), linh.org)?.channel, 'none')
  const power = {
    orgId: linh.org,
    kind: 'take_referral',
    country: 'VN',
    legalBasis: 'A law (invented)',
    until: null,
  }
  assert.equal((await linh.ask('POST', '/api/powers', { body: power })).status, 403)
  const [added] = of(await ok<Cards>(mei.ask('POST', '/api/powers', { body: power })), linh.org)?.powers ?? []
  assert.deepEqual([added?.kind, added?.verifiedBy], ['take_referral', 'mei'])
  const end = { body: { until: '2026-01-31' } }
  const ended = await ok<Cards>(mei.ask('POST', `/api/powers/${added?.id}/end`, end))
  assert.equal(of(ended, linh.org)?.powers[0]?.until, '2026-01-31')
  assert.equal((await mei.ask('POST', `/api/powers/${newId()}/end`, end)).status, 404)
})
