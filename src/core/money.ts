import { HouseError } from './errors.ts'

/** Where money that a scam took stands now. Every ledger line is in one of these, and they add up to what was paid. */
export const MONEY_STATES = ['at_risk', 'held', 'lost', 'returned'] as const
export type MoneyState = (typeof MONEY_STATES)[number]

/** An amount in integer minor units of a known currency: `{ minor: 4820000, currency: 'SGD' }` is 48,200 dollars. */
export interface Amount {
  readonly minor: number
  readonly currency: string
}

/**
 * How many decimals the minor unit has. Source: ISO 4217 list one; ANG and BGN are kept for payments of before
 * they ended. Tokens by their own contracts, except ETH: its 18 decimals do not fit a safe integer, so ETH is
 * counted in gwei.
 */
const CODES_BY_EXPONENT: readonly [number, string][] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [
    2,
    `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
    CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
    MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
    SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
  [6, 'TRX USDC USDT XRP'],
  [8, 'BTC LTC'],
  [9, 'ETH SOL TON'],
]

const EXPONENT: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code) => [code, exponent] as const),
  ),
)

/** Every currency the house can count, sorted: ISO 4217 and the tokens above. */
export const CURRENCIES: readonly string[] = [...EXPONENT.keys()].sort()

/** Decimals of a currency's minor unit. Throws `invalid` for a code the house does not know. */
export function exponentOf(currency: string): number {
  const exponent = EXPONENT.get(currency)
  if (exponent === undefined)
    throw new HouseError('invalid', `currency: ${show(currency)} is not a currency code, e.g. SGD`)
  return exponent
}

/**
 * An amount for people, the same in every language: `SGD 48,200.00`.
 * @param minor  integer minor units; a number beyond 2^53 is refused, a bigint is not
 * @throws       `invalid` for a fraction, an unsafe number or an unknown currency
 */
export function formatMoney(minor: number | bigint, currency: string): string {
  const exponent = exponentOf(currency)
  if (typeof minor === 'number' && !Number.isSafeInteger(minor))
    throw new HouseError('invalid', `amount: ${minor} is not a whole number of minor units`)
  const digits = String(minor < 0 ? -minor : minor).padStart(exponent + 1, '0')
  const whole = grouped(digits.slice(0, digits.length - exponent))
  const decimals = exponent === 0 ? '' : `.${digits.slice(-exponent)}`
  return `${currency} ${minor < 0 ? '-' : ''}${whole}${decimals}`
}

/** Whole digits in groups of three. */
function grouped(whole: string): string {
  let groups = whole.slice(-3)
  for (let end = whole.length - 3; end > 0; end -= 3)
    groups = `${whole.slice(Math.max(0, end - 3), end)},${groups}`
  return groups
}

const PLAIN = /^\d+$/
const GROUPED = /^\d{1,3}(?:,\d{3})+$/
const LAKHS = /^\d{1,2}(?:,\d{2})+,\d{3}$/

/**
 * What a person typed into an amount field, exactly. The point is always the decimal point; commas or blanks group
 * thousands (`48,200.00`, `48 200`, `1,50,000`); the currency's own code may stand before or after.
 * @throws `invalid`, naming what is wrong: nothing is rounded and nothing is guessed
 * Keeps   parseMoney(formatMoney(n, c), c) is n, for every n from 0 to 2^53 - 1 (money.test.ts)
 */
export function parseMoney(text: string, currency: string): Amount {
  const exponent = exponentOf(currency)
  const wrong = (what: string) => new HouseError('invalid', `amount ${show(text)}: ${what}`)
  const number = withoutCode(text.trim(), currency)
  if (number === '') throw wrong('there is no amount')
  if (/^[-−(]/.test(number)) throw wrong('an amount cannot be less than nothing')
  const odd = /[^\d.,\s]/u.exec(number)
  if (odd) throw wrong(`${show(odd[0])} does not belong in an amount of ${currency}; use digits 0 to 9`)
  const [whole = '', decimals = '', ...more] = number.split('.')
  if (more.length > 0) throw wrong('more than one decimal point')
  if (whole === '') throw wrong('write the nought before the decimal point, e.g. 0.50')
  if (/\D/.test(decimals) || number.endsWith('.')) throw wrong('only digits may follow the decimal point')
  if (decimals.length > exponent) throw wrong(tooFine(currency, exponent))
  const plain = ungrouped(whole)
  if (plain === null)
    throw wrong('commas and blanks may only group thousands; write decimals with a point, e.g. 48,200.50')
  const minor = BigInt(plain + decimals.padEnd(exponent, '0'))
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong('too large to count exactly')
  return { minor: Number(minor), currency }
}

function withoutCode(text: string, currency: string): string {
  const upper = text.toUpperCase()
  if (upper.startsWith(currency)) return text.slice(currency.length).trim()
  if (upper.endsWith(currency)) return text.slice(0, -currency.length).trim()
  return text
}

/** The digits of a whole part whose groups are well formed; null when a comma or blank stands elsewhere. */
function ungrouped(whole: string): string | null {
  if (PLAIN.test(whole)) return whole
  if (/,/.test(whole) && /\s/.test(whole)) return null
  const commas = whole.replace(/\s/g, ',')
  return GROUPED.test(commas) || LAKHS.test(commas) ? commas.replaceAll(',', '') : null
}

function tooFine(currency: string, exponent: number): string {
  if (exponent === 0) return `${currency} has no decimals; group thousands with a comma, e.g. 1,500`
  return `${currency} has at most ${exponent} decimals; group thousands with a comma, e.g. 1,500`
}

/** At most 40 characters of what was typed, in quotes, so that an error stays one line. */
function show(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return `“${line.length > 40 ? `${line.slice(0, 40)}…` : line}”`
}
