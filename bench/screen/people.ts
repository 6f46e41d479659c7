/** The holders of a synthetic book, each from its number alone: no list of them is kept in memory. Nobody in it is real. */
export interface Holder {
  readonly account: string
  readonly business: boolean
  readonly name: string
  readonly bank: string
  readonly country: string
  readonly town: string
  readonly device: string
  readonly ip: string
}

const GIVEN =
  'Ano Bela Cori Dano Eris Fanu Gilo Hani Ivor Jelu Kemi Lano Mira Niko Oru Pela Rasi Sano Tavi Umi'.split(
    ' ',
  )
const FAMILY =
  'Arvel Borin Castel Dorim Elvar Fendal Gorin Halmer Istan Jorvel Kestin Lomar Mervan Norvel Ostin Pelgar Rovan Sarvel Tolven Urmin Velmar Wosten Zervan'.split(
    ' ',
  )
const TRADES = ['Trading', 'Foods', 'Services', 'Supplies', 'Transport', 'Works']
/** User-assigned codes of ISO 3166: no country. */
export const COUNTRIES = ['QM', 'QN', 'QO', 'QP', 'QQ', 'QR', 'QS', 'QT'] as const
const TOWNS = [
  'Northport',
  'Southfield',
  'Eastham',
  'Westerby',
  'Midvale',
  'Lakeside',
  'Hillcote',
  'Riverton',
]
const OCCUPATIONS =
  'clerk teacher driver nurse builder student engineer cook farmer cleaner accountant mechanic'.split(' ')

/** A whole number that looks random and is the same for the same numbers (32 bits, multiply and shift). */
export function mixed(n: number, salt: number): number {
  let it = Math.imul(n ^ (salt * 0x9e37_79b9), 0x85eb_ca6b)
  it = Math.imul(it ^ (it >>> 13), 0xc2b2_ae35)
  return (it ^ (it >>> 16)) >>> 0
}

const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** Every twelfth account is a business. */
export const isBusiness = (n: number) => n % 12 === 0
export const accountOf = (n: number) => `A${n}`
const countryOf = (n: number) => of(COUNTRIES, mixed(n, 1) % 100 < 85 ? 0 : mixed(n, 2))
/** A place of a country as a bank writes it: `QM-Northport`. */
export const townOf = (n: number, salt = 3) => `${countryOf(n)}-${of(TOWNS, mixed(n, salt))}`

export function holderOf(n: number): Holder {
  const business = isBusiness(n)
  const family = of(FAMILY, mixed(n, 4))
  return {
    account: accountOf(n),
    business,
    name: business ? `${family} ${of(TRADES, mixed(n, 5))}` : `${of(GIVEN, mixed(n, 6))} ${family}`,
    bank: `BANK${mixed(n, 7) % 12}`,
    country: countryOf(n),
    town: townOf(n),
    device: `D${n}`,
    ip: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
  }
}

export const ACCOUNT_COLUMNS = [
  'account',
  'bank',
  'holder_name',
  'holder_type',
  'country',
  'opened_at',
  'declared_monthly_income',
  'age',
  'occupation',
  'licence',
  'introducer',
  'address',
  'phone',
] as const

/** One line of the accounts file. Telephones are of the kind that no country gives out; a household shares an address. */
export function accountLine(n: number): string {
  const it = holderOf(n)
  const opened = new Date(Date.UTC(2012, 0, 1) + (mixed(n, 8) % 5_200) * 86_400_000)
    .toISOString()
    .slice(0, 10)
  const person = !it.business
  return [
    it.account,
    it.bank,
    it.name,
    person ? 'person' : 'business',
    it.country,
    opened,
    person ? 900 + (mixed(n, 9) % 60) * 100 : '',
    person ? 18 + (mixed(n, 10) % 65) : '',
    person ? of(OCCUPATIONS, mixed(n, 11)) : '',
    it.business && mixed(n, 12) % 40 === 0 ? `MSB-${n}` : '',
    mixed(n, 13) % 400 === 0 ? `agent${mixed(n, 14) % 900}` : '',
    `${1 + (mixed(n >> 1, 15) % 90)} ${of(FAMILY, mixed(n >> 1, 16))} Road ${n >> 1}`,
    mixed(n, 17) % 10 === 0 ? '' : `+999 55 ${n}`,
  ].join(',')
}
