import { invite } from '../access/invites.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { OrgKind } from '../core/power.ts'
import type { Role } from '../core/role.ts'
import { type Db, sql } from '../store/open.ts'
import { recordsOn, theOne } from './acts.ts'
import type { OrgClaim, Proposal, ProposalAct, ProposalNew } from './admission-shapes.ts'
import { insertOrg, insertPower } from './store.ts'

const act = recordsOn('proposal')

/** As whom the first person of an organisation comes in. */
const FIRST_ROLE: Readonly<Record<Exclude<OrgKind, 'network'>, Role>> = {
  cso: 'caseworker',
  police: 'officer',
  bank: 'fraud_desk',
  fiu: 'fiu_analyst',
  hub: 'hub_analyst',
}

/** Every proposal that is not over, and those decided in the last 90 days, newest first. */
export async function listProposals(db: Db, actor: Actor): Promise<Proposal[]> {
  const rows = await db
    .selectFrom('proposal')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['proposed', 'open', 'paused']),
        eb('proposed_at', '>', new Date(Date.now() - 90 * 86_400_000)),
      ]),
    )
    .orderBy('proposed_at', 'desc')
    .limit(500)
    .execute()
  return presentAll(db, actor, rows)
}

/** @throws `not_found` */
export async function findProposal(db: Db, actor: Actor, id: string): Promise<Proposal> {
  const rows = await db.selectFrom('proposal').selectAll().where('id', '=', id).execute()
  return theOne(await presentAll(db, actor, rows), 'no such proposal')
}

/** Proposes a candidate in the asker's name. The database refuses who is on probation, suspended or due for review. */
export async function propose(db: Db, actor: Actor, it: ProposalNew): Promise<void> {
  const { good, why } = await standingOf(db, actor)
  if (!good) throw new HouseError('forbidden', `you cannot propose anybody now: ${why}`)
  if (it.kind !== 'org') await mustBeIn(db, it.orgId)
  await db
    .insertInto('proposal')
    .values({
      id: it.id,
      kind: it.kind,
      name: it.name,
      org_id: it.kind === 'org' ? null : it.orgId,
      card: JSON.stringify(it.kind === 'renewal' ? {} : it.card),
      reasons: it.reasons,
      conflicts: it.conflicts,
      sponsor_id: actor.member,
      sponsor_org: actor.org,
    })
    .execute()
  if (it.kind !== 'renewal') {
    await db.insertInto('proposal_contact').values({ proposal_id: it.id, email: it.email }).execute()
  }
  await act(db, actor, { act: 'admission.proposed', id: it.id, detail: { kind: it.kind } })
}

/** The second reader's word opens the window for objections, or ends the proposal. */
export async function readProposal(
  db: Db,
  actor: Actor,
  it: { id: string; words: string; supports: boolean },
): Promise<void> {
  await mustBeAble(db, actor, it.id, 'read')
  await sql`select firebreak.read_proposal(${it.id}, ${it.words}, ${it.supports})`.execute(db)
  await act(db, actor, { act: 'admission.read', id: it.id, detail: { supports: it.supports } })
}

export async function objectTo(
  db: Db,
  actor: Actor,
  it: { proposalId: string; id: string; words: string },
): Promise<void> {
  await mustBeAble(db, actor, it.proposalId, 'object')
  await db
    .insertInto('objection')
    .values({
      id: it.id,
      proposal_id: it.proposalId,
      member_id: actor.member,
      org_id: actor.org,
      words: it.words,
    })
    .execute()
  await act(db, actor, { act: 'admission.objected', id: it.proposalId })
}

export async function settleObjection(
  db: Db,
  actor: Actor,
  it: { proposalId: string; id: string; words: string },
): Promise<void> {
  const { rows } = await sql<{
    settle_objection: boolean
  }>`select firebreak.settle_objection(${it.id}, ${it.words})`.execute(db)
  if (!rows[0]?.settle_objection)
    throw new HouseError('conflict', 'this objection is settled already, or it is your own')
  await act(db, actor, { act: 'admission.settled', id: it.proposalId })
}

/**
 * The steward's decision after the window. Admitting makes the organisation with the powers that it claimed, named as
 * checked by this steward, and an invitation for its first person.
 * @returns the invitation's token, to be handed over by a channel both trust; null where nobody is invited
 */
export async function decide(
  db: Db,
  actor: Actor,
  it: { id: string; admit: boolean; words: string },
): Promise<{ token: string; expiresAt: Date } | null> {
  const before = await mustBeAble(db, actor, it.id, it.admit ? 'admit' : 'refuse')
  await sql`select firebreak.decide_proposal(${it.id}, ${it.admit}, ${it.words})`.execute(db)
  await act(db, actor, {
    act: it.admit ? 'admission.admitted' : 'admission.refused',
    id: it.id,
    detail: { kind: before.kind },
  })
  return it.admit && before.kind !== 'renewal' ? letIn(db, actor, before) : null
}

/** A fresh invitation for who was admitted and lost theirs, or let it lapse. */
export async function inviteAgain(
  db: Db,
  actor: Actor,
  id: string,
): Promise<{ token: string; expiresAt: Date }> {
  const proposal = await mustBeAble(db, actor, id, 'invite')
  const org =
    proposal.orgId ??
    (await db.selectFrom('org').select('id').where('proposal_id', '=', id).executeTakeFirst())?.id
  if (!org) throw new HouseError('not_found', 'the organisation of this proposal is not there')
  return invitePerson(db, actor, { ...proposal, orgId: org })
}

export async function turn(
  db: Db,
  actor: Actor,
  it: { id: string; turn: 'withdraw' | 'resume' },
): Promise<void> {
  await mustBeAble(db, actor, it.id, it.turn)
  await sql`select firebreak.turn_proposal(${it.id}, ${it.turn})`.execute(db)
  await act(db, actor, {
    act: it.turn === 'withdraw' ? 'admission.withdrawn' : 'admission.resumed',
    id: it.id,
  })
}

/** Whether the asker may speak for others, and if not, why. */
export async function standingOf(db: Db, actor: Actor): Promise<{ good: boolean; why: string | null }> {
  const { rows } = await sql<{
    good: boolean
  }>`select firebreak.in_good_standing(${actor.member}) as good`.execute(db)
  if (rows[0]?.good) return { good: true, why: null }
  return { good: false, why: 'you or your organisation are on probation, or due for review' }
}

export async function ruleOf(db: Db) {
  const row = await db.selectFrom('network_rule').selectAll().executeTakeFirstOrThrow()
  return { objectionDays: row.objection_days, probationDays: row.probation_days, reviewDays: row.review_days }
}

async function letIn(db: Db, actor: Actor, proposal: Proposal) {
  if (proposal.kind === 'member') return invitePerson(db, actor, proposal)
  const card = proposal.card as OrgClaim
  const rule = await ruleOf(db)
  const orgId = await insertOrg(db, {
    name: proposal.name,
    ...card,
    proposalId: proposal.id,
    probationUntil: inDays(rule.probationDays),
    reviewBy: inDays(rule.reviewDays),
  })
  const steward = await db
    .selectFrom('member')
    .select('name')
    .where('id', '=', actor.member)
    .executeTakeFirst()
  for (const power of card.powers)
    await insertPower(db, { orgId, ...power, verifiedBy: steward?.name ?? 'The steward', until: null })
  return invitePerson(db, actor, { ...proposal, orgId })
}

async function invitePerson(db: Db, actor: Actor, proposal: Proposal) {
  const { email, orgId, kind, card } = proposal
  if (!email || !orgId) throw new HouseError('forbidden', 'only a steward invites')
  const role =
    kind === 'member'
      ? (card as { role: Role }).role
      : FIRST_ROLE[(card as OrgClaim).kind as Exclude<OrgKind, 'network'>]
  return invite(db, { orgId, email, role, proposalId: proposal.id, by: actor })
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000)
}

async function mustBeIn(db: Db, orgId: string): Promise<void> {
  const org = await db
    .selectFrom('org')
    .select(['name', 'left_at'])
    .where('id', '=', orgId)
    .executeTakeFirst()
  if (!org) throw new HouseError('not_found', 'no such organisation')
  if (org.left_at) throw new HouseError('conflict', `${org.name} has left the network`)
}

/** The proposal, when the asker may do this with it now. Says in words why not. */
async function mustBeAble(db: Db, actor: Actor, id: string, what: ProposalAct): Promise<Proposal> {
  const proposal = await findProposal(db, actor, id)
  if (!proposal.may.includes(what)) throw new HouseError('conflict', whyNot(proposal, actor, what))
  return proposal
}

function whyNot(proposal: Proposal, actor: Actor, what: ProposalAct): string {
  if (what === 'read' && proposal.sponsor.orgId === actor.org)
    return 'a second reader comes from another organisation than the sponsor'
  if (what === 'admit' && proposal.state === 'open') {
    if ((proposal.objections ?? 0) > 0) return 'an objection is not settled yet'
    if (proposal.windowEnds && Date.parse(proposal.windowEnds) > Date.now())
      return `every member may object until ${proposal.windowEnds}`
    return 'who proposed or read a candidate, or works with them, cannot decide'
  }
  return `this is not possible now: the proposal is ${proposal.state}, or it is not yours to do`
}

type Row = Awaited<ReturnType<typeof rowOf>>
const rowOf = (db: Db) => db.selectFrom('proposal').selectAll().executeTakeFirstOrThrow()

async function presentAll(db: Db, actor: Actor, rows: readonly Row[]): Promise<Proposal[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const speakers = [...new Set(rows.flatMap((row) => [row.sponsor_id, row.reader_id ?? row.sponsor_id]))]
  const [voices, contacts, counts, { good }] = await Promise.all([
    sql<Voice>`select * from firebreak.voices(${speakers})`.execute(db),
    db.selectFrom('proposal_contact').selectAll().where('proposal_id', 'in', ids).execute(),
    sql<{ id: string; n: number | null }>`
      select id, firebreak.open_objections(id) as n from unnest(${ids}::text[]) as id`.execute(db),
    standingOf(db, actor),
  ])
  const voice = new Map(voices.rows.map((row) => [row.member_id, row]))
  const mails = new Map(contacts.map((row) => [row.proposal_id, row.email]))
  const waiting = new Map(counts.rows.map((row) => [row.id, row.n]))
  return rows.map((row) => {
    const objections = waiting.get(row.id) ?? null
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      orgId: row.org_id,
      card: row.card,
      reasons: row.reasons,
      conflicts: row.conflicts,
      sponsor: speaker(voice.get(row.sponsor_id), row.sponsor_id, row.sponsor_org),
      proposedAt: row.proposed_at.toISOString(),
      state: row.state,
      reader: row.reader_id ? speaker(voice.get(row.reader_id), row.reader_id, row.reader_org ?? '') : null,
      readerWords: row.reader_words,
      windowEnds: row.window_ends?.toISOString() ?? null,
      decidedWords: row.decided_words,
      decidedAt: row.decided_at?.toISOString() ?? null,
      objections,
      email: mails.get(row.id) ?? null,
      may: actsOn(row, actor, { good, objections: objections ?? 0 }),
    }
  })
}

interface Voice {
  readonly member_id: string
  readonly name: string
  readonly org_id: string
  readonly org_name: string
}

function speaker(found: Voice | undefined, memberId: string, orgId: string): Proposal['sponsor'] {
  return { memberId, name: found?.name ?? '', orgId, orgName: found?.org_name ?? '' }
}

/** What somebody may do with a proposal now; the database holds the same rules, so a button that lies does nothing. */
export function actsOn(
  row: Row,
  actor: Actor,
  it: { readonly good: boolean; readonly objections: number },
): ProposalAct[] {
  const own = row.sponsor_id === actor.member
  const inWindow = row.window_ends !== null && row.window_ends.getTime() > Date.now()
  const steward = actor.role === 'steward'
  const decides =
    steward && !own && row.reader_id !== actor.member && row.org_id !== actor.org && row.state === 'open'
  const otherOrg = row.sponsor_org !== actor.org && row.org_id !== actor.org
  const may: readonly (readonly [ProposalAct, boolean])[] = [
    ['read', row.state === 'proposed' && it.good && otherOrg],
    ['object', row.state === 'open' && inWindow && !own && row.reader_id !== actor.member],
    ['withdraw', own && ['proposed', 'open', 'paused'].includes(row.state)],
    ['settle', steward && row.state === 'open' && it.objections > 0],
    ['admit', decides && !inWindow && it.objections === 0],
    ['refuse', decides],
    ['resume', steward && row.state === 'paused'],
    ['invite', steward && row.state === 'admitted' && row.kind !== 'renewal'],
  ]
  return may.filter(([, yes]) => yes).map(([act]) => act)
}
