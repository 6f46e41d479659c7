import type { Plain, Seen } from './finder.ts'

/** Code units that stand for 0 in the scripts of the Basic Multilingual Plane (Unicode 16, general category Nd). */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
  0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
]

/**
 * Invisible code units: soft hyphen, joiners, direction marks, variation selectors, the keycap frame, the byte order mark.
 * They are how a number or a link is hidden from a filter; no fact needs them.
 */
const INVISIBLE = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20e3, 0x20e3],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
] as const

/** What one sign is written as in plain text; keys are the look-alikes. */
const LOOKALIKES: readonly (readonly [string, string])[] = [
  [' ', '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  ['\n', '\u2028\u2029\u0085'],
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63'],
  ['.', '\u2024\ufe52\uff61'],
  ['/', '\u2044\u2215\u29f8'],
  [':', '\u2236\ua789\ufe55'],
  ['@', '\ufe6b'],
  ['+', '\ufe62'],
  ['#', '\ufe5f'],
  ['¢', '\uffe0'],
  ['£', '\uffe1'],
  ['¥', '\uffe5'],
  ['₩', '\uffe6'],
]

/** Marks a code unit that is left out. U+FFFF is a noncharacter: it never stands for itself in this table. */
const DROP = 0xffff

const PLAIN_OF = buildTable()

function buildTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (let unit = 0; unit < DROP; unit++) table[unit] = unit
  for (let unit = 0xff01; unit <= 0xff5e; unit++) table[unit] = unit - 0xfee0
  for (const [plain, lookalikes] of LOOKALIKES) {
    for (const sign of lookalikes) table[sign.charCodeAt(0)] = plain.charCodeAt(0)
  }
  for (const zero of ZEROS) for (let digit = 0; digit < 10; digit++) table[zero + digit] = 48 + digit
  for (const [first, last] of INVISIBLE) table.fill(DROP, first, last + 1)
  return table
}

/** Mathematical letters and digits (U+1D400 to U+1D7FF) share this high surrogate; spammers write links with them. */
const MATHS_HIGH = 0xd835

/**
 * The text as finders want it: ASCII digits, narrow forms, no invisible signs, one kind of dash and dot.
 * Keeps    every lone surrogate and every other sign as it is; never throws.
 * Cost     linear; text that needs no change is returned as it is, and `at` is null while nothing was left out.
 */
export function toPlain(source: string): Plain {
  const first = nextChange(source, 0)
  if (first === source.length) return { source, text: source, at: null, seen: unseen() }
  const parts: string[] = []
  /** Where units were left out: the plain offset behind each gap, and how far plain and source are apart from there. */
  const gaps: number[] = []
  let length = 0
  let kept = 0
  for (let i = first; i < source.length; i = nextChange(source, kept)) {
    if (i > kept) parts.push(source.slice(kept, i))
    length += i - kept
    const unit = source.charCodeAt(i)
    const plain = unit === MATHS_HIGH ? mathsUnit(source, i) : (PLAIN_OF[unit] ?? unit)
    kept = i + 1
    if (plain !== DROP) {
      parts.push(SIGNS[plain] ?? '')
      length++
    }
    if (unit === MATHS_HIGH) kept++
    if (kept - length !== (gaps.at(-1) ?? 0)) gaps.push(length, kept - length)
  }
  parts.push(source.slice(kept))
  return { source, text: parts.join(''), at: offsets(gaps, length + source.length - kept), seen: unseen() }
}

/** What is known of a text that nobody has looked at. */
export function unseen(): Seen {
  return { sweep: null, labels: null, language: null, languages: null, views: null }
}

/** Every sign that stands for a look-alike: all are in the first Latin block, but for the won. */
const SIGNS = buildSigns()

function buildSigns(): Record<number, string> {
  const signs: Record<number, string> = { 8361: '₩' }
  for (let unit = 0; unit < 0x100; unit++) signs[unit] = String.fromCharCode(unit)
  return signs
}

function offsets(gaps: readonly number[], length: number): Uint32Array | null {
  if (gaps.length === 0) return null
  const at = new Uint32Array(length + 1)
  let shift = 0
  let i = 0
  for (let gap = 0; gap <= gaps.length; gap += 2) {
    const end = gaps[gap] ?? length + 1
    for (; i < end; i++) at[i] = i + shift
    shift = gaps[gap + 1] ?? 0
  }
  return at
}

/** The offset in the source of plain offset `i`; the end of an invisible tail belongs to what stands before it. */
export function sourceOffset(plain: Plain, i: number): number {
  return plain.at === null ? i : (plain.at[i] ?? plain.source.length)
}

/** The source offset just behind plain unit `i - 1`, so that a slice never takes in invisible signs that follow it. */
export function sourceEnd(plain: Plain, i: number): number {
  if (plain.at === null) return i
  if (i === 0) return 0
  const last = plain.at[i - 1] ?? plain.source.length
  return last + (isMathsPair(plain.source, last) ? 2 : 1)
}

/** The next unit from `from` on that plain text writes otherwise; the text's length when there is none. */
function nextChange(source: string, from: number): number {
  const { length } = source
  for (let i = from; i < length; i++) {
    const unit = source.charCodeAt(i)
    if (unit < 0x85) continue
    if (PLAIN_OF[unit] !== unit) return i
    if (unit === MATHS_HIGH && mathsUnit(source, i) !== MATHS_HIGH) return i
  }
  return length
}

function isMathsPair(source: string, i: number): boolean {
  return source.charCodeAt(i) === MATHS_HIGH && mathsUnit(source, i) !== MATHS_HIGH
}

/** The ASCII sign of a mathematical letter or digit at `i`; the high surrogate itself when it is something else. */
function mathsUnit(source: string, i: number): number {
  const low = source.charCodeAt(i + 1)
  if (!(low >= 0xdc00 && low <= 0xdfff)) return MATHS_HIGH
  const plain = source.slice(i, i + 2).normalize('NFKC')
  return plain.length === 1 && plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : MATHS_HIGH
}
