/** What stands in a heap knows its next row. */
export interface Waiting {
  next: number
}

/** A binary heap: who has the earliest next row is first. */
export class Heap<W extends Waiting> {
  readonly #them: W[] = []

  get first(): W | undefined {
    return this.#them[0]
  }

  push(it: W): void {
    const them = this.#them
    let place = them.length
    while (place > 0) {
      const above = (place - 1) >>> 1
      const parent = them[above] as W
      if (parent.next <= it.next) break
      them[place] = parent
      place = above
    }
    them[place] = it
  }

  /** The first one's `next` has grown: it finds its new place. */
  sink(): void {
    const it = this.#them[0]
    if (it) this.#sinkFrom(it)
  }

  /** Takes the first one out. */
  pop(): void {
    const last = this.#them.pop()
    if (last && this.#them.length > 0) this.#sinkFrom(last)
  }

  #sinkFrom(it: W): void {
    const them = this.#them
    let place = 0
    for (;;) {
      let below = 2 * place + 1
      if (below >= them.length) break
      const right = them[below + 1]
      if (right && right.next < (them[below] as W).next) below++
      const child = them[below] as W
      if (child.next >= it.next) break
      them[place] = child
      place = below
    }
    them[place] = it
  }
}
