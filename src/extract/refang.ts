import type { Plain } from './finder.ts'
import { canonicalHost } from './host.ts'
import { isAlphanumericUnit } from './scan.ts'

/**
 * Links and addresses are written so that no filter and no click follows them: hxxp, [.], (at), "dot com".
 * Here they are put back; offsets of the result lead to `Plain.text`, as those of `Plain` lead to its source.
 */
const REFANGED = new WeakMap<Plain, Plain>()

export function refang(plain: Plain): Plain {
  const known = REFANGED.get(plain)
  if (known !== undefined) return known
  const made = rewrite(plain.text)
  REFANGED.set(plain, made)
  return made
}

/** One change: the units `[start, end)` of the text become `to`. */
interface Change {
  readonly start: number
  readonly end: number
  readonly to: string
}

function rewrite(text: string): Plain {
  const changes = changesOf(text)
  if (changes.length === 0) return { source: text, text, at: null }
  const at = new Uint32Array(text.length + 1)
  const parts: string[] = []
  let length = 0
  let from = 0
  for (const { start, end, to } of [...changes, { start: text.length, end: text.length, to: '' }]) {
    for (let i = from; i < start; i++) at[length++] = i
    for (let k = 0; k < to.length; k++) at[length++] = Math.min(start + k, end - 1)
    parts.push(text.slice(from, start), to)
    from = end
  }
  at[length] = text.length
  return { source: text, text: parts.join(''), at: at.subarray(0, length + 1) }
}

/**
 * Signs in brackets, disguised schemes, and the words for "dot" and "at" in the languages we read.
 * What a bare word or a spaced sign means is decided by what stands around it.
 */
const DISGUISED =
  /[[({<]\s?(?:\.|,|dot|d0t|点|點|ดอท|จุด|डॉट|ডট|ch[ấa]m|titik|tuldok|@|at|艾特|:\/\/|:|\/\/|\/)\s?[\])}>]|\b(?:hxxp|hxtp|htxp|h\*\*p|h__p|hXXp|meow)(?=s?\s?[:[(])|\s(?:dot|d0t|ch[ấa]m|titik|tuldok|nukta|at|a cong|acong|@|\.|ดอท|จุด|แอท|डॉट|एट|ডট|এট|点|點)\s|(?<=[a-z0-9])(?:ดอท|จุด|点|點|艾特)(?=[a-z]{2})|\sdotcom\b|ดอทคอม|(?<=\w)\[\.(?=\w)|(?<=\w)\.\](?=\w)|\\\.(?=\w)/gi

function changesOf(text: string): Change[] {
  const changes: Change[] = []
  for (const { 0: written, index } of text.matchAll(DISGUISED)) {
    const change = changeOf(text, written, index)
    if (change !== null) changes.push(change)
  }
  return changes
}

const SCHEME = /^(?:hx|ht|h\*|h_|meow)/i
const DOT_WORD = /^\s?(?:dot|d0t|ch[ấa]m|titik|tuldok|nukta|\.|ดอท|จุด|डॉट|ডট|点|點)\s?$/i

function changeOf(text: string, written: string, index: number): Change | null {
  const end = index + written.length
  if (SCHEME.test(written)) return { start: index, end, to: 'http' }
  if (/dotcom|ดอทคอม/i.test(written)) return closeUp(text, { start: index, end, to: '.com' })
  if (/^[[({<\\.]/.test(written)) return bracketed(text, written, index)
  if (DOT_WORD.test(written)) return dotWord(text, index, end)
  return atWord(text, index, end)
}

/** A sign in brackets always stands for itself when letters or digits are around; blanks beside it go too. */
function bracketed(text: string, written: string, index: number): Change | null {
  const sign = written.replace(/[\s[\](){}<>\\]/g, '').toLowerCase()
  const to = /^(?:@|at|艾特)$/.test(sign) ? '@' : /[:/]/.test(sign) ? sign : '.'
  const change = { start: index, end: index + written.length, to }
  if (to.includes(':') || to.includes('/')) return change
  const { start, end } = closeUp(text, change)
  if (!isNamePart(text.charCodeAt(start - 1)) || !isNamePart(text.charCodeAt(end))) return null
  return { start, end, to }
}

/** Takes in one blank on either side. */
function closeUp(text: string, { start, end, to }: Change): Change {
  return {
    start: text.charAt(start - 1) === ' ' ? start - 1 : start,
    end: text.charAt(end) === ' ' && to !== '.com' ? end + 1 : end,
    to,
  }
}

/** "example dot com": the word behind ends a host name, or another dot follows it. */
function dotWord(text: string, start: number, end: number): Change | null {
  if (!isNamePart(text.charCodeAt(start - 1))) return null
  const behind = /^([a-z0-9-]{2,24})(\s?(?:dot|d0t|[[(.])|)/i.exec(text.slice(end, end + 32))
  if (behind === null) return null
  const isEnding = canonicalHost(`name.${behind[1]}`) !== null
  const goesOn = behind[2] !== '' && canonicalHost(`name.${nextWord(text, end + behind[0].length)}`) !== null
  const isSign = /[.]/.test(text.slice(start, end))
  if (!isEnding && !goesOn) return null
  return isSign && !/^(?:com|net|org|info|co|io|xyz|top|vip)$/i.test(behind[1] ?? '')
    ? null
    : { start, end, to: '.' }
}

function nextWord(text: string, from: number): string {
  return /^[\s\])]{0,3}([a-z]{2,24})/i.exec(text.slice(from, from + 32))?.[1] ?? ''
}

const MAIL_HOST =
  /^[a-z0-9-]{2,63}(?:(?:\.|\s?(?:\[\.\]|\(\.\)|[[(]dot[\])])\s?|\s(?:dot|d0t|ดอท|จุด|डॉट|ডট|ch[ấa]m|titik|tuldok)\s|[点點])[a-z0-9-]{2,24}){1,3}/i
const MAIL_WORD =
  /e-?mail|mail|อีเมล|邮箱|郵箱|電郵|邮件|信箱|thư|surel|emel|ईमेल|ইমেইল|barua|អ៊ីមែល|အီးမေးလ်|ອີເມວ/i
const MAILERS = /^(?:gmail|hotmail|outlook|yahoo|proton|protonmail|icloud|qq|163|126|mail|gmx|zoho|yandex)\b/i

/** "name at example dot com": a host stands behind the word, spelled out, of a mail service, or beside "e-mail". */
function atWord(text: string, start: number, end: number): Change | null {
  if (!isAlphanumericUnit(text.charCodeAt(start - 1))) return null
  const host = MAIL_HOST.exec(text.slice(end, end + 100))?.[0]
  if (host === undefined || canonicalHost(`name.${/[a-z0-9-]+$/i.exec(host)?.[0]}`) === null) return null
  const isSign = text.slice(start, end).includes('@')
  const isSpelled = /[\s[(点點]/.test(host) || MAILERS.test(host)
  if (!isSign && !isSpelled && !MAIL_WORD.test(text.slice(Math.max(0, start - 60), start))) return null
  return { start, end, to: '@' }
}

function isNamePart(unit: number): boolean {
  return isAlphanumericUnit(unit) || unit >= 0xa1
}
