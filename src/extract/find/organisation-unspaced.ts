import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { isDigit, isEdge, isLetter, isMark, isUnspaced, isUpper, scriptAt } from '../script.ts'
import { runAfter, wordsBefore } from './organisation-capitals.ts'
import { quotedAt } from './organisation-quotes.ts'
import {
  BLANK,
  type Named,
  PLATFORMS,
  type Span,
  THAI_BRANDS,
  UNSPACED_GENERIC,
  UNSPACED_HEADS,
  UNSPACED_OPENERS,
  UNSPACED_STOPS,
  UNSPACED_TAILS,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

/** Units of the longest name in these scripts. */
const LONGEST = 40
const FOREIGN = new Set(ORGANISATIONS.heads_foreign)
const NUMBERED = new Set(ORGANISATIONS.heads_numbered)
const REGISTERED = new Set(ORGANISATIONS.heads_registered)
const BANK = new RegExp(`^${anyOf(ORGANISATIONS.heads_bank)}`)

/**
 * A name behind a head, in scripts without blanks between words: บริษัทโกลเด้นเวฟ เทคโนโลยี, ធនាគារមេគង្គប្រជា.
 * @param how  `kept`: the head is part of the name; `dropped`: it is not; `shy`: only with quotes or capitals behind it
 */
export function nameByUnspacedHead(text: string, at: Span, how: 'kept' | 'dropped' | 'shy'): Named | null {
  let from = at.end
  while (from < at.end + 2 && (text.charCodeAt(from) === BLANK || text[from] === ':' || text[from] === '៖'))
    from++
  // ຊື່ວ່າ, နာမည်က are longer words of the list
  if (/^(?:ວ່າ|ว่า|က |ကတော့|မှာ )/.test(text.slice(at.end, at.end + 5))) return null
  const head = text.slice(at.start, at.end)
  // this company, that company; and a shop of somebody's has no blank before the name
  if (DEMONSTRATIVE.test(text.slice(from, from + 8)) || (head === 'ຮ້ານ' && from === at.end)) return null
  const why = `the name behind '${head}'`
  const quoted = quotedAt(text, from)
  if (quoted !== null) return { ...quoted, confidence: 0.85, why: `the name in quotes behind '${head}'` }
  if (isUpper(text, from)) return latinName(text, from, { at, how, why })
  if (!isUnspaced(scriptAt(text, from)) || (how === 'shy' && !isLoan(text, at, from))) return null
  if (isGeneric(text, from) || isStop(text, from)) return null
  const end = withNumber(text, endOfName(text, from), head)
  const name = text.slice(from, end)
  if (letters(name) < (ANNOUNCING.test(head) ? 2 : 3) || isPlaceName(name)) return null
  const spaced = from > at.end
  const start = how === 'kept' || (spaced && head === 'ក្រុមហ៊ុន') || LEGAL.test(name) ? at.start : from
  return { start, end: end - quotative(name), confidence: 0.8, why }
}

/** A Lao firm's legal form stands on both sides of its name: ບໍລິສັດ ... ຈຳກັດ. */
const LEGAL = /(?:ຈຳກັດ|ຈໍາກັດ)$/

/** Units of the Burmese "he said", "it is" that hangs on a name: ဟွာရှင်းတဲ့. */
function quotative(name: string): number {
  return /(?:ပါ)?(?:တဲ့|ဖြစ်ပါတယ်)$/.exec(name)?.[0].length ?? 0
}

/** This building, the one beside another. */
const DEMONSTRATIVE = new RegExp(`^${anyOf(ORGANISATIONS.demonstratives)}`)

/** หจก. รุ่งเรืองทรัพย์ 2019: a registered firm may have a number behind its name, and a brand one glued to it. */
function withNumber(text: string, end: number, head: string): number {
  if (NUMBERED.has(head)) return end + (/^\d{2,3}(?!\d)/.exec(text.slice(end, end + 4))?.[0].length ?? 0)
  if (!REGISTERED.has(head)) return end
  return end + (/^ (?:(?:19|20)\d\d|\d{1,3})(?![\d.,/-])/.exec(text.slice(end, end + 7))?.[0].length ?? 0)
}

/** Words behind which a name comes, however short. */
const ANNOUNCING = new RegExp(`${anyOf(ORGANISATIONS.announcing_ends)}$`)

/** Behind แอป, a foreign word in Thai letters: the sign for a letter that is not spoken tells it. */
function isLoan(text: string, at: Span, from: number): boolean {
  if (!FOREIGN.has(text.slice(at.start, at.end))) return false
  if (isGeneric(text, from) || /^(?:พลิเคชัน|ไซต์)/.test(text.slice(from, from + 8))) return false
  const branded = THAI_BRANDS.longest(text, from, () => true) !== null
  return branded || text.slice(from, endOfName(text, from)).includes('์')
}

function latinName(text: string, from: number, it: { at: Span; how: string; why: string }): Named | null {
  const run = runAfter(text, from)
  const name = run === null ? '' : text.slice(run.start, run.end)
  if (run === null || PLATFORMS.has(name.toLowerCase()) || name.length < 2) return null
  const bank = it.how === 'kept' && BANK.test(text.slice(it.at.start, it.at.end))
  return { start: bank ? it.at.start : run.start, end: run.end, confidence: 0.8, why: it.why }
}

/** A word like "this" or "Chinese" at `at`; short ones only when no letters follow, for they begin many names. */
function isGeneric(text: string, at: number): boolean {
  return UNSPACED_GENERIC.longest(text, at, (_, end) => end - at > 3 || !isLetter(text, end)) !== null
}

function letters(name: string): number {
  let count = 0
  for (let i = 0; i < name.length; i++) if (isLetter(name, i) && !isMark(name, i)) count++
  return count
}

/** Whether a common word stands at `at` and the text goes on behind it; at its end it belongs to the name. */
function isStop(text: string, at: number): boolean {
  if (!UNSPACED_STOPS.reaches(text, at)) return false
  return UNSPACED_STOPS.longest(text, at, (_, end) => isEdge(text, end) && isLetter(text, end)) !== null
}

/** Whether a common word stands at `at`, alone or with more behind it. */
function mayStop(text: string, at: number): boolean {
  return (
    UNSPACED_STOPS.reaches(text, at) &&
    UNSPACED_STOPS.longest(text, at, (_, end) => isEdge(text, end)) !== null
  )
}

/** Where a name ends: at a sign, a digit, a common word, or a blank behind which no word of a firm stands. */
function endOfName(text: string, from: number): number {
  const script = scriptAt(text, from)
  let i = from
  for (; i < from + LONGEST && i < text.length; i++) {
    if (text.charCodeAt(i) === BLANK) {
      // behind its legal form a name is over
      if (text.startsWith('จำกัด', i - 5) || text.startsWith('ຈຳກັດ', i - 5)) return i
      const next = endOfSecondWord(text, i + 1)
      if (next === null) return i
      i = next - 1
      continue
    }
    if (scriptAt(text, i) !== script || isDigit(text, i) || !isLetter(text, i)) return i
    if (
      i - from >= 3 &&
      isEdge(text, i) &&
      isStop(text, i) &&
      !isTail(text, i) &&
      (!isKhmer(text, i) || letters(text.slice(from, i)) > 2)
    )
      return i
  }
  return i
}

/** Khmer words are short and stand inside longer ones: ជា in ហ្វូជាង. */
function isKhmer(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0x1780 && unit < 0x1800
}

/** พาณิชย์ begins as พา does, and belongs to a name. */
function isTail(text: string, at: number): boolean {
  return UNSPACED_TAILS.reaches(text, at) && UNSPACED_TAILS.longest(text, at, () => true) !== null
}

/** Units of the longest second word that is believed without being a word of firms. */
const LONGEST_SECOND = 14

/** The end of a name's next word behind a blank: a word of firms, or a short one that a common word or the end follows. */
function endOfSecondWord(text: string, at: number): number | null {
  const tail = UNSPACED_TAILS.longest(text, at, () => true)
  if (tail !== null) return tail.end
  const script = scriptAt(text, at)
  let end = at
  while (end <= at + LONGEST_SECOND && scriptAt(text, end) === script && isLetter(text, end)) end++
  if (!isUnspaced(script) || end - at > LONGEST_SECOND || end - at < 3) return null
  if (isPlaceName(text.slice(at, end))) return null
  const blank = text.charCodeAt(end) === BLANK
  if (blank && UNSPACED_TAILS.longest(text, end + 1, () => true) !== null) return end
  // a foreign word in Thai letters goes on with the name: เอ็นพี โกลด์
  const loan = !isLetter(text, end) && text.slice(at, end).includes('์')
  return (loan || (blank && mayStop(text, end + 1))) && !isStop(text, at) && !isGeneric(text, at) ? end : null
}

/** A name in front of a tail: หงต๋าเน็ตเวิร์ก, ရွှေနဂါး ကုမ္ပဏီ; glued to it, or with one blank between. */
export function nameByUnspacedTail(text: string, at: Span): Named | null {
  const script = scriptAt(text, at.start)
  const glued = text.charCodeAt(at.start - 1) === BLANK ? at.start - 1 : at.start
  // คาสิโน and the like are also heads: behind a blank they begin the next name.
  const tail = text.slice(at.start, at.end)
  if (glued < at.start && UNSPACED_HEADS.has(tail)) return null
  const latin = wordsBefore(text, at.start)[0]
  if (latin !== undefined) {
    return {
      start: latin.start,
      end: isApp(tail) || isBurmeseKind(tail) ? glued : at.end,
      confidence: 0.8,
      why: `capitals in front of '${text.slice(at.start, at.end)}'`,
    }
  }
  let start = glued
  while (start > glued - LONGEST && scriptAt(text, start - 1) === script && isLetter(text, start - 1)) start--
  const found = lastPart(text, start, glued)
  const name = BUSINESS.has(text.slice(found.start, found.end)) ? withWordBefore(text, found) : found
  if (name.end - name.start < 3 || letters(text.slice(name.start, name.end)) < 2) return null
  if (isGeneric(text, name.start)) return null
  if (isPlaceName(text.slice(name.start, name.end))) return null
  if (glued < at.start && BURMESE_PARTICLE.test(text.slice(name.start, name.end))) return null
  // a resort by itself is somewhere to stay; its name is in foreign words
  if (/^รีสอร์/.test(tail) && !text.slice(name.start, name.end).includes('์')) return null
  return {
    start: name.start,
    end: isApp(tail) ? name.end : at.end,
    confidence: 0.75,
    why: `a name in front of '${tail}'`,
  }
}

/** What a firm does stands behind its name in Burmese, with a blank between. */
const BUSINESS = new Set(ORGANISATIONS.business_behind)

function withWordBefore(text: string, { start, end }: Span): Span {
  if (text.charCodeAt(start - 1) !== BLANK) return { start, end }
  let from = start - 1
  const script = scriptAt(text, start)
  while (from > start - LONGEST && scriptAt(text, from - 1) === script && isLetter(text, from - 1)) from--
  return start - 1 - from < 3 ? { start, end } : { start: from, end }
}

/** What an app or a compound is called does not hold the word for it, nor who bought somebody the word for 'to'. */
function isApp(tail: string): boolean {
  return tail === 'အက်ပ်' || /^(?:ဆိုတဲ့|ဝင်း|ဆီ)/.test(tail)
}

/** A foreign name and the Burmese word for what it is: Golden Orchid ဟိုတယ်. */
function isBurmeseKind(tail: string): boolean {
  return /^(?:ကုမ္ပဏီ|ဟိုတယ်|အေဂျင်စီ)/.test(tail)
}

/** What ends a Burmese clause or hangs on what something is done to: no name stands before the blank behind it. */
const BURMESE_PARTICLE = /(?:ရင်|ပြီး|တော့|လို့|တယ်|သည်|မှာ|ကို|နဲ့|နှင့်|အတွက်|နောက်|ဖို့|ရန်|သော|မည်|မယ်)$/

/** What stands behind the last common word: a sentence without blanks may run up to the name. */
function lastPart(text: string, start: number, end: number): Span {
  let from = start
  for (let i = start; i < end; i++) {
    if (!UNSPACED_OPENERS.reaches(text, i) || !isEdge(text, i)) continue
    const hit = UNSPACED_OPENERS.longest(text, i, (_, stop) => stop <= end && isEdge(text, stop))
    if (hit !== null) {
      from = hit.end
      i = hit.end - 1
    }
  }
  return { start: from, end }
}
