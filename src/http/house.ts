import type { Store } from '../store/open.ts'

/** What every room is handed: the built house. */
export interface House {
  readonly store: Store
  readonly network: string
  /** Public address when Firebreak stands behind TLS; null on this computer alone. */
  readonly origin: URL | null
  readonly demo: Demo | null
  /** Hosts (`host` or `host:port`) of identity providers inside private networks, to which the house may connect. */
  readonly providersInside?: readonly string[]
  /** Says one line to the person who started the server. */
  readonly say: (line: string) => void
}

export interface Demo {
  readonly password: string
  readonly people: readonly DemoPerson[]
}

export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly role: import('../core/role.ts').Role
  readonly orgName: string
  readonly country: string
  readonly host: string
}
