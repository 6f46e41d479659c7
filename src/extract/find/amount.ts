import type { Money } from '../../core/fact.ts'
import { exponentOf, formatMoney } from '../../core/money.ts'
import type { Candidate, Context, Finder, Plain } from '../finder.ts'
import { languagesIn } from '../language.ts'
import { endsWord, type Languages } from '../lexicon/form.ts'
import { MONEY } from '../lexicon/money.ts'
import type { ByCountry, Multiplier } from '../lexicon/types.ts'
import { DIGITS, NUMBER } from '../marks.ts'
import { unitsOf } from '../scan.ts'
import { isDigit, isEdge, isLetter, scriptAt } from '../script.ts'
import { swept } from '../sweep.ts'
import { inMoneyBefore, isAlone, isNearSure, type Sum, UNNAMED } from './amount-near.ts'
import { MoneyCues } from './money-cues.ts'
import { type CurrencyToken, type Found, isCounted, mayBeMoney, OPENERS, pastDigits } from './money-words.ts'
import { type NumberPhrase, phraseValue } from './number-phrase.ts'
import { type Place, type Quantity, quantityAt, rangeFrom } from './quantity.ts'

/**
 * Amounts of money, by the sign, word or unit beside a number, in digits or in words.
 * Units    minor units by ISO 4217; with no currency known, hundredths, and the reason says so.
 * Quiet    on a bare number, on percentages, on what is counted and not paid, on numbers inside codes and dates.
 * Cost     linear: a number has at most 16 parts, and a word about money is looked for 40 units back.
 */
export const findAmounts: Finder = (plain, context) => {
  const text = withChineseCommas(plain)
  const languages = spokenIn(plain, context)
  const page: Page = { text, context, languages, cues: new MoneyCues(plain, text), last: null }
  const found: Sum[] = []
  const { at, bits } = swept(plain)
  let reach = 0
  for (let i = 0; i < at.length; i++) {
    const start = at[i] as number
    const kinds = bits[i] as number
    if ((kinds & (DIGITS | NUMBER)) === 0 || start < reach) continue
    const digits = (kinds & DIGITS) !== 0
    const past = pastDigits(text, start)
    reach = digits ? past : start
    if (digits ? !mayBeMoney(text, start, past) : !OPENERS.reaches(text, start)) continue
    const before = found.length
    addAmounts(found, page, { at: start, floor: found.at(-1)?.end ?? 0 })
    if (found.length > before) reach = (found.at(-1) as Sum).end
  }
  return believed(text, found)
}

/** The sums that are sure, or that their line or others near them make so. */
function believed(text: string, found: readonly Sum[]): Candidate[] {
  const kept: Candidate[] = []
  for (let i = 0; i < found.length; i++) {
    const sum = inMoneyBefore(found[i] as Sum, found, i)
    if (sum.sure || isAlone(text, sum) || isNearSure(found, i)) kept.push(sum)
  }
  return kept
}

/** A full-width comma parts clauses (3万5，5000多块), unless the digits around it are full-width too. */
function withChineseCommas({ source, text, at }: Plain): string {
  if (!source.includes('，')) return text
  const written = (i: number) => source.charCodeAt(at ? (at[i] ?? 0) : i)
  return text.replaceAll(',', (comma, i: number) => {
    const unit = written(i)
    const before = written(i - 1)
    return unit === 0xff0c && !(before >= 0xff10 && before <= 0xff19) ? '，' : comma
  })
}

interface Page {
  readonly text: string
  readonly context: Context
  readonly languages: Languages
  readonly cues: MoneyCues
  last: Said | null
}

/** A currency as a text writes it, the one it is read as, and why. */
interface Said {
  readonly token: CurrencyToken
  readonly written: string
  readonly code: string | null
  readonly why: string
}

/** Adds the amount that begins with the number at a place, or both ends of a range. */
function addAmounts(found: Sum[], page: Page, place: Place): void {
  const first = quantityAt(page.text, place, page.languages)
  if (first === null) return
  const range = rangeFrom(page.text, first, page.languages)
  const low = range === null ? null : toAmount(page, range[0])
  const high = range === null || low === null ? null : toAmount(page, range[1])
  if (low !== null && high !== null) {
    found.push(low, high)
    return
  }
  const only = toAmount(page, first)
  if (only !== null) found.push(only)
}

interface Reckoned {
  readonly code: string | null
  readonly confidence: number
  readonly why: string
  readonly start: number
  readonly end: number
  readonly token?: CurrencyToken
  readonly sure?: boolean
  /** Nothing but its unit speaks of money. */
  readonly bare?: boolean
}

function toAmount(page: Page, quantity: Quantity): Sum | null {
  const { text, context } = page
  const reckoned = reckon(page, quantity)
  if (reckoned === null) return null
  const money = toMoney(quantity.phrase, reckoned.code, context)
  if (money === null) return null
  const { start, end, confidence, why, token = null, sure = true, bare = false } = reckoned
  const major = money.minor / 10 ** (money.currency === null ? 2 : exponentOf(money.currency))
  if (token !== null && (major < token.smallest || (major < token.least && !page.cues.strongBefore(start))))
    return null
  const value = money.currency === null ? text.slice(start, end) : formatMoney(money.minor, money.currency)
  return { kind: 'amount', start, end, value, normal: money, confidence, why, sure, bare }
}

/** Languages that write decimals with a comma, and currencies that are written so wherever they appear. */
const COMMA_LANGUAGES = new Set(['vi', 'id'])
const COMMA_CURRENCIES = new Set(['VND', 'IDR'])
/** Kept to six decimals, but counted in dollars and cents: `3.500 usdt` in a chat is three and a half thousand. */
const DOLLAR_TOKENS = new Set(['USDT', 'USDC'])

function toMoney(phrase: NumberPhrase, code: string | null, { language }: Context): Money | null {
  const exponent = code === null ? 2 : exponentOf(code)
  const decimalComma = COMMA_LANGUAGES.has(language) || COMMA_CURRENCIES.has(code ?? '')
  const fine = exponent > 2 && !DOLLAR_TOKENS.has(code ?? '')
  const value = phraseValue(phrase, { decimalComma, fine })
  if (value === null) return null
  const minor = Math.round(value * 10 ** exponent)
  return Number.isSafeInteger(minor) ? { minor, currency: code } : null
}

/** Which currency a quantity is in and why; null when it is not money. */
function reckon(page: Page, quantity: Quantity): Reckoned | null {
  const { text } = page
  const { phrase, before, after } = quantity
  if (before === null && after === null) return reckonBare(page, phrase)
  const chosen = chooseCurrency(before, after)
  if (chosen === null || (!phrase.hasDigits && isSmallWord(phrase))) return null
  const { found } = chosen
  const start = Math.min(chosen.start, phrase.start)
  const end = Math.max(chosen.end, phrase.end)
  if (isLetter(text, end) && !endsWord(text, end)) return null
  const { token } = found
  const { code, why } = saidBy(page, token, text.slice(found.start, found.end))
  if (token.code !== null) return { start, end, code, token, confidence: phrase.hasDigits ? 0.97 : 0.9, why }
  if (code === null && token.shared?.only === true) return null
  return { start, end, code, confidence: code === null ? 0.7 : 0.85, why }
}

/** What a currency says of the number beside it; a list of prices says it again and again, so the last is kept. */
function saidBy(page: Page, token: CurrencyToken, written: string): Said {
  const { last } = page
  if (last?.token === token && last.written === written) return last
  const beside = written === '' ? 'a number in a range with a currency' : `a number beside '${written}'`
  const { code, why } =
    token.code === null
      ? byCountry(token.shared, page.context)
      : { code: token.code, why: `which is ${token.code}` }
  page.last = { token, written, code, why: `${beside}, ${why}` }
  return page.last
}

/** `one dollar` and 一块 are figures of speech more often than payments. */
function isSmallWord({ parts }: NumberPhrase): boolean {
  const [only, next] = parts
  return next === undefined && only?.kind === 'number' && only.value < 10
}

interface Chosen {
  readonly found: Found<CurrencyToken>
  readonly start: number
  readonly end: number
}

/** One currency out of those beside a number: a sign that several countries share gives way to a code (`$500 SGD`). */
function chooseCurrency(
  before: Found<CurrencyToken> | null,
  after: Found<CurrencyToken> | null,
): Chosen | null {
  if (before === null) return after === null ? null : { found: after, start: after.start, end: after.end }
  if (after === null) return { found: before, start: before.start, end: before.end }
  const same = before.token.code !== null && before.token.code === after.token.code
  const found = before.token.code === null && after.token.code !== null ? after : before
  const joined = same || before.token.code === null || after.token.code === null
  return { found, start: before.start, end: joined ? after.end : before.end }
}

function byCountry(
  shared: ByCountry | null,
  { countries, tied = false }: Context,
): { code: string | null; why: string } {
  // Countries that are named equally often do not say whose dollars they are.
  const unclear = tied && shared?.default !== undefined
  const country =
    shared?.only === true
      ? countries.find((it) => shared.countries?.[it])
      : unclear
        ? undefined
        : countries[0]
  const local = country === undefined ? undefined : shared?.countries?.[country]
  if (local !== undefined)
    return { code: local, why: `read as ${local} because the text points to ${country}` }
  const code = shared?.default ?? null
  return code === null
    ? { code, why: 'which several countries use; counted in hundredths' }
    : { code, why: `read as ${code}, as nothing points to another country that uses it` }
}

/** A text too short to tell its language speaks that of the reporter's country, and that of the money it names. */
function spokenIn(plain: Plain, context: Context): Languages {
  const languages = languagesIn(plain, context)
  if (context.language !== 'und') return languages
  const spoken = new Set(languages)
  for (const [language, { countries, words }] of Object.entries(MONEY.spoken)) {
    const named = words.some((word) => plain.text.toLowerCase().includes(word))
    if (named || countries.includes(context.countries[0] ?? '')) spoken.add(language)
  }
  return spoken
}

/** Units of the longest amount in thousands without a currency: 1,500k. */
const LONGEST_SHORT = 7

/** A number with a unit but no currency: 45 triệu, 2万, 1,5 jt, 500/-. */
function reckonBare({ text, context, languages, cues }: Page, phrase: NumberPhrase): Reckoned | null {
  const { start, end, times, hasDigits } = phrase
  if (times === null) return hasDigits ? reckonPriceMark(text, phrase, context) : null
  const home = homeOf(times, context.language, languages)
  if (home === null || isCounted(text, end)) return null
  // Long digits with a K behind them are a registration number.
  if (times.here !== undefined && end - start > LONGEST_SHORT) return null
  if (!isEdge(text, end)) return null
  const cued = cues.near(start, end)
  const stands =
    times.alone !== undefined && !isUnspacedHan(text, end) && (hasDigits || isSaidInFull(text, phrase))
  if (!stands && !cued) return null
  const { code, why } = byCountry(MONEY.home[home] ?? null, context)
  const unit = text.slice(start, end)
  const reason = code === null ? UNNAMED : `in ${code}, ${why}`
  return {
    code,
    confidence: stands ? 0.75 : 0.65,
    why: `'${unit}' has a unit that money is counted in here, ${reason}`,
    start,
    end,
    sure: cued,
    bare: true,
  }
}

/** တစ်သိန်းခွဲ, साढ़े पाँच लाख: a number in words of two parts and more, and no figure of speech; Chinese has too many of those. */
function isSaidInFull(text: string, { start, end, parts }: NumberPhrase): boolean {
  return parts.length > 1 && !isLetter(text, end) && text.charCodeAt(start) < 0x2000
}

/** More Chinese characters behind 万 may be what is counted. */
function isUnspacedHan(text: string, end: number): boolean {
  const unit = text.charCodeAt(end)
  return unit >= 0x4e00 && unit <= 0x9fff && !/[多左以起吧吗呢啊了就的和给才，、]/.test(text[end] ?? '')
}

/** The language in which a multiplier alone means money; null when it does not. */
function homeOf({ alone, cued, here }: Multiplier, language: string, present: Languages): string | null {
  if (here !== undefined)
    return here.includes(language) ? language : (here.find((it) => present.has(it)) ?? null)
  const languages = alone ?? cued
  if (languages === undefined) return null
  return languages.includes(language) ? language : (languages[0] ?? null)
}

const PRICE_SIGNS = unitsOf(
  MONEY.price_marks.flatMap(({ forms }) => forms.map((form) => form.charAt(0))).join(''),
)

function reckonPriceMark(
  text: string,
  { start, end }: NumberPhrase,
  { language, countries }: Context,
): Reckoned | null {
  if (PRICE_SIGNS[text.charCodeAt(end)] === 0) return null
  for (const { forms, languages = {}, countries: local = {} } of MONEY.price_marks) {
    const form = forms.find((it) => text.startsWith(it, end))
    if (form === undefined) continue
    const code = local[countries[0] ?? ''] ?? languages[language]
    const next = end + form.length
    if (code === undefined || isDigit(text, next) || (isLetter(text, next) && scriptAt(text, next) === 1))
      return null
    return { code, confidence: 0.75, why: `a number with the price mark '${form}', in ${code}`, start, end }
  }
  return null
}
