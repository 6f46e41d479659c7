import type { FactKind, Normal } from '../core/fact.ts'
import type { Canonical, Space, Unmatchable } from './identifier.ts'
import { canonicalTransaction, canonicalWallet } from './wallet.ts'
import { canonicalDomain, canonicalHost, canonicalUrl } from './web-address.ts'

type Rule = (normal: string) => Canonical | Unmatchable

/** Kinds that name one thing in the world, and how each is brought to its one form. What is not here is not matched. */
const RULES: Partial<Record<FactKind, Rule>> = {
  phone: canonicalPhone,
  email: canonicalEmail,
  handle: canonicalHandle,
  iban: canonicalIban,
  bank_account: canonicalAccount,
  crypto_address: canonicalWallet,
  crypto_tx: canonicalTransaction,
  payment_ref: canonicalPayment,
  domain: canonicalDomain,
  url: canonicalUrl,
  passport: canonicalPassport,
  imei: canonicalImei,
}

/** Longest value that is matched, in UTF-16 units; a link may be long, nothing else is. */
const LONGEST = 2_000

/**
 * The one form of an identifier. Pure; the same in every browser and on the server, or two reports would never meet.
 * Never  throws: what cannot be matched comes back with the reason.
 */
export function canonical(kind: FactKind, normal: Normal): Canonical | Unmatchable {
  const rule = RULES[kind]
  if (rule === undefined || typeof normal !== 'string')
    return { why: `${kind} says nothing about which one: it is not matched` }
  if (normal.length > LONGEST) return { why: `this is too long to be matched: ${normal.length} characters` }
  return rule(normal)
}

/** Whether things of this kind can be matched at all. One of them may still lack something: see `canonical`. */
export function isMatchableKind(kind: FactKind): boolean {
  return RULES[kind] !== undefined
}

/** E.164; a number without its country could be anybody's. */
function canonicalPhone(normal: string): Canonical | Unmatchable {
  const digits = normal.normalize('NFKC').replace(/[\s().\-\u2010-\u2015]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return { space: 'phone', value: digits }
  return { why: 'a phone number needs its country in front (+66 …) to be matched' }
}

/**
 * Mailboxes that providers deliver as one: they drop what follows a plus, Gmail also the dots.
 * Source  the providers' help pages; where a provider is not known to do it, nothing is folded.
 */
const DROP_PLUS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com icloud.com me.com fastmail.com proton.me protonmail.com'.split(
    ' ',
  ),
)

function canonicalEmail(normal: string): Canonical | Unmatchable {
  const address = normal.normalize('NFKC').trim().toLowerCase()
  const at = address.lastIndexOf('@')
  const host = at > 0 ? canonicalMailHost(address.slice(at + 1)) : null
  if (host === null || /\s/.test(address)) return { why: 'this is not an e-mail address' }
  const typed = address.slice(0, at)
  const tagless = DROP_PLUS.has(host) ? typed.replace(/(?<=.)\+.*$/, '') : typed
  if (host !== 'gmail.com' && host !== 'googlemail.com')
    return { space: 'email', value: `${tagless}@${host}` }
  return { space: 'email', value: `${tagless.replaceAll('.', '')}@gmail.com` }
}

/** A mail domain keeps its `www.`: there it is a name like any other. */
function canonicalMailHost(domain: string): string | null {
  if (/[/?#:@]/.test(domain)) return null
  const host = canonicalHost(domain)
  return host !== null && /^www\./.test(domain) ? `www.${host}` : host
}

/** Platforms under two names. */
const SAME_PLATFORM: Record<string, string> = {
  twitter: 'x',
  fb: 'facebook',
  ig: 'instagram',
  tg: 'telegram',
  wa: 'whatsapp',
}

/** `platform:@name`. Names are compared without case, as the platforms do; a number is the phone it belongs to. */
function canonicalHandle(normal: string): Canonical | Unmatchable {
  const [, platform = '', name = ''] =
    /^([^:]+):[\s@]*(.*)$/s.exec(normal.normalize('NFKC').trim().toLowerCase()) ?? []
  if (name === '') return { why: 'a name like @admin is somebody else on every platform: say which platform' }
  const phone = canonicalPhone(name)
  if ('space' in phone) return phone
  return { space: 'handle', value: `${SAME_PLATFORM[platform.trim()] ?? platform.trim()}:${name}` }
}

function canonicalIban(normal: string): Canonical | Unmatchable {
  const iban = lettersAndDigits(normal)
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return { space: 'iban', value: iban }
  return { why: 'this is not an IBAN' }
}

/**
 * The account number alone. Bank and country are left out on purpose: a victim often knows only the number, and a token
 * that carried the bank would part the report that knows it from the one that does not. They stand beside the token
 * instead (the country in the clear), and a contradiction between them parts what only looks alike; `sameIdentifier` does so.
 * Leading zeros go, because spreadsheets eat them. The price: numbers of two banks that differ in nothing else meet, and
 * a person tells them apart.
 */
function canonicalAccount(normal: string): Canonical | Unmatchable {
  const account = lettersAndDigits(normal).replace(/^0+/, '')
  if (account.length < 6) return { why: 'an account number of fewer than six digits fits too many accounts' }
  return { space: 'account', value: account }
}

/** Transfer references, UPI and other payment names. Which scheme it was is often not known, so it is left out. */
function canonicalPayment(normal: string): Canonical | Unmatchable {
  const reference = normal
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015]/g, '')
  if (reference.length < 6) return { why: 'a reference of fewer than six characters fits too many payments' }
  return { space: 'payment', value: reference }
}

/** The number as printed, without the country: see `canonicalAccount`. */
function canonicalPassport(normal: string): Canonical | Unmatchable {
  return atLeastSix(lettersAndDigits(normal), 'passport', 'this is too short for a passport number')
}

/** The first fourteen digits: the fifteenth is a check digit, and IMEISV puts a software version in its place. */
function canonicalImei(normal: string): Canonical | Unmatchable {
  const digits = lettersAndDigits(normal)
  if (/^\d{14,16}$/.test(digits)) return { space: 'imei', value: digits.slice(0, 14) }
  return { why: 'an IMEI has 14 to 16 digits' }
}

function atLeastSix(value: string, space: Space, why: string): Canonical | Unmatchable {
  return value.length >= 6 ? { space, value } : { why }
}

function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
}
