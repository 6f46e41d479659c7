import type { Role } from './role.ts'

/** Who is asking: one signed-in member in one session. */
export interface Actor {
  readonly member: string
  readonly org: string
  readonly role: Role
  /** Hex of the session's token hash: names the session without opening it. */
  readonly session: string
}
