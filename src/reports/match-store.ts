import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'

/** Fresh identifiers one organisation may ask about in a day (UTC); security.md 4.5. */
export const DAILY_BUDGET = 500

/** Takes `count` from today's budget and says what is left. Throws `too_many` and takes nothing when it does not suffice. */
export async function spendBudget(db: Db, org: string, count: number): Promise<number> {
  const day = new Date().toISOString().slice(0, 10)
  await db
    .insertInto('match_use')
    .values({ org_id: org, day, used: 0 })
    .onConflict((conflict) => conflict.columns(['org_id', 'day']).doNothing())
    .execute()
  const row = await db
    .updateTable('match_use')
    .set((eb) => ({ used: eb('used', '+', count) }))
    .where('org_id', '=', org)
    .where('day', '=', day as never)
    .where('used', '<=', DAILY_BUDGET - count)
    .returning('used')
    .executeTakeFirst()
  if (!row) throw spent()
  return DAILY_BUDGET - row.used
}

/** Throws `too_many` when today's budget does not suffice. Takes nothing: by the time it is taken, it may be less. */
export async function mustHaveBudget(db: Db, org: string, count: number): Promise<void> {
  const row = await db
    .selectFrom('match_use')
    .select('used')
    .where('org_id', '=', org)
    .where('day', '=', new Date().toISOString().slice(0, 10) as never)
    .executeTakeFirst()
  if ((row?.used ?? 0) > DAILY_BUDGET - count) throw spent()
}

function spent(): HouseError {
  return new HouseError(
    'too_many',
    `your organisation has asked about ${DAILY_BUDGET} identifiers today; the count starts again at midnight UTC`,
  )
}

/** How many open requests of other organisations hold each token; tokens nobody holds are left out. */
export async function knownTokens(db: Db, tokens: readonly string[]) {
  const { rows } = await sql<{ token: string; open_requests: number }>`
    select token, open_requests from firebreak.known(${[...tokens]}::text[])`.execute(db)
  return rows.map((row) => ({ token: row.token, openRequests: row.open_requests }))
}

export async function offerCorroboration(
  db: Db,
  it: { id: string; reportId: string; token: string },
): Promise<number> {
  const { rows } = await sql<{ asked: number }>`
    select firebreak.offer_corroboration(${it.id}, ${it.reportId}, ${it.token}) as asked`.execute(db)
  return rows[0]?.asked ?? 0
}

export async function decideCorroboration(db: Db, offer: string, agree: boolean) {
  const { rows } = await sql<{ status: 'offered' | 'agreed' | 'declined' }>`
    select firebreak.decide_corroboration(${offer}, ${agree}) as status`.execute(db)
  const status = rows[0]?.status
  if (!status) throw new HouseError('not_found', `no offer ${offer}`)
  return status
}
