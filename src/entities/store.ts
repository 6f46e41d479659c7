import type { z } from 'zod'
import type { FactKind } from '../core/fact.ts'
import { type Db, sql } from '../store/open.ts'
import { toEntity } from './ftm.ts'
import type { FoundEntity } from './shapes.ts'

const MOST = 20

/**
 * Things whose canonical form holds the words, in requests the asker may see, each with those requests. Row-level security
 * is the filter: what is in nobody's request to us cannot be found here.
 */
export async function findEntities(db: Db, words: string): Promise<z.infer<typeof FoundEntity>[]> {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db
    .selectFrom('request_fact')
    .innerJoin('request', 'request.id', 'request_fact.request_id')
    .select(['request_fact.kind', 'request_fact.normal', 'request_fact.country', 'request_fact.system'])
    .select(['request.id', 'request.ref', 'request.status'])
    .where(sql<string>`request_fact.normal #>> '{}'`, 'ilike', pattern)
    .orderBy('request.sent_at', 'desc')
    .limit(200)
    .execute()
  const found = new Map<string, z.infer<typeof FoundEntity>>()
  for (const { id, ref, status, ...fact } of rows) {
    const kind = fact.kind as FactKind
    const entity = toEntity({ ...fact, kind })
    if (!entity) continue
    const before = found.get(entity.id)
    if (before) before.requests.push({ id, ref, status })
    else {
      const properties = Object.fromEntries(
        Object.entries(entity.properties).map(([name, all]) => [name, [...all]]),
      )
      found.set(entity.id, {
        ...entity,
        properties,
        kind,
        country: fact.country,
        system: fact.system,
        requests: [{ id, ref, status }],
      })
    }
  }
  return [...found.values()].slice(0, MOST)
}
