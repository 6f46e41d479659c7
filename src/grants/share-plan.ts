import { type Marking, type Use, whyNot } from '../core/marking.ts'
import { ORG_KINDS, type OrgKind } from '../core/power.ts'
import { api } from '../web/api.ts'
import type { Share } from './shapes.ts'

/** Somebody whom the form names: with what is needed to judge whether it may go there. */
export interface Target {
  readonly as: 'org' | 'person' | 'group'
  readonly id: string
  readonly name: string
  /** Null for a group: its members are judged one by one. */
  readonly kind: OrgKind | null
  /** People whose keys the content would be sealed to; of a group, those whom the sharer may see. */
  readonly holders: readonly Holder[]
  /** Whether a group's key may be sealed to now, or waits for a steward of the group. */
  readonly groupKey?: 'ready' | 'waits'
}

export interface Holder {
  readonly memberId: string
  readonly recipient: string
  /** Whose organisation must have signed the key before anything is sealed to it. */
  readonly orgId: string
  readonly kind: OrgKind
}

export interface Preview {
  readonly target: Target
  /** Null when it may go there. */
  readonly why: string | null
  /** People of it who would hold a key to what is sealed; in a group, whoever holds the group's key, or it waits. */
  readonly keys: number | 'group' | 'waits'
}

type Marked = Pick<Marking, 'tlp' | 'handling' | 'possibleVictim'>

/** Who will see what, before anything leaves. Pure; the database decides again by the same rules. */
export function previewOf(
  marking: Marked,
  targets: readonly Target[],
  it: { readonly use: Use; readonly approvedOrgs: readonly string[] },
): Preview[] {
  return targets.map((target) => {
    const approved = it.approvedOrgs.includes(target.id)
    const why = whyNot(marking, target, { use: it.use, approved })
    return { target, why, keys: why === null ? keysOf(marking, target, it.use) : 0 }
  })
}

function keysOf(marking: Marked, target: Target, use: Use): Preview['keys'] {
  if (isToGroupKey(marking, target, use)) return target.groupKey === 'ready' ? 'group' : 'waits'
  return openTo(marking, target, use).length
}

/**
 * Whether the content is sealed to the group's key: then every seat opens it. Not where the marks keep it from some kind of
 * organisation that may sit there: a key that such a member holds must not fit, whatever the server would refuse.
 */
export function isToGroupKey(marking: Marked, target: Target, use: Use): boolean {
  const kept = (kind: OrgKind) => whyNot(marking, { as: 'person', kind }, { use, approved: false }) !== null
  return target.as === 'group' && !ORG_KINDS.some(kept)
}

/** Those of a target who may open the content one by one: in a group, whoever the marks keep it from gets no key. */
export function openTo(marking: Marked, target: Target, use: Use): Holder[] {
  if (target.as !== 'group') return [...target.holders]
  return target.holders.filter(
    ({ kind }) => whyNot(marking, { as: 'person', kind }, { use, approved: false }) === null,
  )
}

export async function orgTarget(org: { id: string; name: string; kind: OrgKind }): Promise<Target> {
  const { holders } = await api.keyHolders(org.id)
  return {
    as: 'org',
    ...org,
    holders: holders.map(({ memberId, recipient }) => ({
      memberId,
      recipient,
      orgId: org.id,
      kind: org.kind,
    })),
  }
}

export async function groupTarget(group: { id: string; name: string }, me: string): Promise<Target> {
  const [{ holders }, { held }] = await Promise.all([
    api.groupKeyHolders(group.id),
    api.groupSealing(group.id),
  ])
  const others = holders.filter(({ memberId }) => memberId !== me)
  return {
    as: 'group',
    ...group,
    kind: null,
    groupKey: held === null ? 'waits' : 'ready',
    holders: others.map(({ memberId, recipient, orgId, orgKind }) => ({
      memberId,
      recipient,
      orgId,
      kind: orgKind,
    })),
  }
}

/** Null when nobody in the network has exactly this address. */
export async function personTarget(email: string): Promise<Target | null> {
  const { person } = await api.personFound(email)
  if (person === null) return null
  const { memberId, recipient, orgId, orgKind: kind } = person
  return {
    as: 'person',
    id: memberId,
    name: email.trim(),
    kind,
    holders: [{ memberId, recipient, orgId, kind }],
  }
}

/** The recipients of a share of mine, as a correction goes to them again. Those who left the network are left out. */
export async function targetsOf(
  share: Pick<Share, 'id' | 'grants'>,
  orgs: readonly { readonly id: string; readonly name: string; readonly kind: OrgKind }[],
  me: string,
): Promise<Target[]> {
  const { people } = await api.sharePeople(share.id)
  const made = await Promise.all(
    share.grants.map(async ({ as, toId, name }): Promise<Target | null> => {
      if (as === 'group') return groupTarget({ id: toId, name }, me)
      const org = orgs.find(({ id }) => id === toId)
      if (as === 'org') return org ? orgTarget({ id: org.id, name: org.name, kind: org.kind }) : null
      const person = people.find(({ memberId }) => memberId === toId)
      if (!person) return null
      const { memberId, recipient, orgId, orgKind: kind } = person
      return { as, id: memberId, name, kind, holders: [{ memberId, recipient, orgId, kind }] }
    }),
  )
  return made.filter((it) => it !== null)
}
