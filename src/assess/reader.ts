import { Finds } from './finds.ts'
import type { Mood, Rules } from './rules.ts'
import { CLASS, canEnd, DIGIT, DOT, digitOf, ticksOf, unitOf, WORD, WORD_TICKS } from './script.ts'
import { Sorter } from './sorter.ts'
import { atomsOfWord } from './vocabulary.ts'

const MEMO_LIMIT = 50_000
const LONG_WORD = 40
/** Digits beyond these do not change which range a number is in. */
const DIGITS_READ = 12

/**
 * One sentence as it is read: what was found in it, where, and in which groups. Reused for every sentence, so what a
 * caller wants to keep must be copied. Positions `from` and `to` are in ticks, `start` and `end` in UTF-16 units.
 */
export class SentenceReader {
  readonly rules: Rules
  text = ''
  start = -1
  end = -1
  /** Ticks read so far. */
  ticks = 0
  words = 0
  question = false
  /** Ticks at which a clause ends. */
  readonly pauses: number[] = []
  /** How many small words of each language it holds, once that was asked (`mood.ts`). */
  readonly smallWords = new Map<Mood, number>()
  readonly #raw = new Finds()
  readonly #sorter: Sorter
  #stirred = false
  #mixed = false
  /** Offsets of the letters of the run being read, without invisible ones. */
  readonly #offsets: number[] = []

  constructor(rules: Rules) {
    this.rules = rules
    this.#sorter = new Sorter(rules)
  }

  get hitTerm(): Int32Array {
    return this.#sorter.hits.what
  }
  get hitFrom(): Int32Array {
    return this.#sorter.hits.from
  }
  get hitTo(): Int32Array {
    return this.#sorter.hits.to
  }
  get hitStart(): Int32Array {
    return this.#sorter.hits.start
  }
  get hitEnd(): Int32Array {
    return this.#sorter.hits.end
  }

  /** Hits of a group, in order; empty for -1. Known after `settle`. */
  hits(group: number): readonly number[] {
    return this.#sorter.list(group)
  }

  /** Groups that occur in this sentence. */
  get groups(): readonly number[] {
    return this.#sorter.touched
  }

  reset(): void {
    this.start = -1
    this.ticks = 0
    this.words = 0
    this.question = false
    if (this.pauses.length > 0) this.pauses.length = 0
    this.#raw.count = 0
    this.#sorter.clear()
    if (this.smallWords.size > 0) this.smallWords.clear()
    this.#stirred = false
    this.#mixed = false
  }

  /** A word of a script with spaces, or a number. */
  word(start: number, end: number): void {
    if (this.start < 0) this.start = start
    this.end = end
    const from = this.ticks
    this.ticks += WORD_TICKS
    this.words++
    const atoms = this.#atoms(this.text.slice(start, end))
    if (atoms === null) return
    for (const atom of atoms) {
      this.#raw.add(atom, from, this.ticks)
      this.#raw.place(start, end)
      if (this.rules.stirs[atom] === 1) this.#stirred = true
    }
  }

  /** A number in figures: also found in every range that holds it. */
  number(start: number, end: number): void {
    const from = this.ticks
    this.word(start, end)
    let value = 0
    for (let i = start; i < end && i < start + DIGITS_READ; i++) {
      const code = this.text.charCodeAt(i)
      if (CLASS[code] === DIGIT) value = value * 10 + digitOf(code)
      else if (CLASS[code] === DOT) break
    }
    // "gr8" and "b4" are words; "USD500" and "16yo" hold numbers.
    if (value < 100 && CLASS[this.text.charCodeAt(start - 1)] === WORD) return
    this.#raw.add(-1 - Math.min(value, 2_000_000_000), from, this.ticks)
    this.#raw.place(start, end)
    this.#stirred = true
  }

  /** Letters of one script without spaces, from `start` to `end`; at most a few thousand. */
  run(start: number, end: number, kind: number): void {
    if (this.start < 0) this.start = start
    this.end = end
    const { runs, same } = this.rules.vocabulary
    const offsets = this.#offsets
    offsets.length = 0
    let state = 0
    for (let i = start; i < end; i++) {
      const code = this.text.charCodeAt(i)
      if (CLASS[code] !== kind) continue
      offsets.push(i)
      state = runs.step(state, unitOf(same, this.text, i))
      if (state !== 0 && runs.ends(state)) this.#runEnds(state, i + 1, kind)
    }
    this.ticks += offsets.length * ticksOf(kind)
    this.words += (offsets.length * ticksOf(kind)) / WORD_TICKS
  }

  pause(): void {
    this.pauses.push(this.ticks)
    this.ticks += 1
  }

  /** Sorts what was found into terms and groups. False when no rule can be met here, unless it is `wanted`. */
  settle(wanted = false): boolean {
    if (!wanted && !this.#stirred) return false
    if (!this.#sorter.isPromising(this.#raw) && !wanted) return false
    this.#sorter.sort(this.#raw, this.#mixed)
    return true
  }

  #runEnds(state: number, end: number, kind: number): void {
    const { runs, runLength, runAtom } = this.rules.vocabulary
    const last = this.#offsets.length
    const each = ticksOf(kind)
    runs.endings(state, (key) => {
      const first = last - (runLength[key] ?? 1)
      const at = this.#offsets[first] ?? 0
      if (!this.#isWhole(at, end)) return
      const atom = runAtom[key] ?? 0
      this.#mixed = true
      this.#raw.add(atom, this.ticks + first * each, this.ticks + last * each)
      this.#raw.place(at, end)
      if (this.rules.stirs[atom] === 1) this.#stirred = true
    })
  }

  #atoms(word: string): Int32Array | null {
    const { memo, vocabulary } = this.rules
    const known = memo.get(word)
    if (known !== undefined) return known
    const atoms = atomsOfWord(vocabulary, word)
    if (word.length <= LONG_WORD) {
      if (memo.size >= MEMO_LIMIT) memo.clear()
      memo.set(word, atoms)
    }
    return atoms
  }

  #isWhole(start: number, end: number): boolean {
    const text = this.text
    const first = text.charCodeAt(start)
    return (
      (start === 0 || canEnd(text.charCodeAt(start - 1), first, 0)) &&
      (end >= text.length || canEnd(text.charCodeAt(end - 1), text.charCodeAt(end), text.charCodeAt(end + 1)))
    )
  }
}
