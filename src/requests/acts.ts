import { type Action, POLICY } from '../access/policy.ts'
import type { Role } from '../core/role.ts'
import type { HoldOrder, MoneyLine, RequestSummary, RequestWhole } from '../freeze/shapes.ts'
import { before, ENDED, OPEN, type RequestStatus, STATUS_WORDS, TAKEN_ON } from './status.ts'

/** What a person can do with a request. */
export const ACTS = ['acknowledge', 'order', 'move', 'thank', 'close', 'refuse', 'recall', 'say'] as const
export type ActKind = (typeof ACTS)[number]

type As = RequestSummary['as']

/** Who may do it, and in which states: what the one table of states lets follow. */
const WHEN: Record<ActKind, { readonly as: readonly As[]; readonly in: readonly RequestStatus[] }> = {
  acknowledge: { as: ['authority'], in: before('acknowledged') },
  order: { as: ['authority'], in: before('ordered') },
  move: { as: ['authority'], in: TAKEN_ON },
  thank: { as: ['authority', 'sender'], in: [...TAKEN_ON, ...ENDED] },
  close: { as: ['authority'], in: before('closed') },
  refuse: { as: ['authority'], in: before('declined') },
  recall: { as: ['sender'], in: before('recalled') },
  say: { as: ['authority', 'sender', 'corroborator'], in: OPEN },
}

const ACTION: Record<ActKind, Action> = {
  acknowledge: 'freeze.acknowledge',
  order: 'freeze.order',
  move: 'freeze.move',
  thank: 'freeze.thank',
  close: 'freeze.close',
  refuse: 'freeze.refuse',
  recall: 'freeze.recall',
  say: 'freeze.say',
}

/** What this person may do with this request now, in the order of ACTS. */
export function actsOf(
  request: Pick<RequestSummary, 'status' | 'as'> & { readonly lines: readonly MoneyLine[] },
  role: Role,
): ActKind[] {
  return ACTS.filter((act) => {
    const roles: readonly Role[] = POLICY[ACTION[act]]
    const when = WHEN[act]
    if (!roles.includes(role) || !when.as.includes(request.as) || !when.in.includes(request.status))
      return false
    if (act === 'order') return request.lines.some(({ atRisk }) => atRisk > 0)
    return act !== 'thank' || isSaved(request.lines) || ENDED.includes(request.status)
  })
}

function isSaved(lines: readonly MoneyLine[]): boolean {
  return lines.some(({ held, returned }) => held + returned > 0)
}

/** The one thing to do next, or what is waited for. */
export type Next =
  | { readonly kind: 'acknowledge' | 'thank' | 'close' | 'decide' | 'again' }
  | { readonly kind: 'order' | 'move'; readonly lineId: string }
  /** An order is with a bank. */
  | { readonly kind: 'wait_bank'; readonly order: HoldOrder }
  /** The other side has it, or has not taken it on yet. */
  | { readonly kind: 'wait_authority' }
  | { readonly kind: 'none' }

/**
 * What a request asks of this person next.
 * Not  a rule: everything in `actsOf` may be done at any time; this is only what the page puts first.
 */
export function nextOf(request: RequestWhole, it: { readonly role: Role; readonly org: string }): Next {
  const may = actsOf(request, it.role)
  if (request.as === 'authority') return nextOfAuthority(request, may, it.org)
  if (request.as === 'sender') return nextOfSender(request, may, it.org)
  return { kind: 'none' }
}

function nextOfAuthority(request: RequestWhole, may: readonly ActKind[], org: string): Next {
  if (may.includes('acknowledge')) return { kind: 'acknowledge' }
  const waiting = request.orders.filter(({ answeredAt }) => answeredAt === null)
  const free = request.lines.find(
    ({ id, atRisk }) => atRisk > 0 && !waiting.some(({ lineId }) => lineId === id),
  )
  if (free && may.includes('order')) return { kind: 'order', lineId: free.id }
  // who orders nobody (a bank that recalls) records at once what became of the money
  if (free && may.includes('move')) return { kind: 'move', lineId: free.id }
  const [order] = waiting
  if (order && may.includes('close')) return { kind: 'wait_bank', order }
  if (may.includes('thank') && isToThank(request, org)) return { kind: 'thank' }
  const held = request.lines.find((line) => line.held > 0)
  if (held && may.includes('move')) return { kind: 'move', lineId: held.id }
  return may.includes('close') ? { kind: 'close' } : { kind: 'none' }
}

function nextOfSender(request: RequestWhole, may: readonly ActKind[], org: string): Next {
  if (may.includes('say') && request.offers.some(({ status }) => status === 'offered'))
    return { kind: 'decide' }
  if (may.includes('thank') && isToThank(request, org)) return { kind: 'thank' }
  if (request.status === 'sent' || request.status === 'acknowledged') return { kind: 'wait_authority' }
  const order = request.orders.find(({ answeredAt }) => answeredAt === null)
  if (order && request.status === 'ordered') return { kind: 'wait_bank', order }
  return request.status === 'declined' && request.reportId !== null ? { kind: 'again' } : { kind: 'none' }
}

/** Something was saved, and this organisation has not said so yet. */
function isToThank(request: RequestWhole, org: string): boolean {
  return (
    isSaved(request.lines) && !request.events.some((event) => event.kind === 'thanked' && event.orgId === org)
  )
}

/** Where a request stands on a desk. `mine` waits for this organisation, the others wait for somebody else. */
export type Place = 'to_take_on' | 'mine' | 'waiting' | 'ended'

/** What a row of the desk says: where it belongs and the next step, from the summary alone. */
export function placeOf(
  request: RequestSummary,
  role: Role = 'officer',
): { readonly place: Place; readonly words: string } {
  if (request.closedAt !== null) return { place: 'ended', words: STATUS_WORDS[request.status] }
  if (request.as !== 'authority') return { place: 'waiting', words: STATUS_WORDS[request.status] }
  const risk = request.lines.some(({ atRisk }) => atRisk > 0)
  const orders = (POLICY['freeze.order'] as readonly Role[]).includes(role)
  switch (request.status) {
    case 'sent':
      return { place: 'to_take_on', words: 'Take it on' }
    case 'acknowledged':
      return { place: 'mine', words: risk ? (orders ? 'Record the order' : 'Record the money') : 'Close it' }
    case 'ordered':
      return { place: 'waiting', words: 'with the bank' }
    default:
      return { place: 'mine', words: risk && orders ? 'Order the rest' : answeredWords(request) }
  }
}

function answeredWords({ lines }: RequestSummary): string {
  return lines.some(({ held }) => held > 0) ? 'Thank the finder' : 'Close it'
}
