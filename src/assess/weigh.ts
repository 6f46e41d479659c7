import type { Content } from './content.ts'
import type { Sighting } from './find.ts'
import { CLASS, ticksOf, unspaced, WORD, WORD_TICKS } from './script.ts'

/** Indicators that a text says before its conditions are read as rules of the place it tells of. */
const ENOUGH = 3
/** Words from which on a text that speaks of trafficking says more of it than one thing. */
const LONG = 50
/** As many signs are still chance in a long text without any word of the matter, unless one is of the Purpose. */
const CHANCE = 2

interface Whole {
  readonly text: string
  readonly content: Content
}

/** What each sighting is worth in the whole text: three rules that no sentence can know. */
export function weigh(found: readonly Sighting[], whole: Whole): readonly Sighting[] {
  return weighChance(weighConditions(weighContext(found, whole)), found, whole)
}

/** Leaves out what is ordinary on its own unless something else in the text gives it a context. */
function weighContext(found: readonly Sighting[], { content }: Whole): readonly Sighting[] {
  const needs = (owner: number) => content.indicators[owner]?.needs_context === true
  const context = found.some(
    ({ owner, mood }) => !needs(owner) && (mood === 'said' || owner === content.indicators.length),
  )
  return found.filter(({ owner }) => owner < content.indicators.length && (context || !needs(owner)))
}

/** What is said on a condition is a rule of the place where the text tells enough of one: "who misses the target is fined". */
function weighConditions(found: readonly Sighting[]): readonly Sighting[] {
  if (saidIn(found).size < ENOUGH) return found
  return found.map((one) => (one.mood === 'conditional' ? { ...one, mood: 'said' } : one))
}

/**
 * A hut "we could not leave before the fog lifted": in a long text about something else the words of one sign are chance. It
 * supports nothing then; where it is violence, it raises safeguarding all the same.
 */
function weighChance(
  found: readonly Sighting[],
  all: readonly Sighting[],
  { text, content }: Whole,
): readonly Sighting[] {
  const said = saidIn(found)
  if (said.size === 0 || said.size > CHANCE) return found
  const elements = [...said].map((owner) => content.indicators[owner]?.element)
  const [only] = said.size === 1 ? elements : []
  // Who was cheated, and whoever writes of it, speaks of scams, too.
  const reported = only === 'Purpose' || only === 'Post-exit'
  const context = all.some(({ owner }) => owner === content.indicators.length)
  if ((context && !reported) || (said.size > 1 && elements.includes('Purpose')) || !isLong(text)) return found
  return found.map((one) => (one.mood === 'said' ? { ...one, mood: 'alone' } : one))
}

function saidIn(found: readonly Sighting[]): Set<number> {
  return new Set(found.filter(({ mood }) => mood === 'said').map(({ owner }) => owner))
}

/** Counts no further than it must. */
function isLong(text: string): boolean {
  let ticks = 0
  let before = 0
  for (let i = 0; i < text.length && ticks < LONG * WORD_TICKS; i++) {
    const kind = CLASS[text.charCodeAt(i)] ?? 0
    if (unspaced(kind)) ticks += ticksOf(kind)
    else if (kind === WORD && before !== WORD) ticks += WORD_TICKS
    before = kind
  }
  return ticks >= LONG * WORD_TICKS
}
