import type { Candidate, Plain } from '../finder.ts'
import type { Refuse } from '../reading.ts'
import { isDigitUnit, isLetterUnit, isMixed, type Run } from '../scan.ts'
import { swept } from '../sweep.ts'

/**
 * The part of an IBAN behind country and check digits, by country: n digits, a letters, c either.
 * Source  SWIFT IBAN Registry (ISO 13616-1), and for AO BF BI BJ CF CG CI CM CV DJ DZ FK GA GQ GW HN IR KM MA MG
 *         ML MZ NE NI SN TD TG the forms their central banks publish; iban.test.ts holds it against `ibantools`.
 */
const STRUCTURES: Record<string, string> = {
  n8c12: 'AD',
  n19: 'AE IL SO TL',
  n8c16: 'AL CY',
  n21: 'AO CV LY MZ PT ST',
  n16: 'AT BA EE LT MN XK',
  n14: 'DK FI FO GL SD',
  a4c20: 'AZ',
  n12: 'BE',
  c2n22: 'BF BJ ML',
  a4n6c8: 'BG',
  a4c14: 'BH',
  n23: 'BI CF CG CM DJ GA GQ KM MG MR TD',
  n10c11n2: 'FR MC',
  n23a1c1: 'BR',
  a4n4c16: 'BY',
  n5c12: 'CH LI',
  a1n23: 'CI',
  n18: 'CR DE ME RS VA',
  n20: 'CZ ES SE SK TN',
  a4n20: 'DO HN NI SV',
  n22: 'DZ IR IS',
  n25: 'EG',
  a2n12: 'FK',
  a4n14: 'GB',
  c2n16: 'GE',
  a4c15: 'GI',
  n7c16: 'GR',
  c24: 'GT',
  a2n19: 'GW',
  n17: 'HR',
  n24: 'HU MA PL',
  c4n14: 'IE',
  a4n15: 'IQ',
  a1n10c12: 'IT SM',
  a4n4c18: 'JO YE',
  a4c22: 'KW',
  n3c13: 'KZ LU',
  n4c20: 'LB',
  a4c24: 'LC',
  a4c13: 'LV',
  c20: 'MD',
  n3c10n2: 'MK',
  a4n5c18: 'MT',
  a4n19a3: 'MU',
  a2n22: 'NE SN TG',
  a4n10: 'NL',
  n11: 'NO',
  n3c16: 'OM',
  c4n16: 'PK VG',
  a4c16: 'RO',
  a4c21: 'PS QA',
  n14c15: 'RU',
  n2c18: 'SA',
  a4n20a3: 'SC',
  n15: 'SI',
  n5c17: 'TR',
  n6c19: 'UA',
}

interface Structure {
  /** Letters and digits of the whole IBAN. */
  readonly length: number
  readonly form: RegExp
}

const COUNTRIES: ReadonlyMap<string, Structure> = new Map(
  Object.entries(STRUCTURES).flatMap(([structure, countries]) => {
    const known = { length: lengthOf(structure), form: formOf(structure) }
    return countries.split(' ').map((country) => [country, known] as const)
  }),
)

function lengthOf(structure: string): number {
  return (structure.match(/\d+/g) ?? []).reduce((sum, count) => sum + Number(count), 4)
}

function formOf(structure: string): RegExp {
  const classes: Record<string, string> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' }
  const body = structure.replace(
    /([nac])(\d+)/g,
    (_, kind: string, count: string) => `${classes[kind]}{${count}}`,
  )
  return new RegExp(`^[A-Z]{2}[0-9]{2}${body}$`)
}

/** The country codes an IBAN may begin with. */
export const IBAN_COUNTRIES: readonly string[] = [...COUNTRIES.keys()].sort()

/** True for a complete IBAN in capitals without blanks: country, length, structure and check digits (ISO 7064 mod 97-10). */
export function isIban(iban: string): boolean {
  return (COUNTRIES.get(iban.slice(0, 2))?.form.test(iban) ?? false) && mod97(iban) === 1
}

/** ISO 7064 mod 97-10 of an IBAN, its first four signs moved to the end, letters as 10 to 35. */
function mod97(iban: string): number {
  let rest = 0
  for (let i = 0; i < iban.length; i++) {
    const value = Number.parseInt(iban.charAt((i + 4) % iban.length), 36)
    rest = value > 9 ? (rest * 100 + value) % 97 : (rest * 10 + value) % 97
  }
  return rest
}

/** International bank account numbers, written together, in groups, or broken over two lines. */
export function findIbans(plain: Plain, _context: unknown, refuse?: Refuse): Candidate[] {
  const { text } = plain
  const found: Candidate[] = []
  const { runs } = swept(plain)
  let past = 0
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as Run
    if (!isMixed(run) || run.end <= past) continue
    const index = headIn(text, run, past)
    if (index < 0) continue
    // The rest of this run may hold another head.
    past = headEnd(text, index)
    i--
    if (index !== run.start) continue
    const structure = COUNTRIES.get(text.slice(index, index + 2).toUpperCase())
    if (structure === undefined) continue
    const { iban, end } = collect(text, index, structure.length)
    if (isAlphanumeric(text.charCodeAt(end)) || !structure.form.test(iban)) continue
    if (mod97(iban) === 1) found.push(candidate(iban, index, end))
    else
      refuse?.(
        'iban',
        { start: index, end },
        'looks like an IBAN, but its check digits fail: a character is wrong',
      )
  }
  return found
}

/** Where two letters, two digits and, behind one sign or none, two of either begin in a run; -1 when they do not. */
function headIn(text: string, { start, end }: Run, past: number): number {
  for (let i = Math.max(start, past); i + 4 <= end; i++) {
    if (
      isLetterUnit(text.charCodeAt(i)) &&
      isLetterUnit(text.charCodeAt(i + 1)) &&
      isDigitUnit(text.charCodeAt(i + 2)) &&
      isDigitUnit(text.charCodeAt(i + 3)) &&
      headEnd(text, i) > 0
    )
      return i
  }
  return -1
}

/** Behind the head at `index`; 0 when too little follows its digits. */
function headEnd(text: string, index: number): number {
  const at = ' -.'.includes(text.charAt(index + 4) || '/') ? index + 5 : index + 4
  return isAlphanumeric(text.charCodeAt(at)) && isAlphanumeric(text.charCodeAt(at + 1)) ? at + 2 : 0
}

function candidate(iban: string, start: number, end: number): Candidate {
  const country = iban.slice(0, 2)
  const why = `an IBAN of ${country}: length, form and check digits are right`
  return { kind: 'iban', start, end, value: iban, normal: iban, confidence: 1, why, country }
}

/** Up to `length` letters and digits from `start`, stepping over one blank, dash, dot or line break between groups. */
function collect(text: string, start: number, length: number): { iban: string; end: number } {
  let iban = ''
  let end = start
  for (let i = start; i < text.length && iban.length < length; i++) {
    if (isAlphanumeric(text.charCodeAt(i))) {
      iban += text[i]
      end = i + 1
    } else if (!' -.\n'.includes(text.charAt(i)) || i - end > 1) break
  }
  return { iban: iban.toUpperCase(), end }
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
}
