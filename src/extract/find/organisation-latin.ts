import { LABELS } from '../label-words.ts'
import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { foldText, isDigit, isEdge, isLetter, isUpper } from '../script.ts'
import {
  endOfKinds,
  endOfTail,
  firstWord,
  isBody,
  isNoName,
  isOrdinary,
  opensSentence,
  runAfter,
  runBehindBusiness,
  skipBlanks,
  toNamed,
  withoutRoles,
  withoutTown,
  wordsBefore,
} from './organisation-capitals.ts'
import type { Near } from './organisation-near.ts'
import { quotedAt } from './organisation-quotes.ts'
import { nameInApposition } from './organisation-weighed.ts'
import {
  BLANK,
  KEPT_HEADS,
  LEADING,
  NAMED,
  type Named,
  PLAIN_THINGS,
  PLATFORMS,
  QUOTED_THINGS,
  QUOTED_THINGS_BACK,
  type Span,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

/** Units in front of a weak name in which "company" or "called" is looked for. */
const CUE_REACH = 100
/** The same on either side for words of work, payment and confinement. */
const AROUND_REACH = 48

type TailKind = 'legal' | 'strong' | 'weak' | 'shy'

/** A name that ends with a kind word or a legal form: `Emerald Bay Group`, `Jin Ma Investment (HK) Limited`. */
export function nameByTail(
  text: string,
  kind: TailKind,
  { at, near }: { at: Span; near: Near },
): Named | null {
  if (!isUpper(text, at.start) && kind !== 'legal') return null
  const names = wordsBefore(text, at.start)
  if (names.length === 0) return null
  const end = kind === 'legal' ? endOfKinds(text, at.end) : endOfTail(text, at.end)
  const legal = kind === 'legal' || end > at.end
  const written = names.map((word) => text.slice(word.start, word.end))
  const first = names[0]?.start ?? at.start
  const loud = written.every((word) => word === word.toUpperCase())
  const many = kind === 'weak' && names.length >= 2 && !loud
  if (written.every(isNoName) || written.every(isOrdinary)) return null
  const cued =
    near.cues.within(first - CUE_REACH, first) ||
    ((kind === 'weak' || (kind === 'shy' && names.length > 1)) &&
      near.around.within(first - AROUND_REACH, end + AROUND_REACH))
  if (!legal && kind !== 'strong' && !many && !cued) return null
  if (isBody(text.slice(first, end))) return null
  if (kind !== 'legal' && end === at.end && isPlaceName(written.join(' '))) return null
  const tail = text.slice(at.start, end)
  const confidence = legal ? 0.95 : kind === 'strong' ? 0.85 : 0.7
  return {
    start: first,
    end,
    confidence,
    why: `capitals in front of '${tail}', as firms are named`,
  }
}

/** A name behind a head: `PT Bintang Samudra Digital`, `Bank Mandiri`, `Công ty Vạn Phát`. */
export function nameByHead(text: string, at: Span): Named | null {
  const head = text.slice(at.start, at.end)
  const capital = isUpper(text, at.start)
  const colon = text[at.end] === ':' ? 1 : 0
  if (text.charCodeAt(at.end + colon) !== BLANK) return null
  const whole = runBehindBusiness(text, at.end + colon + 1, head)
  const run = whole === null ? null : withoutTown(text, whole)
  if (run === null || isBody(text.slice(at.start, run.end)) || isNoName(firstWord(text, run))) return null
  if (text.slice(run.start, run.end).split(' ').some(isOrdinary) && /^(?:bank|casino|kasino)/i.test(head))
    return null
  const kept =
    colon === 0 && KEPT_HEADS.has(foldText(head)) && (capital || head.includes(' ') || SMALL_HEADS.has(head))
  const sure = /^(?:PT|CV|TNHH)/.test(head)
  if (!capital && !kept && !PLAIN_THINGS.has(foldText(head))) return null
  if (isPlaceName(text.slice(run.start, run.end)) && !sure) return null
  const why = `capitals behind '${head}'`
  return { start: kept ? at.start : run.start, end: run.end, confidence: sure ? 0.9 : 0.8, why }
}

/** A name that a noun announces: `a company called X`, `Company: X`, `the app X`; or one in front of it: `the X app`. */
export function nameByThing(text: string, at: Span, near: Near): Named | null {
  const noun = text.slice(at.start, at.end)
  const apposed = nameInApposition(text, at, near)
  if (apposed !== null) return apposed
  let next = skipBlanks(text, at.end)
  const named = NAMED.longest(text, next, (_, end) => isEdge(text, end))
  if (named !== null) next = skipBlanks(text, named.end)
  const colon = text[next] === ':' ? skipBlanks(text, next + 1) : next
  // "Kuya Rex Agency: Processing" is somebody speaking.
  if (colon > next && named === null && !opensLine(text, at.start)) return null
  const announced = named !== null || colon > next
  // a heading in capitals: HOUSING LOAN SCHEME
  if (!announced && /^[A-Z]{4}/.test(noun)) return null
  const quoted = quotedAt(text, colon)
  if (quoted !== null && (announced || PLAIN_THINGS.has(foldText(noun))))
    return toNamed(text, quoted, `the name in quotes behind '${noun}'`)
  if (!announced && (!PLAIN_THINGS.has(foldText(noun)) || ENGLISH_LABEL.test(noun)))
    return nameInFront(text, at, near) ?? nameInCommas(text, at)
  if (!announced && text[at.end] === ',') return nameInCommas(text, at) ?? nameInFront(text, at, near)
  const run = runAfter(text, colon)
  if (run !== null && isAnnounced(text, run, announced ? null : noun))
    return toNamed(text, run, `capitals behind '${noun}'`)
  return announced ? null : nameInFront(text, at, near)
}

const ENGLISH_PLACE = /^(?:Building|Tower|Complex|Website|Site|Exchange|Project)$/

/** A name behind a thing that seldom has one, when a word of work, payment or confinement stands near: khu Kim Long. */
export function nameByShyThing(text: string, at: Span, near: Near): Named | null {
  const noun = text.slice(at.start, at.end)
  const title =
    isUpper(text, at.start) &&
    (/^[A-Z]\w+$/.test(noun) ? ENGLISH_PLACE.test(noun) : !opensSentence(text, at.start))
  const run = title ? null : runAfter(text, skipBlanks(text, at.end))
  if (run === null || !near.around.within(at.start - AROUND_REACH, run.end + AROUND_REACH)) return null
  const single = !text.slice(run.start, run.end).includes(' ')
  if (!isAnnounced(text, run, null) || (single && !COINED.test(text.slice(run.start, run.end)))) return null
  return toNamed(text, run, `capitals behind '${noun}'`)
}

/** The casino, Lucky Orchid, ...: a name between commas behind what it is. */
function nameInCommas(text: string, at: Span): Named | null {
  if (text[at.end] !== ',' || text.charCodeAt(at.end + 1) !== BLANK) return null
  const run = runAfter(text, at.end + 2)
  if (run === null || text[run.end] !== ',' || !isAnnounced(text, run, null)) return null
  const name = text.slice(run.start, run.end)
  return name.includes(' ') || COINED.test(name)
    ? toNamed(text, run, `capitals between commas behind '${text.slice(at.start, at.end)}'`)
    : null
}

/** Heads that are written small and belong to the name all the same: casino Kim Cương. */
const SMALL_HEADS = new Set(ORGANISATIONS.heads_small)

/** Months and days are written with capitals, too. */
const ENGLISH_DAY =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|August|September|October|November|December)$/

/** With a capital these open a sentence or a heading in English more often than they name their company. */
const ENGLISH_LABEL = /^(?:Company|Firm|Employer|App|Application|Platform|Exchange)/

/** Whether a run of capitals behind a noun is its name; `noun` is null when a word or a colon announces it. */
function isAnnounced(text: string, run: Span, noun: string | null): boolean {
  const first = firstWord(text, run)
  const words = text.slice(run.start, run.end).split(' ')
  if (isNoName(first) || LEADING.has(first.toLowerCase()) || words.every(isOrdinary)) return false
  if (isPlaceName(words.join(' '))) return false
  return noun === null || words.length > 1 || isCoined(noun, first)
}

/** One word directly behind a noun is a name when it is coined (BitNaga), or behind an app rather than a company. */
function isCoined(noun: string, name: string): boolean {
  const firm = /^(?:company|firm|employer|agent company)$/i.test(noun)
  return /[a-z][A-Z]/.test(name) || (!firm && name.length >= 5 && !ENGLISH_DAY.test(name))
}

function opensLine(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && i > at - 6; i--) {
    if (text.charCodeAt(i) === 10) return true
    if (isLetter(text, i) || isDigit(text, i)) return false
  }
  return at < 6
}

/** Units in front of a word like "called" for its noun. */
const NOUN_REACH = 44
const COINED_REACH = 36
const LONGEST_COINED = 20
/** Two capitals that a made-up name has: BitNaga, TitanFX. */
const COINED = /^\p{Lu}\p{Ll}{2,}\p{Lu}(?:\p{Ll}|\p{Lu}{1,3}$)/u

/** A name behind "called" when a noun like "app" stands near in front: aplikasi palsu bernama BisaCuan. */
export function nameByAnnouncement(text: string, at: Span, near: Near): Named | null {
  if (!hasNoun(text, at.start, { near, reach: NOUN_REACH })) return null
  const from = skipBlanks(text, at.end)
  const run = runAfter(text, text[from] === ':' ? skipBlanks(text, from + 1) : from)
  if (run === null || !isAnnounced(text, run, null)) return null
  return toNamed(text, run, `capitals behind '${text.slice(at.start, at.end)}'`)
}

/** A coined name (BitNaga, SafeKash) whose second capital is at `at`, when a noun like "app" stands near in front. */
export function coinedName(text: string, at: number, near: Near): Named | null {
  let start = at
  while (at - start <= LONGEST_COINED && (isLetter(text, start - 1) || isDigit(text, start - 1))) start--
  let end = at
  while (end - at <= LONGEST_COINED && (isLetter(text, end) || isDigit(text, end))) end++
  const name = text.slice(start, end)
  const glued = /[./@_#:-]/.test(text[start - 1] ?? '') || /[./@_]\w/.test(text.slice(end, end + 2))
  if (glued || !isUpper(text, start) || name.length > LONGEST_COINED || !COINED.test(name)) return null
  if (LABELS.longest(text, start, ({ bank }, stop) => stop === end && bank === null) !== null) return null
  if (
    PLATFORMS.has(foldText(name)) ||
    !(
      hasNoun(text, start, { near, reach: COINED_REACH }) ||
      hasNounBehind(text, end) ||
      near.around.within(start - COINED_REACH, end + COINED_REACH)
    )
  )
    return null
  const whole = runAfter(text, start)
  const run = whole === null ? null : withoutRoles(text, whole)
  return run === null || isPlaceName(name)
    ? null
    : { ...run, confidence: 0.7, why: 'a coined name near a word for a company or an app' }
}

const { nouns, desks, han } = ORGANISATIONS.behind_coined
const COINED_NOUN = new RegExp(`^,? (?:is )?(?:an?|the) (?:\\w+ )?${anyOf(nouns)}\\b`)
const COINED_DESK = new RegExp(`^ ${anyOf(desks)}\\b`)
const COINED_HAN = new RegExp(`^ ?${anyOf(han)}`)

/** CryptoLeaf, an app she found. */
function hasNounBehind(text: string, end: number): boolean {
  const behind = text.slice(end, end + 40)
  return (
    COINED_HAN.test(behind) ||
    COINED_DESK.test(behind) ||
    /^ (?:\p{Lu}\w+ )?\((?:www\.)?[a-z0-9-]{3,}(?: ?\[?\.\]? ?| dot )[a-z]/u.test(behind) ||
    COINED_NOUN.test(behind)
  )
}

function hasNoun(text: string, start: number, { near, reach }: { near: Near; reach: number }): boolean {
  const from = Math.max(0, start - reach)
  return near.things.within(from + opening(text.slice(from, start)), start)
}

/** Where the sentence opens that a stretch of text ends in. */
function opening(stretch: string): number {
  return Math.max(
    stretch.lastIndexOf('\n') + 1,
    ...['. ', '! ', '? '].map((end) => stretch.lastIndexOf(end) + 1),
  )
}

/** A name in quotes beside a word for what it is: "X" app, แอป "X", 「X」平台. */
export function nameInQuotes(text: string, at: number): Named | null {
  const inside = quotedAt(text, at)
  if (inside === null) return null
  const behind = skipBlanks(text, inside.end + 1)
  const front = text.charCodeAt(at - 1) === BLANK ? at - 1 : at
  const after = QUOTED_THINGS.longest(text, behind, (_, end) => isEdge(text, end))
  const beside = after ?? QUOTED_THINGS_BACK.longest(text, front, (_, from) => isEdge(text, from))
  const name = text.slice(inside.start, inside.end)
  if (
    beside === null ||
    isNoName(name) ||
    isBody(name) ||
    isPlaceName(name) ||
    name.split(' ').every(isOrdinary)
  )
    return null
  if (/^\p{Ll}/u.test(name) || /[\d?!。？！]$/.test(name)) return null
  return { ...inside, confidence: 0.8, why: 'a name in quotes beside a word for a company or an app' }
}

/** Nouns that a name may stand in front of when a word of work, payment or confinement stands near: the Harbour Light scheme. */
const SHY_FOLLOWERS = new Set(ORGANISATIONS.followers_shy)
/** The same anywhere: the BitNaga app. */
const FOLLOWERS = new Set([...ORGANISATIONS.followers_shy, ...ORGANISATIONS.followers])

function nameInFront(text: string, at: Span, near: Near): Named | null {
  const noun = text.slice(at.start, at.end)
  if (!FOLLOWERS.has(noun)) return null
  const names = wordsBefore(text, at.start)
  const [first] = names
  if (
    first === undefined ||
    names.length > 3 ||
    names.some((word) => isNoName(text.slice(word.start, word.end)))
  )
    return null
  const run = { start: first.start, end: names.at(-1)?.end ?? first.end }
  const name = text.slice(run.start, run.end)
  const single = names.length === 1 && !/[a-z][A-Z]/.test(name)
  const lone =
    single &&
    (name.length < 5 ||
      SHY_FOLLOWERS.has(noun) ||
      opensSentence(text, run.start) ||
      !near.around.within(run.start - AROUND_REACH, at.end + AROUND_REACH))
  if (name.split(' ').every(isOrdinary)) return null
  if (SHY_FOLLOWERS.has(noun) && !near.around.within(run.start - AROUND_REACH, at.end + AROUND_REACH))
    return null
  return lone || isPlaceName(text.slice(run.start, run.end))
    ? null
    : toNamed(text, run, `capitals in front of '${noun}'`)
}
