import type { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { formatMoney, parseMoney } from '../core/money.ts'
import { inForce } from '../core/power.ts'
import type { OrgCard } from '../members/shapes.ts'
import { sameBank } from './bank-name.ts'
import type { Rail } from './rail.ts'
import { momentIn } from './request-draft.ts'
import type { SharedFact } from './shapes.ts'

type Account = Pick<z.infer<typeof SharedFact>, 'kind' | 'normal' | 'country' | 'system'>

export interface Banks {
  /** Hold a payment in the country of the account, today; the bank that the account names comes first. */
  readonly there: readonly OrgCard[]
  /** The other banks of the network. */
  readonly others: readonly OrgCard[]
  /** The bank that the account itself names, when it is a member. */
  readonly named: OrgCard | null
}

/** Which banks an order can go to. Those that left the network are not among them. */
export function banksFor(orgs: readonly OrgCard[], account: Account, now: Date): Banks {
  const banks = orgs.filter((org) => org.kind === 'bank' && org.leftAt === null)
  const country = countryOf(account)
  const holds = (org: OrgCard) =>
    country !== null &&
    org.powers.some(
      (power) => power.kind === 'hold_payment' && power.country === country && stands(org, power, now),
    )
  const named = banks.find((org) => account.system !== null && names(org, account.system)) ?? null
  const first = (a: OrgCard, b: OrgCard) => Number(b === named) - Number(a === named)
  return {
    there: banks.filter(holds).sort(first),
    others: banks.filter((org) => !holds(org)).sort(first),
    named,
  }
}

/** The bank's name in the network may carry its country; the account rarely says it. */
function names(org: OrgCard, system: string): boolean {
  const plain = org.name.replace(/\(.*?\)/g, '')
  const country = new Intl.DisplayNames(['en'], { type: 'region' }).of(org.country) ?? ''
  return sameBank(plain, system) || sameBank(plain.replace(country, ''), system)
}

function countryOf({ kind, normal, country }: Account): string | null {
  if (country !== null) return country
  return kind === 'iban' && typeof normal === 'string' ? normal.slice(0, 2) : null
}

function stands(org: OrgCard, power: OrgCard['powers'][number], now: Date): boolean {
  const { id: orgId, name: orgName, kind: orgKind, timeZone, hours, leftAt } = org
  return inForce({ ...power, orgId, orgName, orgKind, timeZone, hours, leftAt }, now)
}

/**
 * The legal basis to begin with: what the officer's own power rests on, then the first sentence of the rail's. The officer
 * reads it and changes it: the house knows the law in general, not this case. At most 500 characters, as the order takes.
 */
export function basisToBegin(org: OrgCard, rail: Rail | undefined, now: Date): string {
  const power = org.powers.find((it) => rail?.startedBy.powers.includes(it.kind) && stands(org, it, now))
  const law = rail ? firstSentence(rail.legalBasis.text) : ''
  const sentences = [power ? power.legalBasis.replace(/[.]?$/, '.') : '', law]
  const words = sentences.filter((it) => it !== '').join(' ')
  return words.length <= 500 ? words : `${words.slice(0, 499)}…`
}

/** Up to the first full stop that ends a sentence; the whole text where there is none. */
export function firstSentence(text: string): string {
  return text.match(/^.*?[.](?=\s|$)/s)?.[0] ?? text
}

/** How long an order holds; `date` is the day that stands in it. */
export const EXPIRIES = {
  none: 'no end is stated',
  days7: '7 days',
  days30: '30 days',
  date: 'until a day',
} as const
export type Expiry = keyof typeof EXPIRIES

/** An order while it is written: what was typed and chosen. */
export interface OrderDraft {
  readonly bankOrg: string
  readonly reference: string
  readonly legalBasis: string
  readonly expiry: Expiry
  /** `YYYY-MM-DD`, when it holds until a day. */
  readonly date: string
}

/**
 * The last moment of an order, in UTC: the end of its last day where the officer is; null when no end is stated.
 * Throws `invalid` for a day that is not one or lies behind.
 */
export function expiryMoment(
  it: { expiry: Expiry; date: string; timeZone: string },
  now: Date,
): string | null {
  if (it.expiry === 'none') return null
  if (it.expiry !== 'date') {
    const days = it.expiry === 'days7' ? 7 : 30
    return new Date(now.getTime() + days * 86_400_000).toISOString()
  }
  const end = /^\d{4}-\d\d-\d\d$/.test(it.date) ? momentIn(it.date, '23:59', it.timeZone) : null
  if (end === null) throw new HouseError('invalid', 'the last day of the order is not a day')
  if (end.getTime() <= now.getTime()) throw new HouseError('invalid', 'the last day of the order lies behind')
  return end.toISOString()
}

/** From when the end of an order is urgent: a day before it, whoever held must say whether the hold goes on. */
export function dayBefore(end: string): string {
  return new Date(Date.parse(end) - 86_400_000).toISOString()
}

/** What a bank typed into its answer, and what that leaves. */
export interface AnswerDraft {
  readonly held: string
  readonly gone: string
}

/** What stands in the form of the answer, as it was typed. */
export interface TypedAnswer extends AnswerDraft {
  readonly note: string
}

interface AnsweredOrder {
  readonly minor: number
  readonly currency: string
  readonly heldMinor: number | null
  readonly goneMinor: number | null
  readonly answerNote: string
}

/** Whether something was typed that the recorded answer does not say: then a colleague answered first. */
export function isUnsaid(typed: TypedAnswer, order: AnsweredOrder): boolean {
  if (`${typed.held}${typed.gone}${typed.note}`.trim() === '') return false
  const { held, gone } = readAnswer(typed, order)
  const { heldMinor, goneMinor, answerNote } = order
  return held !== heldMinor || gone !== goneMinor || typed.note.trim() !== answerNote.trim()
}

export interface AnswerRead {
  /** Minor units; null when empty or not an amount. */
  readonly held: number | null
  readonly gone: number | null
  readonly heldWrong: string | null
  readonly goneWrong: string | null
  /** What stays at risk; null while it cannot be said. */
  readonly rest: number | null
}

/** Reads a bank's answer exactly: nothing is rounded, nothing is guessed, and it never makes more of what was ordered. */
export function readAnswer(draft: AnswerDraft, order: { minor: number; currency: string }): AnswerRead {
  const held = amountOr(draft.held, order.currency)
  const gone = amountOr(draft.gone, order.currency)
  const sum = (held.minor ?? 0) + (gone.minor ?? 0)
  const over = sum - order.minor
  const alone = (held.minor ?? 0) > order.minor
  const wording = alone ? 'This is' : 'Held and gone together are'
  const tooMuch =
    over > 0
      ? `${wording} ${formatMoney(over, order.currency)} more than the order names. Answer for what it names; what else is there, say in the note.`
      : null
  const both = held.minor !== null && gone.minor !== null
  return {
    held: held.minor,
    gone: gone.minor,
    heldWrong: held.wrong ?? (alone ? tooMuch : null),
    goneWrong: gone.wrong ?? (alone ? null : tooMuch),
    rest: both && tooMuch === null ? order.minor - sum : null,
  }
}

function amountOr(text: string, currency: string): { minor: number | null; wrong: string | null } {
  if (text.trim() === '') return { minor: null, wrong: null }
  try {
    return { minor: parseMoney(text, currency).minor, wrong: null }
  } catch (cause) {
    if (!(cause instanceof HouseError)) throw cause
    return { minor: null, wrong: `${cause.message.charAt(0).toUpperCase()}${cause.message.slice(1)}.` }
  }
}

/** An amount typed by a person, at most so much; null when empty or wrong, and then why. */
export function readAmount(
  text: string,
  currency: string,
  most: number,
): { readonly minor: number | null; readonly wrong: string | null } {
  const read = amountOr(text, currency)
  if (read.minor === null || read.minor <= most) return read
  return { minor: null, wrong: `There is no more than ${formatMoney(most, currency)}.` }
}

/** An amount as it stands in an input: without its code, which is written beside it. */
export function amountText(minor: number, currency: string): string {
  return formatMoney(minor, currency).slice(currency.length + 1)
}
