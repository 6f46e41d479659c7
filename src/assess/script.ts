/**
 * What each UTF-16 code unit is to the reader. Scripts without spaces are told apart because a word there has no
 * edges that can be seen, and because distances are counted in words everywhere.
 */
export const OTHER = 0
export const WORD = 1
export const DIGIT = 2
export const HAN = 3
export const THAI = 4
export const LAO = 5
export const KHMER = 6
export const MYANMAR = 7
export const INVISIBLE = 8
export const INNER = 9
export const END = 10
export const PAUSE = 11
export const SPACE = 12
export const NEWLINE = 13
export const DOT = 14
/** A currency sign is a word of its own. */
export const CURRENCY = 15

/** One word is 20 ticks; a code unit of a script without spaces is its share of an average word. */
export const WORD_TICKS = 20
const TICKS = new Uint8Array(16)
TICKS[HAN] = 12
TICKS[THAI] = 5
TICKS[LAO] = 5
TICKS[KHMER] = 4
TICKS[MYANMAR] = 4

/** Ticks of one code unit of class `kind`, for scripts without spaces. */
export function ticksOf(kind: number): number {
  return TICKS[kind] ?? 0
}

/** Whether words of this class are written without spaces between them. */
export function unspaced(kind: number): boolean {
  return kind >= HAN && kind <= MYANMAR
}

const RANGES: readonly (readonly [number, number, number])[] = [
  [0x30, 0x39, DIGIT],
  [0x41, 0x5a, WORD],
  [0x61, 0x7a, WORD],
  [0xaa, 0xaa, WORD],
  [0xb5, 0xb5, WORD],
  [0xc0, 0xd6, WORD],
  [0xd8, 0xf6, WORD],
  [0xf8, 0x1fff, WORD],
  [0x37e, 0x37e, PAUSE],
  [0x600, 0x61f, OTHER],
  [0x60c, 0x60c, PAUSE],
  [0x61b, 0x61b, PAUSE],
  [0x61f, 0x61f, END],
  [0x66a, 0x66d, OTHER],
  [0x6d4, 0x6d4, END],
  [0x660, 0x669, DIGIT],
  [0x6f0, 0x6f9, DIGIT],
  [0x964, 0x965, END],
  [0x966, 0x96f, DIGIT],
  [0x9e6, 0x9ef, DIGIT],
  [0x9f2, 0x9fb, OTHER],
  [0xe01, 0xe3a, THAI],
  [0xe40, 0xe4e, THAI],
  [0xe4f, 0xe4f, PAUSE],
  [0xe50, 0xe59, DIGIT],
  [0xe5a, 0xe5b, PAUSE],
  [0xe80, 0xeff, LAO],
  [0xed0, 0xed9, DIGIT],
  [0x1000, 0x109f, MYANMAR],
  [0x1040, 0x1049, DIGIT],
  [0x104a, 0x104a, PAUSE],
  [0x104b, 0x104b, END],
  [0x1780, 0x17d3, KHMER],
  [0x17d4, 0x17d5, END],
  [0x17d6, 0x17d6, PAUSE],
  [0x17d7, 0x17d7, KHMER],
  [0x17d8, 0x17da, OTHER],
  [0x17dc, 0x17dd, KHMER],
  [0x17e0, 0x17e9, DIGIT],
  [0x17f0, 0x17ff, OTHER],
  [0x2c00, 0x2dff, WORD],
  [0x3005, 0x3007, HAN],
  [0x3041, 0x30ff, HAN],
  [0x3400, 0x9fff, HAN],
  [0xa640, 0xa69f, WORD],
  [0xa720, 0xa9df, WORD],
  [0xa9e0, 0xa9fe, MYANMAR],
  [0xaa60, 0xaa7f, MYANMAR],
  [0xab30, 0xabff, WORD],
  [0xac00, 0xd7a3, WORD],
  [0xf900, 0xfaff, HAN],
  [0xfb00, 0xfdff, WORD],
  [0xfe70, 0xfefc, WORD],
  [0xff10, 0xff19, DIGIT],
  [0xff21, 0xff3a, WORD],
  [0xff41, 0xff5a, WORD],
]

const SINGLES: readonly (readonly [number, string])[] = [
  [INVISIBLE, '\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff'],
  [INVISIBLE, '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f'],
  [INNER, "'\u2019\u02bc\uff07`\u2018"],
  [END, '!?\u3002\uff01\uff1f\u203c\u2047\u2048\u2049'],
  [
    PAUSE,
    ',;:()[]{}|\u2022\u00b7\u2013\u2014\u2026\uff0c\u3001\uff1b\uff1a\uff08\uff09\u3010\u3011\u203b\u25aa',
  ],
  [SPACE, ' \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'],
  [NEWLINE, '\n\r\u000b\u000c\u0085\u2028\u2029'],
  [DOT, '.\uff0e'],
  [CURRENCY, '$\u00a3\u00a5\u20ac\u0e3f\u17db\u20ad\u20ab\u20b9\u20b1\u20a9\u09f3\uff04\uffe5'],
]

/** Class of every UTF-16 code unit; what is not named above (symbols, emoji, lone surrogates) is OTHER. */
export const CLASS = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(65_536)
  for (const [first, last, kind] of RANGES) table.fill(kind, first, last + 1)
  for (const [kind, characters] of SINGLES)
    for (const character of characters) table[character.charCodeAt(0)] = kind
  return table
}

const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10]

/** The value 0..9 of a code unit of class DIGIT. */
export function digitOf(code: number): number {
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return code - zero
  return 0
}

/** A word as terms are compared: composed, lower case, one apostrophe, nothing invisible, full width narrowed. */
export function foldWord(word: string): string {
  // ASCII without capitals and the backtick is folded already
  if (/^[ -@[-_a-~]*$/.test(word)) return word
  let seen = ''
  for (let i = 0; i < word.length; i++) if (CLASS[word.charCodeAt(i)] !== INVISIBLE) seen += word[i]
  return seen
    .normalize('NFKC')
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    .replace(NUKTA, '')
    .replace(MOON, '\u0902')
}

/** Hindi is written with and without the dot below (वीज़ा, वीजा), and with either sign of the nasal (हूँ, हूं). */
const NUKTA = /(?<=[\u0900-\u097f])\u093c/g
const MOON = /\u0901/g

const APOSTROPHES = /[\u2018\u2019\u02bc`]/g

const COENG = 0x17d2
const KHMER_DA = 0x178a
const KHMER_TA = 0x178f

/** A code unit of a script without spaces as it is compared. Below the line Khmer DA and TA look the same, and are written for each other. */
export function unitOf(same: Uint16Array, text: string, i: number): number {
  const code = text.charCodeAt(i)
  if (code === KHMER_DA && text.charCodeAt(i - 1) === COENG) return KHMER_TA
  return same[code] ?? code
}

/** The same word without tone marks and with a plain d, as it is typed on a phone without Vietnamese keys. */
export function withoutMarks(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
}

/** Whether the edge between two code units of a script without spaces can be the edge of a word. */
export function canEnd(before: number, after: number, next: number): boolean {
  if (after >= 0xe00 && after <= 0xeff) return endsThaiLao(before, after)
  if (after >= 0x1780 && after <= 0x17d3) return !(after >= 0x17b6 || before === 0x17d2)
  if (after >= 0x1000 && after <= 0x109f) return endsMyanmar(before, after, next)
  return true
}

/** A vowel or tone sign belongs to the consonant before it, and a leading vowel to the consonant after it. */
function endsThaiLao(before: number, after: number): boolean {
  const low = after & 0x7f
  const trailing =
    (low >= 0x30 && low <= 0x3a) ||
    low === 0x45 ||
    (low >= 0x47 && low <= 0x4e) ||
    low === 0x3b ||
    low === 0x3c
  const lowBefore = before & 0x7f
  const leading = before >= 0xe00 && before <= 0xeff && lowBefore >= 0x40 && lowBefore <= 0x44
  return !trailing && !leading
}

/** A consonant that carries asat, or is stacked, closes the syllable before it. */
function endsMyanmar(before: number, after: number, next: number): boolean {
  if (before === 0x1039) return false
  if ((after >= 0x102b && after <= 0x103e) || (after >= 0x1056 && after <= 0x1059)) return false
  return !(next === 0x103a || next === 0x1039)
}
