import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { ID_PATTERN, newRef } from '../core/ids.ts'
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
  const found = await frames(db, actor).where('report.id', '=', id).executeTakeFirst()
  if (!found) throw new HouseError('not_found', `no report ${id}`)
  return shown(actor, found)
}

/** Newest first, 20 at a time. @param before  `next` of the page before */
export async function listReports(db: Db, actor: Actor, before: string | null) {
  // said again beside row-level security, so that the plan begins at the organisation's own
  let query = frames(db, actor)
    .where('report.org_id', '=', actor.org)
    .orderBy('report.created_at', 'desc')
    .orderBy('report.id', 'desc')
    .limit(PAGE + 1)
  if (before !== null) {
    if (!ID_PATTERN.test(before)) throw new HouseError('invalid', 'before: not a page of this list')
    // by the row itself: a time that went through this program lost what is finer than a millisecond, and rows with it
    query = query.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('report.created_at', 'report.id'),
        '<',
        selectFrom('report as last')
          .select(['last.created_at', 'last.id'])
          .where('last.id', '=', before) as never,
      ),
    )
  }
  const rows = await query.execute()
  const page = rows.slice(0, PAGE)
  const next = rows.length > PAGE ? (page.at(-1)?.id ?? null) : null
  return { reports: page.map((row) => shown(actor, row)), next }
}

/** Everything about a report in one question: asked one after the other, five lists cost five ways to the database and back. */
function frames(db: Db, actor: Actor) {
  return db
    .selectFrom('report')
    .innerJoin('member', 'member.id', 'report.author_id')
    .selectAll('report')
    .select('member.name as author_name')
    .select((of) => [
      jsonArrayFrom(
        of
          .selectFrom('report_evidence')
          .select('report_evidence.sealed_id')
          .whereRef('report_evidence.report_id', '=', 'report.id'),
      ).as('evidence'),
      jsonArrayFrom(
        of
          .selectFrom('report_token')
          .select(['report_token.token', 'report_token.kind', 'report_token.country'])
          .whereRef('report_token.report_id', '=', 'report.id'),
      ).as('tokens'),
      jsonArrayFrom(
        of
          .selectFrom('request')
          .leftJoin('org', 'org.id', 'request.to_org')
          .select(['request.id', 'request.ref', 'request.status', 'org.name as to_org_name'])
          .whereRef('request.report_id', '=', 'report.id')
          .where('request.from_org', '=', actor.org)
          .orderBy('request.sent_at'),
      ).as('requests'),
      jsonArrayFrom(
        of
          .selectFrom('corroboration')
          .select(['corroboration.id', 'corroboration.token', 'corroboration.status'])
          .select('corroboration.request_id')
          .whereRef('corroboration.report_id', '=', 'report.id'),
      ).as('corroborations'),
    ])
}

type Frame = Awaited<ReturnType<ReturnType<typeof frames>['execute']>>[number]

function shown(actor: Actor, row: Frame): Report {
  return {
    id: row.id,
    ref: row.ref,
    tlp: row.tlp,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    authorName: row.author_name,
    mine: row.author_id === actor.member,
    sealedId: row.sealed_id,
    evidence: row.evidence.map((it) => it.sealed_id),
    tokens: row.tokens,
    requests: row.requests.map((it) => ({
      id: it.id,
      ref: it.ref,
      toOrgName: it.to_org_name ?? '',
      status: it.status,
    })),
    corroborations: row.corroborations.map((it) => ({
      id: it.id,
      token: it.token,
      status: it.status,
      requestId: it.request_id,
    })),
  }
}
