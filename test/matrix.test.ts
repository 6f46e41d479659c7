import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answerOf, OBJECTS, readingOf } from '../src/grants/model.ts'
import type { ShareWhole } from '../src/grants/shapes.ts'
import { asAdmin } from './database.ts'
import { type PersonName, type TestHouse, testHouse } from './house.ts'
import { askerOf, type Cell, cells, lay, SHARED_OBJECTS, seen } from './matrix.ts'

// T2 and T3: every combination that the model of access tells apart, in bare SQL and over HTTP; and each policy, taken away
// or turned round, is missed.

let house: TestHouse
let all: Cell[]
before(async () => {
  house = await testHouse()
  all = cells(house.people)
  await lay(house, all)
})
after(() => house.close())

const names = () => Object.keys(house.people) as PersonName[]

function expected(name: PersonName, cell: Cell) {
  const person = house.people[name]
  const asker = askerOf(name, person, cell)
  return { reading: readingOf({ ...cell.item, disclosed: cell.disclosedTo === person.org }, asker), asker }
}

/** What is asked of each person: every object with a fresh proof, and the keys without one. */
const QUESTIONS = [
  ...SHARED_OBJECTS.map((object) => ({ object, proof: 'fresh' }) as const),
  { object: 'sealed_wrap', proof: 'old' } as const,
]
type Question = (typeof QUESTIONS)[number]

/** A key to RED content is not seen without a fresh proof; whoever gave keys to others still sees that they did. */
function shows(name: PersonName, cell: Cell, { object, proof }: Question): boolean {
  const closed = proof === 'old' && cell.item.tlp === 'RED' && name !== 'arunee'
  const laid = object !== 'group_wrap' || cell.to === 'group'
  return laid && OBJECTS[object](expected(name, cell).reading) && !closed
}

/** Cells in which the database says something else than the model. */
async function wrong(name: PersonName, question: Question, some: readonly Cell[]): Promise<string[]> {
  const found = await seen(house, house.people[name], { ...question, all: some })
  return some
    .filter((cell) => found.has(cell.id) !== shows(name, cell, question))
    .map(
      (cell) =>
        `${name} ${question.object} to ${cell.to}: ${JSON.stringify(cell.item)} ${cell.disclosedTo ?? ''}`,
    )
}

test('T2, bare SQL: what the database shows is what the model says', async () => {
  let asked = 0
  for (const name of names())
    for (const question of QUESTIONS) {
      const differences = await wrong(name, question, all)
      assert.deepEqual(differences.slice(0, 3), [], `${differences.length} cells differ`)
      asked += all.length
    }
  assert.ok(asked > 50_000, `${asked} cells`)
})

test('T2, over HTTP: a frame, a tombstone, nothing, or not for this role', async () => {
  const some = all.filter((_, i) => i % 7 === 3)
  for (const name of names())
    for (const cell of some) {
      const { reading, asker } = expected(name, cell)
      const { status, body } = await house.people[name].ask<ShareWhole>('GET', `/api/shares/${cell.id}`)
      const said =
        status === 200
          ? body.frame === null
            ? 'tombstone'
            : 'frame'
          : status === 403
            ? 'forbidden'
            : 'not_found'
      assert.equal(said, answerOf(reading, asker), `${name}: ${JSON.stringify(cell)}`)
      if (said === 'tombstone') assert.equal(body.standing, reading)
    }
})

/** The policies under which the runtime role sees rows of these objects. */
const POLICIES = `
  select tablename as "table", policyname as name, qual from pg_policies
  where schemaname = 'firebreak' and cmd in ('SELECT', 'ALL') and roles::text like '%_app%'
    and (tablename in ('share', 'share_grant', 'report', 'sealed', 'sealed_chunk', 'sealed_wrap', 'report_token',
      'report_evidence', 'group_wrap') or tablename = 'request' and policyname = 'by_share')
  order by 1, 2`

test('T3: each policy, dropped or inverted, makes the matrix fail', async () => {
  const some = all.filter((_, i) => i % 19 === 5)
  await asAdmin(house.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ table: string; name: string; qual: string }>(POLICIES)
    assert.ok(rows.length >= 13, `${rows.length} policies`)
    for (const { table, name, qual } of rows) {
      const mutants = { dropped: 'false', inverted: `not coalesce((${qual}), false)`, open: 'true' }
      for (const [how, mutant] of Object.entries(mutants)) {
        await admin.query(`alter policy ${name} on firebreak.${table} using (${mutant})`)
        let killed = false
        for (const person of names()) {
          for (const question of QUESTIONS) killed ||= (await wrong(person, question, some)).length > 0
          if (killed) break
        }
        assert.ok(killed, `nobody misses ${name} on ${table}, ${how}`)
      }
      await admin.query(`alter policy ${name} on firebreak.${table} using (${qual})`)
    }
  })
  for (const name of names())
    for (const question of QUESTIONS)
      assert.deepEqual(await wrong(name, question, some), [], 'all is as it was')
})
