import type { FactKind, Normal } from '../core/fact.ts'
import { formatMoney } from '../core/money.ts'
import { majorOfUnknown } from '../web/parts/grouping.ts'
import { FACT_WORDS } from '../web/parts/words.ts'

/** What many of each kind are called; one of it is called as FACT_WORDS has it. */
const MANY: Record<FactKind, string> = {
  iban: 'bank accounts (IBAN)',
  bank_account: 'bank accounts',
  payment_ref: 'payment names and references',
  bic: 'bank codes (BIC)',
  crypto_address: 'wallets',
  crypto_tx: 'wallet transactions',
  amount: 'amounts',
  date: 'dates',
  phone: 'phones',
  handle: 'handles',
  email: 'e-mails',
  url: 'web addresses',
  domain: 'websites',
  ip: 'internet addresses',
  organisation: 'organisations',
  place: 'places',
  passport: 'travel documents',
  plate: 'number plates',
  imei: 'device numbers (IMEI)',
}

/** The order of the list: what can stop money first, what points at a person last. */
export const KIND_ORDER = Object.keys(MANY) as readonly FactKind[]

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
  if (confidence >= 1) return { words: 'certain', sure: true }
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
      return shortMoney(normal.minor, normal.currency)
    } catch {
      return `${normal.currency} ${normal.minor}` // a currency that the house cannot count
    }
  }
  return `${majorOfUnknown(normal.minor)}, currency not known`
}

/** Money with at least two decimals and no noughts beyond them: `USDT 12,500.00`, not `USDT 12,500.000000`. */
export function shortMoney(minor: number, currency: string): string {
  return formatMoney(minor, currency).replace(/(\.\d\d\d*?)0+$/, '$1')
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
  return count(n, FACT_WORDS[kind], MANY[kind])
}

/** “1 file”, “3 files”. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}

/** The heading of a kind: “Bank accounts”. */
export function manyOf(kind: FactKind): string {
  return MANY[kind].charAt(0).toUpperCase() + MANY[kind].slice(1)
}
