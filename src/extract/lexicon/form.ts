import { isEdge } from '../script.ts'

/** What a marked form of a word list asks for beside its letters. */
export interface Marks {
  /** The form must be written exactly so, capitals and accents included. */
  readonly exact: string | null
  /** Languages whose texts it counts in; null: all. */
  readonly languages: readonly string[] | null
}

/** Reads `=form@vi,id`; the `@` mark is the last one, so that forms may hold an `@` of their own only in front of it. */
export function parseForm(marked: string): { form: string; marks: Marks } {
  const at = marked.lastIndexOf('@')
  const languages = at > 0 ? marked.slice(at + 1).split(',') : null
  const written = at > 0 ? marked.slice(0, at) : marked
  const exact = written.startsWith('=') && written.length > 1
  const form = exact ? written.slice(1) : written
  return { form, marks: { exact: exact ? form : null, languages } }
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

export function isExact({ exact }: Marks, written: string): boolean {
  return exact === null || written.normalize('NFC') === exact
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
