import type { ColumnType, Generated } from 'kysely'
import type { Basis, Use } from '../../core/marking.ts'
import type { ApprovalKind, LaterMoment } from './columns.ts'

/** What was allowed, by whom, to whom, and until when. */
export interface SharingTables {
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
