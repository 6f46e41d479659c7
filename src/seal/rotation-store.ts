import type { z } from 'zod'
import { record } from '../access/audit.ts'
import { tellKeys } from '../access/key-news.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import type { Rotated, Rotation } from './key-shapes.ts'
import { endAsk } from './recovery-store.ts'

type Rotating = z.infer<typeof Rotation>

/**
 * The new key takes over, with everything that the old one opened: records, signing keys, keys of groups, shares kept for
 * others. All in one transaction. With the key that one has already, what an older key opened comes to it.
 * @returns how many records went along, and how many are gone because they are closed to the member now
 * Throws `conflict` while something would be left behind unsaid: then nothing has changed.
 */
export async function rotate(db: Db, actor: Actor, it: Rotating): Promise<z.infer<typeof Rotated>> {
  const isNew = await isNewKey(db, actor, it)
  await nothingLeftBehind(db, actor, it, isNew)
  const moved = await sql<{ n: string }>`
    with moved as (update firebreak.sealed_wrap w set wrapped = r.wrapped from firebreak.sealed_rewrap r
      where r.sealed_id = w.sealed_id and r.member_id = w.member_id and w.member_id = ${actor.member}
        and r.recipient = ${it.recipient} returning w.sealed_id) select count(distinct sealed_id) as n from moved`.execute(
    db,
  )
  const records = Number(moved.rows[0]?.n ?? 0)
  const closed = isNew ? await dropClosed(db, it) : 0
  await db.deleteFrom('sealed_rewrap').where('member_id', '=', actor.member).execute()
  if (isNew) await putKey(db, actor, it)
  await moveKeys(db, actor, it)
  // shares of the old key give back what nothing is sealed to any more
  await db
    .deleteFrom('key_share')
    .where('member_id', '=', actor.member)
    .where('recipient', '<>', it.recipient)
    .execute()
  await endAsk(db, actor)
  await record(db, actor, {
    act: 'key.rotated',
    objectKind: 'member',
    objectId: actor.member,
    detail: { records, left: it.left.length, closed },
  })
  await tellKeys(db, actor)
  return { records, closed }
}

/** What was shared with the member and is closed now: its wraps go, so that nothing of theirs is sealed to the old key any more. */
async function dropClosed(db: Db, it: Rotating): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select firebreak.drop_closed_wraps(${it.recipient}, ${[...it.left]}::text[]) as n`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

async function isNewKey(db: Db, actor: Actor, it: Pick<Rotating, 'recipient' | 'wraps'>): Promise<boolean> {
  const { recipient } = await db
    .selectFrom('member')
    .select('recipient')
    .where('id', '=', actor.member)
    .executeTakeFirstOrThrow()
  const isNew = recipient !== it.recipient
  if (isNew !== it.wraps.length > 0)
    throw new HouseError(
      'invalid',
      isNew
        ? 'wraps: a new key needs a way in and a recovery code'
        : 'wraps: this is the key that you have; its ways in stay as they are',
    )
  return isNew
}

async function putKey(db: Db, actor: Actor, it: Pick<Rotating, 'recipient' | 'wraps'>): Promise<void> {
  await db.updateTable('member').set({ recipient: it.recipient }).where('id', '=', actor.member).execute()
  await db.deleteFrom('key_wrap').where('member_id', '=', actor.member).execute()
  await db
    .insertInto('key_wrap')
    .values(
      it.wraps.map(({ id, kind, credentialId, wrapped }) => ({
        id,
        member_id: actor.member,
        kind,
        credential_id: credentialId,
        wrapped,
      })),
    )
    .execute()
}

async function moveKeys(db: Db, actor: Actor, it: Rotating): Promise<void> {
  for (const { of, key, wrapped } of it.secrets)
    await db
      .updateTable('key_secret')
      .set({ wrapped })
      .where('member_id', '=', actor.member)
      .where('of', '=', of)
      .where('key', '=', key)
      .execute()
  // after the member's own key: the database writes down with which one the holder vouches for it
  for (const { groupId, version, wrapped, voucher } of it.seats)
    await db
      .updateTable('seat_key')
      .set({ wrapped, voucher })
      .where('member_id', '=', actor.member)
      .where('group_id', '=', groupId)
      .where('version', '=', version)
      .execute()
  for (const { memberId, wrapped } of it.kept)
    await db
      .updateTable('key_share')
      .set({ wrapped })
      .where('officer_id', '=', actor.member)
      .where('member_id', '=', memberId)
      .execute()
}

interface Left {
  readonly records: string
  readonly secrets: string
  readonly seats: string
  readonly kept: string
  readonly drafts: string
}

async function nothingLeftBehind(db: Db, actor: Actor, it: Rotating, isNew: boolean): Promise<void> {
  const mine = actor.member
  const left = await sql<Left>`select
    (select count(distinct w.sealed_id) from firebreak.sealed_wrap w where w.member_id = ${mine}
      and not (w.sealed_id = any (${[...it.left]}::text[])) and not exists (
      select 1 from firebreak.sealed_rewrap r where r.sealed_id = w.sealed_id and r.member_id = w.member_id
        and r.recipient = ${it.recipient})) as records,
    (select count(*) from firebreak.key_secret s where s.member_id = ${mine} and not (s.of || ' ' || s.key
      = any (${it.secrets.map(({ of, key }) => `${of} ${key}`)}::text[]))) as secrets,
    (select count(*) from firebreak.seat_key k where k.member_id = ${mine} and not (k.group_id || ' ' || k.version
      = any (${it.seats.map(({ groupId, version }) => `${groupId} ${version}`)}::text[]))) as seats,
    (select count(*) from firebreak.key_share s where s.officer_id = ${mine} and not (s.member_id
      = any (${it.kept.map(({ memberId }) => memberId)}::text[]))) as kept,
    (select count(*) from firebreak.draft d where d.member_id = ${mine}) as drafts`.execute(db)
  const row = left.rows[0]
  const missing = (count: string | undefined, what: string) => {
    if (count !== '0') throw new HouseError('conflict', `${count} ${what}; nothing was changed`)
  }
  missing(row?.records, 'records are not wrapped for the new key yet')
  if (!isNew) return
  missing(row?.secrets, 'signing keys are not sealed to the new key')
  missing(row?.seats, 'keys of groups are not sealed to the new key')
  missing(row?.kept, 'shares that you keep for others are not sealed to the new key')
  missing(row?.drafts, 'drafts are sealed to the old key: send them or throw them away first')
}
