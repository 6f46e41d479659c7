import type { Candidate, Context, Plain } from '../finder.ts'
import { isBenign, isSentenceBreak, LONGEST_HOST, trustOf } from '../host.ts'
import { labelsIn } from '../labels.ts'
import { sourceEnd, sourceOffset } from '../plain.ts'
import { isDisguised, type View, viewsOf } from '../refang.ts'
import { isNameUnit, startOf, unitsOf } from '../scan.ts'
import { authorityAt, hostFrom, isHostUnit, pathEnd, trimEnd } from './authority.ts'

/** A link, mail address or host in the refanged text. */
interface Hit {
  readonly kind: 'url' | 'email' | 'domain'
  readonly start: number
  readonly end: number
  readonly normal: string
  readonly confidence: number
  readonly why: string
}

/** Links, mail addresses and host names, also in disguise: hxxp, [.], (at), "dot com", look-alike letters. */
export function findWeb(plain: Plain, _context: Context): Candidate[] {
  const found: Candidate[] = []
  for (const view of viewsOf(plain)) {
    const { schemes, ats, dots } = view.scan
    if (schemes.length + ats.length + dots.length === 0) continue
    for (const hit of hitsIn(plain, view))
      if (!view.changed || isDisguised(view, hit.start, hit.end)) found.push(toCandidate(view, hit))
  }
  return found
}

function hitsIn(plain: Plain, view: View): Hit[] {
  const { text } = view.bare
  const hits: Hit[] = []
  for (const at of view.scan.schemes) push(hits, urlAt(text, at))
  for (const at of view.scan.ats) push(hits, emailAt(text, at))
  const reach = new Reach(hits)
  for (const dot of view.scan.dots) {
    if (reach.covers(dot)) continue
    const hit = hostAt(plain, view, dot)
    // The other dots of a name that is no host lead to the same name.
    reach.extend(hit?.end ?? nameEnd(text, dot))
    push(hits, hit)
  }
  return hits
}

function push(hits: Hit[], hit: Hit | null): void {
  if (hit !== null) hits.push(hit)
}

/** Which offsets, asked for in rising order, lie inside what was found before. */
class Reach {
  private readonly spans: Hit[]
  private next = 0
  private end = 0

  constructor(hits: readonly Hit[]) {
    this.spans = [...hits].sort((a, b) => a.start - b.start)
  }

  covers(offset: number): boolean {
    for (let span = this.spans[this.next]; span !== undefined && span.start <= offset; ) {
      this.end = Math.max(this.end, span.end)
      span = this.spans[++this.next]
    }
    return offset < this.end
  }

  extend(end: number): void {
    this.end = Math.max(this.end, end)
  }
}

function toCandidate(view: View, hit: Hit): Candidate {
  const { bare } = view
  const start = sourceOffset(bare, hit.start)
  const end = sourceEnd(bare, hit.end)
  const value = bare.text.slice(hit.start, hit.end)
  const disguised = isDisguised(view, hit.start, hit.end) ? ', written in disguise' : ''
  const imitates = /[\u0080-\uffff]/.test(hostIn(value))
    ? '; its letters are not all Latin: it may imitate another name'
    : ''
  const why = `${hit.why}${disguised}${imitates}`
  return { kind: hit.kind, start, end, value, normal: hit.normal, confidence: hit.confidence, why }
}

function hostIn(value: string): string {
  return value.replace(/^[a-z]+:\/\//i, '').split('/', 1)[0] ?? ''
}

const SCHEMES = /(?:https?|ftps?|wss?|sftp|socks5?)$/i

const LAST_PORT = 65_535

/** The link whose "://" is at `at`. */
function urlAt(text: string, at: number): Hit | null {
  const scheme = SCHEMES.exec(text.slice(Math.max(0, at - 6), at))?.[0]
  if (scheme === undefined) return null
  const begin = at + 3
  const authority = authorityAt(text, begin)
  if (authority === null) return null
  const end = trimEnd(text, begin, pathEnd(text, authority.end))
  const rest = text.slice(Math.min(authority.end, end), end)
  if (isNumberLink(authority.host, rest) || Number(/^:(\d{1,9})/.exec(rest)?.[1] ?? 0) > LAST_PORT)
    return null
  if (isBenign(authority.host) && /^\/?$/.test(rest)) return null
  const start = at - scheme.length
  const normal = `${scheme.toLowerCase()}://${authority.login}${authority.host}${rest}`
  return {
    kind: 'url',
    start,
    end,
    normal,
    confidence: isBenign(authority.host) ? 0.9 : 0.97,
    why: 'a link with its scheme',
  }
}

/** WhatsApp's and Zalo's links with a number: the number is the fact (`find/phone.ts`). */
function isNumberLink(host: string, rest: string): boolean {
  if (host === 'api.whatsapp.com') return /^\/send\/?\?phone=\+?\d{8,15}(?:&|$)/.test(rest)
  return (host === 'wa.me' || host === 'zalo.me') && /^\/\+?\d{8,15}$/.test(rest)
}

/** A bare link to a person's profile is a handle (`find/handle.ts`), one to a number a phone. */
function isPerson(host: string, rest: string): boolean {
  if (isNumberLink(host, rest)) return true
  return (
    /^(?:t|telegram|line|m|zalo)\.me$/.test(host) &&
    /^\/(?:(?:r\/)?ti\/p\/)?[~@]?[a-z0-9_][\w.-]{2,33}$/i.test(rest)
  )
}

/** What may stand before the "@" of a mail address, as people have them. */
const LOCAL_UNITS = unitsOf(
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.!#$%&'*+/=?^`{|}~-",
)
const LONGEST_LOCAL = 64

/** The mail address around the "@" at `at`. */
function emailAt(text: string, at: number): Hit | null {
  const written = text.slice(
    startOf(text, at, (unit) => LOCAL_UNITS[unit] === 1, LONGEST_LOCAL),
    at,
  )
  const local = written.replace(/^[.'*/=&?|~`{_-]+/, '')
  if (local === '' || local.endsWith('.') || local.includes('..')) return null
  const found = hostFrom(text, at + 1)
  if (found === null) return null
  const start = at - local.length
  const normal = `${local}@${found.host}`.toLowerCase()
  const why = 'a mail address with a known ending'
  return { kind: 'email', start, end: found.end, normal, confidence: 0.97, why }
}

/** The bare host, or link without scheme, around the dot at `dot`. */
function hostAt(plain: Plain, view: View, dot: number): Hit | null {
  const { text } = view.bare
  const start = hostStart(text, dot)
  if (start === dot || !mayPrecede(text, start)) return null
  const found = hostFrom(text, start)
  if (found === null || found.end <= dot || !mayFollow(text, found.end)) return null
  const path = /^(?::\d{2,5})?[/?#]?/.exec(text.slice(found.end, found.end + 7))?.[0] ?? ''
  const end = path === '' ? found.end : trimEnd(text, start, pathEnd(text, found.end))
  const rest = text.slice(found.end, Math.max(end, found.end))
  if ((isBenign(found.host) && rest.length < 2) || isPerson(found.host, rest)) return null
  const written = text.slice(start, found.end)
  const isWhole = /^www\./i.test(written) || isDisguised(view, start, found.end)
  if (!isWhole && isSentenceBreak(written)) return null
  const trust = isWhole || rest.length > 1 ? 'plain' : trustOf(found.host, written)
  if (trust === 'needs-more' && !isNamedSite(plain, view, start, found.end)) return null
  if (rest.length > 1) {
    const why = 'a link written without its scheme'
    return { kind: 'url', start, end, normal: `https://${found.host}${rest}`, confidence: 0.9, why }
  }
  const normal = found.host.replace(/^www\./, '')
  const confidence = trust === 'plain' ? 0.92 : 0.8
  return { kind: 'domain', start, end: found.end, normal, confidence, why: 'a host name with a known ending' }
}

/** Where the letters, digits, dots and dashes around `dot` end, in the alphabets that a bare host is written in. */
function nameEnd(text: string, dot: number): number {
  let i = dot
  while (i < dot + LONGEST_HOST && isBareUnit(text.charCodeAt(i))) i++
  return i
}

/** Not before "@", a bracket of code, or a dash that goes on. */
function mayFollow(text: string, end: number): boolean {
  const next = text.charAt(end)
  return next !== '@' && next !== '(' && (next !== '-' || !isNameUnit(text.charCodeAt(end + 1)))
}

/** Leftwards over what may stand in a bare host: ASCII and the alphabets that look like it. */
function hostStart(text: string, dot: number): number {
  let i = dot
  const least = Math.max(0, dot - LONGEST_HOST)
  while (i > least && isBareUnit(text.charCodeAt(i - 1))) i--
  while (i < dot && '.-'.includes(text.charAt(i))) i++
  return i === dot ? nativeStart(text, dot) : i
}

/** A name wholly in another script counts when a blank or bracket stands before it: 例子.com. */
function nativeStart(text: string, dot: number): number {
  let i = dot
  const least = Math.max(0, dot - 24)
  while (i > least && text.charCodeAt(i - 1) >= 0xa1 && isHostUnit(text.charCodeAt(i - 1))) i--
  return i === 0 || ' \n\t("\'['.includes(text.charAt(i - 1)) ? i : dot
}

function isBareUnit(unit: number): boolean {
  if (unit === 46 || unit === 45) return true
  return unit < 0x80
    ? isNameUnit(unit)
    : (unit >= 0xc0 && unit <= 0x58f) || (unit >= 0x1e00 && unit <= 0x1fff)
}

/** Not behind "@", a slash or a backslash: those are mail addresses, links and files. */
function mayPrecede(text: string, start: number): boolean {
  return start === 0 || !'@/\\_$%&=-'.includes(text.charAt(start - 1))
}

/** A word like "website" stands close by, or the name stands alone on its line. */
function isNamedSite(plain: Plain, { bare }: View, start: number, end: number): boolean {
  const from = sourceOffset(bare, start)
  const to = sourceEnd(bare, end)
  if (labelsIn(plain, Math.max(0, from - 32), from).some(({ role }) => role === 'site')) {
    return !/^[\d.]+$/.test(bare.text.slice(start, end))
  }
  const before = plain.text.charAt(from - 1)
  const behind = plain.text.charAt(to)
  return (before === '\n' || from === 0) && (behind === '\n' || behind === '') && end - start > 5
}
