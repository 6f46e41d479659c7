import type { ColumnType, Generated } from 'kysely'
import type { LaterMoment, Moment } from './columns.ts'

/** Sealed content, drafts, and the keys that open it. */
export interface SealedTables {
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
  sealed_rewrap: { sealed_id: string; member_id: string; recipient: string; wrapped: string }
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
  draft: { id: string; member_id: string; body: Buffer; updated_at: Moment; version: Generated<string> }
  draft_sealed: { draft_id: string; sealed_id: string }
}
