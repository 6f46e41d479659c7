import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { answers, body, rooms } from '../http/shape.ts'
import type { Evaluator } from './evaluator.ts'
import { decideCorroboration, knownTokens, offerCorroboration, spendBudget } from './match-store.ts'
import { Asked, Blinded, CorroborationNew, Decided, Decision, Evaluated, Known, KnownAsk } from './shapes.ts'

/** `<corroboration>-<n>`: one offer to one of possibly several requests. */
const ByOffer = z.object({ id: z.string().regex(/^[0-9a-z]{26}-\d{1,4}$/, 'not an offer') })

export function matchRoutes(evaluator: Evaluator) {
  return rooms()
    .openapi(
      answers('post', '/match/evaluations', {
        what: 'Evaluate blinded identifiers (RFC 9497)',
        answer: Evaluated,
        request: body(Blinded),
      }),
      async (c) => {
        allow(c.var.actor, 'match.ask')
        const { blinded } = c.req.valid('json')
        const evaluation = await evaluator.evaluate(blinded)
        const left = await spendBudget(c.var.db, c.var.actor.org, blinded.length)
        await record(c.var.db, c.var.actor, {
          act: 'match.asked',
          objectKind: 'org',
          objectId: c.var.actor.org,
          detail: { identifiers: blinded.length },
        })
        return c.json({ ...evaluation, publicKey: evaluator.publicKey, left })
      },
    )
    .openapi(
      answers('post', '/match/known', {
        what: 'Which tokens are part of an open request, and of how many',
        answer: Known,
        request: body(KnownAsk),
      }),
      async (c) => {
        allow(c.var.actor, 'match.ask')
        const { tokens } = c.req.valid('json')
        const known = await knownTokens(c.var.db, tokens)
        await record(c.var.db, c.var.actor, {
          act: 'match.looked',
          objectKind: 'org',
          objectId: c.var.actor.org,
          detail: { tokens: tokens.length, known: known.length },
        })
        return c.json({ known })
      },
    )
    .openapi(
      answers('post', '/corroborations', {
        what: 'Offer a report to whoever asked about the same identifier',
        answer: Asked,
        request: body(CorroborationNew),
      }),
      async (c) => {
        allow(c.var.actor, 'match.join')
        const it = c.req.valid('json')
        const asked = await offerCorroboration(c.var.db, it)
        await record(c.var.db, c.var.actor, {
          act: 'corroboration.offered',
          objectKind: 'report',
          objectId: it.reportId,
          detail: { asked },
        })
        return c.json({ asked })
      },
    )
    .openapi(
      answers('post', '/corroboration-offers/{id}/decision', {
        what: 'Agree or decline that someone joins my request',
        answer: Decided,
        request: { params: ByOffer, ...body(Decision) },
      }),
      async (c) => {
        allow(c.var.actor, 'match.join')
        const { id } = c.req.valid('param')
        const status = await decideCorroboration(c.var.db, id, c.req.valid('json').agree)
        await record(c.var.db, c.var.actor, {
          act: 'corroboration.decided',
          objectKind: 'corroboration_offer',
          objectId: id,
          detail: { status },
        })
        return c.json({ status })
      },
    )
}
