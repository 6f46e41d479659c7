import type { FactKind } from '../../core/fact.ts'
import type { MoneyState } from '../../core/money.ts'
import type { OrgKind, PowerKind } from '../../core/power.ts'

/** One word for one thing, everywhere. */
export const FACT_WORDS: Record<FactKind, string> = {
  phone: 'phone',
  email: 'e-mail',
  url: 'web address',
  domain: 'website',
  handle: 'handle',
  iban: 'bank account (IBAN)',
  bank_account: 'bank account',
  bic: 'bank code (BIC)',
  crypto_address: 'wallet',
  crypto_tx: 'wallet transaction',
  payment_ref: 'payment name or reference',
  amount: 'amount',
  date: 'date',
  place: 'place',
  passport: 'travel document',
  plate: 'number plate',
  ip: 'internet address',
  imei: 'device number (IMEI)',
  organisation: 'organisation',
}

export const MONEY_WORDS: Record<MoneyState, string> = {
  at_risk: 'at risk',
  held: 'held',
  lost: 'lost',
  returned: 'returned',
}

export const POWER_WORDS: Record<PowerKind, string> = {
  freeze_account: 'freeze a suspect account',
  restriction_order: "restrict a victim's own account",
  recall_payment: 'recall a payment',
  hold_payment: 'hold a payment',
  start_igrip: 'start I-GRIP',
  start_ffkc: 'start the Financial Fraud Kill Chain',
  fiu_postponement: 'postpone a transaction',
  take_referral: 'take a referral of a person',
  mla_central_authority: 'send and receive mutual legal assistance',
}

export const ORG_KIND_WORDS: Record<OrgKind, string> = {
  cso: 'civil society',
  police: 'police',
  bank: 'bank',
  fiu: 'financial intelligence unit',
  hub: 'hub',
  network: 'network office',
}

/** What stands first in a sentence begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1)
}

const REGIONS = new Intl.DisplayNames('en', { type: 'region' })

/** `SG` is `Singapore`. */
export function countryWords(code: string | null): string {
  return code === null ? 'country not known' : (REGIONS.of(code) ?? code)
}

/** `one open freeze`, `3 open freezes`, `1,200 payments`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${count === 0 ? 'no' : count.toLocaleString('en')} ${many}`
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

/** `th` is `Thai`. */
export function languageWords(tag: string): string {
  return LANGUAGES.of(tag) ?? tag
}
