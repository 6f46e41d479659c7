import type { z } from 'zod'
import { record } from '../access/audit.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import { theOne } from './acts.ts'
import type { PersonLink, Removal, RemovalNew, SuspensionNew, Vouches } from './admission-shapes.ts'
import { orgNames } from './store.ts'

type RemovalShape = z.infer<typeof Removal>

/**
 * Stops a person or an organisation at once, or lets them go on. Sessions end, nothing new is sealed to them, and the open
 * proposals of who vouched for them pause.
 * @returns how many proposals paused
 */
export async function suspend(db: Db, actor: Actor, it: z.infer<typeof SuspensionNew>): Promise<number> {
  if (it.subjectId === actor.member || it.subjectId === actor.org)
    throw new HouseError('conflict', 'nobody suspends themselves; ask another steward')
  const { rows } = await sql<{
    suspend: number
  }>`select firebreak.suspend(${it.kind}, ${it.subjectId}, ${it.lift})`.execute(db)
  await record(db, actor, {
    act: it.lift ? 'member.reinstated' : 'member.suspended',
    objectKind: it.kind,
    objectId: it.subjectId,
  })
  return rows[0]?.suspend ?? 0
}

/** Asks for a removal; the subject is suspended from this moment, and a second person of another organisation decides. */
export async function askRemoval(
  db: Db,
  actor: Actor,
  it: z.infer<typeof RemovalNew>,
): Promise<RemovalShape> {
  await suspend(db, actor, { ...it, lift: false })
  await db
    .insertInto('removal')
    .values({
      id: it.id,
      kind: it.kind,
      subject_id: it.subjectId,
      reason: it.reason,
      asked_by: actor.member,
      asked_org: actor.org,
    })
    .execute()
  await record(db, actor, { act: 'removal.asked', objectKind: it.kind, objectId: it.subjectId })
  return findRemoval(db, actor, it.id)
}

/** @returns the removal, and how many sealed records lost a reader by it */
export async function confirmRemoval(db: Db, actor: Actor, id: string) {
  const before = await findRemoval(db, actor, id)
  if (!before.mayConfirm)
    throw new HouseError(
      'conflict',
      'a removal is confirmed once, within 72 hours, by somebody of another organisation than who asked and who is removed',
    )
  const { rows } = await sql<{ confirm_removal: number }>`select firebreak.confirm_removal(${id})`.execute(db)
  const wrapsEnded = rows[0]?.confirm_removal ?? 0
  await record(db, actor, {
    act: 'removal.confirmed',
    objectKind: before.kind,
    objectId: before.subjectId,
    detail: { wraps: wrapsEnded },
  })
  return { removal: await findRemoval(db, actor, id), wrapsEnded }
}

export async function withdrawRemoval(db: Db, actor: Actor, id: string): Promise<RemovalShape> {
  const done = await db
    .updateTable('removal')
    .set({ withdrawn_at: new Date() })
    .where('id', '=', id)
    .where('asked_by', '=', actor.member)
    .where('confirmed_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n)
    throw new HouseError('conflict', 'this removal is not yours, or it is over already')
  const removal = await findRemoval(db, actor, id)
  await record(db, actor, { act: 'removal.withdrawn', objectKind: removal.kind, objectId: removal.subjectId })
  return removal
}

/** Removals that wait for a second person, and those of the last 90 days. */
export async function listRemovals(db: Db, actor: Actor): Promise<RemovalShape[]> {
  const rows = await db
    .selectFrom('removal')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where('asked_at', '>', new Date(Date.now() - 90 * 86_400_000))
    .orderBy('asked_at', 'desc')
    .execute()
  return presentAll(db, actor, rows)
}

async function findRemoval(db: Db, actor: Actor, id: string): Promise<RemovalShape> {
  const rows = await db.selectFrom('removal').selectAll().where('id', '=', id).execute()
  return theOne(await presentAll(db, actor, rows), 'no such removal')
}

type Row = Awaited<ReturnType<typeof rowOf>>
const rowOf = (db: Db) => db.selectFrom('removal').selectAll().executeTakeFirstOrThrow()

async function presentAll(db: Db, actor: Actor, rows: readonly Row[]): Promise<RemovalShape[]> {
  const people = rows.filter(({ kind }) => kind === 'member').map((row) => row.subject_id)
  const { rows: found } = await sql<{
    member_id: string
    org_id: string
  }>`select * from firebreak.orgs_of(${people})`.execute(db)
  const homes = new Map(found.map((row) => [row.member_id, row.org_id]))
  const homeOf = (row: Row) => (row.kind === 'org' ? row.subject_id : (homes.get(row.subject_id) ?? ''))
  const names = await orgNames(
    db,
    rows.flatMap((row) => [row.asked_org, homeOf(row)]).filter((id) => id !== ''),
  )
  return rows.map((row) => {
    const open =
      row.confirmed_at === null && row.withdrawn_at === null && row.expires_at.getTime() > Date.now()
    const home = names.get(homeOf(row)) ?? ''
    return {
      id: row.id,
      kind: row.kind,
      subjectId: row.subject_id,
      subjectName: row.kind === 'org' ? home : `a person of ${home}`,
      reason: row.reason,
      askedByOrg: names.get(row.asked_org) ?? '',
      askedAt: row.asked_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
      mayConfirm: open && row.asked_org !== actor.org && homeOf(row) !== actor.org,
      mayWithdraw: open && row.asked_by === actor.member,
    }
  })
}

/** A steward says which two memberships are one person; nobody is then their own second person through the other. */
export async function linkPeople(db: Db, actor: Actor, it: z.infer<typeof PersonLink>): Promise<void> {
  await sql`select firebreak.link_person(${it.sameAs}, ${it.memberId}, ${it.linked})`.execute(db)
  await record(db, actor, {
    act: it.linked ? 'member.linked' : 'member.unlinked',
    objectKind: 'member',
    objectId: it.memberId,
    detail: { with: it.sameAs },
  })
}

/** Everybody with who vouched for them. Row-level security shows a steward all people, anybody else their own. */
export async function listVouches(db: Db): Promise<z.infer<typeof Vouches>['people']> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('org', 'org.id', 'member.org_id')
    .leftJoin('invite', (join) =>
      join
        .onRef('invite.email', '=', 'member.email')
        .on('invite.used_at', 'is not', null)
        .on('invite.member_id', 'is', null),
    )
    .leftJoin('proposal', 'proposal.id', 'invite.proposal_id')
    .select([
      'member.id',
      'member.name',
      'member.org_id',
      'org.name as org_name',
      'member.role',
      'member.sponsor_id',
      'member.probation_until',
      'member.review_by',
      'member.suspended_at',
      'member.left_at',
      'member.person_id',
      'org.suspended_at as org_suspended_at',
      'org.left_at as org_left_at',
      'proposal.reader_id',
    ])
    .orderBy('org.name')
    .orderBy('member.name')
    .execute()
  const now = Date.now()
  return rows.map((row) => ({
    memberId: row.id,
    name: row.name,
    orgId: row.org_id,
    orgName: row.org_name,
    role: row.role,
    standing:
      row.left_at || row.org_left_at
        ? 'left'
        : row.suspended_at || row.org_suspended_at
          ? 'suspended'
          : row.review_by && row.review_by.getTime() <= now
            ? 'review_due'
            : row.probation_until && row.probation_until.getTime() > now
              ? 'probation'
              : 'good',
    sponsorId: row.sponsor_id,
    readerId: row.reader_id,
    personId: row.person_id,
  }))
}
