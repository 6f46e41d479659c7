import type { z } from 'zod'
import { formatMoney } from '../core/money.ts'
import { ROLE_NAMES, type Role } from '../core/role.ts'
import type { AuditEntry } from './audit-shapes.ts'

export type Entry = z.infer<typeof AuditEntry>
/** Names of organisations by id, for details that name one. */
export type OrgNames = ReadonlyMap<string, string>

type Detail = Readonly<Record<string, unknown>>

/** What each act is, as the rest of a sentence that begins with who did it. An act without a line here is shown by its name. */
const SENTENCES: Readonly<Record<string, (detail: Detail, orgs: OrgNames) => string>> = {
  'session.begun': ({ via }) =>
    via === 'provider'
      ? 'signed in at their organisation’s own sign-in'
      : `signed in with a ${text(via) || 'key'}`,
  'session.proven': ({ by }) =>
    `confirmed that it is they, with ${by === 'passkey' ? 'a passkey' : by === 'code' ? 'a password and a code' : 'the demo’s password'}`,
  'passkey.added': ({ key }) =>
    `added a passkey${key === true ? '' : ', which signs in and does not open their key'}`,
  'passkey.removed': () => 'removed a passkey of theirs; their other sessions ended',
  'org.passwords_ruled': ({ rule }) =>
    rule === 'none' ? 'forbade an organisation passwords' : 'allowed an organisation passwords with codes',
  'org.books_ruled': ({ rule }) =>
    rule === 'here'
      ? 'ruled that their organisation’s books never leave its people’s devices'
      : rule === 'asked'
        ? 'took back, as the second person, that their organisation’s books never leave its people’s devices'
        : 'asked for a second person to take back that books never leave their organisation’s devices',
  'provider.asked': ({ issuer }) =>
    `asked to register ${text(issuer) || 'a sign-in'} as an organisation’s own sign-in`,
  'provider.confirmed': () => 'confirmed an organisation’s own sign-in as the second person',
  'provider.secret_set': () =>
    'replaced the secret with which this house shows itself to an organisation’s own sign-in',
  'provider.ended': () => 'ended an organisation’s own sign-in, and every session that began there',
  'provider.ways_spent': () =>
    'was asked so often for the way to an organisation’s own sign-in that it closed it for the hour',
  'provider.linked': () => 'connected their account at their organisation’s own sign-in',
  'provider.unlinked': () => 'ended the connection to their account at their organisation’s own sign-in',
  'code.removed': () => 'removed their code app; the next password sign-in sets up a new one',
  'session.ended': () => 'signed out',
  'network.loaded': () => 'loaded the demo network',
  'member.invited': ({ role }) => `invited a ${roleName(role)}`,
  'member.joined': ({ role, org, via }, orgs) =>
    `joined ${orgs.get(text(org)) ?? 'an organisation'} as ${roleName(role)}, with a ${text(via) || 'key'}`,
  'member.suspended': () => 'suspended somebody: their sessions ended at once',
  'member.reinstated': () => 'let somebody who was suspended go on',
  'removal.asked': () => 'asked that somebody is removed from the network',
  'removal.withdrawn': () => 'took a removal back that was asked for',
  'removal.confirmed': ({ wraps }) =>
    `confirmed a removal; ${count(wraps, 'sealed record')} can no longer be opened by them`,
  'admission.proposed': ({ kind }) =>
    text(kind) === 'renewal' ? 'proposed that a membership goes on' : 'proposed somebody for the network',
  'admission.read': ({ supports }) =>
    `was second reader of a proposal and ${supports === true ? 'supported it' : 'did not support it'}`,
  'admission.objected': () => 'objected to a proposal',
  'admission.settled': () => 'settled an objection, in words',
  'admission.admitted': () => 'admitted who was proposed',
  'admission.refused': () => 'did not admit who was proposed',
  'admission.withdrawn': () => 'withdrew a proposal',
  'admission.resumed': () => 'let a paused proposal go on',
  'network.ruled': ({ objectionDays, probationDays, reviewDays }) =>
    `set the window for objections to ${count(objectionDays, 'day')}, probation to ${count(probationDays, 'day')}, review to ${count(reviewDays, 'day')}`,
  'group.opened': () => 'opened a working group',
  'group.changed': ({ tlp }) => `changed a working group, which goes up to TLP:${text(tlp)}`,
  'group.closed': () => 'closed a working group',
  'group.seat_offered': ({ role, hidden }) =>
    `offered a ${hidden === true ? 'hidden ' : ''}seat in a working group${text(role) === 'steward' ? ' as its steward' : ''}`,
  'group.seat_taken': () => 'took a seat in a working group',
  'group.seat_ended': ({ own }) =>
    own === true ? 'left a working group' : 'ended somebody’s seat in a working group',
  'group.key_made': ({ version, seats }) =>
    `made key ${number(version)} of a working group for ${count(seats, 'seat')}`,
  'group.key_given': ({ seats }) => `gave a working group’s key to ${count(seats, 'seat')} that came later`,
  'meeting.called': () => 'called a meeting',
  'meeting.changed': () => 'changed a meeting',
  'meeting.cancelled': () => 'cancelled a meeting',
  'meeting.attended': ({ there }) => `noted that somebody was ${there === true ? '' : 'not '}at a meeting`,
  'meeting.minutes_written': ({ tlp }) => `wrote minutes marked TLP:${text(tlp)}`,
  'meeting.minutes_read': ({ tlp }) => `read minutes marked TLP:${text(tlp)}`,
  'meeting.item_added': ({ due }) => `asked somebody in a meeting to do something by ${text(due)}`,
  'meeting.item_done': () => 'did what was agreed in a meeting',
  'meeting.item_reopened': () => 'opened something again that was agreed in a meeting',
  'org.founded': () => 'founded an organisation of the network',
  'org.changed': () => 'changed their organisation’s card',
  'power.verified': ({ kind, country }) => `verified a power (${text(kind)} in ${text(country)})`,
  'power.ended': ({ until }) => `set the last day of a power to ${text(until)}`,
  'sealed.granted': ({ to }) => `sealed a record and gave ${keys(to)}`,
  'sealed.opened': () => 'opened a sealed record',
  'sealed.removed': () => 'removed a sealed record that nothing referred to',
  'sealed.swept': () => 'removed a sealed record that nothing had referred to for two days',
  'report.read': ({ tlp }) => `read a report marked TLP:${text(tlp)}`,
  'request.read': ({ tlp }) => `read a request marked TLP:${text(tlp)}`,
  'report.filed': ({ tlp, evidence, tokens }) =>
    `filed a report marked TLP:${text(tlp)} with ${count(evidence, 'file')} and ${count(tokens, 'blind token')}`,
  'share.made': ({ to, purpose }) => `shared an item with ${recipients(to)} for ${useWords(purpose)}`,
  'share.read': ({ glass }) =>
    glass === true ? 'read a shared item through broken glass' : 'read a shared item',
  'share.recalled': () => 'took a shared item back',
  'share.corrected': () => 'put a corrected item in the place of a shared one',
  'glass.broken': ({ hours }) => `broke the glass over a closed item for ${count(hours, 'hour')}`,
  'glass.reviewed': ({ verdict }) =>
    `reviewed broken glass: ${text(verdict) === 'justified' ? 'justified' : 'not justified'}`,
  'marking.changed': ({ to }) =>
    `marked a report anew as TLP:${text((to as Detail | undefined)?.tlp) || '?'}`,
  'consent.recorded': ({ use }) => `recorded a consent to ${useWords(use)}`,
  'consent.narrowed': ({ use }) => `recorded that a consent to ${useWords(use)} ends earlier`,
  'consent.withdrawn': ({ use }) => `recorded that a consent to ${useWords(use)} was withdrawn`,
  'approval.asked': () => 'asked for a second person',
  'approval.decided': ({ approve }) =>
    approve === true ? 'approved as the second person' : 'refused as the second person',
  'person.looked_up': ({ found }) =>
    `looked for a person by address and ${found === true ? 'found one' : 'found nobody'}`,
  'person.look_up_refused': ({ whose }) =>
    `looked for a person by address after ${text(whose) === 'ours' ? 'the organisation’s' : 'their'} budget of the day was used up`,
  'match.asked': ({ identifiers }) => `asked blind about ${count(identifiers, 'identifier')}`,
  'match.looked': ({ tokens, known }) =>
    `looked up ${count(tokens, 'blind token')}; ${number(known) === 0 ? 'none' : number(known)} known`,
  'corroboration.offered': ({ asked }) => `offered to join ${count(asked, 'open request')}`,
  'corroboration.decided': ({ status }) =>
    text(status) === 'agreed' ? 'agreed that another report joins' : 'declined that another report joins',
  'request.sent': ({ to, facts, briefing }, orgs) =>
    `sent a freeze request to ${orgs.get(text(to)) ?? 'an organisation'} with ${count(facts, 'fact')}${
      briefing === true ? ' and a sealed briefing' : ''
    }`,
  'request.acknowledged': () => 'took a request on',
  'request.said': () => 'wrote a message in a request',
  'request.thanked': () => 'thanked the other side of a request',
  'request.closed': () => 'closed a request with its outcome',
  'request.declined': () => 'declined a request and said why',
  'request.recalled': () => 'took a request back',
  'order.recorded': ({ bank }, orgs) =>
    `recorded an order to ${orgs.get(text(bank)) ?? 'a bank'} with its legal basis`,
  'order.answered': ({ held, gone }) =>
    number(held) > 0
      ? `answered an order: money is held${number(gone) > 0 ? ', some had already left' : ''}`
      : 'answered an order: nothing could be held',
  'book.screened': ({ rows, alerts }) =>
    `screened a book of ${count(rows, 'transaction')} on this server: ${count(alerts, 'alert')}`,
  'audit.exported': ({ reveal }) =>
    `took an export of the whole audit log${reveal === true ? ', with whom each line is about' : ''}`,
  'audit.forgotten': ({ entries }) =>
    `erased whom ${count(entries, 'line')} of this log ${number(entries) === 1 ? 'was' : 'were'} about`,
  'key.stated': () => 'signed whose key this is',
  'key.given': ({ root }) =>
    root === true
      ? 'gave another steward the network’s root key'
      : 'gave a colleague their organisation’s signing key',
  'key.asked': () => 'made a signing key for their organisation, which waits for the steward',
  'key.rotated': ({ records }) =>
    `exchanged their key for a new one; ${count(records, 'record')} went with it`,
  'recovery.set': ({ officers, threshold }) =>
    `left shares of their key with ${count(officers, 'officer')}, ${number(threshold)} of whom can recover it`,
  'recovery.asked': () => 'asked their officers to recover their key',
  'recovery.helped': () => 'passed on their share of a member’s key',
  'member.linked': () => 'said that this membership and another one are the same person',
  'member.unlinked': () => 'said that this membership and another one are two people',
  'recovery.withdrawn': () => 'took their request for their old key back',
  'member.let_in_again': () => 'made a link by which a member who lost every way in comes back',
  'member.reentered': () => 'came back in with a new key and new ways in',
  'witness.named': () => 'named a key with which their organisation countersigns this log',
  'witness.ended': () => 'ended a key with which their organisation countersigned this log',
  'money.moved': ({ from, to, minor, currency }) =>
    `moved ${amount(minor, currency)} from ${state(from)} to ${state(to)}`,
}

/** Who did it, in words. Whoever joins is not known before, so that entry has only their number. */
export function actorWords({ actorName, orgName, objectKind }: Entry): string {
  if (actorName === null) return objectKind === 'member' ? 'A member' : 'The house'
  return orgName === null ? actorName : `${actorName} of ${orgName}`
}

/** What was done, to be read after the actor. Never holds sealed content: the log has none. */
export function actWords({ act, detail }: Entry, orgs: OrgNames): string {
  return SENTENCES[act]?.(detail, orgs) ?? `did “${act}”`
}

/** Acts with a sentence of their own, as groups for the filter. */
export const ACT_GROUPS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'everything' },
  { value: 'sealed.', label: 'sealed content' },
  { value: 'request.', label: 'requests' },
  { value: 'order.', label: 'orders' },
  { value: 'money.', label: 'money' },
  { value: 'report.', label: 'reports' },
  { value: 'share.', label: 'sharing' },
  { value: 'consent.', label: 'consent' },
  { value: 'approval.', label: 'second persons' },
  { value: 'glass.', label: 'broken glass' },
  { value: 'match.', label: 'blind matching' },
  { value: 'corroboration.', label: 'joining' },
  { value: 'member.', label: 'members' },
  { value: 'admission.', label: 'admission' },
  { value: 'removal.', label: 'removals' },
  { value: 'group.', label: 'working groups' },
  { value: 'meeting.', label: 'meetings' },
  { value: 'session.', label: 'sign-ins' },
  { value: 'provider.', label: 'organisations’ own sign-ins' },
  { value: 'key.', label: 'keys' },
  { value: 'recovery.', label: 'recovery of keys' },
  { value: 'audit.', label: 'this log' },
  { value: 'witness.', label: 'countersigning' },
]

export const KNOWN_ACTS: readonly string[] = Object.keys(SENTENCES)

/** Entries that fit a filter: by group of acts, and by words in the sentence. */
export function siftEntries(
  entries: readonly Entry[],
  filter: { readonly group: string; readonly text: string },
  orgs: OrgNames,
): Entry[] {
  const words = filter.text.trim().toLocaleLowerCase('en')
  return entries.filter(
    (entry) =>
      entry.act.startsWith(filter.group) &&
      (words === '' ||
        `${actorWords(entry)} ${actWords(entry, orgs)} ${entry.objectId}`
          .toLocaleLowerCase('en')
          .includes(words)),
  )
}

function text(it: unknown): string {
  return typeof it === 'string' ? it : ''
}

function number(it: unknown): number {
  return typeof it === 'number' ? it : 0
}

function count(it: unknown, one: string): string {
  const n = number(it)
  return n === 1 ? `one ${one}` : `${n === 0 ? 'no' : n} ${one}s`
}

function recipients(to: unknown): string {
  return count(Array.isArray(to) ? to.length : 0, 'recipient')
}

function useWords(use: unknown): string {
  return text(use).replace('_', ' ') || 'some use'
}

function amount(minor: unknown, currency: unknown): string {
  return typeof minor === 'number' && text(currency) !== '' ? formatMoney(minor, text(currency)) : 'money'
}

function keys(to: unknown): string {
  const people = Array.isArray(to) ? to.length : 0
  return people === 1 ? 'one person a key' : `${people} people a key`
}

function roleName(role: unknown): string {
  return ROLE_NAMES[text(role) as Role] ?? 'member'
}

function state(it: unknown): string {
  return text(it).replace('_', ' ') || 'somewhere'
}
