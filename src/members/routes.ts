import { z } from 'zod'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, rooms } from '../http/shape.ts'
import { KeyHolders, Network } from './shapes.ts'
import { keyHolders, listOrgs } from './store.ts'

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
        what: 'The public keys a record for that organisation is sealed to',
        answer: KeyHolders,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.write')
        return c.json({ holders: await keyHolders(c.var.db, c.req.valid('param').id) })
      },
    )
}
