import type { Content, Indicator, Lexicon, LureFamily, LureGuide } from '../assess/content.ts'

// What practitioners wrote, as the build found it. Vite reads these calls, so their options stand in each of them.
const indicators = import.meta.glob<Indicator>('../../content/indicators/*.yaml', {
  eager: true,
  import: 'default',
})
const lures = import.meta.glob<LureFamily | LureGuide>('../../content/lexicon/lure/*.yaml', {
  eager: true,
  import: 'default',
})
/** One file for each language, fetched when a text first needs it. */
const words = import.meta.glob<Lexicon>('../../content/lexicon/words/*.yaml', { import: 'default' })

/** Languages that share a lexicon. */
const SAME: Readonly<Record<string, string>> = { ms: 'id', fil: 'tl' }

const made = new Map<string, Promise<Content>>()

/**
 * Everything that assessing needs for texts in these languages (BCP 47 primary tags); English is always among them.
 * The same object for the same languages, because what is compiled from it is kept with it.
 */
export function contentFor(languages: readonly string[]): Promise<Content> {
  const wanted = ['en', ...languages].map((tag) => SAME[tag] ?? tag).filter((tag) => fileOf(tag) in words)
  const tags = [...new Set(wanted)].sort()
  const name = tags.join(' ')
  const content = made.get(name) ?? load(tags)
  made.set(name, content)
  // A language that could not be fetched, e.g. offline, is asked for again next time.
  content.catch(() => made.delete(name))
  return content
}

async function load(tags: readonly string[]): Promise<Content> {
  const lexicons = await Promise.all(tags.map((tag) => words[fileOf(tag)]?.()))
  const families = Object.values(lures)
  const guide = families.find((it): it is LureGuide => 'advertisement' in it)
  if (!guide) throw new Error('content/lexicon/lure/guide.yaml is missing')
  return {
    indicators: Object.values(indicators),
    lexicons: lexicons.filter((it) => it !== undefined),
    lures: families.filter((it): it is LureFamily => 'flags' in it),
    guide,
  }
}

function fileOf(tag: string): string {
  return `../../content/lexicon/words/${tag}.yaml`
}
