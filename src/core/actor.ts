import type { Role } from './role.ts'

/** Who is asking: one signed-in member in one session. */
export interface Actor {
  readonly member: string
  readonly org: string
  readonly role: Role
  /** Hex of the session's token hash: names the session without opening it. */
  readonly session: string
  /** When the person last proved that it is they; seconds since 1970. Only where this request was signed by that browser. */
  readonly proven?: number
  readonly provenBy?: ProvenBy
}

/** By a passkey, by a password with a one-time code, or by the password of an invented network. */
export type ProvenBy = 'passkey' | 'code' | 'demo'
