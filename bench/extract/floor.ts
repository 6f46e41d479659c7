import type { FactKind, Normal } from '../../src/core/fact.ts'
import type { Found } from './score.ts'

/**
 * The floor: what an afternoon of plain regular expressions finds. No checksums, no context, no region,
 * no digits but ASCII. A reader that is not clearly better than this is not worth its code.
 */
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const two = (n: string | number) => String(n).padStart(2, '0')
const SIGNS: Record<string, string> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '฿': 'THB',
  '₹': 'INR',
  '₱': 'PHP',
  '¥': 'CNY',
  '৳': 'BDT',
}
const COUNTRIES = countryNames()

function countryNames(): RegExp {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const codes =
    'KH TH MM LA VN CN MY SG PH ID IN BD NP LK KE UG TZ ET AE HK TW JP KR GB US AU DE FR CY RU BR ZA NG GH PK'
  return new RegExp(
    `\\b(?:${codes
      .split(' ')
      .map((code) => names.of(code))
      .join('|')}|Dubai|Bangkok|Manila)\\b`,
    'g',
  )
}

function money(currency: string, digits: string, times = ''): Normal {
  const scale = { k: 1e3, m: 1e6, million: 1e6 }[times.toLowerCase()] ?? 1
  const exponent = { VND: 0, USDT: 6, USDC: 6, BTC: 8 }[currency] ?? 2
  return { minor: Math.round(Number(digits.replaceAll(',', '')) * scale * 10 ** exponent), currency }
}

type Make = (groups: string[]) => Normal | null
const same: Make = ([all = '']) => all
const bare: Make = ([all = '']) => all.replace(/[\s-]/g, '')

const RULES: readonly [FactKind, RegExp, Make][] = [
  ['url', /https?:\/\/[^\s<>"]+/g, same],
  ['email', /[\w.+-]+@[\w-]+\.[\w.]+\w/g, ([all = '']) => all.toLowerCase()],
  ['iban', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, bare],
  ['bic', /\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g, same],
  ['crypto_tx', /\b(?:0x)?[0-9a-f]{64}\b/g, same],
  ['crypto_address', /\b(?:0x[0-9a-fA-F]{40}|bc1[0-9a-z]{38,60}|[13T][1-9A-HJ-NP-Za-km-z]{25,34})\b/g, same],
  ['ip', /\b\d{1,3}(?:\.\d{1,3}){3}\b/g, same],
  ['domain', /\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|example|test)\b/g, same],
  ['handle', /(?<![\w.])@[A-Za-z]\w{3,}/g, ([all = '']) => `telegram:${all}`],
  ['imei', /\b\d{15}\b/g, same],
  ['passport', /\b[A-Z]{1,2}\d{7,8}\b/g, same],
  ['bank_account', /\b\d{3}-\d-\d{5}-\d\b|\b\d{10,16}\b/g, bare],
  ['phone', /\+\d[\d ()-]{8,16}\d/g, ([all = '']) => `+${all.replace(/\D/g, '')}`],
  ['date', /\b(\d{4})-(\d{2})-(\d{2})\b/g, ([, y, m, d]) => `${y}-${m}-${d}`],
  ['date', /\b(\d{1,2})\/(\d{1,2})\/(20\d{2})\b/g, ([, d = '', m = '', y]) => `${y}-${two(m)}-${two(d)}`],
  ['date', /\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (20\d{2})\b/g, ([, d = '', m = '', y]) => named(y, m, d)],
  [
    'amount',
    /([$€£฿₹₱¥৳]) ?(\d[\d,]*(?:\.\d+)?) ?(k|m|million)?\b/gi,
    ([, sign = '', n = '', times]) => money(SIGNS[sign] ?? '', n, times),
  ],
  [
    'amount',
    /\b(\d[\d,]*(?:\.\d+)?) ?(USDT|USDC|BTC|USD|EUR|GBP|THB|INR|PHP|MYR|SGD|VND)\b/gi,
    ([, n = '', code = '']) => money(code.toUpperCase(), n),
  ],
  [
    'amount',
    /\b(USD|EUR|GBP|THB|INR|PHP|MYR|SGD|RM|Rp|KSh) ?(\d[\d,]*(?:\.\d+)?)\b/g,
    ([, code = '', n = '']) => money({ RM: 'MYR', Rp: 'IDR', KSh: 'KES' }[code] ?? code, n),
  ],
  ['place', COUNTRIES, same],
  ['organisation', /\b(?:[A-Z][a-z]+ ){1,3}(?:Ltd|Inc|Limited|Group|Bank|Casino|Corp)\b/g, same],
]

function named(year: string | undefined, month: string, day: string): string | null {
  const at = MONTHS.indexOf(month.toLowerCase())
  return at < 0 ? null : `${year}-${two(at + 1)}-${two(day)}`
}

/** Earlier rules win a span: a number inside a link is not a phone. */
export function readPlainly(text: string): Found[] {
  const found: Found[] = []
  const taken = new Uint8Array(text.length)
  for (const [kind, pattern, make] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      const normal = make([...match])
      if (normal === null || taken.subarray(match.index, end).includes(1)) continue
      taken.fill(1, match.index, end)
      found.push({ kind, normal, text: match[0], start: match.index, end })
    }
  }
  return found
}
