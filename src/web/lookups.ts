/** What was looked for elsewhere and found, or not found (null), by name. What was being looked for when it was forgotten stays forgotten. */
export class Lookups<T> {
  private readonly known = new Map<string, T | null>()
  private changes = 0

  /** Undefined: not looked yet. */
  get(name: string): T | null | undefined {
    return this.known.get(name)
  }

  /** This one and no other. */
  keep(name: string, value: T): void {
    this.forget()
    this.known.set(name, value)
  }

  forget(): void {
    this.changes++
    this.known.clear()
  }

  async find(name: string, look: (name: string) => Promise<T | null>): Promise<T | null> {
    for (;;) {
      const here = this.known.get(name)
      if (here !== undefined) return here
      const { changes } = this
      const found = await look(name)
      if (changes !== this.changes) continue // what was found may be what went meanwhile
      if (!this.known.has(name)) this.known.set(name, found)
    }
  }
}
