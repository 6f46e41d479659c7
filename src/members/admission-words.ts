import { ORG_KINDS, type OrgKind } from '../core/power.ts'
import { ROLE_NAMES, ROLES, type Role } from '../core/role.ts'
import { lengthWords } from '../web/parts/duration.ts'
import { ORG_KIND_WORDS } from '../web/parts/words.ts'
import type { Proposal, ProposalAct } from './admission-shapes.ts'

export interface AdmissionGroup {
  readonly title: string
  readonly proposals: readonly Proposal[]
}

/** What moves a proposal on, and so waits for whoever may do it; objecting and refusing never wait. */
const MOVES: readonly ProposalAct[] = ['read', 'settle', 'admit', 'resume']

export function waitsForMe({ may }: Pick<Proposal, 'may'>): boolean {
  return may.some((act) => MOVES.includes(act))
}

/** What waits for me first, then what is open to objection, then the rest that is not over, then what was decided. */
export function groupProposals(all: readonly Proposal[], now: number): AdmissionGroup[] {
  const waits = all.filter(waitsForMe)
  const rest = all.filter((it) => !waits.includes(it))
  const open = rest.filter(
    (it) => it.state === 'open' && it.windowEnds !== null && Date.parse(it.windowEnds) > now,
  )
  const underWay = rest.filter(
    (it) => !open.includes(it) && ['proposed', 'open', 'paused'].includes(it.state),
  )
  const over = rest.filter((it) => ['admitted', 'refused', 'withdrawn'].includes(it.state))
  return [
    { title: 'Waits for you', proposals: waits },
    { title: 'Open to objection', proposals: byWindow(open) },
    { title: 'Waits for others', proposals: underWay },
    { title: 'Decided in the last 90 days', proposals: over },
  ].filter(({ proposals }) => proposals.length > 0)
}

function byWindow(all: readonly Proposal[]): Proposal[] {
  return [...all].sort((a, b) => (a.windowEnds ?? '').localeCompare(b.windowEnds ?? ''))
}

/** Where a proposal stands, in one sentence without a full stop. */
export function stateWords(it: Proposal, now: number): string {
  if (it.state === 'proposed') return 'waits for a second reader'
  if (it.state === 'paused') return 'paused'
  if (it.state !== 'open') return it.state
  const left = Date.parse(it.windowEnds ?? '') - now
  if (left > 0) return `open to objection for ${lengthWords(left)} more`
  if ((it.objections ?? 0) > 0) return 'an objection waits to be settled'
  return 'waits for the steward’s decision'
}

/** What is asked for: “Lotus Bridge, a civil society organisation, to join”. */
export function askedWords(it: Proposal, orgName: string | undefined): string {
  if (it.kind === 'renewal') return 'that its membership goes on'
  if (it.kind === 'member')
    return `to join ${orgName ?? 'its organisation'} as ${roleOf(it.card) ?? 'a member'}`
  const kind = kindOf(it.card)
  return `${kind ? `${ORG_KIND_WORDS[kind]}, ` : ''}to join the network`
}

function kindOf(card: Proposal['card']): OrgKind | undefined {
  return ORG_KINDS.find((kind) => kind === card.kind)
}

function roleOf(card: Proposal['card']): string | undefined {
  const role = ROLES.find((it): it is Role => it === card.role)
  return role && ROLE_NAMES[role]
}

/** The headline of the page. */
export function admissionHeadline(all: readonly Proposal[], removalsForMe: number, now: number): string {
  const waiting = all.filter(waitsForMe).length + removalsForMe
  if (waiting > 0) return waiting === 1 ? 'One matter waits for you' : `${waiting} matters wait for you`
  const open = all.filter((it) => it.state === 'open' && Date.parse(it.windowEnds ?? '') > now).length
  if (open > 0)
    return open === 1 ? 'One candidate is open to objection' : `${open} candidates are open to objection`
  return 'Nothing about admission waits for you'
}
