import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { Done, Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { breakGlass, listGlasses, reviewGlass } from './glass.ts'
import { sharePeople } from './recipients.ts'
import {
  Correction,
  Ending,
  GlassList,
  GlassNew,
  Review,
  ShareList,
  ShareNew,
  SharePeople,
  ShareWhole,
} from './shapes.ts'
import { listShares, MOST_SHARES, wholeShare } from './share-view.ts'
import { correctShare, endShare, makeShare } from './shares.ts'

const ById = z.object({ id: Id })
const Box = z.object({
  box: z.enum(['in', 'out']).default('in'),
  item: Id.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_SHARES).default(MOST_SHARES),
})

/** Sharing an item, taking it back, putting it right. */
export function shareRoutes() {
  return rooms()
    .openapi(
      answers('post', '/shares', {
        what: 'Share a report or request with groups, organisations and single persons',
        answer: ShareWhole,
        request: body(ShareNew),
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        const it = c.req.valid('json')
        await makeShare(c.var.db, c.var.actor, it)
        await record(c.var.db, c.var.actor, {
          act: 'share.made',
          objectKind: 'share',
          objectId: it.id,
          detail: {
            item: it.itemId,
            to: it.to.map(({ id: _, ...to }) => to),
            purpose: it.purpose,
            basis: it.basisKind,
            keys: it.wraps.length + it.groupWraps.length,
            until: it.expiresAt,
          },
        })
        return c.json(await wholeShare(c.var.db, c.var.actor, it.id))
      },
    )
    .openapi(
      answers('get', '/shares', {
        what: 'What was shared with me, or by my organisation; what has ended stands as a tombstone',
        answer: ShareList,
        request: { query: Box },
      }),
      async (c) => {
        allow(c.var.actor, 'share.read')
        const { box, item, limit } = c.req.valid('query')
        return c.json({ shares: await listShares(c.var.db, c.var.actor, { box, item: item ?? null, limit }) })
      },
    )
    .openapi(
      answers('get', '/shares/{id}', {
        what: 'One share with its item; the audit log records that it was read',
        answer: ShareWhole,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'share.read')
        const { id } = c.req.valid('param')
        const share = await wholeShare(c.var.db, c.var.actor, id)
        if (share.frame !== null && !share.mine) {
          const detail = { tlp: share.frame.marking.tlp, glass: share.standing !== 'live' }
          await record(c.var.db, c.var.actor, {
            act: 'share.read',
            objectKind: 'share',
            objectId: id,
            detail,
          })
        }
        return c.json(share)
      },
    )
    .openapi(
      answers('post', '/shares/{id}/recall', {
        what: 'Take it back: a tombstone reaches every recipient',
        answer: ShareWhole,
        request: { params: ById, ...body(Ending) },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        const { id } = c.req.valid('param')
        await endShare(c.var.db, c.var.actor, id, { why: 'recalled', note: c.req.valid('json').note })
        await record(c.var.db, c.var.actor, { act: 'share.recalled', objectKind: 'share', objectId: id })
        return c.json(await wholeShare(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('get', '/shares/{id}/people', {
        what: 'To whom a share of mine went by name, so that a correction can be sealed to them',
        answer: SharePeople,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        return c.json({ people: await sharePeople(c.var.db, c.req.valid('param').id) })
      },
    )
    .openapi(
      answers('post', '/shares/{id}/correction', {
        what: 'Put a corrected item in its place, for the same recipients',
        answer: ShareWhole,
        request: { params: ById, ...body(Correction) },
      }),
      async (c) => {
        allow(c.var.actor, 'share.make')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await correctShare(c.var.db, c.var.actor, id, it)
        const detail = { by: it.id, item: it.itemId }
        await record(c.var.db, c.var.actor, {
          act: 'share.corrected',
          objectKind: 'share',
          objectId: id,
          detail,
        })
        return c.json(await wholeShare(c.var.db, c.var.actor, it.id))
      },
    )
}

/** Opening what has closed, and judging that afterwards. */
export function glassRoutes() {
  return rooms()
    .openapi(
      answers('post', '/shares/{id}/glass', {
        what: 'Break the glass: open for a few hours what has closed; its owner is told and reviews it',
        answer: ShareWhole,
        request: { params: ById, ...body(GlassNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'glass.break')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await breakGlass(c.var.db, c.var.actor, id, it)
        await record(c.var.db, c.var.actor, {
          act: 'glass.broken',
          objectKind: 'share',
          objectId: id,
          detail: { glass: it.id, hours: it.hours },
        })
        return c.json(await wholeShare(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('get', '/glass', { what: 'Broken glass to review, and my own', answer: GlassList }),
      async (c) => {
        allow(c.var.actor, 'share.read')
        return c.json({ glasses: await listGlasses(c.var.db, c.var.actor) })
      },
    )
    .openapi(
      answers('post', '/glass/{id}/review', {
        what: 'Say whether it was justified',
        answer: Done,
        request: { params: ById, ...body(Review) },
      }),
      async (c) => {
        allow(c.var.actor, 'glass.review')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await reviewGlass(c.var.db, c.var.actor, id, it)
        await record(c.var.db, c.var.actor, {
          act: 'glass.reviewed',
          objectKind: 'glass',
          objectId: id,
          detail: { verdict: it.verdict },
        })
        return c.json({ done: true as const })
      },
    )
}
