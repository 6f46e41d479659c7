import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newRef } from '../core/ids.ts'
import { orgNames } from '../members/store.ts'
import { findSealed } from '../seal/store.ts'
import type { Db } from '../store/open.ts'
import type { Report, ReportNew } from './shapes.ts'

const PAGE = 20

/** Stores the frame of a report. Its sealed record and evidence must have arrived completely before. */
export async function fileReport(db: Db, actor: Actor, it: z.infer<typeof ReportNew>): Promise<void> {
  for (const id of [it.sealedId, ...it.evidence]) {
    const sealed = await findSealed(db, id)
    if (sealed.org_id !== actor.org) throw new HouseError('not_found', `no sealed record ${id}`)
    if (!sealed.complete)
      throw new HouseError('conflict', `sealed record ${id} has not arrived completely yet; send it again`)
  }
  await db
    .insertInto('report')
    .values({
      id: it.id,
      ref: newRef('R'),
      org_id: actor.org,
      author_id: actor.member,
      sealed_id: it.sealedId,
      tlp: it.tlp,
    })
    .execute()
  if (it.evidence.length > 0) {
    await db
      .insertInto('report_evidence')
      .values(it.evidence.map((sealed_id) => ({ report_id: it.id, sealed_id, org_id: actor.org })))
      .execute()
  }
  if (it.tokens.length > 0) {
    await db
      .insertInto('report_token')
      .values(it.tokens.map((token) => ({ report_id: it.id, org_id: actor.org, ...token })))
      .onConflict((conflict) => conflict.columns(['report_id', 'token']).doNothing())
      .execute()
  }
  if (it.draftId) await db.deleteFrom('draft').where('id', '=', it.draftId).execute()
}

/** One report of the asker's organisation. Throws `not_found`, also for another's. */
export async function getReport(db: Db, actor: Actor, id: string): Promise<Report> {
  const [found] = await decorate(db, actor, await frames(db).where('report.id', '=', id).execute())
  if (!found) throw new HouseError('not_found', `no report ${id}`)
  return found
}

/** Newest first, 20 at a time. @param before  `next` of the page before */
export async function listReports(db: Db, actor: Actor, before: string | null) {
  // said again beside row-level security, so that the plan begins at the organisation's own
  let query = frames(db)
    .where('report.org_id', '=', actor.org)
    .orderBy('report.created_at', 'desc')
    .orderBy('report.id', 'desc')
    .limit(PAGE + 1)
  const cursor = before ? /^(\d+)~(.{26})$/.exec(before) : null
  if (before && !cursor) throw new HouseError('invalid', 'before: not a page of this list')
  if (cursor) {
    const at = new Date(Number(cursor[1]))
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('report.created_at', 'report.id'), '<', tuple(at as never, cursor[2] as never)),
    )
  }
  const rows = await query.execute()
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  const next = rows.length > PAGE && last ? `${last.created_at.getTime()}~${last.id}` : null
  return { reports: await decorate(db, actor, page), next }
}

function frames(db: Db) {
  return db
    .selectFrom('report')
    .innerJoin('member', 'member.id', 'report.author_id')
    .selectAll('report')
    .select('member.name as author_name')
}

type Frame = Awaited<ReturnType<ReturnType<typeof frames>['execute']>>[number]

async function decorate(db: Db, actor: Actor, rows: readonly Frame[]): Promise<Report[]> {
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const evidence = await db.selectFrom('report_evidence').selectAll().where('report_id', 'in', ids).execute()
  const tokens = await db.selectFrom('report_token').selectAll().where('report_id', 'in', ids).execute()
  const requests = await db
    .selectFrom('request')
    .select(['id', 'ref', 'to_org', 'status', 'report_id'])
    .where('report_id', 'in', ids)
    .where('from_org', '=', actor.org)
    .orderBy('sent_at')
    .execute()
  const joins = await db.selectFrom('corroboration').selectAll().where('report_id', 'in', ids).execute()
  const names = await orgNames(
    db,
    requests.map((request) => request.to_org),
  )
  return rows.map((row) => ({
    id: row.id,
    ref: row.ref,
    tlp: row.tlp,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    authorName: row.author_name,
    mine: row.author_id === actor.member,
    sealedId: row.sealed_id,
    evidence: evidence.filter((it) => it.report_id === row.id).map((it) => it.sealed_id),
    tokens: tokens
      .filter((it) => it.report_id === row.id)
      .map(({ token, kind, country }) => ({ token, kind, country })),
    requests: requests
      .filter((it) => it.report_id === row.id)
      .map((it) => ({ id: it.id, ref: it.ref, toOrgName: names.get(it.to_org) ?? '', status: it.status })),
    corroborations: joins
      .filter((it) => it.report_id === row.id)
      .map((it) => ({ id: it.id, token: it.token, status: it.status, requestId: it.request_id })),
  }))
}
