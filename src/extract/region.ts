import { coinAt } from './coins.ts'
import type { Candidate, Plain } from './finder.ts'
import { allLabels, type Label } from './labels.ts'
import type { LanguageGuess } from './language.ts'
import { swept } from './sweep.ts'

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
  /** The second is as likely as the first. */
  readonly tied: boolean
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

/** Adds the currencies that are named in `[0, end)`, each once, in the order of the text. */
function addCurrencies(signs: RegionSign[], plain: Plain, end: number): void {
  const { coins } = swept(plain)
  const before = signs.length
  let past = 0
  for (let k = 0; k < coins.length; k++) {
    const i = coins[k] as number
    if (i >= end) break
    const coin = i < past ? null : coinAt(plain.text, i)
    if (coin === null || i + coin.form.length > end) continue
    past = i + coin.form.length
    if (signs.indexOf(coin.sign, before) < 0) signs.push(coin.sign)
  }
}

const PAYMENT_COUNTRIES: Record<string, string> = {
  PromptPay: 'TH',
  PayNow: 'SG',
  DuitNow: 'MY',
  UPI: 'IN',
  PayID: 'AU',
}

/** By language, and for traditional characters: what it says of the country of a text. */
const SPOKEN: Record<string, readonly RegionSign[]> = Object.fromEntries([
  ...Object.entries(LANGUAGE_COUNTRIES).map(([language, countries]) => [
    language,
    signsOf(language, countries),
  ]),
  ['traditional', signsOf('zh', TRADITIONAL)],
])

function signsOf(language: string, countries: readonly (readonly [country: string, weight: number])[]) {
  return countries.map(([country, weight]) => ({ country, weight, reason: `the text is in '${language}'` }))
}

/** Units of a long text that are looked at for currencies and banks. */
const HEAD = 20_000

/** What the words of a text say about its country: language, currencies, banks and payment systems. */
export function wordSigns(plain: Plain, { language, scripts }: LanguageGuess): RegionSign[] {
  const traditional = language === 'zh' && scripts.some(({ script }) => script === 'Hant')
  const signs = (SPOKEN[traditional ? 'traditional' : language] ?? []).slice()
  addCurrencies(signs, plain, Math.min(HEAD, plain.text.length))
  const labels = allLabels(plain)
  for (let i = 0; i < labels.length; i++) {
    const { role, bank, system, start } = labels[i] as Label
    if (start >= HEAD) break
    if (bank !== null) signs.push({ country: bank.country, weight: 1.5, reason: `the bank ${bank.name}` })
    const country = role === 'payment' ? PAYMENT_COUNTRIES[system ?? ''] : undefined
    if (country !== undefined) signs.push({ country, weight: 1.5, reason: `payments by ${system}` })
  }
  return signs
}

/** Adds what facts say that carry a country of their own: international numbers, IBANs, places. */
export function addFactSigns(signs: RegionSign[], found: readonly Candidate[]): void {
  for (let i = 0; i < found.length; i++) {
    const { kind, country, value } = found[i] as Candidate
    if (country === undefined) continue
    if (kind === 'phone') signs.push({ country, weight: 2, reason: `the number ${value}` })
    else signs.push({ country, weight: 1, reason: `the ${kind} ${value}` })
  }
}

/** One kind of reason never counts more than this, however often it is given. */
const MOST_PER_COUNTRY = 6

/**
 * The likely countries of a text, each with its reason. What it says itself counts more than where the reporter lives.
 * @param reporter  the reporter's country, ISO 3166-1 alpha-2, when known
 */
export function guessCountries(signs: readonly RegionSign[], reporter?: string): RegionGuess {
  const votes: Votes[] = []
  for (let i = 0; i < signs.length; i++) vote(votes, signs[i] as RegionSign)
  if (reporter !== undefined) vote(votes, ofReporter(reporter))
  if (votes.length > 1) votes.sort((a, b) => b.weight - a.weight || (a.country < b.country ? -1 : 1))
  const first = votes[0]
  if (first === undefined)
    return { countries: [], why: 'nothing in the text points to a country', tied: false }
  const reasons = first.reasons.slice(0, REASONS).join(', ')
  const tied = votes[1]?.weight === first.weight
  return {
    countries: votes.map(({ country }) => country),
    why: `most likely ${first.country}: ${reasons}`,
    tied,
  }
}

interface Votes {
  readonly country: string
  weight: number
  readonly reasons: string[]
}

/** Reasons that are told. */
const REASONS = 3

function vote(votes: Votes[], { country, weight, reason }: RegionSign): void {
  for (let i = 0; i < votes.length; i++) {
    const sum = votes[i] as Votes
    if (sum.country !== country) continue
    // More would change nothing: so the reasons stay few, however many signs a text gives.
    if (sum.weight === MOST_PER_COUNTRY && sum.reasons.length >= REASONS) return
    if (sum.reasons.includes(reason)) return
    sum.weight = Math.min(MOST_PER_COUNTRY, sum.weight + weight)
    sum.reasons.push(reason)
    return
  }
  votes.push({ country, weight, reasons: [reason] })
}

function ofReporter(country: string): RegionSign {
  return { country: country.toUpperCase(), weight: 1.4, reason: 'the reporter is there' }
}
