import { lastGroup, mayBegin } from '../digit-groups.ts'
import type { Candidate, Context, Plain } from '../finder.ts'
import { labelsAround, runsNear } from '../labels.ts'
import type { Refuse } from '../reading.ts'
import { isNumber, type Run } from '../scan.ts'
import { swept } from '../sweep.ts'

const LENGTH = 15
/** Units between two of a list. */
const LIST_GAP = 16

/** IMEIs: fifteen digits beside the word, their last one right by Luhn; the others are refused. */
export function findImeis(plain: Plain, _context: Context, refuse?: Refuse): Candidate[] {
  const { runs } = swept(plain)
  const found: Candidate[] = []
  let last: { end: number } | null = null
  const near = runsNear(plain, runs, ({ role }) => role === 'imei')
  for (let i = 0; i < near.length; i++) {
    if (near[i] !== 1 && (last === null || (runs[i]?.start ?? 0) - last.end > LIST_GAP)) continue
    const span = imeiSpan(plain.text, runs, i)
    if (span === null) continue
    const { start, end, digits } = span
    if (!isNamed(plain, start, end) && !follows(plain.text, last, start)) continue
    last = span
    if (isLuhn(digits)) found.push(candidate(start, end, digits))
    else refuse?.('imei', span, 'called an IMEI, but its check digit fails: a digit is wrong')
  }
  return found
}

function candidate(start: number, end: number, digits: string): Candidate {
  const why = 'called an IMEI, fifteen digits, its check digit is right'
  return { kind: 'imei', start, end, value: digits, normal: digits, confidence: 1, why }
}

/** Fifteen digits from run `first` on, together or in groups. */
function imeiSpan(
  text: string,
  runs: readonly Run[],
  first: number,
): { start: number; end: number; digits: string } | null {
  const head = runs[first]
  if (head === undefined || !isNumber(head) || !mayBegin(text, head)) return null
  const most = lastGroup(text, runs, first, { digits: LENGTH, groups: 6 })
  let digits = ''
  for (let i = first; i <= most; i++) {
    const { start, end } = runs[i] ?? head
    digits += text.slice(start, end)
    if (digits.length === LENGTH) return { start: head.start, end, digits }
  }
  return null
}

function isNamed(plain: Plain, start: number, end: number): boolean {
  const { before, after } = labelsAround(plain, start, end)
  const label = before.find(({ role }) => role !== 'paying' && role !== 'version' && role !== 'wallet')
  return label?.role === 'imei' || after[0]?.role === 'imei'
}

/** "IMEI 1: 35… / 2: 86…": the second of a list. */
function follows(text: string, last: { end: number } | null, start: number): boolean {
  return (
    last !== null &&
    start - last.end <= LIST_GAP &&
    /^[\s,;/&():.]{0,4}(?:and|和|และ|và|dan|at|na|និង|နှင့်|ແລະ|और|এবং|imei)?[\s,;/&():.]{0,4}(?:\d[\s):.]{0,3})?$/i.test(
      text.slice(last.end, start),
    )
  )
}

/** The last digit makes the sum right, every second digit doubled. Source: ISO/IEC 7812-1 annex B. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return digits !== '' && sum % 10 === 0 && !/^0+$/.test(digits)
}
