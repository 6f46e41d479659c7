import type { Fact } from '../core/fact.ts'
import { findIbans } from './find/iban.ts'
import type { Candidate, Context, Plain } from './finder.ts'
import { resolveOverlaps } from './overlap.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'
import type { Reading, Refusal, Refuse } from './reading.ts'
import { guessCountries } from './region.ts'

export type { Message, Reading, Refusal, SealedName } from './reading.ts'

export interface ReadOptions {
  /** The reporter's country, ISO 3166-1 alpha-2. */
  readonly country?: string
  /** The moment relative dates count from, ISO 8601. */
  readonly now?: string
}

type RefusingFinder = (plain: Plain, context: Context, refuse: Refuse) => Candidate[]

const FINDERS: readonly RefusingFinder[] = [findIbans]

/**
 * Reads a text: its language, likely countries, and every fact in it with its exact place and reason.
 * Keeps    `source.slice(fact.start, fact.end) === fact.text`; facts are sorted and never overlap.
 * Never    throws, whatever the string; does any I/O.
 * Cost     linear in the text's length.
 */
export function read(source: string, options: ReadOptions = {}): Reading {
  const plain = toPlain(source)
  const refused: Refusal[] = []
  const refuse: Refuse = (kind, { start, end }, why) => {
    refused.push({ kind, ...sourceSpan(plain, start, end), why })
  }
  const language = 'und'
  const guess = guessCountries({ language, facts: [], currencies: [], reporter: options.country })
  const context: Context = { language, countries: guess.countries, why: guess.why, now: options.now ?? null }
  const facts = resolveOverlaps(FINDERS.flatMap((find) => find(plain, context, refuse))).map((candidate) =>
    toFact(plain, candidate),
  )
  return {
    language,
    languageWhy: 'no language was looked for',
    countries: guess.countries,
    countriesWhy: guess.why,
    facts,
    names: [],
    messages: null,
    refused: refused.sort((a, b) => a.start - b.start),
  }
}

function sourceSpan(plain: Plain, start: number, end: number): { text: string; start: number; end: number } {
  const from = sourceOffset(plain, start)
  const to = sourceEnd(plain, end)
  return { text: plain.source.slice(from, to), start: from, end: to }
}

function toFact(plain: Plain, candidate: Candidate): Fact {
  return { ...candidate, ...sourceSpan(plain, candidate.start, candidate.end) }
}
