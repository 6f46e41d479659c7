import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { foldText, isDigit, isEdge, isLetter, isUpper } from '../script.ts'
import { quotedAt } from './organisation-quotes.ts'
import {
  BLANK,
  BREAKING,
  COINED_BACK,
  COINED_FRONT,
  KIND_WORDS,
  LEADING,
  LEADING_FIRST,
  NATIONALITIES,
  type Named,
  NOT_ORGANISATIONS,
  ORDINARY,
  PLATFORMS,
  ROLES,
  type Span,
} from './organisation-words.ts'
import { isPlaceName, isTownName } from './place-words.ts'

/** Most words in front of a kind word: Meridian Stone Sea Crest Group. */
const MOST_WORDS = 5

export function toNamed(text: string, { start, end }: Span, why: string): Named | null {
  const name = text.slice(start, end)
  if (isBody(name) || isNoName(name) || name.length < 2) return null
  return { start, end, confidence: 0.75, why }
}

/** Police, ministries and charities: any of their words, or two in a row (Red Cross), makes a name none of ours. */
export function isBody(name: string): boolean {
  const said = (/[^\S ]|[,()]| {2}/.test(name) ? name.split(/[\s,()]+/) : name.split(' ')).map((word) =>
    word.length > 3 && word === word.toUpperCase() ? capitalised(word) : word,
  )
  return said.some(
    (word, i) => NOT_ORGANISATIONS.has(word) || NOT_ORGANISATIONS.has(`${word} ${said[i + 1]}`),
  )
}

function capitalised(word: string): string {
  return `${word[0]}${word.slice(1).toLowerCase()}`
}

/** A platform, a people or a place is not the name of a firm by itself. */
export function isNoName(name: string): boolean {
  const plain = foldText(name)
  return PLATFORMS.has(plain) || NATIONALITIES.has(plain) || plain.length < 2
}

/** A word of trade or advertisement, of which names alone are not made. */
export function isOrdinary(word: string): boolean {
  return word === '&' || word.split('-').every((part) => ORDINARY.has(foldText(part)))
}

/** Made of a beginning or an ending as made-up names have, or both, and two letters more: Tradevanta, Coinharbor. */
export function coinedEnds(word: string): number {
  if (word.length < 6) return 0
  const front = COINED_FRONT.longest(word, 0, (_, end) => end >= 3 && word.length - end >= 2) !== null
  const back = COINED_BACK.longest(word, word.length, (_, from) => from >= 3) !== null
  return Number(front) + Number(back)
}

export function firstWord(text: string, { start, end }: Span): string {
  return text.slice(start, end).split(' ', 1)[0] ?? ''
}

export function skipBlanks(text: string, at: number): number {
  let i = at
  while (i < at + 3 && text.charCodeAt(i) === BLANK) i++
  return i
}

/** The capitalised words directly in front of `at`, without those that only begin a sentence. */
export function wordsBefore(text: string, at: number): Span[] {
  const found: Span[] = []
  let pos = at
  while (found.length < MOST_WORDS) {
    const word = wordBefore(text, pos)
    if (word === null) break
    found.unshift(word)
    pos = word.start
  }
  const words = found.map(({ start, end }) => text.slice(start, end).toLowerCase())
  const names = found.slice(words.findLastIndex((word) => BREAKING.has(word)) + 1)
  while (names[0] !== undefined && isLead(text, names[0])) names.shift()
  return names
}

/** A word that begins a sentence, or a joining sign, is not the first word of a name. */
function isLead(text: string, { start, end }: Span): boolean {
  const word = text.slice(start, end).toLowerCase()
  if (!isUpper(text, start) || LEADING.has(word)) return true
  return LEADING_FIRST.has(word) && opensSentence(text, start)
}

/** Whether nothing but a mark that ends a sentence, or a new line, stands in the three letters before. */
export function opensSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 3), at)
  const said = before.trimEnd()
  const last = said.at(-1)
  return last === undefined || '.!?:…।။'.includes(last) || before.slice(said.length).includes('\n')
}

function wordBefore(text: string, at: number): Span | null {
  const end = text.charCodeAt(at - 1) === BLANK ? at - 1 : at
  if (end === at && text[at - 1] !== '-') return null
  let start = end
  while (isNameUnit(text, start - 1) && end - start < 30) start--
  if (start === end || isDigit(text, start - 1)) return null
  if (isUpper(text, start)) return { start, end }
  const word = text.slice(start, end)
  const joins = word === '&' || word === 'and' || word === 'ng'
  const further = joins ? wordBefore(text, start) : null
  if (word === 'ng' && further !== null && isNoName(text.slice(further.start, further.end))) return null
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

/** What a Vietnamese firm does: Công ty CP Đầu tư Thiên Phát. */
const BUSINESS = new RegExp(`^(?:${anyOf(ORGANISATIONS.business_between)} )+`)

/** The capitals behind a head, with what the firm does in front of them. */
export function runBehindBusiness(text: string, from: number, head: string): Span | null {
  const skipped = /^(?:c[ôo]ng ty|cty|tnhh|ctcp)/i.test(head)
    ? (BUSINESS.exec(text.slice(from, from + 60))?.[0].length ?? 0)
    : 0
  const run = skipped === 0 ? null : runAfter(text, from + skipped)
  return run === null ? runAfter(text, from) : { start: from, end: run.end }
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
  // Upendo Recruitment Ltd ya Dar es Salaam: behind a legal form says where it sits
  if (word === 'ya' && /\b(?:Ltd|Limited|Inc|Agency)\.? $/.test(text.slice(Math.max(0, at - 10), at)))
    return null
  return text.charCodeAt(end) === BLANK && isUpper(text, end + 1) ? wordAfter(text, end + 1, true) : null
}

/** Words behind a kind word that a name may still have: Zamrud Global Net. */
const MOST_BEHIND = 2

/** Takes in what belongs to a name behind its kind word: legal forms, and up to two more capitalised words. */
export function endOfTail(text: string, from: number): number {
  let end = endOfKinds(text, from)
  if (end > from) return end
  for (let count = 0; count < MOST_BEHIND && text.charCodeAt(end) === BLANK; count++) {
    const next = wordAfter(text, end + 1, false)
    const word = next === null ? '' : text.slice(end + 1, next)
    const stops =
      LEADING.has(word.toLowerCase()) ||
      LEADING_FIRST.has(word.toLowerCase()) ||
      isOrdinary(word) ||
      isNoName(word)
    if (next === null || stops || isPlaceName(word) || isBody(word)) break
    end = endOfKinds(text, next)
  }
  return end
}

/** Takes in kind words and legal forms behind `end`, also behind a comma or a bracket: `(HK) Limited`, `, Inc.` */
export function endOfKinds(text: string, from: number): number {
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

/** A name without what is said behind it: BluePeak HR, Velora Monday. Null when nothing else is left. */
export function withoutRoles(text: string, run: Span): Span | null {
  let end = run.end
  for (;;) {
    const last = text.lastIndexOf(' ', end - 1)
    if (last <= run.start || !ROLES.has(text.slice(last + 1, end))) break
    end = last
  }
  return ROLES.has(text.slice(run.start, end)) ? null : { start: run.start, end }
}

/** CV Cahaya Rantau Sejahtera Medan: where a firm sits is said behind a name of three words or more. */
export function withoutTown(text: string, run: Span): Span {
  const words = text.slice(run.start, run.end).split(' ')
  const last = words.at(-1) ?? ''
  return words.length > 3 && isTownName(last) ? { start: run.start, end: run.end - last.length - 1 } : run
}
