import {
  type InferDataFromTag,
  infiniteQueryOptions,
  type QueryKey,
  queryOptions,
} from '@tanstack/react-query'
import { newId } from '../core/ids.ts'
import { api } from './api.ts'
import { askedAt } from './asked-at.ts'
import { HouseClient } from './query-client.ts'

/** One client for the page. The fetch layer repeats what may be repeated, so nothing is repeated here. */
export const queryClient = new HouseClient({
  defaultOptions: {
    queries: { staleTime: 20_000, gcTime: 10 * 60_000, retry: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** Every list and object the pages show, with the key under which live news refreshes it. */
export const queries = {
  house: () => queryOptions({ queryKey: ['house'], queryFn: api.house, staleTime: Number.POSITIVE_INFINITY }),
  me: () => queryOptions({ queryKey: ['me'], queryFn: api.me, staleTime: Number.POSITIVE_INFINITY }),
  sessions: () => queryOptions({ queryKey: ['sessions'], queryFn: api.sessions }),
  passkeys: () => queryOptions({ queryKey: ['passkeys'], queryFn: api.passkeys }),
  waysIn: () => queryOptions({ queryKey: ['ways-in'], queryFn: api.waysIn }),
  booksRule: () => queryOptions({ queryKey: ['books-rule'], queryFn: api.booksRule }),
  providers: () => queryOptions({ queryKey: ['providers'], queryFn: api.providers }),
  network: () => queryOptions({ queryKey: ['network'], queryFn: api.network, staleTime: 5 * 60_000 }),
  proposals: () => queryOptions({ queryKey: ['proposals'], queryFn: api.proposals }),
  objections: (id: string) =>
    queryOptions({ queryKey: ['proposals', id, 'objections'], queryFn: () => api.objections(id) }),
  removals: () => queryOptions({ queryKey: ['removals'], queryFn: api.removals }),
  vouches: () => queryOptions({ queryKey: ['vouches'], queryFn: api.vouches }),
  groups: () => queryOptions({ queryKey: ['groups'], queryFn: api.groups }),
  group: (id: string) => queryOptions({ queryKey: ['groups', id], queryFn: () => api.group(id) }),
  /** Asked once: what a link offers does not change, and taking it says the rest. */
  seatLook: (token: string) =>
    queryOptions({
      queryKey: ['seat-look', token],
      queryFn: () => api.seatLook(token, newId()),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  meetings: () => queryOptions({ queryKey: ['meetings'], queryFn: api.meetings }),
  meeting: (id: string) => queryOptions({ queryKey: ['meetings', id], queryFn: () => api.meeting(id) }),
  rails: () => queryOptions({ queryKey: ['rails'], queryFn: api.rails, staleTime: Number.POSITIVE_INFINITY }),
  keyHolders: (orgId: string) =>
    queryOptions({
      queryKey: ['key-holders', orgId],
      queryFn: () => api.keyHolders(orgId),
      staleTime: 60_000,
    }),
  desk: () => queryOptions({ queryKey: ['desk'], queryFn: api.desk }),
  ledger: () => queryOptions({ queryKey: ['ledger'], queryFn: api.ledger }),
  requests: (box: 'in' | 'out' | 'all') =>
    queryOptions({ queryKey: ['requests', box], queryFn: () => api.requests(box) }),
  request: (id: string) => queryOptions({ queryKey: ['request', id], queryFn: () => api.request(id) }),
  entities: (q: string) => queryOptions({ queryKey: ['entities', q], queryFn: () => api.entities(q) }),
  orders: () => queryOptions({ queryKey: ['orders'], queryFn: api.orders }),
  order: (id: string) => queryOptions({ queryKey: ['order', id], queryFn: () => api.order(id) }),
  drafts: () => queryOptions({ queryKey: ['drafts'], queryFn: api.drafts }),
  report: (id: string) => queryOptions({ queryKey: ['report', id], queryFn: () => api.report(id) }),
  reports: () =>
    infiniteQueryOptions({
      queryKey: ['reports'],
      queryFn: ({ pageParam }) => api.reports(pageParam ? { before: pageParam } : {}),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
  markings: () =>
    queryOptions({ queryKey: ['markings'], queryFn: api.markings, staleTime: Number.POSITIVE_INFINITY }),
  marking: (id: string) => queryOptions({ queryKey: ['marking', id], queryFn: () => api.marking(id) }),
  consents: (id: string) => queryOptions({ queryKey: ['consents', id], queryFn: () => api.consents(id) }),
  myGroups: () => queryOptions({ queryKey: ['my-groups'], queryFn: api.myGroups, staleTime: 60_000 }),
  shares: (box: 'in' | 'out', item?: string) =>
    queryOptions({ queryKey: ['shares', box, item ?? ''], queryFn: () => api.shares(box, item) }),
  /** Looking is recorded when the item is another organisation's: not asked again while it is fresh. */
  share: (id: string) => queryOptions({ queryKey: ['share', id], queryFn: () => api.share(id) }),
  glasses: () => queryOptions({ queryKey: ['glasses'], queryFn: api.glasses }),
  approvals: () => queryOptions({ queryKey: ['approvals'], queryFn: api.approvals }),
  auditLog: () => queryOptions({ queryKey: ['audit', 'log'], queryFn: () => api.auditLog() }),
  keys: () => queryOptions({ queryKey: ['keys'], queryFn: api.keys }),
  recovery: () => queryOptions({ queryKey: ['recovery'], queryFn: api.recovery }),
  audit: (object?: string) =>
    infiniteQueryOptions({
      queryKey: ['audit', object ?? ''],
      queryFn: ({ pageParam }) =>
        api.audit({ ...(pageParam ? { before: pageParam } : {}), ...(object ? { object } : {}) }),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
} as const

/**
 * What an act answered is what is shown from now on. A question that was under way when the act was done may have been answered
 * from before it, and would come later: it is given up. The act's own answer may be the older one, too, when somebody else acted
 * next, or when it had to be asked for twice: what was asked or answered since the act began is asked again.
 */
export async function showAnswer<K extends QueryKey>(
  queryKey: K,
  answer: InferDataFromTag<unknown, K>,
): Promise<void> {
  const before = queryClient.getQueryState(queryKey)
  const began = askedAt(answer)
  await queryClient.cancelQueries({ queryKey, exact: true })
  queryClient.setQueryData(queryKey, answer)
  if (before?.fetchStatus === 'fetching' || (before?.dataUpdatedAt ?? 0) >= began)
    void queryClient.invalidateQueries({ queryKey, exact: true })
}

export type LiveTopic = 'request' | 'report' | 'share' | 'approval' | 'network' | 'group' | 'meeting' | 'keys'

/** What to look at again when the server says that something about this object changed. */
export function lookAgain(topic: LiveTopic, id: string): Promise<unknown> {
  const keys: Record<LiveTopic, string[][]> = {
    request: [
      ...[['request', id], ['requests'], ['desk'], ['orders'], ['order'], ['ledger']],
      ...[['reports'], ['report'], ['entities'], ['marking']],
    ],
    report: [['report', id], ['reports'], ['desk'], ['marking', id]],
    // a share may be of a report or a request, and may just have closed
    share: [['share', id], ['shares'], ['glasses'], ['consents'], ['requests'], ['request']],
    approval: [['approvals']],
    // who is removed leaves keys to renew: of groups, and shares of one's own
    network: [
      ...[['network'], ['proposals'], ['removals'], ['vouches'], ['providers'], ['ways-in']],
      ...[['groups'], ['recovery']],
    ],
    group: [['groups'], ['my-groups']],
    meeting: [['meetings']],
    keys: [['keys'], ['recovery'], ['key-holders']],
  }
  return Promise.all(
    [...keys[topic], ['audit']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  )
}
