import { colonIn, type Header, type Line, tidyName } from './shape.ts'

/** Longest name in `Name: words`, in UTF-16 units, and in words. */
const LONGEST = 32
const MOST_WORDS = 4
/** The share of lines that must have one. */
const MOST_LINES = 0.6

/**
 * A conversation copied as `Name: words`, without times. A form of `Label: value` lines looks alike, so it is believed
 * only when at least two names speak, each line has one, and names come back.
 */
export function spokenHeaders(text: string, lines: readonly Line[]): Header[] {
  const filled = lines.filter(({ start, end }) => end > start)
  const colons = filled.filter((line) => colonIn(text, line, LONGEST + 1) > line.start).length
  if (colons < 3 || colons < filled.length * MOST_LINES) return []
  const headers = filled.flatMap((line) => spokenHeader(text, line) ?? [])
  const turns = new Map<string, number>()
  for (const { speaker } of headers) turns.set(speaker ?? '', (turns.get(speaker ?? '') ?? 0) + 1)
  const returning = [...turns.values()].filter((n) => n > 1).length
  const believed =
    headers.length >= 3 && turns.size >= 2 && returning >= 1 && headers.length >= turns.size * 1.5
  return believed && headers.length >= filled.length * MOST_LINES ? headers : []
}

function spokenHeader(text: string, { start, end }: Line): Header | null {
  const line = text.slice(start, Math.min(end, start + LONGEST + 2))
  const colon = line.indexOf(': ')
  if (colon <= 0 || colon > LONGEST || !/^\p{L}/u.test(line) || /[/@<>"[\]=]/.test(line.slice(0, colon)))
    return null
  const speaker = tidyName(line.slice(0, colon))
  if (speaker.split(/\s+/).length > MOST_WORDS) return null
  return { start, end: start + colon + 2, speaker, stamp: null }
}
