import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId, newRef } from '../core/ids.ts'
import { TAKEN_ON } from '../requests/status.ts'
import { advance, findRequest, mustBeAuthority, type RequestRow, say } from '../requests/store.ts'
import { findSealed } from '../seal/store.ts'
import type { Db } from '../store/open.ts'
import type { Rail } from './rail.ts'
import { mustBeReachable } from './reachable.ts'
import type { FreezeNew, MoveNew, OrderAnswer, OrderNew } from './shapes.ts'

const HOUR = 3_600_000
/** What money can stand in: the facts a line may name. */
const ACCOUNT_KINDS = ['iban', 'bank_account', 'crypto_address', 'payment_ref']

/**
 * Sends a freeze request: its row, the recipient's grant, facts, ledger and tokens in one transaction, so that it is
 * restricted from its first moment. Throws `conflict` for a recipient who has left, `invalid` for what does not fit.
 */
export async function sendFreeze(
  db: Db,
  actor: Actor,
  it: z.infer<typeof FreezeNew>,
  rail: Rail,
): Promise<void> {
  checkParts(it)
  const [, report, briefing] = await Promise.all([
    mustBeReachable(db, actor, it, rail),
    db.selectFrom('report').select('id').where('id', '=', it.reportId).executeTakeFirst(),
    it.briefingId ? findSealed(db, it.briefingId) : null,
  ])
  if (!report) throw new HouseError('not_found', `no report ${it.reportId}`)
  if (briefing && !briefing.complete) {
    throw new HouseError('conflict', 'the sealed briefing has not arrived completely yet; send it again')
  }
  const due = new Date((it.paidAt ? Date.parse(it.paidAt) : Date.now()) + rail.clock.deadlineHours * HOUR)
  const request = db.insertInto('request').values({
    id: it.id,
    ref: newRef('F'),
    kind: 'freeze',
    from_org: actor.org,
    from_member: actor.member,
    to_org: it.toOrg,
    report_id: it.reportId,
    rail_id: rail.id,
    rail_version: String(rail.version),
    tlp: it.tlp,
    purpose: 'protect_money',
    basis: it.basis,
    basis_kind: it.basisKind,
    note: it.note,
    victim_country: it.victimCountry,
    paid_at: it.paidAt,
    paid_day: it.paidDay,
    payer_country: it.payment.payerCountry,
    payer_bank: it.payment.payerBank,
    channel: it.payment.channel,
    recall_sent: it.payment.recallSent,
    report_filed: it.payment.reportFiled,
    briefing_id: it.briefingId,
    due_at: due,
    red_at: new Date(due.getTime() - rail.clock.redWhenHoursLeft * HOUR),
  })
  const access = { request_id: it.id, org_id: it.toOrg, as: 'authority', granted_by: actor.org } as const
  // each builds on the one before; they travel together and are done in this order
  await Promise.all([
    request.execute(),
    db.insertInto('request_access').values(access).execute(),
    writeFacts(db, actor, it),
    say(db, actor, { request: it.id, kind: 'sent', body: { rail: rail.id, facts: it.facts.length } }),
  ])
}

function checkParts(it: z.infer<typeof FreezeNew>): void {
  if (it.paidDay !== null && it.paidAt === null)
    throw new HouseError('invalid', 'paidDay: a day needs the moment it began, in paidAt')
  for (const [i, line] of it.lines.entries()) {
    const fact = it.facts.find((item) => item.id === line.factId)
    if (!fact) throw new HouseError('invalid', `lines.${i}.factId: this fact is not among those you share`)
    if (!ACCOUNT_KINDS.includes(fact.kind)) {
      throw new HouseError(
        'invalid',
        `lines.${i}.factId: money stands in an account or wallet, not in a ${fact.kind}`,
      )
    }
  }
}

async function writeFacts(db: Db, actor: Actor, it: z.infer<typeof FreezeNew>): Promise<void> {
  const facts = it.facts.map(({ normal, ...fact }) => ({
    ...fact,
    request_id: it.id,
    normal: JSON.stringify(normal),
  }))
  const lines = it.lines.map(({ id, factId, currency, minor }) => ({
    id,
    request_id: it.id,
    fact_id: factId,
    currency,
    reported: minor,
    at_risk: minor,
  }))
  const tokens = [...new Set(it.tokens)].map((token) => ({ request_id: it.id, from_org: actor.org, token }))
  await Promise.all([
    db.insertInto('request_fact').values(facts).execute(),
    db.insertInto('money_line').values(lines).execute(),
    tokens.length > 0 ? db.insertInto('request_token').values(tokens).execute() : null,
  ])
}

/** The officer takes it on. Two at once: one succeeds, the other gets `conflict`. */
export async function acknowledge(db: Db, actor: Actor, id: string): Promise<void> {
  const request = await findRequest(db, id, 'change')
  mustBeAuthority(request, actor)
  await advance(db, request, 'acknowledged', { acknowledged_at: new Date(), acknowledged_by: actor.member })
  await say(db, actor, { request: id, kind: 'acknowledged' })
}

/** Records an order to one bank for one line. The bank sees the order and nothing of the request. */
export async function recordOrder(
  db: Db,
  actor: Actor,
  id: string,
  it: z.infer<typeof OrderNew>,
): Promise<void> {
  const request = await findRequest(db, id, 'change')
  mustBeAuthority(request, actor)
  const line = await db
    .selectFrom('money_line')
    .innerJoin('request_fact', 'request_fact.id', 'money_line.fact_id')
    .select(['money_line.currency', 'money_line.at_risk', 'request_fact.kind', 'request_fact.normal'])
    .where('money_line.id', '=', it.lineId)
    .where('money_line.request_id', '=', id)
    .executeTakeFirst()
  if (!line) throw new HouseError('not_found', `lineId: no line ${it.lineId} in this request`)
  if (Number(line.at_risk) === 0) throw new HouseError('conflict', 'nothing of this line is at risk any more')
  await mustBeBank(db, it.bankOrg)
  await advance(db, request, 'ordered')
  await db
    .insertInto('hold_order')
    .values({
      id: it.id,
      request_id: id,
      line_id: it.lineId,
      authority_org: actor.org,
      bank_org: it.bankOrg,
      ordered_by: actor.member,
      reference: it.reference,
      legal_basis: it.legalBasis,
      fact_kind: line.kind,
      account: String(line.normal),
      minor: line.at_risk,
      currency: line.currency,
      expires_at: it.expiresAt,
    })
    .execute()
  await say(db, actor, { request: id, kind: 'ordered', body: { order: it.id, reference: it.reference } })
}

async function mustBeBank(db: Db, id: string): Promise<void> {
  const bank = await db
    .selectFrom('org')
    .select(['kind', 'name', 'left_at', 'suspended_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!bank) throw new HouseError('not_found', `bankOrg: no organisation ${id}`)
  if (bank.kind !== 'bank') throw new HouseError('invalid', `bankOrg: ${bank.name} is not a bank`)
  if (bank.left_at || bank.suspended_at)
    throw new HouseError(
      'conflict',
      `${bank.name} cannot be reached here any more; serve the order by your usual way`,
    )
}

/** The bank's one answer: what it held, what had already gone. Both move the ledger; what is left stays at risk. */
export async function answerOrder(
  db: Db,
  actor: Actor,
  id: string,
  it: z.infer<typeof OrderAnswer>,
): Promise<void> {
  const order = await db
    .selectFrom('hold_order')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!order || order.bank_org !== actor.org) throw new HouseError('not_found', `no order ${id}`)
  if (order.answered_at) throw new HouseError('conflict', `order ${order.reference} was answered already`)
  if (it.heldMinor + it.goneMinor > Number(order.minor)) {
    throw new HouseError('invalid', 'heldMinor: held and gone together are more than the order names')
  }
  await db
    .updateTable('hold_order')
    .set({
      answered_at: new Date(),
      held_minor: it.heldMinor,
      gone_minor: it.goneMinor,
      answer_note: it.note,
    })
    .where('id', '=', id)
    .execute()
  const move = { line_id: order.line_id, from_state: 'at_risk', org_id: actor.org, note: it.note } as const
  const moves = [
    { ...move, id: newId(), to_state: 'held', minor: it.heldMinor } as const,
    { ...move, id: newId(), to_state: 'lost', minor: it.goneMinor } as const,
  ].filter(({ minor }) => minor > 0)
  if (moves.length > 0) await db.insertInto('money_move').values(moves).execute().catch(moreThanAtRisk)
  const body = { order: id, held: it.heldMinor, gone: it.goneMinor, currency: order.currency }
  await say(db, actor, { request: order.request_id, kind: 'answered', body })
}

/** The ledger refused the answer: the authority recorded some of this money otherwise, which the bank does not see. */
function moreThanAtRisk(cause: Error): never {
  if ((cause as { code?: string }).code !== '23514') throw cause
  throw new HouseError(
    'conflict',
    'this is more than still stands at risk: since the order was given, some of this money was recorded otherwise. Nothing was recorded here, and what you hold is not touched: ask the authority by their channel which amount to answer',
    { cause },
  )
}

/**
 * Moves money between states, e.g. held to returned. Throws `conflict` when there is not that much in `from`.
 * @returns the currency of what moved
 */
export async function moveMoney(
  db: Db,
  actor: Actor,
  id: string,
  it: z.infer<typeof MoveNew>,
): Promise<string> {
  const request = await findRequest(db, id, 'change')
  mustBeAuthority(request, actor)
  mustBeTakenOn(request)
  const line = await db
    .selectFrom('money_line')
    .select('currency')
    .where('id', '=', it.lineId)
    .where('request_id', '=', id)
    .executeTakeFirst()
  if (!line) throw new HouseError('not_found', `lineId: no line ${it.lineId} in this request`)
  if (it.from === it.to) throw new HouseError('invalid', 'to: money cannot move to where it is')
  await db
    .insertInto('money_move')
    .values({
      id: it.id,
      line_id: it.lineId,
      from_state: it.from,
      to_state: it.to,
      minor: it.minor,
      org_id: actor.org,
      note: it.note,
    })
    .execute()
  const body = { from: it.from, to: it.to, minor: it.minor, currency: line.currency }
  await say(db, actor, { request: id, kind: 'moved', body })
  return line.currency
}

function mustBeTakenOn(request: RequestRow): void {
  if (TAKEN_ON.includes(request.status)) return
  const what = request.status === 'sent' ? 'was not taken on yet; take it on first' : `is ${request.status}`
  throw new HouseError('conflict', `request ${request.ref} ${what}`)
}
