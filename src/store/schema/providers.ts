import type { ColumnType, Generated } from 'kysely'
import type { LaterMoment, Moment } from './columns.ts'

/** Identity providers of organisations, and which of their accounts belongs to which member. */
export interface ProviderTables {
  identity_provider: {
    id: string
    org_id: string
    name: string
    issuer: string
    client_id: string
    method: 'secret' | 'key'
    public_key: ColumnType<Record<string, string> | null, string | null, never>
    email_domains: Generated<string[]>
    claim_name: string | null
    claim_value: string | null
    acr: string | null
    amr: string | null
    max_age_minutes: number | null
    word: string
    asked_by: string
    asked_at: Moment
    confirmed_by: ColumnType<string | null, never, never>
    confirmed_at: ColumnType<Date | null, never, never>
    ended_by: ColumnType<string | null, never, never>
    ended_at: ColumnType<Date | null, never, never>
  }
  provider_secret: { provider_id: string; sealed: Buffer; set_at: Moment }
  provider_link: {
    id: string
    provider_id: string
    org_id: string
    member_id: string
    subject: Buffer
    linked_at: Moment
    used_at: LaterMoment
    ended_at: LaterMoment
  }
  /** Ways of this hour that nobody has come in by. */
  provider_use: { provider_id: string; hour: Moment; used: number }
  provider_trip: {
    state_hash: Buffer
    browser_hash: Buffer
    provider_id: string
    member_id: string | null
    expires_at: Moment
    used_at: LaterMoment
  }
}
