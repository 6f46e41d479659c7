import { HouseError } from '../core/errors.ts'
import { type Db, type Store, sql } from './open.ts'

/** Something that a clock must do. */
export interface Chore {
  readonly name: string
  /** Seconds between two runs, over all processes together. */
  readonly every: number
  /** Runs in one transaction in the `clock` system context. What it throws undoes it; the next round tries again. */
  readonly run: (db: Db) => Promise<unknown>
}

/**
 * Does every chore whose time has come. Safe with several processes: each run is claimed on the chore's row, so a second
 * process waits for the first and then finds that it is done.
 * @returns names of the chores that ran
 */
export async function keepHouse(store: Store, chores: readonly Chore[]): Promise<string[]> {
  const done: string[] = []
  for (const { name, every, run } of chores) {
    const ran = await store
      .as({ system: 'clock' }, async (db) => {
        const { rows } = await sql`
          insert into firebreak.chore (name, ran_at) values (${name}, now())
          on conflict (name) do update set ran_at = now()
            where chore.ran_at <= now() - make_interval(secs => ${every})
          returning name`.execute(db)
        if (rows.length === 0) return false
        await run(db)
        return true
      })
      .catch((error: Error) => {
        // a database that is away is said elsewhere; anything else is named, never quoted
        const { code } = error as { code?: string }
        if (!(error instanceof HouseError))
          console.error(JSON.stringify({ chore: name, error: error.name, code }))
        return false
      })
    if (ran) done.push(name)
  }
  return done
}

/** Keeps house every `seconds` until it is stopped; a round that runs is waited for. */
export function keepHouseEvery(store: Store, chores: readonly Chore[], seconds = 5) {
  let round: Promise<unknown> | null = null
  const timer = setInterval(() => {
    round ??= keepHouse(store, chores).finally(() => {
      round = null
    })
  }, seconds * 1_000)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
