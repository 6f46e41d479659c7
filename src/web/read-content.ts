import common from 'content:common'
import { type LanguagePart, withParts } from '../assess/by-language.ts'
import type { Content } from '../assess/content.ts'

/**
 * What practitioners wrote, as the build found it: one file for each language, fetched when a text first needs it. Vite
 * reads this call, so its options stand in it.
 */
const parts = import.meta.glob<LanguagePart>('../../content/lexicon/words/*.yaml', {
  import: 'default',
  query: '?part',
})

/** Languages that share a lexicon. */
const SAME: Readonly<Record<string, string>> = { ms: 'id', fil: 'tl' }

const made = new Map<string, Promise<Content>>()

/**
 * Everything that assessing needs for texts in these languages (BCP 47 primary tags); English is always among them.
 * The same object for the same languages, because what is compiled from it is kept with it.
 */
export function contentFor(languages: readonly string[]): Promise<Content> {
  const wanted = ['en', ...languages].map((tag) => SAME[tag] ?? tag).filter((tag) => fileOf(tag) in parts)
  const tags = [...new Set(wanted)].sort()
  const name = tags.join(' ')
  const content = made.get(name) ?? load(tags)
  made.set(name, content)
  // A language that could not be fetched, e.g. offline, is asked for again next time.
  content.catch(() => made.delete(name))
  return content
}

async function load(tags: readonly string[]): Promise<Content> {
  const found = await Promise.all(tags.map((tag) => parts[fileOf(tag)]?.()))
  return withParts(
    common,
    found.filter((it) => it !== undefined),
  )
}

function fileOf(tag: string): string {
  return `../../content/lexicon/words/${tag}.yaml`
}
