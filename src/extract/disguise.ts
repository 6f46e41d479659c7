import { isAlphanumericUnit } from './scan.ts'

/**
 * Signs in brackets, disguised schemes, and the words for "dot" and "at" in the languages we read.
 * What a bare word or a spaced sign means is decided by what stands around it.
 */
const DISGUISED =
  /[[({<]\s?(?:\.|,|dot|d0t|点|點|ดอท|จุด|डॉट|ডট|ch[ấa]m|titik|tuldok|@|at|艾特|:\/\/|:|\/\/|\/)\s?[\])}>]|(?:hxxp|hxtp|htxp|h\*\*p|h__p|meow)(?=s?\s?[:[(])|\s(?:dot|d0t|ch[ấa]m|titik|tuldok|nukta|at|a cong|acong|@|\.|ดอท|จุด|แอท|डॉट|एट|ডট|এট|点|點)\s|\sdotcom\b|ดอทคอม|(?:ดอท|จุด|点|點|艾特)(?=[a-z]{2})|\[\.(?=\w)|\.\](?=\w)|\\\.(?=\w)/iy

/** What a disguise may begin with: a sign, or the first units of a word, three of those in Latin letters. */
const SIGNS = '[({<\\.@'
const WORDS = [
  ...['hxx', 'hxt', 'htx', 'h**', 'h__', 'meo'],
  ...['dot', 'd0t', 'cha', 'chấ', 'tit', 'tul', 'nuk'],
  ...['at ', 'at\t', 'at\n', 'at\r', 'at\v', 'at\f', 'a c', 'aco'],
  'ดอ',
  'จุ',
  'แอ',
  'डॉ',
  'एट',
  'ডট',
  'এট',
  '点',
  '點',
  '艾特',
]

/** How a disguise begins: with a sign, or with a word. */
export const SIGN = 1
export const WORD = 2
/** By unit: SIGN, WORD or 0. */
export const BEGINS = new Uint8Array(0x10000)
const PAIRS = new Uint8Array(0x10000)
const THREES = new Uint8Array(0x10000)
for (const sign of SIGNS) BEGINS[sign.charCodeAt(0)] = SIGN
for (const word of WORDS) {
  BEGINS[word.charCodeAt(0)] = WORD
  BEGINS[word.toUpperCase().charCodeAt(0)] = WORD
  for (let next = 0; next < 128 && word.length === 1; next++) PAIRS[pairOf(word.charCodeAt(0), next)] = 1
  if (word.length > 1) PAIRS[pairOf(word.charCodeAt(0), word.charCodeAt(1))] = 1
  if (word.length > 2) THREES[threeOf(word, 0)] = 1
}

/** A slot for two units, small and capital ASCII letters alike. */
function pairOf(first: number, second: number): number {
  return (Math.imul(first | 32, 0x9e37) ^ Math.imul(second | 32, 0x85eb)) & 0xffff
}

/** A slot for three units. */
function threeOf(text: string, i: number): number {
  const third = Math.imul(text.charCodeAt(i + 2) | 32, 0xc2b3) & 0xffff
  return pairOf(text.charCodeAt(i), text.charCodeAt(i + 1)) ^ third
}

/** What may stand behind an opening bracket, a blank passed over: a sign, or the first letter of its word. */
const INSIDE = new Uint8Array(0x10000)
for (const sign of '.,@:/dDcCtTaA点點艾ดจडড') INSIDE[sign.charCodeAt(0)] = 1

/** A dot or an at sign stands between blanks, or a bracket behind the dot; a bracket holds a sign or a word. */
export function beginsSign(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  const next = text.charCodeAt(i + 1)
  if (unit === DOT || unit === AT)
    return (unit === DOT && next === CLOSE) || (isSpace(text, i - 1) && isSpace(text, i + 1))
  return (
    INSIDE[next] === 1 || unit === BACKSLASH || (isSpace(text, i + 1) && INSIDE[text.charCodeAt(i + 2)] === 1)
  )
}

const DOT = 46
const AT = 64
const BACKSLASH = 92
const CLOSE = 93

function isSpace(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  return unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 0xa0 && /\s/.test(text.charAt(i)))
}

/** An ASCII word begins behind another sign; and its first units must be those of one of ours. */
export function beginsWord(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  if (PAIRS[pairOf(unit, text.charCodeAt(i + 1))] === 0) return false
  return unit >= 128 || (THREES[threeOf(text, i)] === 1 && !isAlphanumericUnit(text.charCodeAt(i - 1)))
}

/** The disguise whose word or sign stands at `i`; a blank before it belongs to it. */
export function disguiseAt(text: string, i: number): { written: string; index: number } | null {
  for (const index of [i, i - 1]) {
    if (index < 0) continue
    DISGUISED.lastIndex = index
    const written = DISGUISED.exec(text)?.[0]
    if (written !== undefined && index + written.length > i) return { written, index }
  }
  return null
}
