import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { foldText, isDigit, isLetter, isUpper } from '../script.ts'
import { coinedEnds, isBody, isOrdinary } from './organisation-capitals.ts'
import { BLANK, BRANDS, KIND_NAMES, PEOPLE, PLATFORMS, type Span } from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const { weighed: WEIGHED } = ORGANISATIONS
const { coined_low: LOW } = WEIGHED
/** Words of the longest name that is written small. */
const MOST_WORDS = 4
const LONGEST_WORD = 16
/** Syllables of Chinese names as they are typed in Latin letters. */
const PINYIN =
  /^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)(?:ang|eng|ing|ong|iang|iong|uang|ian|iao|uan|uai|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u)){1,3}$/

/** English and Malay words that read like two syllables of Chinese. */
const NO_PINYIN = new Set(WEIGHED.not_pinyin)

/**
 * A name that somebody in a chat wrote without capitals: emerald heights, tianyi media, bitlumen. Only words that firms
 * are named with, Chinese syllables in front of one, or one coined word.
 * @returns where it stands and how much speaks for it, or null
 */
export function lowNameAt(text: string, from: number): (Span & { readonly points: number }) | null {
  let end = from
  let points = 0
  let last = 0
  for (let count = 0, at = from; count < MOST_WORDS; count++) {
    const stop = isUpper(text, at) ? at : endOfWord(text, at)
    const word = foldText(text.slice(at, stop))
    // lucky star 7: a number that a sign ends belongs to the name
    if (count > 0 && last > 0 && /^\d{1,3}$/.test(word) && text.charCodeAt(stop) !== BLANK) end = stop
    const worth = worthOf(word, count)
    if (worth === null) break
    points += worth
    last = worth
    end = stop
    if (text.charCodeAt(stop) !== BLANK) break
    at = stop + 1
  }
  const name = text.slice(from, end)
  if (end === from || last < 1 || name.split(' ').every(isOrdinary) || isPlaceName(name) || isBody(name))
    return nameOfKindAt(text, from)
  return PLATFORMS.has(foldText(name)) ? null : { start: from, end, points }
}

/** The longest such name that ends at a place: emerald bay ka offer, mk plaza me the. */
export function lowNameBefore(text: string, end: number): (Span & { readonly points: number }) | null {
  let best: (Span & { readonly points: number }) | null = null
  let start = end
  for (let count = 0; count < MOST_WORDS; count++) {
    const stop = count === 0 ? end : start - 1
    let from = stop
    while (stop - from <= LONGEST_WORD && from > 0 && (isLetter(text, from - 1) || isDigit(text, from - 1)))
      from--
    if (from === stop) break
    start = from
    const name = lowNameAt(text, start)
    if (name?.end === end) best = name
    // jin long tower: a short syllable in front of another is part of the name.
    else if (
      best !== null &&
      best.start === stop + 1 &&
      isSyllable(text, start, stop) &&
      isSyllable(text, best.start, end)
    )
      best = { start, end, points: best.points }
    if (text.charCodeAt(start - 1) !== BLANK) break
  }
  return best
}

/** What only firms and compounds are called behind another word, and everyday words that make no name of it. */
const KIND_LAST = new Set(WEIGHED.kinds_last)
const NO_NAME = new Set(WEIGHED.no_name)

/** A word that we do not know in front of what a firm does: rohan overseas, mk plaza. */
function nameOfKindAt(text: string, from: number): (Span & { readonly points: number }) | null {
  let at = from
  for (let count = 0; count < 2; count++) {
    const end = endOfWord(text, at)
    const word = text.slice(at, end)
    if (count > 0 && KIND_LAST.has(word)) return { start: from, end, points: 2 }
    if (end - at < 2 || isOrdinary(word) || NO_NAME.has(word) || text.charCodeAt(end) !== BLANK) return null
    at = end + 1
  }
  return null
}

function isSyllable(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end).split(' ', 1)[0] ?? ''
  return word.length > 2 && PINYIN.test(word) && !NO_PINYIN.has(word)
}

/** How much a word speaks for the name of a firm; null when it cannot be part of one. */
function worthOf(word: string, count: number): number | null {
  if (word.length < 2 || PLATFORMS.has(word)) return null
  if (isOrdinary(word) || KIND_NAMES.has(word)) return count > 0 && KIND_NAMES.has(word) ? 2 : null
  if (BRANDS.has(word)) return 1
  if (COINED.test(word)) return 2
  const coined = coinedEnds(word)
  if (coined > 0) return coined
  return PINYIN.test(word) && !PEOPLE.has(word) && !NO_PINYIN.has(word) && word.length > 4 ? 0.5 : null
}

/** One made-up word: bitlumen, tradefun88. */
const COINED = new RegExp(
  [
    `^(?:${anyOf(LOW.front)}[a-z]{3,9}\\d{0,3}`,
    `[a-z]{3,9}${anyOf(LOW.back)}\\d{0,3}`,
    `[a-z]{2,10}${anyOf(LOW.numbers)}`,
    `[a-z]{4,10}${anyOf(LOW.numbers_long)})$`,
  ].join('|'),
)

function endOfWord(text: string, at: number): number {
  let end = at
  while (end - at <= LONGEST_WORD && (isLetter(text, end) || isDigit(text, end))) end++
  return end
}
