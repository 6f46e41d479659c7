/** A script of its own whose words only stand in texts that have a letter of it; Latin letters stand everywhere. */
export type WordScript = 'Thai' | 'Lao' | 'Khmer' | 'Myanmar' | 'Han' | 'Devanagari' | 'Bengali'

const LETTERS: Readonly<Record<WordScript, RegExp>> = {
  Thai: /\p{Script=Thai}/u,
  Lao: /\p{Script=Lao}/u,
  Khmer: /\p{Script=Khmer}/u,
  Myanmar: /\p{Script=Myanmar}/u,
  Han: /\p{Script=Han}/u,
  Devanagari: /\p{Script=Devanagari}/u,
  Bengali: /\p{Script=Bengali}/u,
}

export const WORD_SCRIPTS = Object.keys(LETTERS) as readonly WordScript[]

/** A letter as JSON may write it: \u0e01. */
const ESCAPED = /\\u([0-9a-f]{4})/gi

/** The scripts whose words a text may hold, in a fixed order; letters that JSON has escaped count. */
export function scriptsIn(text: string): WordScript[] {
  const written = text.includes('\\u')
    ? text +
      [...text.matchAll(ESCAPED)]
        .map(([, unit = '']) => String.fromCharCode(Number.parseInt(unit, 16)))
        .join('')
    : text
  return WORD_SCRIPTS.filter((script) => LETTERS[script].test(written))
}

/** Data of a compiled word list: what JSON can hold. */
export type Words = string | number | boolean | null | readonly Words[] | { readonly [key: string]: Words }

/**
 * A word list without the forms that are written in one of the scripts, which come with `formsOf`. A form is an element
 * of a list, a word of a string with blanks, an entry of the last column of a table (lines parted by tabs, entries by
 * `|`), or a key that stands for a number. What mixes two of the scripts stays.
 */
export function withoutScripts<T extends Words>(words: T): T {
  return kept(words, null) as T
}

/** The forms of one script, in the shape of the list they were taken from; undefined where there are none. */
export function formsOf(words: Words, script: WordScript): Words | undefined {
  return kept(words, script)
}

function scriptOf(form: string): WordScript | null {
  const [first, second] = WORD_SCRIPTS.filter((script) => LETTERS[script].test(form))
  return first === undefined || second !== undefined ? null : first
}

function kept(words: Words, script: WordScript | null): Words | undefined {
  if (typeof words === 'string') return keptOfText(words, script)
  if (words === null || typeof words !== 'object') return script === null ? words : undefined
  if (isList(words)) {
    if (!words.every((it) => typeof it === 'string'))
      return keptOfEntries(Object.entries(words), script, true)
    const forms = words.filter((it) => scriptOf(it) === script)
    return script === null || forms.length > 0 ? forms : undefined
  }
  return keptOfEntries(Object.entries(words), script, false)
}

type Entries = readonly (readonly [key: string, Words])[]

/** @param inList  the keys are places in a list, which the forms of a script keep */
function keptOfEntries(words: Entries, script: WordScript | null, inList: boolean): Words | undefined {
  const entries = words.flatMap(([key, it]) => {
    if (typeof it === 'number') return scriptOf(key) === script ? [[key, it] as const] : []
    const rest = kept(it, script)
    return rest === undefined ? [] : [[key, rest] as const]
  })
  if (script === null && inList) return entries.map(([, it]) => it)
  return script === null || entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function keptOfText(text: string, script: WordScript | null): string | undefined {
  if (text.includes('\t')) return keptOfTable(text, script)
  const words = text.split(/\s+/)
  if (words.length === 1 || words.every((it) => scriptOf(it) === null))
    return script === null ? text : undefined
  return filled(words.filter((it) => scriptOf(it) === script).join(' '), script)
}

function filled(text: string, script: WordScript | null): string | undefined {
  return script === null || text.trim() !== '' ? text : undefined
}

function keptOfTable(text: string, script: WordScript | null): string | undefined {
  const lines = text.split('\n').map((line) => {
    const column = line.lastIndexOf('\t') + 1
    const forms = line
      .slice(column)
      .split('|')
      .filter((it) => scriptOf(it) === script)
    return script === null ? line.slice(0, column) + forms.join('|') : forms.join('|')
  })
  return filled(lines.join('\n'), script)
}

/**
 * A word list with the forms of one script put back.
 * Keeps    with the forms of every script it has all forms of the whole list, those of one script in its order.
 */
export function withForms(words: Words, forms: Words | undefined): Words {
  if (forms === undefined) return words
  if (typeof words === 'string' && typeof forms === 'string') return joinedText(words, forms)
  if (words === null || forms === null || typeof words !== 'object' || typeof forms !== 'object') return words
  if (isList(forms)) return isList(words) ? [...words, ...forms] : words
  if (isList(words)) return words.map((it, i) => withForms(it, forms[String(i)]))
  const more = Object.entries(forms).filter(([key]) => !(key in words))
  return {
    ...Object.fromEntries(Object.entries(words).map(([key, it]) => [key, withForms(it, forms[key])])),
    ...Object.fromEntries(more),
  }
}

function joinedText(text: string, forms: string): string {
  if (!text.includes('\t')) return text === '' ? forms : `${text} ${forms}`
  const more = forms.split('\n')
  return text
    .split('\n')
    .map((line, i) => (more[i] ? `${line}${line.endsWith('\t') ? '' : '|'}${more[i]}` : line))
    .join('\n')
}

function isList(words: object): words is readonly Words[] {
  return Array.isArray(words)
}
