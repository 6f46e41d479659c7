import type { ColumnType, Generated } from 'kysely'
import type { ProposalKind, ProposalState } from '../../members/proposal.ts'
import type { Json, LaterMoment, Moment, Tlp } from './columns.ts'

/** How somebody is let in and let go, and how those who are in work together. */
export interface NetworkTables {
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
}
