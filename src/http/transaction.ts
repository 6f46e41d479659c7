import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { HouseError } from '../core/errors.ts'
import type { Context } from '../store/context.ts'
import type { Db, Store } from '../store/open.ts'
import type { Ask, Env } from './env.ts'
import { present } from './errors.ts'

const KEY = /^[A-Za-z0-9_-]{22,100}$/

/** Carries an error answer out of the transaction, so that nothing of the attempt stays. */
class NotDone extends Error {}

/**
 * One request, one transaction under the asker's context. A POST carries the client's key: the first try stores its answer
 * in the same transaction as its effect; the same key again gives that answer and no second effect; a key that comes with
 * another body is refused. Two at once: the second waits for the first (unique index) and then answers the same.
 */
export function inTransaction(store: Store, contextOf: (c: Ask) => Context) {
  return createMiddleware<Env>(async (c, next) => {
    try {
      await store.as(contextOf(c), async (db) => {
        c.set('db', db)
        if (c.req.method === 'POST') await onceOnly(c, db, next)
        else await next()
        if (failed(c) && !c.var.refusalStays) throw new NotDone()
      })
    } catch (error) {
      if (!(error instanceof NotDone)) c.res = present(error as Error, c)
    }
  })
}

const failed = (c: Ask) => c.error !== undefined || c.res.status >= 400

async function onceOnly(c: Ask, db: Db, next: () => Promise<void>): Promise<void> {
  const key = c.req.header('idempotency-key') ?? ''
  if (!KEY.test(key)) {
    throw new HouseError(
      'invalid',
      'Idempotency-Key: a random key of 22 to 100 letters, digits, - or _ is needed, and kept for retries',
    )
  }
  const actor = c.get('actor')?.member ?? ''
  const keyHash = sha256(key)
  const route = `${c.req.method} ${c.req.path}`
  const requestHash = sha256(await c.req.text())
  const fresh = await db
    .insertInto('answer')
    .values({ actor, key_hash: keyHash, route, request_hash: requestHash, status: null })
    .onConflict((conflict) => conflict.columns(['actor', 'key_hash']).doNothing())
    .executeTakeFirst()
  if (fresh.numInsertedOrUpdatedRows === 0n) {
    await answerAgain(c, db, { actor, keyHash, route, requestHash })
    return
  }
  await next()
  if (failed(c) && !c.var.refusalStays) return
  const body = await c.res.clone().text()
  await db
    .updateTable('answer')
    .set({ status: c.res.status, body })
    .where('actor', '=', actor)
    .where('key_hash', '=', keyHash)
    .execute()
}

/** Whether the act under this key was done already, so that its answer only has to be given again. */
export async function wasAnswered(db: Db, actor: string, key: string): Promise<boolean> {
  const found = await db
    .selectFrom('answer')
    .select('status')
    .where('actor', '=', actor)
    .where('key_hash', '=', sha256(key))
    .executeTakeFirst()
  return found !== undefined
}

interface Before {
  readonly actor: string
  readonly keyHash: Buffer
  readonly route: string
  readonly requestHash: Buffer
}

async function answerAgain(c: Ask, db: Db, it: Before): Promise<void> {
  const before = await db
    .selectFrom('answer')
    .selectAll()
    .where('actor', '=', it.actor)
    .where('key_hash', '=', it.keyHash)
    .executeTakeFirstOrThrow()
  if (before.route !== it.route || !before.request_hash.equals(it.requestHash)) {
    throw new HouseError('conflict', 'Idempotency-Key: this key was used for another request; make a new one')
  }
  c.header('Idempotency-Replayed', 'true')
  c.res = c.json(before.body as object, (before.status ?? 200) as 200)
}

export function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest()
}
