import type { Fact } from '../core/fact.ts'
import { type LocalTime, localTime, nextOnDuty, onDuty } from '../core/hours.ts'
import { inForce, type OrgKind, type Power, type PowerKind } from '../core/power.ts'
import { countryName } from './condition.ts'
import { checkRail, type Rail, type RailCheck } from './rail.ts'
import type { AccountKind, Payment, Situation } from './situation.ts'

/** An account or wallet among the facts. `role` says which end of the payment it is; unsaid, it received the money. */
export type AccountFact = Pick<Fact, 'kind' | 'normal' | 'country' | 'system'> & {
  readonly role?: 'payer' | 'payee'
}

/** A power an organisation could use on this account. */
export interface PowerHere {
  readonly kind: PowerKind
  /** Where it is held. */
  readonly country: string
  readonly legalBasis: string
  readonly until: string | null
  readonly timeZone: string
  readonly localTime: LocalTime
  readonly onDuty: boolean
  /** The moment somebody can use it: now, or the start of the next duty; ISO 8601 UTC; null when none is known. */
  readonly onDutyFrom: string | null
  /** What must be asked first, e.g. whether the account is kept at this bank; null when nothing. */
  readonly ask: string | null
}

/** A rail as it stands for one organisation. */
export interface RailHere {
  readonly railId: string
  readonly name: string
  /** Whether this organisation holds a power that starts it, where the rail wants it held. */
  readonly through: boolean
  /** True only when the rail is open and this organisation is known to be able to start it. */
  readonly open: boolean
  readonly standing: 'open' | 'unknown' | 'closed'
  /** Why it is open, not known or not open through them: one or more sentences. */
  readonly why: string
  readonly deadline: string | null
}

export interface Actor {
  readonly orgId: string
  readonly orgName: string
  readonly orgKind: OrgKind
  /** Soonest usable first. */
  readonly powers: readonly PowerHere[]
  readonly onDuty: boolean
  readonly onDutyFrom: string | null
  /** Every rail given, open ones first. */
  readonly rails: readonly RailHere[]
}

export interface AccountActions {
  readonly account: AccountFact
  /** Who has a power there now; who can act soonest first. */
  readonly actors: readonly Actor[]
  /** Every rail that acts on this account, whoever can start it. */
  readonly rails: readonly (RailCheck & { readonly name: string; readonly starters: readonly string[] })[]
}

export interface WhoCanActInput {
  readonly facts: readonly AccountFact[]
  readonly powers: readonly Power[]
  readonly rails: readonly Rail[]
  readonly situation: Payment
  /** ISO 8601 with offset. */
  readonly now: string
}

const ACCOUNT_KIND: Partial<Record<Fact['kind'], AccountKind>> = {
  iban: 'bank_account',
  bank_account: 'bank_account',
  payment_ref: 'payment_ref',
  crypto_address: 'wallet',
}

/** Powers that act by themselves on an account kept in the country where the power is held, without any rail. */
const DIRECT: Record<'payer' | 'payee', readonly PowerKind[]> = {
  payee: ['freeze_account', 'hold_payment', 'fiu_postponement'],
  payer: ['restriction_order'],
}

/**
 * For each account or wallet among the facts: who has a power there now, their local hour, and which rails are open.
 * Facts of other kinds are passed over. Powers that have expired, and those of organisations that have left, do not
 * count at all.
 * Sorted  organisations with an open rail first, then those where something must be asked, then those with none open;
 *         within each by the moment they can act, then by name.
 * Not     a decision and not a message: nothing leaves here.
 */
export function whoCanAct({ facts, powers, rails, situation, now }: WhoCanActInput): AccountActions[] {
  const at = new Date(now)
  const living = powers.filter((power) => inForce(power, at))
  return facts
    .filter(({ kind }) => ACCOUNT_KIND[kind] !== undefined)
    .map((account) => {
      const seen = situationOf(account, { ...situation, now })
      const acting = rails.filter((rail) => account.role !== 'payer' || rail.actsOn === 'payment')
      const checks = acting.map((rail) => ({ rail, check: checkRail(rail, seen) }))
      const actors = groupByOrg(living.flatMap((power) => usable(power, { account, seen, acting, at })))
        .map((held) => actorOf(held, { checks, seen }))
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
  const country = account.country
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

interface Held {
  readonly power: Power
  readonly here: PowerHere
}

interface Scene {
  readonly account: AccountFact
  readonly seen: Situation
  readonly acting: readonly Rail[]
  readonly at: Date
}

/** The power with its hours, if it bears on the account; otherwise nothing. */
function usable(power: Power, { account, seen, acting, at }: Scene): Held[] {
  const direct = isDirect(power, account, seen)
  if (!direct && !acting.some((rail) => starts(power, rail, seen))) return []
  const from = nextOnDuty(power.hours, power.timeZone, at)
  const { kind, country, legalBasis, until, timeZone } = power
  return [
    {
      power,
      here: {
        kind,
        country,
        legalBasis,
        until,
        timeZone,
        localTime: localTime(at, timeZone),
        onDuty: onDuty(power.hours, timeZone, at),
        onDutyFrom: from === null ? null : from.toISOString(),
        ask: askFirst(power, direct ? (account.system ?? null) : seen.payerBank, direct),
      },
    },
  ]
}

function isDirect(power: Power, account: AccountFact, seen: Situation): boolean {
  const role = account.role ?? 'payee'
  const country = role === 'payer' ? seen.payerCountry : seen.payeeCountry
  // No bank keeps a wallet, so none can hold what is in it.
  if (power.kind === 'hold_payment' && ACCOUNT_KIND[account.kind] === 'wallet') return false
  return DIRECT[role].includes(power.kind) && power.country === country
}

function starts(power: Power, { startedBy }: Rail, seen: Situation): boolean {
  return startedBy.powers.includes(power.kind) && power.country === seen[`${startedBy.inCountryOf}Country`]
}

/** A bank can act only on what it keeps or sent itself; a name that differs may still be the same bank, so ask. */
function askFirst({ orgKind, orgName }: Power, bank: string | null, direct: boolean): string | null {
  if (orgKind !== 'bank') return null
  const what = direct ? 'the account is kept' : 'the payment was sent'
  if (bank === null) return `It is not known at which bank ${what}: ask.`
  return sameBank(bank, orgName)
    ? null
    : `It is said that ${what} at ${bank}: ask whether that is ${orgName}.`
}

const LEGAL_FORM =
  /\b(?:bank|banking|limited|ltd|plc|pcl|public|company|co|corporation|corp|berhad|bhd|jsc|inc|na)\b/g

function sameBank(a: string, b: string): boolean {
  const core = (name: string) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
      .replace(LEGAL_FORM, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  return core(a) !== '' && core(a) === core(b)
}

function groupByOrg(held: readonly Held[]): Held[][] {
  return [...Map.groupBy(held, ({ power }) => power.orgId).values()]
}

interface Checked {
  readonly checks: readonly { readonly rail: Rail; readonly check: RailCheck }[]
  readonly seen: Situation
}

function actorOf(held: readonly Held[], { checks, seen }: Checked): Actor {
  const sorted = held.toSorted(
    (a, b) => compareDuty(a.here, b.here) || a.here.kind.localeCompare(b.here.kind, 'en'),
  )
  const [first] = sorted
  if (first === undefined) throw new RangeError('an actor holds at least one power')
  const { orgId, orgName, orgKind } = first.power
  return {
    orgId,
    orgName,
    orgKind,
    powers: sorted.map(({ here }) => here),
    onDuty: first.here.onDuty,
    onDutyFrom: first.here.onDutyFrom,
    rails: checks
      .map(({ rail, check }) => railHere(rail, check, { held: sorted, seen }))
      .sort((a, b) => rank(a) - rank(b)),
  }
}

function railHere(
  rail: Rail,
  check: RailCheck,
  { held, seen }: { held: readonly Held[]; seen: Situation },
): RailHere {
  const { id: railId, name, startedBy } = rail
  const starting = held.filter(({ power }) => starts(power, rail, seen))
  const base = { railId, name, deadline: check.deadline }
  if (starting.length === 0) {
    const country = seen[`${startedBy.inCountryOf}Country`]
    const where = country === null ? `a country that is not known yet` : countryName(country)
    const why = `They do not hold the power it needs in ${where}. ${startedBy.words}`
    return { ...base, through: false, open: false, standing: 'closed', why }
  }
  const asks = starting.map(({ here }) => here.ask)
  const ask = asks.includes(null) ? null : asks[0]
  const standing = check.open && ask ? 'unknown' : check.standing
  const why = [...whyStanding(check), ...(ask ? [ask] : [])].join(' ')
  return { ...base, through: true, open: standing === 'open', standing, why }
}

/** What decides: what is not met; else what is not known; else everything that is met. */
function whyStanding({ reasons, standing }: RailCheck): string[] {
  const met = { open: true, unknown: null, closed: false }[standing]
  return reasons.filter((reason) => reason.met === met).map(({ why }) => why)
}

const STANDING_RANK = { open: 0, unknown: 1, closed: 2 } as const

function rank({ standing, through }: RailHere): number {
  return through ? STANDING_RANK[standing] : 3
}

/** 0 can act through an open rail; 1 something must be asked or no rail describes their power; 2 their rails are closed. */
function tier({ rails, powers }: Actor): number {
  const through = rails.filter((rail) => rail.through)
  if (through.length === 0) return 1
  const best = Math.min(...through.map(rank))
  return best === 2 && powers.some(({ kind, ask }) => isAlone(kind) && ask === null) ? 1 : best
}

/** Powers that need no rail to be used. */
function isAlone(kind: PowerKind): boolean {
  return DIRECT.payee.includes(kind) || DIRECT.payer.includes(kind)
}

function soonest(a: Actor, b: Actor): number {
  return (
    tier(a) - tier(b) ||
    compareDuty(a, b) ||
    a.orgName.localeCompare(b.orgName, 'en') ||
    (a.orgId < b.orgId ? -1 : 1)
  )
}

/** Those on duty first, then by when duty starts; never known last. */
function compareDuty(a: { onDutyFrom: string | null }, b: { onDutyFrom: string | null }): number {
  const from = ({ onDutyFrom }: { onDutyFrom: string | null }) =>
    onDutyFrom === null ? Number.POSITIVE_INFINITY : Date.parse(onDutyFrom)
  return from(a) === from(b) ? 0 : from(a) - from(b)
}
