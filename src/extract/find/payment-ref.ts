import { isDate, lastGroup, mayBegin } from '../digit-groups.ts'
import type { Candidate, Context, Plain } from '../finder.ts'
import { labelsAround, labelsIn, runsNear } from '../labels.ts'
import { IDENTIFIERS } from '../lexicon/identifiers.ts'
import { touchesMoney } from '../money-sign.ts'
import { type NumberRole, numberRole } from '../role.ts'
import { digitsIn, isAlphanumericUnit, isNumber, type Run, startOf } from '../scan.ts'
import { swept } from '../sweep.ts'

/** Payment names and references: numbers given for PromptPay, PayNow, DuitNow, UPI or PayID; UPI addresses; transfer references. */
export function findPaymentRefs(plain: Plain, context: Context): Candidate[] {
  const { runs, ats } = swept(plain)
  const found: Candidate[] = []
  for (const at of ats) {
    const hit = upiAt(plain, at, context)
    if (hit !== null) found.push(hit)
  }
  let reach = 0
  const near = runsNear(plain, runs, ({ role }) => NAMING.has(role))
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as Run
    if (run.start < reach) continue
    const hit =
      (near[i] === 1 ? (givenNumber(plain, runs, i) ?? reference(plain, runs, i)) : null) ??
      confirmation(plain.text, run)
    if (hit === null) continue
    found.push(hit)
    reach = hit.end
  }
  return found
}

const NAMING: ReadonlySet<string> = new Set(['payment', 'reference', 'bareReference'])

const UPI_BANKS: ReadonlySet<string> = new Set(IDENTIFIERS.upi.split(' '))

function isLocalUnit(unit: number): boolean {
  return isAlphanumericUnit(unit) || unit === 46 || unit === 95 || unit === 45
}

/** `name@bank`: like a mail address without a dot behind the "@". */
function upiAt(plain: Plain, at: number, context: Context): Candidate | null {
  const { text } = plain
  const first = startOf(text, at, isLocalUnit, 64)
  const start = first + (/^[._-]{0,8}/.exec(text.slice(first, at))?.[0].length ?? 0)
  const local = text.slice(start, at)
  const bank = /^[a-z][a-z0-9]{1,31}/i.exec(text.slice(at + 1, at + 33))?.[0]
  if (local.length < 2 || bank === undefined) return null
  const end = at + 1 + bank.length
  if (/^[.@-][a-z0-9]/i.test(text.slice(end, end + 2)) || isAlphanumericUnit(text.charCodeAt(start - 1)))
    return null
  const listed = UPI_BANKS.has(bank.toLowerCase())
  const { before, after } = labelsAround(plain, start, end)
  const named = [...before, ...after].some(({ role, system }) => role === 'payment' && system === 'UPI')
  // Elsewhere "@" without a dot is a name on some platform; in India, near words of paying, it is an address.
  const likely = context.countries[0] === 'IN' && speaksOfMoney(plain, start, end)
  if (!listed && !named && !likely) return null
  const normal = `${local}@${bank}`.toLowerCase()
  const why = `a UPI address${listed ? ` at @${bank.toLowerCase()}` : named ? ', called one' : ', near words of paying'}`
  return {
    kind: 'payment_ref',
    start,
    end,
    value: normal,
    normal,
    confidence: named ? 0.97 : listed ? 0.9 : 0.8,
    why,
    country: 'IN',
    system: 'UPI',
  }
}

const MOST = { digits: 16, groups: 6 }
const FEWEST = 8

/** A phone, identity or business number given for a payment system. */
function givenNumber(plain: Plain, runs: readonly Run[], first: number): Candidate | null {
  const { text } = plain
  const head = runs[first]
  if (head === undefined || !mayBegin(text, head)) return null
  if (!isNumber(head)) return businessNumber(plain, head)
  for (let last = lastGroup(text, runs, first, MOST); last >= first; last--) {
    const end = runs[last]?.end ?? head.end
    const digits = text.slice(head.start, end).replace(/\D/g, '')
    if (digits.length < FEWEST) return null
    const plus = /\+ ?$/.exec(text.slice(Math.max(0, head.start - 2), head.start))?.[0].length ?? 0
    const start = head.start - plus
    if (
      text.slice(start, end).includes('\n') ||
      isDate(text.slice(start, end)) ||
      touchesMoney(text, start, end)
    )
      continue
    const role = numberRole(plain, start, end)
    if (role?.role !== 'payment') return null
    if (digits.length > 15 && last > first) continue
    if (endsInAnother(text, runs, first, last)) continue
    return given(role, { start, end, normal: `${plus > 0 ? '+' : ''}${digits}` })
  }
  return null
}

/** "091 234 5678 5000": a long group behind a blank, when the groups before it are a number already. */
function endsInAnother(text: string, runs: readonly Run[], first: number, last: number): boolean {
  if (last === first) return false
  const before = text.slice(runs[first]?.start, runs[last - 1]?.end).replace(/\D/g, '')
  return (
    before.length >= 10 &&
    text.charAt(runs[last - 1]?.end ?? 0) === ' ' &&
    !text.slice(runs[first]?.start, runs[last - 1]?.end).includes(' ')
  )
}

/** Singapore's UEN and NRIC beside PayNow: digits and letters. */
function businessNumber(plain: Plain, { start, end }: Run): Candidate | null {
  const written = plain.text.slice(start, end)
  if (!/^(?:\d{8,9}[A-Z]|[STFGM]\d{7}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z])$/i.test(written)) return null
  const role = numberRole(plain, start, end)
  return role?.role === 'payment' ? given(role, { start, end, normal: written.toUpperCase() }) : null
}

const COUNTRIES: Record<string, string> = {
  PromptPay: 'TH',
  PayNow: 'SG',
  DuitNow: 'MY',
  UPI: 'IN',
  PayID: 'AU',
}

function given({ label }: NumberRole, it: { start: number; end: number; normal: string }): Candidate {
  const system = label.system ?? ''
  const why = `a number given for ${system}`
  const country = COUNTRIES[system]
  const { start, end, normal } = it
  const found: Candidate = {
    kind: 'payment_ref',
    start,
    end,
    value: normal,
    normal,
    confidence: 0.94,
    why,
    system,
  }
  return country === undefined ? found : { ...found, country }
}

const LONGEST = 40
const SHORTEST = 6

/** A transfer's or transaction's reference: letters and digits behind the word. */
function reference(plain: Plain, runs: readonly Run[], first: number): Candidate | null {
  const { text } = plain
  const { start, end } = tokenAround(text, runs, first)
  const written = text.slice(start, end)
  const digits = digitsIn(written)
  if (written.length < SHORTEST || written.length > LONGEST || digits < 3) return null
  if (/^\d+$/.test(written) && digits < FEWEST) return null
  if (isDate(written) || touchesMoney(text, start, end) || /^[.,@:]\w/.test(text.slice(end, end + 2)))
    return null
  const { before } = labelsAround(plain, start, end)
  const label = before.find(
    ({ role }) => role !== 'paying' && role !== 'wallet' && role !== 'site' && role !== 'vehicle',
  )
  if (label === undefined || (label.role !== 'reference' && label.role !== 'bareReference')) return null
  const between = text.slice(label.end, start)
  if (!isBridge(between)) return null
  if (label.role === 'bareReference' && (written.includes('/') || !speaksOfMoney(plain, start, end)))
    return null
  const normal = written.toUpperCase().replaceAll(' ', '')
  const why = `named by "${text.slice(label.start, label.end)}"`
  return {
    kind: 'payment_ref',
    start,
    end,
    value: written,
    normal,
    confidence: label.role === 'reference' ? 0.92 : 0.85,
    why,
  }
}

/** M-Pesa and its kin open their messages so: `SGH7K2L9QW Confirmed.` Ten capitals and digits. */
function confirmation(text: string, { start, end }: Run): Candidate | null {
  if (end - start !== 10 || text.charCodeAt(end) !== 32) return null
  const written = text.slice(start, end)
  if (!/^(?=.*\d)(?=.*[A-Z]{3})[A-Z0-9]{10}$/.test(written) || !CONFIRMED.test(text.slice(end, end + 18)))
    return null
  const why = 'the code that opens a message of mobile money'
  return { kind: 'payment_ref', start, end, value: written, normal: written, confidence: 0.92, why }
}

const CONFIRMED = /^ (?:Confirmed|Imethibitishwa)\b/i

/** The run with what dashes, slashes and underscores join to it; groups of digits also over blanks. */
function tokenAround(text: string, runs: readonly Run[], first: number): { start: number; end: number } {
  const run = runs[first] ?? { start: 0, end: 0, has: 0 }
  let { start, end } = run
  while (start > 0 && run.start - start < LONGEST && isTokenUnit(text, start - 1)) start--
  while (end < text.length && end - run.end < LONGEST && isTokenUnit(text, end)) end++
  while (start < run.start && !isAlphanumericUnit(text.charCodeAt(start))) start++
  while (end > run.end && !isAlphanumericUnit(text.charCodeAt(end - 1))) end--
  if (start !== run.start || end !== run.end || !isNumber(run)) return { start, end }
  for (let i = first + 1; i < runs.length && i < first + 6; i++) {
    const next = runs[i]
    if (
      next === undefined ||
      !isNumber(next) ||
      next.end - next.start < 3 ||
      text.slice(end, next.start) !== ' '
    )
      break
    end = next.end
  }
  return { start, end }
}

function isTokenUnit(text: string, i: number): boolean {
  return isAlphanumericUnit(text.charCodeAt(i)) || '-/_'.includes(text.charAt(i))
}

/** What may stand between the word and the reference: signs, and a word or two without digits, never "of" or "for". */
function isBridge(between: string): boolean {
  // "ref. no. 123" and "ref.: 123": the full stop belongs to the word.
  const rest = between.replace(/^\.[:\s]?/, '')
  if (rest.length > 24 || NOT_BRIDGE.test(rest)) return false
  return (rest.match(/[a-z]+/gi) ?? []).length <= 3
}

const NOT_BRIDGE = /[\d\n]{2}|[.!?] |\b(?:of|for|amount|worth|total|to|on|from|by|at)\b/i

const SPEAKING: ReadonlySet<string> = new Set([
  'paying',
  'account',
  'payment',
  'bank',
  'reference',
  'swift',
  'wallet',
])

/** Words of paying, accounts or banks in the lines around. */
function speaksOfMoney(plain: Plain, start: number, end: number): boolean {
  return labelsIn(plain, Math.max(0, start - 240), end + 120).some(({ role }) => SPEAKING.has(role))
}
