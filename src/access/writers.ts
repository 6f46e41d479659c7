import type { System } from './readers.ts'

/**
 * Who may write which row, as far as policies say it: as data, from which test/writers.test.ts makes rows that fit and rows that
 * miss by one condition, writes them as everybody, and takes each policy away. Which columns may be written at all is said by
 * src/access/columns.ts; what triggers ask beside this has tests in the rooms.
 */
export type Condition =
  /** The column holds the asker, or their organisation. */
  (
    | { readonly is: 'member' | 'org' | 'not the member' | 'not the org'; readonly column: string }
    | { readonly is: 'steward' | 'somebody' | 'in good standing' }
    | { readonly is: 'house'; readonly systems: readonly System[] }
    | { readonly is: 'value'; readonly column: string; readonly of: readonly (string | number | boolean)[] }
    | { readonly is: 'empty' | 'filled' | 'past' | 'ahead'; readonly column: string }
    | { readonly is: 'same'; readonly column: string; readonly as: string }
    /** There is a row of another table for which all of `where` holds; `same` are further columns that are alike. */
    | {
        readonly is: 'row'
        readonly of: string
        readonly theirs: string
        readonly ours: string
        readonly where: Rule
        readonly same?: readonly { readonly theirs: string; readonly ours: string }[]
      }
    /** There is none for which all of `where` holds. */
    | {
        readonly is: 'no row'
        readonly of: string
        readonly theirs: string
        readonly ours: string
        readonly where: Rule
      }
    | { readonly is: 'any'; readonly of: readonly Rule[] }
  ) & {
    /** In words, where the condition stands for more than it lists. */
    readonly says?: string
  }
/** All of them hold. */
export type Rule = readonly Condition[]

/** A row is written when one of the rules holds. A changed row has to fit before (`from`) and afterwards (`to`). */
export interface Writing {
  readonly insert?: readonly Rule[]
  readonly from?: readonly Rule[]
  readonly to?: readonly Rule[]
  readonly remove?: readonly Rule[]
  /** Who sees it: where what src/access/readers.ts can say is not enough. */
  readonly see?: readonly Rule[]
}

const member = (column = 'member_id'): Condition => ({ is: 'member', column })
const org = (column = 'org_id'): Condition => ({ is: 'org', column })
const steward: Condition = { is: 'steward' }
const house = (...systems: System[]): Condition => ({ is: 'house', systems })
const value = (column: string, ...of: (string | number | boolean)[]): Condition => ({
  ...{ is: 'value', column, of },
})
const empty = (column: string): Condition => ({ is: 'empty', column })
const filled = (column: string): Condition => ({ is: 'filled', column })
const any = (...of: Rule[]): Condition => ({ is: 'any', of })
/** @param key  the column of the other table, and that of ours: `id=report_id` */
function row(of: string, key: string, ...where: Rule): Extract<Condition, { is: 'row' }> {
  const [theirs = '', ours = ''] = key.split('=')
  return { is: 'row', of, theirs, ours, where }
}
const said = (says: string, it: Condition): Condition => ({ ...it, says })

const sits = (column: string) =>
  said(`who sits in \`${column}\``, row('seat', `group_id=${column}`, member(), empty('left_at')))
const steers = (column: string) =>
  said(
    `a steward of \`${column}\``,
    row('seat', `group_id=${column}`, member(), empty('left_at'), value('role', 'steward')),
  )
const keeping = any([member('called_by')], [empty('group_id'), steward], [steers('group_id')])
const overseeing = any(
  [empty('group_id'), member('called_by')],
  [empty('group_id'), steward],
  [steers('group_id')],
)
const oversees = said('who oversees the meeting', row('meeting', 'id=meeting_id', overseeing))
const keeps = said('who keeps the meeting', row('meeting', 'id=meeting_id', keeping))
const mine = (of: string, ours: string, column = 'org_id') =>
  said(`its \`${of}\` is their organisation’s`, row(of, `id=${ours}`, org(column)))
const sealed = said('who can open its sealed content', row('sealed', 'id=sealed_id', org()))
const given = row('request_access', 'request_id=id', org(), empty('ended_at'))
const asked = (ours: string) =>
  said('its request went to their organisation', row('request', `id=${ours}`, org('to_org'), given))
const unfinished = said(
  'its content is their organisation’s and not complete',
  row('sealed', 'id=sealed_id', org(), value('complete', false)),
)

const both = (...rules: Rule[]): Writing => ({ from: rules, to: rules })
const whole = (...rules: Rule[]): Writing => ({ insert: rules, from: rules, to: rules, remove: rules })

export const WRITERS: Readonly<Record<string, Writing>> = {
  // the network
  org: {
    insert: [
      [house('setup')],
      [
        steward,
        said('its proposal, under that name, was admitted', {
          ...row('proposal', 'id=proposal_id', value('kind', 'org'), value('state', 'admitted')),
          same: [{ theirs: 'name', ours: 'name' }],
        }),
      ],
    ],
    ...both([house('setup')], [org('id'), empty('left_at')]),
  },
  power: { insert: [[house('setup')], [steward]], ...both([steward]) },
  network_rule: both([steward, value('id', 1)]),
  member: { insert: [[house('signin', 'setup')]], ...both([member('id')]) },
  proposal: {
    insert: [
      [
        ...[member('sponsor_id'), org('sponsor_org'), value('state', 'proposed'), empty('reader_id')],
        ...[empty('decided_by'), empty('window_ends'), { is: 'in good standing' } as const],
      ],
    ],
  },
  proposal_contact: {
    insert: [[row('proposal', 'id=proposal_id', member('sponsor_id'), value('state', 'proposed'))]],
  },
  objection: {
    insert: [
      [
        ...[member(), org(), empty('settled_by')],
        row('proposal', 'id=proposal_id', value('state', 'open'), { is: 'ahead', column: 'window_ends' }),
      ],
    ],
  },
  removal: {
    insert: [
      [
        ...[steward, member('asked_by'), org('asked_org'), empty('confirmed_by')],
        { is: 'not the member', column: 'subject_id' },
        { is: 'not the org', column: 'subject_id' },
      ],
    ],
    from: [[member('asked_by'), empty('confirmed_at')]],
    to: [[member('asked_by'), filled('withdrawn_at')]],
  },
  working_group: { insert: [[steward, member('made_by')]], ...both([steers('id')]) },
  seat: { from: [[member()], [steers('group_id')]], to: [[filled('left_at')]] },
  seat_offer: {
    insert: [
      [member('offered_by'), empty('used_at'), steers('group_id')],
      [
        ...[member('offered_by'), empty('used_at'), steward, value('role', 'steward')],
        said('no steward sits in the group', {
          is: 'no row',
          of: 'seat',
          theirs: 'group_id',
          ours: 'group_id',
          where: [empty('left_at'), value('role', 'steward')],
        }),
      ],
    ],
  },
  group_key: { insert: [[steers('group_id'), member('made_by')]] },
  seat_key: {
    insert: [[steers('group_id')]],
    ...both([any([member()], [steers('group_id')]), sits('group_id')]),
  },
  meeting: {
    insert: [[member('called_by'), any([empty('group_id'), steward], [sits('group_id')])]],
    from: [[member('called_by')], [empty('group_id'), steward], [steers('group_id')]],
    // asked by its id, of the meeting as it lies there
    to: [[said('who keeps the meeting', row('meeting', 'id=id', keeping))]],
  },
  attendance: {
    insert: [
      [
        ...[member(), empty('was_there')],
        said(
          'whom the meeting is for',
          row('meeting', 'id=meeting_id', any([empty('group_id')], [sits('group_id')])),
        ),
      ],
    ],
    ...both([member()]),
  },
  action_item: {
    insert: [[keeps, member('made_by'), empty('done_at')]],
    // whoever else keeps it finishes what they may know of by a function of its own
    ...both([member('owner_id')], [oversees]),
  },
  meeting_minutes: {
    insert: [[keeps, member('written_by')]],
    from: [[keeps]],
    to: [[member('written_by')]],
  },
  // the door
  session: { ...whole([house('signin', 'clock')]), ...both([house('signin', 'clock')], [member()]) },
  passkey: {
    insert: [[house('signin', 'setup')], [member()]],
    ...both([house('signin', 'setup')], [member()]),
    remove: [[house('signin', 'setup')], [member()]],
  },
  password: whole([house('signin', 'setup')]),
  code_app: { ...whole([house('signin')]), remove: [[house('signin')], [member()]] },
  challenge: whole([house('signin', 'clock')], [member('subject'), value('kind', 'register')]),
  invite: {
    ...whole([house('signin', 'setup')]),
    insert: [
      [house('signin', 'setup')],
      [
        ...[steward, row('proposal', 'id=proposal_id', value('state', 'admitted'))],
        {
          ...row('proposal_contact', 'proposal_id=proposal_id'),
          same: [{ theirs: 'email', ours: 'email' }],
        },
      ],
      [
        ...[steward, empty('proposal_id')],
        said('of a member as they are, who neither left nor is suspended', {
          ...row('member', 'id=member_id', empty('left_at'), empty('suspended_at')),
          same: ['email', 'org_id', 'role'].map((it) => ({ theirs: it, ours: it })),
        }),
      ],
    ],
  },
  identity_provider: { insert: [[member('asked_by'), any([org()], [steward])]] },
  provider_link: {
    insert: [
      [
        ...[member(), org()],
        said(
          'of a provider of their organisation that was confirmed and not ended',
          row('identity_provider', 'id=provider_id', org(), filled('confirmed_at'), empty('ended_at')),
        ),
      ],
    ],
    ...both([member()], [house('signin')]),
  },
  provider_trip: whole([house('signin', 'clock')]),
  signed_request: { insert: [[{ is: 'somebody' }]], remove: [[house('clock')]] },
  // keys
  key_wrap: whole([member()], [house('signin', 'setup')]),
  key_secret: {
    insert: [
      [house('setup')],
      [member('given_by'), org('of')],
      [member('given_by'), value('of', 'root'), steward],
    ],
    ...both([member()]),
  },
  key_statement: {
    insert: [
      [house('setup')],
      [{ is: 'somebody' }, value('kind', 'org', 'member'), org()],
      [{ is: 'somebody' }, steward],
    ],
  },
  key_share: { insert: [[member()]], ...both([member('officer_id')]), remove: [[member()]] },
  key_ask: { insert: [[member(), org()]], ...both([member()]) },
  key_help: {
    insert: [
      [
        member('officer_id'),
        said(
          'of somebody else’s open question, who gave them a share',
          row(
            ...(['key_ask', 'id=ask_id'] as const),
            ...[empty('ended_at'), { is: 'not the member', column: 'member_id' } as const],
            row('key_share', 'member_id=member_id', member('officer_id')),
          ),
        ),
      ],
    ],
  },
  authority_ask: { insert: [[org(), member('asked_by')]] },
  sealed_rewrap: whole([member()]),
  // the log
  audit_entry: {
    insert: [
      [member('actor_id'), org()],
      [house('signin', 'setup', 'clock'), empty('actor_id'), empty('org_id')],
      [
        ...[house('signin'), value('act', 'session.begun', 'session.proven'), value('object_kind', 'member')],
        { is: 'same', column: 'object_id', as: 'actor_id' },
        { ...row('member', 'id=actor_id'), same: [{ theirs: 'org_id', ours: 'org_id' }] },
      ],
    ],
  },
  audit_checkpoint: { insert: [[house('clock', 'setup')]] },
  audit_cosignature: { insert: [[row('audit_witness', 'id=witness_id', org(), empty('ended_at'))]] },
  audit_witness: { insert: [[org()]], ...both([org()]) },
  // what a member or an organisation keeps for itself
  answer: {
    insert: [[member('actor')]],
    from: [[member('actor')], [house('clock')]],
    to: [[member('actor')]],
    remove: [[member('actor')], [house('clock')]],
  },
  approval: { insert: [[org(), member('asked_by'), empty('decision'), empty('used_at')]] },
  break_glass: {
    insert: [
      [
        ...[member(), org(), empty('reviewed_at')],
        said('of a share of `owner_org` that reached them and is closed to them, but was not taken back', {
          ...row('share', 'id=share_id', { is: 'past', column: 'expires_at' }, empty('ended_why')),
          same: [{ theirs: 'org_id', ours: 'owner_org' }],
        }),
        said('to whom it was shared', row('share_grant', 'share_id=share_id', member('to_member'))),
      ],
    ],
    from: [[org('owner_org'), empty('reviewed_at')]],
    to: [[org('owner_org'), member('reviewed_by')]],
  },
  chore: whole([house('clock')]),
  consent: {
    insert: [[org(), member('recorded_by'), empty('withdrawn_at'), mine('report', 'report_id')]],
    ...both([org()]),
  },
  draft: whole([member()]),
  draft_sealed: {
    insert: [[row('draft', 'id=draft_id', member()), sealed]],
    from: [[row('draft', 'id=draft_id', member())]],
    to: [[row('draft', 'id=draft_id', member()), sealed]],
    remove: [[row('draft', 'id=draft_id', member())]],
  },
  match_use: whole([org()]),
  // reports and sharing
  report: { insert: [[org(), member('author_id')]], ...both([org()]) },
  report_evidence: whole([org()]),
  report_token: whole([org()]),
  sealed: {
    insert: [[org()]],
    from: [[org(), value('complete', false)]],
    to: [[org()]],
    remove: [[member('made_by')]],
  },
  sealed_chunk: { insert: [[unfinished]], remove: [[unfinished]] },
  sealed_wrap: {
    insert: [[member('granted_by'), sealed, any([empty('share_id')], [mine('share', 'share_id')])]],
    ...both([member()]),
  },
  group_wrap: { insert: [[member('granted_by'), mine('share', 'share_id'), sealed]] },
  share: {
    insert: [[org(), member('made_by'), empty('ended_at')]],
    from: [[org(), empty('ended_at')]],
    to: [[org()]],
  },
  share_grant: { insert: [[mine('share', 'share_id')]] },
  // requests
  request: {
    insert: [[org('from_org'), member('from_member'), value('status', 'sent')]],
    ...both([org('from_org')], [org('to_org')]),
  },
  request_access: {
    insert: [
      [
        ...[org('granted_by'), value('as', 'authority')],
        said('to whom they sent the request', {
          ...row('request', 'id=request_id', org('from_org')),
          same: [{ theirs: 'to_org', ours: 'org_id' }],
        }),
      ],
    ],
  },
  request_fact: { insert: [[mine('request', 'request_id', 'from_org')]] },
  request_token: { insert: [[org('from_org'), mine('request', 'request_id', 'from_org')]] },
  request_event: {
    insert: [
      [
        org(),
        said(
          'who takes part in its request',
          row('request', 'id=request_id', any([org('from_org')], [given])),
        ),
      ],
      [
        ...[org(), value('kind', 'answered', 'moved')],
        said(
          'who holds an order of its request',
          row('hold_order', 'request_id=request_id', org('bank_org')),
        ),
      ],
    ],
    see: [
      [row('request', 'id=request_id', org('from_org'))],
      [asked('request_id')],
      [org(), said('who takes part in its request', row('request', 'id=request_id', given))],
      [
        said('who takes part in its request, and the asking or the asked side wrote it', {
          ...row('request', 'id=request_id', given),
          same: [{ theirs: 'from_org', ours: 'org_id' }],
        }),
      ],
      [
        said('who takes part in its request, and the asking or the asked side wrote it', {
          ...row('request', 'id=request_id', given),
          same: [{ theirs: 'to_org', ours: 'org_id' }],
        }),
      ],
    ],
  },
  hold_order: {
    insert: [[org('authority_org'), member('ordered_by'), asked('request_id')]],
    ...both([org('bank_org')]),
  },
  money_line: {
    insert: [[{ is: 'same', column: 'at_risk', as: 'reported' }, mine('request', 'request_id', 'from_org')]],
  },
  money_move: {
    insert: [
      [
        org(),
        said(
          'of a line of a request that went to their organisation',
          row('money_line', 'id=line_id', row('request', 'id=request_id', org('to_org'), given)),
        ),
      ],
      [org(), said('who holds an order on its line', row('hold_order', 'line_id=line_id', org('bank_org')))],
    ],
  },
}
