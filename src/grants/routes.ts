import { z } from 'zod'
import { record } from '../access/audit.ts'
import { lookUpPerson } from '../access/look-up.ts'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { askApproval, decideApproval, listApprovals } from './approvals.ts'
import { listConsents, narrowConsent, recordConsent } from './consents.ts'
import { markings } from './markings-content.ts'
import { mark, readMarking } from './marks.ts'
import { groupKeyHolders, groupSealing, myGroups } from './recipients.ts'
import {
  ApprovalDecision,
  ApprovalList,
  ApprovalNew,
  ConsentList,
  ConsentNew,
  GroupKeyHolders,
  GroupList,
  GroupSealing,
  MarkingNew,
  MarkingOf,
  Markings,
  Narrowing,
  PersonAsk,
  PersonFound,
} from './shapes.ts'

const ById = z.object({ id: Id })

/** How an item is marked, and what the person in it consented to. */
export function markingRoutes() {
  return rooms()
    .openapi(answers('get', '/markings', { what: 'The words of markings', answer: Markings }), (c) =>
      c.json(markings()),
    )
    .openapi(
      answers('get', '/reports/{id}/marking', {
        what: 'How a report is marked',
        answer: MarkingOf,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'report.read')
        return c.json(await readMarking(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/reports/{id}/marking', {
        what: 'Mark a report anew; what was made of it follows upwards, never downwards',
        answer: MarkingOf,
        request: { params: ById, ...body(MarkingNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        const before = await mark(c.var.db, c.var.actor, id, it)
        const { reportId: _, ...from } = before
        await record(c.var.db, c.var.actor, {
          act: 'marking.changed',
          objectKind: 'report',
          objectId: id,
          detail: { from, to: it },
        })
        return c.json(await readMarking(c.var.db, c.var.actor, id))
      },
    )
}

export function consentRoutes() {
  return rooms()
    .openapi(
      answers('get', '/reports/{id}/consents', {
        what: 'What the person in a report consented to',
        answer: ConsentList,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'report.read')
        return c.json({ consents: await listConsents(c.var.db, c.req.valid('param').id) })
      },
    )
    .openapi(
      answers('post', '/reports/{id}/consents', {
        what: 'Record a consent to one use',
        answer: ConsentList,
        request: { params: ById, ...body(ConsentNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'consent.record')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await recordConsent(c.var.db, c.var.actor, id, it)
        await record(c.var.db, c.var.actor, {
          act: 'consent.recorded',
          objectKind: 'report',
          objectId: id,
          detail: { consent: it.id, use: it.use, by: it.givenBy, until: it.expiresAt },
        })
        return c.json({ consents: await listConsents(c.var.db, id) })
      },
    )
    .openapi(
      answers('post', '/consents/{id}/withdrawal', {
        what: 'The person withdraws it: reads that rest on it end at once',
        answer: ConsentList,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'consent.record')
        const { id } = c.req.valid('param')
        const { reportId, use } = await narrowConsent(c.var.db, id, { withdrawn: true })
        await record(c.var.db, c.var.actor, {
          act: 'consent.withdrawn',
          objectKind: 'report',
          objectId: reportId,
          detail: { consent: id, use },
        })
        return c.json({ consents: await listConsents(c.var.db, reportId) })
      },
    )
    .openapi(
      answers('post', '/consents/{id}/narrowing', {
        what: 'The person lets it end earlier',
        answer: ConsentList,
        request: { params: ById, ...body(Narrowing) },
      }),
      async (c) => {
        allow(c.var.actor, 'consent.record')
        const { id } = c.req.valid('param')
        const { expiresAt } = c.req.valid('json')
        const { reportId, use } = await narrowConsent(c.var.db, id, { expiresAt })
        await record(c.var.db, c.var.actor, {
          act: 'consent.narrowed',
          objectKind: 'report',
          objectId: reportId,
          detail: { consent: id, use, until: expiresAt },
        })
        return c.json({ consents: await listConsents(c.var.db, reportId) })
      },
    )
}

/** What needs a second person. */
export function approvalRoutes() {
  return rooms()
    .openapi(
      answers('get', '/approvals', {
        what: 'What waits for a second person, and what became of it',
        answer: ApprovalList,
      }),
      async (c) => {
        allow(c.var.actor, 'network.read')
        return c.json({ approvals: await listApprovals(c.var.db, c.var.actor) })
      },
    )
    .openapi(
      answers('post', '/approvals', {
        what: 'Ask for a second person',
        answer: ApprovalList,
        request: body(ApprovalNew),
      }),
      async (c) => {
        allow(c.var.actor, 'approval.ask')
        const it = c.req.valid('json')
        await askApproval(c.var.db, c.var.actor, it)
        await record(c.var.db, c.var.actor, {
          act: 'approval.asked',
          objectKind: 'approval',
          objectId: it.id,
          detail: { kind: it.kind, object: it.objectId, to: it.toOrg },
        })
        return c.json({ approvals: await listApprovals(c.var.db, c.var.actor) })
      },
    )
    .openapi(
      answers('post', '/approvals/{id}/decision', {
        what: 'Approve or refuse, as the second person',
        answer: ApprovalList,
        request: { params: ById, ...body(ApprovalDecision) },
      }),
      async (c) => {
        allow(c.var.actor, 'approval.decide')
        const { id } = c.req.valid('param')
        const { approve, note } = c.req.valid('json')
        await decideApproval(c.var.db, id, { approve, note })
        await record(c.var.db, c.var.actor, {
          act: 'approval.decided',
          objectKind: 'approval',
          objectId: id,
          detail: { approve },
        })
        return c.json({ approvals: await listApprovals(c.var.db, c.var.actor) })
      },
    )
}

/** To whom I can share: groups I sit in, and single people whose address I know. Organisations stand in the network. */
export function recipientRoutes() {
  return rooms()
    .openapi(
      answers('get', '/recipients/groups', { what: 'Working groups I sit in', answer: GroupList }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        return c.json({ groups: await myGroups(c.var.db, c.var.actor.member) })
      },
    )
    .openapi(
      answers('get', '/recipients/groups/{id}/key-holders', {
        what: 'Public keys of the people of a group of mine who are not hidden',
        answer: GroupKeyHolders,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        return c.json({ holders: await groupKeyHolders(c.var.db, c.req.valid('param').id) })
      },
    )
    .openapi(
      answers('get', '/recipients/groups/{id}/key', {
        what: 'The key of a group of mine, as I hold it, to seal to the group',
        answer: GroupSealing,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        return c.json(await groupSealing(c.var.db, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/recipients/person', {
        what: 'The person with exactly this address; a day has a budget of such askings, and the audit log records each',
        answer: PersonFound,
        request: body(PersonAsk),
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        const person = await lookUpPerson(c, c.req.valid('json').email)
        return c.json({ person })
      },
    )
}
