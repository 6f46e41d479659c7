import { z } from 'zod'
import { FACT_KINDS } from '../core/fact.ts'
import { Country, Id } from '../core/shapes.ts'

export const EntityQuery = z.object({ q: z.string().trim().min(3, 'at least three characters').max(200) })

/** One thing named in requests the asker takes part in, as FollowTheMoney has it, and in which of them. */
export const FoundEntity = z.object({
  id: z.string(),
  schema: z.string(),
  caption: z.string(),
  properties: z.record(z.string(), z.array(z.string())),
  kind: z.enum(FACT_KINDS),
  country: Country.nullable(),
  system: z.string().nullable(),
  requests: z.array(z.object({ id: Id, ref: z.string(), status: z.string() })),
})
export const EntityList = z.object({ entities: z.array(FoundEntity) })
