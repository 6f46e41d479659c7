import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

interface Page {
  readonly reports: { id: string }[]
  readonly next: string | null
}

test('reports of one millisecond: every page goes on where the last ended, none is left out or shown twice', async () => {
  const { arunee } = house.people
  const ids: string[] = []
  for (let i = 0; i < 45; i++) ids.push((await filedReport(arunee)).id)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.report r set created_at = timestamptz '2026-03-01 10:00:00.123Z' + place * interval '2 microseconds'
       from unnest($1::text[]) with ordinality x(id, place) where x.id = r.id`,
      [ids],
    ),
  )
  const seen: string[] = []
  for (let at: string | null = ''; at !== null; ) {
    const page: Page = await ok(arunee.ask('GET', `/api/reports${at && `?before=${at}`}`))
    seen.push(...page.reports.map(({ id }) => id))
    at = page.next
  }
  assert.deepEqual(seen, ids.toReversed())
})

test('what is no page of the list is refused; another’s report and nobody’s lead to the same nothing', async () => {
  const { arunee, linh } = house.people
  for (const at of ['x', '99999999999999999999~xxxxxxxxxxxxxxxxxxxxxxxxxx', '%00', `${newId()}'`])
    assert.equal((await arunee.ask('GET', `/api/reports?before=${at}`)).status, 422, at)
  const theirs = await filedReport(linh)
  const nothing = { reports: [], next: null }
  for (const id of [theirs.id, newId()])
    assert.deepEqual(await ok(arunee.ask('GET', `/api/reports?before=${id}`)), nothing)
})
