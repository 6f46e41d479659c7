import { isDate, lastGroup, mayBegin } from '../digit-groups.ts'
import type { Candidate, Context, Plain } from '../finder.ts'
import { labelsAround, labelsIn } from '../labels.ts'
import { IDENTIFIERS } from '../lexicon/identifiers.ts'
import { touchesMoney } from '../money-sign.ts'
import { type NumberRole, numberRole } from '../role.ts'
import { isAlphanumericUnit, isNumber, type Run, scan } from '../scan.ts'

/** Payment names and references: numbers given for PromptPay, PayNow, DuitNow, UPI or PayID; UPI addresses; transfer references. */
export function findPaymentRefs(plain: Plain, _context: Context): Candidate[] {
  const { runs, ats } = scan(plain)
  const found: Candidate[] = []
  for (const at of ats) {
    const hit = upiAt(plain, at)
    if (hit !== null) found.push(hit)
  }
  let reach = 0
  runs.forEach((run, i) => {
    if (run.start < reach) return
    const hit = givenNumber(plain, runs, i) ?? reference(plain, run)
    if (hit === null) return
    found.push(hit)
    reach = hit.end
  })
  return found
}

const UPI_BANKS: ReadonlySet<string> = new Set(IDENTIFIERS.upi.split(' '))

/** `name@bank`: like a mail address without a dot behind the "@". */
function upiAt(plain: Plain, at: number): Candidate | null {
  const { text } = plain
  const local = /[a-z0-9][a-z0-9._-]{1,63}$/i.exec(text.slice(Math.max(0, at - 64), at))?.[0]
  const bank = /^[a-z][a-z0-9]{1,31}/i.exec(text.slice(at + 1, at + 33))?.[0]
  if (local === undefined || bank === undefined) return null
  const start = at - local.length
  const end = at + 1 + bank.length
  if (/^[.@-][a-z0-9]/i.test(text.slice(end, end + 2)) || isAlphanumericUnit(text.charCodeAt(start - 1)))
    return null
  const listed = UPI_BANKS.has(bank.toLowerCase())
  const { before, after } = labelsAround(plain, start, end)
  const named = [...before, ...after].some(({ role, system }) => role === 'payment' && system === 'UPI')
  if (!listed && !named) return null
  const normal = `${local}@${bank}`.toLowerCase()
  const why = `a UPI address${listed ? ` at @${bank.toLowerCase()}` : ', called one'}`
  return {
    kind: 'payment_ref',
    start,
    end,
    value: normal,
    normal,
    confidence: named ? 0.97 : 0.9,
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
function reference(plain: Plain, run: Run): Candidate | null {
  const { text } = plain
  const { start, end } = tokenAround(text, run)
  const written = text.slice(start, end)
  const digits = written.replace(/\D/g, '').length
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
  if (label.role === 'bareReference' && !speaksOfMoney(plain, start, end)) return null
  const normal = written.toUpperCase()
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

/** The run with what dashes, slashes and underscores join to it. */
function tokenAround(text: string, run: Run): { start: number; end: number } {
  let { start, end } = run
  while (start > 0 && run.start - start < LONGEST && isTokenUnit(text, start - 1)) start--
  while (end < text.length && end - run.end < LONGEST && isTokenUnit(text, end)) end++
  while (start < run.start && !isAlphanumericUnit(text.charCodeAt(start))) start++
  while (end > run.end && !isAlphanumericUnit(text.charCodeAt(end - 1))) end--
  return { start, end }
}

function isTokenUnit(text: string, i: number): boolean {
  return isAlphanumericUnit(text.charCodeAt(i)) || '-/_'.includes(text.charAt(i))
}

/** What may stand between the word and the reference: signs, and a word or two without digits, never "of" or "for". */
function isBridge(between: string): boolean {
  if (
    between.length > 24 ||
    /[\d\n]{2}|[.!?] |\b(?:of|for|amount|worth|total|to|on|from|by|at)\b/i.test(between)
  )
    return false
  return (between.match(/[a-z]+/gi) ?? []).length <= 3
}

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
