/** Kinds of ASCII signs. */
export const DIGIT = 1
export const UPPER = 2
export const LOWER = 4

const CLASSES = new Uint8Array(128)
CLASSES.fill(DIGIT, 48, 58)
CLASSES.fill(UPPER, 65, 91)
CLASSES.fill(LOWER, 97, 123)

/** Letters and digits in a row that may be, or begin, an identifier. */
export interface Run {
  readonly start: number
  readonly end: number
  /** Bits: 1 has digits, 2 has capitals, 4 has small letters. */
  readonly has: number
}

/** Where a text has something for the finders of identifiers to look at; made by `sweep`. */
export interface Scan {
  /** Runs with a digit, runs of 24 and more signs, and words of 8 or 11 capitals; by start. */
  readonly runs: readonly Run[]
  /** Offsets of '@'. */
  readonly ats: readonly number[]
  /** Offsets of '.' directly in front of a letter or digit. */
  readonly dots: readonly number[]
  /** Offsets of "://". */
  readonly schemes: readonly number[]
  /** Offsets of ':' in front of a hexadecimal digit or a second colon. */
  readonly colons: readonly number[]
}

const DOT = 46
const DASH = 45
const LONG = 24

/** Whether letters and digits in a row are worth a look: see `Scan.runs`. */
export function isNotable(has: number, size: number): boolean {
  return (has & DIGIT) !== 0 || size >= LONG || (has === UPPER && (size === 8 || size === 11))
}

/** A table with 1 at each of some units, which is asked faster than a set. */
export function unitsOf(signs: string): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (let i = 0; i < signs.length; i++) table[signs.charCodeAt(i)] = 1
  return table
}

/** An ASCII letter or digit, or any sign beyond ASCII: what may stand in a host name. */
export function isNameUnit(unit: number): boolean {
  return unit < 128 ? (CLASSES[unit] ?? 0) !== 0 : unit >= 0xa1
}

export function isDigitUnit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

export function isHexUnit(unit: number): boolean {
  return isDigitUnit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102)
}

export function isLetterUnit(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
}

export function isAlphanumericUnit(unit: number): boolean {
  return isDigitUnit(unit) || isLetterUnit(unit)
}

/** How many digits stand at `at`, counted up to `most`. */
export function digitsAt(text: string, at: number, most: number): number {
  let i = at
  while (i < at + most && isDigitUnit(text.charCodeAt(i))) i++
  return i - at
}

/** How many of its units are digits. */
export function digitsIn(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if (isDigitUnit(text.charCodeAt(i))) count++
  return count
}

/** Where the units that `isPart` agrees to begin, going back from `end` over at most `most` of them. */
export function startOf(text: string, end: number, isPart: (unit: number) => boolean, most: number): number {
  let start = end
  const least = Math.max(0, end - most)
  while (start > least && isPart(text.charCodeAt(start - 1))) start--
  return start
}

/** Without dots and dashes at the end. */
export function withoutTail(name: string): string {
  return name.slice(
    0,
    startOf(name, name.length, (unit) => unit === DOT || unit === DASH, name.length),
  )
}

/** True when a run has digits and letters. */
export function isMixed(run: Run): boolean {
  return (run.has & DIGIT) !== 0 && run.has !== DIGIT
}

/** True when a run is made of digits alone. */
export function isNumber(run: Run): boolean {
  return run.has === DIGIT
}

/** The index of the first run that begins at `offset` or later. */
export function runFrom(runs: readonly Run[], offset: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
