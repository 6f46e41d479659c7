import type { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { localTime } from '../core/hours.ts'
import type { Db } from '../store/open.ts'
import type { Rail } from './rail.ts'
import type { FreezeNew } from './shapes.ts'

/**
 * The recipient is another organisation, still a member, that holds a power which starts the rail, today and where the
 * rail wants it held. Throws `conflict` that says what is missing and what to do instead.
 */
export async function mustBeReachable(
  db: Db,
  actor: Actor,
  it: z.infer<typeof FreezeNew>,
  rail: Rail,
): Promise<void> {
  const { toOrg } = it
  if (toOrg === actor.org) throw new HouseError('invalid', 'toOrg: a request goes to another organisation')
  const [org, powers] = await Promise.all([
    db
      .selectFrom('org')
      .select(['name', 'left_at', 'suspended_at', 'time_zone'])
      .where('id', '=', toOrg)
      .executeTakeFirst(),
    db
      .selectFrom('power')
      .select(['country', 'until'])
      .where('org_id', '=', toOrg)
      .where('kind', 'in', rail.startedBy.powers)
      .execute(),
  ])
  if (!org) throw new HouseError('not_found', `no organisation ${toOrg}`)
  if (org.left_at || org.suspended_at) {
    throw new HouseError(
      'conflict',
      `${org.name} ${org.left_at ? 'has left the network' : 'is suspended'}; choose another organisation under “Who can act”`,
    )
  }
  // the last day of a power ends at midnight where the organisation is, not in Greenwich
  const today = localTime(new Date(), org.time_zone).date
  const held = powers.filter(({ until }) => until === null || until >= today)
  if (held.length === 0)
    throw new HouseError('conflict', `${org.name} holds no power that starts “${rail.name}”`)
  const where = countriesOf(rail, it)
  if (where.length > 0 && !held.some(({ country }) => where.includes(country))) {
    throw new HouseError(
      'conflict',
      `${org.name} holds the power that starts “${rail.name}” in ${held.map(({ country }) => country).join(', ')}, not in ${where.join(', ')}; choose another organisation under “Who can act”`,
    )
  }
}

/** The countries in which the rail wants its power held; none when the request does not say. */
function countriesOf({ startedBy, actsOn }: Rail, it: z.infer<typeof FreezeNew>): string[] {
  if (startedBy.inCountryOf === 'victim') return it.victimCountry === null ? [] : [it.victimCountry]
  // a line stands in the account that received; only a rail that acts on that account knows its party by it
  if (startedBy.inCountryOf === 'payer' || actsOn !== 'payee_account') return []
  const accounts = it.facts.filter(({ id }) => it.lines.some(({ factId }) => factId === id))
  const countries = accounts.map(
    ({ country, kind, normal }) => country ?? (kind === 'iban' ? String(normal).slice(0, 2) : null),
  )
  // one account whose country nobody knows: it may be there
  return countries.includes(null) ? [] : [...new Set(countries.filter((it) => it !== null))]
}
