import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { answers, rooms } from '../http/shape.ts'
import { ERASED } from './audit.ts'
import { AuditPage } from './audit-shapes.ts'
import { allow } from './policy.ts'

const PAGE = 100
const Query = z.object({ before: z.string().max(20).optional(), object: z.string().max(60).optional() })

export function auditRoutes() {
  return rooms().openapi(
    answers('get', '/audit', {
      what: 'The audit log: the whole network for its steward, their own acts for everybody else',
      answer: AuditPage,
      request: { query: Query },
    }),
    async (c) => {
      allow(c.var.actor, 'audit.read')
      const { before, object } = c.req.valid('query')
      if (before && !/^\d{1,18}$/.test(before))
        throw new HouseError('invalid', 'before: not a number of an entry')
      let query = c.var.db
        .selectFrom('audit_entry')
        .leftJoin('member', 'member.id', 'audit_entry.actor_id')
        .leftJoin('org', 'org.id', 'audit_entry.org_id')
        .leftJoin('audit_position', 'audit_position.seq', 'audit_entry.seq')
        .selectAll('audit_entry')
        .select(['member.name as actor_name', 'org.name as org_name', 'audit_position.idx'])
        .orderBy('audit_entry.seq', 'desc')
        .limit(PAGE + 1)
      if (before) query = query.where('audit_entry.seq', '<', before)
      if (object) query = query.where('object_id', '=', object)
      const rows = await query.execute()
      const page = rows.slice(0, PAGE)
      const entries = page.map((row) => ({
        seq: row.seq,
        at: row.at.toISOString(),
        actorName: row.actor_id === ERASED ? 'Somebody who was erased' : row.actor_name,
        orgName: row.org_name,
        act: row.act,
        objectKind: row.object_kind,
        objectId: row.object_id,
        detail: row.detail,
        leaf: row.leaf.toString('hex'),
        index: row.idx === null ? null : Number(row.idx),
      }))
      return c.json({ entries, next: rows.length > PAGE ? (page.at(-1)?.seq ?? null) : null })
    },
  )
}
