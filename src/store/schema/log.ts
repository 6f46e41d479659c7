import type { Generated } from 'kysely'
import type { Big, Json, LaterMoment, Moment } from './columns.ts'

/** The audit log, its tree and its witnesses. */
export interface LogTables {
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
  audit_cosignature: { size: Big; witness_id: string; line: string; at: Moment }
}
