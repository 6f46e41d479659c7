import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { HouseError } from '../core/errors.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { ClaimedHolders } from '../seal/chain.ts'
import { claimedHolders } from '../seal/key-store.ts'
import { CardChange, Network, PowerEnd, PowerNew } from './shapes.ts'
import { insertPower, listOrgs } from './store.ts'

const ById = z.object({ id: Id })

export function memberRoutes() {
  return rooms()
    .openapi(
      answers('get', '/network', { what: 'Organisations, their powers and hours', answer: Network }),
      async (c) => {
        allow(c.var.actor, 'network.read')
        return c.json({ orgs: await listOrgs(c.var.db) })
      },
    )
    .openapi(
      answers('get', '/orgs/{id}/key-holders', {
        what: 'The public keys a record for that organisation is sealed to, with what proves them',
        answer: ClaimedHolders,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.write')
        return c.json(await claimedHolders(c.var.db, c.req.valid('param').id))
      },
    )
}

/** The card of an organisation: what it says of itself, and what a steward has checked. */
export function cardRoutes() {
  return rooms()
    .openapi(
      answers('post', '/card', {
        what: 'Change one’s own organisation’s hours, zone, languages and channel',
        answer: Network,
        request: body(CardChange),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'card.change')
        const { timeZone, hours, languages, channel } = c.req.valid('json')
        await db
          .updateTable('org')
          .set({ time_zone: timeZone, hours: JSON.stringify(hours), languages, channel })
          .where('id', '=', actor.org)
          .execute()
        await record(db, actor, { act: 'org.changed', objectKind: 'org', objectId: actor.org })
        return c.json({ orgs: await listOrgs(db) })
      },
    )
    .openapi(
      answers('post', '/powers', {
        what: 'Add a power that was checked; who checked it is named beside it',
        answer: Network,
        request: body(PowerNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'power.verify')
        const it = c.req.valid('json')
        const me = await db
          .selectFrom('member')
          .select('name')
          .where('id', '=', actor.member)
          .executeTakeFirst()
        const objectId = await insertPower(db, { ...it, verifiedBy: me?.name ?? 'the steward' })
        const { kind, country, orgId } = it
        const detail = { kind, country, org: orgId }
        await record(db, actor, { act: 'power.verified', objectKind: 'power', objectId, detail })
        return c.json({ orgs: await listOrgs(db) })
      },
    )
    .openapi(
      answers('post', '/powers/{id}/end', {
        what: 'Set the last day of a power',
        answer: Network,
        request: { params: ById, ...body(PowerEnd) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'power.verify')
        const { id } = c.req.valid('param')
        const { until } = c.req.valid('json')
        const done = await db.updateTable('power').set({ until }).where('id', '=', id).executeTakeFirst()
        if (done.numUpdatedRows !== 1n) throw new HouseError('not_found', 'no such power')
        await record(db, actor, { act: 'power.ended', objectKind: 'power', objectId: id, detail: { until } })
        return c.json({ orgs: await listOrgs(db) })
      },
    )
}
