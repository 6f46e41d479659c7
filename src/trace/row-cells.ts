/** The cells of one record of a CSV (RFC 4180), quotation marks taken off. */
export function cellsOf(record: string, separator: string): string[] {
  if (!record.includes('"')) return record.split(separator)
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell: string
    if (record[at] === '"') {
      let close = at + 1
      while (close < record.length && !(record[close] === '"' && record[close + 1] !== '"'))
        close += record[close] === '"' ? 2 : 1
      cell = record.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
    } else {
      const end = record.indexOf(separator, at)
      cell = record.slice(at, end < 0 ? record.length : end)
      at = end < 0 ? record.length : end
    }
    cells.push(cell)
    const next = record.indexOf(separator, at)
    if (next < 0 || at >= record.length) return cells
    at = next + 1
  }
}

/** The sign that parts the columns of a first line. */
export const separatorOf = (record: string) =>
  [',', ';', '\t', '|'].reduce((a, b) => (record.split(b).length > record.split(a).length ? b : a))

/** Numbers in a list that grows; the parts of a column before it is whole. */
export class Growing {
  numbers = new Float64Array(1 << 14)
  length = 0
  push(it: number): void {
    if (this.length === this.numbers.length) {
      const more = new Float64Array(this.length * 2)
      more.set(this.numbers)
      this.numbers = more
    }
    this.numbers[this.length++] = it
  }
}

/** Names as numbers, in the order in which they were first seen. */
export class Names {
  readonly all: string[] = []
  readonly #places = new Map<string, number>()
  place(name: string): number {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.all.length
      this.all.push(name)
      this.#places.set(name, place)
    }
    return place
  }
  find = (name: string) => this.#places.get(name) ?? -1
}

/** Finds records in text that comes in pieces: a line's end inside quotation marks ends none. */
export class Records {
  #rest = ''
  #line = 0

  /** Takes the records that are whole now, each with the line on which it ends. */
  feed(text: string, take: (record: string, line: number) => void): void {
    this.#rest += text
    let from = 0
    for (let end = this.#end(from); end >= 0; end = this.#end(from)) {
      this.#give(this.#rest.slice(from, end), take)
      from = end + 1
    }
    this.#rest = this.#rest.slice(from)
  }

  /** Takes what is left as the last record. */
  end(take: (record: string, line: number) => void): void {
    if (this.#rest.trim() !== '') this.#give(this.#rest, take)
    this.#rest = ''
  }

  #give(text: string, take: (record: string, line: number) => void): void {
    this.#line++
    const line = this.#line
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#line++
    const record = text.endsWith('\r') ? text.slice(0, -1) : text
    if (record.trim() !== '') take(record, line)
  }

  /** Where the record that begins at `from` ends; -1 when it is not whole yet. */
  #end(from: number): number {
    let end = this.#rest.indexOf('\n', from)
    let quote = this.#rest.indexOf('"', from)
    if (end < 0 || quote < 0 || quote > end) return end
    let open = false
    let at = from
    while (quote >= 0 && end >= 0) {
      if (open || quote < end) {
        open = !open
        at = quote + 1
        quote = this.#rest.indexOf('"', at)
        if (!open && end < at) end = this.#rest.indexOf('\n', at)
      } else return end
    }
    return open ? -1 : end
  }
}
