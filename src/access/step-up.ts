import { createMiddleware } from 'hono/factory'
import type { ProvenBy } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask, Env } from '../http/env.ts'
import { type Db, sql } from '../store/open.ts'
import { firstTime } from './proof.ts'
import { PROOF_BY, PROOF_MINUTES, type StepUp, stepUpFor } from './step-up-list.ts'

/** Stands behind the transaction, since only the database knows what is RED. Throws `step_up_needed`; nothing is kept then. */
export const stepUp = createMiddleware<Env>(async (c, next) => {
  const mark = c.var.signedMark
  // the context of this transaction says "proven" already: a signature that served before must end it here
  if (mark && !(await firstTime(c.var.db, mark)))
    throw new HouseError('step_up_needed', 'this request came before, signed; confirm that it is you')
  const found = stepUpFor(c.req.method, c.req.path)
  if (found && !proven(c, 'passkey') && (await touches(c, found.it, found.id)))
    await mustBeProven(c, found.it)
  await next()
})

const ENOUGH: Readonly<Record<'passkey' | 'any', readonly ProvenBy[]>> = {
  passkey: ['passkey', 'demo'],
  any: ['passkey', 'code', 'demo'],
}

/** Whether this request is signed under a fresh proof that is enough for the act, whatever the person holds. */
export function provenFor(c: Ask, { by }: StepUp): boolean {
  return proven(c, by === 'any' ? 'any' : 'passkey')
}

function proven(c: Ask, by: keyof typeof ENOUGH): boolean {
  const { proven: at, provenBy } = c.var.actor
  if (at === undefined || provenBy === undefined || !ENOUGH[by].includes(provenBy)) return false
  return at > Date.now() / 1000 - PROOF_MINUTES * 60
}

async function mustBeProven(c: Ask, { by, what }: StepUp): Promise<void> {
  const needed = by === 'held' ? ((await asks(c.var.db, sql`firebreak.holds_red()`)) ? 'passkey' : 'any') : by
  if (proven(c, needed)) return
  c.header(PROOF_BY, needed)
  const how = needed === 'passkey' ? ' with a passkey' : ''
  throw new HouseError(
    'step_up_needed',
    `${what} needs a proof${how} of the last ${PROOF_MINUTES} minutes; confirm that it is you`,
  )
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
    case 'group is sealed':
      return asks(db, sql`firebreak.group_sealed(${id})`)
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
