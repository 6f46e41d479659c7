import type { FactKind } from '../core/fact.ts'
import { FACT_KINDS } from '../core/fact.ts'
import { formatMoney, MONEY_STATES, type MoneyState } from '../core/money.ts'
import type { HoldOrder, RequestEvent, RequestWhole } from '../freeze/shapes.ts'
import { countWords, FACT_WORDS, MONEY_WORDS } from '../web/parts/words.ts'

/** One entry of a request's history, in words. */
export interface HistoryLine {
  readonly id: string
  readonly at: string
  readonly orgId: string
  /** Who did it; stands before `words`. */
  readonly who: string
  /** What happened, as the rest of the sentence: `took it on`. */
  readonly words: string
  /** What somebody wrote, as they wrote it. */
  readonly quote: string | null
}

type Told = Pick<RequestWhole, 'events' | 'orders'>

/** The history as sentences, oldest first. Kinds this version does not know are shown, not dropped. */
export function historyOf(request: Told): HistoryLine[] {
  return request.events.map((event) => ({
    id: event.id,
    at: event.at,
    orgId: event.orgId,
    who: event.orgName === '' ? 'Somebody' : event.orgName,
    words: (SENTENCES[event.kind] ?? plainWords)(event, request.orders),
    quote: textOf(event.body.text),
  }))
}

type Sentence = (event: RequestEvent, orders: readonly HoldOrder[]) => string

const SENTENCES: Readonly<Record<string, Sentence>> = {
  sent: ({ body }) =>
    `sent the request${typeof body.facts === 'number' ? ` with ${countWords(body.facts, 'fact')}` : ''}`,
  acknowledged: () => 'took it on',
  ordered: (event, orders) => orderedWords(event, orders),
  answered: ({ body }) => answeredWords(body),
  moved: ({ body }) => movedWords(body),
  joined: ({ body }) => `joined: its report holds the same ${factWords(body.fact_kind)}`,
  said: () => 'wrote',
  thanked: () => 'says thank you',
  closed: () => 'closed it',
  declined: ({ body }) => (body.why === 'removed' ? GONE : 'declined it'),
  recalled: ({ body }) => (body.why === 'removed' ? GONE : 'took it back'),
}

/** Written by the house when an organisation was removed (0094-requests-of-the-removed.sql). */
const GONE = 'is no longer in the network; the request ended with that, and what banks hold stays held'

const plainWords: Sentence = ({ kind }) => kind.replaceAll('_', ' ')

function orderedWords({ body }: RequestEvent, orders: readonly HoldOrder[]): string {
  const order = orders.find(({ id }) => id === body.order)
  const reference = textOf(body.reference)
  const told = reference === null ? '' : `, reference ${reference}`
  if (!order) return `recorded an order to a bank${told}`
  return `ordered ${order.bankName} to hold ${formatMoney(order.minor, order.currency)}${told}`
}

function answeredWords(body: RequestEvent['body']): string {
  const held = amountOf(body.held, body.currency)
  const gone = amountOf(body.gone, body.currency)
  if (held === null && gone === null) return 'answered: nothing could be held'
  if (gone === null) return `held ${held}`
  return held === null
    ? `could hold nothing: ${gone} had already gone`
    : `held ${held}; ${gone} had already gone`
}

function movedWords(body: RequestEvent['body']): string {
  const amount = amountOf(body.minor, body.currency)
  const from = stateOf(body.from)
  const to = stateOf(body.to)
  if (amount === null || from === null || to === null) return 'moved money in the ledger'
  return `recorded ${amount} as ${MONEY_WORDS[to]} (it was ${MONEY_WORDS[from]})`
}

function amountOf(minor: unknown, currency: unknown): string | null {
  if (typeof minor !== 'number' || minor <= 0 || typeof currency !== 'string') return null
  return formatMoney(minor, currency)
}

function stateOf(it: unknown): MoneyState | null {
  return MONEY_STATES.find((state) => state === it) ?? null
}

export function factWords(kind: unknown): string {
  const known = FACT_KINDS.find((it): it is FactKind => it === kind)
  return known ? FACT_WORDS[known] : 'identifier'
}

function textOf(it: unknown): string | null {
  return typeof it === 'string' && it.trim() !== '' ? it : null
}

/** Who was first, in plain words, when an act came too late: the last thing that changed the request. */
export function firstWas(
  request: Told,
  ourOrg: string,
): { readonly who: string; readonly line: HistoryLine } | null {
  const changes = historyOf(request).filter((_, i) => CHANGES.includes(request.events[i]?.kind ?? ''))
  const line = changes.at(-1)
  if (!line) return null
  return { who: line.orgId === ourOrg ? `A colleague of yours at ${line.who}` : line.who, line }
}

const CHANGES: readonly string[] = [
  'acknowledged',
  'ordered',
  'answered',
  'moved',
  'closed',
  'declined',
  'recalled',
]
