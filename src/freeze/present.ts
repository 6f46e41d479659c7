import type { ExpressionBuilder, Selectable } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { noticeFor } from '../grants/markings-content.ts'
import { orgNames } from '../members/store.ts'
import { OPEN } from '../requests/status.ts'
import { findRequest, type RequestRow } from '../requests/store.ts'
import type { Db } from '../store/open.ts'
import type { Database } from '../store/schema.ts'
import type { HoldOrder, Ledger, MoneyLine, RequestSummary, RequestWhole, SharedFact } from './shapes.ts'

type LineRow = Selectable<Database['money_line']>
type OrderRow = Selectable<Database['hold_order']>

function line(row: LineRow): MoneyLine {
  return {
    id: row.id,
    factId: row.fact_id,
    currency: row.currency,
    reported: Number(row.reported),
    atRisk: Number(row.at_risk),
    held: Number(row.held),
    lost: Number(row.lost),
    returned: Number(row.returned),
  }
}

const when = (moment: Date | null) => moment?.toISOString() ?? null

function takesPartAs(row: RequestRow, actor: Actor, joined: ReadonlySet<string>): RequestSummary['as'] {
  if (row.from_org === actor.org) return 'sender'
  if (row.to_org === actor.org) return 'authority'
  return joined.has(row.id) ? 'corroborator' : 'informed'
}

/** Of these requests, those that the asker's organisation has a part in by grant. */
async function joinedOf(db: Db, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('request_access')
    .select('request_id')
    .where('request_id', 'in', ids)
    .where('org_id', '=', actor.org)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map(({ request_id }) => request_id))
}

function summary(
  row: RequestRow,
  it: {
    actor: Actor
    names: Map<string, string>
    lines: readonly LineRow[]
    joined: ReadonlySet<string>
  },
): RequestSummary {
  return {
    id: row.id,
    ref: row.ref,
    kind: row.kind,
    status: row.status,
    tlp: row.tlp,
    railId: row.rail_id,
    as: takesPartAs(row, it.actor, it.joined),
    fromOrg: row.from_org,
    fromName: it.names.get(row.from_org) ?? '',
    toOrg: row.to_org,
    toName: it.names.get(row.to_org) ?? '',
    victimCountry: row.victim_country,
    sentAt: row.sent_at.toISOString(),
    redAt: row.red_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    acknowledgedAt: when(row.acknowledged_at),
    closedAt: when(row.closed_at),
    lines: it.lines.filter((item) => item.request_id === row.id).map(line),
  }
}

/** Requests the asker takes part in, soonest clock first. */
export async function listRequests(
  db: Db,
  actor: Actor,
  it: { box: 'in' | 'out' | 'all'; open: boolean },
): Promise<RequestSummary[]> {
  let query = db.selectFrom('request').selectAll().orderBy('due_at').orderBy('id').limit(200)
  // said again beside row-level security, so that the plan begins at the few that can be theirs
  if (it.box === 'all') query = query.where('id', 'in', (eb) => mineOf(eb, actor))
  if (it.box === 'in') query = query.where('to_org', '=', actor.org)
  if (it.box === 'out') query = query.where('from_org', '=', actor.org)
  if (it.open) query = query.where('status', 'in', OPEN)
  const rows = await query.execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [lines, names, joined] = await Promise.all([
    db.selectFrom('money_line').selectAll().where('request_id', 'in', ids).orderBy('id').execute(),
    orgNames(
      db,
      rows.flatMap((row) => [row.from_org, row.to_org]),
    ),
    joinedOf(db, actor, ids),
  ])
  return rows.map((row) => summary(row, { actor, names, lines, joined }))
}

/** Ids of requests that the asker sent, received, joined or was told of. */
function mineOf(eb: ExpressionBuilder<Database, 'request'>, actor: Actor) {
  return eb
    .selectFrom('request as own')
    .select('own.id')
    .where(({ or, eb: own }) => or([own('from_org', '=', actor.org), own('to_org', '=', actor.org)]))
    .unionAll(
      eb
        .selectFrom('request_access')
        .select('request_id as id')
        .where('org_id', '=', actor.org)
        .where('ended_at', 'is', null),
    )
    .unionAll(
      eb
        .selectFrom('share')
        .innerJoin('share_grant', 'share_grant.share_id', 'share.id')
        .select('share.item_id as id')
        .where('share.item_kind', '=', 'request')
        .where('share.org_id', '<>', actor.org),
    )
}

function order(row: OrderRow, names: Map<string, string>, ref: string): HoldOrder {
  return {
    id: row.id,
    requestId: row.request_id,
    requestRef: ref,
    lineId: row.line_id,
    authorityOrg: row.authority_org,
    authorityName: names.get(row.authority_org) ?? '',
    bankOrg: row.bank_org,
    bankName: names.get(row.bank_org) ?? '',
    reference: row.reference,
    legalBasis: row.legal_basis,
    factKind: row.fact_kind as HoldOrder['factKind'],
    account: row.account,
    minor: Number(row.minor),
    currency: row.currency,
    orderedAt: row.ordered_at.toISOString(),
    expiresAt: when(row.expires_at),
    answeredAt: when(row.answered_at),
    heldMinor: row.held_minor === null ? null : Number(row.held_minor),
    goneMinor: row.gone_minor === null ? null : Number(row.gone_minor),
    answerNote: row.answer_note,
  }
}

/** A bank's orders, those without an answer first. The request behind them stays hidden: its reference is not shown. */
export async function listOrders(db: Db, actor: Actor, id: string | null = null): Promise<HoldOrder[]> {
  let query = db.selectFrom('hold_order').selectAll().where('bank_org', '=', actor.org)
  if (id) query = query.where('id', '=', id)
  const rows = await query
    .orderBy(({ eb }) => eb('answered_at', 'is not', null))
    .orderBy('ordered_at', 'desc')
    .limit(200)
    .execute()
  const names = await orgNames(
    db,
    rows.flatMap((row) => [row.authority_org, row.bank_org]),
  )
  return rows.map((row) => order(row, names, row.reference))
}

/** Everything the asker may see of one request. Throws `not_found`. */
export async function wholeRequest(db: Db, actor: Actor, id: string): Promise<RequestWhole> {
  const [row, facts, events, lines, orders, offers, moves, joined] = await Promise.all([
    findRequest(db, id),
    db.selectFrom('request_fact').selectAll().where('request_id', '=', id).execute(),
    db.selectFrom('request_event').selectAll().where('request_id', '=', id).orderBy('id').execute(),
    db.selectFrom('money_line').selectAll().where('request_id', '=', id).orderBy('id').execute(),
    db.selectFrom('hold_order').selectAll().where('request_id', '=', id).orderBy('ordered_at').execute(),
    db.selectFrom('corroboration_offer').selectAll().where('request_id', '=', id).execute(),
    db
      .selectFrom('money_move')
      .innerJoin('money_line', 'money_line.id', 'money_move.line_id')
      .selectAll('money_move')
      .where('money_line.request_id', '=', id)
      .orderBy('money_move.at')
      .execute(),
    joinedOf(db, actor, [id]),
  ])
  const names = await orgNames(db, [
    row.from_org,
    row.to_org,
    ...events.map((event) => event.org_id),
    ...orders.map((it) => it.bank_org),
    ...moves.map((move) => move.org_id),
  ])
  return {
    ...summary(row, { actor, names, lines, joined }),
    pap: row.pap,
    handling: row.handling,
    notice: noticeFor({ possibleVictim: row.possible_victim }),
    railVersion: row.rail_version,
    basis: row.basis,
    note: row.note,
    paidAt: when(row.paid_at),
    paidDay: row.paid_day,
    payment: {
      payerCountry: row.payer_country,
      payerBank: row.payer_bank,
      channel: row.channel,
      recallSent: row.recall_sent,
      reportFiled: row.report_filed,
    },
    reportId: row.from_org === actor.org ? row.report_id : null,
    // the briefing was sealed for the recipient; who joined later has no key to it
    briefingId: row.from_org === actor.org || row.to_org === actor.org ? row.briefing_id : null,
    facts: facts.map(({ request_id: _, ...fact }) => fact as z.infer<typeof SharedFact>),
    moves: moves.map((move) => ({
      id: move.id,
      lineId: move.line_id,
      from: move.from_state,
      to: move.to_state,
      minor: Number(move.minor),
      orgName: names.get(move.org_id) ?? '',
      at: move.at.toISOString(),
      note: move.note,
    })),
    orders: orders.map((it) => order(it, names, row.ref)),
    events: events.map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      orgId: event.org_id,
      orgName: names.get(event.org_id) ?? '',
      kind: event.kind,
      body: event.body,
    })),
    sources: events
      .filter((event) => event.kind === 'joined')
      .map((event) => ({
        orgId: event.org_id,
        orgName: names.get(event.org_id) ?? '',
        since: event.at.toISOString(),
      })),
    offers: offers.map((offer) => ({
      id: offer.id,
      factKind: offer.fact_kind,
      status: offer.status,
      offeredAt: offer.offered_at.toISOString(),
    })),
  }
}

/** Sums over every line the asker may see, one entry a currency. */
export async function ledger(db: Db): Promise<z.infer<typeof Ledger>> {
  const rows = await db
    .selectFrom('money_line')
    .select(['currency'])
    .select((eb) => [
      eb.fn.sum<string>('reported').as('reported'),
      eb.fn.sum<string>('at_risk').as('at_risk'),
      eb.fn.sum<string>('held').as('held'),
      eb.fn.sum<string>('lost').as('lost'),
      eb.fn.sum<string>('returned').as('returned'),
      eb.fn.count<string>('request_id').distinct().as('requests'),
    ])
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return {
    totals: rows.map((row) => ({
      currency: row.currency,
      reported: Number(row.reported),
      atRisk: Number(row.at_risk),
      held: Number(row.held),
      lost: Number(row.lost),
      returned: Number(row.returned),
      requests: Number(row.requests),
    })),
  }
}

/** What waits for this person. */
export async function desk(db: Db, actor: Actor) {
  const offers = await db
    .selectFrom('corroboration_offer')
    .innerJoin('request', 'request.id', 'corroboration_offer.request_id')
    .select(['corroboration_offer.id', 'corroboration_offer.request_id', 'request.ref'])
    .select(['corroboration_offer.fact_kind', 'corroboration_offer.offered_at'])
    .where('corroboration_offer.status', '=', 'offered')
    .orderBy('corroboration_offer.offered_at')
    .execute()
  const orders = await listOrders(db, actor)
  return {
    requests: await listRequests(db, actor, { box: 'all', open: true }),
    orders: orders.filter((it) => it.answeredAt === null),
    offers: offers.map((offer) => ({
      id: offer.id,
      requestId: offer.request_id,
      requestRef: offer.ref,
      factKind: offer.fact_kind,
      offeredAt: offer.offered_at.toISOString(),
    })),
  }
}
