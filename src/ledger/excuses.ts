import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { dialectFaults } from './dialect.ts'
import { boundWords } from './word-lists.ts'

const ExcuseShape = z.strictObject({
  name: z.string(),
  why: z.string(),
  needs: z.array(z.string()).default([]),
  sql: z.string(),
})
const File = z.record(z.string().regex(/^[a-z_]+$/), ExcuseShape)
export type Excuses = z.infer<typeof File>

/** `content/typologies/excuses.yaml`: whom a rule leaves alone, and why. Throws `invalid` for SQL of one engine only. */
export function loadExcuses(): Excuses {
  const file = 'typologies/excuses.yaml'
  const excuses = check(File, content(file))
  for (const excuse of Object.values(excuses)) excuse.sql = boundWords(excuse.sql)
  for (const [id, { sql }] of Object.entries(excuses)) {
    const [fault] = dialectFaults(sql)
    if (fault) throw new HouseError('invalid', `content/${file}: ${id}: ${fault}`)
  }
  return excuses
}

/** SQL for the accounts an excuse covers; null when the files do not say who they are. */
export function excusedSql(
  id: string,
  { excuses, has }: { excuses: Excuses; has: ReadonlySet<string> },
): string | null {
  const excuse = excuses[id]
  if (!excuse)
    throw new HouseError('invalid', `excuse “${id}”: there is none in content/typologies/excuses.yaml`)
  return excuse.needs.every((it) => has.has(it)) ? excuse.sql : null
}
