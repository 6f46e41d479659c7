import type { Candidate, Plain } from './finder.ts'
import { labelsIn } from './labels.ts'
import type { LanguageGuess } from './language.ts'

/** One thing that speaks for a country. */
export interface RegionSign {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly weight: number
  /** As it stands in a sentence: "the number +66…". */
  readonly reason: string
}

export interface RegionGuess {
  /** ISO 3166-1 alpha-2, most likely first; [] when nothing speaks for any. */
  readonly countries: string[]
  readonly why: string
}

/** Where a language is mostly written, and how much that says; English says nothing by itself. */
const LANGUAGE_COUNTRIES: Record<string, readonly (readonly [country: string, weight: number])[]> = {
  th: [['TH', 3]],
  vi: [['VN', 3]],
  km: [['KH', 3]],
  my: [['MM', 3]],
  lo: [['LA', 3]],
  id: [
    ['ID', 3],
    ['MY', 0.5],
  ],
  ms: [
    ['MY', 3],
    ['ID', 0.5],
  ],
  tl: [['PH', 3]],
  hi: [['IN', 3]],
  bn: [
    ['BD', 3],
    ['IN', 1],
  ],
  sw: [
    ['KE', 2],
    ['TZ', 1.9],
    ['UG', 1],
  ],
  zh: [
    ['CN', 2],
    ['TW', 0.5],
    ['HK', 0.4],
  ],
}

/** The countries of a language, the likeliest first; [] for English and others that say nothing. */
export function countriesOf(language: string): string[] {
  return (LANGUAGE_COUNTRIES[language] ?? []).map(([country]) => country)
}

const TRADITIONAL: readonly (readonly [country: string, weight: number])[] = [
  ['TW', 2],
  ['HK', 1.9],
  ['CN', 0.4],
]

/** Signs and words of currencies used in one country only, as they stand in texts. */
const CURRENCIES: readonly (readonly [form: string, country: string])[] = [
  ['฿', 'TH'],
  ['บาท', 'TH'],
  [' baht', 'TH'],
  ['THB', 'TH'],
  ['₫', 'VN'],
  ['VND', 'VN'],
  ['៛', 'KH'],
  [' riel', 'KH'],
  ['MMK', 'MM'],
  [' kyat', 'MM'],
  ['₭', 'LA'],
  [' kip', 'LA'],
  ['₱', 'PH'],
  ['PHP', 'PH'],
  ['₹', 'IN'],
  ['INR', 'IN'],
  [' lakh', 'IN'],
  ['৳', 'BD'],
  ['BDT', 'BD'],
  [' taka', 'BD'],
  ['S$', 'SG'],
  ['SGD', 'SG'],
  ['MYR', 'MY'],
  [' RM', 'MY'],
  ['IDR', 'ID'],
  [' Rp', 'ID'],
  ['HK$', 'HK'],
  ['HKD', 'HK'],
  ['NT$', 'TW'],
  ['TWD', 'TW'],
  ['£', 'GB'],
  ['GBP', 'GB'],
  ['A$', 'AU'],
  ['AUD', 'AU'],
  ['KSh', 'KE'],
  ['KES', 'KE'],
  ['TZS', 'TZ'],
  ['UGX', 'UG'],
  ['RMB', 'CN'],
  ['CNY', 'CN'],
]

const CURRENCY_COUNTRIES = new Map(CURRENCIES)
const CURRENCY_FORMS = new RegExp(CURRENCIES.map(([form]) => form.replace('$', '\\$')).join('|'), 'g')

const PAYMENT_COUNTRIES: Record<string, string> = {
  PromptPay: 'TH',
  PayNow: 'SG',
  DuitNow: 'MY',
  UPI: 'IN',
  PayID: 'AU',
}

/** Units of a long text that are looked at for currencies and banks. */
const HEAD = 20_000

/** What the words of a text say about its country: language, currencies, banks and payment systems. */
export function wordSigns(plain: Plain, { language, scripts }: LanguageGuess): RegionSign[] {
  const traditional = language === 'zh' && scripts.some(({ script }) => script === 'Hant')
  const spoken = traditional ? TRADITIONAL : (LANGUAGE_COUNTRIES[language] ?? [])
  const signs = spoken.map(([country, weight]) => ({
    country,
    weight,
    reason: `the text is in '${language}'`,
  }))
  for (const form of new Set(plain.text.slice(0, HEAD).match(CURRENCY_FORMS))) {
    const country = CURRENCY_COUNTRIES.get(form)
    if (country !== undefined) signs.push({ country, weight: 1.5, reason: `amounts in "${form.trim()}"` })
  }
  for (const { role, bank, system } of labelsIn(plain, 0, HEAD)) {
    if (bank !== null) signs.push({ country: bank.country, weight: 1.5, reason: `the bank ${bank.name}` })
    const country = role === 'payment' ? PAYMENT_COUNTRIES[system ?? ''] : undefined
    if (country !== undefined) signs.push({ country, weight: 1.5, reason: `payments by ${system}` })
  }
  return signs
}

/** What facts say that carry a country of their own: international numbers, IBANs, places. */
export function factSigns(found: readonly Candidate[]): RegionSign[] {
  return found.flatMap(({ kind, country, value }) => {
    if (country === undefined) return []
    if (kind === 'phone') return [{ country, weight: 2, reason: `the number ${value}` }]
    return [{ country, weight: 1, reason: `the ${kind} ${value}` }]
  })
}

/** One kind of reason never counts more than this, however often it is given. */
const MOST_PER_COUNTRY = 6

/**
 * The likely countries of a text, each with its reason. What it says itself counts more than where the reporter lives.
 * @param reporter  the reporter's country, ISO 3166-1 alpha-2, when known
 */
export function guessCountries(signs: readonly RegionSign[], reporter?: string): RegionGuess {
  const votes = new Map<string, { weight: number; reasons: Set<string> }>()
  const all = reporter === undefined ? signs : [...signs, ofReporter(reporter)]
  for (const { country, weight, reason } of all) {
    const sum = votes.get(country) ?? { weight: 0, reasons: new Set() }
    if (sum.reasons.has(reason)) continue
    sum.weight = Math.min(MOST_PER_COUNTRY, sum.weight + weight)
    sum.reasons.add(reason)
    votes.set(country, sum)
  }
  const ranked = [...votes].sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1))
  const first = ranked[0]
  if (first === undefined) return { countries: [], why: 'nothing in the text points to a country' }
  const reasons = [...first[1].reasons].slice(0, 3).join(', ')
  return { countries: ranked.map(([country]) => country), why: `most likely ${first[0]}: ${reasons}` }
}

function ofReporter(country: string): RegionSign {
  return { country: country.toUpperCase(), weight: 1.4, reason: 'the reporter is there' }
}
