import type { Languages } from '../lexicon/form.ts'
import { unitsOf } from '../scan.ts'
import { isDigit, isLetter, isUnspaced, scriptAt } from '../script.ts'
import {
  beforeSigns,
  type CurrencyToken,
  currencyBefore,
  type Found,
  isOrdinal,
  type MoneyToken,
  tokenAt,
} from './money-words.ts'
import { type NumberPhrase, numberPhraseAt, phraseValue } from './number-phrase.ts'

/** A number phrase with the currencies beside it. */
export interface Quantity {
  readonly phrase: NumberPhrase
  readonly before: Found<CurrencyToken> | null
  readonly after: Found<CurrencyToken> | null
}

/** Where a number begins, and the end of the amount before it: a currency word in front of that is taken. */
export interface Place {
  readonly at: number
  readonly floor: number
}

/** Number of the Latin script in SCRIPTS. */
const LATIN = 1
const POINT = 46
const SIGNS_OF_CODES = unitsOf('#@_/\\*')
const SIGNS_IN_NUMBERS = unitsOf(".,:'-")
const SIGNS_THAT_GO_ON = unitsOf('.,:/')
const SIGNS_OF_MEASURES = unitsOf('%°_')
const BRACKET = 40

/** The number at a place with the currencies beside it; null when it is part of a code, a date or an ordinal. */
export function quantityAt(text: string, { at, floor }: Place, languages: Languages): Quantity | null {
  const pointed = text.charCodeAt(at - 1) === POINT && isDigit(text, at) && !/[\w.]/.test(text[at - 2] ?? '')
  const start = pointed ? at - 1 : at
  const found = currencyBefore(text, beforeSigns(text, start), languages)
  const before = found !== null && found.start >= floor ? found : null
  if (before === null && (isInsideCode(text, start) || isOrdinal(text, start, languages))) return null
  const phrase = numberPhraseAt(text, start, languages)
  if (phrase === null) return null
  const after = currencyBehind(text, phrase, languages)
  return endsCleanly(text, phrase, after) ? { phrase, before, after } : null
}

/** Digits glued to letters or to other digits by a sign are part of a code, a date or a telephone number. */
function isInsideCode(text: string, i: number): boolean {
  if (i === 0) return false
  if (isLetter(text, i - 1)) return isDigit(text, i) && isSpacedLetter(text, i - 1)
  const sign = text.charCodeAt(i - 1)
  if (SIGNS_OF_CODES[sign] === 1) return isDigit(text, i)
  return SIGNS_IN_NUMBERS[sign] === 1 && isDigit(text, i - 2)
}

/** Devanagari and Bengali letters in front of digits are words written without a blank, not codes. */
function isSpacedLetter(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  return !isUnspaced(scriptAt(text, i)) && !(unit >= 0x0900 && unit < 0x0a00)
}

function endsCleanly(text: string, { end }: NumberPhrase, after: Found<CurrencyToken> | null): boolean {
  const sign = text.charCodeAt(end)
  if (SIGNS_OF_MEASURES[sign] === 1) return false
  // A hash or an address that begins with digits: 0xAE04, 38Wgm.
  if (after === null && isDigit(text, end - 1) && scriptAt(text, end) === LATIN) return false
  return !(SIGNS_THAT_GO_ON[sign] === 1 && isDigit(text, end + 1))
}

function currencyBehind(
  text: string,
  phrase: NumberPhrase,
  languages: Languages,
): Found<CurrencyToken> | null {
  const { next } = phrase
  const far = next?.token.kind === 'about' ? skipBlank(text, next.end) : skipBlank(text, phrase.end)
  const bracket = text.charCodeAt(far) === BRACKET
  const found =
    bracket || next?.token.kind === 'about'
      ? currencyAt(text, bracket ? far + 1 : far, languages)
      : asCurrency(next)
  if (found === null || found.token.side === 'before') return null
  const whole = wholeCurrency(text, found, languages)
  // `100 USD20` lists prices: the word belongs to the number it is glued to.
  return isDigit(text, whole.end) ? null : whole
}

function currencyAt(text: string, at: number, languages: Languages): Found<CurrencyToken> | null {
  return asCurrency(tokenAt(text, at, languages))
}

function asCurrency(found: Found<MoneyToken> | null): Found<CurrencyToken> | null {
  return found?.token.kind === 'currency' ? { token: found.token, start: found.start, end: found.end } : null
}

/** 元新台币 is one currency in two words: the second says whose 元 it is. */
function wholeCurrency(
  text: string,
  found: Found<CurrencyToken>,
  languages: Languages,
): Found<CurrencyToken> {
  if (found.token.shared === null) return found
  const next = currencyAt(text, found.end, languages)
  if (next === null || next.token.code === null || isDigit(text, next.end)) return found
  return { token: next.token, start: found.start, end: next.end }
}

function skipBlank(text: string, at: number): number {
  return text[at] === ' ' ? at + 1 : at
}

/** The two ends of a range that opens with `low`, in one currency and unit: 500 to 800 baht, $5-10k, 2-3万; else null. */
export function rangeFrom(text: string, low: Quantity, languages: Languages): [Quantity, Quantity] | null {
  const joint =
    low.after === null ? low.phrase.next : tokenAt(text, skipBlank(text, low.after.end), languages)
  if (joint?.token.kind !== 'ranges') return null
  const at = skipBlank(text, joint.end)
  const before = isDigit(text, at) ? null : currencyAt(text, at, languages)
  const phrase = numberPhraseAt(text, before === null ? at : skipBlank(text, before.end), languages)
  if (phrase === null || text[phrase.end] === '-') return null
  const high = { phrase, before, after: currencyBehind(text, phrase, languages) }
  return endsCleanly(text, phrase, high.after) && isRange(text, low, high) ? shareRange(low, high) : null
}

/** `$300 to 9123 4567` is a payment to a number: without a currency of its own the high end must be near the low one. */
function isRange(text: string, low: Quantity, high: Quantity): boolean {
  if (high.before !== null || high.after !== null || high.phrase.times !== null) return true
  if (low.before === null && low.after === null) return false
  const manner = { decimalComma: false, fine: false }
  const from = phraseValue(low.phrase, manner)
  const to = phraseValue(high.phrase, manner)
  const near = from !== null && to !== null && to > from && to <= from * 20
  return near && !(text[high.phrase.end] === ' ' && isDigit(text, high.phrase.end + 1))
}

/** Both ends count in the same currency, and in the same unit when only the second has one. */
function shareRange(low: Quantity, high: Quantity): [Quantity, Quantity] {
  const lowCurrency = low.before ?? low.after
  const highCurrency = high.before ?? high.after
  return [
    {
      ...low,
      phrase: inUnitOf(low.phrase, high.phrase),
      after: lowCurrency === null ? unwritten(highCurrency, low) : low.after,
    },
    { ...high, after: highCurrency === null ? unwritten(lowCurrency, high) : high.after },
  ]
}

/** A currency that is not written beside this end of the range: it takes no room in the text. */
function unwritten(currency: Found<CurrencyToken> | null, { phrase }: Quantity): Found<CurrencyToken> | null {
  return currency === null ? null : { token: currency.token, start: phrase.end, end: phrase.end }
}

function inUnitOf(low: NumberPhrase, high: NumberPhrase): NumberPhrase {
  const unit = high.parts.at(-1)
  if (low.times !== null || unit?.kind !== 'times' || high.parts.length !== 2) return low
  const manner = { decimalComma: false, fine: false }
  const from = phraseValue(low, manner) ?? 0
  const to = phraseValue({ ...high, parts: high.parts.slice(0, 1) }, manner) ?? 0
  if (from >= to) return low
  return { ...low, parts: [...low.parts, unit], times: high.times }
}
