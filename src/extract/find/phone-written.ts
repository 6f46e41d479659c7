import {
  digitsOf,
  type Groups,
  isAddress,
  isDate,
  isRange,
  isThousands,
  lastGroup,
  mayBegin,
  mayEnd,
  sizeOf,
} from '../digit-groups.ts'
import { isNumber, type Run } from '../scan.ts'

/** E.164 allows fifteen digits; two more for the international prefix 00. */
const MOST = { digits: 17, groups: 15 }
const FEWEST_DIGITS = 7

/** Groups of digits that may be one number, and how they are written. */
export interface Written {
  /** Where the number begins, its plus sign or opening bracket included. */
  readonly start: number
  readonly end: number
  readonly digits: string
  readonly groups: Groups
  readonly plus: boolean
  /** A line break lies between two groups. */
  readonly broken: boolean
}

/** A number at one place: its groups, and the index of the run behind them. */
export interface Place {
  readonly written: Written
  readonly next: number
}

/**
 * The longest number that begins at run `first` and that `accept` takes for one; null when there is none.
 * Its groups may lie on two lines, unless those before the line break are a number by themselves.
 */
export function longestNumber<T>(
  text: string,
  runs: readonly Run[],
  first: number,
  accept: (written: Written) => T | null,
): (Place & { readonly verdict: T }) | null {
  const start = runs[first]
  if (start === undefined || !isNumber(start) || !mayStart(text, start)) return null
  const most = lastGroup(text, runs, first, MOST)
  const all = { runs, first, last: most }
  let left = sizeOf(all)
  if (left < FEWEST_DIGITS) return null
  const digits = digitsOf(text, all)
  for (let last = most; last >= first && left >= FEWEST_DIGITS; last--) {
    const size = left
    const run = runs[last] as Run
    left -= run.end - run.start
    if (size > MOST.digits || !mayEnd(text, run.end)) continue
    const written = write(text, { runs, first, last }, digits.slice(0, size))
    const verdict = written === null ? null : accept(written)
    if (written === null || verdict === null) continue
    if (written.broken && isWholeBefore(text, runs, first, { last, accept })) continue
    return { written, verdict, next: last + 1 }
  }
  return null
}

function mayStart(text: string, run: Run): boolean {
  return (mayBegin(text, run) || isLinked(text, run.start)) && !followsCardGroup(text, run)
}

/** True when the groups before the line break are a number by themselves: then the next line is another one. */
function isWholeBefore<T>(
  text: string,
  runs: readonly Run[],
  first: number,
  { last, accept }: { last: number; accept: (written: Written) => T | null },
): boolean {
  for (let i = first; i < last; i++) {
    if (!text.slice(runs[i]?.end, runs[i + 1]?.start).includes('\n')) continue
    const groups = { runs, first, last: i }
    const written = write(text, groups, digitsOf(text, groups))
    return written !== null && accept(written) !== null
  }
  return false
}

/** wa.me/66812345678 and ?phone=66812345678: links that carry a number, with its country code. */
export function isLinked(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  if (before !== SLASH && before !== EQUALS && before !== PLUS) return false
  return /(?:\b(?:wa|zalo)\.me\/|[?&]phone=)\+?$/i.test(text.slice(Math.max(0, start - 12), start))
}

const BLANK = 32
const OPEN = 40
const PLUS = 43
const SLASH = 47
const EQUALS = 61

/** Groups of four behind a group of four and a blank are a card number's. */
function followsCardGroup(text: string, run: Run): boolean {
  return (
    run.end - run.start === 4 &&
    text.charCodeAt(run.start - 1) === BLANK &&
    /(?:^|\D)\d{4} $/.test(text.slice(Math.max(0, run.start - 6), run.start))
  )
}

function write(text: string, groups: Groups, digits: string): Written | null {
  if (digits.length < FEWEST_DIGITS) return null
  const { start } = groups.runs[groups.first] as Run
  const { end } = groups.runs[groups.last] as Run
  const inside = text.slice(start, end)
  const lead = leadOf(text, start)
  const bracket = lead === 0 && text.charCodeAt(start - 1) === OPEN && inside.includes(')') ? 1 : 0
  if (
    lead === 0 &&
    (isDate(inside) || isAddress(inside) || isThousands(inside) || isRange(inside) || isCard(text, groups))
  )
    return null
  return {
    start: start - (lead || bracket),
    end,
    digits: lead === 0 ? digits : digits.replace(/^(\d{1,3})0(?=\d{7})/, dropTrunk(inside)),
    groups,
    plus: lead !== 0,
    broken: inside.includes('\n'),
  }
}

/** Lengths of the groups, e.g. '3-3-4'. */
export function shapeOf({ runs, first, last }: Groups): string {
  let shape = ''
  for (let i = first; i <= last; i++) {
    const { start, end } = runs[i] as Run
    shape += shape === '' ? end - start : `-${end - start}`
  }
  return shape
}

/** Units of a plus sign in front of a number, with a blank or bracket behind it and a bracket before it; 0 without one. */
function leadOf(text: string, start: number): number {
  let i = start
  if (text.charCodeAt(i - 1) === OPEN) i--
  if (text.charCodeAt(i - 1) === BLANK) i--
  if (text.charCodeAt(i - 1) !== PLUS) return 0
  i--
  return start - (text.charCodeAt(i - 1) === OPEN ? i - 1 : i)
}

/** Groups of four with one more group behind a blank: a bank card. */
function isCard(text: string, { runs, first, last }: Groups): boolean {
  if (last - first < 2) return false
  for (let i = first; i <= last; i++) if ((runs[i] as Run).end - (runs[i] as Run).start !== 4) return false
  const { end } = runs[last] as Run
  return /^ \d{3,4}/.test(text.slice(end, end + 5))
}

/** "+66 (0)81 234 5678": the bracketed zero is not dialled from abroad. */
function dropTrunk(inside: string): string {
  return inside.includes('(0)') ? '$1' : '$10'
}
