import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { isHan } from './organisation-han.ts'
import type { Near } from './organisation-near.ts'
import {
  HAN_BRANDS,
  HAN_EVERYDAY,
  HAN_GENERIC,
  HAN_KINDS,
  HAN_NOT_BRANDS,
  HAN_SLOT_TRAILS,
  HAN_STOPS_BACK,
  type Named,
  type Span,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const { han: HAN, weighed: WEIGHED } = ORGANISATIONS

/** Characters of the shortest and the longest name that nothing but its place in the sentence tells. */
const SHORTEST = 2
const LONGEST = 7
/** Units on either side in which words of work, payment and confinement say what the text is about. */
const ABOUT = 200
/** Characters of everyday sentences, of which such names are not made. */
const SENTENCE =
  /[我你他她它咱您们們这這那哪个個一不没沒的了着著是在有人去来來么麼什啥呢吧吗嗎啊也都就还還很太要会會能把被让讓给給跟和与與到从從对對为為因所以及或但先再又才只最每各嘅咗喺佢唔冇嗰啲年月日号號点點天时時候半]/
const NAME_UNITS = /^[\u4e00-\u9fffA-Z0-9]+/

/**
 * A name between what only firms and places of business stand between: 在皇朝壹号端盘子, 归银河湾管; or behind what is so
 * sure that a sign ends it: 大家叫它水岸，. Only where work, payment or confinement is spoken of.
 * @returns where the name stands, or null
 */
export function hanNameInSlot(text: string, at: Span, near: Near, sure: boolean): Named | null {
  const from = at.end + (text[at.end] === ' ' ? 1 : 0)
  const run = NAME_UNITS.exec(text.slice(from, from + LONGEST + 4))?.[0] ?? ''
  const length = trailIn(run, text, from) ?? (sure && run.length <= LONGEST ? run.length : 0)
  const name = run.slice(0, length)
  if (name.length < SHORTEST || !isOwn(name)) return null
  // 在流水线上班: one common word in front says too little
  if (at.end - at.start < 2 && !looksNamed(name)) return null
  if (!near.around.within(from - ABOUT, from + name.length + ABOUT)) return null
  const frame = text.slice(at.start, at.end)
  return {
    start: from,
    end: from + name.length,
    confidence: sure ? 0.65 : 0.6,
    why: `what stands behind '${frame}', where firms and places of business stand`,
  }
}

/** Characters in front of the first word that such a name stands in front of. */
function trailIn(run: string, text: string, from: number): number | null {
  for (let length = SHORTEST; length <= Math.min(LONGEST, run.length); length++)
    if (HAN_SLOT_TRAILS.longest(text, from + length, () => true) !== null) return length
  return null
}

/** Two lucky characters, or what firms end with. */
function looksNamed(name: string): boolean {
  if (HAN_KINDS.some((kind) => name.length - kind.length >= 2 && name.endsWith(kind))) return true
  return [...name].filter((sign) => HAN_BRANDS.has(sign)).length >= 2
}

/** 王芳, 阿俊, 陈先生: two or three characters that begin as names of people do, or end as they are addressed. */
const PERSON = new RegExp(`^[${HAN.surnames}].{1,2}$|${anyOf(HAN.addressed)}$`)

function isOwn(name: string): boolean {
  if (PERSON.test(name) || SENTENCE.test(name) || isPlaceName(name) || /^[\dA-Z]+$/.test(name)) return false
  for (let i = 0; i < name.length; ) {
    const hit = HAN_EVERYDAY.longest(name, i, () => true) ?? HAN_GENERIC.longest(name, i, () => true)
    if (hit === null) return !EVERYDAY_END.test(name)
    i = hit.end
  }
  return false
}

/** What everyday places end with. */
const EVERYDAY_END = new RegExp(`(?:[${HAN.everyday_ends}]|(?<![广廣])[场場]|中心)$`)

/** Characters of the longest name of lucky characters, without its kind. */
const LONGEST_BRAND = 4
/** What may follow a name that is made of lucky characters: signs, and words of work and money. */
const BEHIND_BRAND =
  /^(?:$|[^\u4e00-\u9fff]|[上做当當的里裡内內后後客平开開投打要不让讓骗騙担擔任工那就扫掃付])/

/** What stands behind a name that one character alone stands in front of. */
const WORK = new RegExp(`^${anyOf(WEIGHED.han_work)}`)

/** 在汇丰盛做: a name of lucky characters behind a word that firms stand behind, with its kind when it has one. */
export function hanNameBehindFrame(text: string, at: Span): Named | null {
  let end = at.end
  while (end - at.end < LONGEST_BRAND && HAN_BRANDS.has(text[end] ?? '')) end++
  const own = text.slice(at.end, end)
  if (!isBrand(own)) return null
  const kind = HAN_KINDS.find((it) => text.startsWith(it, end))
  const stop = end + (kind?.length ?? 0)
  if (!BEHIND_BRAND.test(text.slice(stop, stop + 1)) || (kind === undefined && own.length > 3)) return null
  const frame = text.slice(at.start, at.end)
  // 是天海 may say anything; 在天海上班 does not.
  if (kind === undefined && frame.length === 1 && !WORK.test(text.slice(stop, stop + 2))) return null
  return { start: at.end, end: stop, confidence: 0.65, why: `a name of lucky characters behind '${frame}'` }
}

/** 鑫牛客服: the same in front of a word that firms stand in front of. */
export function hanNameBeforeTrail(text: string, at: Span): Named | null {
  let start = at.start
  while (at.start - start < LONGEST_BRAND && HAN_BRANDS.has(text[start - 1] ?? '')) start--
  const own = text.slice(start, at.start)
  if (!isBrand(own)) return null
  if (isHan(text.charCodeAt(start - 1)) && !HAN_STOPS_BACK.reaches(text, start)) return null
  const trail = text.slice(at.start, at.end)
  const kept = KEPT_BEHIND.has(trail)
  const end = kept ? at.end : at.start
  if (kept && !BEHIND_BRAND.test(text.slice(end, end + 1)) && !/^[客经經]/.test(text.slice(end, end + 1)))
    return null
  return { start, end, confidence: 0.65, why: `a name of lucky characters in front of '${trail}'` }
}

/** What a firm does belongs to its name. */
const KEPT_BEHIND = new Set(WEIGHED.han_kept)

function isBrand(own: string): boolean {
  return own.length >= 2 && !HAN_NOT_BRANDS.has(own) && !isPlaceName(own) && new Set(own).size > 1
}
