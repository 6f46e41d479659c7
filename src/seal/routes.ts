import { z } from 'zod'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import { HouseError } from '../core/errors.ts'
import { Done, Id } from '../core/shapes.ts'
import type { Ask } from '../http/env.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { DraftInfo, DraftList, Opening, SealedInfo, SealedNew, WrapsNew } from './shapes.ts'
import {
  addWraps,
  announceSealed,
  DRAFT_LIMIT,
  dropDraft,
  keepDraft,
  listDrafts,
  readContent,
  readDraft,
  removeSealed,
  storeContent,
  wrapFor,
} from './store.ts'

const ById = z.object({ id: Id })

export function sealRoutes() {
  return rooms()
    .openapi(
      answers('post', '/sealed', {
        what: 'Announce a record that was sealed in the browser',
        answer: SealedInfo,
        request: body(SealedNew),
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.write')
        const it = c.req.valid('json')
        const made = await announceSealed(c.var.db, c.var.actor, it)
        await record(c.var.db, c.var.actor, {
          act: 'sealed.granted',
          objectKind: it.kind,
          objectId: it.id,
          detail: { to: it.wraps.map((wrap) => wrap.memberId) },
        })
        return c.json(made)
      },
    )
    .openapi(
      answers('put', '/sealed/{id}/content', {
        what: 'Store its ciphertext (octets)',
        answer: SealedInfo,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.write')
        return c.json(await storeContent(c.var.db, c.req.valid('param').id, octets(c)))
      },
    )
    .openapi(
      answers('get', '/sealed/{id}/content', {
        what: 'Its ciphertext (octets)',
        answer: z.any(),
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.open')
        return asOctets(c, await readContent(c.var.db, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/sealed/{id}/openings', {
        what: 'The key to open it; the audit log records this',
        answer: Opening,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.open')
        const { id } = c.req.valid('param')
        const opening = await wrapFor(c.var.db, id, c.var.actor.member)
        await record(c.var.db, c.var.actor, { act: 'sealed.opened', objectKind: 'sealed', objectId: id })
        return c.json(opening)
      },
    )
    .openapi(
      answers('post', '/sealed/{id}/wraps', {
        what: 'Give its key to more people',
        answer: Done,
        request: { params: ById, ...body(WrapsNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.share')
        const { id } = c.req.valid('param')
        const { wraps } = c.req.valid('json')
        // only who can open it can pass its key on
        await wrapFor(c.var.db, id, c.var.actor.member)
        await addWraps(c.var.db, { sealedId: id, grantedBy: c.var.actor.member, wraps })
        await record(c.var.db, c.var.actor, {
          act: 'sealed.granted',
          objectKind: 'sealed',
          objectId: id,
          detail: { to: wraps.map((wrap) => wrap.memberId) },
        })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('delete', '/sealed/{id}', {
        what: 'Remove a record of mine that nothing refers to',
        answer: Done,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'sealed.write')
        const { id } = c.req.valid('param')
        await removeSealed(c.var.db, id)
        await record(c.var.db, c.var.actor, { act: 'sealed.removed', objectKind: 'sealed', objectId: id })
        return c.json({ done: true as const })
      },
    )
}

const Version = z.union([z.literal(''), Id]).default('')

/**
 * How a draft is kept. `after`: the version it was written from, none for a new one; `as`: the name of this version, so that
 * sending it again is no change of somebody else's.
 * `holds=id,id`: what it refers to, at most as many files as a report may carry, and its own records.
 */
const Keeping = z.object({
  after: Version,
  as: Version,
  holds: z
    .string()
    .max(120 * 27)
    .default('')
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(Id).max(120)),
})

export function draftRoutes() {
  return rooms()
    .openapi(answers('get', '/drafts', { what: 'My drafts, newest first', answer: DraftList }), async (c) => {
      allow(c.var.actor, 'draft.keep')
      return c.json({ drafts: await listDrafts(c.var.db) })
    })
    .openapi(
      answers('get', '/drafts/{id}/content', {
        what: 'A draft, sealed to its author (octets)',
        answer: z.any(),
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'draft.keep')
        return asOctets(c, await readDraft(c.var.db, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('put', '/drafts/{id}/content', {
        what: 'Keep a draft (octets)',
        answer: DraftInfo,
        request: { params: ById, query: Keeping },
      }),
      async (c) => {
        allow(c.var.actor, 'draft.keep')
        const bytes: Uint8Array[] = []
        let size = 0
        for await (const piece of octets(c)) {
          size += piece.byteLength
          if (size > DRAFT_LIMIT)
            throw new HouseError('too_large', 'draft: at most 5 MiB; add long texts as files')
          bytes.push(piece)
        }
        if (size === 0) throw new HouseError('invalid', 'draft: empty')
        const { id } = c.req.valid('param')
        const draft = { id, member: c.var.actor.member, body: Buffer.concat(bytes), ...c.req.valid('query') }
        return c.json(await keepDraft(c.var.db, draft))
      },
    )
    .openapi(
      answers('delete', '/drafts/{id}', {
        what: 'Throw a draft away',
        answer: Done,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'draft.keep')
        await dropDraft(c.var.db, c.req.valid('param').id)
        return c.json({ done: true as const })
      },
    )
}

function octets(c: Ask): AsyncIterable<Uint8Array> {
  if (c.req.header('content-type') !== 'application/octet-stream' || !c.req.raw.body) {
    throw new HouseError('invalid', 'content-type: sealed content comes as application/octet-stream')
  }
  return c.req.raw.body
}

function asOctets(c: Ask, bytes: Buffer) {
  c.header('Content-Type', 'application/octet-stream')
  return c.body(new Uint8Array(bytes)) as never
}
