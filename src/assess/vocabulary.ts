import { HouseError } from '../core/errors.ts'
import { type Automaton, buildAutomaton } from './automaton.ts'
import type { Lexicon } from './content.ts'
import { type Lists, ListsBuilder, listsOf } from './lists.ts'
import { CLASS, CURRENCY, DIGIT, foldWord, INNER, unitOf, unspaced, WORD, withoutMarks } from './script.ts'

/** Marks the edges of a word inside the automaton, so that `*` can leave one open. */
const OPEN = '\u0002'
const SHUT = '\u0003'

/** One thing that can be found: a word, a part of a word, or letters of a script without spaces. */
export interface Vocabulary {
  readonly words: Automaton
  readonly runs: Automaton
  /** Length in code units of each run atom; the automaton tells only where it ends. */
  readonly runLength: Int32Array
  /** Atom -> groups of the terms that are this atom alone, number ranges included. */
  readonly atomGroups: Lists
  /** Atom -> terms of several words of which it is the longest. */
  readonly phrases: Lists
  /** Term -> its groups and number ranges. */
  readonly allGroups: Lists
  /** Letters of each atom. */
  readonly atomLength: Uint16Array
  /** Automaton key -> atom. */
  readonly wordAtom: Int32Array
  readonly runAtom: Int32Array
  /** Atom -> terms that are this atom alone, and terms that begin with it. */
  readonly single: Lists
  readonly begins: Lists
  /** Term -> its atoms, its groups, its number value (NaN when it is none), and what was written. */
  readonly termAtoms: Lists
  readonly termGroups: Lists
  readonly termValue: Float64Array
  readonly termText: readonly string[]
  readonly ranges: readonly Range[]
  /** Character as it is compared: traditional Han read as simplified. */
  readonly same: Uint16Array
  readonly endings: readonly Endings[]
  readonly groupCount: number
}

/** Endings that one language hangs on its words ("paspor", "paspornya"), and which atoms are words of it (1). */
export interface Endings {
  readonly written: readonly string[]
  readonly isOfLanguage: Uint8Array
}

export interface Range {
  readonly min: number
  readonly max: number
  readonly group: number
}

/** A shorter word is more often another word than a stem: Indonesian "punya" is no "pu". */
const SHORTEST_STEM = 4

const EVERY_UNIT = new Uint16Array(0x10000)
for (let unit = 0; unit < EVERY_UNIT.length; unit++) EVERY_UNIT[unit] = unit

/** Collects terms and groups from lexicons and patterns, then freezes them into a `Vocabulary`. */
export class VocabularyBuilder {
  readonly same = EVERY_UNIT.slice()
  readonly #groups = new Map<string, number>()
  readonly #atoms = new Map<string, number>()
  readonly #terms = new Map<string, number>()
  readonly #termAtoms: number[][] = []
  readonly #termGroups: number[][] = []
  readonly #termValue: number[] = []
  readonly #termText: string[] = []
  readonly #ranges: Range[] = []
  /** Language -> its endings, and the terms they may hang on. */
  readonly #endings = new Map<string, { written: readonly string[]; terms: Set<number> }>()

  constructor(lexicons: readonly Lexicon[]) {
    for (const lexicon of lexicons) {
      for (const pair of lexicon.same ?? [])
        for (let i = 0; i + 1 < pair.length; i += 2) this.same[pair.charCodeAt(i)] = pair.charCodeAt(i + 1)
      if (lexicon.endings)
        this.#endings.set(lexicon.language, { written: lexicon.endings.map(foldWord), terms: new Set() })
    }
  }

  /** The group of a lexicon by name, made on first use; null when this language has none. */
  group(lexicon: Lexicon, name: string, plain = false): number | null {
    const key = `${lexicon.language}${plain ? '-plain' : ''} @${name}`
    const there = this.#groups.get(key)
    if (there !== undefined) return there
    const terms = lexicon.groups[name]
    if (terms === undefined) return null
    const id = this.#newGroup(key)
    this.#fill({ id, lexicon, plain }, flatten(lexicon, terms, [name]))
    return id
  }

  /** A group of these words of this language; `plain` reads them without tone marks. */
  choice(lexicon: Lexicon, written: readonly string[], plain = false): number {
    const [only] = written
    if (written.length === 1 && only?.startsWith('@')) {
      const id = this.group(lexicon, only.slice(1), plain)
      if (id !== null) return id
    }
    const key = `${lexicon.language}${plain ? '-plain' : ''} ${written.join('|')}`
    const there = this.#groups.get(key)
    if (there !== undefined) return there
    const terms = flatten(lexicon, written, [])
    const id = this.#newGroup(key)
    this.#fill({ id, lexicon, plain }, terms)
    return id
  }

  #fill({ id, lexicon, plain }: { id: number; lexicon: Lexicon; plain: boolean }, terms: readonly string[]) {
    const ended = this.#endings.get(lexicon.language)
    for (const written of new Set(terms)) {
      const term = this.#term(plain ? withoutMarks(String(written).normalize('NFC')) : String(written))
      const groups = this.#termGroups[term]
      if (groups && groups.at(-1) !== id) groups.push(id)
      ended?.terms.add(term)
    }
  }

  /** A group of all numbers from `min` to `max`. */
  range(min: number, max: number): number {
    const key = `#${min}-${max}`
    const there = this.#groups.get(key)
    if (there !== undefined) return there
    const group = this.#newGroup(key)
    this.#ranges.push({ min, max, group })
    return group
  }

  numbers(lexicon: Lexicon): void {
    for (const [value, words] of Object.entries(lexicon.numbers ?? {}))
      for (const word of words) this.#termValue[this.#term(word)] = Number(value)
  }

  build(): Vocabulary {
    const words: string[] = []
    const runs: string[] = []
    const wordAtom: number[] = []
    const runAtom: number[] = []
    for (const [key, atom] of this.#atoms) {
      const isRun = key.startsWith('r')
      ;(isRun ? runs : words).push(key.slice(1))
      ;(isRun ? runAtom : wordAtom).push(atom)
    }
    const atomCount = this.#atoms.size
    const single = new ListsBuilder()
    const begins = new ListsBuilder()
    for (let term = 0; term < this.#termAtoms.length; term++) {
      const atoms = this.#termAtoms[term] ?? []
      const first = atoms[0]
      if (first !== undefined) (atoms.length === 1 ? single : begins).add(first, term)
    }
    const singles = single.build(atomCount)
    const atomLength = Uint16Array.from(this.#atoms.keys(), (key) => key.length)
    return {
      words: buildAutomaton(words),
      runs: buildAutomaton(runs),
      runLength: Int32Array.from(runs, (run) => run.length),
      wordAtom: Int32Array.from(wordAtom),
      runAtom: Int32Array.from(runAtom),
      atomGroups: this.#groupsOfAtoms(singles),
      phrases: this.#byLongest(atomLength),
      allGroups: this.#groupsOfTerms(),
      atomLength,
      single: singles,
      begins: begins.build(atomCount),
      termAtoms: listsOf(this.#termAtoms),
      termGroups: listsOf(this.#termGroups),
      termValue: Float64Array.from(this.#termValue),
      termText: this.#termText,
      ranges: this.#ranges,
      same: this.same,
      endings: [...this.#endings.values()].map((ended) => this.#endingsOf(ended)),
      groupCount: this.#groups.size,
    }
  }

  #endingsOf({ written, terms }: { written: readonly string[]; terms: ReadonlySet<number> }): Endings {
    const isOfLanguage = new Uint8Array(this.#atoms.size)
    for (const term of terms) for (const atom of this.#termAtoms[term] ?? []) isOfLanguage[atom] = 1
    return { written, isOfLanguage }
  }

  #byLongest(lengths: Uint16Array): Lists {
    const byLongest = new ListsBuilder()
    for (let term = 0; term < this.#termAtoms.length; term++) {
      const atoms = this.#termAtoms[term] as readonly number[]
      if (atoms.length > 1) byLongest.add(longest(atoms, lengths), term)
    }
    return byLongest.build(lengths.length)
  }

  #groupsOfTerms(): Lists {
    const groups = new ListsBuilder()
    for (let term = 0; term < this.#termAtoms.length; term++) {
      const own = this.#groupsOf(term)
      for (let i = 0; i < own.length; i++) groups.add(term, own[i] as number)
    }
    return groups.build(this.#termAtoms.length)
  }

  /** Each group once, in the order of the terms. */
  #groupsOfAtoms({ first, items }: Lists): Lists {
    const groups = new ListsBuilder()
    const seen = new Int32Array(this.#groups.size).fill(-1)
    for (let atom = 0; atom + 1 < first.length; atom++)
      for (let at = first[atom] as number; at < (first[atom + 1] as number); at++) {
        const own = this.#groupsOf(items[at] as number)
        for (let i = 0; i < own.length; i++) {
          const group = own[i] as number
          if (seen[group] === atom) continue
          seen[group] = atom
          groups.add(atom, group)
        }
      }
    return groups.build(first.length - 1)
  }

  /** The groups of a term, and the ranges that its number is in. */
  #groupsOf(term: number): readonly number[] {
    const own = this.#termGroups[term] ?? []
    const value = this.#termValue[term] ?? Number.NaN
    if (Number.isNaN(value)) return own
    const ranges = this.#ranges.filter(({ min, max }) => value >= min && value <= max)
    return [...own, ...ranges.map(({ group }) => group)]
  }

  #newGroup(key: string): number {
    const id = this.#groups.size
    this.#groups.set(key, id)
    return id
  }

  #term(written: string): number {
    const there = this.#terms.get(written)
    if (there !== undefined) return there
    const id = this.#newTerm(foldTerm(written))
    this.#terms.set(written, id)
    return id
  }

  #newTerm(text: string): number {
    const there = this.#terms.get(text)
    if (there !== undefined) return there
    const id = this.#termAtoms.length
    this.#terms.set(text, id)
    this.#termAtoms.push(atomKeys(text, this.same).map((key) => this.#atom(key)))
    this.#termGroups.push([])
    this.#termValue.push(Number.NaN)
    this.#termText.push(text)
    return id
  }

  #atom(key: string): number {
    const there = this.#atoms.get(key)
    if (there !== undefined) return there
    const id = this.#atoms.size
    this.#atoms.set(key, id)
    return id
  }
}

/** The atom with the most letters: the rarest word of a phrase, as a rule. */
export function longest(atoms: ArrayLike<number>, lengths: ArrayLike<number>): number {
  let best = atoms[0] ?? 0
  for (let i = 1; i < atoms.length; i++) {
    const atom = atoms[i] ?? 0
    if ((lengths[atom] ?? 0) >= (lengths[best] ?? 0)) best = atom
  }
  return best
}

/** Lower case and one form of each letter; scripts without spaces are kept as they are typed. */
function foldTerm(term: string): string {
  for (let i = 0; i < term.length; i++)
    if (unspaced(CLASS[term.charCodeAt(i)] as number)) return term.toLowerCase()
  return foldWord(term)
}

/** Replaces `@name` inside a group by that group's words. Throws `invalid` for an unknown name or a circle. */
function flatten(lexicon: Lexicon, terms: readonly string[], path: readonly string[]): string[] {
  // most lists name no other, and a content has tens of thousands of words
  const written = terms.map(String)
  if (!written.some((term) => term.startsWith('@'))) return written
  return written.flatMap((term) => {
    if (!term.startsWith('@')) return [term]
    const name = term.slice(1)
    const inner = lexicon.groups[name]
    if (inner === undefined || path.includes(name))
      throw new HouseError(
        'invalid',
        `lexicon ${lexicon.language}: @${name} ${inner ? 'contains itself' : 'is not a group'}`,
      )
    return flatten(lexicon, inner, [...path, name])
  })
}

/** Cuts a term into words and runs: `r` + letters for a run, `w` + edges + letters for a word. */
function atomKeys(term: string, same: Uint16Array): string[] {
  const keys: string[] = []
  let i = 0
  while (i < term.length) {
    const kind = CLASS[term.charCodeAt(i)] ?? 0
    const start = i
    if (unspaced(kind)) {
      let run = ''
      while (i < term.length && CLASS[term.charCodeAt(i)] === kind)
        run += String.fromCharCode(unitOf(same, term, i++))
      keys.push(`r${run}`)
    } else if (kind === WORD || kind === DIGIT) {
      while (i < term.length && (CLASS[term.charCodeAt(i)] === kind || isInner(term, i))) i++
      const open = term[start - 1] === '*' ? '' : OPEN
      const shut = term[i] === '*' ? '' : SHUT
      keys.push(`w${open}${term.slice(start, i)}${shut}`)
    } else if (kind === CURRENCY) keys.push(`w${OPEN}${foldWord(term.charAt(i++))}${SHUT}`)
    else i++
  }
  if (keys.length === 0) throw new HouseError('invalid', `"${term}" has no word in it`)
  return keys
}

/** An apostrophe between two letters belongs to the word. */
export function isInner(text: string, i: number): boolean {
  return CLASS[text.charCodeAt(i)] === INNER && CLASS[text.charCodeAt(i + 1)] === WORD && i > 0
}

/** Every word atom that fits the whole word, its beginning, its end or its inside; or the word without an ending. */
export function atomsOfWord(vocabulary: Vocabulary, word: string): Int32Array | null {
  const atoms = new Set<number>()
  const folded = foldWord(word)
  eachAtom(vocabulary, folded, (atom) => atoms.add(atom))
  for (const { written, isOfLanguage } of vocabulary.endings)
    for (const ending of written)
      if (folded.length >= SHORTEST_STEM + ending.length && folded.endsWith(ending))
        eachAtom(vocabulary, folded.slice(0, -ending.length), (atom) => {
          if (isOfLanguage[atom] === 1) atoms.add(atom)
        })
  return atoms.size === 0 ? null : Int32Array.from(atoms)
}

function eachAtom({ words, wordAtom }: Vocabulary, folded: string, see: (atom: number) => void): void {
  const framed = OPEN + folded + SHUT
  let state = 0
  for (let i = 0; i < framed.length; i++) {
    state = words.step(state, framed.charCodeAt(i))
    if (words.ends(state)) words.endings(state, (key) => see(wordAtom[key] ?? 0))
  }
}
