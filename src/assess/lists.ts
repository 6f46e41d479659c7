/** Many short lists of numbers, laid one behind the other: list `i` is `items[first[i]]` to `items[first[i + 1] - 1]`. */
export interface Lists {
  readonly first: Int32Array
  readonly items: Int32Array
}

/** The lists that `each` names, in their order. */
export function listsOf(each: readonly (readonly number[] | undefined)[]): Lists {
  const first = new Int32Array(each.length + 1)
  for (let i = 0; i < each.length; i++) first[i + 1] = (first[i] as number) + (each[i]?.length ?? 0)
  const items = new Int32Array(first[each.length] as number)
  for (let i = 0; i < each.length; i++) {
    const list = each[i]
    if (list === undefined) continue
    const start = first[i] as number
    for (let k = 0; k < list.length; k++) items[start + k] = list[k] as number
  }
  return { first, items }
}

/** Numbers under keys from 0 to `count - 1`, gathered in the order in which they were added. */
export class ListsBuilder {
  private readonly keys: number[] = []
  private readonly values: number[] = []

  add(key: number, value: number): void {
    this.keys.push(key)
    this.values.push(value)
  }

  build(count: number): Lists {
    const { keys, values } = this
    const first = new Int32Array(count + 1)
    for (let i = 0; i < keys.length; i++) {
      const after = (keys[i] as number) + 1
      first[after] = (first[after] as number) + 1
    }
    for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number)
    const next = first.slice(0, count)
    const items = new Int32Array(keys.length)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      const at = next[key] as number
      items[at] = values[i] as number
      next[key] = at + 1
    }
    return { first, items }
  }
}

/** Whether some number of list `i` passes. */
export function someOf({ first, items }: Lists, i: number, passes: (item: number) => boolean): boolean {
  const end = first[i + 1] ?? 0
  for (let at = first[i] ?? 0; at < end; at++) if (passes(items[at] ?? 0)) return true
  return false
}

/** How many numbers list `i` has. */
export function sizeOf({ first }: Lists, i: number): number {
  return (first[i + 1] ?? 0) - (first[i] ?? 0)
}
