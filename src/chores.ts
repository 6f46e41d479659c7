import { record } from './access/audit.ts'
import { sweepSealed } from './seal/store.ts'
import type { Chore } from './store/housekeeping.ts'
import { sql } from './store/open.ts'

const HOUR = 3_600

/** Everything that a clock does, in one list. */
export const CHORES: readonly Chore[] = [
  {
    name: 'answers',
    every: HOUR,
    // a retry comes within minutes; a week covers a phone that was lost and found
    run: (db) => sql`delete from firebreak.answer where at < now() - interval '7 days'`.execute(db),
  },
  {
    name: 'sessions',
    every: HOUR,
    run: async (db) => {
      await sql`delete from firebreak.session where least(ended_at, expires_at) < now() - interval '1 day'`.execute(
        db,
      )
      await sql`delete from firebreak.challenge where expires_at < now() - interval '1 hour'`.execute(db)
      await sql`delete from firebreak.provider_trip where expires_at < now() - interval '1 hour'`.execute(db)
    },
  },
  {
    name: 'signed requests',
    every: 600,
    run: (db) => sql`delete from firebreak.signed_request where until < now()`.execute(db),
  },
  {
    name: 'expired shares',
    every: 5,
    run: (db) => sql`select firebreak.announce_expired()`.execute(db),
  },
  {
    name: 'sealed orphans',
    every: HOUR,
    run: async (db) => {
      for (const objectId of await sweepSealed(db, 100))
        await record(db, null, { act: 'sealed.swept', objectKind: 'sealed', objectId })
    },
  },
]
