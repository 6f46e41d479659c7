import { base64 } from '@scure/base'
import { z } from 'zod'
import { Done, Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import type { Db, Store } from '../store/open.ts'
import { record } from './audit.ts'
import { exportLines } from './audit-export.ts'
import {
  ConsistencyQuery,
  CosignatureNew,
  InclusionQuery,
  LogState,
  LogStateQuery,
  Proof,
  WitnessNew,
} from './audit-shapes.ts'
import {
  addCosignature,
  endWitness,
  findCheckpoint,
  type LogKey,
  listWitnesses,
  nameWitness,
} from './checkpoints.ts'
import { verifierText } from './note.ts'
import { allow } from './policy.ts'
import { proveConsistency, proveInclusion, treeSize, waiting } from './tree.ts'

const encoded = (proof: readonly Uint8Array[]) => ({ proof: proof.map((hash) => base64.encode(hash)) })

/** The proof behind the audit log: checkpoints, proofs, countersignatures, export. Hashes are for every member to check. */
export function logRoutes(store: Store, log: LogKey, network: string) {
  return rooms()
    .openapi(
      answers('get', '/audit/log', {
        what: 'How the log stands: its newest signed checkpoint, or the one of a size, and who countersigned',
        answer: LogState,
        request: { query: LogStateQuery },
      }),
      async (c) => {
        allow(c.var.actor, 'audit.read')
        return c.json(await logState(c.var.db, log, c.req.valid('query').size))
      },
    )
    .openapi(
      answers('get', '/audit/consistency', {
        what: 'Proof that the log of one size is the beginning of the log of another (RFC 9162)',
        answer: Proof,
        request: { query: ConsistencyQuery },
      }),
      async (c) => {
        allow(c.var.actor, 'audit.read')
        const { from, to } = c.req.valid('query')
        return c.json(encoded(await proveConsistency(c.var.db, from, to)))
      },
    )
    .openapi(
      answers('get', '/audit/inclusion', {
        what: 'Proof that a leaf is in the log of a size (RFC 9162)',
        answer: Proof,
        request: { query: InclusionQuery },
      }),
      async (c) => {
        allow(c.var.actor, 'audit.read')
        const { index, size } = c.req.valid('query')
        return c.json(encoded(await proveInclusion(c.var.db, index, size)))
      },
    )
    .openapi(
      answers('post', '/audit/witnesses', {
        what: 'Name a key with which my organisation countersigns checkpoints',
        answer: Done,
        request: body(WitnessNew),
      }),
      async (c) => {
        allow(c.var.actor, 'audit.witness')
        const it = c.req.valid('json')
        const isNew = await nameWitness(c.var.db, { ...it, org: c.var.actor.org })
        const act = { act: 'witness.named', objectKind: 'witness', objectId: it.id }
        if (isNew) await record(c.var.db, c.var.actor, { ...act, detail: { verifier: it.verifier } })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('post', '/audit/witnesses/{id}/end', {
        what: 'A key of my organisation countersigns no more',
        answer: Done,
        request: { params: z.object({ id: Id }) },
      }),
      async (c) => {
        allow(c.var.actor, 'audit.witness')
        const { id } = c.req.valid('param')
        await endWitness(c.var.db, id)
        await record(c.var.db, c.var.actor, { act: 'witness.ended', objectKind: 'witness', objectId: id })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('post', '/audit/cosignatures', {
        what: 'Countersign a checkpoint for my organisation',
        answer: Done,
        request: body(CosignatureNew),
      }),
      async (c) => {
        allow(c.var.actor, 'audit.witness')
        await addCosignature(c.var.db, { ...c.req.valid('json'), org: c.var.actor.org })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('get', '/audit/export', {
        what: 'The whole log as JSON lines that `firebreak verify` proves; that it was taken is itself recorded',
        answer: z.any(),
        request: { query: z.object({ reveal: z.enum(['yes', 'no']).default('no') }) },
      }),
      async (c) => {
        const { actor } = c.var
        allow(actor, 'audit.export')
        const reveal = c.req.valid('query').reveal === 'yes'
        const act = { act: 'audit.exported', objectKind: 'audit', objectId: 'log', detail: { reveal } }
        await record(c.var.db, actor, act)
        c.header('Content-Type', 'application/x-ndjson')
        c.header('Content-Disposition', 'attachment; filename="firebreak-audit.jsonl"')
        // read page by page after this transaction, so that a large log holds up nobody
        return c.body(streamed(exportLines(store, actor, { log, network, reveal }))) as never
      },
    )
}

/** Nothing is read before somebody takes it; whoever goes away ends the reading. */
function streamed(lines: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const from = lines[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(to) {
      const { done, value } = await from.next()
      if (done) to.close()
      else to.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await from.return?.()
    },
  })
}

async function logState(db: Db, log: LogKey, size?: number) {
  const kept = await findCheckpoint(db, size)
  return {
    logKey: verifierText(log.verifier),
    checkpoint: kept && { size: kept.size, at: kept.at.toISOString(), note: kept.note },
    size: await treeSize(db),
    waiting: await waiting(db),
    witnesses: (await listWitnesses(db)).map(({ orgName: _, ...it }) => it),
  }
}
