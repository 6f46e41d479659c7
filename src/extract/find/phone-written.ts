import { isAddress, isDate, isRange, isThousands, lastGroup, mayBegin, mayEnd } from '../digit-groups.ts'
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
  /** Lengths of the groups, e.g. '3-3-4'. */
  readonly shape: string
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
  let digits = 0
  for (let i = first; i <= most; i++) digits += sizeOf(runs[i])
  for (let last = most; last >= first && digits >= FEWEST_DIGITS; last--) {
    const size = digits
    digits -= sizeOf(runs[last])
    if (size > MOST.digits || !mayEnd(text, runs[last]?.end ?? 0)) continue
    const written = write(text, runs.slice(first, last + 1))
    const verdict = written === null ? null : accept(written)
    if (written === null || verdict === null) continue
    if (written.broken && isWholeBefore(text, runs, first, { last, accept })) continue
    return { written, verdict, next: last + 1 }
  }
  return null
}

function sizeOf(run: Run | undefined): number {
  return run === undefined ? 0 : run.end - run.start
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
    const written = write(text, runs.slice(first, i + 1))
    return written !== null && accept(written) !== null
  }
  return false
}

/** wa.me/66812345678 and ?phone=66812345678: links that carry a number, with its country code. */
export function isLinked(text: string, start: number): boolean {
  return /(?:\b(?:wa|zalo)\.me\/|[?&]phone=)\+?$/i.test(text.slice(Math.max(0, start - 12), start))
}

/** Groups of four behind a group of four and a blank are a card number's. */
function followsCardGroup(text: string, run: Run): boolean {
  return (
    run.end - run.start === 4 && /(?:^|\D)\d{4} $/.test(text.slice(Math.max(0, run.start - 6), run.start))
  )
}

function write(text: string, groups: readonly Run[]): Written | null {
  const first = groups[0]
  const last = groups.at(-1)
  if (first === undefined || last === undefined) return null
  const digits = groups.map(({ start, end }) => text.slice(start, end)).join('')
  if (digits.length < FEWEST_DIGITS) return null
  const inside = text.slice(first.start, last.end)
  const lead = /\(?\+ ?\(?$/.exec(text.slice(Math.max(0, first.start - 4), first.start))?.[0] ?? ''
  const bracket = lead === '' && inside.includes(')') && text.charAt(first.start - 1) === '(' ? 1 : 0
  if (
    lead === '' &&
    (isDate(inside) || isAddress(inside) || isThousands(inside) || isRange(inside) || isCard(text, groups))
  )
    return null
  return {
    start: first.start - (lead.length || bracket),
    end: last.end,
    digits: lead === '' ? digits : digits.replace(/^(\d{1,3})0(?=\d{7})/, dropTrunk(inside)),
    shape: groups.map(({ start, end }) => end - start).join('-'),
    plus: lead !== '',
    broken: inside.includes('\n'),
  }
}

/** Groups of four with one more group behind a blank: a bank card. */
function isCard(text: string, groups: readonly Run[]): boolean {
  const end = groups.at(-1)?.end ?? 0
  return (
    groups.length > 2 &&
    groups.every((group) => group.end - group.start === 4) &&
    /^ \d{3,4}/.test(text.slice(end, end + 5))
  )
}

/** "+66 (0)81 234 5678": the bracketed zero is not dialled from abroad. */
function dropTrunk(inside: string): string {
  return inside.includes('(0)') ? '$1' : '$10'
}
