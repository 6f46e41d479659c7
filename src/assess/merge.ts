import type { Assessment, Coverage, IndicatorFinding, Sentence } from './assess.ts'

/** One part of a long text with its assessment; `offset` is where the part begins in the whole, UTF-16. */
export interface Part {
  readonly offset: number
  readonly assessment: Assessment
}

/** Sentences kept for each finding of a long text: enough to see why, few enough to stay in memory. */
export const MOST_SENTENCES = 200

/**
 * The assessment of a text that was read in parts, as if in one. The newer part is added to what was there.
 * Keeps    offsets into the whole text; what one part says outweighs what another denies.
 * Lossy    beyond `MOST_SENTENCES` sentences for one indicator the rest are not listed.
 */
export function merge(whole: Assessment, part: Part): Assessment {
  const next = shifted(part)
  const indicators = joined(whole.indicators, next.indicators)
  const said = new Set(indicators.map(({ id }) => id))
  const unsaid = (found: readonly IndicatorFinding[]) => found.filter(({ id }) => !said.has(id))
  return {
    indicators,
    denied: unsaid(joined(whole.denied, next.denied)),
    general: unsaid(joined(whole.general, next.general)),
    elements: {
      act: stronger(whole.elements.act, next.elements.act),
      means: stronger(whole.elements.means, next.elements.means),
      purpose: stronger(whole.elements.purpose, next.elements.purpose),
    },
    ilo: joinedIlo(whole.ilo, next.ilo),
    safeguarding: joinedSafeguarding(whole.safeguarding, next.safeguarding),
    support: whole.support,
  }
}

function shifted({ offset, assessment }: Part): Assessment {
  const move = (one: Sentence): Sentence => ({ ...one, start: one.start + offset, end: one.end + offset })
  const all = (found: readonly IndicatorFinding[]) =>
    found.map((one) => ({ ...one, sentences: one.sentences.map(move) }))
  const { safeguarding } = assessment
  return {
    ...assessment,
    indicators: all(assessment.indicators),
    denied: all(assessment.denied),
    general: all(assessment.general),
    safeguarding: safeguarding && { ...safeguarding, sentences: safeguarding.sentences.map(move) },
  }
}

function joined(a: readonly IndicatorFinding[], b: readonly IndicatorFinding[]): IndicatorFinding[] {
  const byId = new Map(a.map((one) => [one.id, one]))
  for (const one of b) {
    const there = byId.get(one.id)
    const sentences = [...(there?.sentences ?? []), ...one.sentences].slice(0, MOST_SENTENCES)
    const about = there?.about === 'speaker' ? there.about : one.about
    byId.set(one.id, { ...(there ?? one), about, sentences })
  }
  return [...byId.values()].sort((x, y) => (x.id < y.id ? -1 : 1))
}

function stronger(a: Coverage, b: Coverage): Coverage {
  if (a === 'supported' || b === 'supported') return 'supported'
  return a === 'denied' || b === 'denied' ? 'denied' : 'not mentioned'
}

function joinedIlo(a: Assessment['ilo'], b: Assessment['ilo']): Assessment['ilo'] {
  const byId = new Map(a.map((one) => [one.id, one]))
  for (const one of b) {
    const indicators = [...new Set([...(byId.get(one.id)?.indicators ?? []), ...one.indicators])].sort()
    byId.set(one.id, { ...one, indicators })
  }
  return [...byId.values()].sort((x, y) => x.id - y.id)
}

function joinedSafeguarding(
  a: Assessment['safeguarding'],
  b: Assessment['safeguarding'],
): Assessment['safeguarding'] {
  if (!a || !b) return a ?? b
  const why = [...new Set([...a.why.split('. '), ...b.why.split('. ')])].join('. ')
  return { why, sentences: [...a.sentences, ...b.sentences].slice(0, MOST_SENTENCES) }
}
