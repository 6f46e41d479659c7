import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
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
import { answerOf } from './answer.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { nativeHost } from './host-native.ts'
import { loadBook } from './load-book.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'
import { receive, type Upload } from './uploaded.ts'

/** Bytes of one upload; larger books are for the command line or Trino. */
const LIMIT = 2 * 1024 ** 3
const FOLDER = 'firebreak-screened-'

const SCREENING = answers('post', '/ledger/screenings', {
  what: 'Screen a book on this server: one line of JSON, then its files (octets). One book at a time; nothing of it is kept',
  answer: z.looseObject({
    rows: z.number(),
    rejected: z.array(z.looseObject({})),
    alerts: z.array(z.looseObject({})),
    cases: z.array(z.looseObject({})),
  }),
})

/**
 * Screening for an organisation that runs this server itself. POST /ledger/screenings takes
 * `application/octet-stream`: one line of JSON, `{"files":[{"name","bytes"}…],"rules":[…],"own":{file: mapping}}`, then
 * the files one after the other; it answers what `firebreak screen --json` prints. One at a time; what was uploaded is
 * removed before the answer leaves, and the log keeps counts, never content.
 */
export function screeningRoutes({ store }: Pick<House, 'store'>, limit = LIMIT): OpenAPIHono<Env> {
  sweep()
  let busy = false
  const routes = new OpenAPIHono<Env>()
  routes.openAPIRegistry.registerPath(SCREENING)
  routes.post('/ledger/screenings', async (c) => {
    const { actor } = c.var
    allow(actor, 'ledger.screen')
    const { body } = c.req.raw
    if (!body) throw new HouseError('invalid', 'body: there is none')
    if (busy) throw new HouseError('unavailable', 'another book is being screened; ask again when it is done')
    busy = true
    const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`))
    try {
      const answer = await screened(await receive(body, { folder, limit }))
      await note(store, actor, answer)
      return c.json(answer)
    } finally {
      rmSync(folder, { recursive: true, force: true })
      busy = false
    }
  })
  return routes
}

type Answer = ReturnType<typeof answerOf>

async function screened({ files, rules, own }: Upload): Promise<Answer> {
  const names = new Map(files.map(({ path, name }) => [path, name] as const))
  // a path of this machine is nobody's business; the file's own name is told instead
  const called = <T>(it: T): T =>
    JSON.parse(
      [...names].reduce(
        (text, [path, name]) => text.replaceAll(path, JSON.stringify(name).slice(1, -1)),
        JSON.stringify(it),
      ),
    )
  try {
    const chosen = loadRules(rules)
    const book = await loadBook([...names.keys()], nativeHost(), {
      own: (path) => own[names.get(path) ?? ''] ?? null,
    })
    const engine = await duckEngine(book)
    try {
      return called(answerOf(book, await screen(engine, { ...book, rules: chosen, excuses: loadExcuses() })))
    } finally {
      await engine.close()
    }
  } catch (error) {
    if (error instanceof HouseError) throw new HouseError(error.code, called(error.message))
    throw error
  }
}

/** What the log keeps: how much was screened and found, never whose. */
async function note(store: House['store'], actor: Actor, { rows, alerts, cases }: Answer): Promise<void> {
  await store.as(actor, (db) =>
    record(db, actor, {
      act: 'book.screened',
      objectKind: 'screening',
      objectId: newId(),
      detail: { rows, alerts: alerts.length, accounts: cases.length },
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
