import { record } from '../access/audit.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'

/** A request to take the rule back lapses after this long (0130-books-rule.sql). */
const WEEK = 7 * 86_400_000

export interface BooksRuled {
  readonly rule: 'asked' | 'here'
  /** Who waits for a second person to take the rule back. */
  readonly lift: { readonly by: string; readonly mine: boolean; readonly at: string } | null
}

/** Whether books of the asker's organisation may go to this server, if a member says so. */
export async function booksRule(db: Db, actor: Pick<Actor, 'member' | 'org'>): Promise<BooksRuled> {
  const it = await db
    .selectFrom('org')
    .leftJoin('member', 'member.id', 'org.books_lift_by')
    .select(['books_rule', 'books_lift_by', 'books_lift_at', 'member.name'])
    .where('org.id', '=', actor.org)
    .executeTakeFirstOrThrow()
  const { books_lift_by: by, books_lift_at: at } = it
  const waits = by !== null && at !== null && at.getTime() > Date.now() - WEEK
  return {
    rule: it.books_rule,
    lift: waits ? { by: it.name ?? '', mine: by === actor.member, at: at.toISOString() } : null,
  }
}

/** Forbids at once; takes back only with a second person of the organisation. The log keeps both. */
export async function ruleBooks(db: Db, actor: Actor, rule: 'asked' | 'here'): Promise<BooksRuled> {
  const { rows } = await sql<{ stands: string }>`select firebreak.rule_books(${rule}) as stands`.execute(db)
  const detail = { rule: rows[0]?.stands ?? rule }
  await record(db, actor, { act: 'org.books_ruled', objectKind: 'org', objectId: actor.org, detail })
  return booksRule(db, actor)
}

/** Throws `forbidden` where the organisation has ruled that its books stay on its people's devices. */
export async function mayLeave(db: Db, actor: Actor): Promise<void> {
  if ((await booksRule(db, actor)).rule === 'here')
    throw new HouseError(
      'forbidden',
      'your organisation has ruled that its books never leave your device: screen them in this browser, or with npx firebreak screen',
    )
}
