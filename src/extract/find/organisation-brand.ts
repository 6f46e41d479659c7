import { isDigit, isLetter, isMark } from '../script.ts'
import type { Span } from './organisation-capitals.ts'
import {
  HAN_BRANDS,
  HAN_KINDS,
  HAN_NOT_BRANDS,
  HAN_STOPS_BACK,
  INDIC_BRANDS,
  INDIC_BRANDS_BACK,
  isIndicStop,
  type Named,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const BLANK = 32
/** Characters of the longest such name in Chinese, without its kind. */
const LONGEST_HAN = 4
/** What may follow a name that is made of lucky characters: signs, and words of work and money. */
const HAN_BEHIND =
  /^(?:$|[^\u4e00-\u9fff]|[上做当當的里裡内內后後客平开開投打要不让讓骗騙担擔任工那就扫掃付])/

function isHan(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fff
}

/** 在汇丰盛做: a name of lucky characters behind a word that firms stand behind, with its kind when it has one. */
export function hanNameBehindFrame(text: string, at: Span): Named | null {
  let end = at.end
  while (end - at.end < LONGEST_HAN && HAN_BRANDS.has(text[end] ?? '')) end++
  const own = text.slice(at.end, end)
  if (!isBrand(own)) return null
  const kind = HAN_KINDS.find((it) => text.startsWith(it, end))
  const stop = end + (kind?.length ?? 0)
  if (!HAN_BEHIND.test(text.slice(stop, stop + 1)) || (kind === undefined && own.length > 3)) return null
  const frame = text.slice(at.start, at.end)
  // 是天海 may say anything; 在天海上班 does not.
  if (
    kind === undefined &&
    frame.length === 1 &&
    !/^(?:上班|做|工作|上开|上開|客服|平台|骗|騙|当|當|开户|開戶|上面)/.test(text.slice(stop, stop + 2))
  )
    return null
  return { start: at.end, end: stop, confidence: 0.65, why: `a name of lucky characters behind '${frame}'` }
}

/** 鑫牛客服: the same in front of a word that firms stand in front of. */
export function hanNameBeforeTrail(text: string, at: Span): Named | null {
  let start = at.start
  while (at.start - start < LONGEST_HAN && HAN_BRANDS.has(text[start - 1] ?? '')) start--
  const own = text.slice(start, at.start)
  if (!isBrand(own)) return null
  if (isHan(text.charCodeAt(start - 1)) && !HAN_STOPS_BACK.reaches(text, start)) return null
  const trail = text.slice(at.start, at.end)
  const kept = KEPT_BEHIND.test(trail)
  const end = kept ? at.end : at.start
  if (kept && !HAN_BEHIND.test(text.slice(end, end + 1)) && !/^[客经經]/.test(text.slice(end, end + 1)))
    return null
  return { start, end, confidence: 0.65, why: `a name of lucky characters in front of '${trail}'` }
}

/** What a firm does belongs to its name. */
const KEPT_BEHIND =
  /^(?:人力|理财|理財|科技|国际|國際|投资|投資|集团|集團|山庄|山莊|园区|園區|大厦|大廈|商贸|商貿|資訊|资讯|娱乐|娛樂)$/

function isBrand(own: string): boolean {
  return own.length >= 2 && !HAN_NOT_BRANDS.has(own) && !isPlaceName(own) && new Set(own).size > 1
}

/** ट्रेडगुरु में पैसा लगाया: borrowed words that firms are named with, in front of what is said of firms. */
export function indicNameBeforeTrail(text: string, at: Span): Named | null {
  let start = at.start
  let branded = false
  for (let count = 0; count < 3; count++) {
    const end =
      text.charCodeAt(start - 1) === BLANK || (count === 0 && text[start - 1] === '-') ? start - 1 : start
    let from = end
    while (isWordUnit(text, from - 1) && end - from < 24) from--
    const word = text.slice(from, end)
    if (end === start || word.length < 3 || isIndicStop(word) || isDigit(text, from)) break
    branded ||= isLoan(text, from, end)
    start = from
  }
  if (!branded) return null
  const end = /[ -]/.test(text[at.start - 1] ?? '') ? at.start - 1 : at.start
  const name = text.slice(start, end)
  if (isPlaceName(name)) return null
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
    while (isWordUnit(text, stop) && stop - start < 24) stop++
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

function isWordUnit(text: string, i: number): boolean {
  return i >= 0 && (isLetter(text, i) || isMark(text, i))
}
