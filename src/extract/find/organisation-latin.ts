import { foldText, isDigit, isEdge, isLetter, isUpper } from '../script.ts'
import {
  CUES_BACK,
  KEPT_HEADS,
  KIND_WORDS,
  LEADING,
  NAMED,
  NATIONALITIES,
  type Named,
  NOT_ORGANISATIONS,
  PLAIN_THINGS,
  PLATFORMS,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const BLANK = 32
/** Most words in front of a kind word: Meridian Stone Sea Crest Group. */
const MOST_WORDS = 5
/** Units in front of a weak name in which "company" or "called" is looked for. */
const CUE_REACH = 100

interface Span {
  readonly start: number
  readonly end: number
}

/** A name that ends with a kind word or a legal form: `Emerald Bay Group`, `Jin Ma Investment (HK) Limited`. */
export function nameByTail(text: string, kind: 'legal' | 'strong' | 'weak', at: Span): Named | null {
  if (!isUpper(text, at.start) && kind !== 'legal') return null
  const names = wordsBefore(text, at.start)
  if (names.length === 0) return null
  const end = endOfKinds(text, at.end)
  const legal = kind === 'legal' || end > at.end
  const enough = legal || kind === 'strong' || names.length >= 2 || hasCue(text, names[0]?.start ?? at.start)
  const written = names.map((word) => text.slice(word.start, word.end))
  if (!enough || isBody(text.slice(names[0]?.start, end)) || written.every(isNoName)) return null
  if (kind !== 'legal' && end === at.end && isPlaceName(written.join(' '))) return null
  const tail = text.slice(at.start, end)
  const confidence = legal ? 0.95 : kind === 'strong' ? 0.85 : 0.7
  return {
    start: names[0]?.start ?? at.start,
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
  const run = runAfter(text, at.end + colon + 1)
  if (run === null || isBody(text.slice(run.start, run.end)) || isNoName(firstWord(text, run))) return null
  const kept = capital && colon === 0 && KEPT_HEADS.has(foldText(head))
  const sure = /^(?:PT|CV|TNHH)/.test(head)
  if (!capital && !PLAIN_THINGS.has(foldText(head))) return null
  if (isPlaceName(text.slice(run.start, run.end)) && !sure) return null
  const why = `capitals behind '${head}'`
  return { start: kept ? at.start : run.start, end: run.end, confidence: sure ? 0.9 : 0.8, why }
}

/** A name that a noun announces: `a company called X`, `Company: X`, `the app X`; or one in front of it: `the X app`. */
export function nameByThing(text: string, at: Span): Named | null {
  const noun = text.slice(at.start, at.end)
  let next = skipBlanks(text, at.end)
  const named = NAMED.longest(text, next, (_, end) => isEdge(text, end))
  if (named !== null) next = skipBlanks(text, named.end)
  const colon = text[next] === ':' ? skipBlanks(text, next + 1) : next
  // "Kuya Rex Agency: Processing" is somebody speaking; a label stands at the head of its line.
  if (colon > next && named === null && !opensLine(text, at.start)) return null
  const announced = named !== null || colon > next
  const quoted = quotedAt(text, colon)
  if (quoted !== null && (announced || PLAIN_THINGS.has(foldText(noun))))
    return toNamed(text, quoted, `the name in quotes behind '${noun}'`)
  if (!announced && (!PLAIN_THINGS.has(foldText(noun)) || isUpper(text, at.start)))
    return nameInFront(text, at)
  const run = runAfter(text, colon)
  if (run === null || isNoName(firstWord(text, run)) || LEADING.has(firstWord(text, run).toLowerCase()))
    return null
  if (isPlaceName(text.slice(run.start, run.end))) return null
  return toNamed(text, run, `capitals behind '${noun}'`)
}

function opensLine(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && i > at - 6; i--) {
    if (text.charCodeAt(i) === 10) return true
    if (isLetter(text, i) || isDigit(text, i)) return false
  }
  return at < 6
}

/** Nouns that a name may stand in front of: the BitNaga app. */
const FOLLOWERS = new Set(['app', 'platform', 'exchange', 'compound', 'casino', 'trading platform'])

function nameInFront(text: string, at: Span): Named | null {
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
  const lone = names.length === 1 && !/[a-z][A-Z]|^.{5,}$/.test(text.slice(run.start, run.end))
  return lone || isPlaceName(text.slice(run.start, run.end))
    ? null
    : toNamed(text, run, `capitals in front of '${noun}'`)
}

function toNamed(text: string, { start, end }: Span, why: string): Named | null {
  const name = text.slice(start, end)
  if (isBody(name) || isNoName(name) || name.length < 2) return null
  return { start, end, confidence: 0.75, why }
}

/** Police, ministries and charities: any of their words in a name makes it none of ours. */
function isBody(name: string): boolean {
  const plain = ` ${name.replace(/[^\p{L}\p{M}\d]+/gu, ' ')} `
  const told = plain === plain.toUpperCase() ? NOT_ORGANISATIONS_LOUD : NOT_ORGANISATIONS
  return told.some((word) => plain.includes(` ${word} `))
}

const NOT_ORGANISATIONS_LOUD = NOT_ORGANISATIONS.map((word) => word.toUpperCase())

/** A platform, a people or a place is not the name of a firm by itself. */
function isNoName(name: string): boolean {
  const plain = foldText(name)
  return PLATFORMS.has(plain) || NATIONALITIES.has(plain) || plain.length < 2
}

function firstWord(text: string, { start, end }: Span): string {
  return text.slice(start, end).split(' ', 1)[0] ?? ''
}

function skipBlanks(text: string, at: number): number {
  let i = at
  while (i < at + 3 && text.charCodeAt(i) === BLANK) i++
  return i
}

const OPEN = '"“„«‘\'「『《“'
const CLOSE = '"”“»’\'」』》”'

/** What stands between quotes that open at `at`, up to 40 units. */
export function quotedAt(text: string, at: number): Span | null {
  const pair = OPEN.indexOf(text[at] ?? ' ')
  if (pair < 0) return null
  const inside = text.slice(at + 1, at + 42)
  const close = [...inside].findIndex((sign) => CLOSE.includes(sign) || sign === '\n')
  if (close < 2 || inside[close] === '\n') return null
  return { start: at + 1, end: at + 1 + inside.slice(0, close).length }
}

/** The capitalised words directly in front of `at`, without those that only begin a sentence. */
function wordsBefore(text: string, at: number): Span[] {
  const found: Span[] = []
  let pos = at
  while (found.length < MOST_WORDS) {
    const word = wordBefore(text, pos)
    if (word === null) break
    found.unshift(word)
    pos = word.start
  }
  while (found[0] !== undefined && isLead(text, found[0], found.length)) found.shift()
  return found
}

/** A word that begins a sentence, or a joining sign, is not the first word of a name. */
function isLead(text: string, { start, end }: Span, count: number): boolean {
  const word = text.slice(start, end)
  return !isUpper(text, start) || LEADING.has(word.toLowerCase()) || (count > 1 && word === '&')
}

function wordBefore(text: string, at: number): Span | null {
  const end = text.charCodeAt(at - 1) === BLANK ? at - 1 : at
  if (end === at && text[at - 1] !== '-') return null
  let start = end
  while (isNameUnit(text, start - 1) && end - start < 30) start--
  if (start === end || isDigit(text, start - 1)) return null
  if (isUpper(text, start)) return { start, end }
  const word = text.slice(start, end)
  const joins = word === '&' || word === 'and' || word === 'of'
  const further = joins ? wordBefore(text, start) : null
  return further === null ? null : { start, end }
}

function isNameUnit(text: string, i: number): boolean {
  if (i < 0) return false
  if (isLetter(text, i) || isDigit(text, i)) return true
  const sign = text[i]
  return sign === "'" || sign === '’' || sign === '&' || sign === '-'
}

/** A run of capitalised words from `at` on, with the legal form behind it: `Skybridge Technology Co., Ltd.` */
export function runAfter(text: string, at: number): Span | null {
  const quoted = quotedAt(text, at)
  if (quoted !== null) return quoted
  let end = at
  for (let count = 0, pos = at; count < MOST_WORDS + 1; count++) {
    const next = wordAfter(text, pos, count > 0)
    if (next === null) break
    end = next
    pos = text.charCodeAt(next) === BLANK ? next + 1 : next
    if (pos === next) break
  }
  return end === at ? null : { start: at, end: endOfKinds(text, end) }
}

/** The end of the capitalised word at `at`; a joining sign or a number counts when the name has begun. */
function wordAfter(text: string, at: number, begun: boolean): number | null {
  let end = at
  while (isNameUnit(text, end) && end - at < 30) end++
  if (end === at) return null
  if (isUpper(text, at)) return end
  const word = text.slice(at, end)
  const joins =
    begun && (word === '&' || word === 'and' || word === 'of' || word === 'ya' || /^\d{1,2}$/.test(word))
  if (!joins) return null
  if (/^\d/.test(word)) return end
  return text.charCodeAt(end) === BLANK && isUpper(text, end + 1) ? wordAfter(text, end + 1, true) : null
}

/** Takes in kind words and legal forms behind `end`, also behind a comma or a bracket: `(HK) Limited`, `, Inc.` */
function endOfKinds(text: string, from: number): number {
  let end = from
  for (let count = 0; count < 4; count++) {
    const gap = /^(?: ?\([A-Z][\w ]{0,20}\))?(?:, | |)/.exec(text.slice(end, end + 26))?.[0] ?? ''
    const at = end + gap.length
    if (gap === '' || !isUpper(text, at)) {
      const plain = gap === ' ' && text.startsWith('plc', at) && isEdge(text, at + 3)
      return plain ? at + 3 : end
    }
    const hit = KIND_WORDS.longest(text, at, (_, stop) => isEdge(text, stop) && isUpper(text, at))
    if (hit === null) return end
    end = hit.end
  }
  return end
}

/** Whether a word like "company" or "called" stands shortly in front. */
function hasCue(text: string, start: number): boolean {
  for (let end = start; end > Math.max(0, start - CUE_REACH); end--) {
    if (!isEdge(text, end) || !isLetter(text, end - 1)) continue
    if (CUES_BACK.longest(text, end, (_, from) => isEdge(text, from)) !== null) return true
  }
  return false
}
