import { disguiseAt } from './disguise.ts'
import type { Plain } from './finder.ts'
import { canonicalHost } from './host.ts'
import { sourceEnd, sourceOffset, unseen } from './plain.ts'
import { isAlphanumericUnit } from './scan.ts'
import { type Sweep, swept } from './sweep.ts'

/**
 * Links and addresses are written so that no filter and no click follows them: hxxp, [.], (at), "dot com".
 * Here they are put back. A view is a piece of the text: its offsets lead to `Plain.text`, as those of `Plain` lead to
 * its source. The first view is the whole text as it is, the others are the places around what was put back.
 */
export interface View {
  readonly bare: Plain
  readonly scan: Sweep
  /** Of a place put back: only what holds a change is new there. */
  readonly changed: boolean
}

export function viewsOf(plain: Plain): readonly View[] {
  plain.seen.views ??= makeViews(plain)
  return plain.seen.views
}

function makeViews(plain: Plain): View[] {
  const { text } = plain
  const whole = {
    bare: { source: text, text, at: null, seen: plain.seen },
    scan: swept(plain),
    changed: false,
  }
  const changes = changesOf(text, whole.scan.disguises)
  if (changes.length === 0) return [whole]
  return [whole, ...windows(text, changes).map((bare) => ({ bare, scan: swept(bare), changed: true }))]
}

/** Whether the piece `[start, end)` of a view was written otherwise in the text. */
export function isDisguised({ bare, changed }: View, start: number, end: number): boolean {
  if (!changed) return false
  return bare.source.slice(sourceOffset(bare, start), sourceEnd(bare, end)) !== bare.text.slice(start, end)
}

/** One change: the units `[start, end)` of the text become `to`. */
interface Change {
  readonly start: number
  readonly end: number
  readonly to: string
}

/** Units of text around a change that its link or address may reach to. */
const REACH = 160
const LONGEST = 400

/** The places around changes, put back; changes close to each other share one. */
function windows(text: string, changes: readonly Change[]): Plain[] {
  const made: Plain[] = []
  for (let i = 0; i < changes.length; ) {
    const first = i
    let end = 0
    for (
      let change = changes[i];
      change !== undefined && (i === first || change.start < end);
      change = changes[++i]
    ) {
      end = windowEnd(text, change.end)
    }
    made.push(
      rewrite(text, { start: windowStart(text, changes[first]?.start ?? 0), end }, changes.slice(first, i)),
    )
  }
  return made
}

function windowStart(text: string, from: number): number {
  let start = Math.max(0, from - REACH)
  while (start > 0 && from - start < LONGEST && !isBlank(text.charCodeAt(start - 1))) start--
  return start
}

function windowEnd(text: string, from: number): number {
  let end = Math.min(text.length, from + REACH)
  while (end < text.length && end - from < LONGEST && !isBlank(text.charCodeAt(end))) end++
  return end
}

function isBlank(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 9 || unit === 13
}

function rewrite(text: string, window: { start: number; end: number }, changes: readonly Change[]): Plain {
  const at: number[] = []
  const parts: string[] = []
  let from = window.start
  for (const { start, end, to } of [...changes, { start: window.end, end: window.end, to: '' }]) {
    for (let i = from; i < start; i++) at.push(i)
    for (let k = 0; k < to.length; k++) at.push(Math.min(start + k, end - 1))
    parts.push(text.slice(from, start), to)
    from = end
  }
  at.push(window.end)
  return { source: text, text: parts.join(''), at: Uint32Array.from(at), seen: unseen() }
}

function changesOf(text: string, disguises: readonly number[]): Change[] {
  const changes: Change[] = []
  let reach = 0
  for (let k = 0; k < disguises.length; k++) {
    const i = disguises[k] as number
    if (i < reach) continue
    const hit = disguiseAt(text, i)
    const change = hit === null ? null : changeOf(text, hit.written, hit.index)
    if (change === null || change.start < reach) continue
    changes.push(change)
    reach = change.end
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
  if (/^[^\s]/.test(written) && !isAlphanumericUnit(text.charCodeAt(index - 1))) return null
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
  if (host === undefined || canonicalHost(`name.${host.split(/[^a-z0-9-]/i).at(-1)}`) === null) return null
  const isSign = text.slice(start, end).includes('@')
  const isSpelled = /[\s[(点點]/.test(host) || MAILERS.test(host)
  // Zephyr Capital Pro at zephyr[.]example is a firm and its site, not a mail box.
  const isTitle = / \p{Lu}[\p{L}\d]*$/u.test(text.slice(Math.max(0, start - 24), start))
  if (!isSign && isTitle && !MAIL_WORD.test(text.slice(Math.max(0, start - 60), start))) return null
  if (!isSign && !isSpelled && !MAIL_WORD.test(text.slice(Math.max(0, start - 60), start))) return null
  return { start, end, to: '@' }
}

function isNamePart(unit: number): boolean {
  return isAlphanumericUnit(unit) || unit >= 0xa1
}
