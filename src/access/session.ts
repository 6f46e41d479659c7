import { createHmac, randomBytes } from 'node:crypto'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor, ProvenBy } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask, Env } from '../http/env.ts'
import { sha256 } from '../http/transaction.ts'
import { type Db, type Store, sql } from '../store/open.ts'
import { signedMark } from './proof.ts'
import { stepUpFor } from './step-up-list.ts'

const IDLE_MS = 30 * 60_000
const LONGEST_MS = 12 * 3_600_000
/** How long an answer about a session may be reused: an ended session is refused within a second (T8). */
const MEMORY_MS = 1_000
/** How long a token that was replaced by a fresh proof still answers: what was under way in another tab arrives. */
const REPLACED_MS = 10_000

/**
 * `__Host-` needs Secure. On plain http on this computer some browsers refuse that, so there the name says what it is,
 * and the sign-in page says so too; on any other plain-http address nobody can sign in at all (hostGuard).
 */
function cookieName(c: Ask): string {
  return c.var.secure ? '__Host-firebreak' : 'firebreak-on-this-computer'
}

function cookieOptions(c: Ask) {
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure: c.var.secure } as const
}

export function giveCookie(c: Ask, token: string, ends: Date): void {
  setCookie(c, cookieName(c), token, { ...cookieOptions(c), expires: ends })
}

/**
 * A 256-bit token that the server does not keep. It is derived from the client's own random key for this sign-in, so a
 * repeated sign-in request gives the same session instead of a second one.
 */
export function sessionToken(sessionKey: string, clientKey: string): string {
  return createHmac('sha256', Buffer.from(sessionKey, 'hex'))
    .update(`session|${clientKey}`)
    .digest('base64url')
}

/** `provider`: at the identity provider of their own organisation. */
export type Via = 'passkey' | 'password' | 'provider'

/** That the person showed who they are, and the key that this browser signs with from now on. */
export interface Proof {
  readonly by: ProvenBy
  /** `x.y`, ECDSA on P-256. */
  readonly key: string
}

export async function beginSession(
  c: Ask,
  it: { member: string; via: Via; token: string; proof: Proof | null; link?: string },
): Promise<Date> {
  const ends = new Date(Date.now() + LONGEST_MS)
  await c.var.db
    .insertInto('session')
    .values({
      ...{ token_hash: sha256(it.token), member_id: it.member, via: it.via, expires_at: ends },
      link_id: it.link ?? null,
      ...provenColumns(it.proof),
    })
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute()
  giveCookie(c, it.token, ends)
  return ends
}

const provenColumns = (proof: Proof | null) =>
  proof ? { proven_at: new Date(), proven_by: proof.by, proof_key: proof.key } : {}

interface Known {
  readonly actor: Actor
  readonly proof: { readonly at: number; readonly by: ProvenBy; readonly key: string } | null
}

/** Knows which sessions live; the gate that every member route stands behind. */
export class Sessions {
  private readonly store: Store
  private readonly memory = new Map<string, Known & { until: number }>()

  constructor(store: Store) {
    this.store = store
  }

  gate() {
    return createMiddleware<Env>(async (c, next) => {
      c.set('actor', await this.actor(c))
      await next()
    })
  }

  /**
   * Who asks. Throws `unauthenticated` for no cookie, an ended, idle or expired session, and a member who left. `proven` is
   * there only when the request is signed with the key of the session's proof: a cookie alone never has it. `stepUp` then sees to
   * it that a signature serves once.
   */
  async actor(c: Ask): Promise<Actor> {
    const hash = tokenHash(c)
    const { actor, proof } = await this.known(c, hash)
    if (!proof || !stepUpFor(c.req.method, c.req.path)) return actor
    const mark = await signedMark(c, actor.session, proof.key)
    if (mark === null) return actor
    c.set('signedMark', mark)
    return { ...actor, proven: proof.at, provenBy: proof.by }
  }

  private async known(c: Ask, hash: Buffer): Promise<Known> {
    const remembered = this.memory.get(hash.toString('hex'))
    // a clock that only goes forward, from before the question: a second is a second, however slow the answer is
    const asked = performance.now()
    if (remembered && remembered.until > asked) return remembered
    const known = await this.store.as({ system: 'signin' }, (db) => findKnown(db, hash))
    if (!known) {
      deleteCookie(c, cookieName(c), cookieOptions(c))
      throw signedOut()
    }
    this.remember(known, asked + MEMORY_MS)
    return known
  }

  async alive(session: string): Promise<boolean> {
    return (
      (await this.store.as({ system: 'signin' }, (db) => findKnown(db, Buffer.from(session, 'hex')))) !== null
    )
  }

  /** Ends the asker's session in their own transaction, and what it replaced. */
  async end(c: Ask): Promise<void> {
    const { session, member } = c.var.actor
    await c.var.db
      .updateTable('session')
      .set({ ended_at: new Date() })
      .where('member_id', '=', member)
      .where('ended_at', 'is', null)
      .where((where) =>
        where.or([
          where('token_hash', '=', Buffer.from(session, 'hex')),
          where('replaced_at', 'is not', null),
        ]),
      )
      .execute()
    await tellEnded(c.var.db, session)
    this.memory.delete(session)
    deleteCookie(c, cookieName(c), cookieOptions(c))
  }

  /** Ends one of somebody's own sessions, wherever it is: its streams close at once, its next question is refused within a second. */
  async endOne(db: Db, member: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('session')
      .set({ ended_at: new Date() })
      .where('token_hash', '=', Buffer.from(id, 'hex'))
      .where('member_id', '=', member)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) await tellEnded(db, id)
    this.memory.delete(id)
    return numUpdatedRows === 1n
  }

  /** @param until  ms of `performance.now()` */
  private remember(known: Known, until: number): void {
    if (this.memory.size > 10_000) this.memory.clear()
    this.memory.set(known.actor.session, { ...known, until })
  }
}

/** Everywhere that somebody is signed in now, the latest first. */
export async function listSessions(
  db: Db,
  member: string,
): Promise<{ id: string; via: Via; begun: Date; seen: Date; ends: Date }[]> {
  const rows = await db
    .selectFrom('session')
    .select(['token_hash', 'via', 'created_at', 'seen_at', 'expires_at'])
    .where('member_id', '=', member)
    .where('ended_at', 'is', null)
    .where('replaced_at', 'is', null)
    .where('expires_at', '>', new Date())
    .where('seen_at', '>', new Date(Date.now() - IDLE_MS))
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.token_hash.toString('hex'),
    via: row.via,
    begun: row.created_at,
    seen: row.seen_at,
    ends: row.expires_at,
  }))
}

/** Ends every session of somebody's but the one they ask in. */
export async function endOthers(db: Db, { member, session }: Actor): Promise<void> {
  const ended = await db
    .updateTable('session')
    .set({ ended_at: new Date() })
    .where('member_id', '=', member)
    .where('token_hash', '!=', Buffer.from(session, 'hex'))
    .where('ended_at', 'is', null)
    .returning('token_hash')
    .execute()
  for (const { token_hash } of ended) await tellEnded(db, token_hash.toString('hex'))
}

/** Ends every session of somebody's that began by one connection to their organisation's provider. */
export async function endLinked(db: Db, member: string, link: string): Promise<void> {
  const ended = await db
    .updateTable('session')
    .set({ ended_at: new Date() })
    .where('member_id', '=', member)
    .where('link_id', '=', link)
    .where('ended_at', 'is', null)
    .returning('token_hash')
    .execute()
  for (const { token_hash } of ended) await tellEnded(db, token_hash.toString('hex'))
}

/**
 * The same session under a new token, with a fresh proof (T11: tokens rotate). It ends when the first would have; the old
 * token answers a few seconds more, and is proven no longer. Throws `unauthenticated` when it was replaced already.
 */
export async function replaceSession(
  c: Ask,
  it: { actor: Actor; token: string; proof: Proof },
): Promise<Date> {
  const old = await c.var.db
    .updateTable('session')
    .set({ replaced_at: new Date() })
    .where('token_hash', '=', Buffer.from(it.actor.session, 'hex'))
    .where('replaced_at', 'is', null)
    .where('ended_at', 'is', null)
    .returning(['via', 'created_at', 'expires_at', 'link_id'])
    .executeTakeFirst()
  if (!old) throw signedOut()
  await c.var.db
    .insertInto('session')
    .values({
      ...{ token_hash: sha256(it.token), member_id: it.actor.member, ...old },
      ...provenColumns(it.proof),
    })
    .execute()
  giveCookie(c, it.token, old.expires_at)
  return old.expires_at
}

/** Who asks, found in the transaction that is open already: for those few routes that run before the gate. */
export async function actorIn(c: Ask): Promise<Actor> {
  const known = await findKnown(c.var.db, tokenHash(c))
  if (!known) throw signedOut()
  return known.actor
}

function tokenHash(c: Ask): Buffer {
  const token = getCookie(c, cookieName(c))
  if (!token || token.length > 100) throw signedOut()
  return sha256(token)
}

async function tellEnded(db: Db, id: string): Promise<void> {
  await sql`select pg_notify('firebreak_live', ${JSON.stringify({ topic: 'session', id })})`.execute(db)
}

function signedOut(): HouseError {
  return new HouseError('unauthenticated', 'you are signed out; sign in again, nothing you typed is lost')
}

async function findKnown(db: Db, hash: Buffer): Promise<Known | null> {
  const now = Date.now()
  const row = await db
    .selectFrom('session')
    .innerJoin('member', 'member.id', 'session.member_id')
    .innerJoin('org', 'org.id', 'member.org_id')
    // a session that began at an organisation's own provider ends with the connection to it, and with the provider
    .leftJoin('provider_link', 'provider_link.id', 'session.link_id')
    .leftJoin('identity_provider', 'identity_provider.id', 'provider_link.provider_id')
    .where(({ and, eb, or }) =>
      or([
        eb('session.link_id', 'is', null),
        and([
          eb('provider_link.ended_at', 'is', null),
          eb('identity_provider.confirmed_at', 'is not', null),
          eb('identity_provider.ended_at', 'is', null),
        ]),
      ]),
    )
    .select(['member.id', 'member.org_id', 'member.role', 'session.seen_at', 'session.replaced_at'])
    .select(['session.proven_at', 'session.proven_by', 'session.proof_key'])
    .where('session.token_hash', '=', hash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', new Date(now))
    .where('session.seen_at', '>', new Date(now - IDLE_MS))
    .where('member.left_at', 'is', null)
    .where('org.left_at', 'is', null)
    .where('member.suspended_at', 'is', null)
    .where('org.suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row || (row.replaced_at && now - row.replaced_at.getTime() > REPLACED_MS)) return null
  if (now - row.seen_at.getTime() > 60_000) {
    await db
      .updateTable('session')
      .set({ seen_at: new Date(now) })
      .where('token_hash', '=', hash)
      .execute()
  }
  const { proven_at: at, proven_by: by, proof_key: key, replaced_at } = row
  return {
    actor: { member: row.id, org: row.org_id, role: row.role, session: hash.toString('hex') },
    proof: at && by && key && !replaced_at ? { at: Math.floor(at.getTime() / 1000), by, key } : null,
  }
}

/** A new opaque token, e.g. for an invitation: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
