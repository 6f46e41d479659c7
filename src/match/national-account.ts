/**
 * How the part of an IBAN behind its four first characters is built: counts of b bank, s branch, k national check digits,
 * t type, currency or reserve, a account number.
 * Source  SWIFT IBAN Registry (ISO 13616-1); for BI DJ LY MN RU SD SO YE the forms of their central banks. Countries in
 *         which nobody writes an account any other way than by its IBAN are left out.
 */
const LAYOUTS: Record<string, string> = {
  '4b4s12a': 'AD',
  '3b16a': 'AE OM',
  '3b4s1k16a': 'AL HU',
  '5b11a': 'AT LT',
  '4b20a': 'AZ DO HN LB NI SV',
  '3b3s8a2k': 'BA',
  '3b7a2k': 'BE',
  '4b4s2t8a': 'BG',
  '4b14a': 'BH CR',
  '5b5s11a2k': 'BI DJ FR MC MR',
  '8b5s10a2t': 'BR',
  '4b4s16a': 'BY',
  '5b12a': 'CH LI',
  '3b5s16a': 'CY',
  '4b16a': 'CZ PK RO SK VG',
  '8b10a': 'DE',
  '4b10a': 'DK FO GL NL',
  '2b14a': 'EE',
  '4b4s17a': 'EG',
  '4b4s2k10a': 'ES',
  '3b11a': 'FI',
  '4b6s8a': 'GB IE',
  '2b16a': 'GE',
  '4b15a': 'GI',
  '3b4s16a': 'GR',
  '4b4t16a': 'GT',
  '7b10a': 'HR',
  '3b3s13a': 'IL',
  '4b3s12a': 'IQ SO',
  '1k5b5s12a': 'IT SM',
  '4b4s18a': 'JO YE',
  '4b22a': 'KW',
  '3b13a': 'KZ LU',
  '4b24a': 'LC',
  '4b13a': 'LV',
  '3b3s15a': 'LY',
  '2b18a': 'MD SA',
  '3b13a2k': 'ME RS',
  '3b10a2k': 'MK',
  '4b12a': 'MN',
  '4b5s18a': 'MT',
  '6b2s12a6t': 'MU',
  '4b6a1k': 'NO',
  '8b16a': 'PL',
  '4b21a': 'PS QA',
  '4b4s11a2k': 'PT',
  '9b20a': 'RU',
  '6b2s16a3t': 'SC',
  '2b12a': 'SD',
  '3b17a': 'SE',
  '2b3s8a2k': 'SI',
  '3b14a2k': 'TL',
  '2b3s13a2k': 'TN',
  '5b1t16a': 'TR',
  '6b19a': 'UA',
  '2b2s10a2k': 'XK',
}

const BY_COUNTRY: ReadonlyMap<string, string> = new Map(
  Object.entries(LAYOUTS).flatMap(([layout, countries]) =>
    countries.split(' ').map((country) => [country, layout]),
  ),
)

/** One way in which the account of an IBAN is written inside its country. */
export interface NationalForm {
  readonly number: string
  readonly why: string
}

/**
 * The account numbers that stand inside an IBAN: with bank and branch in front, as its country writes it, and alone.
 * [] for countries whose layout is not known here.
 * @param iban  in capitals without blanks
 */
export function nationalForms(iban: string): NationalForm[] {
  const country = iban.slice(0, 2)
  const layout = BY_COUNTRY.get(country)
  const bban = iban.slice(4)
  if (layout === undefined || lengthOf(layout) !== bban.length) return []
  const alone = { number: parts(layout, bban, 'a'), why: `the account number inside the IBAN of ${country}` }
  // a bank code of letters (GB, NL, IE …) belongs to the IBAN alone; one of digits is written in the country too
  const whole = {
    number: bban.replace(/^[A-Z]{4}/, ''),
    why: `the number with bank and branch inside the IBAN of ${country}`,
  }
  return alone.number === whole.number ? [alone] : [whole, alone]
}

/** Where bank and branch are often written in front of the number: how many digits they have, and the number behind. */
const PREFIXED: Record<string, { prefix: number; name: string; number: [least: number, most: number] }> = {
  GB: { prefix: 6, name: 'sort code', number: [8, 8] },
  IE: { prefix: 6, name: 'sort code', number: [8, 8] },
  AU: { prefix: 6, name: 'BSB', number: [6, 9] },
}

/** The account number without the bank and branch digits in front of it; null when there are none to take off. */
export function withoutBankCode(account: string, country: string): NationalForm | null {
  const rule = PREFIXED[country]
  if (rule === undefined || !/^\d+$/.test(account)) return null
  const [least, most] = rule.number
  const rest = account.length - rule.prefix
  // with fewer digits behind it, it may just as well be a number alone
  if (rest < least || rest > most) return null
  return { number: account.slice(rule.prefix), why: `the account number behind the ${rule.name}` }
}

/** Countries whose layout is known here, each with the length of its IBAN behind the first four characters. */
export const LAYOUT_LENGTHS: ReadonlyMap<string, number> = new Map(
  [...BY_COUNTRY].map(([country, layout]) => [country, lengthOf(layout)]),
)

function lengthOf(layout: string): number {
  return (layout.match(/\d+/g) ?? []).reduce((sum, count) => sum + Number(count), 0)
}

function parts(layout: string, bban: string, wanted: string): string {
  let at = 0
  let found = ''
  for (const [, count, kind] of layout.matchAll(/(\d+)([a-z])/g)) {
    if (kind === wanted) found += bban.slice(at, at + Number(count))
    at += Number(count)
  }
  return found
}
