import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { check } from '../core/check.ts'
import type { Env } from '../http/env.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { wasAnswered } from '../http/transaction.ts'
import type { Store } from '../store/open.ts'
import type { Evaluator } from './evaluator.ts'
import {
  decideCorroboration,
  knownTokens,
  mustHaveBudget,
  offerCorroboration,
  spendBudget,
} from './match-store.ts'
import { Asked, Blinded, CorroborationNew, Decided, Decision, Evaluated, Known, KnownAsk } from './shapes.ts'

/** `<corroboration>-<n>`: one offer to one of possibly several requests. */
const ByOffer = z.object({ id: z.string().regex(/^[0-9a-z]{26}-\d{1,4}$/, 'not an offer') })

/**
 * Evaluates before the transaction begins: up to half a second of work on a thread must hold no connection. The budget is
 * looked at first, so that one who has none left costs nothing, and taken in the transaction, where it is exact.
 */
export function evaluateFirst(store: Store, evaluator: Evaluator) {
  return createMiddleware<Env>(async (c, next) => {
    const { actor } = c.var
    allow(actor, 'match.ask')
    const { blinded } = check(Blinded, await c.req.json().catch(() => null))
    const again = await store.as(actor, async (db) => {
      if (await wasAnswered(db, actor.member, c.req.header('idempotency-key') ?? '')) return true
      await mustHaveBudget(db, actor.org, blinded.length)
      return false
    })
    if (!again) c.set('evaluation', await evaluator.evaluate(blinded))
    await next()
  })
}

export function matchRoutes(evaluator: Pick<Evaluator, 'publicKey'>) {
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
        const { evaluation } = c.var
        if (!evaluation) throw new TypeError('not evaluated before the transaction')
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
