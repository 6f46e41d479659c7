import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { HANDLING, type Handling, type Pap, type Tlp } from '../core/marking.ts'
import type { Db } from '../store/open.ts'
import type { MarkingNew, MarkingOf } from './shapes.ts'

interface Row {
  readonly tlp: Tlp
  readonly pap: Pap
  readonly handling: readonly Handling[]
  readonly possible_victim: boolean
  readonly expires_at: Date | null
}

export function markingOf(row: Row): z.infer<typeof MarkingNew> {
  return {
    tlp: row.tlp,
    pap: row.pap,
    handling: HANDLING.filter((mark) => row.handling.includes(mark)),
    possibleVictim: row.possible_victim,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}

/** How a report of the asker's organisation is marked. Throws `not_found`, also for another's. */
export async function readMarking(db: Db, actor: Actor, reportId: string): Promise<MarkingOf> {
  const row = await db
    .selectFrom('report')
    .selectAll()
    .where('id', '=', reportId)
    .where('org_id', '=', actor.org)
    .executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no report ${reportId}`)
  return { reportId, ...markingOf(row) }
}

/**
 * Marks a report anew. Its requests follow upwards; shares that the new marks do not allow close at once. Taking the mark
 * of a possible victim away needs a second person's approval, which this uses up.
 * @returns how it was marked before
 */
export async function mark(
  db: Db,
  actor: Actor,
  reportId: string,
  it: z.infer<typeof MarkingNew>,
): Promise<MarkingOf> {
  const before = await readMarking(db, actor, reportId)
  await db
    .updateTable('report')
    .set({
      tlp: it.tlp,
      pap: it.pap,
      handling: HANDLING.filter((name) => it.handling.includes(name)),
      possible_victim: it.possibleVictim,
      expires_at: it.expiresAt,
    })
    .where('id', '=', reportId)
    .execute()
  return before
}
