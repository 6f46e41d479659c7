import { POLICY } from '../access/policy.ts'
import type { FactKind } from '../core/fact.ts'
import type { Role } from '../core/role.ts'
import { count, countKind, KIND_ORDER } from './kinds.ts'
import type { Report } from './shapes.ts'

/** “2 bank accounts, 1 wallet”: what the tokens of a report stand for. One identifier may have several forms. */
export function tokenWords({ tokens }: Pick<Report, 'tokens'>): string {
  if (tokens.length === 0) return 'none'
  const kinds = Map.groupBy(tokens, ({ kind }) => kind)
  return KIND_ORDER.flatMap((kind: FactKind) => {
    const these = kinds.get(kind)
    return these ? [countKind(kind, these.length)] : []
  }).join(', ')
}

/** “1 sent to Anti-Scam Police, acknowledged”, or how many. */
export function requestWords({ requests }: Pick<Report, 'requests'>): string {
  const [first] = requests
  if (!first) return 'none sent'
  if (requests.length === 1) return `${first.status}: ${first.toOrgName}`
  const states = [...Map.groupBy(requests, ({ status }) => status)]
  return `${count(requests.length, 'request')}: ${states.map(([status, these]) => `${these.length} ${status}`).join(', ')}`
}

/** How it stands with joining the open request of somebody else. */
export function joinWords({ corroborations }: Pick<Report, 'corroborations'>): string {
  if (corroborations.length === 0) return ''
  if (corroborations.some(({ status }) => status === 'agreed')) return 'joined'
  return corroborations.every(({ status }) => status === 'declined') ? 'declined' : 'offered'
}

/** The headline of a report's page: what became of it. */
export function reportHeadline(report: Report): string {
  const { requests, ref } = report
  const words: Record<string, string> = {
    sent: 'sent, not acknowledged yet',
    acknowledged: 'taken on',
    ordered: 'and the bank has its order',
    answered: 'and the bank has answered',
    closed: 'and closed',
    declined: 'but declined',
    recalled: 'and taken back',
  }
  const last = requests.at(-1)
  if (!last) return `Report ${ref} is saved; nobody has been asked to act yet`
  const others = requests.length > 1 ? ` and ${count(requests.length - 1, 'other')}` : ''
  return `Report ${ref}: request to ${last.toOrgName}${others} ${words[last.status] ?? last.status}`
}

/** Whether somebody of this role writes and reads reports at all; the server decides in any case. */
export function mayReport(role: Role): boolean {
  const roles: readonly Role[] = POLICY['report.write']
  return roles.includes(role)
}
