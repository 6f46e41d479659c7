import type { ColumnType, Generated } from 'kysely'
import type { Normal } from '../core/fact.ts'
import type { DutyHours } from '../core/hours.ts'
import type { Basis, Handling, Pap, Use } from '../core/marking.ts'
import type { MoneyState } from '../core/money.ts'
import type { OrgKind, PowerKind } from '../core/power.ts'
import type { Role } from '../core/role.ts'
import type { ProposalKind, ProposalState } from '../members/proposal.ts'
import type { RequestStatus } from '../requests/status.ts'

/** The tables as `migrations/` makes them; schema.test.ts holds the two equal. bigint arrives as a string. */
type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type LaterMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type Big = ColumnType<string, number | bigint | string, number | bigint | string>
type Json<T> = ColumnType<T, string, string>

export interface Database {
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
    via: 'passkey' | 'password'
    created_at: Moment
    seen_at: Moment
    expires_at: Moment
    ended_at: LaterMoment
    proven_at: LaterMoment
    proven_by: 'passkey' | 'code' | 'demo' | null
    proof_key: string | null
    replaced_at: LaterMoment
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
  proposal: {
    id: string
    kind: ProposalKind
    name: string
    org_id: string | null
    card: Json<Record<string, unknown>>
    reasons: string
    conflicts: string
    sponsor_id: string
    sponsor_org: string
    proposed_at: Moment
    state: Generated<ProposalState>
    paused_from: 'proposed' | 'open' | null
    reader_id: string | null
    reader_org: string | null
    reader_words: string | null
    read_at: LaterMoment
    window_ends: LaterMoment
    decided_by: string | null
    decided_words: string | null
    decided_at: LaterMoment
  }
  proposal_contact: { proposal_id: string; email: string }
  objection: {
    id: string
    proposal_id: string
    member_id: string
    org_id: string
    words: string
    made_at: Moment
    settled_by: string | null
    settled_words: string | null
    settled_at: LaterMoment
  }
  removal: {
    id: string
    kind: 'org' | 'member'
    subject_id: string
    reason: string
    asked_by: string
    asked_org: string
    asked_at: Moment
    expires_at: Moment
    confirmed_by: string | null
    confirmed_org: string | null
    confirmed_at: LaterMoment
    withdrawn_at: LaterMoment
  }
  meeting: {
    id: string
    group_id: string | null
    title: string
    starts_at: Moment
    minutes: number
    place: string
    agenda: Generated<string>
    tlp: Tlp
    called_by: string
    called_at: Moment
    sequence: Generated<number>
    cancelled_at: LaterMoment
  }
  attendance: {
    meeting_id: string
    member_id: string
    answer: 'yes' | 'no' | 'maybe' | null
    was_there: boolean | null
  }
  meeting_minutes: {
    meeting_id: string
    body: string
    tlp: Tlp
    version: Generated<number>
    written_by: string
    written_at: Moment
  }
  action_item: {
    id: string
    meeting_id: string
    words: string
    owner_id: string
    due: ColumnType<string, string, never>
    made_by: string
    made_at: Moment
    done_at: LaterMoment
  }
  authority_ask: { org_id: string; key: string; asked_by: string; asked_at: Moment }
  network_rule: { id: number; objection_days: number; probation_days: number; review_days: number }
  working_group: {
    id: string
    name: string
    purpose: string
    tlp_limit: Tlp
    made_by: string
    made_at: Moment
    closed_at: LaterMoment
  }
  seat: {
    group_id: string
    member_id: string
    role: 'member' | 'steward'
    hidden: Generated<boolean>
    given_by: string
    given_at: Moment
    left_at: LaterMoment
  }
  group_key: { group_id: string; version: number; recipient: string; made_by: string; made_at: Moment }
  seat_offer: {
    token_hash: Buffer
    group_id: string
    role: 'member' | 'steward'
    hidden: Generated<boolean>
    offered_by: string
    offered_at: Moment
    expires_at: Moment
    used_at: LaterMoment
  }
  seat_key: {
    group_id: string
    version: number
    member_id: string
    wrapped: string
    voucher: string | null
    /** Who gave it and the public keys of both at that time: the database's own doing. */
    given_by: ColumnType<string | null, never, never>
    giver: ColumnType<string | null, never, never>
    holder: ColumnType<string | null, never, never>
  }
  audit_entry: {
    seq: Generated<string>
    at: Moment
    actor_id: string | null
    org_id: string | null
    act: string
    object_kind: string
    object_id: string
    detail: Json<Record<string, unknown>>
    canonical: string
    leaf: Generated<Buffer>
    nonce: string | null
    subjects: Generated<string[]>
  }
  audit_salt: { subject: string; inner_pad: Buffer; outer_pad: Buffer }
  audit_waiting: { seq: Big; leaf: Buffer }
  audit_position: { idx: Big; seq: Big }
  audit_node: { level: number; idx: Big; hash: Buffer }
  audit_checkpoint: { size: Big; root: Buffer; note: string; at: Moment }
  audit_witness: { id: string; org_id: string; verifier: string; added_at: Moment; ended_at: LaterMoment }
  key_statement: {
    hash: string
    kind: 'root' | 'org' | 'member'
    subject: string
    org_id: string | null
    statement: string
    signer: string
    signature: string
    at: Moment
  }
  key_secret: {
    of: string
    key: string
    member_id: string
    wrapped: string
    given_by: string | null
    at: Moment
  }
  key_share: {
    member_id: string
    officer_id: string
    threshold: number
    recipient: string
    wrapped: string
    at: Moment
  }
  key_ask: {
    id: string
    member_id: string
    name: string
    org_id: string
    recipient: string
    asked_at: Moment
    ended_at: LaterMoment
  }
  key_help: { ask_id: string; officer_id: string; wrapped: string; at: Moment }
  sealed_rewrap: { sealed_id: string; member_id: string; recipient: string; wrapped: string }
  audit_cosignature: { size: Big; witness_id: string; line: string; at: Moment }
  answer: {
    actor: string
    key_hash: Buffer
    route: string
    request_hash: Buffer
    status: number | null
    body: ColumnType<unknown, string | null | undefined, string>
    at: Moment
  }
  sealed: {
    id: string
    org_id: string
    kind: 'report' | 'evidence' | 'briefing'
    recipient: string
    size: ColumnType<string, number | undefined, number>
    complete: Generated<boolean>
    stored_at: Moment
    made_by: ColumnType<string | null, string | null | undefined, never>
    looked_at: LaterMoment
  }
  sealed_chunk: { sealed_id: string; n: number; bytes: Buffer }
  sealed_wrap: {
    sealed_id: string
    member_id: string
    wrapped: string
    granted_by: string
    granted_at: Moment
    expires_at: LaterMoment
    share_id: ColumnType<string | null, string | null | undefined, never>
  }
  group_wrap: {
    sealed_id: string
    share_id: string
    group_id: string
    version: number
    wrapped: string
    granted_by: string
    granted_at: Moment
  }
  draft: { id: string; member_id: string; body: Buffer; updated_at: Moment }
  draft_sealed: { draft_id: string; sealed_id: string }
  chore: { name: string; ran_at: Moment }
  report: {
    id: string
    ref: string
    org_id: string
    author_id: string
    sealed_id: string
    tlp: Tlp
    status: Generated<'open' | 'closed'>
    created_at: Moment
    pap: Generated<Pap>
    handling: Generated<Handling[]>
    possible_victim: Generated<boolean>
    expires_at: LaterMoment
  }
  report_evidence: { report_id: string; sealed_id: string; org_id: string }
  report_token: { report_id: string; org_id: string; token: string; kind: string; country: string | null }
  match_use: { org_id: string; day: ColumnType<string, string, never>; used: number }
  request: {
    id: string
    ref: string
    kind: 'freeze'
    from_org: string
    from_member: string
    to_org: string
    report_id: string
    rail_id: string
    rail_version: string
    status: Generated<RequestStatus>
    tlp: Tlp
    purpose: 'protect_money'
    basis: string
    note: Generated<string>
    victim_country: string | null
    paid_at: LaterMoment
    briefing_id: string | null
    sent_at: Moment
    red_at: Moment
    due_at: Moment
    acknowledged_at: LaterMoment
    acknowledged_by: string | null
    closed_at: LaterMoment
    pap: Generated<Pap>
    handling: Generated<Handling[]>
    possible_victim: ColumnType<boolean, never, never>
    expires_at: LaterMoment
    basis_kind: Generated<Basis>
  }
  request_access: {
    request_id: string
    org_id: string
    as: 'authority' | 'corroborator'
    granted_by: string
    since: Moment
    ended_at: LaterMoment
  }
  request_fact: {
    id: string
    request_id: string
    kind: string
    normal: Json<Normal>
    country: string | null
    system: string | null
    why: Generated<string>
  }
  request_token: { request_id: string; from_org: string; token: string }
  request_event: {
    id: Generated<string>
    request_id: string
    at: Generated<Date>
    org_id: string
    kind: RequestEventKind
    body: Json<Record<string, unknown>>
  }
  money_line: {
    id: string
    request_id: string
    fact_id: string
    currency: string
    reported: Big
    at_risk: Big
    held: ColumnType<string, never, never>
    lost: ColumnType<string, never, never>
    returned: ColumnType<string, never, never>
  }
  money_move: {
    id: string
    line_id: string
    from_state: MoneyState
    to_state: MoneyState
    minor: Big
    org_id: string
    at: Generated<Date>
    note: Generated<string>
  }
  hold_order: {
    id: string
    request_id: string
    line_id: string
    authority_org: string
    bank_org: string
    ordered_by: string
    reference: string
    legal_basis: string
    fact_kind: string
    account: string
    minor: Big
    currency: string
    ordered_at: Moment
    expires_at: LaterMoment
    answered_at: LaterMoment
    held_minor: ColumnType<string | null, never, number | bigint>
    gone_minor: ColumnType<string | null, never, number | bigint>
    answer_note: Generated<string>
  }
  corroboration: {
    id: string
    by_org: string
    by_member: string
    report_id: string
    token: string
    status: Generated<'offered' | 'agreed' | 'declined'>
    request_id: string | null
    offered_at: Moment
    decided_at: LaterMoment
  }
  corroboration_offer: {
    id: string
    corroboration_id: string
    request_id: string
    org_id: string
    fact_kind: string
    status: Generated<'offered' | 'agreed' | 'declined'>
    offered_at: Moment
  }
  approval: {
    id: string
    kind: ApprovalKind
    object_kind: string
    object_id: string
    to_org: string | null
    org_id: string
    asked_by: string
    by_org: string
    reason: string
    basis: string
    asked_at: ColumnType<Date, never, never>
    expires_at: ColumnType<Date, Date | string, never>
    decision: ColumnType<'approved' | 'refused' | null, never, never>
    decided_by: ColumnType<string | null, never, never>
    decided_at: ColumnType<Date | null, never, never>
    note: ColumnType<string, never, never>
    used_at: ColumnType<Date | null, never, never>
  }
  consent: {
    id: string
    report_id: string
    org_id: string
    use: Use
    given_by: 'person' | 'guardian'
    how: string
    recorded_by: string
    given_at: ColumnType<Date, never, never>
    expires_at: LaterMoment
    withdrawn_at: LaterMoment
    told_at: ColumnType<Date | null, never, never>
  }
  share: {
    id: string
    item_kind: 'report' | 'request'
    item_id: string
    item_ref: ColumnType<string, never, never>
    report_id: ColumnType<string, never, never>
    org_id: string
    made_by: string
    purpose: Use
    basis_kind: Basis
    basis: string
    reveal: boolean
    made_at: ColumnType<Date, never, never>
    expires_at: ColumnType<Date, Date | string, never>
    ended_at: LaterMoment
    ended_why: 'recalled' | 'corrected' | null
    end_note: Generated<string>
    replaced_by: string | null
    told_at: ColumnType<Date | null, never, never>
  }
  share_grant: {
    id: string
    share_id: string
    to_org: string | null
    to_member: string | null
    to_group: string | null
    since: ColumnType<Date, never, never>
  }
  break_glass: {
    id: string
    share_id: string
    owner_org: string
    org_id: string
    member_id: string
    reason: string
    opened_at: ColumnType<Date, never, never>
    expires_at: ColumnType<Date, Date | string, never>
    reviewed_at: LaterMoment
    reviewed_by: string | null
    verdict: 'justified' | 'not_justified' | null
    review: Generated<string>
    told_at: ColumnType<Date | null, never, never>
  }
}

export type Tlp = 'RED' | 'AMBER+STRICT' | 'AMBER' | 'GREEN' | 'CLEAR'
/** How people of an organisation may use passwords: not, with a one-time code, or alone (invented networks). */
export type PasswordRule = 'none' | 'with_code' | 'alone'
export type ApprovalKind = 'victim_disclosure' | 'victim_unmark' | 'bulk_export' | 'member_reentry'
export type RequestEventKind =
  | 'sent'
  | 'acknowledged'
  | 'ordered'
  | 'answered'
  | 'moved'
  | 'joined'
  | 'said'
  | 'thanked'
  | 'closed'
  | 'declined'
  | 'recalled'
