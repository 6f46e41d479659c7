import { createHmac } from 'node:crypto'
import type { Role } from '../core/role.ts'

/** For whom a transaction runs. Row-level security reads it; nothing else decides whose rows are seen. */
export type Context =
  | {
      readonly member: string
      readonly org: string
      readonly role: Role
      readonly session: string
      /** When this person last proved that it is they, where the request is signed by the same browser; epoch seconds. */
      readonly proven?: number
    }
  /** The house itself, when nobody is signed in: proving who someone is, first set-up, clocks. */
  | { readonly system: 'signin' | 'setup' | 'clock' }

/** Longer than any transaction may last, shorter than anybody could make use of a stolen one. Seconds. */
const LIFETIME = 60

/** The context as `base64.hexmac`, for `set local app.ctx`; only those characters, so it can stand inside a literal. */
export function signContext(context: Context, key: Buffer, now: Date): string {
  const claims = { ...context, exp: Math.floor(now.getTime() / 1000) + LIFETIME }
  const body = Buffer.from(JSON.stringify(claims)).toString('base64')
  return `${body}.${createHmac('sha256', key).update(body).digest('hex')}`
}
