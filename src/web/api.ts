import type { z } from 'zod'
import type { AuditPage } from '../access/audit-shapes.ts'
import type * as Access from '../access/shapes.ts'
import type { Done } from '../core/shapes.ts'
import type { Rail } from '../freeze/rail.ts'
import type * as Freeze from '../freeze/shapes.ts'
import type * as Members from '../members/shapes.ts'
import type * as Reports from '../reports/shapes.ts'
import type * as Seal from '../seal/shapes.ts'
import { ask, askOctets } from './fetch.ts'

type Is<S extends z.ZodType> = z.infer<S>
type Sent<S extends z.ZodType> = z.input<S>
/** The idempotency key of an act (see `useAct`); without one, each call is an act of its own. */
type Key = string | undefined

const get = <S extends z.ZodType>(path: string) => ask<Is<S>>('GET', path)
const post = <S extends z.ZodType>(path: string, body: unknown, key?: Key) =>
  ask<Is<S>>('POST', path, key ? { body, key } : { body })
const at = (path: string, query: Record<string, string | number | undefined>) => {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string | number] => pair[1] !== undefined,
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`
}

type Whole = typeof Freeze.RequestWhole
type Order = typeof Freeze.HoldOrder

/** Every question the pages ask, by its name. Shapes are the server's own. */
export const api = {
  house: () => get<typeof Access.HouseInfo>('/api/house'),
  me: () => get<typeof Access.Me>('/api/me'),
  salt: (email: string) => post<typeof Access.Salt>('/api/signin/password/salt', { email }),
  passwordSignIn: (it: Sent<typeof Access.PasswordSignIn>, key: Key) =>
    post<typeof Access.Me>('/api/signin/password', it, key),
  passkeyOptions: () => post<typeof Access.PasskeyOptions>('/api/signin/passkey/options', {}),
  passkeySignIn: (it: Sent<typeof Access.PasskeySignIn>, key: Key) =>
    post<typeof Access.Me>('/api/signin/passkey', it, key),
  signOut: () => post<typeof Done>('/api/signout', {}),
  inviteLook: (token: string) => post<typeof Access.InviteInfo>('/api/invites/look', { token }),
  invitePasskeyOptions: (it: { token: string; memberId: string }) =>
    post<typeof Access.PasskeyOptions>('/api/invites/passkey/options', it),
  inviteAccept: (it: Sent<typeof Access.InviteAccept>, key: Key) =>
    post<typeof Access.Me>('/api/invites/accept', it, key),

  network: () => get<typeof Members.Network>('/api/network'),
  keyHolders: (orgId: string) => get<typeof Members.KeyHolders>(`/api/orgs/${orgId}/key-holders`),
  rails: () => ask<{ rails: Rail[] }>('GET', '/api/rails'),
  audit: (it: { before?: string; object?: string } = {}) => get<typeof AuditPage>(at('/api/audit', it)),

  sealedNew: (it: Sent<typeof Seal.SealedNew>, key: Key) =>
    post<typeof Seal.SealedInfo>('/api/sealed', it, key),
  sealedPut: (id: string, octets: Uint8Array<ArrayBuffer>, signal?: AbortSignal) =>
    ask<Is<typeof Seal.SealedInfo>>(
      'PUT',
      `/api/sealed/${id}/content`,
      signal ? { octets, signal } : { octets },
    ),
  sealedGet: (id: string, signal?: AbortSignal) => askOctets(`/api/sealed/${id}/content`, signal),
  /** Recorded in the audit log: call it when the person asked to open, never before. */
  sealedOpen: (id: string, key: Key) => post<typeof Seal.Opening>(`/api/sealed/${id}/openings`, {}, key),
  sealedShare: (id: string, it: Sent<typeof Seal.WrapsNew>, key: Key) =>
    post<typeof Done>(`/api/sealed/${id}/wraps`, it, key),

  drafts: () => get<typeof Seal.DraftList>('/api/drafts'),
  draftGet: (id: string) => askOctets(`/api/drafts/${id}/content`),
  draftPut: (id: string, octets: Uint8Array<ArrayBuffer>) =>
    ask<Is<typeof Seal.DraftInfo>>('PUT', `/api/drafts/${id}/content`, { octets }),
  draftDelete: (id: string) => ask<Is<typeof Done>>('DELETE', `/api/drafts/${id}`),

  reportNew: (it: Sent<typeof Reports.ReportNew>, key: Key) =>
    post<typeof Reports.Report>('/api/reports', it, key),
  reports: (it: { before?: string; limit?: number } = {}) =>
    get<typeof Reports.ReportList>(at('/api/reports', it)),
  report: (id: string) => get<typeof Reports.Report>(`/api/reports/${id}`),
  evaluate: (blinded: string[]) => post<typeof Reports.Evaluated>('/api/match/evaluations', { blinded }),
  known: (tokens: string[]) => post<typeof Reports.Known>('/api/match/known', { tokens }),
  corroborate: (it: Sent<typeof Reports.CorroborationNew>, key: Key) =>
    post<typeof Reports.Asked>('/api/corroborations', it, key),
  decideOffer: (id: string, it: Sent<typeof Reports.Decision>, key: Key) =>
    post<typeof Reports.Decided>(`/api/corroboration-offers/${id}/decision`, it, key),

  desk: () => get<typeof Freeze.Desk>('/api/desk'),
  ledger: () => get<typeof Freeze.Ledger>('/api/ledger'),
  requests: (box: 'in' | 'out' | 'all') => get<typeof Freeze.RequestList>(at('/api/requests', { box })),
  request: (id: string) => get<Whole>(`/api/requests/${id}`),
  requestNew: (it: Sent<typeof Freeze.FreezeNew>, key: Key) => post<Whole>('/api/requests', it, key),
  acknowledge: (id: string, key: Key) => post<Whole>(`/api/requests/${id}/acknowledgement`, {}, key),
  orderNew: (id: string, it: Sent<typeof Freeze.OrderNew>, key: Key) =>
    post<Whole>(`/api/requests/${id}/orders`, it, key),
  moveNew: (id: string, it: Sent<typeof Freeze.MoveNew>, key: Key) =>
    post<Whole>(`/api/requests/${id}/moves`, it, key),
  /** `recall` takes the request back; `refusal`, `closing` and `recall` end it. */
  say: (id: string, act: 'messages' | 'thanks' | 'closing' | 'refusal' | 'recall', text: string, key: Key) =>
    post<Whole>(`/api/requests/${id}/${act}`, { text }, key),
  orders: () => get<typeof Freeze.OrderList>('/api/orders'),
  order: (id: string) => get<Order>(`/api/orders/${id}`),
  answerOrder: (id: string, it: Sent<typeof Freeze.OrderAnswer>, key: Key) =>
    post<Order>(`/api/orders/${id}/answer`, it, key),
} as const
