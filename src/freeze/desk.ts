import type { z } from 'zod'
import { inForce } from '../core/power.ts'
import type { Role } from '../core/role.ts'
import type { OrgCard } from '../members/shapes.ts'
import { type Place, placeOf } from '../requests/acts.ts'
import { clockRuns, headline, listOf } from '../requests/headline.ts'
import { countWords } from '../web/parts/words.ts'
import type { Desk as DeskShape, HoldOrder, RequestSummary } from './shapes.ts'

export type Desk = z.infer<typeof DeskShape>

export interface DeskGroup {
  readonly place: Place
  readonly title: string
  readonly requests: readonly RequestSummary[]
}

const TITLES: Record<Exclude<Place, 'ended'>, string> = {
  to_take_on: 'Not yet taken on',
  mine: 'Waits for you',
  waiting: 'Waits for others',
}

/** Requests by what they wait for; within each, soonest clock first. Empty groups are left out. */
export function groupsOf(requests: readonly RequestSummary[]): DeskGroup[] {
  return (['to_take_on', 'mine', 'waiting'] as const)
    .map((place) => ({
      place,
      title: TITLES[place],
      requests: requests.filter((request) => placeOf(request).place === place).sort(soonest),
    }))
    .filter((group) => group.requests.length > 0)
}

/** What has no clock any more comes after what has; then by the moment it runs out. */
function soonest(a: RequestSummary, b: RequestSummary): number {
  return Number(clockRuns(b)) - Number(clockRuns(a)) || Date.parse(a.dueAt) - Date.parse(b.dueAt)
}

/** Orders of a bank: those that end first, then those that wait longest. */
export function ordersToAnswer(orders: readonly HoldOrder[]): HoldOrder[] {
  const end = ({ expiresAt }: HoldOrder) =>
    expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt)
  const rank = (a: number, b: number) => (a === b ? 0 : a - b)
  return orders
    .filter(({ answeredAt }) => answeredAt === null)
    .sort((a, b) => rank(end(a), end(b)) || Date.parse(a.orderedAt) - Date.parse(b.orderedAt))
}

/** What ended lately, newest first. */
export function endedOf(requests: readonly RequestSummary[]): RequestSummary[] {
  return requests
    .filter(({ closedAt }) => closedAt !== null)
    .sort((a, b) => Date.parse(b.closedAt ?? '') - Date.parse(a.closedAt ?? ''))
}

/** The desk in one sentence: how much waits for this person, and how urgent it is. */
export function deskHeadline(desk: Desk, role: Role, more: readonly string[] = []): string {
  const groups = groupsOf(desk.requests)
  const count = (place: Place) => groups.find((group) => group.place === place)?.requests.length ?? 0
  const waiting = count('to_take_on') + count('mine')
  const parts = [
    waiting > 0 ? countWords(waiting, 'request') : '',
    desk.orders.length > 0 ? countWords(desk.orders.length, 'order') : '',
    desk.offers.length > 0 ? countWords(desk.offers.length, 'offer to join', 'offers to join') : '',
    ...more,
  ].filter((words) => words !== '')
  const many = waiting + desk.orders.length + desk.offers.length + manyOf(more)
  if (many > 0) {
    const words = listOf(parts)
    return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${many === 1 ? 'waits' : 'wait'} for you`
  }
  const others = count('waiting')
  if (others > 0)
    return `Nothing waits for you; ${countWords(others, 'request')} ${others === 1 ? 'is' : 'are'} with others`
  return NOTHING[role]
}

/** “one matter …” alone is one; everything else is more. */
function manyOf(more: readonly string[]): number {
  return more.reduce((sum, words) => sum + (words.startsWith('one ') ? 1 : 2), 0)
}

/** The request of this person whose clock runs out first; null when none has a clock that runs. */
export function mostUrgent(desk: Desk): RequestSummary | null {
  const ours = groupsOf(desk.requests).filter(({ place }) => place !== 'waiting')
  return (
    ours
      .flatMap(({ requests }) => requests)
      .filter(clockRuns)
      .sort(soonest)[0] ?? null
  )
}

/** An empty desk says so in the words of the one who sits at it. */
const NOTHING: Record<Role, string> = {
  caseworker: 'No request of yours is open',
  officer: 'No request waits for you',
  fraud_desk: 'No order waits for you',
  fiu_analyst: 'No request was given to you',
  hub_analyst: 'No request was given to you',
  steward: 'Nothing in the network waits for you',
}

/** What the desk shows, by object, as the words in which a change is told; equal words are no news. */
export function deskNews(
  desk: Desk,
  now: number,
): Map<string, { readonly state: string; readonly words: string }> {
  const news = new Map<string, { state: string; words: string }>()
  for (const request of desk.requests) {
    const { status, lines } = request
    const from = request.as === 'sender' ? request.toName : request.fromName
    // the clock ticks all the time, which is no news: it is in the words and not in the state
    news.set(request.id, {
      state: `${status} ${lines.map(({ atRisk, held, lost, returned }) => [atRisk, held, lost, returned]).join()}`,
      words: `${request.ref}, ${from}: ${headline(request, now)}, ${placeOf(request).words}`,
    })
  }
  for (const { id, authorityName, reference } of desk.orders)
    news.set(id, { state: 'ordered', words: `Order ${reference} from ${authorityName}` })
  for (const { id, requestRef } of desk.offers)
    news.set(id, { state: 'offered', words: `Somebody offers to join ${requestRef}` })
  return news
}

type News = ReturnType<typeof deskNews>

/** What is new or has changed between two looks at the desk. The first look has no news. */
export function changedSince(
  before: News | null,
  after: News,
): { readonly id: string; readonly words: string }[] {
  if (before === null) return []
  return [...after].flatMap(([id, { state, words }]) =>
    before.get(id)?.state === state ? [] : [{ id, words }],
  )
}

export interface EndingPower {
  readonly org: OrgCard
  readonly power: OrgCard['powers'][number]
}

const DAY = 86_400_000

/** Powers that end within sixty days or have ended, of organisations that are still members: for the steward to renew. */
export function endingPowers(orgs: readonly OrgCard[], now: Date): EndingPower[] {
  const limit = new Date(now.getTime() + 60 * DAY)
  return orgs
    .filter(({ leftAt }) => leftAt === null)
    .flatMap((org) => org.powers.map((power) => ({ org, power })))
    .filter(({ org, power }) => !inForceThere(org, power, limit))
    .sort((a, b) => (a.power.until ?? '').localeCompare(b.power.until ?? ''))
}

function inForceThere(org: OrgCard, power: OrgCard['powers'][number], at: Date): boolean {
  const { id: orgId, name: orgName, kind: orgKind, timeZone, hours, leftAt } = org
  return inForce({ ...power, orgId, orgName, orgKind, timeZone, hours, leftAt }, at)
}
