import { IDENTIFIERS } from './lexicon/identifiers.ts'

const { hosts } = IDENTIFIERS
const ENDINGS = setOf(hosts.endings)
const COMMON = setOf(hosts.common)
const WORDS = setOf(hosts.words)
const LURES = setOf(hosts.lures)
const FILES = setOf(hosts.files)
const BENIGN = setOf(hosts.benign)

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/** Host names are at most this long (RFC 1035). */
export const LONGEST_HOST = 253

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/** Behind a scheme any ending will do; elsewhere only one that exists. */
export type Ending = 'known' | 'any'

/**
 * The canonical form of a host name: lower case, punycode (UTS 46). Null when it is none: a wrong label, an unknown
 * ending, only digits.
 */
export function canonicalHost(written: string, wanted: Ending = 'known'): string | null {
  if (written.length > LONGEST_HOST || !written.includes('.')) return null
  // Most dots between letters are full stops: no ending is known behind them.
  if (wanted === 'known' && !mayEnd(lastLabel(written))) return null
  const host = /^[\x21-\x7e]+$/.test(written) ? written.toLowerCase() : toAscii(written)
  if (host === null || host.length > LONGEST_HOST) return null
  const labels = host.split('.')
  const ending = labels.at(-1) ?? ''
  if (wanted === 'known' ? !ENDINGS.has(ending) : !/^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(ending)) return null
  return labels.every((label) => LABEL.test(label)) ? host : null
}

function lastLabel(host: string): string {
  return host.slice(host.lastIndexOf('.') + 1)
}

/** Whether a label may be a known ending. None has one letter alone, and none in other letters has a digit: ก.พ, 4.5顆. */
function mayEnd(label: string): boolean {
  if (isAscii(label)) return ENDINGS.has(label.toLowerCase())
  return label.length > 1 && (!/\d/.test(label) || OTHER_DOTS.test(label))
}

/** Read as dots in host names. Source: UTS 46. */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/

function isAscii(written: string): boolean {
  for (let i = 0; i < written.length; i++) if (written.charCodeAt(i) > 0x7e) return false
  return true
}

function toAscii(written: string): string | null {
  if (/[\s/?#@:\\%[\]]/.test(written)) return null
  const url = URL.parse(`http://${written}/`)
  return url === null || url.hostname === '' ? null : url.hostname
}

/** A host so well known that naming it says nothing; `www.` makes no difference. */
export function isBenign(host: string): boolean {
  return BENIGN.has(host.startsWith('www.') ? host.slice(4) : host)
}

/** How far a bare name may be trusted to be a host, by its ending and its form. */
export type Trust = 'plain' | 'long-enough' | 'needs-more'

/**
 * @param host     canonical
 * @param written  as in the text: "end.The" is the end of a sentence
 */
export function trustOf(host: string, written: string): Trust {
  const labels = host.split('.')
  const ending = labels.at(-1) ?? ''
  const name = labels.at(-2) ?? ''
  if (isSentenceBreak(written) || FILES.has(ending)) return 'needs-more'
  const plain = !WORDS.has(ending) && !LURES.has(ending) && (ending.length === 2 || COMMON.has(ending))
  if (/^\d+$/.test(name)) return plain && name.length > 2 ? 'plain' : 'needs-more'
  if (ending === 'onion') return name.length === 56 ? 'plain' : 'needs-more'
  if (plain) return name.length > 1 ? 'plain' : 'needs-more'
  if (labels.length > 2 && REGISTRIES.test(name)) return 'plain'
  if (/-|\d.*\d/.test(host.slice(0, -ending.length - 1)) && name.length > 3) return 'plain'
  return LURES.has(ending) && name.length > 3 ? 'long-enough' : 'needs-more'
}

/** The second levels of country registries: example.co.in. */
const REGISTRIES = /^(?:com?|net|org|edu|ac|gov?|or|web|my|biz|info)$/

/** "scared.The guard", "written.BS degree", "Mr.Lee": a capital behind the dot, unless all is in capitals or it is Com. */
export function isSentenceBreak(written: string): boolean {
  const ending = written.slice(written.lastIndexOf('.') + 1)
  return /^[A-Z]/.test(ending) && written !== written.toUpperCase() && ending !== 'Com'
}
