import { isDigit } from '../script.ts'

/** Digits as written, with the signs between them: `1.500,25`. */
export interface Literal {
  readonly raw: string
  readonly end: number
}

/** Longer numbers are accounts and hashes, not amounts. */
const LONGEST = 28

/**
 * Reads the digits at `start` with the separators that may stand inside one number: point, comma, apostrophe, and
 * single blanks between groups of three. Returns null when it goes on longer than any amount.
 */
export function literalAt(text: string, start: number): Literal | null {
  let i = start
  if (text[i] === '.' && isDigit(text, i + 1)) i++
  for (; i - start <= LONGEST; i++) {
    if (isDigit(text, i)) continue
    if (!joins(text, i, start)) return { raw: text.slice(start, i), end: i }
  }
  return null
}

function joins(text: string, i: number, start: number): boolean {
  if (!isDigit(text, i + 1)) return false
  const sign = text[i]
  if (sign === '.' || sign === ',' || sign === "'" || sign === '\u2019') return true
  return (
    sign === ' ' &&
    isGroup(text, i + 1) &&
    (i - start <= 3 || isGroup(text, i - 3)) &&
    !/[.,]/.test(text.slice(start, i))
  )
}

/** Exactly three digits: what stands between blanks in `1 500 000`. */
export function isGroup(text: string, i: number): boolean {
  return isDigit(text, i) && isDigit(text, i + 1) && isDigit(text, i + 2) && !isDigit(text, i + 3)
}

export interface Manner {
  /** The text's language or currency writes decimals with a comma: 1,5 jt. */
  readonly decimalComma: boolean
  /** A million or more stands behind it, so that a single group of three may be decimals: 1,250 tỷ. */
  readonly scaled: boolean
  /** The currency has three decimals or more (BTC, KWD). */
  readonly fine: boolean
}

/** The value of a literal; null when its signs do not form a number, as in 12.03.2024 or 4.12.0. */
export function literalValue(raw: string, manner: Manner): number | null {
  const plain = isDigits(raw) ? raw : raw.replace(/[ '\u2019]/g, '')
  if (plain.charCodeAt(0) === NOUGHT && isDigit(plain, 1)) return null
  if (isDigits(plain)) return Number(plain)
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const sign = plain[last] ?? ''
  const whole = plain.slice(0, last)
  const tail = plain.slice(last + 1)
  if (isDigits(whole) || whole === '')
    return isDigits(tail) && isDecimal(sign, tail, whole, manner)
      ? Number(`${whole || '0'}.${tail}`)
      : grouped(plain)
  const signs = whole.replace(/\d/g, '')
  if ([...signs].every((it) => it === sign)) return grouped(plain)
  if (signs.includes(sign)) return null
  const units = grouped(whole)
  return units === null ? null : Number(`${units}.${tail}`)
}

const NOUGHT = 48

/** Nothing but digits, and at least one. */
function isDigits(written: string): boolean {
  for (let i = 0; i < written.length; i++) if (!isDigit(written, i)) return false
  return written !== ''
}

/** Whether the only point or comma of a number parts off decimals rather than thousands. */
function isDecimal(sign: string, tail: string, whole: string, manner: Manner): boolean {
  if (tail.length !== 3 || whole.length > 3 || whole === '' || whole === '0') return true
  if (manner.scaled) return sign === ',' ? manner.decimalComma : !manner.decimalComma
  return sign === '.' && manner.fine && !manner.decimalComma
}

const THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/
const LAKHS = /^\d{1,2}(?:,\d{2})+,\d{3}$/

function grouped(plain: string): number | null {
  if (isDigits(plain)) return Number(plain)
  const fits = THOUSANDS.test(plain) || LAKHS.test(plain)
  return fits ? Number(plain.replace(/[.,]/g, '')) : null
}
