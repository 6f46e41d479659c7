import type { Fact } from '../core/fact.ts'
import type { LocalTime } from '../core/hours.ts'
import type { OrgKind, Power, PowerKind } from '../core/power.ts'
import type { Rail, RailCheck } from './rail.ts'
import type { Payment } from './situation.ts'

/** An account or wallet among the facts. `role` says which end of the payment it is; unsaid, it received the money. */
export type AccountFact = Pick<Fact, 'kind' | 'normal'> & {
  readonly country?: string | null
  /** Its bank or chain, as the fact names it. */
  readonly system?: string | null
  readonly role?: 'payer' | 'payee'
}

/** A power an organisation could use on this account. */
export interface PowerHere {
  readonly kind: PowerKind
  /** Where it is held. */
  readonly country: string
  readonly legalBasis: string
  readonly until: string | null
  readonly timeZone: string
  readonly localTime: LocalTime
  readonly onDuty: boolean
  /** The moment somebody can use it: now, or the start of the next duty; ISO 8601 UTC; null when none is known. */
  readonly onDutyFrom: string | null
  /** What must be asked first, e.g. whether the account is kept at this bank; null when nothing. */
  readonly ask: string | null
  /** Usable on the account as it is: no rail lays down conditions for it. */
  readonly direct: boolean
}

/** A rail as it stands for one organisation. */
export interface RailHere {
  readonly railId: string
  readonly name: string
  /** Whether this organisation holds a power that starts it, where the rail wants it held. */
  readonly through: boolean
  /** True only when the rail is open and this organisation is known to be able to start it. */
  readonly open: boolean
  readonly standing: 'open' | 'unknown' | 'closed'
  /** Why it is open, not known or not open through them: one or more sentences. */
  readonly why: string
  readonly deadline: string | null
  /** When somebody there can start it; null when they cannot. */
  readonly onDutyFrom: string | null
}

export interface Actor {
  readonly orgId: string
  readonly orgName: string
  readonly orgKind: OrgKind
  /** Soonest usable first. */
  readonly powers: readonly PowerHere[]
  /** The best they can do: an open way, one where something must be asked or found out, or none that is open. */
  readonly standing: 'open' | 'unknown' | 'closed'
  /** When somebody is there for it, ISO 8601 UTC. */
  readonly canActFrom: string | null
  /** Whether that is now. */
  readonly onDuty: boolean
  /** Every rail that acts on the account: open ones first, those of others last. */
  readonly rails: readonly RailHere[]
}

export interface AccountActions {
  readonly account: AccountFact
  /** Who has a power there now; who can act soonest first. */
  readonly actors: readonly Actor[]
  /** Every rail that acts on this account, whoever can start it. */
  readonly rails: readonly (RailCheck & { readonly name: string; readonly starters: readonly string[] })[]
}

export interface WhoCanActInput {
  readonly facts: readonly AccountFact[]
  readonly powers: readonly Power[]
  readonly rails: readonly Rail[]
  readonly situation: Payment
  /** ISO 8601 with offset. */
  readonly now: string
}
