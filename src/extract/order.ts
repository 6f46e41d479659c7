/** Lists up to this long are put in order by insertion: they come from finders that are in order themselves. */
const SHORT = 48

/** Puts a list in the order of its starts, those of one place as they came. */
export function inOrder<T extends { readonly start: number }>(list: T[]): T[] {
  if (list.length > SHORT) return isOrdered(list) ? list : list.sort((a, b) => a.start - b.start)
  for (let i = 1; i < list.length; i++) {
    const it = list[i] as T
    let k = i
    for (; k > 0 && (list[k - 1] as T).start > it.start; k--) list[k] = list[k - 1] as T
    list[k] = it
  }
  return list
}

function isOrdered(list: readonly { readonly start: number }[]): boolean {
  let before = 0
  for (let i = 0; i < list.length; i++) {
    const { start } = list[i] as { readonly start: number }
    if (start < before) return false
    before = start
  }
  return true
}
