import { record } from '../access/audit.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'

/**
 * Ways of one hour, by one provider's word, on which nobody has come in yet: more than set out at once in the largest organisation,
 * and three requests to the provider each.
 */
const MOST = 300

/**
 * Takes one of the hour's ways to a provider, before the provider is asked anything. Returns the refusal when there is none left;
 * the caller commits what was counted, then throws it. Throws nothing itself.
 */
export async function takeWay(db: Db, providerId: string): Promise<HouseError | null> {
  const { rows } = await sql<{ took: 'taken' | 'spent now' | 'spent' }>`
    select firebreak.take_provider_way(${providerId}, ${MOST}) as took`.execute(db)
  const took = rows[0]?.took
  if (took === 'taken') return null
  // once an hour, however often it is tried: the log is not filled by whoever tries
  if (took === 'spent now')
    await record(db, null, { act: 'provider.ways_spent', objectKind: 'provider', objectId: providerId })
  return new HouseError(
    'too_many',
    'the way to your organisation’s sign-in was begun too often within this hour without anybody coming in; sign in with your passkey, or try again in the next hour, and tell who looks after it',
  )
}

/** Gives it back: somebody came in. */
export async function giveBackWay(db: Db, providerId: string): Promise<void> {
  await sql`select firebreak.give_provider_way(${providerId})`.execute(db)
}
