import type { Basis, Handling, Use } from '../core/marking.ts'
import type { OrgKind } from '../core/power.ts'
import type { Share, Standing } from './shapes.ts'

/** Short labels for choices; their meanings come from the code list. */
export const USE_WORDS: Record<Use, string> = {
  protect_money: 'stop or return money',
  support: 'support of the person',
  investigation: 'investigation and prosecution',
  statistics: 'figures',
  warning: 'warnings',
}
export const BASIS_WORDS: Record<Basis, string> = {
  consent: 'The person consented to this use',
  vital_interest: 'Life or safety, and nobody can be asked',
  legal_duty: 'A law or agreement requires it',
  public_interest: 'The public interest outweighs',
}
export const HANDLING_WORDS: Record<Handling, string> = {
  'victim-identity': 'identifies a victim',
  'no-police': 'not for police',
  'no-embassy': 'not for an embassy',
  'no-employer': 'not for an employer',
  'duress-risk': 'somebody may be forced',
  'evidence-only': 'evidence, not intelligence',
  'chatham-house': 'Chatham House Rule',
}

/** How a share stands, as whoever received it reads it. */
export const STANDING_WORDS: Record<Standing, string> = {
  live: 'open to you',
  recalled: 'taken back by its owner',
  corrected: 'replaced by a corrected one',
  expired: 'its time is over',
  consent: 'the person’s consent has ended',
  named: 'for named people only now',
  restricted: 'kept from enforcement for now',
  gone: 'its owner is suspended or has left the network',
}
/** The same for its owner. */
export const OWN_STANDING_WORDS: Record<Standing, string> = {
  ...STANDING_WORDS,
  live: 'open',
  recalled: 'taken back',
  corrected: 'corrected',
  consent: 'closed: the consent has ended',
}

/** A tombstone in one sentence: what it was, what became of it, what may still be done. */
export function tombstone({ ref, fromName, standing, endNote }: Share): string {
  const said = endNote === '' ? '' : ` They say: “${endNote}”.`
  switch (standing) {
    case 'recalled':
      return `${fromName} took ${ref} back. Do not use what you read of it.${said}`
    case 'corrected':
      return `${fromName} corrected ${ref}. Use the new one alone.${said}`
    case 'expired':
      return `The time for which ${fromName} shared ${ref} is over.`
    case 'consent':
      return `The person in ${ref} has withdrawn or limited their consent. Do not use what you read of it.`
    case 'named':
      return `${fromName} has marked ${ref} for named people only.`
    case 'restricted':
      return `${ref} is about a possible victim. ${fromName} has to state a basis, with a second person, before enforcement reads it.`
    case 'gone':
      return `${fromName}, who shared ${ref}, is suspended or has left the network. Do not use what you read of it until a steward has told you more.`
    case 'live':
      return ''
  }
}

/** For what glass may be broken; the database decides the same way. */
export const BREAKABLE: readonly Standing[] = ['expired', 'consent', 'named']

export const KIND_WORDS: Record<OrgKind, string> = {
  cso: 'civil society',
  police: 'police',
  bank: 'bank',
  fiu: 'financial intelligence unit',
  hub: 'data hub',
  network: 'office of the network',
}

/** The last moment of a day on this computer's calendar, as ISO 8601 in UTC. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:00`).toISOString()
}

/** The day so many days from `now`, as a date input writes it. */
export function dayIn(days: number, now: Date): string {
  const day = new Date(now.getTime() + days * 86_400_000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
