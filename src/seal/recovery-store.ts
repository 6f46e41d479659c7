import type { z } from 'zod'
import { record } from '../access/audit.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import type { RecoverySet, Rewraps } from './key-shapes.ts'
import { checkOfficers } from './recovery.ts'

/** Keeps the sealed shares of my key; earlier ones go. Throws `invalid` when one organisation alone could recover it. */
export async function setRecovery(db: Db, actor: Actor, it: z.infer<typeof RecoverySet>): Promise<void> {
  const officers = it.shares.map(({ officerId, org }) => ({ memberId: officerId, org }))
  checkOfficers(officers, it.threshold)
  for (const { memberId, org } of officers) await checkOfficer(db, memberId, org)
  const { recipient } = await own(db, actor)
  await db.deleteFrom('key_share').where('member_id', '=', actor.member).execute()
  await db
    .insertInto('key_share')
    .values(
      it.shares.map(({ officerId, wrapped }) => ({
        member_id: actor.member,
        officer_id: officerId,
        threshold: it.threshold,
        recipient,
        wrapped,
      })),
    )
    .execute()
  await record(db, actor, {
    act: 'recovery.set',
    objectKind: 'member',
    objectId: actor.member,
    detail: {
      officers: it.shares.length,
      threshold: it.threshold,
      of: officers.map(({ memberId }) => memberId),
    },
  })
}

async function checkOfficer(db: Db, id: string, org: string): Promise<void> {
  const { rows } = await sql`select 1 from firebreak.key_holders(${org}) where member_id = ${id}`.execute(db)
  if (rows.length === 0) throw new HouseError('not_found', `no officer ${id} of organisation ${org}`)
}

async function own(db: Db, actor: Actor) {
  return db
    .selectFrom('member')
    .select(['name', 'recipient'])
    .where('id', '=', actor.member)
    .executeTakeFirstOrThrow()
}

/** Asks my officers to pass my shares on to the key that I have now. One request at a time: a new one ends the old. */
export async function askRecovery(db: Db, actor: Actor, id: string): Promise<void> {
  const shares = await db
    .selectFrom('key_share')
    .select('officer_id')
    .where('member_id', '=', actor.member)
    .execute()
  if (shares.length === 0)
    throw new HouseError('conflict', 'you have left no shares of your key with anybody')
  await endAsk(db, actor)
  const { name, recipient } = await own(db, actor)
  await db
    .insertInto('key_ask')
    .values({ id, member_id: actor.member, org_id: actor.org, name, recipient })
    .execute()
  await record(db, actor, { act: 'recovery.asked', objectKind: 'member', objectId: actor.member })
}

/** Takes my request back, while nothing has come of it. */
export async function takeBackAsk(db: Db, actor: Actor): Promise<void> {
  await endAsk(db, actor)
  await record(db, actor, { act: 'recovery.withdrawn', objectKind: 'member', objectId: actor.member })
}

/** My open request, if there is one, is over. */
export async function endAsk(db: Db, actor: Actor): Promise<void> {
  await db
    .updateTable('key_ask')
    .set({ ended_at: new Date() })
    .where('member_id', '=', actor.member)
    .where('ended_at', 'is', null)
    .execute()
}

/** Passes my share on, sealed in my browser to the member's present key. Throws `not_found` for a request that is not to me. */
export async function helpRecovery(
  db: Db,
  actor: Actor,
  it: { ask: string; wrapped: string },
): Promise<void> {
  const ask = await db
    .selectFrom('key_ask')
    .select('member_id')
    .where('id', '=', it.ask)
    .where('ended_at', 'is', null)
    .where('member_id', '<>', actor.member)
    .executeTakeFirst()
  if (!ask) throw new HouseError('not_found', `no open request ${it.ask} to you`)
  await db
    .insertInto('key_help')
    .values({ ask_id: it.ask, officer_id: actor.member, wrapped: it.wrapped })
    .execute()
  await record(db, actor, { act: 'recovery.helped', objectKind: 'member', objectId: ask.member_id })
}

export async function recoveryState(db: Db, actor: Actor) {
  const shares = await db
    .selectFrom('key_share')
    .select(['threshold', 'recipient', 'at'])
    .where('member_id', '=', actor.member)
    .execute()
  const asked = await db
    .selectFrom('key_ask')
    .select(['id', 'asked_at'])
    .where('member_id', '=', actor.member)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const passed = asked
    ? await db.selectFrom('key_help').select('wrapped').where('ask_id', '=', asked.id).orderBy('at').execute()
    : []
  const [first] = shares
  const officers = await sql<{ name: string; org_name: string; helped: boolean; gone: boolean }>`
    select * from firebreak.my_officers()`.execute(db)
  const due = await sql<{ due: boolean }>`select firebreak.signing_key_due() as due`.execute(db)
  const kept = await db
    .selectFrom('key_share')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('officer_id', '=', actor.member)
    .executeTakeFirstOrThrow()
  return {
    mine: first
      ? {
          officers: officers.rows.map(({ org_name, ...it }) => ({ ...it, orgName: org_name })),
          threshold: first.threshold,
          recipient: first.recipient,
          at: first.at.toISOString(),
        }
      : null,
    signingKeyDue: due.rows[0]?.due === true,
    kept: Number(kept.n),
    asked: asked
      ? { id: asked.id, askedAt: asked.asked_at.toISOString(), passed: passed.map((it) => it.wrapped) }
      : null,
    asksMe: await asksMe(db, actor),
  }
}

/** Open requests to me that I have not answered yet. */
async function asksMe(db: Db, actor: Actor) {
  const rows = await db
    .selectFrom('key_ask as a')
    .innerJoin('key_share as s', 's.member_id', 'a.member_id')
    .leftJoin('key_help as h', (join) =>
      join.onRef('h.ask_id', '=', 'a.id').on('h.officer_id', '=', actor.member),
    )
    .select(['a.id', 'a.name', 'a.org_id', 'a.recipient', 'a.asked_at', 's.wrapped'])
    .where('s.officer_id', '=', actor.member)
    .where('a.ended_at', 'is', null)
    .where('h.ask_id', 'is', null)
    .orderBy('a.asked_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    orgId: row.org_id,
    recipient: row.recipient,
    askedAt: row.asked_at.toISOString(),
    share: row.wrapped,
  }))
}

const PAGE = 100

/** My wraps, a page at a time, so that my device can make them anew for another key. */
export async function ownWraps(db: Db, actor: Actor, after: string) {
  const rows = await db
    .selectFrom('sealed_wrap')
    .distinctOn('sealed_id')
    .select(['sealed_id', 'wrapped'])
    .where('member_id', '=', actor.member)
    .where('sealed_id', '>', after)
    .orderBy('sealed_id')
    .limit(PAGE + 1)
    .execute()
  const page = rows.slice(0, PAGE)
  const wraps = page.map((row) => ({ sealedId: row.sealed_id, wrapped: row.wrapped }))
  const next = rows.length > PAGE ? (page.at(-1)?.sealed_id ?? null) : null
  return { wraps, next, ...(after === '' ? await keptKeys(db, actor) : { seats: [], kept: [] }) }
}

/** Keys of groups as I hold them, every version, and the shares that I keep for others. */
async function keptKeys(db: Db, actor: Actor) {
  const [seats, kept] = await Promise.all([
    db
      .selectFrom('seat_key')
      .innerJoin('group_key', (join) =>
        join
          .onRef('group_key.group_id', '=', 'seat_key.group_id')
          .onRef('group_key.version', '=', 'seat_key.version'),
      )
      .select(['seat_key.group_id', 'seat_key.version', 'group_key.recipient', 'seat_key.wrapped'])
      .where('seat_key.member_id', '=', actor.member)
      .execute(),
    db
      .selectFrom('key_share')
      .select(['member_id', 'wrapped'])
      .where('officer_id', '=', actor.member)
      .execute(),
  ])
  return {
    seats: seats.map(({ group_id, ...it }) => ({ groupId: group_id, ...it })),
    kept: kept.map(({ member_id, wrapped }) => ({ memberId: member_id, wrapped })),
  }
}

/** Lays wraps for a key that is to be mine beside the present ones; nothing changes until `rotate`. */
export async function stageRewraps(db: Db, actor: Actor, it: z.infer<typeof Rewraps>): Promise<void> {
  const ids = it.wraps.map(({ sealedId }) => sealedId)
  await db
    .deleteFrom('sealed_rewrap')
    .where('member_id', '=', actor.member)
    .where((eb) => eb.or([eb('recipient', '<>', it.recipient), eb('sealed_id', 'in', ids)]))
    .execute()
  await db
    .insertInto('sealed_rewrap')
    .values(
      it.wraps.map(({ sealedId, wrapped }) => ({
        sealed_id: sealedId,
        member_id: actor.member,
        recipient: it.recipient,
        wrapped,
      })),
    )
    .execute()
}
