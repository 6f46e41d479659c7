import type { z } from 'zod'
import { newToken } from '../access/session.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { sha256 } from '../http/transaction.ts'
import { type Db, sql } from '../store/open.ts'
import { recordsOn, theOne } from './acts.ts'
import type { Group, GroupChange, GroupList, GroupNew, GroupWhole, SeatLook } from './group-shapes.ts'
import { keyDue } from './key-due.ts'

export const actOnGroup = recordsOn('group')

const OFFER_DAYS = 7

/** The groups the asker sits in; a steward of the network also sees those that exist, and nobody in them. */
export async function listGroups(db: Db, actor: Actor): Promise<Group[]> {
  const [groups, seats, keys, wraps] = await Promise.all([
    db.selectFrom('working_group').selectAll().orderBy('name').execute(),
    db
      .selectFrom('seat')
      .select(['group_id', 'role', 'hidden'])
      .where('member_id', '=', actor.member)
      .where('left_at', 'is', null)
      .execute(),
    db.selectFrom('group_key').selectAll().orderBy('version').execute(),
    db.selectFrom('seat_key').selectAll().where('member_id', '=', actor.member).execute(),
  ])
  const present = new Map(keys.map((key) => [key.group_id, key]))
  return groups.map((group) => {
    const seat = seats.find((it) => it.group_id === group.id)
    const key = present.get(group.id)
    const wrap = wraps.find((it) => it.group_id === group.id && it.version === key?.version)
    return {
      id: group.id,
      name: group.name,
      purpose: group.purpose,
      tlpLimit: group.tlp_limit,
      closedAt: group.closed_at?.toISOString() ?? null,
      seat: seat ? { role: seat.role, hidden: seat.hidden } : null,
      key: key ? { version: key.version, recipient: key.recipient, wrapped: wrap?.wrapped ?? null } : null,
    }
  })
}

/** @throws `not_found` for a group that is not there or not the asker's, alike */
export async function findGroup(db: Db, actor: Actor, id: string): Promise<Group> {
  const own = (await listGroups(db, actor)).filter((it) => it.id === id)
  return theOne(own, 'no such group, or it is not yours')
}

/** The same, each with what waits for the asker there: so that a key that somebody carried away is renewed, and soon. */
export async function listGroupsDue(db: Db, actor: Actor): Promise<z.infer<typeof GroupList>> {
  const groups = await listGroups(db, actor)
  return {
    groups: await Promise.all(groups.map(async (it) => ({ ...it, due: await dueIn(db, actor, it) }))),
  }
}

type Due = z.infer<typeof GroupList>['groups'][number]['due']

async function dueIn(db: Db, actor: Actor, group: Group): Promise<Due> {
  if (group.closedAt !== null) return null
  if (group.seat?.role === 'steward') return keyDue(group, await seatsOf(db, group))?.what ?? null
  if (group.seat !== null || actor.role !== 'steward') return null
  const { rows } = await sql<{ empty: boolean }>`select firebreak.is_unseated(${group.id}) as empty`.execute(
    db,
  )
  return rows[0]?.empty === true ? 'steward' : null
}

export async function wholeGroup(db: Db, actor: Actor, id: string): Promise<z.infer<typeof GroupWhole>> {
  const group = await findGroup(db, actor, id)
  return { group, seats: await seatsOf(db, group) }
}

/** Whom the asker may see there; for a steward of the group also who holds its present key. */
async function seatsOf(db: Db, group: Group): Promise<z.infer<typeof GroupWhole>['seats']> {
  const steers = group.seat?.role === 'steward'
  const [{ rows }, holders] = await Promise.all([
    sql<SeatRow>`select * from firebreak.seats_of(${group.id}) order by left_at nulls first, org_name, name`.execute(
      db,
    ),
    steers && group.key
      ? sql<{ member_id: string; fresh: boolean }>`
          select * from firebreak.seat_keys_of(${group.id}, ${group.key.version})`.execute(db)
      : { rows: [] },
  ])
  const have = new Map(holders.rows.map(({ member_id, fresh }) => [member_id, fresh]))
  // who left holds it, however old; who sits there holds it only with the keys that giver and holder have now
  const holds = (row: SeatRow) =>
    row.left_at === null ? have.get(row.member_id) === true : have.has(row.member_id)
  return rows.map((row) => ({
    memberId: row.member_id,
    name: row.name,
    orgName: row.org_name,
    role: row.role,
    hidden: row.hidden,
    givenAt: row.given_at.toISOString(),
    leftAt: row.left_at?.toISOString() ?? null,
    recipient: row.recipient,
    hasKey: steers ? holds(row) : null,
  }))
}

interface SeatRow {
  readonly member_id: string
  readonly name: string
  readonly org_name: string
  readonly role: 'member' | 'steward'
  readonly hidden: boolean
  readonly given_at: Date
  readonly left_at: Date | null
  readonly recipient: string | null
}

/** Opens a group. Whoever opens it does not sit in it: its first steward comes by a link. */
export async function openGroup(db: Db, actor: Actor, it: z.infer<typeof GroupNew>): Promise<void> {
  await db
    .insertInto('working_group')
    .values({ id: it.id, name: it.name, purpose: it.purpose, tlp_limit: it.tlpLimit, made_by: actor.member })
    .execute()
  await actOnGroup(db, actor, { act: 'group.opened', id: it.id, detail: { tlp: it.tlpLimit } })
}

export async function changeGroup(
  db: Db,
  actor: Actor,
  it: z.infer<typeof GroupChange> & { id: string },
): Promise<void> {
  await mustSteer(db, actor, it.id)
  await db
    .updateTable('working_group')
    .set({
      name: it.name,
      purpose: it.purpose,
      tlp_limit: it.tlpLimit,
      closed_at: it.close ? new Date() : null,
    })
    .where('id', '=', it.id)
    .execute()
  await actOnGroup(db, actor, {
    act: it.close ? 'group.closed' : 'group.changed',
    id: it.id,
    detail: { tlp: it.tlpLimit },
  })
}

/** A link that gives one seat to who opens it first while signed in. Its token is kept only as a hash. */
export async function offerSeat(
  db: Db,
  actor: Actor,
  it: { groupId: string; role: 'member' | 'steward'; hidden: boolean },
): Promise<{ token: string; expiresAt: string }> {
  const group = await findGroup(db, actor, it.groupId)
  if (group.closedAt) throw new HouseError('conflict', `the group ${group.name} is closed`)
  if (it.hidden && it.role === 'steward')
    throw new HouseError('invalid', 'hidden: a steward of a group is seen by its members')
  const token = newToken()
  const expiresAt = new Date(Date.now() + OFFER_DAYS * 86_400_000)
  await db
    .insertInto('seat_offer')
    .values({
      token_hash: sha256(token),
      group_id: it.groupId,
      role: it.role,
      hidden: it.hidden,
      offered_by: actor.member,
      expires_at: expiresAt,
    })
    .execute()
  await actOnGroup(db, actor, {
    act: 'group.seat_offered',
    id: it.groupId,
    detail: { role: it.role, hidden: it.hidden },
  })
  return { token, expiresAt: expiresAt.toISOString() }
}

const NOT_VALID = 'this link is not valid (any more); ask who sent it for a new one'

/**
 * What a link offers, before it is taken. `refusal` says why this member cannot take it: a steward of the network reads in the log who
 * sits where, hidden ones too, so they sit in a group as its steward or not at all.
 * @throws `not_found` for a link that is unknown, used or too old, all alike
 */
export async function lookAtSeat(db: Db, actor: Actor, token: string): Promise<z.infer<typeof SeatLook>> {
  const { rows } = await sql<{ role: 'member' | 'steward'; hidden: boolean }>`
    select * from firebreak.seat_offered(${sha256(token)})`.execute(db)
  const { role, hidden } = theOne(rows, NOT_VALID)
  const refusal =
    role === 'member' && actor.role === 'steward'
      ? 'A steward of the network takes a steward’s seat of a group or none: they read the whole log, which names hidden members. Whoever it was meant for can still take it by this link.'
      : null
  return { role, hidden, refusal }
}

/**
 * @returns the group whose seat was taken
 * @throws `not_found` as above; `conflict` where the database refuses the seat, and then the link still opens it for somebody else
 */
export async function takeSeat(db: Db, actor: Actor, token: string): Promise<string> {
  const { rows } = await sql<{ group_id: string | null }>`
    select firebreak.take_seat(${sha256(token)}) as group_id`.execute(db)
  const groupId = rows[0]?.group_id
  if (!groupId) throw new HouseError('not_found', NOT_VALID)
  await actOnGroup(db, actor, { act: 'group.seat_taken', id: groupId })
  return groupId
}

/** One's own seat, or as a steward of the group anybody's. A new key has to be made for what is sealed from now on. */
export async function endSeat(
  db: Db,
  actor: Actor,
  it: { groupId: string; memberId: string },
): Promise<void> {
  const whole = await wholeGroup(db, actor, it.groupId)
  const stewards = whole.seats.filter((seat) => seat.role === 'steward' && seat.leftAt === null)
  if (stewards.length === 1 && stewards[0]?.memberId === it.memberId)
    throw new HouseError('conflict', 'a group keeps one steward; offer somebody else a steward’s seat first')
  const done = await db
    .updateTable('seat')
    .set({ left_at: new Date() })
    .where('group_id', '=', it.groupId)
    .where('member_id', '=', it.memberId)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw new HouseError('not_found', 'nobody sits there, or not yours to end')
  await actOnGroup(db, actor, {
    act: 'group.seat_ended',
    id: it.groupId,
    detail: { own: it.memberId === actor.member },
  })
}

/** The group of a steward of it. Throws `not_found` or `forbidden`. */
export async function mustSteer(db: Db, actor: Actor, id: string): Promise<Group> {
  const group = await findGroup(db, actor, id)
  if (group.seat?.role !== 'steward')
    throw new HouseError('forbidden', 'only a steward of this group does this')
  return group
}
