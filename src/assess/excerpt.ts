import type { Range } from './find.ts'

/** UTF-16 units up to which a sentence is shown whole: three lines on a page, two on a screen of text. */
const WHOLE = 280
/** UTF-16 units kept before and behind the words that were matched. */
const AROUND = 90
/** A cut moves at most this far to stand between two words. */
const NUDGE = 24
const MARK = /^\p{M}/u

/**
 * What is shown of a sentence: the whole of it, or of one without an end (speech that a telephone wrote down has no full
 * stops) what stands around the words that were matched. Never cuts a letter in two, and a word only where nothing
 * stands between words.
 * @param spans  first and last offset of each piece that was matched, inside the sentence
 * @returns      UTF-16 offsets within `sentence`
 */
export function excerpt(
  text: string,
  { start, end }: Range,
  spans: readonly (readonly [number, number])[],
): Range {
  if (end - start <= WHOLE || spans.length === 0) return { start, end }
  const first = Math.min(...spans.map(([from]) => from))
  const last = Math.max(...spans.map(([, to]) => to))
  return {
    start: first - AROUND <= start ? start : cutBefore(text, first - AROUND),
    end: last + AROUND >= end ? end : cutBehind(text, last + AROUND),
  }
}

/** The beginning of the word at `at` or behind it. */
function cutBefore(text: string, at: number): number {
  for (let i = at; i < at + NUDGE; i++) if (isSpace(text, i - 1) && !isSpace(text, i)) return i
  let i = at
  while (i < at + NUDGE && isInside(text, i)) i++
  return i
}

/** The end of the word at `at` or before it. */
function cutBehind(text: string, at: number): number {
  for (let i = at; i > at - NUDGE; i--) if (isSpace(text, i) && !isSpace(text, i - 1)) return i
  let i = at
  while (i > at - NUDGE && isInside(text, i)) i--
  return i
}

const isSpace = (text: string, at: number): boolean => /^\s$/.test(text.charAt(at))

/** Between the halves of a surrogate pair, or between a letter and the marks that belong to it. */
function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 0xdc00 && code <= 0xdfff) || MARK.test(text.slice(at, at + 2))
}
