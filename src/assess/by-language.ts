import type { Content, Lexicon, PatternsByLanguage } from './content.ts'

/** What only texts in one language need: its word groups, and its lines of every table of patterns and sentences. */
export interface LanguagePart {
  readonly lexicon: Lexicon
  /** By table, in the order of `eachTable`; empty where the language has no line. */
  readonly lines: readonly (readonly string[])[]
}

/**
 * The content without the lines of any one language, so that a reader's device fetches only the languages it meets.
 * Every key keeps its place: the order of patterns is the order in which they are tried.
 */
export function commonOf(content: Content): Content {
  const common = eachTable(content, (table) => mapped(table, (lines, key) => (isOne(key) ? [] : lines)))
  return { ...common, lexicons: [] }
}

/** The part of a content that is in this language (BCP 47 primary tag). Throws when it has no lexicon. */
export function partOf(content: Content, language: string): LanguagePart {
  const lexicon = content.lexicons.find((it) => it.language === language)
  if (lexicon === undefined) throw new Error(`content/lexicon/words has no ${language}`)
  const lines: (readonly string[])[] = []
  eachTable(content, (table) => {
    lines.push(table[language] ?? [])
    return table
  })
  return { lexicon, lines }
}

/**
 * The content of these languages again.
 * Keeps    texts are assessed as with the whole content, as far as its other lexicons are left out.
 */
export function withParts(common: Content, parts: readonly LanguagePart[]): Content {
  let at = -1
  const content = eachTable(common, (table) => {
    at++
    return mapped(table, (lines, key) =>
      isOne(key) ? parts.find(({ lexicon }) => lexicon.language === key)?.lines[at] : lines,
    )
  })
  return { ...content, lexicons: parts.map(({ lexicon }) => lexicon) }
}

/** Lines for `all` or for several languages come with what is common. */
function isOne(key: string): boolean {
  return key !== 'all' && !key.includes(' ')
}

type Change = (table: PatternsByLanguage) => PatternsByLanguage

/** The content with each of its tables by language changed, always in the same order. */
function eachTable({ indicators, lexicons, lures, guide }: Content, change: Change): Content {
  const { advertisement, narrative, checks } = guide
  return {
    indicators: indicators.map((it) => ({
      ...it,
      patterns: change(it.patterns),
      ...(it.denials === undefined ? {} : { denials: change(it.denials) }),
    })),
    lexicons,
    lures: lures.map((family) => ({
      ...family,
      flags: family.flags.map((it) => ({ ...it, patterns: change(it.patterns) })),
    })),
    guide: {
      ...guide,
      advertisement: { strong: change(advertisement.strong), weak: change(advertisement.weak) },
      narrative: change(narrative),
      checks: change(checks),
    },
  }
}

function mapped(
  table: PatternsByLanguage,
  change: (lines: readonly string[], key: string) => readonly string[] | undefined,
): PatternsByLanguage {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, lines]) => {
      const kept = change(lines, key)
      return kept === undefined ? [] : [[key, kept] as const]
    }),
  )
}
