import type { z } from 'zod'
import { newId } from '../src/core/ids.ts'
import type { GroupSealing, Share, ShareWhole } from '../src/grants/shapes.ts'
import type { GroupWhole } from '../src/members/group-shapes.ts'
import { giveGroupKey, makeGroupKey, sealToGroup } from '../src/seal/group-key.ts'
import { addWraps } from '../src/seal/record.ts'
import type { Context } from '../src/store/context.ts'
import { asAdmin } from './database.ts'
import { ok } from './fixtures.ts'
import type { Person, TestHouse } from './house.ts'

export interface ToShare {
  readonly itemId: string
  readonly itemKind?: 'report' | 'request'
  readonly to: readonly { org?: string; person?: string; group?: string }[]
  readonly [more: string]: unknown
}

/** What a share request looks like; a week long, for support of the person, on public interest. */
export function shareBody({ to, ...more }: ToShare) {
  return {
    id: newId(),
    itemKind: 'report',
    to: to.map((it) => ({ id: newId(), ...it })),
    purpose: 'support',
    basisKind: 'public_interest',
    basis: 'the person has to be found before Friday',
    reveal: false,
    expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    wraps: [],
    ...more,
  }
}

export const makeShare = (by: Person, it: ToShare) =>
  ok<ShareWhole>(by.ask('POST', '/api/shares', { body: shareBody(it) }))

export const openShare = (by: Person, id: string) => by.ask<ShareWhole>('GET', `/api/shares/${id}`)

export const inbox = async (by: Person) =>
  (await ok<{ shares: Share[] }>(by.ask('GET', '/api/shares?box=in'))).shares

/** The keys of a sealed record for some people, as the sender's browser wraps them. */
export async function keysFor(by: Person, sealedId: string, people: readonly Person[]) {
  const { wrapped } = await ok<{ wrapped: string }>(by.ask('POST', `/api/sealed/${sealedId}/openings`))
  const wraps = await addWraps(
    wrapped,
    by.identity,
    people.map(({ member, recipient }) => ({ memberId: member, recipient })),
  )
  return wraps.map((wrap) => ({ ...wrap, sealedId }))
}

/** As their browser asks after a fresh proof. */
/** @param proof  when they last showed that it is they: just now, or a day ago */
export const contextOf = ({ member, org, role }: Person, proof: 'fresh' | 'old' = 'fresh'): Context => ({
  ...{ member, org, role, session: 's' },
  proven: Math.floor(Date.now() / 1000) - (proof === 'old' ? 86_400 : 0),
})

/** A working group, as it stands once its stewards have given seats. */
export async function group(
  { adminUrl }: TestHouse,
  it: {
    members: readonly Person[]
    stewards?: readonly Person[]
    hidden?: readonly Person[]
    limit?: 'GREEN' | 'AMBER' | 'AMBER+STRICT'
  },
): Promise<string> {
  const id = newId()
  const [first] = it.members
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(
      `insert into firebreak.working_group (id, name, purpose, tlp_limit, made_by) values ($1, 'The river group', 'test', $2, $3)`,
      [id, it.limit ?? 'AMBER', first?.member],
    )
    for (const { member } of [...it.members, ...(it.stewards ?? []), ...(it.hidden ?? [])])
      await admin.query(
        `insert into firebreak.seat (group_id, member_id, role, hidden, given_by) values ($1, $2, $5, $3, $4)`,
        [
          ...[id, member, (it.hidden ?? []).some((hidden) => hidden.member === member), first?.member],
          (it.stewards ?? []).some((steward) => steward.member === member) ? 'steward' : 'member',
        ],
      )
  })
  return id
}

type Whole = z.infer<typeof GroupWhole>
const seatsOf = async (by: Person, id: string) => {
  const { group: whole, seats } = await ok<Whole>(by.ask('GET', `/api/groups/${id}`))
  const readers = seats
    .filter(({ leftAt }) => leftAt === null)
    .map(({ memberId, recipient }) => ({ memberId, recipient: recipient ?? '' }))
  return { whole, readers }
}

/** A new key of a group, as its steward's browser makes it for everybody who sits there. */
export async function newKey(steward: Person, id: string): Promise<void> {
  const { whole, readers } = await seatsOf(steward, id)
  const version = (whole.key?.version ?? 0) + 1
  const made = await makeGroupKey({ group: id, version }, steward.identity, readers)
  await ok(steward.ask('POST', `/api/groups/${id}/keys`, { body: { version, ...made } }))
}

/** The present key of a group, for people who came later. */
export async function giveKey(steward: Person, id: string, to: readonly Person[]): Promise<void> {
  const { whole, readers } = await seatsOf(steward, id)
  const { version, wrapped } = whole.key ?? { version: 0, wrapped: null }
  const wanted = readers.filter(({ memberId }) => to.some(({ member }) => member === memberId))
  const wraps = await giveGroupKey({ group: id, version, wrapped: wrapped ?? '' }, steward.identity, wanted)
  await ok(steward.ask('POST', `/api/groups/${id}/seat-keys`, { body: { version, wraps } }))
}

/** The key of a sealed record for a group, as the sender's browser seals it; of a group that waits, none. */
export async function groupKeys(by: Person, sealedId: string, groupId: string) {
  const { held } = await ok<GroupSealing>(by.ask('GET', `/api/recipients/groups/${groupId}/key`))
  if (held === null) return []
  const { wrapped } = await ok<{ wrapped: string }>(by.ask('POST', `/api/sealed/${sealedId}/openings`))
  const { giver, version } = held
  const key = { ...held, group: groupId, holder: by.member, giver: giver.recipient }
  return [{ sealedId, groupId, version, wrapped: await sealToGroup(wrapped, key, by.identity) }]
}
