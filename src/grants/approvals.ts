import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { orgNames } from '../members/store.ts'
import { type Db, sql } from '../store/open.ts'
import type { Database } from '../store/schema.ts'
import type { Approval, ApprovalNew } from './shapes.ts'

const DAY = 86_400_000

/** Asks for a second person. What it is about has to be the asker's own; whose person decides, they name. */
export async function askApproval(db: Db, actor: Actor, it: z.infer<typeof ApprovalNew>): Promise<void> {
  if (it.objectKind === 'report') {
    const report = await db
      .selectFrom('report')
      .select('id')
      .where('id', '=', it.objectId)
      .where('org_id', '=', actor.org)
      .executeTakeFirst()
    if (!report) throw new HouseError('not_found', `no report ${it.objectId}`)
  }
  if (it.kind === 'member_reentry') await mustKnow(db, actor, it)
  if (it.kind === 'victim_disclosure' && it.toOrg === null)
    throw new HouseError('invalid', 'toOrg: say who would receive it')
  await db
    .insertInto('approval')
    .values({
      id: it.id,
      kind: it.kind,
      object_kind: it.objectKind,
      object_id: it.objectId,
      to_org: it.toOrg,
      org_id: actor.org,
      asked_by: actor.member,
      by_org: it.byOrg ?? actor.org,
      reason: it.reason,
      basis: it.basis,
      expires_at: new Date(Date.now() + it.days * DAY - 60_000),
    })
    .execute()
}

/** Who lost every way in: a steward asks, and somebody of the member's own organisation says that it is really them. */
async function mustKnow(db: Db, actor: Actor, it: z.infer<typeof ApprovalNew>): Promise<void> {
  if (actor.role !== 'steward') throw new HouseError('forbidden', 'only a steward lets a member in again')
  const member = await db
    .selectFrom('member')
    .select('org_id')
    .where('id', '=', it.objectId)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (!member || it.objectKind !== 'member') throw new HouseError('not_found', `no member ${it.objectId}`)
  if (it.objectId === actor.member)
    throw new HouseError('conflict', 'you are in; another steward helps who is not')
  if (it.byOrg !== member.org_id)
    throw new HouseError('invalid', 'byOrg: a colleague of the member has to say that it is really them')
}

/** Decides once; the database refuses who asked, who is the same person, and whoever comes second. */
export async function decideApproval(
  db: Db,
  id: string,
  it: { approve: boolean; note: string },
): Promise<void> {
  await sql`select firebreak.decide_approval(${id}, ${it.approve}, ${it.note})`.execute(db)
}

/** What waits for a second person here, what was asked here, and what became of it lately; newest first. */
export async function listApprovals(db: Db, actor: Actor): Promise<Approval[]> {
  const rows = await db
    .selectFrom('approval')
    .leftJoin('member as asker', 'asker.id', 'approval.asked_by')
    .leftJoin('member as decider', 'decider.id', 'approval.decided_by')
    .leftJoin('report', 'report.id', 'approval.object_id')
    .leftJoin('member as subject', 'subject.id', 'approval.object_id')
    .selectAll('approval')
    .select(['asker.name as asked_by_name', 'decider.name as decided_by_name', 'report.ref as object_ref'])
    .select('subject.name as subject_name')
    .orderBy('asked_at', 'desc')
    .limit(100)
    .execute()
  const names = await orgNames(
    db,
    rows.flatMap(({ org_id, to_org }) => [org_id, to_org ?? org_id]),
  )
  return rows.map((row) => present(row, actor, names))
}

type Row = Selectable<Database['approval']> & {
  readonly asked_by_name: string | null
  readonly decided_by_name: string | null
  readonly object_ref: string | null
  readonly subject_name: string | null
}

function present(row: Row, actor: Actor, names: Map<string, string>): Approval {
  const mine = row.asked_by === actor.member
  return {
    id: row.id,
    kind: row.kind,
    objectKind: row.object_kind,
    objectId: row.object_id,
    objectRef: row.object_ref ?? row.subject_name,
    toOrg: row.to_org,
    toOrgName: row.to_org === null ? null : (names.get(row.to_org) ?? ''),
    orgName: names.get(row.org_id) ?? '',
    askedByName: row.asked_by_name,
    reason: row.reason,
    basis: row.basis,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decision: row.decision,
    decidedByName: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    used: row.used_at !== null,
    mine,
    waits:
      row.decision === null && !mine && row.by_org === actor.org && row.expires_at.getTime() > Date.now(),
  }
}
