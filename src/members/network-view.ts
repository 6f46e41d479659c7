import { hasEnded, POWER_KINDS, type PowerKind } from '../core/power.ts'
import { type Duty, dutyAt } from '../web/parts/duty.ts'
import { countryWords, languageWords, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import type { OrgCard } from './shapes.ts'

export interface NetworkFilter {
  readonly power: PowerKind | ''
  /** ISO 3166-1 alpha-2; '' for anywhere. */
  readonly country: string
  readonly onDuty: boolean
  readonly text: string
}

export const NO_FILTER: Omit<NetworkFilter, 'text'> = { power: '', country: '', onDuty: false }

export interface Found {
  readonly org: OrgCard
  /** Those the filter asks for, all when it asks for none; what has ended is not among them, and gives nobody a place here. */
  readonly powers: OrgCard['powers']
  readonly ended: OrgCard['powers']
  readonly duty: Duty
}

/** Organisations that fit: on duty first, then by who comes next, then by name; those that left stand last. */
export function sift(orgs: readonly OrgCard[], filter: NetworkFilter, now: number): Found[] {
  const words = filter.text.trim().toLocaleLowerCase('en')
  return orgs
    .map((org) => {
      const { ended = [], powers = [] } = Object.groupBy(powersThat(org, filter), ({ until }) =>
        hasEnded(until, org.timeZone, new Date(now)) ? 'ended' : 'powers',
      )
      return { org, powers, ended, duty: dutyAt(org.hours, org.timeZone, now) }
    })
    .filter(({ org, powers, duty }) => {
      if (filter.power !== '' && powers.length === 0) return false
      if (filter.country !== '' && org.country !== filter.country && powers.length === 0) return false
      if (filter.onDuty && (!duty.on || org.leftAt !== null)) return false
      return words === '' || everythingOf(org).includes(words)
    })
    .sort((a, b) => rank(a) - rank(b) || a.org.name.localeCompare(b.org.name, 'en'))
}

function powersThat(
  { powers, country: home }: OrgCard,
  { power, country }: NetworkFilter,
): OrgCard['powers'] {
  return powers.filter(
    (it) =>
      (power === '' || it.kind === power) &&
      (country === '' || it.country === country || (power === '' && home === country)),
  )
}

function rank({ org, duty }: Found): number {
  if (org.leftAt !== null) return Number.MAX_SAFE_INTEGER
  return duty.on ? 0 : (duty.changes ?? Number.MAX_SAFE_INTEGER - 1)
}

function everythingOf(org: OrgCard): string {
  return [
    org.name,
    ORG_KIND_WORDS[org.kind],
    countryWords(org.country),
    org.channel ?? '',
    ...org.languages.map(languageWords),
    ...org.powers.flatMap((it) => [POWER_WORDS[it.kind], it.legalBasis, countryWords(it.country)]),
  ]
    .join('\n')
    .toLocaleLowerCase('en')
}

/** The powers somebody in the network holds or held, in the order of the code list. */
export function powersOf(orgs: readonly OrgCard[]): PowerKind[] {
  const held = new Set(orgs.flatMap((org) => org.powers.map(({ kind }) => kind)))
  return POWER_KINDS.filter((kind) => held.has(kind))
}

export function countriesOf(orgs: readonly OrgCard[]): string[] {
  const all = new Set(orgs.flatMap((org) => [org.country, ...org.powers.map(({ country }) => country)]))
  return [...all].sort((a, b) => countryWords(a).localeCompare(countryWords(b), 'en'))
}

/** Who comes on duty next; nothing to say when all are. */
export function nextUp(orgs: readonly OrgCard[], now: number): string | null {
  const [next] = orgs
    .map((org) => ({ org, duty: dutyAt(org.hours, org.timeZone, now) }))
    .filter(({ duty }) => !duty.on && duty.changes !== null)
    .sort((a, b) => (a.duty.changes ?? 0) - (b.duty.changes ?? 0))
  return next ? `Next: ${next.org.name} is ${next.duty.words}.` : null
}
