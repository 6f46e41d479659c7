/** One change of a text: at `start`, `removed` code units gave way to `inserted`. */
export interface Edit {
  readonly start: number
  readonly removed: number
  readonly inserted: number
}

export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The smallest single change that makes `after` of `before`; null when they are equal. An edit never splits a
 * surrogate pair. Cost: linear; runs that are equal are compared whole, which the engine does as fast as it can copy.
 */
export function editBetween(before: string, after: string): Edit | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let start = sameRuns(shorter, (at, end) => before.slice(at, end) === after.slice(at, end))
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--
  const [b, a] = [before.length, after.length]
  let tail = sameRuns(
    shorter - start,
    (at, end) => before.slice(b - end, b - at) === after.slice(a - end, a - at),
  )
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--
  return { start, removed: before.length - start - tail, inserted: after.length - start - tail }
}

/**
 * The spans where they stand after an edit; those that the edit touched are left out until the text is read again.
 * Keeps  `after.slice(moved.start, moved.end) === before.slice(span.start, span.end)` (edit.test.ts).
 */
export function moveSpans<T extends Span>(spans: readonly T[], edit: Edit | null): readonly T[] {
  if (edit === null) return spans
  const by = edit.inserted - edit.removed
  const end = edit.start + edit.removed
  return spans.flatMap((span) => {
    if (span.end <= edit.start) return [span]
    if (span.start >= end) return [{ ...span, start: span.start + by, end: span.end + by }]
    return []
  })
}

const RUN = 2_048

/** How far, in whole runs and at most to `length`, the two are the same. */
function sameRuns(length: number, same: (at: number, end: number) => boolean): number {
  let at = 0
  while (at + RUN <= length && same(at, at + RUN)) at += RUN
  return at
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
