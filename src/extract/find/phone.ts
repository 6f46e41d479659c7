import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/max/metadata'
import type { Candidate, Context, Plain } from '../finder.ts'
import { allLabels, type Label, runsNear } from '../labels.ts'
import { touchesMoney } from '../money-sign.ts'
import { countriesOf } from '../region.ts'
import { type NumberRole, numberRole } from '../role.ts'
import type { Run } from '../scan.ts'
import { swept } from '../sweep.ts'
import { isLinked, longestNumber, shapeOf, type Written } from './phone-written.ts'

/** What a number is taken for, and why. */
interface Verdict {
  readonly number: string
  readonly country: string | undefined
  readonly confidence: number
  readonly why: string
}

/** Telephone numbers: international ones anywhere, local ones where country and context allow them. */
export function findPhones(plain: Plain, context: Context): Candidate[] {
  const { text } = plain
  const { runs } = swept(plain)
  const named = runsNear(plain, runs, mayName)
  const shape = OWN_SHAPES[context.countries[0] ?? '']
  const isProspect = (run: Run, i: number) =>
    named[i] === 1 ||
    text.charCodeAt(run.start) === NOUGHT ||
    hasPlus(text, run.start) ||
    (shape !== undefined && isLikeOwn(runs, i)) ||
    isLinked(text, run.start)
  const found = search(plain, isProspect, (written) => judge(plain, written, context))
  for (const it of lookalikes(plain, context)) found.push(it)
  return found
}

/** Only numbers with their country code: they tell the country of a text before anything else is read. */
export function findInternationalPhones(plain: Plain): Candidate[] {
  const isProspect = (run: Run) => hasPlus(plain.text, run.start)
  return search(plain, isProspect, (written) => (written.plus ? international(written) : null))
}

function search(
  plain: Plain,
  isProspect: (run: Run, i: number) => boolean,
  verdictOf: (written: Written) => Verdict | null,
): Candidate[] {
  const { runs } = swept(plain)
  const found: Candidate[] = []
  for (let i = 0; i < runs.length; ) {
    const run = runs[i]
    const hit = run !== undefined && isProspect(run, i) ? longestNumber(plain.text, runs, i, verdictOf) : null
    if (hit !== null) found.push(candidate(hit.written, hit.verdict))
    i = hit === null ? i + 1 : hit.next
  }
  return found
}

const BLANK = 32
const BRACKET = 40
const PLUS = 43
const NOUGHT = 48

/** A plus sign directly before, or before a blank or bracket. */
function hasPlus(text: string, start: number): boolean {
  for (let i = start - 1; i >= start - 3; i--) {
    const sign = text.charCodeAt(i)
    if (sign === PLUS) return true
    if (sign !== BLANK && sign !== BRACKET) return false
  }
  return false
}

/** The first groups are as long as those of OWN_SHAPES. */
function isLikeOwn(runs: readonly Run[], i: number): boolean {
  const run = runs[i]
  const size = run === undefined ? 0 : run.end - run.start
  return size === 3 || size === 4 || size === 5 || size === 11
}

/** Letters that are read as digits, in a number meant to pass a filter: +66 8I 234 567l. */
const READ_AS: Record<string, string> = { O: '0', o: '0', I: '1', l: '1', '|': '1' }
const LOOKALIKE = /^\+? ?\(?[\dOoIl][\dOoIl|() .-]{6,20}[\dOoIl|](?![A-Za-z0-9])/

const LETTERS = /[OoIl|]/

/** Behind at most four blanks and signs. */
function skipSigns(text: string, from: number): number {
  let i = from
  while (i < from + 4 && i < text.length && isSign(text.charCodeAt(i))) i++
  return i
}

function isSign(unit: number): boolean {
  if (unit < 128) return unit === BLANK || (unit >= 9 && unit <= 13) || SIGNS.includes(unit)
  return /\s/.test(String.fromCharCode(unit))
}

/** Colon, equals sign, dash. */
const SIGNS = [58, 61, 45]

/** Numbers with such letters in them: behind a plus sign or a word for telephone, and only valid ones. */
function lookalikes(plain: Plain, context: Context): Candidate[] {
  const { text } = plain
  const found: Candidate[] = []
  if (swept(plain).runs.length === 0) return found
  const starts: number[] = []
  for (let at = text.indexOf('+'); at >= 0; at = text.indexOf('+', at + 1)) starts.push(at)
  const labels = allLabels(plain)
  for (let i = 0; i < labels.length; i++) {
    const { role, platform, end } = labels[i] as Label
    if (role === 'phone' || platform?.by === 'number') starts.push(skipSigns(text, end))
  }
  if (starts.length > 1) starts.sort((a, b) => a - b)
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number
    if (start === starts[i - 1]) continue
    const window = text.slice(start, start + 26)
    const written = LETTERS.test(window) ? LOOKALIKE.exec(window)?.[0] : undefined
    if (written === undefined || !/[OoIl|]/.test(written) || (written.match(/\d/g) ?? []).length < 5) continue
    const digits = written.replace(/[OoIl|]/g, (letter) => READ_AS[letter] ?? '').replace(/[^\d+]/g, '')
    const parsed = parse(digits, digits.startsWith('+') ? undefined : context.countries[0])
    if (parsed === null || !parsed.valid) continue
    const { number, country } = parsed
    const why = 'a telephone number with letters in place of digits'
    found.push(candidate({ start, end: start + written.length }, { number, country, confidence: 0.8, why }))
  }
  return found
}

function candidate(written: Pick<Written, 'start' | 'end'>, verdict: Verdict): Candidate {
  const { number, country, confidence, why } = verdict
  const { start, end } = written
  const found: Candidate = { kind: 'phone', start, end, value: number, normal: number, confidence, why }
  return country === undefined ? found : { ...found, country }
}

function judge(plain: Plain, written: Written, context: Context): Verdict | null {
  const { start, end, digits } = written
  if (written.plus) {
    const given = numberRole(plain, start, end)
    return given?.role === 'payment' && given.distance < 32 ? null : international(written)
  }
  if (isLinked(plain.text, start)) return withoutPlus(written) ?? local(written, context, null)
  if (touchesMoney(plain.text, start, end)) return null
  const role = numberRole(plain, start, end)
  if (role !== null && !mayName(role.label)) return null
  if (digits.startsWith('00')) {
    const abroad = international({ ...written, digits: digits.slice(2) })
    if (abroad !== null && abroad.confidence > 0.8) return abroad
  }
  return local(written, context, role)
}

/** A word that may name a phone: a platform or a wallet is reached by its number, other words name something else. */
function mayName({ role, platform, bank }: Label): boolean {
  if (role === 'phone' || role === 'number') return true
  if (role === 'platform') return platform?.by !== 'digits'
  return role === 'bank' && bank?.wallet === true
}

function international({ digits }: Written): Verdict | null {
  const parsed = parse(`+${digits}`, undefined)
  if (parsed === null || digits.length < 8) return null
  const { number, country, valid } = parsed
  const of = country === undefined ? '' : ` of ${country}`
  if (valid)
    return { number, country, confidence: 0.97, why: `a telephone number${of} with its country code` }
  if (digits.length < 9 || /0{6}$/.test(digits)) return null
  const why = `a country code and a possible length${of}, though no number range is known to begin so`
  return { number, country, confidence: 0.75, why }
}

function local(written: Written, context: Context, role: NumberRole | null): Verdict | null {
  // The language of the word beside the number speaks too: short texts are not sure of theirs.
  const near = context.countries.slice(0, 4)
  for (const country of role === null
    ? near
    : new Set([...near, ...countriesOf(role.label.language ?? '')])) {
    const parsed = parse(written.digits, country)
    if (parsed === null || !parsed.valid || parsed.country !== country) continue
    if (
      (role === null || role.role === 'number') &&
      !speaksForItself(written, country, parsed.mobile, context)
    )
      continue
    const named = role === null ? 'written as' : `named by "${role.label.system ?? role.role}", written as`
    const why = `${named} a ${parsed.mobile ? 'mobile ' : ''}number in ${country}; ${reasonFor(country, context)}`
    return { number: parsed.number, country, confidence: role === null ? 0.8 : 0.93, why }
  }
  return role === null || role.role === 'number'
    ? null
    : (withoutPlus(written) ?? merelyPossible(written, context, role))
}

function reasonFor(country: string, { countries, why }: Context): string {
  return countries.includes(country) ? why : 'the word beside it is of its language'
}

/** 66812345678 beside "WhatsApp": a country code without its plus. */
function withoutPlus({ digits }: Written): Verdict | null {
  if (digits.length < 10 || digits.startsWith('0')) return null
  const parsed = parse(`+${digits}`, undefined)
  if (parsed === null || !parsed.valid) return null
  const { number, country } = parsed
  return {
    number,
    country,
    confidence: 0.85,
    why: `a country code without plus, a number of ${country ?? 'its network'}`,
  }
}

/** Named as a phone, of a length that its country has, in no known range: told, with less certainty. */
function merelyPossible({ digits }: Written, context: Context, role: NumberRole): Verdict | null {
  const [country] = context.countries
  if (country === undefined || role.distance > (digits.length < 9 ? 6 : 16) || digits.length < 8) return null
  const parsed = parse(digits, country)
  if (parsed === null) return null
  const why = `named as a telephone, of a length possible in ${country}; ${context.why}`
  return { number: parsed.number, country, confidence: 0.65, why }
}

/** Countries without a leading zero: how a number must be grouped to be one without any word beside it. */
const OWN_SHAPES: Record<string, RegExp> = {
  CN: /^(?:11|3-4-4)$/,
  IN: /^(?:5-5|3-3-4)$/,
  SG: /^4-4$/,
  HK: /^4-4$/,
  US: /^3-3-4$/,
  CA: /^3-3-4$/,
}

function speaksForItself(
  { digits, groups }: Written,
  country: string,
  mobile: boolean,
  { countries }: Context,
): boolean {
  if (country === countries[0] && OWN_SHAPES[country]?.test(shapeOf(groups)) === true) return true
  if (!digits.startsWith('0') || digits.length < 9) return false
  return mobile || (groups.last > groups.first && !/^0*$/.test(digits.slice(-5)))
}

interface Parsed {
  readonly number: string
  readonly country: string | undefined
  readonly valid: boolean
  readonly mobile: boolean
}

/** Parsing costs some 12 microseconds; the same number is often written many times. */
const CACHE = new Map<string, Parsed | null>()
const CACHE_SIZE = 4096

/** Null when the number's length is not possible in its country. */
function parse(written: string, country: string | undefined): Parsed | null {
  const key = `${country ?? ''} ${written}`
  const known = CACHE.get(key)
  if (known !== undefined) return known
  const parsed = parseAnew(written, country)
  if (CACHE.size >= CACHE_SIZE) CACHE.clear()
  CACHE.set(key, parsed)
  return parsed
}

function parseAnew(written: string, country: string | undefined): Parsed | null {
  const options = country === undefined ? {} : { defaultCountry: country as CountryCode }
  const parsed = parsePhoneNumberFromString(written, { ...options, extract: false }, metadata)
  if (parsed === undefined || !parsed.isPossible()) return null
  const type = parsed.getType()
  return {
    number: parsed.number,
    country: parsed.country,
    valid: parsed.isValid(),
    mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
  }
}
