import { z } from 'zod'
import { allow } from '../access/policy.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { giveSeatKeys, newGroupKey, seatHolders } from './group-key-store.ts'
import {
  Group,
  GroupChange,
  GroupKeyNew,
  GroupList,
  GroupNew,
  GroupWhole,
  SeatHolders,
  SeatKeysNew,
  SeatLook,
  SeatOffer,
  SeatOfferNew,
  SeatTake,
} from './group-shapes.ts'
import {
  changeGroup,
  endSeat,
  findGroup,
  listGroupsDue,
  lookAtSeat,
  offerSeat,
  openGroup,
  takeSeat,
  wholeGroup,
} from './groups.ts'

const ById = z.object({ id: Id })
const SeatEnd = z.strictObject({ memberId: Id })

/** Working groups, their seats and their keys. */
export function groupRoutes() {
  return rooms()
    .openapi(answers('get', '/groups', { what: 'The groups one sits in', answer: GroupList }), async (c) => {
      allow(c.var.actor, 'group.sit')
      return c.json(await listGroupsDue(c.var.db, c.var.actor))
    })
    .openapi(
      answers('post', '/groups', { what: 'Open a group', answer: Group, request: body(GroupNew) }),
      async (c) => {
        allow(c.var.actor, 'group.open')
        const it = c.req.valid('json')
        await openGroup(c.var.db, c.var.actor, it)
        return c.json(await findGroup(c.var.db, c.var.actor, it.id))
      },
    )
    .openapi(
      answers('get', '/groups/{id}', {
        what: 'A group and whom one may see in it',
        answer: GroupWhole,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        return c.json(await wholeGroup(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/groups/{id}', {
        what: 'Change what a group is for and how far it goes, or close it',
        answer: Group,
        request: { params: ById, ...body(GroupChange) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await changeGroup(c.var.db, c.var.actor, { ...c.req.valid('json'), id })
        return c.json(await findGroup(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('post', '/groups/{id}/offers', {
        what: 'A link that gives one seat',
        answer: SeatOffer,
        request: { params: ById, ...body(SeatOfferNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        return c.json(await offerSeat(c.var.db, c.var.actor, { ...c.req.valid('json'), groupId: id }))
      },
    )
}

/** Seats and keys of a group. */
export function seatRoutes() {
  return rooms()
    .openapi(
      // a POST, so that the link's token is in no server's log
      answers('post', '/seats/look', {
        what: 'What seat a link offers, before it is taken',
        answer: SeatLook,
        request: body(SeatTake),
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        return c.json(await lookAtSeat(c.var.db, c.var.actor, c.req.valid('json').token))
      },
    )
    .openapi(
      answers('post', '/seats', {
        what: 'Take the seat that a link offers',
        answer: Group,
        request: body(SeatTake),
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const id = await takeSeat(c.var.db, c.var.actor, c.req.valid('json').token)
        return c.json(await findGroup(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('post', '/groups/{id}/seat-ends', {
        what: 'Leave a group, or end a seat as its steward',
        answer: GroupList,
        request: { params: ById, ...body(SeatEnd) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { memberId } = c.req.valid('json')
        await endSeat(c.var.db, c.var.actor, { groupId: c.req.valid('param').id, memberId })
        return c.json(await listGroupsDue(c.var.db, c.var.actor))
      },
    )
    .openapi(
      answers('get', '/groups/{id}/holders', {
        what: 'For its stewards: everybody who sits there, with what a browser needs to check their keys',
        answer: SeatHolders,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        return c.json(await seatHolders(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/groups/{id}/keys', {
        what: 'A new key of the group, wrapped to its seats',
        answer: GroupWhole,
        request: { params: ById, ...body(GroupKeyNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await newGroupKey(c.var.db, c.var.actor, { ...c.req.valid('json'), groupId: id })
        return c.json(await wholeGroup(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('post', '/groups/{id}/seat-keys', {
        what: 'The present key for seats that came later',
        answer: GroupWhole,
        request: { params: ById, ...body(SeatKeysNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await giveSeatKeys(c.var.db, c.var.actor, { ...c.req.valid('json'), groupId: id })
        return c.json(await wholeGroup(c.var.db, c.var.actor, id))
      },
    )
}
