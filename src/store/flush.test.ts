import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { sql } from './open.ts'

// Acts that are committed at the same time wait for the disk together (ADR 10): one flush may do for many, but never one that had
// begun before an act of theirs was committed.

let database: TestDatabase
const { query } = pg.Client.prototype
/** Which act asks; moments are counted, not timed. */
const asking = new AsyncLocalStorage<number>()
let moment = 0
const committed = new Map<number, number>()
const flushes: { began: number; ended: number }[] = []

before(async () => {
  database = await testDatabase({ poolSize: 8 })
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const text = String((args[0] as { text?: string })?.text ?? args[0])
    const act = asking.getStore()
    const flush = { began: ++moment, ended: Number.POSITIVE_INFINITY }
    const answer = Reflect.apply(query, this, args) as unknown as Promise<unknown>
    if (text.includes('pg_logical_emit_message')) {
      flushes.push(flush)
      return answer.then((it) => {
        flush.ended = ++moment
        return it
      })
    }
    if (!text.endsWith('; commit') || act === undefined) return answer
    return answer.then((it) => {
      committed.set(act, ++moment)
      return it
    })
  } as typeof query
})
after(async () => {
  pg.Client.prototype.query = query
  await database.drop()
})

const write = (name: string) =>
  database.store.as({ system: 'clock' }, (db) =>
    sql`insert into firebreak.chore (name, ran_at) values (${name}, now())`.execute(db),
  )

test('whoever is told that it is stored has seen a flush begin after their commit, and end', async () => {
  const told = await Promise.all(
    Array.from({ length: 120 }, (_, n) =>
      asking.run(n, async () => {
        await write(`act ${n}`)
        return ++moment
      }),
    ),
  )
  assert.equal(committed.size, 120)
  for (const [n, at] of told.entries()) {
    const since = committed.get(n) ?? Number.POSITIVE_INFINITY
    assert.ok(
      flushes.some(({ began, ended }) => began > since && ended < at),
      `act ${n} was told at ${at}, committed at ${since}`,
    )
  }
  assert.ok(flushes.length < 120, `${flushes.length} flushes for 120 acts`)
})

test('what only reads waits for no disk', async () => {
  const before = flushes.length
  await database.store.as({ system: 'clock' }, (db) => sql`select 1`.execute(db))
  assert.equal(flushes.length, before)
})
