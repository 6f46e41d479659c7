import { foldText, isDigit, isUpper } from '../script.ts'
import {
  coinedEnds,
  isBody,
  isNoName,
  isOrdinary,
  opensSentence,
  runAfter,
  skipBlanks,
  withoutRoles,
  withoutTown,
  wordsBefore,
} from './organisation-capitals.ts'
import { lowNameAt, lowNameBefore } from './organisation-low.ts'
import type { Near } from './organisation-near.ts'
import { quotedAt } from './organisation-quotes.ts'
import { heardBehindFrame } from './organisation-sounds.ts'
import { BLANK, BRANDS, KIND_NAMES, LEADING, type Named, PEOPLE, type Span } from './organisation-words.ts'
import { isPlaceName, isTownName } from './place-words.ts'

/**
 * Names that no word announces are weighed. What stands in front or behind says so much: only a firm, an app or a place of
 * business can stand there (`sure`), a person could, too (`plain`), anything could (`loose`, and `bare` prepositions).
 */
type Weight = 'sure' | 'plain' | 'loose' | 'bare'

const POINTS: Record<Weight, number> = { sure: 3, plain: 2, loose: 1, bare: 1 }
/** From so many points on, a run of capitals is believed to be the name of a firm. */
const ENOUGH = 3
/** Units on either side in which words of work, payment and confinement say what the text is about. */
const ABOUT = 160
/** Two capitals, or digits at the end, that a made-up name has: BitNaga, TitanFX, VinaTrade24. */
const TWO_CAPITALS = /^\p{Lu}\p{Ll}+(?:\p{Lu}|\d{2,}$)/u

interface Frame {
  readonly weight: Weight
  readonly near: Near
}

/** A name behind what only or mostly firms stand behind: worked for Silverline Vista, log in to Tradevanta. */
export function nameBehindFrame(text: string, at: Span, { weight, near }: Frame): Named | null {
  const heard = heardBehindFrame(text, at, { points: POINTS[weight], near })
  if (heard !== null) return heard
  let from = skipBlanks(text, at.end)
  if (text[from] === ':') from = skipBlanks(text, from + 1)
  if (text[from] === '-') from++
  if (text.startsWith('the ', from)) from += 4
  if (!isUpper(text, from) && quotedAt(text, from) === null)
    return weight === 'bare' ? null : lowName(text, from, { weight, frame: at })
  const run = runAfter(text, from)
  const latin = run === null ? null : withoutOtherScript(text, run)
  const whole = latin === null ? null : withoutRoles(text, latin)
  if (whole === null) return null
  const name = withoutTown(text, whole)
  const foreign = isOther(text, at.end - 1)
  return weighed(text, name, { weight, near, foreign, frame: at })
}

/** The same where a chat is written without capitals: they call it emerald heights. */
function lowName(
  text: string,
  from: number,
  { weight, frame }: { weight: Weight; frame: Span },
): Named | null {
  if (!isSmall(text, from)) return null
  const low = lowNameAt(text, from)
  if (low === null || low.points + POINTS[weight] <= ENOUGH) return null
  const why = `words that firms are named with behind '${text.slice(frame.start, frame.end)}'`
  return { start: low.start, end: low.end, confidence: 0.6, why }
}

function lowNameInFront(text: string, at: Span, weight: Weight): Named | null {
  const low = lowNameBefore(text, at.start - 1)
  if (low === null || low.points + POINTS[weight] <= ENOUGH) return null
  const why = `words that firms are named with in front of '${text.slice(at.start, at.end)}'`
  return { start: low.start, end: low.end, confidence: 0.6, why }
}

function isSmall(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (unit >= 97 && unit <= 122) || (unit >= 0xe0 && unit < 0x250)
}

/** A name in front of what is said of firms: BluePeak HR, Zenith Crown froze my account, MaxProfit客服. */
export function nameBeforeTrail(text: string, at: Span, { weight, near }: Frame): Named | null {
  const foreign = isOther(text, at.start)
  const run = foreign ? latinBefore(text, at.start) : capitalsBefore(text, at.start)
  if (run === null && text.charCodeAt(at.start - 1) === BLANK) return lowNameInFront(text, at, weight)
  const name = run === null ? null : withoutRoles(text, run)
  if (run === null || name === null || name.end < run.end) return null
  return weighed(text, name, { weight, near, foreign, frame: at })
}

function capitalsBefore(text: string, at: number): Span | null {
  const names = wordsBefore(text, text.startsWith("'s", at - 3) ? at - 2 : at)
  const [first] = names
  const last = names.at(-1)
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end }
}

/** The Latin capitals in front of a word of another script, with or without a blank between. */
function latinBefore(text: string, at: number): Span | null {
  const end = text.charCodeAt(at - 1) === BLANK || text[at - 1] === '-' ? at - 1 : at
  let start = end
  while (start > 0 && end - start < 30 && /[\w'&-]/.test(text[start - 1] as string)) start--
  if (start === end || !isUpper(text, start)) return null
  const names = text.charCodeAt(start - 1) === BLANK ? wordsBefore(text, start) : []
  const before = names.filter((word) => !isOther(text, word.start))
  return { start: before.length === names.length ? (before[0]?.start ?? start) : start, end }
}

/** DuitNow转: a run of capitals ends where another script begins. */
function withoutOtherScript(text: string, run: Span): Span | null {
  let end = run.start
  while (end < run.end && !isOther(text, end)) end++
  return end - run.start < 2 ? null : { start: run.start, end: text[end - 1] === ' ' ? end - 1 : end }
}

function isOther(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0x0900 && !(unit >= 0x1e00 && unit < 0x2100)
}

/** What stands behind a noun that says what the name in front of the comma is: Coinharbor, the exchange through which ... */
const GOES_ON = /^(?:[.,;)\n]|$| (?:th|wh|in |near|behind|run |owned|based|on |of |by |outside|called|where))/

/** Coinharbor, the exchange through which the money left: what a name is, said behind it. */
export function nameInApposition(text: string, at: Span, near: Near): Named | null {
  const before = text.slice(Math.max(0, at.start - 24), at.start)
  if (!before.includes(', ')) return null
  const apposed = /, (?:an?|the|sebuah|isang|một) (?:[a-z]+ )?$/.exec(before)
  if (apposed === null || !GOES_ON.test(text.slice(at.end, at.end + 9))) return null
  const run = latinBefore(text, at.start - apposed[0].length)
  return run === null ? null : weighed(text, run, { weight: 'sure', near, foreign: false, frame: at })
}

interface Evidence extends Frame {
  /** Latin letters among those of another script: seldom the name of a person. */
  readonly foreign: boolean
  readonly frame: Span
}

function weighed(text: string, run: Span, { weight, near, foreign, frame }: Evidence): Named | null {
  const name = text.slice(run.start, run.end)
  const words = name.split(' ')
  if (!mayBeFirm(name, words)) return null
  const single = words.length === 1
  const shape = shapeOf(words)
  if (single && shape < 1 && isTownName(name)) return null
  const about = () => near.around.within(Math.min(run.start, frame.start) - ABOUT, run.end + ABOUT)
  const needed = weight === 'bare' || (weight === 'plain' && shape < 2)
  if (needed && !foreign && !about()) return null
  if ((weight === 'loose' || weight === 'bare') && shape < (foreign ? 1 : 2)) return null
  const opening = single && shape < 1 && !foreign && opensSentence(text, run.start)
  // One unknown word behind a frame that a person could stand behind, too, is nobody whose name we know.
  const unknown = weight === 'plain' && single && shape === 0 && !opening && name.length > 3 ? 1 : 0
  const points = POINTS[weight] + shape + (foreign ? 1 : 0) - (opening ? 2 : 0) + unknown
  if (points < ENOUGH) return null
  const side = frame.start < run.start ? 'behind' : 'in front of'
  const why = `capitals ${side} '${text.slice(frame.start, frame.end)}', as firms are named`
  return { ...run, confidence: points > ENOUGH ? 0.7 : 0.6, why }
}

function mayBeFirm(name: string, words: readonly string[]): boolean {
  const [first = ''] = words
  if (name.length < 3 || words.every(isOrdinary) || isBody(name) || isPlaceName(name)) return false
  return !LEADING.has(first.toLowerCase()) && !isNoName(first)
}

/** What a name is made of: words of brands and kinds of firms speak for a firm, names of people against one. */
function shapeOf(words: readonly string[]): number {
  const loud = words.every((word) => word === word.toUpperCase())
  let points = loud ? -1 : 0
  let brands = 0
  let people = 0
  for (const word of words) {
    const plain = foldText(word)
    const brand = BRANDS.has(plain)
    if (PEOPLE.has(plain)) people += brand ? 0 : 1
    else if (KIND_NAMES.has(plain)) points += 2
    else if (brand || coinedEnds(plain) > 0) brands += brand ? 1 : coinedEnds(plain)
    else if (TWO_CAPITALS.test(word)) points += 2
    else if (word === '&' || (isDigit(word, 0) && words.length > 1)) points += 1
  }
  const firm = points > 0 || brands > 0
  return points + Math.min(brands, 2) - people * (firm ? 1 : 3)
}
