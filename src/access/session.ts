import { createHmac, randomBytes } from 'node:crypto'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask, Env } from '../http/env.ts'
import { sha256 } from '../http/transaction.ts'
import { type Db, type Store, sql } from '../store/open.ts'

const IDLE_MS = 30 * 60_000
const LONGEST_MS = 12 * 3_600_000
/** How long an answer about a session may be reused: an ended session is refused within a second (T8). */
const MEMORY_MS = 1_000

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

/**
 * A 256-bit token that the server does not keep. It is derived from the client's own random key for this sign-in, so a
 * repeated sign-in request gives the same session instead of a second one.
 */
export function sessionToken(sessionKey: string, clientKey: string): string {
  return createHmac('sha256', Buffer.from(sessionKey, 'hex'))
    .update(`session|${clientKey}`)
    .digest('base64url')
}

export async function beginSession(
  c: Ask,
  it: { member: string; via: 'passkey' | 'password'; token: string },
): Promise<Date> {
  const ends = new Date(Date.now() + LONGEST_MS)
  await c.var.db
    .insertInto('session')
    .values({ token_hash: sha256(it.token), member_id: it.member, via: it.via, expires_at: ends })
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute()
  setCookie(c, cookieName(c), it.token, { ...cookieOptions(c), expires: ends })
  return ends
}

/** Knows which sessions live; the gate that every member route stands behind. */
export class Sessions {
  private readonly store: Store
  private readonly memory = new Map<string, { actor: Actor; until: number }>()

  constructor(store: Store) {
    this.store = store
  }

  gate() {
    return createMiddleware<Env>(async (c, next) => {
      c.set('actor', await this.actor(c))
      await next()
    })
  }

  /** Who asks. Throws `unauthenticated` for no cookie, an ended, idle or expired session, and a member who left. */
  async actor(c: Ask): Promise<Actor> {
    const token = getCookie(c, cookieName(c))
    if (!token || token.length > 100) throw signedOut()
    const hash = sha256(token)
    const known = this.memory.get(hash.toString('hex'))
    if (known && known.until > Date.now()) return known.actor
    const actor = await this.store.as({ system: 'signin' }, (db) => findActor(db, hash))
    if (!actor) {
      deleteCookie(c, cookieName(c), cookieOptions(c))
      throw signedOut()
    }
    this.remember(actor)
    return actor
  }

  async alive(session: string): Promise<boolean> {
    return (
      (await this.store.as({ system: 'signin' }, (db) => findActor(db, Buffer.from(session, 'hex')))) !== null
    )
  }

  async end(c: Ask): Promise<void> {
    const { session } = c.var.actor
    await this.store.as({ system: 'signin' }, async (db) => {
      await db
        .updateTable('session')
        .set({ ended_at: new Date() })
        .where('token_hash', '=', Buffer.from(session, 'hex'))
        .execute()
      await tellEnded(db, session)
    })
    this.memory.delete(session)
    deleteCookie(c, cookieName(c), cookieOptions(c))
  }

  /** Everywhere that somebody is signed in now, the latest first. */
  async list(
    member: string,
  ): Promise<{ id: string; via: 'passkey' | 'password'; begun: Date; seen: Date; ends: Date }[]> {
    const rows = await this.store.as({ system: 'signin' }, (db) =>
      db
        .selectFrom('session')
        .select(['token_hash', 'via', 'created_at', 'seen_at', 'expires_at'])
        .where('member_id', '=', member)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', new Date())
        .where('seen_at', '>', new Date(Date.now() - IDLE_MS))
        .orderBy('created_at', 'desc')
        .execute(),
    )
    return rows.map((row) => ({
      id: row.token_hash.toString('hex'),
      via: row.via,
      begun: row.created_at,
      seen: row.seen_at,
      ends: row.expires_at,
    }))
  }

  /** Ends one of somebody's own sessions, wherever it is: its streams close at once, its next question is refused within a second. */
  async endOne(member: string, id: string): Promise<boolean> {
    const done = await this.store.as({ system: 'signin' }, async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('session')
        .set({ ended_at: new Date() })
        .where('token_hash', '=', Buffer.from(id, 'hex'))
        .where('member_id', '=', member)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) return false
      await tellEnded(db, id)
      return true
    })
    this.memory.delete(id)
    return done
  }

  private remember(actor: Actor): void {
    if (this.memory.size > 10_000) this.memory.clear()
    this.memory.set(actor.session, { actor, until: Date.now() + MEMORY_MS })
  }
}

async function tellEnded(db: Db, id: string): Promise<void> {
  await sql`select pg_notify('firebreak_live', ${JSON.stringify({ topic: 'session', id })})`.execute(db)
}

function signedOut(): HouseError {
  return new HouseError('unauthenticated', 'you are signed out; sign in again, nothing you typed is lost')
}

async function findActor(db: Db, hash: Buffer): Promise<Actor | null> {
  const now = Date.now()
  const row = await db
    .selectFrom('session')
    .innerJoin('member', 'member.id', 'session.member_id')
    .innerJoin('org', 'org.id', 'member.org_id')
    .select(['member.id', 'member.org_id', 'member.role', 'session.seen_at'])
    .where('session.token_hash', '=', hash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', new Date(now))
    .where('session.seen_at', '>', new Date(now - IDLE_MS))
    .where('member.left_at', 'is', null)
    .where('org.left_at', 'is', null)
    .where('member.suspended_at', 'is', null)
    .where('org.suspended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  if (now - row.seen_at.getTime() > 60_000) {
    await db
      .updateTable('session')
      .set({ seen_at: new Date(now) })
      .where('token_hash', '=', hash)
      .execute()
  }
  return { member: row.id, org: row.org_id, role: row.role, session: hash.toString('hex') }
}

/** A new opaque token, e.g. for an invitation: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
