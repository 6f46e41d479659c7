import { type ClientResponse, hc } from 'hono/client'
import type { z } from 'zod'
import type * as Audit from '../access/audit-shapes.ts'
import type * as Access from '../access/shapes.ts'
import type * as Freeze from '../freeze/shapes.ts'
import type * as Grants from '../grants/shapes.ts'
import type { Api } from '../house.ts'
import type * as Admission from '../members/admission-shapes.ts'
import type * as Groups from '../members/group-shapes.ts'
import type * as Meetings from '../members/meeting-shapes.ts'
import type * as Members from '../members/shapes.ts'
import type * as Providers from '../providers/shapes.ts'
import type * as Reports from '../reports/shapes.ts'
import type * as Chain from '../seal/chain.ts'
import type * as KeyShapes from '../seal/key-shapes.ts'
import type * as Seal from '../seal/shapes.ts'
import { noteAsked } from './asked-at.ts'
import { octetsOf, send, sendOctets } from './fetch.ts'

/** One client of every room's routes; each room's type stands for itself. */
type ClientOf<Rooms> = Rooms extends readonly [infer First extends Api[number], ...infer Rest]
  ? ReturnType<typeof hc<First>> & ClientOf<Rest>
  : unknown
const at: ClientOf<Api> = hc<Api[0]>('/api', { fetch: send }) as never

type Sent<S extends z.ZodType> = z.input<S>
/** The idempotency key of an act (see `useAct`); without one, each call is an act of its own. */
type Key = string | undefined

/** What a good answer holds; every other one was thrown by `send`. */
async function said<T>(asked: Promise<ClientResponse<T>>): Promise<T> {
  const began = Date.now()
  return noteAsked((await (await asked).json()) as T, began)
}

/** A request as the rooms know it; the client's own type would know its events only as JSON. */
const whole = (asked: Promise<ClientResponse<Freeze.RequestWhole>>): Promise<Freeze.RequestWhole> =>
  said(asked)

const once = (key: Key) => (key ? { headers: { 'idempotency-key': key } } : {})
const by = (id: string) => ({ param: { id } })
const onlyGiven = <T extends object>(query: T) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as T

export interface DraftPut {
  /** The version that it was written from, '' for none, and the name of this one. */
  readonly after: string
  readonly as: string
  /** Sealed records that the draft refers to; what nothing refers to is swept away after two days. */
  readonly holds: readonly string[]
}

async function putOctets<T>(path: string, octets: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<T> {
  return (await (await sendOctets(path, octets, signal)).json()) as T
}

/** Every question the pages ask, by its name. Paths, inputs and answers are checked against the server's own routes. */
export const api = {
  house: () => said(at.house.$get()),
  me: () => said(at.me.$get()),
  salt: (email: string) => said(at.signin.password.salt.$post({ json: { email } })),
  passwordSignIn: (json: Sent<typeof Access.PasswordSignIn>, key: Key) =>
    said(at.signin.password.$post({ json }, once(key))),
  passkeyOptions: () => said(at.signin.passkey.options.$post({ json: {} })),
  passkeySignIn: (json: Sent<typeof Access.PasskeySignIn>, key: Key) =>
    said(at.signin.passkey.$post({ json }, once(key))),
  providerSignInBegin: (word: string, key: Key) =>
    said(at.signin.organisation.begin.$post({ json: { word } }, once(key))),
  providerSignInReturn: (json: Sent<typeof Providers.SignInReturn>, key: Key) =>
    said(at.signin.organisation.return.$post({ json }, once(key))),
  waysIn: () => said(at['ways-in'].$get()),
  wayBegin: (providerId: string, key: Key) =>
    said(at['ways-in'].begin.$post({ json: { providerId } }, once(key))),
  wayReturn: (json: Sent<typeof Providers.Back>, key: Key) =>
    said(at['ways-in'].return.$post({ json }, once(key))),
  wayEnd: (id: string, key: Key) =>
    said(at['ways-in'][':id'].removal.$post({ ...by(id), json: {} }, once(key))),
  providers: () => said(at['identity-providers'].$get()),
  providerNew: (json: Sent<typeof Providers.ProviderNew>, key: Key) =>
    said(at['identity-providers'].$post({ json }, once(key))),
  providerConfirm: (id: string, key: Key) =>
    said(at['identity-providers'][':id'].confirmation.$post({ ...by(id), json: {} }, once(key))),
  providerSecret: (id: string, secret: string, key: Key) =>
    said(at['identity-providers'][':id'].secret.$post({ ...by(id), json: { secret } }, once(key))),
  providerEnd: (id: string, key: Key) =>
    said(at['identity-providers'][':id'].end.$post({ ...by(id), json: {} }, once(key))),
  codeApp: (json: Sent<typeof Access.CodeAppAsk>) => said(at.signin.password.code.$post({ json })),
  codeAppEnd: (key: Key) => said(at['code-app'].removal.$post({ json: {} }, once(key))),
  passwordRule: (org: string, rule: 'none' | 'with_code', key: Key) =>
    said(at.orgs[':id']['password-rule'].$post({ ...by(org), json: { rule } }, once(key))),
  proofOptions: () => said(at.signin.proof.options.$post({ json: {} })),
  passkeyProof: (json: Sent<typeof Access.PasskeyProof>, key: Key) =>
    said(at.signin.proof.passkey.$post({ json }, once(key))),
  passwordProof: (json: Sent<typeof Access.PasswordProof>, key: Key) =>
    said(at.signin.proof.password.$post({ json }, once(key))),
  passkeys: () => said(at.passkeys.$get()),
  passkeyMakeOptions: () => said(at.passkeys.options.$post({ json: {} })),
  passkeyNew: (json: Sent<typeof Access.PasskeyNew>, key: Key) =>
    said(at.passkeys.$post({ json }, once(key))),
  passkeyName: (credential: string, name: string, key: Key) =>
    said(at.passkeys[':credential'].name.$post({ param: { credential }, json: { name } }, once(key))),
  passkeyEnd: (credential: string, key: Key) =>
    said(at.passkeys[':credential'].removal.$post({ param: { credential }, json: {} }, once(key))),
  sessions: () => said(at.sessions.$get()),
  endSession: (session: string, key: Key) =>
    said(at.sessions[':session'].end.$post({ param: { session }, json: {} }, once(key))),
  signOut: () => said(at.signout.$post({ json: {} })),
  inviteLook: (token: string) => said(at.invites.look.$post({ json: { token } })),
  invitePasskeyOptions: (json: { token: string; memberId: string }) =>
    said(at.invites.passkey.options.$post({ json })),
  inviteAccept: (json: Sent<typeof Access.InviteAccept>, key: Key) =>
    said(at.invites.accept.$post({ json }, once(key))),

  network: () => said(at.network.$get()),
  keyHolders: (orgId: string) => said(at.orgs[':id']['key-holders'].$get(by(orgId))),
  rails: () => said(at.rails.$get()),
  audit: (it: { before?: string; object?: string } = {}) => said(at.audit.$get({ query: onlyGiven(it) })),

  auditLog: (size?: number) => said(at.audit.log.$get({ query: size === undefined ? {} : { size } })),
  auditExport: async () => (await send('/api/audit/export')).blob(),
  auditConsistency: (from: number, to: number) => said(at.audit.consistency.$get({ query: { from, to } })),
  witnessNew: (json: Sent<typeof Audit.WitnessNew>) => said(at.audit.witnesses.$post({ json })),
  cosign: (json: Sent<typeof Audit.CosignatureNew>) => said(at.audit.cosignatures.$post({ json })),

  keys: () => said(at.keys.$get()),
  keyRoot: (json: Sent<typeof KeyShapes.RootNew>, key: Key) => said(at.keys.root.$post({ json }, once(key))),
  keyAsk: (json: Sent<typeof KeyShapes.AuthorityAsk>, key: Key) =>
    said(at.keys.asks.$post({ json }, once(key))),
  keyStatement: (json: Sent<typeof Chain.SignedStatement>, key: Key) =>
    said(at.keys.statements.$post({ json }, once(key))),
  keySecret: (json: Sent<typeof KeyShapes.SecretNew>, key: Key) =>
    said(at.keys.secrets.$post({ json }, once(key))),

  keyWraps: (after?: string) => said(at.keys.wraps.$get({ query: onlyGiven({ after }) })),
  keyRewraps: (json: Sent<typeof KeyShapes.Rewraps>) => said(at.keys.rewraps.$post({ json })),
  keyRotation: (json: Sent<typeof KeyShapes.Rotation>, key: Key) =>
    said(at.keys.rotation.$post({ json }, once(key))),
  recovery: () => said(at.recovery.$get()),
  officerFound: (email: string) => said(at.recovery.officers.$post({ json: { email } })),
  recoverySet: (json: Sent<typeof KeyShapes.RecoverySet>, key: Key) =>
    said(at.recovery.shares.$post({ json }, once(key))),
  recoveryAsk: (id: string, key: Key) => said(at.recovery.asks.$post({ json: { id } }, once(key))),
  recoveryEnd: (key: Key) => said(at.recovery.asks.end.$post({ json: {} }, once(key))),
  recoveryHelp: (id: string, wrapped: string, key: Key) =>
    said(at.recovery.asks[':id'].help.$post({ ...by(id), json: { wrapped } }, once(key))),
  reentry: (memberId: string, key: Key) =>
    said(at.recovery.reentries.$post({ json: { memberId } }, once(key))),

  cardChange: (json: Sent<typeof Members.CardChange>, key: Key) => said(at.card.$post({ json }, once(key))),
  powerNew: (json: Sent<typeof Members.PowerNew>, key: Key) => said(at.powers.$post({ json }, once(key))),
  powerEnd: (id: string, until: string, key: Key) =>
    said(at.powers[':id'].end.$post({ ...by(id), json: { until } }, once(key))),
  proposals: () => said(at.proposals.$get()),
  propose: (json: Sent<typeof Admission.ProposalNew>, key: Key) =>
    said(at.proposals.$post({ json }, once(key))),
  ruleChange: (json: Sent<typeof Admission.Rule>, key: Key) =>
    said(at['network-rule'].$post({ json }, once(key))),
  proposalRead: (id: string, json: Sent<typeof Admission.ReadNew>, key: Key) =>
    said(at.proposals[':id'].reading.$post({ ...by(id), json }, once(key))),
  proposalObject: (id: string, json: Sent<typeof Admission.ObjectionNew>, key: Key) =>
    said(at.proposals[':id'].objections.$post({ ...by(id), json }, once(key))),
  objections: (id: string) => said(at.proposals[':id'].objections.$get(by(id))),
  objectionSettle: (id: string, objection: string, words: string, key: Key) =>
    said(
      at.proposals[':id'].objections[':objection'].settlement.$post(
        { param: { id, objection }, json: { words } },
        once(key),
      ),
    ),
  proposalDecide: (id: string, json: Sent<typeof Admission.ProposalDecision>, key: Key) =>
    said(at.proposals[':id'].decision.$post({ ...by(id), json }, once(key))),
  proposalInvite: (id: string, key: Key) =>
    said(at.proposals[':id'].invitations.$post({ ...by(id), json: {} }, once(key))),
  proposalTurn: (id: string, turn: 'withdraw' | 'resume', key: Key) =>
    said(at.proposals[':id'].turn.$post({ ...by(id), json: { turn } }, once(key))),
  vouches: () => said(at.vouches.$get()),
  linkPeople: (json: Sent<typeof Admission.PersonLink>, key: Key) =>
    said(at['person-links'].$post({ json }, once(key))),
  suspend: (json: Sent<typeof Admission.SuspensionNew>, key: Key) =>
    said(at.suspensions.$post({ json }, once(key))),
  removals: () => said(at.removals.$get()),
  removalAsk: (json: Sent<typeof Admission.RemovalNew>, key: Key) =>
    said(at.removals.$post({ json }, once(key))),
  removalConfirm: (id: string, key: Key) =>
    said(at.removals[':id'].confirmation.$post({ ...by(id), json: {} }, once(key))),
  removalWithdraw: (id: string, key: Key) =>
    said(at.removals[':id'].withdrawal.$post({ ...by(id), json: {} }, once(key))),

  groups: () => said(at.groups.$get()),
  group: (id: string) => said(at.groups[':id'].$get(by(id))),
  groupNew: (json: Sent<typeof Groups.GroupNew>, key: Key) => said(at.groups.$post({ json }, once(key))),
  groupChange: (id: string, json: Sent<typeof Groups.GroupChange>, key: Key) =>
    said(at.groups[':id'].$post({ ...by(id), json }, once(key))),
  seatOffer: (id: string, json: Sent<typeof Groups.SeatOfferNew>, key: Key) =>
    said(at.groups[':id'].offers.$post({ ...by(id), json }, once(key))),
  seatLook: (token: string, key: Key) => said(at.seats.look.$post({ json: { token } }, once(key))),
  seatTake: (token: string, key: Key) => said(at.seats.$post({ json: { token } }, once(key))),
  seatEnd: (id: string, memberId: string, key: Key) =>
    said(at.groups[':id']['seat-ends'].$post({ ...by(id), json: { memberId } }, once(key))),
  groupHolders: (id: string) => said(at.groups[':id'].holders.$get(by(id))),
  groupKeyNew: (id: string, json: Sent<typeof Groups.GroupKeyNew>, key: Key) =>
    said(at.groups[':id'].keys.$post({ ...by(id), json }, once(key))),
  seatKeys: (id: string, json: Sent<typeof Groups.SeatKeysNew>, key: Key) =>
    said(at.groups[':id']['seat-keys'].$post({ ...by(id), json }, once(key))),

  meetings: () => said(at.meetings.$get()),
  meeting: (id: string) => said(at.meetings[':id'].$get(by(id))),
  meetingNew: (json: Sent<typeof Meetings.MeetingNew>, key: Key) =>
    said(at.meetings.$post({ json }, once(key))),
  meetingChange: (id: string, json: Sent<typeof Meetings.MeetingChange>, key: Key) =>
    said(at.meetings[':id'].$post({ ...by(id), json }, once(key))),
  meetingAnswer: (id: string, answer: 'yes' | 'no' | 'maybe', key: Key) =>
    said(at.meetings[':id'].answers.$post({ ...by(id), json: { answer } }, once(key))),
  attendance: (id: string, json: Sent<typeof Meetings.AttendanceNew>, key: Key) =>
    said(at.meetings[':id'].attendance.$post({ ...by(id), json }, once(key))),
  minutes: (id: string, json: Sent<typeof Meetings.MinutesNew>, key: Key) =>
    said(at.meetings[':id'].minutes.$post({ ...by(id), json }, once(key))),
  itemNew: (id: string, json: Sent<typeof Meetings.ActionItemNew>, key: Key) =>
    said(at.meetings[':id'].items.$post({ ...by(id), json }, once(key))),
  itemDone: (id: string, item: string, done: boolean, key: Key) =>
    said(at.meetings[':id'].items[':item'].$post({ param: { id, item }, json: { done } }, once(key))),

  sealedNew: (json: Sent<typeof Seal.SealedNew>, key: Key) => said(at.sealed.$post({ json }, once(key))),
  sealedPut: (id: string, octets: Uint8Array<ArrayBuffer>, signal?: AbortSignal) =>
    putOctets<z.infer<typeof Seal.SealedInfo>>(`/api/sealed/${id}/content`, octets, signal),
  sealedGet: (id: string, signal?: AbortSignal) => octetsOf(`/api/sealed/${id}/content`, signal),
  /** Recorded in the audit log: call it when the person asked to open, never before. */
  sealedOpen: (id: string, key: Key) => said(at.sealed[':id'].openings.$post(by(id), once(key))),
  sealedRemove: (id: string) => said(at.sealed[':id'].$delete(by(id))),
  sealedShare: (id: string, json: Sent<typeof Seal.WrapsNew>, key: Key) =>
    said(at.sealed[':id'].wraps.$post({ ...by(id), json }, once(key))),

  drafts: () => said(at.drafts.$get()),
  draftGet: (id: string) => octetsOf(`/api/drafts/${id}/content`),
  draftPut: (id: string, octets: Uint8Array<ArrayBuffer>, { after, as, holds }: DraftPut) =>
    putOctets<z.infer<typeof Seal.DraftInfo>>(
      `/api/drafts/${id}/content?after=${after}&as=${as}&holds=${holds.join(',')}`,
      octets,
    ),
  draftDelete: (id: string) => said(at.drafts[':id'].$delete(by(id))),

  reportNew: (json: Sent<typeof Reports.ReportNew>, key: Key) => said(at.reports.$post({ json }, once(key))),
  reports: (it: { before?: string; limit?: number } = {}) => said(at.reports.$get({ query: onlyGiven(it) })),
  report: (id: string) => said(at.reports[':id'].$get(by(id))),
  evaluate: (blinded: string[]) => said(at.match.evaluations.$post({ json: { blinded } })),
  known: (tokens: string[]) => said(at.match.known.$post({ json: { tokens } })),
  corroborate: (json: Sent<typeof Reports.CorroborationNew>, key: Key) =>
    said(at.corroborations.$post({ json }, once(key))),
  decideOffer: (id: string, json: Sent<typeof Reports.Decision>, key: Key) =>
    said(at['corroboration-offers'][':id'].decision.$post({ ...by(id), json }, once(key))),

  markings: () => said(at.markings.$get()),
  marking: (id: string) => said(at.reports[':id'].marking.$get(by(id))),
  mark: (id: string, json: Sent<typeof Grants.MarkingNew>, key: Key) =>
    said(at.reports[':id'].marking.$post({ ...by(id), json }, once(key))),
  myGroups: () => said(at.recipients.groups.$get()),
  groupKeyHolders: (id: string) => said(at.recipients.groups[':id']['key-holders'].$get(by(id))),
  groupSealing: (id: string) => said(at.recipients.groups[':id'].key.$get(by(id))),
  personFound: (email: string) => said(at.recipients.person.$post({ json: { email } })),
  shares: (box: 'in' | 'out', item?: string) =>
    said(at.shares.$get({ query: { box, ...(item ? { item } : {}) } })),
  /** Recorded in the audit log when the item is another organisation's. */
  share: (id: string) => said(at.shares[':id'].$get(by(id))),
  shareNew: (json: Sent<typeof Grants.ShareNew>, key: Key) => said(at.shares.$post({ json }, once(key))),
  shareRecall: (id: string, note: string, key: Key) =>
    said(at.shares[':id'].recall.$post({ ...by(id), json: { note } }, once(key))),
  sharePeople: (id: string) => said(at.shares[':id'].people.$get(by(id))),
  shareCorrect: (id: string, json: Sent<typeof Grants.Correction>, key: Key) =>
    said(at.shares[':id'].correction.$post({ ...by(id), json }, once(key))),
  glassNew: (id: string, json: Sent<typeof Grants.GlassNew>, key: Key) =>
    said(at.shares[':id'].glass.$post({ ...by(id), json }, once(key))),
  glasses: () => said(at.glass.$get()),
  glassReview: (id: string, json: Sent<typeof Grants.Review>, key: Key) =>
    said(at.glass[':id'].review.$post({ ...by(id), json }, once(key))),
  consents: (reportId: string) => said(at.reports[':id'].consents.$get(by(reportId))),
  consentNew: (reportId: string, json: Sent<typeof Grants.ConsentNew>, key: Key) =>
    said(at.reports[':id'].consents.$post({ ...by(reportId), json }, once(key))),
  consentWithdraw: (id: string, key: Key) => said(at.consents[':id'].withdrawal.$post(by(id), once(key))),
  consentNarrow: (id: string, expiresAt: string, key: Key) =>
    said(at.consents[':id'].narrowing.$post({ ...by(id), json: { expiresAt } }, once(key))),
  approvals: () => said(at.approvals.$get()),
  approvalNew: (json: Sent<typeof Grants.ApprovalNew>, key: Key) =>
    said(at.approvals.$post({ json }, once(key))),
  approvalDecide: (id: string, json: Sent<typeof Grants.ApprovalDecision>, key: Key) =>
    said(at.approvals[':id'].decision.$post({ ...by(id), json }, once(key))),

  desk: () => said(at.desk.$get()),
  ledger: () => said(at.ledger.$get()),
  booksRule: () => said(at['books-rule'].$get()),
  booksRuleChange: (rule: 'asked' | 'here', key: Key) =>
    said(at['books-rule'].$post({ json: { rule } }, once(key))),
  requests: (box: 'in' | 'out' | 'all', state: 'open' | 'any' = 'any') =>
    said(at.requests.$get({ query: { box, state } })),
  request: (id: string) => whole(at.requests[':id'].$get(by(id))),
  requestNew: (json: Sent<typeof Freeze.FreezeNew>, key: Key) =>
    whole(at.requests.$post({ json }, once(key))),
  acknowledge: (id: string, key: Key) => whole(at.requests[':id'].acknowledgement.$post(by(id), once(key))),
  orderNew: (id: string, json: Sent<typeof Freeze.OrderNew>, key: Key) =>
    whole(at.requests[':id'].orders.$post({ ...by(id), json }, once(key))),
  moveNew: (id: string, json: Sent<typeof Freeze.MoveNew>, key: Key) =>
    whole(at.requests[':id'].moves.$post({ ...by(id), json }, once(key))),
  /** `recall` takes the request back; `refusal`, `closing` and `recall` end it. */
  say: (id: string, act: 'messages' | 'thanks' | 'closing' | 'refusal' | 'recall', text: string, key: Key) =>
    whole(at.requests[':id'][act].$post({ ...by(id), json: { text } }, once(key))),
  /** What stands in requests that the asker may see. The words go to the server as they are. */
  entities: (q: string) => said(at.entities.$get({ query: { q } })),
  orders: () => said(at.orders.$get()),
  order: (id: string) => said(at.orders[':id'].$get(by(id))),
  answerOrder: (id: string, json: Sent<typeof Freeze.OrderAnswer>, key: Key) =>
    said(at.orders[':id'].answer.$post({ ...by(id), json }, once(key))),
} as const
