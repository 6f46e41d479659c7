import { createHash } from 'node:crypto'
import type pg from 'pg'
import { newId } from '../src/core/ids.ts'
import type { OrgKind } from '../src/core/power.ts'
import { TLPS } from '../src/core/shapes.ts'
import { type Asker, OBJECTS, type Shared, type SharedObject } from '../src/grants/model.ts'
import { asAdmin } from './database.ts'
import type { Person, PersonName, TestHouse } from './house.ts'
import { contextOf } from './sharing.ts'

/** One item, shared in one way: a row of the matrix. Its columns are the people of the test network. */
export interface Cell {
  readonly id: string
  readonly reportId: string
  readonly sealedId: string
  /** A request on the report, shared in the same way. */
  readonly requestId: string
  readonly to: 'org' | 'person' | 'group'
  readonly item: Omit<Shared, 'disclosed'>
  readonly disclosedTo: string | null
}

const KINDS: Record<string, OrgKind> = {
  thai: 'cso',
  viet: 'cso',
  police: 'police',
  bank: 'bank',
  otherbank: 'bank',
  fiu: 'fiu',
  hub: 'hub',
  network: 'network',
}
const HOMES: Record<PersonName, string> = {
  ...{ arunee: 'thai', ploy: 'thai', linh: 'viet', weiling: 'police', farid: 'police', priya: 'bank' },
  ...{ somchai: 'otherbank', helen: 'fiu', daniel: 'hub', mei: 'network' },
}
/** Shared with the police as an organisation, with Helen by name, and with a group of Linh, Priya, Farid and hidden Daniel. */
const SEATS: readonly PersonName[] = ['linh', 'priya', 'farid', 'daniel']

export function askerOf(name: PersonName, person: Person, { to }: Cell): Asker {
  const org = KINDS[HOMES[name]] ?? 'cso'
  return { relation: relationOf(name, to), org, role: person.role }
}

function relationOf(name: PersonName, to: Cell['to']): Asker['relation'] {
  if (HOMES[name] === 'thai') return 'owner'
  if (to === 'org') return HOMES[name] === 'police' ? 'org' : 'stranger'
  if (to === 'group') return SEATS.includes(name) ? 'group' : 'stranger'
  return name === 'helen' ? 'person' : HOMES[name] === 'fiu' ? 'colleague' : 'stranger'
}

/** Every combination that the model tells apart; of those in which it is over anyway, the outermost. */
export function cells(people: TestHouse['people']): Cell[] {
  const all: Cell[] = []
  for (const tlp of TLPS)
    for (const handling of [[], ['no-police']] as const)
      for (const victim of ['no', 'not disclosed', 'disclosed'] as const)
        for (const purpose of ['support', 'investigation'] as const)
          for (const consent of ['not needed', 'lives', 'ended'] as const)
            for (const state of ['shared', 'recalled', 'expired'] as const)
              for (const to of ['org', 'person', 'group'] as const) {
                if (victim === 'no' && purpose === 'investigation') continue
                if (state !== 'shared' && consent === 'lives') continue
                all.push({
                  ...{ id: newId(), reportId: newId(), sealedId: newId(), requestId: newId(), to },
                  disclosedTo:
                    victim === 'disclosed' ? (to === 'person' ? people.helen.org : people.weiling.org) : null,
                  item: { tlp, handling, possibleVictim: victim !== 'no', purpose, consent, state },
                })
              }
  return all
}

/** Lays the rows as they would lie after honest sharing and what came later; triggers would refuse some of the later states. */
export async function lay(house: TestHouse, all: readonly Cell[]): Promise<void> {
  const { people } = house
  const owner = people.arunee
  await asAdmin(house.adminUrl, async (admin) => {
    await admin.query('begin')
    await admin.query(`set local session_replication_role = replica`)
    const group = newId()
    await admin.query(
      `insert into firebreak.working_group (id, name, purpose, tlp_limit, made_by) values ($1, 'g', 'p', 'RED', $2)`,
      [group, owner.member],
    )
    for (const name of SEATS)
      await admin.query(
        `insert into firebreak.seat (group_id, member_id, role, hidden, given_by) values ($1, $2, 'member', $3, $4)`,
        [group, people[name].member, name === 'daniel', owner.member],
      )
    for (const table of Object.keys(ROWS)) await fill(admin, { table, all, owner, people, group })
    await admin.query('commit')
  })
}

interface Laying {
  readonly all: readonly Cell[]
  readonly owner: Person
  readonly people: TestHouse['people']
  readonly group: string
}

const past = () => new Date(Date.now() - 60_000)
const future = () => new Date(Date.now() + 86_400_000)

/** Rows of each table for one cell; keys are columns. */
const ROWS: Record<string, (cell: Cell, it: Laying) => Record<string, unknown>[]> = {
  sealed: (cell, { owner }) => [
    {
      ...{
        id: cell.sealedId,
        org_id: owner.org,
        kind: 'report',
        recipient: 'age1x',
        size: 4,
        complete: true,
      },
      made_by: owner.member,
    },
  ],
  sealed_chunk: (cell) => [{ sealed_id: cell.sealedId, n: 0, bytes: Buffer.from('x') }],
  report: (cell, { owner }) => [
    {
      ...{ id: cell.reportId, ref: 'R-0000-0000', org_id: owner.org, author_id: owner.member },
      ...{ sealed_id: cell.sealedId, tlp: cell.item.tlp, handling: cell.item.handling },
      possible_victim: cell.item.possibleVictim,
    },
  ],
  report_evidence: (cell, { owner }) => [
    { report_id: cell.reportId, sealed_id: cell.sealedId, org_id: owner.org },
  ],
  // to nobody of the matrix: only the share leads to it
  request: (cell, { owner }) => [
    {
      ...{
        id: cell.requestId,
        ref: 'Q-0000-0000',
        kind: 'freeze',
        report_id: cell.reportId,
        to_org: newId(),
      },
      ...{ from_org: owner.org, from_member: owner.member, rail_id: 'r', rail_version: '1', basis: 'b' },
      ...{ tlp: cell.item.tlp, purpose: 'protect_money', red_at: future(), due_at: future() },
    },
  ],
  report_token: (cell, { owner }) => [
    {
      ...{ report_id: cell.reportId, org_id: owner.org, kind: 'phone', country: 'SG' },
      token: createHash('sha256').update(cell.reportId).digest('hex'),
    },
  ],
  consent: (cell, { owner }) =>
    cell.item.consent === 'not needed'
      ? []
      : [
          {
            ...{ id: newId(), report_id: cell.reportId, org_id: owner.org, use: cell.item.purpose },
            ...{ given_by: 'person', recorded_by: owner.member },
            withdrawn_at: cell.item.consent === 'ended' ? past() : null,
          },
        ],
  approval: (cell, { owner }) =>
    cell.disclosedTo === null
      ? []
      : [
          {
            ...{ id: newId(), kind: 'victim_disclosure', object_kind: 'report', object_id: cell.reportId },
            ...{ to_org: cell.disclosedTo, org_id: owner.org, asked_by: owner.member, by_org: owner.org },
            ...{ reason: 'r', basis: 'b', expires_at: future(), decision: 'approved', decided_at: past() },
            decided_by: 'somebody else',
          },
        ],
  share: (cell, { owner }) =>
    sharesOf(cell).map(([id, kind, item]) => ({
      ...{ id, item_kind: kind, item_id: item, report_id: cell.reportId, org_id: owner.org },
      ...{ made_by: owner.member, purpose: cell.item.purpose, basis: 'b' },
      basis_kind: cell.item.consent === 'not needed' ? 'public_interest' : 'consent',
      expires_at: cell.item.state === 'expired' ? past() : future(),
      ended_at: cell.item.state === 'recalled' ? past() : null,
      ended_why: cell.item.state === 'recalled' ? 'recalled' : null,
    })),
  share_grant: (cell, { people, group }) =>
    sharesOf(cell).map(([id]) => ({
      ...{ id: newId(), share_id: id },
      to_org: cell.to === 'org' ? people.weiling.org : null,
      to_member: cell.to === 'person' ? people.helen.member : null,
      to_group: cell.to === 'group' ? group : null,
    })),
  group_wrap: (cell, { owner, group }) =>
    cell.to === 'group'
      ? [
          {
            ...{ sealed_id: cell.sealedId, share_id: cell.id, group_id: group, version: 1, wrapped: 'w' },
            granted_by: owner.member,
          },
        ]
      : [],
  // everybody has a key that was once given, whether or not it still opens
  sealed_wrap: (cell, { people, owner }) =>
    Object.values(people).map(({ member }) => ({
      ...{ sealed_id: cell.sealedId, member_id: member, wrapped: 'w', granted_by: owner.member },
      share_id: cell.id,
    })),
}

/** The share of the report and that of the request on it. */
const sharesOf = (cell: Cell) =>
  [
    [cell.id, 'report', cell.reportId],
    [`${cell.id}q`, 'request', cell.requestId],
  ] as const

async function fill(admin: pg.Client, it: Laying & { table: string }): Promise<void> {
  const rows = it.all.flatMap((cell) => ROWS[it.table]?.(cell, it) ?? [])
  const columns = Object.keys(rows[0] ?? {})
  for (let at = 0; at < rows.length; at += 500) {
    const some = rows.slice(at, at + 500)
    const values = some.flatMap((row) => columns.map((column) => row[column]))
    const marks = some.map(
      (_, i) => `(${columns.map((_name, j) => `$${i * columns.length + j + 1}`).join(', ')})`,
    )
    await admin.query(
      `insert into firebreak.${it.table} (${columns.join(', ')}) values ${marks.join(', ')}`,
      values,
    )
  }
}

/** Bare SQL for the rows of each object that somebody can see, as ids of cells. */
const SEEN: Record<SharedObject, string> = {
  share: 'select id as of from firebreak.share where id = any ($1)',
  grant: 'select distinct share_id as of from firebreak.share_grant where share_id = any ($1)',
  report: 'select id as of from firebreak.report where id = any ($1)',
  sealed: 'select id as of from firebreak.sealed where id = any ($1)',
  sealed_chunk: 'select sealed_id as of from firebreak.sealed_chunk where sealed_id = any ($1)',
  sealed_wrap: 'select distinct sealed_id as of from firebreak.sealed_wrap where sealed_id = any ($1)',
  report_evidence: 'select report_id as of from firebreak.report_evidence where report_id = any ($1)',
  request: 'select id as of from firebreak.request where id = any ($1)',
  group_wrap: 'select share_id as of from firebreak.group_wrap where share_id = any ($1)',
  report_token: 'select report_id as of from firebreak.report_token where report_id = any ($1)',
}
const KEY: Record<SharedObject, (cell: Cell) => string> = {
  share: ({ id }) => id,
  grant: ({ id }) => id,
  report: ({ reportId }) => reportId,
  report_evidence: ({ reportId }) => reportId,
  request: ({ requestId }) => requestId,
  group_wrap: ({ id }) => id,
  report_token: ({ reportId }) => reportId,
  sealed: ({ sealedId }) => sealedId,
  sealed_chunk: ({ sealedId }) => sealedId,
  sealed_wrap: ({ sealedId }) => sealedId,
}
export const SHARED_OBJECTS = Object.keys(OBJECTS) as SharedObject[]

/** Cells asked about in one statement: the runtime role's statements are stopped after five seconds, on a busy computer too. */
const AT_ONCE = 400

/** Which of the cells somebody sees of an object, in bare SQL as the runtime role under their signed context. */
export async function seen(
  house: TestHouse,
  who: Person,
  it: { readonly object: SharedObject; readonly all: readonly Cell[]; readonly proof: 'fresh' | 'old' },
): Promise<Set<string>> {
  const { CompiledQuery } = await import('kysely')
  const key = KEY[it.object]
  const found = new Set<string>()
  for (let at = 0; at < it.all.length; at += AT_ONCE) {
    const some = it.all.slice(at, at + AT_ONCE)
    const { rows } = await house.store.as(contextOf(who, it.proof), (db) =>
      db.executeQuery<{ of: string }>(CompiledQuery.raw(SEEN[it.object], [some.map(key)])),
    )
    for (const { of } of rows) found.add(of)
  }
  return new Set(it.all.filter((cell) => found.has(key(cell))).map(({ id }) => id))
}
