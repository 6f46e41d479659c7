import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { foldText } from '../script.ts'
import { HAN_GENERIC, HAN_KINDS, HAN_STOPS_BACK, type Named, type Span } from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const { han: HAN } = ORGANISATIONS

/** Units of the longest Chinese name before its tail. */
const LONGEST = 12

export function isHan(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fff
}

function isCapital(unit: number): boolean {
  return unit >= 65 && unit <= 90
}

/** A name that ends with a tail: 鼎盛网络科技有限公司, 皇冠赌场. Without blanks, its beginning is where a common word ends. */
export function hanNameByTail(text: string, at: Span): Named | null {
  let start = at.start
  while (
    start > at.start - LONGEST &&
    (isHan(text.charCodeAt(start - 1)) || isCapital(text.charCodeAt(start - 1)))
  ) {
    if (HAN_STOPS_BACK.reaches(text, start) && !isInside(text, start)) break
    start--
  }
  const tail = text.slice(at.start, at.end)
  if (tail.endsWith('有限公司')) start = seatBefore(text, start) ?? start
  const name = text.slice(start, at.start)
  if (name.length < 2 || isGeneric(name) || isPlaceName(name) || CRIME.test(name)) return null
  return {
    start,
    end: at.end,
    confidence: /公司$/.test(tail) ? 0.9 : 0.8,
    why: `a name in front of '${tail}'`,
  }
}

/** A joining word with one character between it and the common word before is inside a name: 是嘉和源贸易. */
function isInside(text: string, at: number): boolean {
  return (
    /[和与與会會来來]/.test(text[at - 1] ?? '') &&
    isHan(text.charCodeAt(at - 2)) &&
    !HAN_STOPS_BACK.reaches(text, at - 1) &&
    HAN_STOPS_BACK.reaches(text, at - 2)
  )
}

/** Units of the longest seat of a registered firm, and of what may stand between it and a common word in its name. */
const LONGEST_SEAT = 8

/** The city or province that opens the name of a registered firm, with a joining word in between: 深圳市嘉和源贸易有限公司. */
function seatBefore(text: string, at: number): number | null {
  if (!/[和与與会會来來]/.test(text[at - 1] ?? '')) return null
  for (let start = at - 2; start >= at - LONGEST_SEAT && isHan(text.charCodeAt(start)); start--) {
    const seat = /^([\u4e00-\u9fff]{2,4}?)[省市县縣区區]/.exec(text.slice(start, at))?.[1]
    if (seat !== undefined && isPlaceName(seat)) return start
  }
  return null
}

/** 跨境投資詐騙集團 is what a gang does, not what it is called. */
const CRIME = new RegExp(`${anyOf(HAN.crimes)}$`)

/** Nothing but words like 科技 or 中国. */
function isGeneric(name: string): boolean {
  for (let i = 0; i < name.length; ) {
    const hit = HAN_GENERIC.longest(name, i, () => true)
    if (hit === null) return false
    i = hit.end
  }
  return true
}

const QUOTED = /^["“「『《]([^"”」』》\n]{2,20})["”」』》]/
const PLAIN = /^([\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Za-z\d]{1,15})/
/** A name that is announced ends before one of these. */
const ENDINGS = /[的有在是和与與,，。也就让讓要说說老]/

/** A name that is announced: 公司叫鑫汇通, 平台叫「富鼎智投」. */
export function hanNameByCall(text: string, at: Span, quotesOnly: boolean): Named | null {
  const from = at.end + (/^[ :：,，]/.test(text.slice(at.end, at.end + 1)) ? 1 : 0)
  const rest = text.slice(from, from + 24)
  const call = text.slice(at.start, at.end)
  // 公司名字叫 is a longer word of the list
  if (call.endsWith('名') && /^[字称稱叫为為是单單册额額义義]/.test(rest)) return null
  const quoted = QUOTED.exec(rest)?.[1]
  if (quoted !== undefined) return named(from + 1, quoted, call)
  if (quotesOnly)
    return quotedBefore(text, at) ?? calledBefore(text, at) ?? kindBefore(text, at) ?? kindBehind(text, at)
  const plain = PLAIN.exec(rest)?.[1]
  // a short name that a sign ends is whole, whatever stands in it: 鼎和
  const cut = plain === undefined || plain.length <= 3 ? -1 : plain.search(ENDINGS)
  const name = plain === undefined ? '' : cut > 0 ? plain.slice(0, cut) : cut === 0 ? '' : plain
  return name.length < 2 ? null : named(from, name, call)
}

function named(start: number, name: string, call: string): Named | null {
  if (isGeneric(name) || isPlaceName(name)) return null
  return { start, end: start + name.length, confidence: 0.8, why: `the name behind '${call}'` }
}

/** 「富鼎智投」平台: the name in quotes in front of what it is. */
function quotedBefore(text: string, at: Span): Named | null {
  const found = /["“「『《]([^"”“」『』《》\n]{2,20})["”」』》]$/.exec(
    text.slice(Math.max(0, at.start - 24), at.start),
  )
  const name = found?.[1]
  if (name === undefined || isGeneric(name)) return null
  const end = at.start - 1
  return {
    start: end - name.length,
    end,
    confidence: 0.8,
    why: `the name in quotes in front of '${text.slice(at.start, at.end)}'`,
  }
}

const APPS = new Set(HAN.apps)
const FIRMS = new Set(HAN.firms)

/** What names of firms end with so often that quotes around them are enough. */
const QUOTED_ENDING = new RegExp(`${anyOf(HAN.quoted_ends)}$`)

/** “金海湾国际”: a name in quotes that ends as names of firms do. */
export function hanNameInQuotes(text: string, at: number): Named | null {
  const name = QUOTED.exec(text.slice(at, at + 24))?.[1]
  const ending = name === undefined ? undefined : QUOTED_ENDING.exec(name)?.[0]
  if (name === undefined || ending === undefined || !/^[\u4e00-\u9fff]{4,12}$/.test(name)) return null
  const own = name.slice(0, -ending.length)
  if (own.length < 2 || isGeneric(own) || isPlaceName(own) || /[的了是]/.test(own)) return null
  return {
    start: at + 1,
    end: at + 1 + name.length,
    confidence: 0.75,
    why: `a name in quotes that ends with '${ending}'`,
  }
}

const CALLED_BEFORE =
  /(?:叫做|叫|名为|名為)[“"「『]?([\u4e00-\u9fffA-Za-z\d]{2,8})([”"」』]?的[\u4e00-\u9fff]{0,4})$/

/** 一个叫优投宝的软件: the name between 叫 and what it is. */
function calledBefore(text: string, at: Span): Named | null {
  const thing = text.slice(at.start, at.end)
  if (!APPS.has(thing) && !FIRMS.has(thing)) return null
  const found = CALLED_BEFORE.exec(text.slice(Math.max(0, at.start - 18), at.start))
  const name = found?.[1]
  if (name === undefined || /[的我你他她们們]/.test(name) || isGeneric(name) || isPlaceName(name)) return null
  const end = at.start - (found?.[2]?.length ?? 0)
  return { start: end - name.length, end, confidence: 0.75, why: `the name in front of '${thing}'` }
}

/** Endings by which the names of such platforms are made. */
const COINED_ENDING = new RegExp(`${anyOf(HAN.coined_ends)}$`)

/** 聚鑫财富平台: a name that ends as such names do, directly in front of what it is. */
function kindBefore(text: string, at: Span): Named | null {
  if (!APPS.has(text.slice(at.start, at.end))) return null
  let start = at.start
  while (start > at.start - 6 && isHan(text.charCodeAt(start - 1)) && !HAN_STOPS_BACK.reaches(text, start))
    start--
  const name = text.slice(start, at.start)
  const ending = COINED_ENDING.exec(name)?.[0]
  if (ending === undefined || name.length < 3 || name.length > 5) return null
  if (
    isGeneric(name.slice(0, -ending.length)) ||
    isPlaceName(name.slice(0, -ending.length)) ||
    /[这這那该該个個]/.test(name)
  )
    return null
  return {
    start,
    end: at.start,
    confidence: 0.7,
    why: `a name in front of '${text.slice(at.start, at.end)}', ending with '${ending}'`,
  }
}

/** 公司金鑫數位 很正派: directly behind 公司 at the head of a clause, when it ends like a firm and nothing goes on behind it. */
function kindBehind(text: string, at: Span): Named | null {
  if (!FIRMS.has(text.slice(at.start, at.end)) || isHan(text.charCodeAt(at.start - 1))) return null
  const name = /^[\u4e00-\u9fff]{3,10}(?![\u4e00-\u9fff])/.exec(text.slice(at.end, at.end + 11))?.[0]
  const kind = HAN_KINDS.find((it) => name?.endsWith(it))
  if (name === undefined || kind === undefined || name.length - kind.length < 2) return null
  const own = name.slice(0, -kind.length)
  if (isGeneric(own) || isPlaceName(own) || /[的了是在有]|^[名稱称叫為为]/.test(own)) return null
  return {
    start: at.end,
    end: at.end + name.length,
    confidence: 0.7,
    why: `behind 公司, ending with '${kind}'`,
  }
}

const BROUGHT = new RegExp(`^([\\u4e00-\\u9fff]{2,6}?${anyOf(HAN.brought)})`)
const BROUGHT_END = new RegExp(`${anyOf(HAN.brought)}$`)

/** 被卖给新天地公司: where somebody is brought, when it ends like a place of business. */
export function hanNameInto(text: string, at: Span): Named | null {
  const name = BROUGHT.exec(text.slice(at.end, at.end + 10))?.[1]
  if (name === undefined || /^[一这那這某个個附当當其另他她它我你别別各多几幾诈詐电電]|[的了]/.test(name))
    return null
  const own = name.replace(BROUGHT_END, '')
  if (own.length < 2 || isGeneric(own) || isPlaceName(own)) return null
  const why = `where somebody is brought ('${text.slice(at.start, at.end)}')`
  return { start: at.end, end: at.end + name.length, confidence: 0.7, why }
}

/** What a firm does that seeks people: 晨曦數位行銷要找打字員. */
const HIRING = new Set(HAN.hiring)

/** 在寶麗金融上班: where somebody works or who seeks people, when it ends like a firm. */
export function hanNameByWork(text: string, at: Span): Named | null {
  const name = HIRING.has(text.slice(at.start, at.end))
    ? backToStop(text, at.start)
    : /在([\u4e00-\u9fffA-Z]{3,12})$/.exec(text.slice(Math.max(0, at.start - 13), at.start))?.[1]
  const kind = HAN_KINDS.find((it) => name?.endsWith(it))
  if (name === undefined || kind === undefined || name.length - kind.length < 2) return null
  const own = name.slice(0, -kind.length)
  if (isGeneric(own) || isPlaceName(own) || /[的个個家]/.test(name)) return null
  const work = foldText(text.slice(at.start, at.end))
  return {
    start: at.start - name.length,
    end: at.start,
    confidence: 0.75,
    why: `where somebody works ('${work}'), ending with '${kind}'`,
  }
}

/** The characters in front of a place back to a common word or a sign. */
function backToStop(text: string, at: number): string {
  let start = at
  while (start > at - LONGEST && isHan(text.charCodeAt(start - 1)) && !HAN_STOPS_BACK.reaches(text, start))
    start--
  return text.slice(start, at)
}
