import { z } from 'zod'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import {
  PersonLink,
  Removal,
  RemovalList,
  RemovalNew,
  Removed,
  Suspended,
  SuspensionNew,
  Vouches,
} from './admission-shapes.ts'
import {
  askRemoval,
  confirmRemoval,
  linkPeople,
  listRemovals,
  listVouches,
  suspend,
  withdrawRemoval,
} from './removal.ts'

const ById = z.object({ id: Id })
const Nothing = z.strictObject({})

/** How somebody is stopped, and let go. */
export function removalRoutes() {
  return rooms()
    .openapi(answers('get', '/vouches', { what: 'Who vouched for whom', answer: Vouches }), async (c) => {
      allow(c.var.actor, 'vouches.read')
      return c.json({ people: await listVouches(c.var.db) })
    })
    .openapi(
      answers('post', '/person-links', {
        what: 'Say that two memberships are one person, or that they are not',
        answer: Vouches,
        request: body(PersonLink),
      }),
      async (c) => {
        allow(c.var.actor, 'member.suspend')
        await linkPeople(c.var.db, c.var.actor, c.req.valid('json'))
        return c.json({ people: await listVouches(c.var.db) })
      },
    )
    .openapi(
      answers('post', '/suspensions', {
        what: 'Suspend a person or an organisation at once, or let them go on',
        answer: Suspended,
        request: body(SuspensionNew),
      }),
      async (c) => {
        allow(c.var.actor, 'member.suspend')
        return c.json({ proposalsPaused: await suspend(c.var.db, c.var.actor, c.req.valid('json')) })
      },
    )
    .openapi(
      answers('get', '/removals', { what: 'Removals that wait or were made', answer: RemovalList }),
      async (c) => {
        allow(c.var.actor, 'removal.confirm')
        return c.json({ removals: await listRemovals(c.var.db, c.var.actor) })
      },
    )
    .openapi(
      answers('post', '/removals', {
        what: 'Ask that somebody is removed; they are suspended from now on',
        answer: Removal,
        request: body(RemovalNew),
      }),
      async (c) => {
        allow(c.var.actor, 'removal.ask')
        return c.json(await askRemoval(c.var.db, c.var.actor, c.req.valid('json')))
      },
    )
    .openapi(
      answers('post', '/removals/{id}/confirmation', {
        what: 'The second person, of another organisation, makes a removal final',
        answer: Removed,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        allow(c.var.actor, 'removal.confirm')
        return c.json(await confirmRemoval(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/removals/{id}/withdrawal', {
        what: 'Take back a removal that was asked for; the suspension stays until it is lifted',
        answer: Removal,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        allow(c.var.actor, 'removal.ask')
        return c.json(await withdrawRemoval(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
}
