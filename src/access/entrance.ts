import { createMiddleware } from 'hono/factory'
import type { ProvenBy } from '../core/actor.ts'
import type { Ask, Env } from '../http/env.ts'
import type { House } from '../http/house.ts'
import { record } from './audit.ts'
import { me } from './me.ts'
import { readProofKey } from './proof.ts'
import { beginSession, giveCookie, sessionToken, type Via } from './session.ts'

interface Entering {
  readonly via: Via
  /** What this sign-in proves, where the browser made a key to sign with; null: nothing. */
  readonly by: ProvenBy | null
  readonly proofKey?: string | undefined
  /** The connection to their organisation's provider by which they come. */
  readonly link?: string
}

/** The one way from "it is this member" to a session with its cookie and its line in the log. */
export function entrance({ store, network }: House) {
  const token = (c: Ask) => sessionToken(store.secrets.sessionKey, c.req.header('idempotency-key') ?? '')
  const enter = async (c: Ask, member: string, { via, by, proofKey, link }: Entering) => {
    if (proofKey !== undefined) readProofKey(proofKey)
    const proof = by !== null && proofKey !== undefined ? { by, key: proofKey } : null
    const endsAt = await beginSession(c, { member, via, token: token(c), proof, ...(link ? { link } : {}) })
    const who = await me(c.var.db, { member, network, endsAt })
    // they have just proved who they are; row-level security lets this one act name them before they are signed in
    await record(
      c.var.db,
      { member, org: who.org.id },
      { act: 'session.begun', objectKind: 'member', objectId: member, detail: { via } },
    )
    return who
  }
  /** A repeated sign-in is answered from memory, without its handler: the cookie is set from the same client key. */
  const cookieAgain = createMiddleware<Env>(async (c, next) => {
    await next()
    if (c.res.headers.get('idempotency-replayed') && SIGN_INS.test(c.req.path))
      giveCookie(c, token(c), new Date(Date.now() + 12 * 3_600_000))
  })
  return { token, enter, cookieAgain }
}

const SIGN_INS = /\/(signin\/(proof\/)?(password|passkey)|signin\/organisation\/return|invites\/accept)$/
