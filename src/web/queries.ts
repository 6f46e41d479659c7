import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

/** One client for the page. The fetch layer repeats what may be repeated, so nothing is repeated here. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 20_000, gcTime: 10 * 60_000, retry: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** Every list and object the pages show, with the key under which live news refreshes it. */
export const queries = {
  house: () => queryOptions({ queryKey: ['house'], queryFn: api.house, staleTime: Number.POSITIVE_INFINITY }),
  me: () => queryOptions({ queryKey: ['me'], queryFn: api.me, staleTime: Number.POSITIVE_INFINITY }),
  network: () => queryOptions({ queryKey: ['network'], queryFn: api.network, staleTime: 5 * 60_000 }),
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
  audit: (object?: string) =>
    infiniteQueryOptions({
      queryKey: ['audit', object ?? ''],
      queryFn: ({ pageParam }) =>
        api.audit({ ...(pageParam ? { before: pageParam } : {}), ...(object ? { object } : {}) }),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
} as const

/** What to look at again when the server says that something about this object changed. */
export function lookAgain(topic: 'request' | 'report', id: string): Promise<unknown> {
  const keys =
    topic === 'request'
      ? [
          ...[['request', id], ['requests'], ['desk'], ['orders'], ['order'], ['ledger']],
          ...[['reports'], ['report'], ['entities']],
        ]
      : [['report', id], ['reports'], ['desk']]
  return Promise.all([...keys, ['audit']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
