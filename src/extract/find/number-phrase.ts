import type { Languages } from '../lexicon/form.ts'
import { isDigit, isEdge, isLetter } from '../script.ts'
import { type Found, isMany, type MoneyToken, type TimesToken, tokenAt } from './money-words.ts'
import { literalAt, literalValue, type Manner } from './number.ts'

/** A number as a text writes it, in digits, words or both: `1.5 lakh`, `三万五千`, `2 triệu rưỡi`, `elfu hamsini`. */
export interface NumberPhrase {
  readonly start: number
  readonly end: number
  readonly parts: readonly Part[]
  readonly hasDigits: boolean
  /** What stands right behind it, when that was looked up: a currency, a dash, a word of another kind. */
  readonly next: Found<MoneyToken> | null
  /** The last multiplier; it says which language and money is meant when no currency does. */
  readonly times: TimesToken['times'] | null
}

interface LiteralPart {
  readonly kind: 'literal'
  readonly raw: string
}

/** One step of the sum: a plain number, or a multiplier of what stands before it. */
type Part =
  | LiteralPart
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'times'; readonly value: number }
  | { readonly kind: 'leading'; readonly value: number }
  /** A part of the unit before it: the 5 of 3万5 and of 1tr5, the half of 2 triệu rưỡi. */
  | { readonly kind: 'share'; readonly value: number }

/** More words than any amount has; keeps a text of nothing but number words linear. */
const MOST_PARTS = 16

interface Reader {
  readonly text: string
  readonly languages: Languages
  readonly parts: Part[]
  pos: number
  hasDigits: boolean
  times: TimesToken['times'] | null
  next: Found<MoneyToken> | null
}

/** Reads the longest number that begins at `start`; null when none does. */
export function numberPhraseAt(text: string, start: number, languages: Languages): NumberPhrase | null {
  const reader: Reader = { text, languages, parts: [], pos: start, hasDigits: false, times: null, next: null }
  while (reader.parts.length < MOST_PARTS && readPart(reader)) {
    // each call takes in one part and moves on
  }
  if (reader.parts.length === 0) return null
  const { parts, hasDigits, times, next, pos } = reader
  return { start, end: pos, parts, hasDigits, times, next }
}

function readPart(reader: Reader): boolean {
  const { text, languages, parts, pos } = reader
  const at = parts.length > 0 && text[pos] === ' ' ? pos + 1 : pos
  if (isDigit(text, at) || (text[at] === '.' && parts.length === 0)) return readLiteral(reader, at)
  if (text[at] === '-' && parts.length > 0 && readHyphenated(reader, at + 1)) return true
  const found = tokenAt(text, at, languages)
  reader.next = found
  if (found === null) return false
  const { token, end } = found
  if (token.kind === 'number') return readNumber(reader, token.value, { at, end })
  if (token.kind === 'times') return readTimes(reader, token.times, end)
  if (parts.length > 0) return readJoint(reader, token.kind, end)
  const part = PARTS.get(token.kind)
  if (part !== undefined) return readPartOfOne(reader, part, end)
  if (token.kind !== 'half_a' && token.kind !== 'half') return false
  const next = tokenAt(text, skipBlank(text, end), languages)
  return next?.token.kind === 'times' && take(reader, { kind: 'number', value: 0.5 }, end)
}

function skipBlank(text: string, at: number): number {
  return text[at] === ' ' ? at + 1 : at
}
function take(reader: Reader, part: Part, end: number): boolean {
  reader.parts.push(part)
  reader.pos = end
  return true
}

/** Digits open a number, or follow a multiplier when a smaller multiplier follows them (2 แสน 5 หมื่น). */
function readLiteral(reader: Reader, at: number): boolean {
  const { text, parts, languages, pos } = reader
  const last = parts.at(-1)
  const literal = literalAt(text, at)
  if (literal === null) return false
  const { raw, end } = literal
  if (last === undefined || last.kind === 'leading') {
    reader.hasDigits = true
    return take(reader, { kind: 'literal', raw }, end)
  }
  if (last.kind !== 'times' || !/^\d{1,4}$/.test(raw)) return false
  const next = tokenAt(text, skipBlank(text, end), languages)
  if (next?.token.kind === 'times' && next.token.times.value < last.value)
    return take(reader, { kind: 'literal', raw }, end)
  // 12万3500: as many digits as the unit has noughts are all of what it leaves open.
  if (at === pos && last.value === 10 ** raw.length && last.value >= 10_000 && isHan(text, at - 1))
    return take(reader, { kind: 'literal', raw }, end)
  const glued = at === pos && last.value >= 1000 && isEdge(text, end)
  const share = Number(raw) / 10 ** raw.length
  return (
    glued &&
    raw.length <= 3 &&
    next?.token.kind !== 'times' &&
    take(reader, { kind: 'share', value: share * last.value }, end)
  )
}

/** Number words open a number, add to tens (twenty five), and follow a multiplier. */
function readNumber(reader: Reader, value: number, { at, end }: { at: number; end: number }): boolean {
  const last = reader.parts.at(-1)
  const part: Part = { kind: 'number', value }
  if (last === undefined || last.kind === 'leading') return take(reader, part, end)
  if (last.kind === 'number') return readBesideNumber(reader, { last: last.value, value, end })
  if (last.kind !== 'times' || value >= last.value) return false
  const next = tokenAt(reader.text, skipBlank(reader.text, end), reader.languages)?.token
  const multiplied = next?.kind === 'times' || (next?.kind === 'number' && next.value === 10)
  const goesOn = multiplied || next?.kind === 'tens' || next?.kind === 'currency'
  if (isHan(reader.text, at) && last.value >= 100 && value > 0 && value < 10 && !multiplied) {
    const share = (value * last.value) / 10
    return (
      (goesOn || !isHan(reader.text, end) || GIVEN.test(reader.text[end] ?? '')) &&
      take(reader, { kind: 'share', value: share }, end)
    )
  }
  if (value === 1 && reader.parts.length === 1 && isThaiOrLao(reader.text, at))
    return take(reader, { kind: 'share', value: 0 }, end)
  if (!goesOn && last.value >= 1000 && value > 0 && value < 10 && isSpokenShort(reader.text, at, end))
    return take(reader, { kind: 'share', value: (value * last.value) / 10 }, end)
  return (goesOn || last.value <= 100 || value >= 10 || value === 0) && take(reader, part, end)
}

/** Thai and Lao leave out the last unit as Chinese does: สองหมื่นสอง is 22,000, when nothing is counted behind it. */
function isSpokenShort(text: string, at: number, end: number): boolean {
  return isThaiOrLao(text, at) && (!isLetter(text, end) || SHORT_ENDS.test(text.slice(end, end + 6)))
}

function isThaiOrLao(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0x0e00 && unit < 0x0f00
}

/** Behind a number cut short these end it: particles, and what is done with the money. */
const SHORT_ENDS = /^(?:อะ|อ่ะ|นะ|จ้า|ค่ะ|คะ|ครับ|เลย|แล้ว|ไปให้|ให้|เข้า|มาให้|ถึง|ต่อ|ก็|ເດີ້|ໃຫ້|ແລ້ວ|ໄປໃຫ້|ຈຶ່ງ|ຕໍ່|ກໍ່)/

/** Behind 八万五 these open what is done with the money. */
const GIVEN = /[到给給转轉汇匯打了进進左走才就都放够夠起交还還拿，。；！？、]/

interface Beside {
  readonly last: number
  readonly value: number
  readonly end: number
}

/** 五十 is five times ten, twenty five is twenty and five, isandaan at limampu 150; a nought only keeps a place (一百零五). */
function readBesideNumber(reader: Reader, { last, value, end }: Beside): boolean {
  if (value === 10 && last < 10) return take(reader, { kind: 'times', value: 10 }, end)
  const open = last % 1000 === 0 ? 1000 : last % 100 === 0 ? 100 : last % 10 === 0 ? 10 : 0
  const adds = last === 0 || (last > value && value < open)
  return adds && take(reader, { kind: 'number', value }, end)
}

function isHan(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0x4e00 && unit <= 0x9fff
}

function readTimes(reader: Reader, times: TimesToken['times'], end: number): boolean {
  const { parts } = reader
  const last = parts.at(-1)
  const value = times.value
  if (last === undefined && times.implicit === true) return readImplicit(reader, times, end)
  const opens = last === undefined || (times.leading === true && parts[0]?.kind === 'leading')
  if (opens && (times.leading !== true || !numberFollows(reader, end))) return false
  if (last?.kind === 'share') return false
  reader.times = times
  return take(reader, { kind: opens ? 'leading' : 'times', value }, end)
}

/** แสนสองหมื่น and พันบาท: a multiplier that opens a number is one of it, when a number or a currency follows. */
function readImplicit(reader: Reader, times: TimesToken['times'], end: number): boolean {
  const next = tokenAt(reader.text, skipBlank(reader.text, end), reader.languages)?.token
  if (isMany(reader.text, reader.pos) || (next?.kind !== 'number' && next?.kind !== 'currency')) return false
  reader.times = times
  return take(reader, { kind: 'times', value: times.value }, end)
}

function numberFollows({ text, languages }: Reader, end: number): boolean {
  const at = skipBlank(text, end)
  return isDigit(text, at) || tokenAt(text, at, languages)?.token.kind === 'number'
}

function readHyphenated(reader: Reader, at: number): boolean {
  const found = tokenAt(reader.text, at, reader.languages)
  const last = reader.parts.at(-1)
  if (found?.token.kind !== 'number' || last?.kind !== 'number') return false
  return readNumber(reader, found.token.value, { at, end: found.end })
}

/** What such a word adds to the number behind it. */
const PARTS = new Map([
  ['plus_half', 0.5],
  ['plus_quarter', 0.25],
  ['less_quarter', -0.25],
])

/** साढ़े तीन लाख, सवा दो लाख, পৌনে তিন লাখ: a part more or less than the number behind; than one, when none stands there. */
function readPartOfOne(reader: Reader, part: number, end: number): boolean {
  const at = skipBlank(reader.text, end)
  const found = tokenAt(reader.text, at, reader.languages)
  if (found?.token.kind === 'number')
    return take(reader, { kind: 'number', value: found.token.value + part }, found.end)
  return (
    found?.token.kind === 'times' &&
    Math.abs(part) === 0.25 &&
    take(reader, { kind: 'number', value: 1 + part }, end)
  )
}

function readJoint(reader: Reader, kind: string, end: number): boolean {
  const last = reader.parts.at(-1)
  if (kind === 'half') return readHalf(reader, end)
  if (kind === 'tens' && last?.kind === 'number') return take(reader, { kind: 'times', value: 10 }, end)
  if (kind === 'teens' && last?.kind === 'number') return take(reader, { kind: 'number', value: 10 }, end)
  return kind === 'and' && readBehindAnd(reader, end)
}

/** 2 triệu rưỡi: half of the unit before it; milioni sita na nusu: of the one that opened; one and a half million. */
function readHalf(reader: Reader, end: number): boolean {
  const [opening] = reader.parts
  const last = reader.parts.at(-1)
  if (last?.kind === 'times') return take(reader, { kind: 'share', value: last.value / 2 }, end)
  if (last?.kind !== 'number') return false
  if (opening?.kind === 'leading') return take(reader, { kind: 'share', value: opening.value / 2 }, end)
  const next = tokenAt(reader.text, skipBlank(reader.text, end), reader.languages)
  return next?.token.kind === 'times' && take(reader, { kind: 'number', value: 0.5 }, end)
}

/** `and` belongs to a number only when one goes on behind it: two hundred and fifty; kumi na tano. */
function readBehindAnd(reader: Reader, end: number): boolean {
  const at = skipBlank(reader.text, end)
  const found = tokenAt(reader.text, at, reader.languages)
  if (found === null) return false
  const last = reader.parts.at(-1)
  const before = reader.pos
  reader.pos = at
  const taken =
    found.token.kind === 'number'
      ? readNumber(reader, found.token.value, { at, end: found.end })
      : found.token.kind === 'times' && found.token.times.leading === true && last?.kind === 'number'
        ? readTimes(reader, found.token.times, found.end)
        : false
  if (!taken) reader.pos = before
  return taken
}

/**
 * The value of a phrase; null when its digits do not form a number.
 * A multiplier takes in everything smaller that stands before it: (2 × 100 + 30) × 10,000 in 两百三十万.
 */
export function phraseValue({ parts }: NumberPhrase, manner: Omit<Manner, 'scaled'>): number | null {
  const sums: number[] = []
  let leading = 1
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Part
    if (part.kind === 'leading') leading = part.value
    else if (part.kind === 'times') sums.push(takeSmaller(sums, part.value) * part.value)
    else {
      const value = part.kind === 'literal' ? literalIn(parts, i, manner) : part.value
      if (value === null) return null
      sums.push(part.kind === 'share' ? value : value * leading)
    }
  }
  let sum = 0
  for (let i = 0; i < sums.length; i++) sum += sums[i] as number
  return sum
}

/** The value of the digits that are one part; a million behind them says how they are read. */
function literalIn(parts: readonly Part[], i: number, { decimalComma, fine }: Omit<Manner, 'scaled'>) {
  const next = parts[i + 1]
  const scaled = next?.kind === 'times' && next.value >= 1e6
  return literalValue((parts[i] as LiteralPart).raw, { decimalComma, fine, scaled })
}

function takeSmaller(sums: number[], times: number): number {
  let sum = 0
  for (let last = sums.at(-1); last !== undefined && last < times; last = sums.at(-1)) {
    sum += last
    sums.pop()
  }
  return sum === 0 ? 1 : sum
}
