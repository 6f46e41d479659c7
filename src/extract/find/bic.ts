import type { Candidate, Context, Plain } from '../finder.ts'
import { ISO_COUNTRIES } from '../iso-countries.ts'
import { type Label, labelsAround, runsNear } from '../labels.ts'
import type { Run } from '../scan.ts'
import { swept } from '../sweep.ts'

/** ISO 9362: four letters of the party, two of the country, two of the place, and three of the branch or none. */
const FORM = /^[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/

/**
 * Bank identifier codes. Their form is that of many words in capitals, so one counts only beside "SWIFT" or "BIC",
 * or, with a digit or the branch XXX in it, near a bank or an account.
 */
export function findBics(plain: Plain, _context: Context): Candidate[] {
  const { runs } = swept(plain)
  const near = runsNear(plain, runs, ({ role }) => NAMING.has(role))
  const found: Candidate[] = []
  for (let i = 0; i < near.length; i++) {
    const hit = near[i] === 1 ? bicAt(plain, runs[i] as Run) : null
    if (hit !== null) found.push(hit)
  }
  return found
}

const NAMING: ReadonlySet<string> = new Set(['swift', 'bank', 'account', 'routing'])

function bicAt(plain: Plain, run: Run): Candidate | null {
  const { start, end } = run
  if (end - start !== 8 && end - start !== 11) return null
  const written = plain.text.slice(start, end)
  const bic = written.toUpperCase()
  const country = FORM.exec(bic)?.[1]
  if (country === undefined || !ISO_COUNTRIES.has(country)) return null
  const { before, after } = labelsAround(plain, start, end)
  const named = before.some(({ role }) => role === 'swift') || isDirect(after)
  if (!named && (written !== bic || !isLikely(bic, [...before, ...after]))) return null
  const why = `${named ? 'named a SWIFT code' : 'near a bank or an account'}, in the form of one of ${country}`
  return { kind: 'bic', start, end, value: bic, normal: bic, confidence: named ? 0.96 : 0.8, why, country }
}

function isDirect(after: readonly Label[]): boolean {
  return after[0]?.role === 'swift'
}

/** Words in capitals have no digits, and only BICs end in XXX. */
function isLikely(bic: string, around: readonly Label[]): boolean {
  const marked = /\d/.test(bic) || bic.endsWith('XXX')
  return marked && around.some(({ role }) => role === 'bank' || role === 'account' || role === 'routing')
}
