/** A list of the desk: what stands in one place. */
export interface DeskList<T> {
  readonly place: string
  readonly title: string
  readonly rows: readonly T[]
}

/** What of the desk is shown; '' is everything. The words typed are never kept. */
export interface DeskFilter {
  readonly place: string
  /** Name of the organisation on the other side. */
  readonly other: string
  readonly text: string
}

export const EVERYTHING: DeskFilter = { place: '', other: '', text: '' }

/** What a row is found by. */
export interface RowWords {
  readonly other: string
  readonly text: string
}

/** The lists with the rows that fit; empty ones are left out. Every word typed must stand somewhere in the row. */
export function siftLists<T>(
  lists: readonly DeskList<T>[],
  { place, other, text }: DeskFilter,
  wordsOf: (row: T) => RowWords,
): DeskList<T>[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const fits = (row: T) => {
    const said = wordsOf(row)
    const all = fold(`${said.other} ${said.text}`)
    return (other === '' || said.other === other) && words.every((word) => all.includes(word))
  }
  return lists
    .filter((list) => place === '' || list.place === place)
    .map((list) => ({ ...list, rows: list.rows.filter(fits) }))
    .filter(({ rows }) => rows.length > 0)
}

/** Rows that wait for this person and that the filter hides: nobody must miss one over a filter of yesterday. */
export function hiddenOf<T>(
  lists: readonly DeskList<T>[],
  shown: readonly DeskList<T>[],
  waits: readonly string[],
): number {
  const count = (these: readonly DeskList<T>[]) =>
    these.filter(({ place }) => waits.includes(place)).reduce((sum, { rows }) => sum + rows.length, 0)
  return count(lists) - count(shown)
}

/** Without case, accents, and the blanks and commas that stand inside amounts and numbers. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\d)[,\s](?=\d)/g, '')
    .toLowerCase()
}

/** A filter that somebody kept, under the words that say what it shows. */
export type KeptFilter = Omit<DeskFilter, 'text'>

export function sameFilter(a: KeptFilter, b: KeptFilter): boolean {
  return a.place === b.place && a.other === b.other
}
