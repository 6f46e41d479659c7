const OPEN = '"“„«‘「『《'
const CLOSE = '"”“»’」』》'

const OPENING = new Set([...OPEN].map((sign) => sign.charCodeAt(0)))

export function isQuote(unit: number): boolean {
  return OPENING.has(unit)
}

/** Longest name in quotes, in UTF-16 units. */
const LONGEST = 40

/** What stands between quotes that open at `at`; null when they do not close on the same line. */
export function quotedAt(text: string, at: number): { start: number; end: number } | null {
  if (text[at] === "'") return singleQuotedAt(text, at)
  if (!isQuote(text.charCodeAt(at))) return null
  for (let i = at + 1; i < at + 2 + LONGEST; i++) {
    const sign = text[i]
    if (sign === undefined || sign === '\n') return null
    if (CLOSE.includes(sign)) return i - at > 2 ? { start: at + 1, end: i } : null
  }
  return null
}

/** The same between straight single quotes, which are apostrophes unless a blank stands in front and no letter behind. */
function singleQuotedAt(text: string, at: number): { start: number; end: number } | null {
  if (at > 0 && !/[\s(]/.test(text[at - 1] as string)) return null
  for (let i = at + 1; i < at + 2 + LONGEST; i++) {
    const sign = text[i]
    if (sign === undefined || sign === '\n') return null
    if (sign === "'" && !/[\p{L}\p{M}]/u.test(text[i + 1] ?? ''))
      return i - at > 2 ? { start: at + 1, end: i } : null
  }
  return null
}
