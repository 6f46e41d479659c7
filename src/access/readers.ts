/**
 * Who sees a row of each table whose readers are said by its own columns, by a seat or by a meeting: as data, from which
 * test/readers.test.ts lays rows, asks the database as everybody, and takes each policy away. What was shared has a model of its own
 * (src/grants/model.ts). A row is seen by whoever any of its ways leads to.
 */
export type Way = (
  | { readonly by: 'anybody' }
  | { readonly by: 'role'; readonly role: 'steward' }
  /** The house itself, at the door, by its clock or at its setting up. */
  | { readonly by: 'system'; readonly systems: readonly System[] }
  | { readonly by: 'member' | 'org'; readonly column: string }
  /** A row of another table ties the member, or the organisation, to it: its column `theirs` holds what `ours` holds here. */
  | {
      readonly by: 'row'
      readonly of: string
      readonly theirs: string
      readonly ours: string
      readonly member?: string
      readonly org?: string
      /** A column that is empty as long as it counts. */
      readonly until?: string
    }
  /** Whoever sees that row of the other table. */
  | { readonly by: 'seen'; readonly of: string; readonly theirs: string; readonly ours: string }
  /** Who sits in the group; `own` names a column that has to be the member as well. */
  | { readonly by: 'seat'; readonly column: string; readonly steward?: true; readonly own?: string }
  | { readonly by: 'meeting'; readonly column: string; readonly as: MeetingWay }
) & { readonly where?: Where }

/** An overseer is a steward of its group, or whoever keeps one of the whole network: they may know of hidden seats. */
export type MeetingWay = 'invited' | 'keeper' | 'overseer' | 'present'

export type System = 'signin' | 'setup' | 'clock'

/** A column that has to hold this, or something else than this. */
export interface Where {
  readonly column: string
  readonly is?: string | boolean | null
  readonly not?: string | null
}

const anybody: Way = { by: 'anybody' }
const stewards: Way = { by: 'role', role: 'steward' }
const member = (column = 'member_id'): Way => ({ by: 'member', column })
const org = (column = 'org_id'): Way => ({ by: 'org', column })
const system = (...systems: System[]): Way => ({ by: 'system', systems })
const seat = (more: { steward?: true; own?: string; where?: Where } = {}, column = 'group_id'): Way => ({
  ...{ by: 'seat', column, ...more },
})
const meeting = (as: MeetingWay, where?: Where): Way => ({
  ...{ by: 'meeting', column: 'meeting_id', as, ...(where ? { where } : {}) },
})
const LOG: readonly Way[] = [anybody, system('clock', 'setup')]

export const READERS: Readonly<Record<string, readonly Way[]>> = {
  // the network
  org: [anybody, system('signin', 'setup')],
  power: [anybody, system('setup')],
  network_rule: [anybody, system('signin', 'setup', 'clock')],
  member: [org(), stewards, system('signin', 'setup')],
  proposal: [anybody, system('signin')],
  proposal_contact: [
    stewards,
    { by: 'row', of: 'proposal', theirs: 'id', ours: 'proposal_id', member: 'sponsor_id' },
  ],
  objection: [member(), stewards],
  removal: [anybody],
  working_group: [stewards, seat({}, 'id')],
  seat: [member(), seat({ steward: true }), seat({ where: { column: 'hidden', is: false } })],
  seat_offer: [member('offered_by'), seat({ steward: true })],
  group_key: [seat()],
  seat_key: [seat({ own: 'member_id' }), seat({ steward: true })],
  meeting: [{ ...anybody, where: { column: 'group_id', is: null } }, seat()],
  attendance: [member(), meeting('overseer')],
  action_item: [member('owner_id'), meeting('overseer')],
  // who was not there reads no RED minutes, and a keeper only of a meeting that is theirs to go to
  meeting_minutes: [meeting('invited', { column: 'tlp', not: 'RED' }), meeting('present')],
  // the door
  session: [member(), system('signin', 'clock')],
  passkey: [member(), system('signin', 'setup')],
  password: [member(), system('signin', 'setup')],
  code_app: [member(), system('signin')],
  challenge: [
    { by: 'member', column: 'subject', where: { column: 'kind', is: 'register' } },
    system('signin', 'clock'),
  ],
  invite: [{ ...stewards, where: { column: 'proposal_id', not: null } }, system('signin', 'setup')],
  identity_provider: [org(), stewards, system('signin')],
  provider_secret: [system('signin')],
  provider_link: [member(), system('signin')],
  provider_trip: [system('signin', 'clock')],
  signed_request: [system('clock')],
  // keys
  key_wrap: [member(), system('signin', 'setup')],
  key_secret: [member(), member('given_by'), system('setup')],
  key_statement: [anybody, system('setup', 'clock')],
  key_share: [member(), member('officer_id')],
  key_ask: [
    member(),
    { by: 'row', of: 'key_share', theirs: 'member_id', ours: 'member_id', member: 'officer_id' },
  ],
  key_help: [
    member('officer_id'),
    { by: 'row', of: 'key_ask', theirs: 'id', ours: 'ask_id', member: 'member_id' },
  ],
  authority_ask: [org(), stewards],
  sealed_rewrap: [member()],
  // the log
  audit_entry: [stewards, member('actor_id'), system('setup')],
  audit_checkpoint: LOG,
  audit_cosignature: LOG,
  audit_node: LOG,
  audit_position: LOG,
  audit_waiting: LOG,
  audit_witness: LOG,
  // what a member or an organisation keeps for itself
  answer: [member('actor'), system('clock')],
  approval: [org(), org('by_org')],
  break_glass: [org('owner_org'), member()],
  chore: [system('clock')],
  consent: [org()],
  corroboration: [org('by_org')],
  corroboration_offer: [org()],
  draft: [member()],
  draft_sealed: [{ by: 'seen', of: 'draft', theirs: 'id', ours: 'draft_id' }],
  match_use: [org()],
  request_access: [org()],
  request_token: [org('from_org')],
  // requests, as long as nothing narrows them: consent, marks, victims and shares are asked in the tests of those rooms
  request: [
    org('from_org'),
    {
      ...{ by: 'row', of: 'request_access', theirs: 'request_id', ours: 'id', org: 'org_id' },
      until: 'ended_at',
    },
  ],
  request_fact: [{ by: 'seen', of: 'request', theirs: 'id', ours: 'request_id' }],
  hold_order: [org('bank_org'), { by: 'seen', of: 'request', theirs: 'id', ours: 'request_id' }],
  money_line: [
    { by: 'seen', of: 'request', theirs: 'id', ours: 'request_id' },
    { by: 'row', of: 'hold_order', theirs: 'line_id', ours: 'id', org: 'bank_org' },
  ],
  money_move: [{ by: 'seen', of: 'money_line', theirs: 'id', ours: 'line_id' }],
}

/** Tables whose readers hang on more: what was shared (test/matrix.test.ts), and who may know of an event (src/access/writers.ts). */
export const ELSEWHERE: readonly string[] = [
  ...['share', 'share_grant', 'report', 'report_token', 'sealed', 'sealed_chunk', 'sealed_wrap'],
  ...['report_evidence', 'group_wrap', 'request_event'],
]

/** A policy of a table above that opens nothing but what was shared. */
export const BY_SHARE: Readonly<Record<string, string>> = { request: 'by_share' }
