import { allow } from '../access/policy.ts'
import { answers, rooms } from '../http/shape.ts'
import { EntityList, EntityQuery } from './shapes.ts'
import { findEntities } from './store.ts'

export function entityRoutes() {
  return rooms().openapi(
    answers('get', '/entities', {
      what: 'Accounts, wallets and handles in requests I take part in, as FollowTheMoney entities',
      answer: EntityList,
      request: { query: EntityQuery },
    }),
    async (c) => {
      allow(c.var.actor, 'freeze.read')
      return c.json({ entities: await findEntities(c.var.db, c.req.valid('query').q) })
    },
  )
}
