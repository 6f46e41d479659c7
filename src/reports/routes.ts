import { z } from 'zod'
import { record, recordRead } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { Report, ReportList, ReportNew } from './shapes.ts'
import { fileReport, getReport, listReports } from './store.ts'

const ById = z.object({ id: Id })
const Page = z.object({ before: z.string().max(60).optional() })

export function reportRoutes() {
  return rooms()
    .openapi(
      answers('post', '/reports', {
        what: 'File a report whose story is sealed',
        answer: Report,
        request: body(ReportNew),
      }),
      async (c) => {
        allow(c.var.actor, 'report.write')
        const it = c.req.valid('json')
        await fileReport(c.var.db, c.var.actor, it)
        await record(c.var.db, c.var.actor, {
          act: 'report.filed',
          objectKind: 'report',
          objectId: it.id,
          detail: { tlp: it.tlp, evidence: it.evidence.length, tokens: it.tokens.length },
        })
        return c.json(await getReport(c.var.db, c.var.actor, it.id))
      },
    )
    .openapi(
      answers('get', '/reports', {
        what: 'Reports of my organisation, newest first',
        answer: ReportList,
        request: { query: Page },
      }),
      async (c) => {
        allow(c.var.actor, 'report.read')
        return c.json(await listReports(c.var.db, c.var.actor, c.req.valid('query').before ?? null))
      },
    )
    .openapi(
      answers('get', '/reports/{id}', {
        what: 'One report of my organisation',
        answer: Report,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'report.read')
        const report = await getReport(c.var.db, c.var.actor, c.req.valid('param').id)
        const it = { act: 'report.read', objectKind: 'report', objectId: report.id, tlp: report.tlp } as const
        await recordRead(c.var.db, c.var.actor, it)
        return c.json(report)
      },
    )
}
