import type { FactKind, Normal } from '../core/fact.ts'
import { formatMoney } from '../core/money.ts'

interface KindWords {
  readonly one: string
  readonly many: string
}

/** What each kind is called on the pages. */
export const KIND_WORDS: Record<FactKind, KindWords> = {
  iban: { one: 'IBAN', many: 'IBANs' },
  bank_account: { one: 'bank account', many: 'bank accounts' },
  payment_ref: { one: 'payment reference', many: 'payment references' },
  bic: { one: 'bank code (BIC)', many: 'bank codes (BIC)' },
  crypto_address: { one: 'wallet', many: 'wallets' },
  crypto_tx: { one: 'crypto transaction', many: 'crypto transactions' },
  amount: { one: 'amount', many: 'amounts' },
  date: { one: 'date', many: 'dates' },
  phone: { one: 'phone number', many: 'phone numbers' },
  handle: { one: 'handle', many: 'handles' },
  email: { one: 'e-mail address', many: 'e-mail addresses' },
  url: { one: 'link', many: 'links' },
  domain: { one: 'web domain', many: 'web domains' },
  ip: { one: 'IP address', many: 'IP addresses' },
  organisation: { one: 'organisation', many: 'organisations' },
  place: { one: 'place', many: 'places' },
  passport: { one: 'passport', many: 'passports' },
  plate: { one: 'number plate', many: 'number plates' },
  imei: { one: 'IMEI', many: 'IMEIs' },
}

/** The order of the list: what can stop money first, what points at a person last. */
export const KIND_ORDER = Object.keys(KIND_WORDS) as readonly FactKind[]

/** Kinds that a freeze request can act on. */
export const ACCOUNT_KINDS: readonly FactKind[] = ['iban', 'bank_account', 'payment_ref', 'crypto_address']

/** Kinds that lead to the money itself. They are shared unless the caseworker seals them. */
const MONEY_TRAIL: readonly FactKind[] = [...ACCOUNT_KINDS, 'bic', 'crypto_tx']

export function leadsToMoney(kind: FactKind): boolean {
  return MONEY_TRAIL.includes(kind)
}

export function isAccount(kind: FactKind): boolean {
  return ACCOUNT_KINDS.includes(kind)
}

/** How sure a reading is, in words; the numbers are the reader's own steps. */
export function sureness(confidence: number): { readonly words: string; readonly sure: boolean } {
  if (confidence >= 1) return { words: 'certain by its check digits or an exact match', sure: true }
  if (confidence >= 0.85) return { words: 'very likely', sure: true }
  if (confidence >= 0.6) return { words: 'likely', sure: false }
  return { words: 'only a guess, please check', sure: false }
}

/** Decimals assumed of an amount whose currency nobody knows; the reader counts it so. */
const UNKNOWN_EXPONENT = 2

/** The canonical form for people: money with its currency code, everything else as it is. */
export function showNormal(normal: Normal): string {
  if (typeof normal === 'string') return normal
  if (normal.currency !== null) {
    try {
      return formatMoney(normal.minor, normal.currency)
    } catch {
      return `${normal.currency} ${normal.minor}` // a currency that the house cannot count
    }
  }
  const major = formatMoney(normal.minor, 'USD').slice(4)
  return `${major.replace(/\.0+$/, '')}, currency not known`
}

/** Two readings with one key are the same fact, however often and wherever it is said. */
export function keyOf(kind: FactKind, normal: Normal): string {
  return `${kind}|${typeof normal === 'string' ? normal : `${normal.minor} ${normal.currency ?? '?'}`}`
}

/** The major units of an amount of unknown currency in minor units of a known one; null when it is not exact. */
export function inCurrency(minorOfUnknown: number, exponent: number): number | null {
  const scaled = minorOfUnknown * 10 ** (exponent - UNKNOWN_EXPONENT)
  return Number.isSafeInteger(scaled) ? scaled : null
}

/** “1 wallet”, “3 bank accounts”. */
export function countKind(kind: FactKind, n: number): string {
  return `${n} ${n === 1 ? KIND_WORDS[kind].one : KIND_WORDS[kind].many}`
}

/** “1 file”, “3 files”. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
