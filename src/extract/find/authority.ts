import { canonicalHost, type Ending, LONGEST_HOST } from '../host.ts'
import { isNameUnit, withoutTail } from '../scan.ts'
import { addressAt } from './ip.ts'

/** What may follow the host: printable ASCII but quotes, angle brackets and blanks. */
const PATH_UNIT = /^[!#-;=?-[\]_a-z~]$/
const LONGEST_URL = 2048

export interface Authority {
  /** User and password in front of the host, "@" included. */
  readonly login: string
  readonly host: string
  readonly end: number
}

export function authorityAt(text: string, begin: number): Authority | null {
  const end = hostEnd(text, begin)
  if (text.charAt(end) === '@' || text.charAt(end) === ':') {
    const login = /^[\w.~!$&'()*+,;=%-][\w.~!$&'()*+,;=%:-]{0,63}@/.exec(text.slice(begin, begin + 65))?.[0]
    if (login !== undefined) {
      const inner = hostAuthority(text, begin + login.length)
      return inner === null ? null : { ...inner, login }
    }
  }
  return hostAuthority(text, begin)
}

function hostAuthority(text: string, begin: number): Authority | null {
  const address = addressAt(text, begin)
  if (address !== null) return { login: '', host: address.normal, end: address.end }
  const found = hostFrom(text, begin) ?? hostFrom(text, begin, 'any')
  return found === null ? null : { login: '', ...found }
}

/** The host name that begins at `begin`; in scripts without blanks it ends where its ending is known. */
export function hostFrom(
  text: string,
  begin: number,
  ending: Ending = 'known',
): { host: string; end: number } | null {
  const end = hostEnd(text, begin)
  const written = text.slice(begin, end)
  const ascii = withoutTail(/^[a-z0-9.-]+/i.exec(written)?.[0] ?? '')
  const host = canonicalHost(ascii, ending)
  if (host !== null) return { host, end: begin + ascii.length }
  const whole = ascii.length < written.length ? canonicalHost(written, ending) : null
  return whole === null ? null : { host: whole, end }
}

function hostEnd(text: string, begin: number): number {
  let i = begin
  const most = Math.min(text.length, begin + LONGEST_HOST + 1)
  while (i < most && isHostUnit(text.charCodeAt(i))) i++
  while (i > begin && '.-'.includes(text.charAt(i - 1))) i--
  return i
}

/** Letters, digits, dots and dashes; beyond ASCII everything but the signs of Chinese, Thai and Indic writing. */
export function isHostUnit(unit: number): boolean {
  if (unit === 46 || unit === 45) return true
  if (unit >= 0x2000 && unit <= 0x206f) return false
  if (unit >= 0x3000 && unit <= 0x303f) return false
  if (unit === 0x0964 || unit === 0x0965 || unit === 0x17d4 || unit === 0x104a || unit === 0x104b)
    return false
  return isNameUnit(unit)
}

export function pathEnd(text: string, from: number): number {
  if (!'/?#:'.includes(text.charAt(from)) || from >= text.length) return from
  const most = Math.min(text.length, from + LONGEST_URL)
  let i = from
  while (i < most && PATH_UNIT.test(text.charAt(i))) i++
  return i
}

/** Stops, commas, closing quotes and unpaired brackets at the end belong to the sentence, not to the link. */
export function trimEnd(text: string, begin: number, end: number): number {
  for (; end > begin; end--) {
    const last = text.charAt(end - 1)
    if (".,;:!?'*_".includes(last)) continue
    if (last === ')' && !isPaired(text.slice(begin, end), '(', ')')) continue
    if (last === ']' && !isPaired(text.slice(begin, end), '[', ']')) continue
    break
  }
  return end
}

function isPaired(text: string, open: string, close: string): boolean {
  return text.split(open).length >= text.split(close).length
}
