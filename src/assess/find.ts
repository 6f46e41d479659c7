import { fromZawgyi, isZawgyi } from '../core/zawgyi.ts'
import { excerpt } from './excerpt.ts'
import { matches } from './match.ts'
import { aboutOf, type Mood, moodOf } from './mood.ts'
import { SentenceReader } from './reader.ts'
import type { Rule, Rules } from './rules.ts'
import { scan } from './scan.ts'

/** One sentence that fits one owner, as the text holds it. */
export interface Sighting {
  readonly owner: number
  readonly mood: Mood
  readonly about: 'speaker' | 'third person' | null
  /** The sentence, or what matters of one that hardly ends (`excerpt.ts`); UTF-16 offsets into the text. */
  readonly start: number
  readonly end: number
  /** The words that were matched: first and last offset of each piece. */
  readonly spans: readonly (readonly [number, number])[]
  readonly language: string
  /** One of several places that say it only together (`together.ts`). */
  readonly isPart?: boolean
}

export interface Range {
  readonly start: number
  readonly end: number
}

const RANK: Record<Mood, number> = { said: 5, alone: 4, denied: 3, conditional: 2, asked: 1, general: 0 }
/** A sentence is plainly Vietnamese without tone marks when this share of its words are common words of it. */
const PLAIN_SHARE = 0.3

/**
 * Every sentence of `text` (of `ranges` only, when given) that fits a rule, in order; one sighting per owner and
 * sentence. A question answered with a plain yes or no in the next sentence counts as said or denied. Burmese in
 * Zawgyi is read in Unicode, and the places are those of the text as it was written.
 */
export function sightings(rules: Rules, text: string, ranges: readonly Range[] | null): Sighting[] {
  if (!isZawgyi(text)) return sightingsIn(rules, text, ranges)
  const { text: unicode, starts, ends } = fromZawgyi(text)
  const back = ([start, end]: readonly [number, number]) =>
    [starts[start] ?? text.length, ends[end - 1] ?? text.length] as const
  const inside = ranges?.map(({ start, end }) => ({
    start: firstAt(starts, start),
    end: firstAt(starts, end),
  }))
  return sightingsIn(rules, unicode, inside ?? null).map((found) => {
    const [start, end] = back([found.start, found.end])
    return { ...found, start, end, spans: found.spans.map(back) }
  })
}

/** The first index whose place is `at` or behind it; places never run backwards. */
function firstAt(places: Uint32Array, at: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** A reader has columns as long as the word lists: made once, and used for one text after another. */
const readers = new WeakMap<Rules, SentenceReader>()

function sightingsIn(rules: Rules, text: string, ranges: readonly Range[] | null): Sighting[] {
  const reader = readers.get(rules) ?? new SentenceReader(rules)
  // one that breaks off in the middle of a text is not used again
  readers.delete(rules)
  const all: Sighting[] = []
  let open: Sighting[] = []
  const each = () => {
    const settled = reader.settle(open.length > 0)
    const answer = open.length > 0 ? answerOf(reader) : null
    if (answer) all.push(...open.map((asked) => ({ ...asked, mood: answer })))
    else all.push(...open)
    const here = settled ? ofSentence(reader) : []
    open = here.filter((sighting) => sighting.mood === 'asked')
    all.push(...here.filter((sighting) => sighting.mood !== 'asked'))
  }
  for (const range of ranges ?? [{ start: 0, end: text.length }]) scan(reader, { text, ...range }, each)
  all.push(...open)
  reader.reset()
  reader.text = ''
  readers.set(rules, reader)
  return all
}

function ofSentence(reader: SentenceReader): Sighting[] {
  const best = new Map<number, Sighting>()
  const { byAnchor, rules } = reader.rules
  for (const group of reader.groups)
    for (let at = byAnchor.first[group] ?? 0; at < (byAnchor.first[group + 1] ?? 0); at++) {
      const rule = rules[byAnchor.items[at] ?? -1]
      if (!rule || (rule.language.plain && !isPlain(reader, rule))) continue
      const known = best.get(rule.owner)
      if (known?.mood === 'said' && known.about !== null) continue
      for (const match of matches(reader, rule)) {
        const next = sighting(reader, rule, match)
        if (next) consider(best, next)
      }
    }
  return [...best.values()]
}

/** What is said weighs more than what is denied; a sentence that knows whose story it is, more than one that does not. */
function consider(best: Map<number, Sighting>, next: Sighting): void {
  const known = best.get(next.owner)
  const more = known === undefined || RANK[next.mood] > RANK[known.mood]
  if (more || (RANK[next.mood] === RANK[known.mood] && known.about === null && next.about !== null))
    best.set(next.owner, next)
}

function sighting(reader: SentenceReader, rule: Rule, match: readonly number[]): Sighting | null {
  const mood = moodOf(reader, rule, match)
  if (mood === null) return null
  const spans = match.map((hit) => [reader.hitStart[hit] ?? 0, reader.hitEnd[hit] ?? 0] as const)
  return {
    owner: rule.owner,
    // "I was not free to leave" denies a denial; what that says, the ordinary patterns find.
    mood: !rule.denial ? mood : mood === 'said' ? 'denied' : 'general',
    about: aboutOf(reader, rule, match),
    ...excerpt(reader.text, reader, spans),
    spans,
    language: rule.language.language,
  }
}

function isPlain(reader: SentenceReader, rule: Rule): boolean {
  return reader.hits(rule.language.groups.plain_words).length >= reader.words * PLAIN_SHARE
}

/** A sentence that opens with yes or no answers the question before it. */
function answerOf(reader: SentenceReader): Mood | null {
  for (const { groups } of reader.rules.moods) {
    const early = (group: number) => reader.hits(group).some((hit) => reader.hitFrom[hit] === 0)
    if (early(groups.no)) return 'denied'
    if (early(groups.yes)) return 'said'
  }
  return null
}
