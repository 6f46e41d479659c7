import { HouseError } from '../core/errors.ts'
import type { OrgKind } from '../core/power.ts'
import type { Ask } from '../http/env.ts'
import { sql } from '../store/open.ts'
import { record } from './audit.ts'

/** Somebody found by address: what sealing to them needs, never a name. */
export interface PersonFound {
  readonly memberId: string
  readonly recipient: string
  readonly orgId: string
  readonly orgKind: OrgKind
}

interface Row {
  readonly spent: 'mine' | 'ours' | null
  readonly most: number | null
  readonly member_id: string | null
  readonly recipient: string
  readonly org_id: string
  readonly org_kind: OrgKind
}

/**
 * The person with exactly this address; null for nobody, and alike for somebody who left or is suspended. Takes one from the day's budget of
 * the member and of their organisation (0090-look-ups.sql), whatever is found. Throws `too_many` once that is used up, and the
 * audit log keeps this too: who tries addresses is seen.
 */
export async function lookUpPerson(c: Ask, email: string): Promise<PersonFound | null> {
  const { db, actor } = c.var
  const { rows } = await sql<Row>`select * from firebreak.person_by_email(${email.trim()})`.execute(db)
  const [row] = rows
  if (!row) throw new Error('person_by_email answers with one row')
  if (row.spent !== null) {
    const detail = { whose: row.spent, most: row.most }
    await record(db, actor, {
      act: 'person.look_up_refused',
      objectKind: 'member',
      objectId: actor.member,
      detail,
    })
    c.set('refusalStays', true)
    throw spent(row.spent, row.most ?? 0)
  }
  const found = row.member_id !== null
  await record(db, actor, {
    act: 'person.looked_up',
    objectKind: 'member',
    objectId: row.member_id ?? 'none',
    detail: { found },
  })
  if (row.member_id === null) return null
  return { memberId: row.member_id, recipient: row.recipient, orgId: row.org_id, orgKind: row.org_kind }
}

function spent(whose: 'mine' | 'ours', most: number): HouseError {
  const who = whose === 'mine' ? 'you have' : 'your organisation has'
  return new HouseError(
    'too_many',
    `${who} looked for people by address ${most} times today; the count starts again at midnight UTC. Share with an organisation or a group instead, or ask somebody who knows the person`,
  )
}
