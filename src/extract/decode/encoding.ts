import {
  ANY,
  alphabet,
  HAN,
  HAN_TRADITIONAL,
  type Judge,
  latinLetters,
  plausibility,
  THAI,
  VIETNAMESE_LETTERS,
} from './letters.ts'

/** How bytes are to be read, and the evidence in words. */
export interface Encoding {
  /** A label of the Encoding Standard (WHATWG), e.g. 'windows-874'. */
  readonly label: string
  /** Null for UTF-8 that is whole: nothing needs saying. */
  readonly note: string | null
}

interface Candidate {
  readonly label: string
  readonly name: string
  readonly judge: Judge
}

/** What is tried when the bytes are no Unicode. Where two are equally likely the first is taken. */
const CANDIDATES: readonly Candidate[] = [
  { label: 'windows-1252', name: 'Western European', judge: latinLetters('éèêëàâçñóíáúüöäßôîïûùåøæãõÿœ') },
  { label: 'windows-874', name: 'Thai', judge: THAI },
  { label: 'gb18030', name: 'simplified Chinese', judge: HAN },
  { label: 'big5', name: 'traditional Chinese', judge: HAN_TRADITIONAL },
  { label: 'windows-1258', name: 'Vietnamese', judge: VIETNAMESE_LETTERS },
  { label: 'windows-1250', name: 'Central European', judge: latinLetters('ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţ') },
  {
    label: 'windows-1251',
    name: 'Cyrillic',
    judge: alphabet(/\p{Script=Cyrl}/u, 'оеаинтсрвлкмдпуяыьгзбчйіїє'),
  },
  { label: 'windows-1253', name: 'Greek', judge: alphabet(/\p{Script=Grek}/u, 'αοιετσνηυρπκμλςάήίόέώύγθδ') },
  { label: 'windows-1254', name: 'Turkish', judge: latinLetters('ığşçöüâî') },
  { label: 'windows-1255', name: 'Hebrew', judge: alphabet(/\p{Script=Hebr}/u, 'יוהלאתרבשמנםדחקעגפכטזסןצ') },
  {
    label: 'windows-1256',
    name: 'Arabic',
    judge: alphabet(/\p{Script=Arab}/u, 'ايلمونتربةعدسفهكقحجأصشطىخضإذثغزپچ'),
  },
  { label: 'windows-1257', name: 'Baltic', judge: latinLetters('āčēģīķļņšūžąęėįųõäöü') },
]

/** Below this no reading of the bytes looks like a language; the value is that of `plausibility`. */
const LEAST = 0.45
/** Bytes that are looked at; more add nothing. */
const SAMPLE = 65_536

/** UTF-8 by its own rules: how many characters beyond ASCII hold, and how many places break. */
export interface Utf8Check {
  readonly valid: number
  readonly invalid: number
}

/** Counts UTF-8's characters beyond ASCII and its broken places; a character cut by the end of a part is neither. */
export function checkUtf8(bytes: Uint8Array, complete: boolean): Utf8Check {
  let valid = 0
  let invalid = 0
  for (let i = 0; i < bytes.length; ) {
    const length = characterLength(bytes, i)
    if (length === 0 && !complete && isCut(bytes, i)) break
    if (length > 1) valid++
    else if (length === 0) invalid++
    i += Math.max(1, length)
  }
  return { valid, invalid }
}

/** Bytes of the UTF-8 character at `i`; 0 when there is none. Source: RFC 3629 section 4. */
function characterLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
        ? 3
        : first >= 0xf0 && first < 0xf5
          ? 4
          : 0
  for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0
  const second = bytes[i + 1] ?? 0
  const wrong =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f)
  return wrong ? 0 : length
}

function isCut(bytes: Uint8Array, i: number): boolean {
  if (bytes.length - i > 3 || (bytes[i] ?? 0) < 0xc2) return false
  for (let k = i + 1; k < bytes.length; k++) if (((bytes[k] ?? 0) & 0xc0) !== 0x80) return false
  return true
}

/** The Unicode encoding that a byte order mark names. */
export function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/**
 * How bytes are written, by evidence: a mark, the rules of UTF-8, then which reading gives the letters of a language.
 * @param complete  false when the bytes are the first part of more
 * @returns         null when no reading looks like a text
 */
export function recognise(bytes: Uint8Array, complete: boolean): Encoding | null {
  const marked = markedEncoding(bytes)
  if (marked === 'utf-8') return { label: marked, note: null }
  if (marked !== null) return { label: marked, note: `Read as ${shown(marked)}: its first two bytes say so.` }
  const sample = bytes.subarray(0, SAMPLE)
  const whole = complete && sample.length === bytes.length
  const wide = unmarkedUtf16(sample)
  if (wide !== null) return wide
  const { valid, invalid } = checkUtf8(sample, whole)
  if (invalid === 0) return hasControls(sample) ? null : { label: 'utf-8', note: null }
  if (hasControls(sample)) return null
  if (valid >= 3 * invalid || hasUtf8Lines(sample)) return { label: 'utf-8', note: null }
  return byLetters(sample)
}

/** Signs of UTF-8 in one line that no other encoding makes by chance. */
const SURE = 4

/** Whether a quarter of the lines that say anything are surely UTF-8: then the others are lines of another encoding. */
function hasUtf8Lines(bytes: Uint8Array): boolean {
  let sure = 0
  let other = 0
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start)
    const stop = found < 0 ? bytes.length : found
    const { valid, invalid } = checkUtf8(bytes.subarray(start, stop), true)
    if (invalid > 0) other++
    else if (valid >= SURE) sure++
    start = stop + 1
  }
  return sure > 0 && sure * 3 >= other
}

/** Which of the older encodings makes letters of the bytes that are no UTF-8. */
export function byLetters(bytes: Uint8Array): Encoding | null {
  let best: { candidate: Candidate; value: number } | null = null
  for (const candidate of CANDIDATES) {
    const text = strictly(candidate.label, bytes)
    const value = text === null ? null : plausibility(text, candidate.judge)
    if (value !== null && value >= LEAST && value > (best?.value ?? 0) + 0.01) best = { candidate, value }
  }
  if (best === null) return null
  const { label, name } = best.candidate
  return {
    label,
    note: `Read as ${shown(label)} (${name}): it is no Unicode, and so read its letters stand as ${name} has them.`,
  }
}

/** Bytes in one encoding without any mistake; a character cut at the end is let go. */
function strictly(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true }).normalize('NFC')
  } catch {
    // a byte that this encoding does not have: it is another one
    return null
  }
}

/** UTF-16 without its mark: every second byte tells a few scripts only, zero for ASCII. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  if (bytes.length < 4) return null
  const found = (['utf-16le', 'utf-16be'] as const)
    .map((label) => ({ label, value: utf16Value(label, bytes) }))
    .sort((a, b) => b.value - a.value)[0]
  if (found === undefined || found.value < 0.8) return null
  return {
    label: found.label,
    note: `Read as ${shown(found.label)}, without the mark it should have: every other byte says so.`,
  }
}

/** 0..1: zero bytes where ASCII has them and plain signs beside; without any zero byte, blanks or line ends must stand between letters. */
function utf16Value(label: 'utf-16le' | 'utf-16be', bytes: Uint8Array): number {
  const high = label === 'utf-16le' ? 1 : 0
  let ascii = 0
  const length = bytes.length & ~1
  for (let i = 0; i < length; i += 2) {
    if ((bytes[i + high] ?? 0) === 0 && (bytes[i + 1 - high] ?? 0) !== 0) ascii++
  }
  if (ascii === 0) return 0
  const text = strictly(label, bytes.subarray(0, length))
  if (text === null) return 0
  return plausibility(text, ANY) ?? 1
}

function hasControls(bytes: Uint8Array): boolean {
  let found = 0
  for (const byte of bytes) {
    if (byte === 0) return true
    if ((byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1b) || byte === 0x7f) found++
  }
  return found * 100 > bytes.length
}

/** As people write it: UTF-16 LE, GB18030, Big5, windows-874. */
export function shown(label: string): string {
  if (label.startsWith('utf-16')) return `UTF-16 ${label.slice(6).toUpperCase()}`
  if (label === 'big5') return 'Big5'
  return label.startsWith('windows') ? label : label.toUpperCase()
}
