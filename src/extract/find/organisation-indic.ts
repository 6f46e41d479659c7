import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { isDigit, isEdge, isLetter, isMark } from '../script.ts'
import type { Near } from './organisation-near.ts'
import { quotedAt } from './organisation-quotes.ts'
import {
  BLANK,
  INDIC_BRANDS,
  INDIC_BRANDS_BACK,
  INDIC_THINGS,
  isIndicStop,
  type Named,
  type Span,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const MOST_WORDS = 5

function isWordUnit(text: string, i: number): boolean {
  return isLetterOrMark(text, i) || (i >= 0 && (isDigit(text, i) || text[i] === '-'))
}

/** A name in Hindi or Bengali in front of a tail, back to a common word: सनराइज़ ग्लोबल सर्विसेज़ प्राइवेट लिमिटेड. */
export function indicNameByTail(text: string, at: Span): Named | null {
  let start = at.start
  for (let count = 0; count < MOST_WORDS; count++) {
    const end = text.charCodeAt(start - 1) === BLANK ? start - 1 : start
    let from = end
    while (isWordUnit(text, from - 1) && end - from < 30) from--
    const word = text.slice(from, end)
    if (end === start || from === end || isIndicStop(word) || isDigit(text, from)) break
    if ((count > 0 && KIND_IN_FRONT.has(word)) || OBJECT.test(word)) break
    start = from
  }
  // ব্যাংকে is "at the bank": with a case ending, one word in front is not yet a name.
  const tail = text.slice(at.start, at.end)
  const bank = /बैंक|ব্যাংক|ব্যাঙ্ক/.test(tail)
  const single = !text.slice(start, at.start - 1).includes(' ')
  if (start === at.start || (bank && single && !isEdge(text, at.end))) return null
  return { start, end: at.end, confidence: 0.8, why: `a name in front of '${tail}'` }
}

/** What a name is, in front of it: एजेंसी स्टार विज़न प्लेसमेंट. */
const KIND_IN_FRONT = new Set(ORGANISATIONS.indic_kinds)

/** Bengali endings of what something is done to: the building is called so. */
const OBJECT = /(?:টাকে|টিকে|গুলোকে|দেরকে)$/

/** Behind a name: it is said what something is called, or who is calling. */
const CALLED_BEHIND = new RegExp(`^ ${anyOf(ORGANISATIONS.indic_called_behind)}`)

/** The same for everyday words (नेटवर्क, ট্রেড), where something near says that a firm is meant. */
export function indicNameByWeakTail(text: string, at: Span, near: Near): Named | null {
  const named = indicNameByTail(text, at)
  if (named === null || text.slice(named.start, at.start).trim().length < 4) return null
  const announced = /(?:नाम|নাম)\S{0,2}(?: \S{2,4})? $/.test(
    text.slice(Math.max(0, named.start - 12), named.start),
  )
  const called = CALLED_BEHIND.test(text.slice(at.end, at.end + 12))
  if (!announced && !called && !near.around.within(named.start - AROUND_REACH, at.end + AROUND_REACH))
    return null
  return { ...named, confidence: 0.7 }
}

/** A name that is announced: कंपनी का नाम X था, অ্যাপের নাম "X". */
export function indicNameByCall(text: string, at: Span): Named | null {
  const colon = text[at.end] === ':' ? at.end + 1 : at.end
  const from = text.charCodeAt(colon) === BLANK ? colon + 1 : colon
  const call = text.slice(at.start, at.end)
  const quoted = quotedAt(text, from)
  if (quoted !== null) return { ...quoted, confidence: 0.85, why: `the name in quotes behind '${call}'` }
  const announced = colon > at.end || call.endsWith(':') || /(?:नाम|নাম)(?: था| ছিল| হলো)?$/.test(call)
  if (!announced) return null
  const end = endOfName(text, from)
  return end - from < 3 ? null : { start: from, end, confidence: 0.75, why: `the name behind '${call}'` }
}

/** A name behind a head that belongs to it: होटल गोल्डन पैलेस. */
export function indicNameByHead(text: string, at: Span): Named | null {
  if (text.charCodeAt(at.end) !== BLANK) return null
  const end = endOfName(text, at.end + 1)
  const head = text.slice(at.start, at.end)
  return end - at.end < 4
    ? null
    : { start: at.start, end, confidence: 0.75, why: `the name behind '${head}'` }
}

/** Units on either side of an app in which words of money are looked for. */
const AROUND_REACH = 60

/** A name beside an app, when money is spoken of near by: फिनग्रो ऐप में निवेश, ऐप स्टॉकविन डाउनलोड. */
export function indicNameOfApp(text: string, at: Span, near: Near): Named | null {
  if (!near.around.within(at.start - AROUND_REACH, at.end + AROUND_REACH)) return null
  const why = `a name beside '${text.slice(at.start, at.end)}'`
  const start = startOfName(text, at.start, 2)
  if (start < at.start) return { start, end: at.start - 1, confidence: 0.65, why }
  if (text.charCodeAt(at.end) !== BLANK) return null
  const end = endOfName(text, at.end + 1)
  const first = text.slice(at.end + 1, end).split(' ', 1)[0] ?? ''
  return end - at.end < 4 || !isNameWord(first) ? null : { start: at.end + 1, end, confidence: 0.65, why }
}

/** Units behind "called" in which the thing that is called so stands. */
const THING_REACH = 24

/** प्रॉफिटकिंग नाम का ऐप: a name in front of "called", when a firm, an app or a site follows. */
export function indicNameCalled(text: string, at: Span): Named | null {
  let thing = false
  for (let i = at.end; i < at.end + THING_REACH && i < text.length && !thing; i++) {
    if (/[\n।,]/.test(text[i] ?? '')) return null
    thing = isEdge(text, i) && INDIC_THINGS.longest(text, i, () => true) !== null
  }
  if (!thing || text.charCodeAt(at.start - 1) !== BLANK) return null
  const quoted = quotedBefore(text, at.start - 1)
  if (quoted !== null) return { ...quoted, confidence: 0.8, why: 'a name in quotes that something is called' }
  const start = startOfName(text, at.start, 3)
  const call = text.slice(at.start, at.end)
  return start === at.start
    ? null
    : { start, end: at.start - 1, confidence: 0.75, why: `a name in front of '${call}'` }
}

const QUOTED_END = /[‘“"'「]([^‘’“”"'「」\n]{2,40})[’”"'」]$/

/** The words in quotes that end at a place: ‘স্মার্ট ইনভেস্ট’ নামে একটি অ্যাপ. */
function quotedBefore(text: string, end: number): Span | null {
  const name = QUOTED_END.exec(text.slice(Math.max(0, end - 44), end))?.[1]
  return name === undefined ? null : { start: end - 1 - name.length, end: end - 1 }
}

/** Where the words of a name begin that end with a blank at `at`, at most so many; `at` when there is none. */
function startOfName(text: string, at: number, most: number): number {
  let start = at
  for (let count = 0; count < most; count++) {
    const end = text.charCodeAt(start - 1) === BLANK ? start - 1 : start
    let from = end
    while (isWordUnit(text, from - 1) && end - from < 30) from--
    if (end === start || from === end || !isNameWord(text.slice(from, end))) break
    start = from
  }
  return start
}

function isNameWord(word: string): boolean {
  return !isIndicStop(word) && !/^[\d०-९০-৯]/.test(word) && word.length >= 3
}

function endOfName(text: string, from: number): number {
  let end = from
  for (let count = 0; count < MOST_WORDS; count++) {
    const start = count === 0 ? from : end + 1
    let stop = start
    while (isWordUnit(text, stop) && stop - start < 30) stop++
    if (stop === start || isIndicStop(text.slice(start, stop))) break
    end = stop
    if (text.charCodeAt(stop) !== BLANK) break
  }
  return end
}

const ALONE = new Set(ORGANISATIONS.weighed.indic_alone)

/** ट्रेडगुरु में पैसा लगाया: borrowed words that firms are named with, in front of what is said of firms. */
export function indicNameBeforeTrail(text: string, at: Span): Named | null {
  let start = at.start
  let branded = false
  for (let count = 0; count < 3; count++) {
    const end =
      text.charCodeAt(start - 1) === BLANK || (count === 0 && text[start - 1] === '-') ? start - 1 : start
    let from = end
    while (isLetterOrMark(text, from - 1) && end - from < 24) from--
    const word = text.slice(from, end)
    if (end === start || word.length < 3 || isIndicStop(word) || isDigit(text, from)) break
    branded ||= isLoan(text, from, end)
    start = from
  }
  if (!branded) return null
  const end = /[ -]/.test(text[at.start - 1] ?? '') ? at.start - 1 : at.start
  const name = text.slice(start, end)
  if (isPlaceName(name) || ALONE.has(name)) return null
  const trail = text.slice(at.start, at.end)
  return { start, end, confidence: 0.65, why: `borrowed words in front of '${trail}', as firms are named` }
}

/** কোম্পানি গোল্ডেন সান: borrowed words behind what is named. */
export function indicNameBehindFront(text: string, at: Span): Named | null {
  const from = text.charCodeAt(at.end) === BLANK ? at.end + 1 : at.end
  if (from === at.end && !/[:,]/.test(text[at.end] ?? '')) return null
  let end = from
  let branded = false
  for (let count = 0; count < 3; count++) {
    const start = count === 0 ? from : end + 1
    if (count > 0 && text.charCodeAt(end) !== BLANK) break
    let stop = start
    while (isLetterOrMark(text, stop) && stop - start < 24) stop++
    const word = text.slice(start, stop)
    if (word.length < 2 || isIndicStop(word)) break
    branded ||= isLoan(text, start, stop)
    end = stop
  }
  if (!branded || isPlaceName(text.slice(from, end))) return null
  const why = `borrowed words behind '${text.slice(at.start, at.end)}', as firms are named`
  return { start: from, end, confidence: 0.65, why }
}

function isLoan(text: string, from: number, end: number): boolean {
  const front = INDIC_BRANDS.longest(text, from, (_, stop) => stop <= end) !== null
  return front || INDIC_BRANDS_BACK.longest(text, end, (_, start) => start >= from) !== null
}

function isLetterOrMark(text: string, i: number): boolean {
  return i >= 0 && (isLetter(text, i) || isMark(text, i))
}
