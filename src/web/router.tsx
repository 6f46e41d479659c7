import {
  type AsyncRouteComponent,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  useParams,
} from '@tanstack/react-router'
import { HouseError } from '../core/errors.ts'
import { NetworkPlace } from '../members/network-place.tsx'
import { arrivedWith } from './arrival.ts'
import { NotFound, PageError } from './not-found.tsx'
import { pages } from './pages.tsx'
import { queries, queryClient } from './queries.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: pages.signIn,
})
const invite = createRoute({ getParentRoute: () => root, path: '/invite', component: pages.invite })

/** Where an organisation's identity provider sends browsers back to. */
const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-in/$id',
  component: function SignedIn() {
    const { id } = useParams({ strict: false }) as { id: string }
    return <pages.signedIn id={id} query={arrivedWith} />
  },
})

/** Everything behind the sign-in: inside the frame, with somebody known to be there. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(queries.me())
    } catch (error) {
      if (!(error instanceof HouseError) || error.code !== 'unauthenticated') throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
    }
  },
  component: Shell,
  errorComponent: PageError,
})

type IdPath =
  | '/reports/$id'
  | '/shares/$id'
  | '/requests/$id'
  | '/orders/$id'
  | '/network/orgs/$id'
  | '/network/admission/$id'
  | '/network/groups/$id'
  | '/network/meetings/$id'

/** A page of one object is rendered anew for another one: nothing of the first stays in it. */
function ofId(Page: AsyncRouteComponent<{ readonly id: string }>, from: IdPath) {
  const WithId = () => {
    const { id } = useParams({ strict: false }) as { id: string }
    return <Page key={`${from} ${id}`} id={id} />
  }
  return Object.assign(WithId, Page.preload ? { preload: Page.preload } : {})
}

const at = { getParentRoute: () => inside }
const desk = createRoute({ ...at, path: '/', component: pages.desk })
const reports = createRoute({ ...at, path: '/reports', component: pages.reports })
const newReport = createRoute({
  ...at,
  path: '/reports/new',
  validateSearch: (search: Record<string, unknown>): { draft?: string } =>
    typeof search.draft === 'string' ? { draft: search.draft } : {},
  component: pages.newReport,
})
const report = createRoute({ ...at, path: '/reports/$id', component: ofId(pages.report, '/reports/$id') })
const request = createRoute({ ...at, path: '/requests/$id', component: ofId(pages.request, '/requests/$id') })
const order = createRoute({ ...at, path: '/orders/$id', component: ofId(pages.order, '/orders/$id') })
const shared = createRoute({ ...at, path: '/shared', component: pages.shared })
const share = createRoute({ ...at, path: '/shares/$id', component: ofId(pages.share, '/shares/$id') })

/** The network is a place with pages of its own: who is in it, who comes in, groups, meetings. */
const place = createRoute({ ...at, id: 'network-place', component: NetworkPlace })
const of = { getParentRoute: () => place }
const network = place.addChildren([
  createRoute({ ...of, path: '/network', component: pages.network }),
  createRoute({ ...of, path: '/network/orgs/$id', component: ofId(pages.org, '/network/orgs/$id') }),
  createRoute({ ...of, path: '/network/admission', component: pages.admission }),
  createRoute({
    ...of,
    path: '/network/admission/new',
    validateSearch: (search: Record<string, unknown>): { org?: string } =>
      typeof search.org === 'string' ? { org: search.org } : {},
    component: pages.propose,
  }),
  createRoute({
    ...of,
    path: '/network/admission/$id',
    component: ofId(pages.proposal, '/network/admission/$id'),
  }),
  createRoute({ ...of, path: '/network/groups', component: pages.groups }),
  createRoute({ ...of, path: '/network/groups/seat', component: pages.seat }),
  createRoute({ ...of, path: '/network/groups/$id', component: ofId(pages.group, '/network/groups/$id') }),
  createRoute({
    ...of,
    path: '/network/meetings',
    validateSearch: (search: Record<string, unknown>): { group?: string; after?: string } => ({
      ...(typeof search.group === 'string' ? { group: search.group } : {}),
      ...(typeof search.after === 'string' ? { after: search.after } : {}),
    }),
    component: pages.meetings,
  }),
  createRoute({
    ...of,
    path: '/network/meetings/$id',
    component: ofId(pages.meeting, '/network/meetings/$id'),
  }),
  createRoute({ ...of, path: '/network/vouches', component: pages.vouches }),
])
const ledger = createRoute({ ...at, path: '/ledger', component: pages.ledger })
const screen = createRoute({ ...at, path: '/screen', component: pages.screen })
const trace = createRoute({ ...at, path: '/trace', component: pages.trace })
const know = createRoute({ ...at, path: '/know', component: pages.know })
const sessions = createRoute({ ...at, path: '/sessions', component: pages.sessions })
const audit = createRoute({
  ...at,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): { object?: string } =>
    typeof search.object === 'string' ? { object: search.object } : {},
  component: pages.audit,
})

const keys = createRoute({ ...at, path: '/keys', component: pages.keys })
const newKey = createRoute({ ...at, path: '/keys/new', component: pages.newKey })
const recovery = createRoute({ ...at, path: '/keys/recovery', component: pages.recovery })

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    invite,
    signedIn,
    inside.addChildren([
      shared,
      share,
      desk,
      reports,
      newReport,
      report,
      request,
      order,
      network,
      ledger,
      screen,
      trace,
      know,
      audit,
      keys,
      newKey,
      recovery,
      sessions,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
