import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'

const ListShape = z.strictObject({
  mcc: z.array(z.string()).optional(),
  with: z.array(z.string()).default([]),
  words: z.record(z.string(), z.array(z.string().min(2))),
})
const FileShape = z.looseObject({ version: z.number() })
/** A name becomes part of a column's name in SQL. */
const ListsShape = z
  .record(z.string(), ListShape)
  .refine(
    (lists) => Object.keys(lists).every((it) => /^[a-z][a-z_]*$/.test(it)),
    'a name of a list is small letters',
  )

type Lists = Readonly<Record<string, z.infer<typeof ListShape>>>
let read: Lists | null = null
const patterns = new Map<string, string>()

/** Every list of `content/typologies/words.yaml` by name, read once; those with merchant categories are flags of a payment. */
export function wordLists(): Lists {
  if (read) return read
  read = listsIn(content('typologies/words.yaml'))
  return read
}

/** @throws `invalid` for what is no file of lists: its words become patterns, and its names part of SQL */
export function listsIn(file: unknown): Lists {
  const { version: _version, ...lists } = check(FileShape, file)
  return check(ListsShape, lists)
}

/**
 * Letters that a word must not stand between, by the script of the word. RE2 knows only ASCII in `\b`, others more: with
 * classes written out, every engine reads the edge alike. Scripts without spaces, and Korean, which joins nouns, have none.
 */
const LATIN = 'a-zß-öø-ɏ\u0300-\u036fḁ-ỹ'
const SCRIPTS: readonly [RegExp, string][] = [
  [/^[a-zß-ɏḁ-ỹ]/, LATIN],
  [/^[ऀ-ॿ]/, 'ऀ-ॿ'],
  [/^[ঀ-৿]/, 'ঀ-৿'],
]
/** Letters with a dot below that may be one character or two: neither Unicode form joins them again. */
const DOTTED: readonly [string, string][] = [
  ['ड\u093c', '\u095c'],
  ['ढ\u093c', '\u095d'],
  ['ख\u093c', '\u0959'],
  ['ज\u093c', '\u095b'],
  ['फ\u093c', '\u095e'],
  ['क\u093c', '\u0958'],
  ['ড\u09bc', '\u09dc'],
  ['ঢ\u09bc', '\u09dd'],
  ['য\u09bc', '\u09df'],
]

/** A word in each form in which a file may write it. */
function forms(word: string): string[] {
  const [composed, apart] = [word.normalize('NFC'), word.normalize('NFD')]
  const dotted = DOTTED.reduce((text, [two, one]) => text.replaceAll(two, one), composed)
  return [...new Set([composed, apart, dotted])]
}

interface Edges {
  readonly left: string
  readonly right: string
}
const WORD = /^([*^]?)([^*^$![\](){}|\\?+.]+?)([*$]?)(?:!([^*^$![\](){}|\\?+.-]+))?$/

/** One written word as its text and what must stand beside it: `*` anything, `^` the start, `$` no further letter, `!x` not x. */
function readWord(written: string): { readonly text: string; readonly edges: Edges } {
  const [, before, text = '', after, not] = WORD.exec(written) ?? []
  if (text === '')
    throw new HouseError(
      'invalid',
      `content/typologies/words.yaml: “${written}”: not a word that can be read`,
    )
  const letters = SCRIPTS.find(([begin]) => begin.test(text))?.[1]
  const edge = letters ? `[^${letters}]` : ''
  const left = before === '^' ? '^' : before === '*' || !letters ? '' : `(?:^|${edge})`
  if (after === '$') return { text, edges: { left, right: letters ? `${edge}*$` : '$' } }
  if (not) return { text, edges: { left, right: `(?:[^${not}]|$)` } }
  return { text, edges: { left, right: after === '*' || !letters ? '' : `(?:${edge}|$)` } }
}

/** The regular expression of a list: words that share their edges stand together. A space may be a hyphen or nothing. */
export function compiled(words: readonly string[]): string {
  const groups = Map.groupBy(
    [...new Set(words)].map(readWord),
    ({ edges }) => `${edges.left}\t${edges.right}`,
  )
  const alternatives = [...groups.values()].map((group) => {
    const { left = '', right = '' } = group[0]?.edges ?? {}
    const texts = [...new Set(group.flatMap(({ text }) => forms(text)))].sort()
    return `${left}(?:${texts.join('|').replaceAll(' ', '[ _-]?')})${right}`
  })
  return alternatives.join('|')
}

/**
 * The regular expression by which DuckDB (RE2), Trino and JavaScript find the words of a list in a text in lower case.
 * @throws `invalid` for a list that is not there, or a word that cannot be read
 */
export function wordPattern(name: string): string {
  const lists = wordLists()
  const wordsOf = (it: string): string[] => {
    const list = lists[it]
    if (!list) throw new HouseError('invalid', `:words_${it}: there is no such list in words.yaml`)
    return [...Object.values(list.words).flat(), ...list.with.flatMap(wordsOf)]
  }
  const known = patterns.get(name) ?? compiled(wordsOf(name))
  patterns.set(name, known)
  return known
}

/** `:words_NAME` in a rule's or an excuse's SQL, as the literal that stands in its place. */
export const boundWords = (sql: string): string =>
  sql.replace(
    /(?<![:\w]):words_([a-z_]+)/g,
    (_, name: string) => `'${wordPattern(name).replaceAll("'", "''")}'`,
  )
