import type { Selectable } from 'kysely'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { orgNames } from '../members/store.ts'
import { type Db, sql } from '../store/open.ts'
import type { Database } from '../store/schema.ts'
import { noticeFor } from './markings-content.ts'
import { markingOf } from './marks.ts'
import type { Share, ShareWhole, Standing } from './shapes.ts'
import { findShare } from './shares.ts'

type ShareRow = Selectable<Database['share']>

/** No list is longer; a page asks for fewer. */
export const MOST_SHARES = 100

type GrantRow = Selectable<Database['share_grant']>
/** `reached` are the grants that reached the asker; what else there is of a share is looked up. */
type Listed = ShareRow & { standing: Standing | null; reached?: GrantRow[] }

/** Shares of mine (`out`) or that reached me (`in`), tombstones among them; newest first. */
export async function listShares(
  db: Db,
  actor: Actor,
  it: { box: 'in' | 'out'; item: string | null; limit: number },
): Promise<Share[]> {
  return present(db, actor, it.box === 'in' ? await reached(db, it) : await made(db, actor, it))
}

async function made(db: Db, actor: Actor, it: { item: string | null; limit: number }): Promise<Listed[]> {
  return (
    db
      .selectFrom('share')
      .selectAll()
      // for its owner no grant says how it stands
      .select(sql<null>`null`.as('standing'))
      .where('org_id', '=', actor.org)
      .$if(it.item !== null, (query) => query.where('item_id', '=', it.item))
      .orderBy('made_at', 'desc')
      .limit(it.limit)
      .execute()
  )
}

async function reached(db: Db, it: { item: string | null; limit: number }): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select (s.share).*, s.standing, s.reached from firebreak.shares_in(${it.item}, ${it.limit}) s
    order by (s.share).made_at desc`.execute(db)
  return rows
}

async function present(db: Db, actor: Actor, rows: readonly Listed[]): Promise<Share[]> {
  if (rows.length === 0) return []
  const consents = await liveConsents(
    db,
    rows.filter(({ org_id }) => org_id === actor.org),
  )
  const grants = await grantsOf(db, actor, rows)
  const names = await orgNames(db, [
    ...rows.map(({ org_id }) => org_id),
    ...grants.flatMap(({ to_org }) => to_org ?? []),
  ])
  const reaches = new Set(grants.map(({ share_id }) => share_id))
  return rows.map((row) => ({
    id: row.id,
    itemKind: row.item_kind,
    ref: row.item_ref,
    fromOrg: row.org_id,
    fromName: names.get(row.org_id) ?? '',
    mine: row.org_id === actor.org,
    purpose: row.purpose,
    basisKind: row.basis_kind,
    basis: row.basis,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    standing: row.standing ?? ownStanding(row, consents),
    endedAt: row.ended_at?.toISOString() ?? null,
    endNote: row.end_note,
    // what stands in its place does not reach who left the group since
    replacedBy: reaches.has(row.id) ? row.replaced_by : null,
    grants: grants
      .filter((it) => it.share_id === row.id)
      .map((it) => ({
        id: it.id,
        as: it.to_org ? ('org' as const) : it.to_member ? ('person' as const) : ('group' as const),
        name: (it.to_org ? names.get(it.to_org) : (it.member_name ?? it.group_name)) ?? 'one person',
        toId: it.to_org ?? it.to_member ?? it.to_group ?? '',
      })),
  }))
}

type Named = GrantRow & { member_name: string | null; group_name: string | null }

/** The grants that the asker may know of; nothing is asked where all are known to be to their organisation. */
async function grantsOf(db: Db, actor: Actor, rows: readonly Listed[]): Promise<Named[]> {
  const known = (row: Listed) => !row.reveal && row.reached?.every(({ to_org }) => to_org !== null)
  const direct = rows.filter(known).flatMap((row) => row.reached ?? [])
  const asked = rows.filter((row) => !known(row))
  return [
    ...direct.map((grant) => ({ ...grant, member_name: null, group_name: null })),
    ...(asked.length === 0 ? [] : await askGrants(db, actor, asked)),
  ]
}

async function askGrants(db: Db, actor: Actor, rows: readonly Listed[]): Promise<Named[]> {
  const told = rows.filter(({ org_id, reveal }) => reveal || org_id === actor.org).map(({ id }) => id)
  return (
    db
      .selectFrom('share_grant')
      .leftJoin('member', 'member.id', 'share_grant.to_member')
      .leftJoin('working_group', 'working_group.id', 'share_grant.to_group')
      .selectAll('share_grant')
      .select(['member.name as member_name', 'working_group.name as group_name'])
      .where(
        'share_id',
        'in',
        rows.map(({ id }) => id),
      )
      // what can only be another's is left out before row-level security is asked about each
      .where(({ eb, or }) =>
        or([
          eb('to_org', '=', actor.org),
          eb('to_member', '=', actor.member),
          eb('to_group', 'is not', null),
          eb('share_id', 'in', told.length === 0 ? [''] : told),
        ]),
      )
      .orderBy('since')
      .orderBy('share_grant.id')
      .execute()
  )
}

/** For its owner, whom no grant reaches: what the dates say, and whether the consent it rests on still stands. */
function ownStanding(row: ShareRow, consents: ReadonlySet<string>): Standing {
  if (row.ended_why !== null) return row.ended_why
  if (row.expires_at.getTime() <= Date.now()) return 'expired'
  const rests = row.basis_kind !== 'consent' || consents.has(`${row.report_id} ${row.purpose}`)
  return rests ? 'live' : 'consent'
}

/** Live consents of the asker's own reports among these shares, as `report use`. */
async function liveConsents(db: Db, rows: readonly ShareRow[]): Promise<Set<string>> {
  const reports = rows.filter(({ basis_kind }) => basis_kind === 'consent').map(({ report_id }) => report_id)
  if (reports.length === 0) return new Set()
  const live = await db
    .selectFrom('consent')
    .select(['report_id', 'use'])
    .where('report_id', 'in', reports)
    .where('withdrawn_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', new Date())]))
    .execute()
  return new Set(live.map(({ report_id, use }) => `${report_id} ${use}`))
}

/** A share with its item, as far as it is open to the asker; closed, it is a tombstone. */
export async function wholeShare(db: Db, actor: Actor, id: string): Promise<ShareWhole> {
  const row = await findShare(db, id)
  const [share] = await present(db, actor, [row])
  if (!share) throw new HouseError('not_found', `no share ${id}`)
  const report = await db.selectFrom('report').selectAll().where('id', '=', row.report_id).executeTakeFirst()
  const reads = await db
    .selectNoFrom(sql<boolean>`firebreak.reads_share(${id})`.as('reads'))
    .executeTakeFirstOrThrow()
  const open = share.mine || reads.reads
  const asReport = open && row.item_kind === 'report' && report
  const marked = open ? await markOf(db, row, report) : null
  const glass = await openGlass(db, actor, id)
  return {
    ...share,
    itemId: open ? row.item_id : null,
    frame: marked && {
      marking: markingOf(marked),
      createdAt: (asReport ? asReport.created_at : row.made_at).toISOString(),
      sealedId: asReport ? asReport.sealed_id : null,
      evidence: asReport
        ? (
            await db
              .selectFrom('report_evidence')
              .select('sealed_id')
              .where('report_id', '=', row.report_id)
              .execute()
          ).map((it) => it.sealed_id)
        : [],
    },
    notice: marked ? noticeFor({ possibleVictim: marked.possible_victim }) : null,
    readers: share.mine ? await readersOf(db, id) : [],
    glassUntil: glass,
  }
}

type Marked = Parameters<typeof markingOf>[0]

/** A request's own marks where a request is shared: its reader need not see the report behind it. */
async function markOf(db: Db, row: ShareRow, report: Marked | undefined): Promise<Marked | null> {
  if (row.item_kind === 'report') return report ?? null
  const request = await db.selectFrom('request').selectAll().where('id', '=', row.item_id).executeTakeFirst()
  return request ?? null
}

async function openGlass(db: Db, actor: Actor, share: string): Promise<string | null> {
  const glass = await db
    .selectFrom('break_glass')
    .select('expires_at')
    .where('share_id', '=', share)
    .where('member_id', '=', actor.member)
    .where('expires_at', '>', new Date())
    .orderBy('expires_at', 'desc')
    .executeTakeFirst()
  return glass?.expires_at.toISOString() ?? null
}

async function readersOf(db: Db, share: string): Promise<ShareWhole['readers']> {
  const { rows } = await sql<{
    org_id: string
    by_name: boolean
    act: 'share.read' | 'sealed.opened'
    first_at: Date
    last_at: Date
    times: number
  }>`select * from firebreak.share_readers(${share}) order by first_at`.execute(db)
  const names = await orgNames(
    db,
    rows.map(({ org_id }) => org_id),
  )
  return rows.map((row) => ({
    orgName: names.get(row.org_id) ?? '',
    byName: row.by_name,
    act: row.act,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    times: row.times,
  }))
}
