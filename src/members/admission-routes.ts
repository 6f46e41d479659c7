import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { sql } from '../store/open.ts'
import {
  decide,
  findProposal,
  inviteAgain,
  listProposals,
  objectTo,
  propose,
  readProposal,
  ruleOf,
  settleObjection,
  standingOf,
  turn,
} from './admission.ts'
import {
  Admitted,
  ObjectionNew,
  Objections,
  Proposal,
  ProposalDecision,
  ProposalList,
  ProposalNew,
  ReadNew,
  Rule,
  Settle,
} from './admission-shapes.ts'

const ById = z.object({ id: Id })
const ByObjection = z.object({ id: Id, objection: Id })
const Nothing = z.strictObject({})
const Turn = z.strictObject({ turn: z.enum(['withdraw', 'resume']) })

/** Proposals, and the agreed days. */
export function admissionRoutes() {
  return rooms()
    .openapi(
      answers('get', '/proposals', {
        what: 'Who is proposed, and what waits for whom',
        answer: ProposalList,
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.read')
        const [proposals, rule, standing] = await Promise.all([
          listProposals(db, actor),
          ruleOf(db),
          standingOf(db, actor),
        ])
        return c.json({ proposals, rule, standing })
      },
    )
    .openapi(
      answers('post', '/proposals', {
        what: 'Propose an organisation, a person, or that a membership goes on',
        answer: Proposal,
        request: body(ProposalNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.propose')
        const it = c.req.valid('json')
        await propose(db, actor, it)
        return c.json(await findProposal(db, actor, it.id))
      },
    )
    .openapi(
      answers('post', '/network-rule', {
        what: 'Change the days the network agreed on',
        answer: Rule,
        request: body(Rule),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.decide')
        const { objectionDays, probationDays, reviewDays } = c.req.valid('json')
        await db
          .updateTable('network_rule')
          .set({ objection_days: objectionDays, probation_days: probationDays, review_days: reviewDays })
          .where('id', '=', 1)
          .execute()
        const detail = { objectionDays, probationDays, reviewDays }
        await record(db, actor, { act: 'network.ruled', objectKind: 'network', objectId: 'rule', detail })
        return c.json(await ruleOf(db))
      },
    )
}

/** What is done with one proposal. */
export function proposalRoutes() {
  return rooms()
    .openapi(
      answers('post', '/proposals/{id}/reading', {
        what: 'The second reader, of another organisation, says what they think',
        answer: Proposal,
        request: { params: ById, ...body(ReadNew) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.propose')
        const { id } = c.req.valid('param')
        await readProposal(db, actor, { ...c.req.valid('json'), id })
        return c.json(await findProposal(db, actor, id))
      },
    )
    .openapi(
      answers('post', '/proposals/{id}/objections', {
        what: 'Object while the window is open; who objects is known to the steward alone',
        answer: Proposal,
        request: { params: ById, ...body(ObjectionNew) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.object')
        const { id } = c.req.valid('param')
        await objectTo(db, actor, { proposalId: id, ...c.req.valid('json') })
        return c.json(await findProposal(db, actor, id))
      },
    )
    .openapi(
      answers('get', '/proposals/{id}/objections', {
        what: 'What is said against a candidate, for those whom it concerns',
        answer: Objections,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'admission.read')
        return c.json({ objections: await objectionsOf(c.var.db, c.req.valid('param').id) })
      },
    )
    .openapi(
      answers('post', '/proposals/{id}/objections/{objection}/settlement', {
        what: 'Settle an objection, in words',
        answer: Proposal,
        request: { params: ByObjection, ...body(Settle) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.decide')
        const { id, objection } = c.req.valid('param')
        await settleObjection(db, actor, { proposalId: id, id: objection, ...c.req.valid('json') })
        return c.json(await findProposal(db, actor, id))
      },
    )
    .openapi(
      answers('post', '/proposals/{id}/decision', {
        what: 'Admit or refuse, after the window',
        answer: Admitted,
        request: { params: ById, ...body(ProposalDecision) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.decide')
        const { id } = c.req.valid('param')
        const invited = await decide(db, actor, { ...c.req.valid('json'), id })
        return c.json(admitted(await findProposal(db, actor, id), invited))
      },
    )
    .openapi(
      answers('post', '/proposals/{id}/invitations', {
        what: 'A fresh invitation for who was admitted',
        answer: Admitted,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.decide')
        const { id } = c.req.valid('param')
        const invited = await inviteAgain(db, actor, id)
        return c.json(admitted(await findProposal(db, actor, id), invited))
      },
    )
    .openapi(
      answers('post', '/proposals/{id}/turn', {
        what: 'Withdraw one’s own proposal; or, as steward, let a paused one go on',
        answer: Proposal,
        request: { params: ById, ...body(Turn) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'admission.propose')
        const { id } = c.req.valid('param')
        await turn(db, actor, { ...c.req.valid('json'), id })
        return c.json(await findProposal(db, actor, id))
      },
    )
}

type Db = Parameters<typeof findProposal>[0]

function admitted(proposal: z.infer<typeof Proposal>, invited: { token: string; expiresAt: Date } | null) {
  return { proposal, token: invited?.token ?? null, expiresAt: invited?.expiresAt.toISOString() ?? null }
}

async function objectionsOf(db: Db, id: string): Promise<z.infer<typeof Objections>['objections']> {
  const { rows } = await sql<{
    id: string
    words: string
    made_at: Date
    member_id: string | null
    name: string | null
    org_id: string | null
    org_name: string | null
    settled_words: string | null
  }>`select * from firebreak.objections_of(${id})`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    words: row.words,
    madeAt: row.made_at.toISOString(),
    by: row.member_id
      ? {
          memberId: row.member_id,
          name: row.name ?? '',
          orgId: row.org_id ?? '',
          orgName: row.org_name ?? '',
        }
      : null,
    settledWords: row.settled_words,
  }))
}
