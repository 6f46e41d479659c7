import { isEdge } from '../script.ts'

/** What a marked form of a word list asks for beside its letters. */
export interface Marks {
  /** The form must be written exactly so: accents included, and capitals too unless `anyCase`. */
  readonly exact: string | null
  readonly anyCase: boolean
  /** Languages whose texts it counts in; null: all. */
  readonly languages: readonly string[] | null
}

/** Reads `=form@vi,id` and `~form`; the `@` mark is the last one, so that forms may hold an `@` of their own only in front of it. */
export function parseForm(marked: string): { form: string; marks: Marks } {
  const at = marked.lastIndexOf('@')
  const languages = at > 0 ? marked.slice(at + 1).split(',') : null
  const written = at > 0 ? marked.slice(0, at) : marked
  const sign = written.length > 1 ? written[0] : ''
  const exact = sign === '=' || sign === '~'
  const form = exact ? written.slice(1) : written
  return { form, marks: { exact: exact ? form : null, anyCase: sign === '~', languages } }
}

/** A group of a regular expression in which any form of a list may stand, the first that fits; of an empty list none does. */
export function anyOf(list: readonly string[]): string {
  if (list.length === 0) return '(?!)'
  return `(?:${list.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
}

/** Ways in which Lao sara am is written: one sign, or a ring and an aa. Lists hold the first. */
export function spellings(form: string): string[] {
  return form.includes('\u0eb3') ? [form, form.replaceAll('\u0eb3', '\u0ecd\u0eb2')] : [form]
}

/** The languages of a text, see `languagesIn`. */
export type Languages = ReadonlySet<string>

export function inLanguage({ languages }: Marks, present: Languages): boolean {
  return languages === null || languages.some((language) => present.has(language))
}

/** Whether a hit between two offsets is written as its marks ask. */
export function isExact(
  { exact, anyCase }: Marks,
  text: string,
  { start, end }: { start: number; end: number },
): boolean {
  if (exact === null) return true
  const written = text.slice(start, end).normalize('NFC')
  return (anyCase ? written.toLowerCase() : written) === exact
}

/** Case endings that Bengali writes on to a word. */
const BENGALI_ENDING = /(?:গুলো|গুলি|টাই|টাকে|টার|টা|টি|দের|ের|েও|েই|তে|কে|রা|য়ে|য়|য়|র|ে|ও|ই|সহ)/y

/** Whether a listed word ends at `end`: at an edge, or with an ending of its language behind it. */
export function endsWord(text: string, end: number): boolean {
  if (isEdge(text, end)) return true
  const unit = text.charCodeAt(end)
  if (unit < 0x0980 || unit > 0x09ff) return false
  BENGALI_ENDING.lastIndex = end
  const found = BENGALI_ENDING.exec(text)
  return found !== null && isEdge(text, end + found[0].length)
}
