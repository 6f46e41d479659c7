import { type Db, sql } from '../store/open.ts'

/** A device or a key that somebody brought in, or took away. */
export interface KeyNews {
  readonly name: string
  readonly orgName: string
  /** As in the audit log, e.g. `passkey.added`. */
  readonly act: string
  readonly at: string
}

/** New ways in and new keys of the last 14 days, newest first: of the asker's organisation, for a steward of everybody. */
export async function keyNews(db: Db): Promise<KeyNews[]> {
  const { rows } = await sql<{ name: string; org_name: string; act: string; at: Date }>`
    select * from firebreak.key_news()`.execute(db)
  return rows.map(({ name, org_name, act, at }) => ({ name, orgName: org_name, act, at: at.toISOString() }))
}

/** Pages about keys look again: of the member, of their colleagues and of the stewards' organisation. */
export async function tellKeys(db: Db, of: { readonly member: string; readonly org: string }): Promise<void> {
  const look = JSON.stringify({ topic: 'keys', id: of.member, orgs: [of.org] })
  await sql`select pg_notify('firebreak_live', ${look})`.execute(db)
}
