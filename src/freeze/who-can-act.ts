import type { Fact } from '../core/fact.ts'
import { localTime, nextOnDuty } from '../core/hours.ts'
import { inForce, type Power, type PowerKind } from '../core/power.ts'
import type { AccountActions, AccountFact, Actor, PowerHere, RailHere, WhoCanActInput } from './actors.ts'
import { sameBank } from './bank-name.ts'
import { countryName } from './condition.ts'
import { checkRail, type Rail, type RailCheck } from './rail.ts'
import type { AccountKind, Situation } from './situation.ts'

const ACCOUNT_KIND: Partial<Record<Fact['kind'], AccountKind>> = {
  iban: 'bank_account',
  bank_account: 'bank_account',
  payment_ref: 'payment_ref',
  crypto_address: 'wallet',
}

/** Powers that act on an account kept in the country where the power is held, by the end of the payment it is on. */
const OVER_ACCOUNT: Record<'payer' | 'payee', readonly PowerKind[]> = {
  payee: ['freeze_account', 'hold_payment', 'fiu_postponement'],
  payer: ['restriction_order'],
}

/**
 * For each account or wallet among the facts: who has a power there now, their local hour, and which rails are open.
 * Facts of other kinds are passed over. Powers that have expired, and those of organisations that have left, do not
 * count at all.
 * Sorted  organisations with an open way first, then those where something must be asked or found out, then those with
 *         none open; within each by the moment they can act on it; an open rail before a bare power; then by name.
 * Not     a decision and not a message: nothing leaves here.
 */
export function whoCanAct({ facts, powers, rails, situation, now }: WhoCanActInput): AccountActions[] {
  const at = new Date(now)
  // Hours are worked out once for each power, not once for each account.
  const living = powers
    .filter((power) => inForce(power, at))
    .map((power) => ({ power, duty: dutyOf(power, at) }))
  return facts
    .filter(({ kind }) => ACCOUNT_KIND[kind] !== undefined)
    .map((account) => {
      const seen = situationOf(account, { ...situation, now })
      const acting = rails.filter((rail) => account.role !== 'payer' || rail.actsOn === 'payment')
      const checks = acting.map((rail) => ({ rail, check: checkRail(rail, seen) }))
      const held = living.flatMap((it) => usable(it, { account, seen, acting }))
      const actors = [...Map.groupBy(held, ({ power }) => power.orgId).values()]
        .map((theirs) => actorOf(theirs, { checks, seen, at }))
        .sort(soonest)
      return {
        account,
        actors,
        rails: checks.map(({ rail, check }) => ({
          ...check,
          name: rail.name,
          starters: actors
            .filter((actor) => actor.rails.some(({ railId, through }) => through && railId === rail.id))
            .map(({ orgId }) => orgId),
        })),
      }
    })
}

/** The payment as it looks from one account: what the account itself says goes before what was said of the payment. */
function situationOf(account: AccountFact, situation: Situation): Situation {
  const country = account.country ?? ibanCountry(account)
  if (account.role === 'payer')
    return {
      ...situation,
      payerCountry: country ?? situation.payerCountry,
      payerBank: account.system ?? situation.payerBank,
    }
  return {
    ...situation,
    payeeCountry: country ?? situation.payeeCountry,
    payeeAccount: ACCOUNT_KIND[account.kind] ?? situation.payeeAccount,
  }
}

/** An IBAN says in its first two letters where the account is kept (ISO 13616). */
function ibanCountry({ kind, normal }: AccountFact): string | null {
  return kind === 'iban' && typeof normal === 'string' ? normal.slice(0, 2) : null
}

interface Held {
  readonly power: Power
  readonly here: PowerHere
}

interface Scene {
  readonly account: AccountFact
  readonly seen: Situation
  readonly acting: readonly Rail[]
}

type Duty = Pick<PowerHere, 'localTime' | 'onDuty' | 'onDutyFrom'>

function dutyOf({ hours, timeZone }: Power, at: Date): Duty {
  const from = nextOnDuty(hours, timeZone, at)
  return {
    localTime: localTime(at, timeZone),
    onDuty: from?.getTime() === at.getTime(),
    onDutyFrom: from === null ? null : from.toISOString(),
  }
}

/** The power with its hours, if it bears on the account; otherwise nothing. */
function usable({ power, duty }: { power: Power; duty: Duty }, { account, seen, acting }: Scene): Held[] {
  const there = bearsOn(power, account, seen)
  const starting = acting.some((rail) => starts(power, rail, seen))
  if (!there && !starting) return []
  const { kind, country, legalBasis, until, timeZone } = power
  const here: PowerHere = {
    kind,
    country,
    legalBasis,
    until,
    timeZone,
    ...duty,
    ask: askFirst(power, there ? (account.system ?? null) : seen.payerBank, there),
    direct: !starting,
  }
  return [{ power, here }]
}

function bearsOn(power: Power, account: AccountFact, seen: Situation): boolean {
  const role = account.role ?? 'payee'
  const country = role === 'payer' ? seen.payerCountry : seen.payeeCountry
  // No bank keeps a wallet, so none can hold what is in it.
  if (power.kind === 'hold_payment' && ACCOUNT_KIND[account.kind] === 'wallet') return false
  return OVER_ACCOUNT[role].includes(power.kind) && power.country === country
}

function starts(power: Power, { startedBy }: Rail, seen: Situation): boolean {
  return startedBy.powers.includes(power.kind) && power.country === seen[`${startedBy.inCountryOf}Country`]
}

/** A bank can act only on what it keeps or sent itself; a name that differs may still be the same bank, so ask. */
function askFirst({ orgKind, orgName }: Power, bank: string | null, keeps: boolean): string | null {
  if (orgKind !== 'bank') return null
  const what = keeps ? 'the account is kept' : 'the payment was sent'
  if (bank === null) return `It is not known at which bank ${what}: ask.`
  return sameBank(bank, orgName)
    ? null
    : `It is said that ${what} at ${bank}: ask whether that is ${orgName}.`
}

interface Checked {
  readonly checks: readonly { readonly rail: Rail; readonly check: RailCheck }[]
  readonly seen: Situation
  readonly at: Date
}

function actorOf(held: readonly Held[], { checks, seen, at }: Checked): Actor {
  const [first] = held
  if (first === undefined) throw new RangeError('an actor holds at least one power')
  const { orgId, orgName, orgKind } = first.power
  const powers = held
    .map(({ here }) => here)
    .toSorted((a, b) => moment(a.onDutyFrom) - moment(b.onDutyFrom) || a.kind.localeCompare(b.kind, 'en'))
  const rails = checks
    .map(({ rail, check }) => railHere(rail, check, { held, seen }))
    .toSorted((a, b) => Number(b.through) - Number(a.through) || RANK[a.standing] - RANK[b.standing])
  const best = waysOf(powers, rails).toSorted(compareWays)[0]
  const canActFrom = best?.onDutyFrom ?? null
  return {
    orgId,
    orgName,
    orgKind,
    powers,
    standing: best?.standing ?? 'closed',
    canActFrom,
    onDuty: canActFrom === at.toISOString(),
    rails,
  }
}

function railHere(
  rail: Rail,
  check: RailCheck,
  { held, seen }: { held: readonly Held[]; seen: Situation },
): RailHere {
  const { id: railId, name, startedBy } = rail
  const base = { railId, name, deadline: check.deadline }
  const starting = held.filter(({ power }) => starts(power, rail, seen)).map(({ here }) => here)
  const [best] = starting.toSorted(
    (a, b) => Number(a.ask !== null) - Number(b.ask !== null) || moment(a.onDutyFrom) - moment(b.onDutyFrom),
  )
  if (best === undefined) {
    const country = seen[`${startedBy.inCountryOf}Country`]
    const where = country === null ? 'a country that is not known yet' : countryName(country)
    const why = `They do not hold the power it needs in ${where}. ${startedBy.words}`
    return { ...base, through: false, open: false, standing: 'closed', why, onDutyFrom: null }
  }
  const standing = check.open && best.ask !== null ? 'unknown' : check.standing
  const why = [...whyStanding(check), ...(best.ask === null ? [] : [best.ask])].join(' ')
  return { ...base, through: true, open: standing === 'open', standing, why, onDutyFrom: best.onDutyFrom }
}

/** What decides: what is not met; else what is not known; else everything that is met. */
function whyStanding({ reasons, standing }: RailCheck): string[] {
  const met = { open: true, unknown: null, closed: false }[standing]
  return [...new Set(reasons.filter((reason) => reason.met === met).map(({ why }) => why))]
}

/** One way to act: through a rail, or by a power alone. */
interface Way {
  readonly standing: RailHere['standing']
  readonly onDutyFrom: string | null
  readonly byRail: boolean
}

function waysOf(powers: readonly PowerHere[], rails: readonly RailHere[]): Way[] {
  const alone = powers.filter(({ direct }) => direct)
  return [
    ...rails
      .filter(({ through }) => through)
      .map(({ standing, onDutyFrom }) => ({ standing, onDutyFrom, byRail: true })),
    ...alone.map(({ ask, onDutyFrom }) => ({
      standing: ask === null ? ('open' as const) : ('unknown' as const),
      onDutyFrom,
      byRail: false,
    })),
  ]
}

const RANK = { open: 0, unknown: 1, closed: 2 } as const

function compareWays(a: Way, b: Way): number {
  return (
    RANK[a.standing] - RANK[b.standing] ||
    moment(a.onDutyFrom) - moment(b.onDutyFrom) ||
    Number(b.byRail) - Number(a.byRail)
  )
}

function soonest(a: Actor, b: Actor): number {
  const way = ({ standing, canActFrom, rails }: Actor) => ({
    standing,
    onDutyFrom: canActFrom,
    byRail: rails.some(
      (rail) => rail.through && rail.standing === standing && rail.onDutyFrom === canActFrom,
    ),
  })
  return (
    compareWays(way(a), way(b)) || a.orgName.localeCompare(b.orgName, 'en') || (a.orgId < b.orgId ? -1 : 1)
  )
}

/** Milliseconds, for comparing; a moment that never comes is later than any other. */
function moment(iso: string | null): number {
  return iso === null ? Number.MAX_SAFE_INTEGER : Date.parse(iso)
}
