import type { ColumnType, Generated } from 'kysely'
import type { Normal } from '../../core/fact.ts'
import type { Basis, Handling, Pap } from '../../core/marking.ts'
import type { MoneyState } from '../../core/money.ts'
import type { Channel } from '../../freeze/situation.ts'
import type { RequestStatus } from '../../requests/status.ts'
import type { Big, Json, LaterMoment, Moment, RequestEventKind, Tlp } from './columns.ts'

/** Reports, requests and the money they are about. */
export interface CaseTables {
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
    /** Where only the day is known; `paid_at` is then its beginning. */
    paid_day: string | null
    payer_country: string | null
    payer_bank: string | null
    channel: Channel | null
    recall_sent: boolean | null
    report_filed: boolean | null
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
}
