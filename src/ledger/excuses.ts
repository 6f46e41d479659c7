import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { dialectFaults } from './dialect.ts'

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
  const file = fileURLToPath(new URL('../../content/typologies/excuses.yaml', import.meta.url))
  const excuses = check(File, parse(readFileSync(file, 'utf8')))
  for (const [id, { sql }] of Object.entries(excuses)) {
    const [fault] = dialectFaults(sql)
    if (fault) throw new HouseError('invalid', `${file}: ${id}: ${fault}`)
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
