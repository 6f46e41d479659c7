import type { Words } from './by-script.ts'

/**
 * Long texts of a word list in forms that compress better: of a table (lines of the same number of cells, parted by
 * tabs) its columns one after the other, of names parted by `|` how many letters each shares with the one before.
 * Keeps    `unpacked(packed(words))` equals `words`.
 */
export function packed(words: Words): Words {
  return mapped(words, (text) => {
    if (text.includes('\t')) return isTable(text) ? TABLE + columnsOf(text) : text
    return isNames(text) ? NAMES + shared(text.split('|')) : text
  })
}

export function unpacked(words: Words): Words {
  return mapped(words, (text) => {
    if (text.startsWith(TABLE)) return rowsOf(text.slice(1))
    return text.startsWith(NAMES) ? spelled(text.slice(1)) : text
  })
}

/** Marks, in front of a text, of its form; no list holds such signs. */
const TABLE = '\u0001'
const NAMES = '\u0002'
const FEWEST = 20

/** Texts that stand in objects, as deep as those go; lists hold forms, which are short. */
function mapped(words: Words, change: (text: string) => string): Words {
  if (typeof words === 'string') return change(words)
  if (words === null || typeof words !== 'object' || Array.isArray(words)) return words
  return Object.fromEntries(Object.entries(words).map(([key, it]) => [key, mapped(it, change)]))
}

function isTable(text: string): boolean {
  const widths = new Set(text.split('\n').map((line) => line.split('\t').length))
  return widths.size === 1
}

function columnsOf(text: string): string {
  const rows = text.split('\n').map((line) => line.split('\t'))
  const columns = rows[0]?.map((_, i) => rows.map((cells) => cells[i] ?? '').join('\n')) ?? []
  return columns.join('\t')
}

function rowsOf(text: string): string {
  const columns = text.split('\t').map((column) => column.split('\n'))
  return (columns[0] ?? []).map((_, i) => columns.map((cells) => cells[i] ?? '').join('\t')).join('\n')
}

/** Digits count letters, so that names with digits stay as they are. */
function isNames(text: string): boolean {
  return !/\d/.test(text) && text.split('|').length >= FEWEST
}

const MOST_SHARED = 9

function shared(names: readonly string[]): string {
  return names
    .map((name, i) => {
      const before = names[i - 1] ?? ''
      let count = 0
      while (count < MOST_SHARED && count < before.length && name[count] === before[count]) count++
      return count + name.slice(count)
    })
    .join('')
}

function spelled(text: string): string {
  let before = ''
  return [...text.matchAll(/(\d)(\D*)/g)]
    .map(([, count, rest]) => {
      before = before.slice(0, Number(count)) + rest
      return before
    })
    .join('|')
}
