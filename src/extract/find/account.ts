import {
  digitsOf,
  type Groups,
  isDate,
  isRange,
  lastGroup,
  mayBegin,
  mayEnd,
  sizeOf,
} from '../digit-groups.ts'
import type { Candidate, Context, Plain } from '../finder.ts'
import { type Label, labelsIn, runsNear } from '../labels.ts'
import type { Bank } from '../lexicon/identifier-types.ts'
import { IDENTIFIERS } from '../lexicon/identifiers.ts'
import { touchesMoney } from '../money-sign.ts'
import { type NumberRole, numberRole } from '../role.ts'
import { isNumber, type Run } from '../scan.ts'
import { swept } from '../sweep.ts'

const FEWEST = 6
const MOST = { digits: 21, groups: 8 }

interface Written {
  readonly start: number
  readonly end: number
  readonly digits: string
  /** As it stands in the text, groups and signs included. */
  readonly form: string
}

/**
 * Local account numbers: digits that a word like "account" or a bank's name stands beside, or that are grouped as
 * the country's accounts are. Bare digits are none.
 */
export function findAccounts(plain: Plain, context: Context): Candidate[] {
  const { runs } = swept(plain)
  const near = runsNear(plain, runs, ({ role, bank }) => NAMING.has(role) || bank?.wallet === false)
  const found: Candidate[] = []
  for (let i = 0; i < runs.length; ) {
    if (near[i] !== 1 && !mayStandAlone(plain.text, runs, { i, last: found.at(-1) })) {
      i++
      continue
    }
    const hit = accountAt(plain, runs, i, context, found.at(-1))
    if (hit !== null) found.push(hit.candidate)
    i = hit === null ? i + 1 : hit.next
  }
  return found
}

const NAMING: ReadonlySet<string> = new Set(['account', 'routing'])
/** Units between two accounts of a list. */
const LIST_GAP = 12

/** Without a word beside it: the next of a list, grouped like a national form, or behind a sort code. */
function mayStandAlone(
  text: string,
  runs: readonly Run[],
  { i, last }: { i: number; last: Candidate | undefined },
): boolean {
  const run = runs[i]
  if (run === undefined) return false
  if (last !== undefined && run.start - last.end <= LIST_GAP) return true
  const next = runs[i + 1]
  if (run.end - run.start === 3 && next?.start === run.end + 1 && next.end - next.start === 1) return true
  return isBehindBranchGroups(text, runs, i)
}

/** 20-45-67 or 062-000, a dash between their groups and none behind: the quick look before `isBehindBranch`. */
function isBehindBranchGroups(text: string, runs: readonly Run[], i: number): boolean {
  const before = runs[i - 1]
  const first = runs[i - 2]
  const start = runs[i]?.start ?? 0
  if (before === undefined || first === undefined || start - before.end > 3) return false
  const size = before.end - before.start
  return (
    (size === 2 || size === 3) &&
    first.end - first.start >= size &&
    first.end === before.start - 1 &&
    text.charCodeAt(first.end) === DASH &&
    text.charCodeAt(before.end) !== DASH
  )
}

const DASH = 45

function accountAt(
  plain: Plain,
  runs: readonly Run[],
  first: number,
  context: Context,
  last: Candidate | undefined,
): { candidate: Candidate; next: number } | null {
  const head = runs[first]
  if (head === undefined || !isNumber(head) || !mayBegin(plain.text, head)) return null
  for (let end = longestEnd(plain.text, runs, first); end >= first; end--) {
    const written = write(plain.text, { runs, first, last: end })
    if (written === null) continue
    const candidate = judge(plain, written, context, last)
    if (candidate !== null) return { candidate, next: end + 1 }
  }
  return null
}

/** Behind which run the number ends at the latest; a sort code or a branch in front of the number ends it too. */
function longestEnd(text: string, runs: readonly Run[], first: number): number {
  const most = lastGroup(text, runs, first, MOST)
  let end = first
  // A long group written together is a whole number: what stands behind a blank is another one.
  for (; end < most; end++) {
    const run = runs[end]
    const next = runs[end + 1]
    if (run === undefined || next === undefined) break
    const gap = text.slice(run.end, next.start)
    if (
      gap.includes('\n') ||
      (gap.includes(' ') && run.end - run.start > 6) ||
      '/·('.includes(gap.trim().charAt(0) || '-')
    )
      break
  }
  return end
}

function write(text: string, groups: Groups): Written | null {
  const size = sizeOf(groups)
  if (size < FEWEST || size > MOST.digits) return null
  const { start } = groups.runs[groups.first] as Run
  const { end } = groups.runs[groups.last] as Run
  if (!mayEnd(text, end)) return null
  const digits = digitsOf(text, groups)
  const form = text.slice(start, end)
  if (/^0+$/.test(digits) || isDate(form) || isRange(form) || touchesMoney(text, start, end)) return null
  return { start, end, digits, form }
}

function judge(
  plain: Plain,
  written: Written,
  context: Context,
  last: Candidate | undefined,
): Candidate | null {
  const { start, end, digits, form } = written
  const role = numberRole(plain, start, end)
  const bank = bankNear(plain, start, end, context)
  const country = bank?.country ?? context.countries[0]
  const make = (confidence: number, why: string) => candidate(written, { bank, country, confidence, why })
  if (isBehindBranch(plain.text, start) && digits.length >= 6 && digits.length <= 10) {
    return make(0.95, 'behind a sort code or branch number')
  }
  if (role !== null && role.role !== 'account' && !isBank(role)) return null
  if (role === null) {
    if (last !== undefined && isListed(plain.text, last, written))
      return make(0.85, 'listed with another account')
    return isNationalForm(form, context) ? make(0.75, `grouped as accounts of ${country} are`) : null
  }
  if (role.role === 'account') {
    if (!fits(digits, country, 0) && (role.distance > 12 || digits.length < 7)) return null
    return make(fits(digits, country, 0) ? 0.95 : 0.85, `named by "${wordOf(plain, role.label)}"`)
  }
  const known = role.label.bank
  if (known === null || role.distance > 40) return null
  const length = known.digits.includes(digits.length)
  if (!length && !(fits(digits, known.country, known.digits.length) && role.distance <= 16)) return null
  return make(length ? 0.9 : 0.8, `beside the name of a bank, ${known.name}`)
}

function isBank({ role, label }: NumberRole): boolean {
  return role === 'bank' && label.bank?.wallet === false
}

function candidate(
  { start, end, digits }: Written,
  it: { bank: Bank | null; country: string | undefined; confidence: number; why: string },
): Candidate {
  const { bank, country, confidence } = it
  const why = `an account number of ${digits.length} digits, ${it.why}${bank === null ? '' : `; the bank is ${bank.name}`}`
  const found: Candidate = {
    kind: 'bank_account',
    start,
    end,
    value: digits,
    normal: digits,
    confidence,
    why,
  }
  return {
    ...found,
    ...(country === undefined ? {} : { country }),
    ...(bank === null ? {} : { system: bank.name }),
  }
}

function wordOf({ text }: Plain, { start, end }: Label): string {
  return text.slice(start, end)
}

/** Whether the country has accounts of this length; `known` lengths of a bank make the country's range matter less. */
function fits(digits: string, country: string | undefined, known: number): boolean {
  const range = IDENTIFIERS.lengths[country ?? '']
  if (range === undefined) return digits.length >= 8 && digits.length <= 18
  const slack = known > 0 ? 1 : 0
  return digits.length >= range[0] - slack && digits.length <= range[1] + slack
}

/** "20-45-67 12345678" and "062-000 12345678": the account behind sort code or BSB. */
function isBehindBranch(text: string, start: number): boolean {
  return /(?:^|[^\d-])(?:\d{2}-\d{2}-\d{2}|\d{3}-\d{3})(?: |\/| \/ |, ?)$/.test(
    text.slice(Math.max(0, start - 16), start),
  )
}

/** Kasikorn and its neighbours: three, one, five and one digit. */
const NATIONAL_FORMS: Record<string, RegExp> = { TH: /^\d{3}-\d-\d{5}-\d$/ }

function isNationalForm(form: string, { countries }: Context): boolean {
  const [country] = countries
  return NATIONAL_FORMS[country ?? '']?.test(form) ?? false
}

/** "accounts 123-4-56789-0 and 987-6-54321-0": the next of a list, as long as the one before. */
function isListed(text: string, last: Candidate, { start, digits }: Written): boolean {
  if (last.value.length !== digits.length || start - last.end > LIST_GAP) return false
  return /^[\s,;/&]{0,4}(?:and|or|和|及|และ|หรือ|và|dan|at|na|និង|နှင့်|ແລະ|और|এবং|ও)?[\s,;/&]{0,4}$/i.test(
    text.slice(last.end, start),
  )
}

/** The bank named nearest: on the lines around, a bank of the text's country before one of another. */
function bankNear(plain: Plain, start: number, end: number, { countries }: Context): Bank | null {
  const near = labelsIn(plain, Math.max(0, start - 96), end + 64).filter(({ bank }) => bank?.wallet === false)
  const distance = (label: Label) => (label.end <= start ? start - label.end : label.start - end + 8)
  const ranked = near.sort((a, b) => distance(a) - distance(b))
  const [nearest] = ranked
  const local = ranked.find(({ bank }) => bank?.country === countries[0])
  return (
    (local !== undefined && nearest !== undefined && distance(local) < distance(nearest) + 12
      ? local
      : nearest
    )?.bank ?? null
  )
}
