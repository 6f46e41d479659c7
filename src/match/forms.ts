import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { FactKind, Normal } from '../core/fact.ts'
import { canonical } from './canonical.ts'
import type { Canonical, Identifier } from './identifier.ts'
import { nationalForms, withoutBankCode } from './national-account.ts'
import { linkedPhone, profileHandle } from './web-address.ts'

/** One way in which a thing may stand in somebody else's report. */
export interface Form extends Canonical {
  readonly kind: FactKind
  readonly country?: string
  /** How this form comes from what was given; '' for what was given itself. */
  readonly how: string
}

/**
 * Every form of an identifier that another report may hold, its own first: an IBAN is also the local account inside it,
 * a PromptPay number also a phone, a profile link also a handle. [] when it cannot be matched.
 */
export function formsOf(it: Identifier): Form[] {
  const forms = [...one(it.kind, it.normal, it.country, ''), ...otherForms(it)]
  return forms.filter((one, i) => forms.findIndex((other) => isSame(one, other)) === i)
}

export function isSame(a: Canonical, b: Canonical): boolean {
  return a.space === b.space && a.value === b.value
}

function otherForms(it: Identifier): Form[] {
  const { kind, normal, country } = it
  if (typeof normal !== 'string') return []
  if (kind === 'iban') return ibanForms(it)
  if (kind === 'bank_account') return accountForms(normal, country)
  if (kind === 'url') return linkForms(normal)
  if (kind === 'phone')
    return one('phone', phoneIn(normal, country), country, `read as a number of ${country}`)
  if (kind === 'payment_ref')
    return one('phone', phoneBehind(normal, country), country, 'the phone number that is the payment name')
  return []
}

function ibanForms(it: Identifier): Form[] {
  const iban = canonical('iban', it.normal)
  if (!('space' in iban)) return []
  const country = iban.value.slice(0, 2)
  return nationalForms(iban.value).flatMap(({ number, why }) => one('bank_account', number, country, why))
}

function accountForms(normal: string, country: string | undefined): Form[] {
  if (country === undefined) return []
  const bare = withoutBankCode(normal.normalize('NFKC').replace(/[^0-9A-Za-z]/g, ''), country)
  return one('bank_account', bare?.number ?? null, country, bare?.why ?? '')
}

function linkForms(normal: string): Form[] {
  return [
    ...one('handle', profileHandle(normal), undefined, 'the profile the link leads to'),
    ...one('phone', linkedPhone(normal), undefined, 'the phone number the link leads to'),
  ]
}

/** E.164 of a number as written in its country; null when it cannot be one. */
function phoneIn(normal: string, country: string | undefined): string | null {
  if (country === undefined || !isSupportedCountry(country)) return null
  const phone = parsePhoneNumberFromString(normal.normalize('NFKC'), {
    defaultCountry: country,
    extract: false,
  })
  return phone?.isPossible() ? phone.number : null
}

/** The phone number that is a payment name (PromptPay, PayNow, DuitNow …). Only a valid one: most references are none. */
function phoneBehind(reference: string, country: string | undefined): string | null {
  const e164 = reference.startsWith('+') ? reference : phoneIn(reference, country)
  return e164 !== null && parsePhoneNumberFromString(e164, { extract: false })?.isValid() ? e164 : null
}

function one(kind: FactKind, normal: Normal | null, country: string | undefined, how: string): Form[] {
  const found = normal === null ? null : canonical(kind, normal)
  if (found === null || !('space' in found)) return []
  return [{ ...found, kind, how, ...(country === undefined ? {} : { country }) }]
}
