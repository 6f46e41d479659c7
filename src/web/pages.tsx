import { type AsyncRouteComponent, lazyRouteComponent } from '@tanstack/react-router'

/** A page that arrives when it is first opened, or earlier, when the pointer rests on a link to it. */
type Page<Props = unknown> = AsyncRouteComponent<Props>

interface OfId {
  readonly id: string
}

/** Every page by its place in the house. Those of one object get its id. */
export const pages: {
  readonly desk: Page
  readonly reports: Page
  readonly newReport: Page
  readonly report: Page<OfId>
  readonly request: Page<OfId>
  readonly order: Page<OfId>
  readonly shared: Page
  readonly share: Page<OfId>
  readonly network: Page
  readonly org: Page<OfId>
  readonly admission: Page
  readonly propose: Page
  readonly proposal: Page<OfId>
  readonly groups: Page
  readonly group: Page<OfId>
  readonly seat: Page
  readonly meetings: Page
  readonly meeting: Page<OfId>
  readonly vouches: Page
  readonly ledger: Page
  readonly screen: Page
  readonly trace: Page
  readonly know: Page
  readonly audit: Page
  readonly keys: Page
  readonly newKey: Page
  readonly recovery: Page
  readonly sessions: Page
  readonly signIn: Page
  readonly invite: Page
  readonly signedIn: Page<OfId & { readonly query: string }>
} = {
  desk: lazyRouteComponent(() => import('../freeze/desk-page.tsx'), 'DeskPage'),
  reports: lazyRouteComponent(() => import('../reports/list-page.tsx'), 'ReportListPage'),
  newReport: lazyRouteComponent(() => import('../reports/new-page.tsx'), 'NewReportPage'),
  report: lazyRouteComponent(() => import('../reports/page.tsx'), 'ReportPage'),
  request: lazyRouteComponent(() => import('../requests/page.tsx'), 'RequestPage'),
  order: lazyRouteComponent(() => import('../freeze/order-page.tsx'), 'OrderPage'),
  shared: lazyRouteComponent(() => import('../grants/shared-page.tsx'), 'SharedPage'),
  share: lazyRouteComponent(() => import('../grants/share-page.tsx'), 'SharePage'),
  network: lazyRouteComponent(() => import('../members/network-page.tsx'), 'NetworkPage'),
  org: lazyRouteComponent(() => import('../members/org-page.tsx'), 'OrgPage'),
  admission: lazyRouteComponent(() => import('../members/admission-page.tsx'), 'AdmissionPage'),
  propose: lazyRouteComponent(() => import('../members/propose-page.tsx'), 'ProposePage'),
  proposal: lazyRouteComponent(() => import('../members/proposal-page.tsx'), 'ProposalPage'),
  groups: lazyRouteComponent(() => import('../members/groups-page.tsx'), 'GroupsPage'),
  group: lazyRouteComponent(() => import('../members/group-page.tsx'), 'GroupPage'),
  seat: lazyRouteComponent(() => import('../members/seat-page.tsx'), 'SeatPage'),
  meetings: lazyRouteComponent(() => import('../members/meetings-page.tsx'), 'MeetingsPage'),
  meeting: lazyRouteComponent(() => import('../members/meeting-page.tsx'), 'MeetingPage'),
  vouches: lazyRouteComponent(() => import('../members/vouches-page.tsx'), 'VouchesPage'),
  ledger: lazyRouteComponent(() => import('../freeze/ledger-page.tsx'), 'LedgerPage'),
  screen: lazyRouteComponent(() => import('../ledger/screen-page.tsx'), 'ScreenPage'),
  trace: lazyRouteComponent(() => import('../trace/page.tsx'), 'TracePage'),
  know: lazyRouteComponent(() => import('../match/check-page.tsx'), 'CheckPage'),
  audit: lazyRouteComponent(() => import('../access/audit-page.tsx'), 'AuditPage'),
  keys: lazyRouteComponent(() => import('../seal/keys-page.tsx'), 'KeysPage'),
  newKey: lazyRouteComponent(() => import('../seal/new-key-page.tsx'), 'NewKeyPage'),
  recovery: lazyRouteComponent(() => import('../seal/recovery-page.tsx'), 'RecoveryPage'),
  sessions: lazyRouteComponent(() => import('../access/sessions-page.tsx'), 'SessionsPage'),
  signIn: lazyRouteComponent(() => import('../access/sign-in-page.tsx'), 'SignInPage'),
  signedIn: lazyRouteComponent(() => import('../providers/return-page.tsx'), 'ReturnPage'),
  invite: lazyRouteComponent(() => import('../access/invite-page.tsx'), 'InvitePage'),
}
