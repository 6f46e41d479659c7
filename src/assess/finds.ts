const START = 1_024

/**
 * What was found in one sentence, in columns that keep their memory from sentence to sentence: arrays cut to nothing
 * would be made anew each time, and reading long texts would be mostly that.
 */
export class Finds {
  count = 0
  /** An atom, a term, or for a number its negative code. */
  what = new Int32Array(START)
  /** First and last position in ticks. */
  from = new Int32Array(START)
  to = new Int32Array(START)
  /** First and last position in the text, UTF-16. */
  start = new Int32Array(START)
  end = new Int32Array(START)

  /** Adds one and returns its number; `place` says where it stands in the text. */
  add(what: number, from: number, to: number): number {
    const i = this.count++
    if (i === this.what.length) this.#grow()
    this.what[i] = what
    this.from[i] = from
    this.to[i] = to
    return i
  }

  /** Where the last one stands in the text. */
  place(start: number, end: number): void {
    this.start[this.count - 1] = start
    this.end[this.count - 1] = end
  }

  #grow(): void {
    const wider = (old: Int32Array<ArrayBuffer>) => {
      const fresh = new Int32Array(old.length * 2)
      fresh.set(old)
      return fresh
    }
    this.what = wider(this.what)
    this.from = wider(this.from)
    this.to = wider(this.to)
    this.start = wider(this.start)
    this.end = wider(this.end)
  }
}
