/** What a code unit is to the readers of language: its script in the low bits, and whether it is a mark or a digit. */
export const SCRIPTS = [
  'Other',
  'Latn',
  'Hani',
  'Thai',
  'Laoo',
  'Khmr',
  'Mymr',
  'Deva',
  'Beng',
  'Kana',
  'Hang',
  'Arab',
  'Cyrl',
  'Grek',
] as const
export type Script = (typeof SCRIPTS)[number]

/** Numbers of scripts in SCRIPTS. */
export const LATN = 1
export const HANI = 2
const MYMR = 6
const OTHER_LETTER = 14
export const SCRIPT_BITS = 0x0f
/** A combining sign: it belongs to the letter before it, so no word ends in front of it. */
const MARK = 0x10
const DIGIT = 0x20
const UPPER = 0x40

const RANGES: readonly (readonly [Script, number, number])[] = [
  ['Latn', 0x0041, 0x024f],
  ['Latn', 0x1e00, 0x1eff],
  ['Grek', 0x0370, 0x03ff],
  ['Cyrl', 0x0400, 0x052f],
  ['Arab', 0x0600, 0x06ff],
  ['Deva', 0x0900, 0x097f],
  ['Beng', 0x0980, 0x09ff],
  ['Thai', 0x0e00, 0x0e7f],
  ['Laoo', 0x0e80, 0x0eff],
  ['Mymr', 0x1000, 0x109f],
  ['Hang', 0x1100, 0x11ff],
  ['Khmr', 0x1780, 0x17ff],
  ['Kana', 0x3040, 0x30ff],
  ['Hani', 0x3400, 0x4dbf],
  ['Hani', 0x4e00, 0x9fff],
  ['Hani', 0xf900, 0xfaff],
  ['Hang', 0xac00, 0xd7a3],
]

/** The kind of every unit, for loops that want no calls. */
export const KINDS = buildKinds()

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(0x10000)
  for (const [script, first, last] of RANGES) {
    const id = SCRIPTS.indexOf(script)
    if (script === 'Hani' || script === 'Hang') kinds.fill(id, first, last + 1)
    else for (let unit = first; unit <= last; unit++) kinds[unit] = kindOf(unit, id)
  }
  for (let unit = 0x0300; unit <= 0x036f; unit++) kinds[unit] = LATN | MARK
  for (let unit = 48; unit <= 57; unit++) kinds[unit] = DIGIT
  kinds[0x3007] = HANI
  for (let unit = 0x0530; unit < 0x0600; unit++) kinds[unit] = kindOf(unit, OTHER_LETTER)
  for (let unit = 0x0980 + 0x80; unit < 0x0e00; unit++) kinds[unit] = kindOf(unit, OTHER_LETTER)
  return kinds
}

function kindOf(unit: number, script: number): number {
  const sign = String.fromCharCode(unit)
  if (/\p{M}/u.test(sign)) return script | MARK
  if (/\p{Nd}/u.test(sign)) return DIGIT
  if (!/\p{L}/u.test(sign)) return 0
  return /\p{Lu}/u.test(sign) ? script | UPPER : script
}

/** Number of the script in SCRIPTS; 0 for blanks, signs and digits. */
export function scriptAt(text: string, i: number): number {
  return (KINDS[text.charCodeAt(i)] ?? 0) & SCRIPT_BITS
}

export function isMark(text: string, i: number): boolean {
  return ((KINDS[text.charCodeAt(i)] ?? 0) & MARK) !== 0
}

export function isDigit(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  return unit >= 48 && unit <= 57
}

export function isUpper(text: string, i: number): boolean {
  return ((KINDS[text.charCodeAt(i)] ?? 0) & UPPER) !== 0
}

/** A letter or a mark of any script. */
export function isLetter(text: string, i: number): boolean {
  return ((KINDS[text.charCodeAt(i)] ?? 0) & (SCRIPT_BITS | MARK)) !== 0
}

/** With one blank wherever blanks and line ends stand. */
export function singleSpaced(written: string): string {
  return /[^\S ]| {2}/.test(written) ? written.replace(/\s+/g, ' ') : written
}

/** Scripts that write words one after the other without blanks. */
export function isUnspaced(script: number): boolean {
  return script >= HANI && script <= MYMR
}

/**
 * Whether a word may begin or end between `i - 1` and `i`. In scripts with blanks: not between two letters.
 * In scripts without: not inside a syllable (before a mark, behind a leading vowel, inside a stack of consonants).
 */
export function isEdge(text: string, i: number): boolean {
  if (i <= 0 || i >= text.length) return true
  const right = KINDS[text.charCodeAt(i)] ?? 0
  if ((right & SCRIPT_BITS) === 0) return true
  const left = KINDS[text.charCodeAt(i - 1)] ?? 0
  if ((left & SCRIPT_BITS) === 0) return true
  if ((right & MARK) !== 0) return false
  const script = right & SCRIPT_BITS
  if (script === HANI) return true
  if ((left & SCRIPT_BITS) !== script) return isUnspaced(script) || isUnspaced(left & SCRIPT_BITS)
  return isUnspaced(script) && !insideSyllable(text, i)
}

function insideSyllable(text: string, i: number): boolean {
  const before = text.charCodeAt(i - 1)
  const unit = text.charCodeAt(i)
  // Thai and Lao: vowels written in front of their consonant, and vowels written behind it without being marks.
  if (before >= 0x0e40 && before <= 0x0e44) return true
  if (before >= 0x0ec0 && before <= 0x0ec4) return true
  if (unit === 0x0e30 || unit === 0x0e32 || unit === 0x0e33 || unit === 0x0e45) return true
  if (unit === 0x0eb0 || unit === 0x0eb2 || unit === 0x0eb3 || unit === 0x0ebd) return true
  // Khmer coeng and Burmese virama stack the next consonant; a Burmese consonant under asat closes the syllable.
  if (before === 0x17d2 || before === 0x1039) return true
  const next = text.charCodeAt(i + 1)
  return unit >= 0x1000 && unit <= 0x1021 && (next === 0x103a || next === 0x1039)
}

/** Signs written in more than one way: nukta letters of Hindi and Bengali, curly apostrophes, Vietnamese đ. */
const FOLDED: readonly (readonly [string, string])[] = [
  ['đ', 'd'],
  ['Đ', 'd'],
  ['ı', 'i'],
  ['ø', 'o'],
  ['Ø', 'o'],
  ['\u093c', ''],
  ['\u09bc', ''],
  ['\u0958', '\u0915'],
  ['\u0959', '\u0916'],
  ['\u095a', '\u0917'],
  ['\u095b', '\u091c'],
  ['\u095c', '\u0921'],
  ['\u095d', '\u0922'],
  ['\u095e', '\u092b'],
  ['\u095f', '\u092f'],
  ['\u09dc', '\u09a1'],
  ['\u09dd', '\u09a2'],
  ['\u09df', '\u09af'],
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u02bc', "'"],
  ['\t', ' '],
]

/** What units are compared as: lower case, Latin letters without their signs, no nukta; 0 is passed over. */
export const FOLD = buildFold()

function buildFold(): Uint16Array {
  const fold = new Uint16Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) fold[unit] = unit
  for (let unit = 65; unit <= 90; unit++) fold[unit] = unit + 32
  for (const [first, last] of [
    [0x00c0, 0x024f],
    [0x1e00, 0x1eff],
  ] as const) {
    for (let unit = first; unit <= last; unit++) fold[unit] = baseLetter(unit)
  }
  fold.fill(0, 0x0300, 0x0370)
  for (const [from, to] of FOLDED) fold[from.charCodeAt(0)] = to === '' ? 0 : to.charCodeAt(0)
  return fold
}

function baseLetter(unit: number): number {
  const base = String.fromCharCode(unit).normalize('NFD').toLowerCase().charCodeAt(0)
  return base >= 97 && base <= 122 ? base : unit
}

export function foldUnit(unit: number): number {
  return FOLD[unit] ?? unit
}

/** The folded form of a short text, as lexicon entries are kept. */
export function foldText(text: string): string {
  let same = 0
  while (same < text.length && FOLD[text.charCodeAt(same)] === text.charCodeAt(same)) same++
  let folded = text.slice(0, same)
  for (let i = same; i < text.length; i++) {
    const unit = FOLD[text.charCodeAt(i)] ?? 0
    if (unit !== 0) folded += String.fromCharCode(unit)
  }
  return folded
}
