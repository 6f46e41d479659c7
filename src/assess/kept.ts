import { assessRules, takeAssessRules } from './assess.ts'
import { Automaton, type AutomatonTables } from './automaton.ts'
import type { Content } from './content.ts'
import { lureRules, takeLureRules } from './lure.ts'
import type { Rules } from './rules.ts'
import type { Vocabulary } from './vocabulary.ts'

type KeptVocabulary = Omit<Vocabulary, 'words' | 'runs'> & {
  readonly words: AutomatonTables
  readonly runs: AutomatonTables
}
type KeptRules = Omit<Rules, 'vocabulary' | 'memo'> & { readonly vocabulary: KeptVocabulary }

/** What a content compiles to, as plain tables that a structured clone carries: compiling takes half a second. */
export interface Kept {
  readonly assess: KeptRules
  readonly lure: KeptRules
}

export function keep(content: Content): Kept {
  return { assess: asKept(assessRules(content)), lure: asKept(lureRules(content)) }
}

/** Reads this content with what was kept of the same content, instead of compiling it again. */
export function take(content: Content, { assess, lure }: Kept): void {
  takeAssessRules(content, asRules(assess))
  takeLureRules(content, asRules(lure))
}

function asKept({ memo: _, vocabulary, ...rules }: Rules): KeptRules {
  const { words, runs, ...rest } = vocabulary
  return { ...rules, vocabulary: { ...rest, words: words.tables, runs: runs.tables } }
}

function asRules({ vocabulary, ...rules }: KeptRules): Rules {
  const words = new Automaton(vocabulary.words)
  const runs = new Automaton(vocabulary.runs)
  return { ...rules, vocabulary: { ...vocabulary, words, runs }, memo: new Map() }
}
