import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { asAdmin, testDatabase } from '../../test/database.ts'
import { sql } from './open.ts'

/** A commit that waits for a lock of somebody else's, so that something can happen meanwhile, however long it takes. */
const LOCK = 815_003
const SLOW = `
  create table public.slow (n int);
  create function public.dawdle() returns trigger language plpgsql as $$ begin perform pg_advisory_lock(${LOCK}); return null; end $$;
  create constraint trigger dawdle after insert on public.slow deferrable initially deferred
    for each row execute function public.dawdle();
  grant all on public.slow to public`

test('a connection that ends while a commit is under way: nobody says that nothing was changed, and the program goes on', async () => {
  const { store, adminUrl, drop } = await testDatabase()
  try {
    await asAdmin(adminUrl, async (admin) => {
      await admin.query(SLOW)
      await admin.query('select pg_advisory_lock($1)', [LOCK])
      const storing = store.as({ system: 'setup' }, (db) =>
        sql`insert into public.slow values (1)`.execute(db).then(() => 'stored'),
      )
      const told = assert.rejects(storing, {
        code: 'unavailable',
        message: /while this was being stored.*it is done once/,
      })
      for (let ended = 0; ended === 0; await sleep(20)) {
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and state = 'active' and query like '%; commit'`,
        )
        ended = rowCount ?? 0
      }
      await told
    })
    await store.as({ system: 'setup' }, async (db) => {
      const { rows } = await sql`select n from public.slow`.execute(db)
      assert.deepEqual(rows, [], 'this one had not happened')
    })
  } finally {
    await drop()
  }
})
