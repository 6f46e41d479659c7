import { isAlphanumericUnit, isDigitUnit, isNumber, type Run, unitsOf } from './scan.ts'

/** What may stand between two groups of one number. */
const GAPS: ReadonlySet<string> = new Set([
  ...[' ', '-', '.', '/', '  ', ' - ', '- ', ' -', ')', ') ', ')-', ' (', '(', '-(', ') - ', '. ', '_', '·'],
  ...['\n', ' \n', '-\n', '- \n', '\n ', ' \n '],
])
const ONE_UNIT_GAPS = unitsOf([...GAPS].filter((gap) => gap.length === 1).join(''))
const LONGEST_GAP = 4

/** Bounds of a number written in groups. */
export interface Bounds {
  readonly digits: number
  readonly groups: number
}

/** The last run that may belong to the number that begins at run `first`; `first - 1` when that is none. */
export function lastGroup(text: string, runs: readonly Run[], first: number, most: Bounds): number {
  let digits = 0
  for (let i = first; i < runs.length && i - first < most.groups; i++) {
    const run = runs[i]
    if (run === undefined || !isNumber(run)) return i - 1
    const before = runs[i - 1]
    if (i > first && (before === undefined || !isGap(text, before.end, run.start))) return i - 1
    digits += run.end - run.start
    if (digits > most.digits) return i - 1
  }
  return Math.min(runs.length, first + most.groups) - 1
}

/** Some of a text's runs, one after the other: the groups of one number. */
export interface Groups {
  readonly runs: readonly Run[]
  readonly first: number
  readonly last: number
}

/** How many digits groups have together. */
export function sizeOf({ runs, first, last }: Groups): number {
  let size = 0
  for (let i = first; i <= last; i++) size += (runs[i] as Run).end - (runs[i] as Run).start
  return size
}

/** The digits of all groups without what stands between them. */
export function digitsOf(text: string, { runs, first, last }: Groups): string {
  let digits = ''
  for (let i = first; i <= last; i++) digits += text.slice((runs[i] as Run).start, (runs[i] as Run).end)
  return digits
}

function isGap(text: string, end: number, start: number): boolean {
  if (start - end === 1) return ONE_UNIT_GAPS[text.charCodeAt(end)] === 1
  return start - end <= LONGEST_GAP && GAPS.has(text.slice(end, start))
}

const HASH = 35
const JOINING = unitsOf("-./_=&,'")

/** False inside a longer code: behind a letter and a dash, a decimal point, a slash, a hash sign. */
export function mayBegin(text: string, { start }: Run): boolean {
  if (start === 0) return true
  const before = text.charCodeAt(start - 1)
  if (before === HASH) return false
  return JOINING[before] !== 1 || !isAlphanumericUnit(text.charCodeAt(start - 2))
}

/** False when the digits go on as a decimal, a code or a time. */
export function mayEnd(text: string, end: number): boolean {
  if (end >= text.length) return true
  const next = text.charAt(end)
  if (next === '%') return false
  if (!'-.:_,'.includes(next)) return true
  const after = text.slice(end + 1, end + 5)
  if (next === '-') return !/^(?:[A-Za-z]|\d{2})/.test(after)
  return !/^\d/.test(after)
}

/** 2024011 and 31-12-2024 10.30. */
const SHORTEST_DATE = 6
const LONGEST_DATE = 16

/** A date, or a span of years. */
export function isDate(written: string): boolean {
  const { length } = written
  if (length < SHORTEST_DATE || length > LONGEST_DATE || !mayBeDate(written)) return false
  return (
    /^\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20|25)\d\d(?: \d{1,2}[. ]\d\d)?$/.test(written) ||
    /^\d{1,2}[-./]\d{1,2}[-./]\d\d \d{1,2}[. ]\d\d$/.test(written) ||
    /^(?:19|20|25)\d\d[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:0?[1-9]|[12]\d|3[01])(?: \d{1,2})?$/.test(written) ||
    /^(?:19|20|25)\d\d[-/](?:19|20|25)\d\d$/.test(written)
  )
}

/** A date begins with one or two digits and a sign, or with the two of a century. */
function mayBeDate(written: string): boolean {
  const [first, second] = [written.charCodeAt(0), written.charCodeAt(1)]
  if (!isDigitUnit(second) || !isDigitUnit(written.charCodeAt(2))) return true
  return (first === 49 && second === 57) || (first === 50 && (second === 48 || second === 53))
}

/** An internet address. */
export function isAddress(written: string): boolean {
  return written.includes('.') && /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(written)
}

/** 45.000.000 and 1 500 000: thousands, unless a zero leads. */
export function isThousands(written: string): boolean {
  return (
    !written.startsWith('0') &&
    (/^[1-9]\d{0,2}(?:\.\d{3})+$/.test(written) || /^[1-9]\d{0,2}(?: 000)+$/.test(written))
  )
}

/** 28000-32000: from one round number to another. */
export function isRange(written: string): boolean {
  return written.endsWith('00') && /^\d{1,5}00 ?- ?\d{1,5}00$/.test(written)
}
