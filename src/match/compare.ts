import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { FactKind } from '../core/fact.ts'
import { canonical } from './canonical.ts'
import { type Form, formsOf, isSame } from './forms.ts'
import type { Identifier } from './identifier.ts'

export interface Comparison {
  readonly same: boolean
  /** One plain sentence for the person who decides. */
  readonly why: string
}

/**
 * Whether two identifiers are the same thing in the world, and why. Pure, symmetric in `same`.
 * Keeps    where it says "same", the two share a token (compare.test.ts), so blind matching finds what this finds. One
 *          exception: a phone number without a country has no token, and is read here as one of the other's country.
 * Quiet    about names, amounts, dates, places: they are no identifiers, and the answer says so.
 */
export function sameIdentifier(a: Identifier, b: Identifier): Comparison {
  const bare = barePhone(a, b) ?? barePhone(b, a)
  if (bare !== null) return bare
  const formsOfA = formsOf(a)
  const formsOfB = formsOf(b)
  if (formsOfA.length === 0) return { same: false, why: unmatchable(a) }
  if (formsOfB.length === 0) return { same: false, why: unmatchable(b) }
  for (const one of formsOfA) {
    const other = formsOfB.find((form) => isSame(one, form))
    if (other !== undefined)
      return (
        otherBank(one, other) ?? otherCountry(one, other) ?? { same: true, why: reason([a, one], [b, other]) }
      )
  }
  return { same: false, why: difference(a, b) }
}

/** A phone number without its country beside one in full: null when the two are anything else. */
function barePhone(bare: Identifier, full: Identifier): Comparison | null {
  if (bare.kind !== 'phone' || full.kind !== 'phone' || bare.country !== undefined) return null
  const known = formsOf(full)[0]
  if (known === undefined || formsOf(bare).length > 0 || typeof bare.normal !== 'string') return null
  const defaultCallingCode = parsePhoneNumberFromString(known.value, { extract: false })?.countryCallingCode
  if (defaultCallingCode === undefined) return null
  const read = parsePhoneNumberFromString(bare.normal.normalize('NFKC'), {
    defaultCallingCode,
    extract: false,
  })
  if (read?.number === known.value)
    return {
      same: true,
      why: `the same phone number, if the one without a country is one of +${defaultCallingCode}`,
    }
  return { same: false, why: `not the same phone number, even if both are of +${defaultCallingCode}` }
}

const NAMES: Partial<Record<FactKind, string>> = {
  phone: 'phone number',
  email: 'e-mail address',
  handle: 'handle',
  iban: 'IBAN',
  bank_account: 'account number',
  crypto_address: 'wallet address',
  crypto_tx: 'transaction',
  payment_ref: 'payment reference',
  domain: 'domain',
  url: 'link',
  passport: 'passport number',
  imei: 'IMEI',
}

function nameOf(kind: FactKind): string {
  return NAMES[kind] ?? kind
}

function unmatchable({ kind, normal }: Identifier): string {
  const found = canonical(kind, normal)
  return 'why' in found ? found.why : `this ${nameOf(kind)} cannot be matched`
}

/** Both were given with their bank, and met only in the number without it: two banks that gave out one number. */
function otherBank(one: Form, other: Form): Comparison | null {
  if (one.space !== 'account' || one.how === '' || other.how === '') return null
  return { same: false, why: 'the same account number, but at different banks or branches' }
}

/** Spaces whose numbers are only unique inside one country. */
const NATIONAL = new Set(['account', 'payment', 'passport'])

function otherCountry(one: Form, other: Form): Comparison | null {
  const [here, there] = [one.country?.toUpperCase(), other.country?.toUpperCase()]
  if (!NATIONAL.has(one.space) || here === undefined || there === undefined || here === there) return null
  return {
    same: false,
    why: `the same ${nameOf(one.kind)}, but one belongs to ${here} and the other to ${there}`,
  }
}

type Seen = readonly [Identifier, Form]

function reason([a, one]: Seen, [b, other]: Seen): string {
  const hows = [...new Set([one.how, other.how])].filter((how) => how !== '')
  const written = a.normal === b.normal || hows.length > 0 ? '' : `, written differently${fold(a, b)}`
  const through = hows.length === 0 ? '' : `: ${hows.join('; ')}`
  return `the same ${nameOf(hows.length === 0 ? a.kind : one.kind)}${written}${through}${banks(a, b, one)}`
}

/** What was folded, where a person would not see it at once. */
function fold(a: Identifier, b: Identifier): string {
  const [left, right] = [String(a.normal), String(b.normal)]
  if (a.kind === 'email') return ' (the provider delivers both to one mailbox)'
  if (a.kind === 'bank_account' && left.startsWith('0') !== right.startsWith('0'))
    return ' (without its leading zeros)'
  if (a.kind === 'imei') return ' (the digits behind the fourteenth do not count)'
  if (a.kind === 'url' || b.kind === 'url') return ' (one site)'
  return ''
}

/** Bank names have no canonical form here, so different ones are a doubt and not a difference. */
function banks(a: Identifier, b: Identifier, { space }: Form): string {
  if (space !== 'account' || a.system === undefined || b.system === undefined) return ''
  const plain = (name: string) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  return plain(a.system) === plain(b.system)
    ? ''
    : `; the banks are written differently (${a.system}, ${b.system}): check`
}

function difference(a: Identifier, b: Identifier): string {
  if (a.kind !== b.kind) return `nothing in common between the ${nameOf(a.kind)} and the ${nameOf(b.kind)}`
  const [left, right] = [canonical(a.kind, a.normal), canonical(b.kind, b.normal)]
  if ('space' in left && 'space' in right && oneCharacterApart(left.value, right.value))
    return `not the same ${nameOf(a.kind)}, but they differ in one character: perhaps a slip in writing`
  return `not the same ${nameOf(a.kind)}`
}

/** One character replaced, added or left out. */
function oneCharacterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let front = 0
  while (front < a.length && a[front] === b[front]) front++
  let back = 0
  while (back < Math.min(a.length, b.length) - front && a.at(-1 - back) === b.at(-1 - back)) back++
  return Math.max(a.length, b.length) - front - back === 1
}
