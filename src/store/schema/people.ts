import type { ColumnType, Generated } from 'kysely'
import type { DutyHours } from '../../core/hours.ts'
import type { OrgKind, PowerKind } from '../../core/power.ts'
import type { Role } from '../../core/role.ts'
import type { Big, BooksRule, Json, LaterMoment, Moment, PasswordRule } from './columns.ts'

/** Who is in the network, what they may, and how they sign in. */
export interface PeopleTables {
  org: {
    id: string
    name: string
    kind: OrgKind
    country: string
    time_zone: string
    hours: Json<DutyHours>
    languages: Generated<string[]>
    channel: string | null
    joined_at: Moment
    left_at: LaterMoment
    probation_until: LaterMoment
    review_by: LaterMoment
    suspended_at: LaterMoment
    proposal_id: string | null
    password_rule: Generated<PasswordRule>
    books_rule: Generated<BooksRule>
    books_lift_by: string | null
    books_lift_at: LaterMoment
  }
  power: {
    id: string
    org_id: string
    kind: PowerKind
    country: string
    legal_basis: string
    verified_by: string
    until: ColumnType<string | null, string | null, string | null>
  }
  member: {
    id: string
    org_id: string
    email: string
    name: string
    role: Role
    recipient: string
    joined_at: Moment
    left_at: LaterMoment
    sponsor_id: string | null
    probation_until: LaterMoment
    review_by: LaterMoment
    suspended_at: LaterMoment
    person_id: ColumnType<string | null, never, never>
  }
  look_up_use: { holder: string; day: string; used: number }
  key_wrap: {
    id: string
    member_id: string
    kind: 'passkey' | 'password' | 'recovery'
    credential_id: string | null
    wrapped: string
    created_at: Moment
  }
  password: { member_id: string; salt: string; hash: string }
  passkey: {
    credential_id: string
    member_id: string
    public_key: Buffer
    counter: Big
    transports: Generated<string[]>
    created_at: Moment
    used_at: LaterMoment
    name: Generated<string>
  }
  code_app: {
    member_id: string
    secret: Buffer
    confirmed_at: LaterMoment
    last_step: ColumnType<string, number | string | undefined, number | string>
    made_at: Moment
  }
  challenge: {
    id: string
    challenge: string
    kind: 'signin' | 'register' | 'step_up'
    subject: string | null
    expires_at: Moment
    used_at: LaterMoment
  }
  session: {
    token_hash: Buffer
    member_id: string
    via: 'passkey' | 'password' | 'provider'
    created_at: Moment
    seen_at: Moment
    expires_at: Moment
    ended_at: LaterMoment
    proven_at: LaterMoment
    proven_by: 'passkey' | 'code' | 'demo' | null
    proof_key: string | null
    replaced_at: LaterMoment
    /** By which connection it began, at the organisation's own provider; else null. */
    link_id: string | null
  }
  invite: {
    token_hash: Buffer
    org_id: string
    email: string
    role: Role
    created_at: Moment
    expires_at: Moment
    used_at: LaterMoment
    proposal_id: string | null
    /** Set: it lets this member in again. */
    member_id: ColumnType<string | null, string | null | undefined, never>
  }
  answer: {
    actor: string
    key_hash: Buffer
    route: string
    request_hash: Buffer
    status: number | null
    body: ColumnType<unknown, string | null | undefined, string>
    at: Moment
  }
  signed_request: { mark: Buffer; until: Moment }
  chore: { name: string; ran_at: Moment }
}
