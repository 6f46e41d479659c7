import { POLICY } from '../access/policy.ts'
import { type Handling, keptFrom, type Tlp, type Use } from '../core/marking.ts'
import type { OrgKind } from '../core/power.ts'
import type { Role } from '../core/role.ts'

/**
 * Who may read what was shared, as one table of rules: the first that fits decides. Policies and functions of the database
 * hold the same; test/matrix.test.ts asks both about every combination, over HTTP and in bare SQL, and
 * docs/reference/access.md is written from here.
 */
export interface Asker {
  /** How the item could reach them. `colleague`: of somebody who was named in person. */
  readonly relation: 'owner' | 'org' | 'person' | 'group' | 'colleague' | 'stranger'
  readonly org: OrgKind
  readonly role: Role
}

export interface Shared {
  readonly tlp: Tlp
  readonly handling: readonly Handling[]
  /** A person in it may be a victim of trafficking. */
  readonly possibleVictim: boolean
  /** Basis and second person stand recorded for the asker's organisation. */
  readonly disclosed: boolean
  readonly purpose: Use
  readonly state: 'shared' | 'recalled' | 'expired'
  /** Whether it rests on a survivor's consent, and whether that lives. */
  readonly consent: 'not needed' | 'lives' | 'ended'
}

/** `own` and `live` read; `null` learns of nothing; everything else sees a tombstone with this word on it. */
export type Reading = 'own' | 'live' | 'recalled' | 'expired' | 'consent' | 'restricted' | 'named' | null

interface Rule {
  readonly says: string
  readonly when: (item: Shared, asker: Asker) => boolean
  readonly gives: Reading
}

const ENFORCERS: readonly OrgKind[] = ['police', 'fiu']

export const RULES: readonly Rule[] = [
  { says: 'It is their own organisation’s', when: (_, { relation }) => relation === 'owner', gives: 'own' },
  {
    says: 'It was shared with nobody of theirs; a colleague of somebody who was named is nobody',
    when: (_, { relation }) => relation === 'stranger' || relation === 'colleague',
    gives: null,
  },
  {
    says: 'A handling mark keeps it from their kind of organisation',
    when: ({ handling }, { org }) => handling.some((mark) => keptFrom(mark, org)),
    gives: null,
  },
  { says: 'Its owner took it back', when: ({ state }) => state === 'recalled', gives: 'recalled' },
  { says: 'Its time is over', when: ({ state }) => state === 'expired', gives: 'expired' },
  { says: 'The consent it rests on has ended', when: ({ consent }) => consent === 'ended', gives: 'consent' },
  {
    says: 'It is about a possible victim and would go to enforcement without basis and second person',
    when: (it, { org }) =>
      it.possibleVictim && !it.disclosed && (it.purpose === 'investigation' || ENFORCERS.includes(org)),
    gives: 'restricted',
  },
  {
    says: 'It is TLP:RED and they were not named',
    when: ({ tlp }, { relation }) => tlp === 'RED' && relation !== 'person',
    gives: 'named',
  },
  { says: 'It was shared with them', when: () => true, gives: 'live' },
]

export function readingOf(item: Shared, asker: Asker): Reading {
  return RULES.find(({ when }) => when(item, asker))?.gives ?? null
}

/** What of an item is looked at, and for which readings there is something to see. */
export const OBJECTS = {
  share: (reading: Reading) => reading !== null,
  grant: (reading: Reading) => reading !== null,
  report: (reading: Reading) => reading === 'own' || reading === 'live',
  report_evidence: (reading: Reading) => reading === 'own' || reading === 'live',
  /** Where the item shared is a request. */
  request: (reading: Reading) => reading === 'own' || reading === 'live',
  sealed: (reading: Reading) => reading === 'own' || reading === 'live',
  sealed_chunk: (reading: Reading) => reading === 'own' || reading === 'live',
  sealed_wrap: (reading: Reading) => reading === 'own' || reading === 'live',
  /** Where it was shared with a group. */
  group_wrap: (reading: Reading) => reading === 'own' || reading === 'live',
  // blind tokens never leave the organisation that made them
  report_token: (reading: Reading) => reading === 'own',
} as const satisfies Record<string, (reading: Reading) => boolean>
export type SharedObject = keyof typeof OBJECTS

/** What `GET /api/shares/{id}` answers. */
export function answerOf(
  reading: Reading,
  { role }: Asker,
): 'frame' | 'tombstone' | 'not_found' | 'forbidden' {
  if (!(POLICY['share.read'] as readonly Role[]).includes(role)) return 'forbidden'
  if (reading === null) return 'not_found'
  return reading === 'own' || reading === 'live' ? 'frame' : 'tombstone'
}
