import { COIN_HEADS, mayBeCoin } from './coins.ts'
import { BEGINS, beginsSign, beginsWord, SIGN, WORD } from './disguise.ts'
import { isQuote } from './find/organisation-quotes.ts'
import type { Plain } from './finder.ts'
import { countChinese, countWord, type Votes } from './little-words.ts'
import { DIGITS, headAt, INNER_CAPITAL, listsOfWord, listsOpenedBy, mayHead, QUOTE } from './marks.ts'
import {
  DIGIT,
  isDigitUnit,
  isHexUnit,
  isNameUnit,
  isNotable,
  LOWER,
  type Run,
  type Scan,
  UPPER,
} from './scan.ts'
import { FOLD, HANI, isEdge, isUnspaced, KINDS, LATN, SCRIPT_BITS } from './script.ts'

/**
 * All that finders start from, noted in one pass over the text: each of them goes from anchor to anchor, and none
 * reads the whole text again. Anchors of a kind that a text has not cost its finder nothing.
 */
export interface Sweep extends Scan {
  /** Where a word of some list may begin, in rising order: `bits[i]` says at `at[i]` of which (see marks.ts). */
  readonly at: readonly number[]
  readonly bits: readonly number[]
  /** Where the form of a currency may begin. */
  readonly coins: readonly number[]
  /** Where a disguised link or address may begin. */
  readonly disguises: readonly number[]
}

/** The sweep of a text, made when it is first asked for. */
export function swept(plain: Plain): Sweep {
  plain.seen.sweep ??= sweep(plain.text, null)
  return plain.seen.sweep
}

/** What is to be done at a unit; its script stands in the low bits. */
const LATIN = 0x10
const NUMBER = 0x20
const HEAD = 0x40
const QUOTES = 0x80
const PUNCTUATION = 0x100
const COIN = 0x200
const DISGUISE = 0x400
/** None of these, and no letter: most blanks, commas and the like. */
const SOMETHING = HEAD | QUOTES | PUNCTUATION | COIN | DISGUISE

const AT = 64
const DOT = 46
const COLON = 58
const SLASH = 47

const CLASSES = buildClasses()

function buildClasses(): Uint16Array {
  const classes = new Uint16Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) {
    const script = (KINDS[unit] as number) & SCRIPT_BITS
    const latin = script === LATN
    let kind = script
    if (latin) kind |= LATIN
    else if (isDigitUnit(unit)) kind |= NUMBER
    else if (isQuote(unit)) kind |= QUOTES | HEAD
    else if (mayHead(unit)) kind |= HEAD
    if (unit === AT || unit === DOT || unit === COLON) kind |= PUNCTUATION
    if (COIN_HEADS[unit] !== 0) kind |= COIN
    if (BEGINS[unit] !== 0) kind |= DISGUISE
    classes[unit] = kind
  }
  return classes
}

/** Lists that grow while a text is swept. */
interface Draft extends Sweep {
  readonly runs: Run[]
  readonly ats: number[]
  readonly dots: number[]
  readonly schemes: number[]
  readonly colons: number[]
  readonly at: number[]
  readonly bits: number[]
  readonly coins: number[]
  readonly disguises: number[]
}

/** @param votes  is told every word and letter, for the language of the text; null when nobody asks */
export function sweep(text: string, votes: Votes | null): Sweep {
  const draft: Draft = {
    ...{ runs: [], ats: [], dots: [], schemes: [], colons: [] },
    ...{ at: [], bits: [], coins: [], disguises: [] },
  }
  const { length } = text
  let i = 0
  /** Letters and digits in a row: where they begin, -1 outside, and what they have. */
  let run = -1
  let has = 0
  while (i < length) {
    const unit = text.charCodeAt(i)
    const kind = CLASSES[unit] as number
    if ((kind & LATIN) !== 0) {
      // The word is read to its end; its runs too, which end where ASCII does.
      const start = i
      let hash = 0
      let plain = true
      let inner = false
      let before = 0
      for (let letter = unit; ; ) {
        if (letter < 128) {
          if (run < 0) {
            run = i
            if (BEGINS[letter] === WORD && beginsWord(text, i)) draft.disguises.push(i)
          }
          if (letter < 97) {
            has |= UPPER
            if (before >= 97) inner = true
            if (COIN_HEADS[letter] !== 0 && mayBeCoin(text, i)) draft.coins.push(i)
          } else has |= LOWER
          hash = (Math.imul(hash, 31) + (letter | 32)) | 0
          before = letter
        } else {
          plain = false
          before = 0
          if (run >= 0) {
            if (isNotable(has, i - run)) draft.runs.push({ start: run, end: i, has })
            run = -1
            has = 0
          }
        }
        if (++i === length) break
        letter = text.charCodeAt(i)
        if (((CLASSES[letter] as number) & LATIN) === 0) break
      }
      if (votes !== null) countWord(text, { start, end: i }, plain ? hash : null, votes.latin)
      const lists = plain ? listsOfWord(hash, text, i) : listsOpenedBy(foldedHash(text, start, i))
      if (lists !== 0 && opensWord(text, start)) {
        draft.at.push(start)
        draft.bits.push(lists)
      }
      if (inner) noteCapitals(text, { start, end: i }, draft)
    } else if ((kind & NUMBER) !== 0) {
      draft.at.push(i)
      draft.bits.push(headAt(text, i) | DIGITS)
      if (run < 0) run = i
      has |= DIGIT
      while (++i < length && isDigitUnit(text.charCodeAt(i))) {
        // past the digits
      }
    } else {
      if (run >= 0) {
        if (isNotable(has, i - run)) draft.runs.push({ start: run, end: i, has })
        run = -1
        has = 0
      }
      const script = kind & SCRIPT_BITS
      if (script !== 0 && votes !== null) {
        votes.units[script] = (votes.units[script] as number) + 1
        if (script === HANI) countChinese(unit, votes.chinese)
      }
      if ((kind & SOMETHING) !== 0) noteSign(text, i, kind, draft)
      i++
    }
  }
  if (run >= 0 && isNotable(has, length - run)) draft.runs.push({ start: run, end: length, has })
  return draft
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Whether a Latin word may begin at `i`, no Latin letter standing in front: not behind letters of spaced scripts. */
function opensWord(text: string, i: number): boolean {
  const left = i === 0 ? 0 : (KINDS[text.charCodeAt(i - 1)] as number) & SCRIPT_BITS
  return left === 0 || isUnspaced(left)
}

/** The hash of a word's letters without their signs, as far as they are a to z then. */
function foldedHash(text: string, start: number, end: number): number {
  let hash = 0
  for (let i = start; i < end; i++) {
    const letter = FOLD[text.charCodeAt(i)] as number
    if (letter >= 97 && letter <= 122) hash = (Math.imul(hash, 31) + letter) | 0
    else if (letter !== 0) break
  }
  return hash
}

/** Capitals behind small letters: the N of BitNaga. */
function noteCapitals(text: string, { start, end }: Span, { at, bits }: Draft): void {
  for (let i = start + 1; i < end; i++) {
    const before = text.charCodeAt(i - 1)
    if (before >= 97 && before < 128 && text.charCodeAt(i) < 97) {
      at.push(i)
      bits.push(INNER_CAPITAL)
    }
  }
}

/** Anything but Latin letters and digits. */
function noteSign(text: string, i: number, kind: number, draft: Draft): void {
  const unit = text.charCodeAt(i)
  if ((kind & HEAD) !== 0) {
    const quote = (kind & QUOTES) !== 0 ? QUOTE : 0
    const lists = headAt(text, i) | quote
    if (lists !== 0 && (quote !== 0 || isEdge(text, i))) {
      draft.at.push(i)
      draft.bits.push(lists)
    }
  }
  if ((kind & COIN) !== 0 && mayBeCoin(text, i)) draft.coins.push(i)
  if ((kind & DISGUISE) !== 0 && (BEGINS[unit] === SIGN ? beginsSign(text, i) : beginsWord(text, i)))
    draft.disguises.push(i)
  if ((kind & PUNCTUATION) === 0) return
  if (unit === AT) draft.ats.push(i)
  else if (unit === DOT) {
    if (isNameUnit(text.charCodeAt(i + 1))) draft.dots.push(i)
  } else noteColon(text, i, draft)
}

function noteColon(text: string, i: number, { schemes, colons }: Draft): void {
  const next = text.charCodeAt(i + 1)
  if (next === SLASH && text.charCodeAt(i + 2) === SLASH) schemes.push(i)
  else if (next === COLON || isHexUnit(next)) colons.push(i)
}
