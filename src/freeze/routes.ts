import { z } from 'zod'
import { record, recordRead } from '../access/audit.ts'
import { type Action, allow } from '../access/policy.ts'
import { HouseError } from '../core/errors.ts'
import { Id } from '../core/shapes.ts'
import type { Ask } from '../http/env.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { OPEN } from '../requests/status.ts'
import { advance, findRequest, mustBeAuthority, mustBeSender, say } from '../requests/store.ts'
import { desk, ledger, listOrders, listRequests, wholeRequest } from './present.ts'
import { Rail } from './rail.ts'
import {
  Desk,
  FreezeNew,
  HoldOrder,
  Ledger,
  MoveNew,
  OrderAnswer,
  OrderList,
  OrderNew,
  RequestList,
  RequestWhole,
  Words,
} from './shapes.ts'
import { acknowledge, answerOrder, moveMoney, recordOrder, sendFreeze } from './store.ts'

const ById = z.object({ id: Id })
const Box = z.object({
  box: z.enum(['in', 'out', 'all']).default('all'),
  state: z.enum(['open', 'any']).default('any'),
})

export function freezeRoutes(rails: readonly Rail[]) {
  return rooms()
    .openapi(
      answers('get', '/rails', {
        what: 'The ways to stop money',
        answer: z.object({ rails: z.array(Rail) }),
      }),
      (c) => c.json({ rails: [...rails] }),
    )
    .openapi(
      answers('post', '/requests', {
        what: 'Send a freeze request',
        answer: RequestWhole,
        request: body(FreezeNew),
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.send')
        const it = c.req.valid('json')
        const rail = rails.find((item) => item.id === it.railId)
        if (!rail) throw new HouseError('invalid', `railId: no rail “${it.railId}”`)
        await sendFreeze(c.var.db, c.var.actor, it, rail)
        return await done(c, it.id, {
          act: 'request.sent',
          detail: { to: it.toOrg, facts: it.facts.length, briefing: it.briefingId !== null },
        })
      },
    )
    .openapi(
      answers('get', '/requests', {
        what: 'Requests I take part in, soonest clock first',
        answer: RequestList,
        request: { query: Box },
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.read')
        const { box, state } = c.req.valid('query')
        return c.json({
          requests: await listRequests(c.var.db, c.var.actor, { box, open: state === 'open' }),
        })
      },
    )
    .openapi(
      answers('get', '/requests/{id}', {
        what: 'One request, as I may see it',
        answer: RequestWhole,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.read')
        const request = await wholeRequest(c.var.db, c.var.actor, c.req.valid('param').id)
        const it = {
          act: 'request.read',
          objectKind: 'request',
          objectId: request.id,
          tlp: request.tlp,
        } as const
        await recordRead(c.var.db, c.var.actor, it)
        return c.json(request)
      },
    )
    .openapi(
      answers('post', '/requests/{id}/acknowledgement', {
        what: 'Take it on',
        answer: RequestWhole,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.acknowledge')
        const { id } = c.req.valid('param')
        await acknowledge(c.var.db, c.var.actor, id)
        return await done(c, id, { act: 'request.acknowledged' })
      },
    )
    .openapi(
      answers('post', '/requests/{id}/orders', {
        what: 'Record an order to a bank',
        answer: RequestWhole,
        request: { params: ById, ...body(OrderNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.order')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await recordOrder(c.var.db, c.var.actor, id, it)
        return await done(c, id, { act: 'order.recorded', detail: { order: it.id, bank: it.bankOrg } })
      },
    )
    .openapi(
      answers('post', '/requests/{id}/moves', {
        what: 'Move money in the ledger',
        answer: RequestWhole,
        request: { params: ById, ...body(MoveNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'freeze.move')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        const currency = await moveMoney(c.var.db, c.var.actor, id, it)
        return await done(c, id, {
          act: 'money.moved',
          detail: { line: it.lineId, from: it.from, to: it.to, minor: it.minor, currency },
        })
      },
    )
}

const WORDS = {
  messages: { what: 'Say something to the other side', action: 'freeze.say', act: 'request.said' },
  thanks: { what: 'Thank the other side', action: 'freeze.thank', act: 'request.thanked' },
  closing: { what: 'Close it with the outcome', action: 'freeze.close', act: 'request.closed' },
  refusal: { what: 'Decline it with the reason', action: 'freeze.refuse', act: 'request.declined' },
  recall: { what: 'Take it back', action: 'freeze.recall', act: 'request.recalled' },
} as const satisfies Record<string, { what: string; action: Action; act: string }>

/** The acts that are words: each changes what its row of the table says and adds a line to the history. */
export function wordRoutes() {
  const route = <W extends keyof typeof WORDS>(word: W) =>
    answers('post', `/requests/{id}/${word}` as const, {
      what: WORDS[word].what,
      answer: RequestWhole,
      request: { params: ById, ...body(Words) },
    })
  const handle = (word: keyof typeof WORDS) => async (c: Ask, id: string, text: string) => {
    allow(c.var.actor, WORDS[word].action)
    await sayWords(c, { word, id, text })
    return await done(c, id, { act: WORDS[word].act })
  }
  return rooms()
    .openapi(route('messages'), (c) =>
      handle('messages')(c, c.req.valid('param').id, c.req.valid('json').text),
    )
    .openapi(route('thanks'), (c) => handle('thanks')(c, c.req.valid('param').id, c.req.valid('json').text))
    .openapi(route('closing'), (c) => handle('closing')(c, c.req.valid('param').id, c.req.valid('json').text))
    .openapi(route('refusal'), (c) => handle('refusal')(c, c.req.valid('param').id, c.req.valid('json').text))
    .openapi(route('recall'), (c) => handle('recall')(c, c.req.valid('param').id, c.req.valid('json').text))
}

async function sayWords(
  c: Ask,
  { word, id, text }: { word: keyof typeof WORDS; id: string; text: string },
): Promise<void> {
  const { db, actor } = c.var
  const speaks = word === 'messages' || word === 'thanks'
  const request = await findRequest(db, id, speaks ? 'read' : 'change')
  if (word === 'messages') {
    if (!OPEN.includes(request.status))
      throw new HouseError('conflict', `request ${request.ref} is ${request.status}`)
    return say(db, actor, { request: id, kind: 'said', body: { text } })
  }
  if (word === 'thanks') return say(db, actor, { request: id, kind: 'thanked', body: { text } })
  if (word === 'recall') {
    mustBeSender(request, actor)
    await advance(db, request, 'recalled', { closed_at: new Date() })
    return say(db, actor, { request: id, kind: 'recalled', body: { text } })
  }
  mustBeAuthority(request, actor)
  const to = word === 'closing' ? 'closed' : 'declined'
  await advance(db, request, to, { closed_at: new Date() })
  return say(db, actor, { request: id, kind: to, body: { text } })
}

export function orderRoutes() {
  return rooms()
    .openapi(answers('get', '/orders', { what: 'Orders to my bank', answer: OrderList }), async (c) => {
      allow(c.var.actor, 'order.read')
      return c.json({ orders: await listOrders(c.var.db, c.var.actor) })
    })
    .openapi(
      answers('get', '/orders/{id}', {
        what: 'One order to my bank',
        answer: HoldOrder,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'order.read')
        return c.json(await oneOrder(c, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/orders/{id}/answer', {
        what: 'What could be held',
        answer: HoldOrder,
        request: { params: ById, ...body(OrderAnswer) },
      }),
      async (c) => {
        allow(c.var.actor, 'order.answer')
        const { id } = c.req.valid('param')
        const it = c.req.valid('json')
        await answerOrder(c.var.db, c.var.actor, id, it)
        await record(c.var.db, c.var.actor, {
          act: 'order.answered',
          objectKind: 'order',
          objectId: id,
          detail: { held: it.heldMinor, gone: it.goneMinor },
        })
        return c.json(await oneOrder(c, id))
      },
    )
    .openapi(
      answers('get', '/desk', { what: 'What waits for me, soonest clock first', answer: Desk }),
      async (c) => {
        allow(c.var.actor, 'desk.read')
        return c.json(await desk(c.var.db, c.var.actor))
      },
    )
    .openapi(
      answers('get', '/ledger', { what: 'Money by state, one line a currency', answer: Ledger }),
      async (c) => {
        allow(c.var.actor, 'freeze.read')
        return c.json(await ledger(c.var.db))
      },
    )
}

async function oneOrder(c: Ask, id: string): Promise<HoldOrder> {
  const [found] = await listOrders(c.var.db, c.var.actor, id)
  if (!found) throw new HouseError('not_found', `no order ${id}`)
  return found
}

/** Every act on a request ends alike: an audit entry, and the request as it stands now. */
async function done(c: Ask, id: string, it: { act: string; detail?: Record<string, unknown> }) {
  await record(c.var.db, c.var.actor, { objectKind: 'request', objectId: id, ...it })
  return c.json(await wholeRequest(c.var.db, c.var.actor, id), 200)
}
