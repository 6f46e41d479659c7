import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { claimedChain, type Holder } from '../seal/key-store.ts'
import { type Db, sql } from '../store/open.ts'
import type { GroupKeyNew, SeatHolders, SeatKeysNew } from './group-shapes.ts'
import { actOnGroup, mustSteer, wholeGroup } from './groups.ts'

/** A new key of the group, made on a steward's device and wrapped to every seat that is taken. */
export async function newGroupKey(
  db: Db,
  actor: Actor,
  it: z.infer<typeof GroupKeyNew> & { groupId: string },
): Promise<void> {
  const group = await mustSteer(db, actor, it.groupId)
  const next = (group.key?.version ?? 0) + 1
  if (it.version !== next)
    throw new HouseError(
      'conflict',
      `another steward made a key in the meantime; the next one is version ${next}`,
    )
  await mustSit(db, actor, it)
  await db
    .insertInto('group_key')
    .values({ group_id: it.groupId, version: it.version, recipient: it.recipient, made_by: actor.member })
    .execute()
  await putSeatKeys(db, it)
  await actOnGroup(db, actor, { act: 'group.key_made', id: it.groupId, detail: { version: it.version } })
}

/** The present key for seats that came later, or whose keys are new. */
export async function giveSeatKeys(
  db: Db,
  actor: Actor,
  it: z.infer<typeof SeatKeysNew> & { groupId: string },
): Promise<void> {
  const group = await mustSteer(db, actor, it.groupId)
  if (group.key?.version !== it.version)
    throw new HouseError('conflict', 'the group has a newer key; load the page again')
  await mustSit(db, actor, it)
  await putSeatKeys(db, it)
  await actOnGroup(db, actor, { act: 'group.key_given', id: it.groupId, detail: { version: it.version } })
}

/** For a steward: everybody who sits there, by organisation, as their browser checks them before it seals. */
export async function seatHolders(db: Db, actor: Actor, id: string): Promise<z.infer<typeof SeatHolders>> {
  await mustSteer(db, actor, id)
  const { rows } = await sql<
    Holder & { org_id: string }
  >`select * from firebreak.seat_holders(${id})`.execute(db)
  const orgs = []
  for (const [org, people] of Map.groupBy(rows, ({ org_id }) => org_id))
    orgs.push({ org, claimed: await claimedChain(db, org, people) })
  return { orgs }
}

interface SeatWraps {
  readonly groupId: string
  readonly version: number
  readonly wraps: z.infer<typeof SeatKeysNew>['wraps']
}

async function mustSit(db: Db, actor: Actor, it: SeatWraps): Promise<void> {
  const { seats } = await wholeGroup(db, actor, it.groupId)
  const sitting = new Map(
    seats.filter(({ leftAt }) => leftAt === null).map(({ memberId, recipient }) => [memberId, recipient]),
  )
  if (it.wraps.some(({ memberId, recipient }) => sitting.get(memberId) !== recipient))
    throw new HouseError(
      'conflict',
      'somebody in the list does not sit in this group any more, or has a new key; load the page again',
    )
}

async function putSeatKeys(db: Db, it: SeatWraps): Promise<void> {
  await db
    .insertInto('seat_key')
    .values(
      it.wraps.map(({ memberId, wrapped, voucher }) => ({
        group_id: it.groupId,
        version: it.version,
        member_id: memberId,
        wrapped,
        voucher,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['group_id', 'version', 'member_id']).doUpdateSet((row) => ({
        wrapped: row.ref('excluded.wrapped'),
        voucher: row.ref('excluded.voucher'),
      })),
    )
    .execute()
}
