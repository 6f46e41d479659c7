import { createMiddleware } from 'hono/factory'
import type { ProvenBy } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask, Env } from '../http/env.ts'
import { type Db, sql } from '../store/open.ts'
import { firstTime } from './proof.ts'
import { PROOF_MINUTES, type StepUp, stepUpFor } from './step-up-list.ts'

/** Stands behind the transaction, since only the database knows what is RED. Throws `step_up_needed`; nothing is kept then. */
export const stepUp = createMiddleware<Env>(async (c, next) => {
  const mark = c.var.signedMark
  // the context of this transaction says "proven" already: a signature that served before must end it here
  if (mark && !(await firstTime(c.var.db, mark)))
    throw new HouseError('step_up_needed', 'this request came before, signed; confirm that it is you')
  const found = stepUpFor(c.req.method, c.req.path)
  if (found && !provenFor(c, found.it) && (await touches(c, found.it, found.id))) {
    const how = found.it.by === 'passkey' ? ' with a passkey' : ''
    throw new HouseError(
      'step_up_needed',
      `${found.it.what} needs a proof${how} of the last ${PROOF_MINUTES} minutes; confirm that it is you`,
    )
  }
  await next()
})

const ENOUGH: Readonly<Record<StepUp['by'], readonly ProvenBy[]>> = {
  passkey: ['passkey', 'demo'],
  any: ['passkey', 'code', 'demo'],
}

/** Whether this request is signed under a proof that is fresh and enough for the act. */
export function provenFor(c: Ask, { by }: StepUp): boolean {
  const { proven, provenBy } = c.var.actor
  if (proven === undefined || provenBy === undefined || !ENOUGH[by].includes(provenBy)) return false
  return proven > Date.now() / 1000 - PROOF_MINUTES * 60
}

async function touches(c: Ask, { when }: StepUp, id: string | null): Promise<boolean> {
  const { db } = c.var
  switch (when) {
    case 'always':
      return true
    case 'sealed is RED':
      return asks(db, sql`firebreak.red_content(${id})`)
    case 'item is RED':
      return asks(db, sql`firebreak.red_item(${id})`)
    case 'share is RED':
      return asks(db, sql`firebreak.red_share(${id})`)
    case 'body names RED':
      return namesRed(c, db, id)
  }
}

/** A body that is not understood passes here: its route refuses it, by name. */
async function namesRed(c: Ask, db: Db, id: string | null): Promise<boolean> {
  const { tlp, itemId, reportId } = ((await c.req.json().catch(() => null)) ?? {}) as Record<string, unknown>
  if (tlp === 'RED') return true
  for (const item of [itemId, reportId])
    if (typeof item === 'string' && (await asks(db, sql`firebreak.red_item(${item})`))) return true
  return id !== null && asks(db, sql`firebreak.red_share(${id})`)
}

async function asks(db: Db, question: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select ${question} as yes`.execute(db)
  return rows[0]?.yes === true
}
