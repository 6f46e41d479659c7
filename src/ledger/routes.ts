import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { record } from '../access/audit.ts'
import { allow } from '../access/policy.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Env } from '../http/env.ts'
import type { House } from '../http/house.ts'
import { answers } from '../http/shape.ts'
import { mayLeave } from './books-rule.ts'
import { screenApart } from './screen-apart.ts'
import type { ScreeningDone, Stage } from './screening-words.ts'
import { receive } from './uploaded.ts'

/** Bytes of one upload; larger books are for the command line or Trino. */
const LIMIT = 2 * 1024 ** 3
/** Bytes that DuckDB may write to disk while it works on one. */
const SPILL = 16 * 1024 ** 3
/** Bytes of an answer. */
const ANSWER_LIMIT = 256 * 1024 ** 2
/** Books that arrive or wait at the same time, of all members. */
const MOST = 4
const FOLDER = 'firebreak-screened-'

const SCREENING = answers('post', '/ledger/screenings', {
  what: 'Screen a book on this server: one line of JSON, then its files (octets). One book of a member at a time; nothing of it is kept',
  answer: z.looseObject({
    rows: z.number(),
    rejected: z.array(z.looseObject({})),
    alerts: z.array(z.looseObject({})),
    cases: z.array(z.looseObject({})),
  }),
})
const STAGE = answers('get', '/ledger/screenings/mine', {
  what: 'How far the asker’s own screening on this server is; null when there is none',
  answer: z.object({
    stage: z
      .object({
        at: z.enum(['arriving', 'waiting', 'reading', 'preparing', 'judging']),
        what: z.string(),
        done: z.number(),
        total: z.number(),
        unit: z.enum(['MB', '%', 'rules']),
      })
      .nullable(),
  }),
})

/**
 * Screening for an organisation that runs this server itself. POST /ledger/screenings takes
 * `application/octet-stream`: one line of JSON, `{"files":[{"name","bytes"}…],"rules":[…],"own":{file: mapping}}`, then
 * the files one after the other; it answers what `firebreak screen --json` prints. Books are judged one after the other;
 * what was uploaded is removed before the answer leaves, and the log keeps counts, never content. An asker who goes away
 * ends the work.
 */
export function screeningRoutes({ store }: Pick<House, 'store'>, limit = LIMIT): OpenAPIHono<Env> {
  sweep()
  const stages = new Map<string, Stage>()
  const inTurn = turns()
  const routes = new OpenAPIHono<Env>()
  routes.openAPIRegistry.registerPath(SCREENING)
  routes.openAPIRegistry.registerPath(STAGE)
  routes.get('/ledger/screenings/mine', (c) => {
    allow(c.var.actor, 'ledger.screen')
    return c.json({ stage: stages.get(c.var.actor.member) ?? null })
  })
  routes.post('/ledger/screenings', async (c) => {
    const { actor } = c.var
    allow(actor, 'ledger.screen')
    const { body, signal } = c.req.raw
    if (!body) throw new HouseError('invalid', 'body: there is none')
    // asked before a byte is read
    await store.as(actor, (db) => mayLeave(db, actor))
    const { member } = actor
    if (stages.has(member))
      throw new HouseError('conflict', 'a book of yours is being screened already; wait for it, or stop it')
    if (stages.size >= MOST)
      throw new HouseError(
        'unavailable',
        `${MOST} books are being screened here already; ask again when one is done`,
      )
    const tell = (stage: Stage) => void stages.set(member, stage)
    tell({ at: 'arriving', what: '', done: 0, total: 0, unit: 'MB' })
    const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`))
    try {
      const upload = await receive(body, { folder, limit, tell })
      tell({ at: 'waiting', what: '', done: 0, total: 0, unit: 'rules' })
      const done = await inTurn(signal, async () => {
        // and again: it may have been ruled while the book arrived or waited
        await store.as(actor, (db) => mayLeave(db, actor))
        return screenApart({ ...upload, folder, spill: SPILL }, { signal, tell })
      })
      const answer = answerIn(folder)
      await note(store, actor, done)
      return c.body(answer, 200, { 'content-type': 'application/json' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
      stages.delete(member)
    }
  })
  return routes
}

/** One work after the other, in the order in which they asked; who gives up leaves the line. */
function turns() {
  let last: Promise<void> = Promise.resolve()
  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const before = last
    const mine = Promise.withResolvers<void>()
    last = before.then(() => mine.promise)
    const gone = Promise.withResolvers<never>()
    const leave = () => gone.reject(new HouseError('unavailable', 'the screening was stopped'))
    signal.addEventListener('abort', leave)
    try {
      if (signal.aborted) leave()
      await Promise.race([before, gone.promise])
      return await work()
    } finally {
      signal.removeEventListener('abort', leave)
      mine.resolve()
    }
  }
}

function answerIn(folder: string): Uint8Array<ArrayBuffer> {
  const path = join(folder, 'answer.json')
  if (statSync(path).size > ANSWER_LIMIT)
    throw new HouseError(
      'too_large',
      'there are more alerts than one answer holds; choose fewer rules, or use the command line: npx firebreak screen',
    )
  return new Uint8Array(readFileSync(path))
}

/** What the log keeps: how much was screened and found, never whose. */
async function note(store: House['store'], actor: Actor, detail: ScreeningDone): Promise<void> {
  await store.as(actor, (db) =>
    record(db, actor, {
      act: 'book.screened',
      objectKind: 'screening',
      objectId: newId(),
      detail: { ...detail },
    }),
  )
}

/** Removes what a server that ended in the middle of a screening had left behind. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((it) => it.startsWith(FOLDER))) {
    const owner = Number(name.slice(FOLDER.length).split('-')[0])
    if (!isAlive(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(owner: number): boolean {
  try {
    return process.kill(owner, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
