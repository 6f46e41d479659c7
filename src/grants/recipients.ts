import type { OrgKind } from '../core/power.ts'
import { claimedChain } from '../seal/key-store.ts'
import { type Db, sql } from '../store/open.ts'
import type { Group, GroupSealing } from './shapes.ts'

/** Groups that the asker belongs to. */
export async function myGroups(db: Db, member: string): Promise<Group[]> {
  const rows = await db
    .selectFrom('working_group')
    .innerJoin('seat', 'seat.group_id', 'working_group.id')
    .select(['working_group.id', 'working_group.name', 'working_group.tlp_limit'])
    .where('seat.member_id', '=', member)
    .where('seat.left_at', 'is', null)
    .where('working_group.closed_at', 'is', null)
    .orderBy('working_group.name')
    .execute()
  return rows.map(({ id, name, tlp_limit }) => ({ id, name, tlpLimit: tlp_limit }))
}

/** Somebody to whom content can be sealed, with what decides whether it may go there; never a name. */
export interface KeyHolderOf {
  readonly memberId: string
  readonly recipient: string
  readonly orgId: string
  readonly orgKind: OrgKind
}

interface Row {
  readonly member_id: string
  readonly recipient: string
  readonly org_id: string
  readonly org_kind: OrgKind
}

/** The people of a group of the asker's who are not hidden; none for a group that is not theirs. */
export async function groupKeyHolders(db: Db, group: string): Promise<KeyHolderOf[]> {
  const { rows } = await sql<Row>`select * from firebreak.group_key_holders(${group})`.execute(db)
  return rows.map(holder)
}

interface Held {
  readonly version: number
  readonly recipient: string
  readonly wrapped: string
  readonly voucher: string
  readonly giver_id: string
  readonly giver_org: string
  readonly giver: string
}

/** The key of a group of the asker's, to seal to; nothing for a group that is not theirs, or that waits for its steward. */
export async function groupSealing(db: Db, group: string): Promise<GroupSealing> {
  const { rows } = await sql<Held>`select * from firebreak.seat_key_to_seal(${group})`.execute(db)
  const [row] = rows
  if (!row) return { held: null }
  const { version, recipient, wrapped, voucher, giver_id, giver_org, giver } = row
  const claimed = await claimedChain(db, giver_org, [{ member_id: giver_id, recipient: giver }])
  const from = { memberId: giver_id, orgId: giver_org, recipient: giver }
  return { held: { version, recipient, wrapped, voucher, giver: from, claimed } }
}

/** To whom a share of the asker's organisation went by name; nobody for another's. */
export async function sharePeople(db: Db, share: string): Promise<KeyHolderOf[]> {
  const { rows } = await sql<Row>`select * from firebreak.share_people(${share})`.execute(db)
  return rows.map(holder)
}

function holder(row: Row): KeyHolderOf {
  return { memberId: row.member_id, recipient: row.recipient, orgId: row.org_id, orgKind: row.org_kind }
}
