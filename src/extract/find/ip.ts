import type { Candidate, Context, Plain } from '../finder.ts'
import { labelsAround } from '../labels.ts'
import { sourceEnd, sourceOffset } from '../plain.ts'
import { isDisguised, type View, viewsOf } from '../refang.ts'
import { isAlphanumericUnit, isDigitUnit, isHexUnit } from '../scan.ts'

/** An internet address in a text. */
export interface Address {
  readonly end: number
  /** IPv4 as four decimals, IPv6 as RFC 5952 writes it. */
  readonly normal: string
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?!\.*\d)/

/** The address that begins at `at`; an IPv6 address in its brackets. */
export function addressAt(text: string, at: number): Address | null {
  if (text.charAt(at) === '[') {
    const inside = /^\[([0-9a-f:.]{2,45})\]/i.exec(text.slice(at, at + 48))
    const normal = inside === null ? null : canonicalIpv6(inside[1] ?? '')
    return normal === null ? null : { end: at + (inside?.[0].length ?? 0), normal: `[${normal}]` }
  }
  const parts = IPV4.exec(text.slice(at, at + 18))
  if (parts === null || !parts.slice(1).every(isOctet)) return null
  return { end: at + parts[0].length, normal: parts[0] }
}

function isOctet(digits: string): boolean {
  return Number(digits) <= 255 && (digits.length === 1 || !digits.startsWith('0'))
}

function canonicalIpv6(written: string): string | null {
  return URL.parse(`http://[${written}]/`)?.hostname.slice(1, -1) ?? null
}

/** Internet addresses, also with bracketed dots; version numbers and times of day are none. */
export function findIps(plain: Plain, _context: Context): Candidate[] {
  const found: Candidate[] = []
  for (const view of viewsOf(plain)) {
    addIpv4s(found, plain, view)
    addIpv6s(found, plain, view)
  }
  return found
}

function addIpv4s(found: Candidate[], plain: Plain, view: View): void {
  let reach = 0
  for (const dot of view.scan.dots) {
    if (dot < reach || !isDigitUnit(view.bare.text.charCodeAt(dot + 1))) continue
    const hit = ipv4At(plain, view, dot)
    if (hit === null) continue
    found.push(hit.candidate)
    reach = hit.end
  }
}

function addIpv6s(found: Candidate[], plain: Plain, view: View): void {
  let reach = 0
  for (const colon of view.scan.colons) {
    if (colon < reach) continue
    if (!mayBeIpv6(view.bare.text, colon)) continue
    const hit = ipv6At(plain, view, colon)
    reach = hit?.end ?? reach
    if (hit?.candidate != null) found.push(hit.candidate)
  }
}

/** A second colon stands behind at most four hexadecimal digits, or as near in front: a time of day has none. */
function mayBeIpv6(text: string, colon: number): boolean {
  let i = colon + 1
  while (i < colon + 6 && isHexUnit(text.charCodeAt(i))) i++
  if (text.charCodeAt(i) === COLON || text.charCodeAt(i) === DOT) return true
  for (i = colon - 1; i >= colon - 5; i--) if (text.charCodeAt(i) === COLON) return true
  return false
}

const COLON = 58

function ipv4At(plain: Plain, view: View, dot: number): { candidate: Candidate; end: number } | null {
  const { text } = view.bare
  let start = dot
  while (start > dot - 3 && isDigitUnit(text.charCodeAt(start - 1))) start--
  const before = text.charAt(start - 1)
  if (
    start === dot ||
    isAlphanumericUnit(text.charCodeAt(start - 1)) ||
    (before !== '' && '.-_,$'.includes(before))
  ) {
    return null
  }
  let second = dot + 1
  while (isDigitUnit(text.charCodeAt(second))) second++
  const address = text.charCodeAt(second) === DOT ? addressAt(text, start) : null
  if (
    address === null ||
    isAlphanumericUnit(text.charCodeAt(address.end)) ||
    text.charAt(address.end) === '-'
  )
    return null
  const candidate = toCandidate(view, start, address)
  const named = isNamed(plain, candidate)
  if (named === false) return null
  const octets = address.normal.split('.').map(Number)
  const isPlausible = octets.some((octet) => octet > 31) && octets[0] !== 0
  return isPlausible || named === true ? { candidate, end: address.end } : null
}

/** True when called an address close by, false when called a version or a section, null when nothing is said. */
function isNamed(plain: Plain, { start, end }: Candidate): boolean | null {
  const { before, after } = labelsAround(plain, start, end)
  const label = [...before, ...after].find(({ role }) => role === 'ip' || role === 'version')
  if (label === undefined) return null
  if (label.role === 'ip') return true
  return start - label.end <= 12 && start >= label.end ? false : null
}

const DOT = 46
const HEX_UNITS = /[0-9a-f:.]/i

function ipv6At(
  plain: Plain,
  view: View,
  colon: number,
): { candidate: Candidate | null; end: number } | null {
  const { text } = view.bare
  let start = colon
  while (start > colon - 5 && start > 0 && HEX_UNITS.test(text.charAt(start - 1))) start--
  let end = colon
  while (end < colon + 46 && end < text.length && HEX_UNITS.test(text.charAt(end))) end++
  while (end > start && '.'.includes(text.charAt(end - 1))) end--
  const written = text.slice(start, end)
  const groups = written.split(':').length - 1
  if (groups < 2 || (groups < 7 && !written.includes('::'))) return { candidate: null, end: colon + 1 }
  if (isAlphanumericUnit(text.charCodeAt(start - 1)) || isAlphanumericUnit(text.charCodeAt(end))) return null
  const normal = canonicalIpv6(written)
  const isSure = groups >= 3 && /\d/.test(written) && written.replace(/[:.]/g, '').length >= 4
  if (normal === null) return { candidate: null, end: colon + 1 }
  const candidate = toCandidate(view, start, { end, normal })
  return isSure || isNamed(plain, candidate) === true ? { candidate, end } : { candidate: null, end }
}

function toCandidate(view: View, from: number, { end: to, normal }: Address): Candidate {
  const start = sourceOffset(view.bare, from)
  const end = sourceEnd(view.bare, to)
  const why = `an internet address${isDisguised(view, from, to) ? ', written in disguise' : ''}`
  return { kind: 'ip', start, end, value: normal, normal, confidence: 0.93, why }
}
