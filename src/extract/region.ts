import type { Fact } from '../core/fact.ts'

/** What speaks for a country, and how much. */
export interface RegionSigns {
  /** BCP 47 primary tag of the text. */
  readonly language: string
  /** Facts that carry a country of their own: international phone numbers, IBANs, places. */
  readonly facts: readonly Pick<Fact, 'kind' | 'country' | 'value'>[]
  /** ISO 4217 codes read in the text. */
  readonly currencies: readonly string[]
  /** The reporter's country, ISO 3166-1 alpha-2, when known. */
  readonly reporter?: string | undefined
}

export interface RegionGuess {
  /** ISO 3166-1 alpha-2, most likely first; [] when nothing speaks for any. */
  readonly countries: string[]
  readonly why: string
}

/** Where a language is mostly written; languages of many countries (en, zh) say nothing by themselves. */
const LANGUAGE_COUNTRIES: Record<string, readonly string[]> = {
  th: ['TH'],
  vi: ['VN'],
  km: ['KH'],
  my: ['MM'],
  lo: ['LA'],
  id: ['ID'],
  ms: ['MY'],
  tl: ['PH'],
  hi: ['IN'],
  bn: ['BD', 'IN'],
  sw: ['KE', 'TZ', 'UG'],
  zh: ['CN'],
}

/** The country of a currency used in one country only. */
const CURRENCY_COUNTRIES: Record<string, string> = {
  THB: 'TH',
  VND: 'VN',
  KHR: 'KH',
  MMK: 'MM',
  LAK: 'LA',
  IDR: 'ID',
  MYR: 'MY',
  PHP: 'PH',
  INR: 'IN',
  BDT: 'BD',
  SGD: 'SG',
  CNY: 'CN',
  HKD: 'HK',
  TWD: 'TW',
  GBP: 'GB',
  AUD: 'AU',
  KES: 'KE',
  TZS: 'TZ',
  UGX: 'UG',
}

interface Vote {
  weight: number
  readonly reasons: Set<string>
}

/**
 * The likely countries of a text, each with its reason: what it says itself counts more than its language,
 * its language more than where the reporter lives.
 */
export function guessCountries(signs: RegionSigns): RegionGuess {
  const votes = new Map<string, Vote>()
  const vote = (country: string | undefined, weight: number, reason: string) => {
    if (country === undefined || country === '') return
    const sum = votes.get(country) ?? { weight: 0, reasons: new Set() }
    sum.weight += weight
    sum.reasons.add(reason)
    votes.set(country, sum)
  }
  LANGUAGE_COUNTRIES[signs.language]?.forEach((country, i) => {
    vote(country, 3 - i, `the text is in '${signs.language}'`)
  })
  for (const fact of signs.facts) {
    if (fact.kind === 'phone') vote(fact.country, 2, `the number ${fact.value}`)
    else if (fact.kind === 'place') vote(fact.country, 1, `the place ${fact.value}`)
    else vote(fact.country, 1, `the account ${fact.value}`)
  }
  for (const currency of new Set(signs.currencies)) {
    vote(CURRENCY_COUNTRIES[currency], 1, `amounts in ${currency}`)
  }
  vote(signs.reporter, 1.5, 'the reporter is there')
  return explain(votes)
}

function explain(votes: ReadonlyMap<string, Vote>): RegionGuess {
  const ranked = [...votes].sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1))
  if (ranked.length === 0) return { countries: [], why: 'nothing in the text points to a country' }
  const [first] = ranked
  const reasons = [...(first?.[1].reasons ?? [])].slice(0, 3).join(', ')
  return { countries: ranked.map(([country]) => country), why: `${first?.[0]}: ${reasons}` }
}
