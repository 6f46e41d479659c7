import { createHmac, randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import { HouseError } from '../core/errors.ts'
import type { Ask } from '../http/env.ts'
import { sha256 } from '../http/transaction.ts'
import type { Db } from '../store/open.ts'

/** Long enough to find a phone with a code on it. */
const TRIP_MS = 10 * 60_000

/**
 * Which browser set out. Strict is enough, also for the way back: the provider sends the browser to a page of ours, and that page
 * asks from our own address. `__Host-` needs the whole address as its path; the value opens nothing by itself.
 */
const cookieName = (c: Ask) => (c.var.secure ? '__Host-firebreak-trip' : 'firebreak-trip-on-this-computer')

/** The cookie as it came; without one it is derived from the client's key, so that a repeated request has the same. */
export function browserOf(c: Ask, key: string): string {
  const there = getCookie(c, cookieName(c))
  if (there && /^[\w-]{43}$/.test(there)) return there
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`trip|${c.req.header('idempotency-key') ?? ''}`)
    .digest('base64url')
}

/** Whoever sets out keeps which browser it was; two tabs share it, each with a state of its own. */
export function keepBrowser(c: Ask, key: string): void {
  const value = browserOf(c, key)
  setCookie(c, cookieName(c), value, {
    ...{ path: '/', httpOnly: true, sameSite: 'Strict', secure: c.var.secure, maxAge: TRIP_MS / 1000 },
  })
}

/** Where a provider sends browsers back to: a page of its own for each, so that an answer of one is never taken for another's (RFC 9700, 4.4). */
export function redirectUriOf(c: Ask, providerId: string): string {
  return `${c.var.secure ? 'https' : 'http'}://${c.req.header('host') ?? ''}/signed-in/${providerId}`
}

export const newState = (): string => randomBytes(32).toString('base64url')

interface TripOf {
  readonly state: string
  readonly browser: string
  readonly providerId: string
  /** Who connects an account; null for a sign-in. */
  readonly member: string | null
}

export async function setOut(db: Db, it: TripOf): Promise<void> {
  await db
    .insertInto('provider_trip')
    .values({
      state_hash: sha256(it.state),
      browser_hash: sha256(it.browser),
      provider_id: it.providerId,
      member_id: it.member,
      expires_at: new Date(Date.now() + TRIP_MS),
    })
    .execute()
}

/** Takes a way back once: by the browser that set out, from the provider it went to, for whom it was begun. Throws `conflict`. */
export async function comeBack(db: Db, it: TripOf): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('provider_trip')
    .set({ used_at: new Date() })
    .where('state_hash', '=', sha256(it.state))
    .where('browser_hash', '=', sha256(it.browser))
    .where('provider_id', '=', it.providerId)
    .where('member_id', 'is not distinct from', it.member)
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date())
    .executeTakeFirst()
  if (numUpdatedRows !== 1n)
    throw new HouseError(
      'conflict',
      'this way back was used already, is older than ten minutes, or was begun in another browser; start again',
    )
}

/** The one state in what the browser came back with. Throws `invalid` when there is none, or more than one. */
export function stateIn(query: string): string {
  const [state, ...more] = new URLSearchParams(query).getAll('state')
  if (state === undefined || more.length > 0 || !/^[\w-]{43}$/.test(state))
    throw new HouseError(
      'invalid',
      'query: this is not a way back from your organisation’s sign-in; start again',
    )
  return state
}
