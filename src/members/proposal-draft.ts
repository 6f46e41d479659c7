import type { z } from 'zod'
import type { OrgKind, PowerKind } from '../core/power.ts'
import type { Role } from '../core/role.ts'
import { ProposalNew } from './admission-shapes.ts'
import { languagesFrom } from './hours-words.ts'
import type { OrgCard } from './shapes.ts'

export interface PowerDraft {
  readonly kind: PowerKind
  readonly country: string
  readonly legalBasis: string
}

/** A proposal while it is written: everything of all three kinds, so that changing the kind loses nothing. */
export interface ProposalDraft {
  readonly kind: 'org' | 'member' | 'renewal'
  readonly name: string
  readonly email: string
  readonly orgId: string
  readonly role: Exclude<Role, 'steward'>
  readonly orgKind: Exclude<OrgKind, 'network'>
  readonly country: string
  readonly timeZone: string
  readonly hours: OrgCard['hours']
  readonly languages: string
  readonly channel: string
  readonly powers: readonly PowerDraft[]
  readonly reasons: string
  readonly conflicts: string
}

/** Nothing written yet; country and zone begin as the proposer's own. */
export function emptyDraft(
  it: Pick<ProposalDraft, 'country' | 'timeZone' | 'orgId' | 'kind'>,
): ProposalDraft {
  return {
    ...it,
    name: '',
    email: '',
    role: 'caseworker',
    orgKind: 'cso',
    hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    languages: '',
    channel: '',
    powers: [],
    reasons: '',
    conflicts: '',
  }
}

/** What is sent; null while something is missing. The server checks it again, and says what is wrong in words. */
export function proposalOf(
  draft: ProposalDraft,
  { id, orgs }: { id: string; orgs: readonly Pick<OrgCard, 'id' | 'name'>[] },
): z.input<typeof ProposalNew> | null {
  const { kind, reasons, conflicts, orgId } = draft
  const common = { id, reasons, conflicts }
  const org = orgs.find((it) => it.id === orgId)
  const made =
    kind === 'renewal'
      ? { kind, ...common, orgId, name: org?.name ?? '' }
      : kind === 'member'
        ? { kind, ...common, orgId, name: draft.name, email: draft.email.trim(), card: { role: draft.role } }
        : { kind, ...common, name: draft.name, email: draft.email.trim(), card: claimOf(draft) }
  if (kind === 'org' && languagesFrom(draft.languages).unknown.length > 0) return null
  return ProposalNew.safeParse(made).success ? (made as z.input<typeof ProposalNew>) : null
}

function claimOf(draft: ProposalDraft) {
  return {
    kind: draft.orgKind,
    country: draft.country,
    timeZone: draft.timeZone,
    hours: draft.hours,
    languages: languagesFrom(draft.languages).codes,
    channel: draft.channel.trim() === '' ? null : draft.channel.trim(),
    powers: draft.powers.map((power) => ({ ...power })),
  }
}
