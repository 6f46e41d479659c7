import type { Fact } from '../../core/fact.ts'
import type { Chat } from '../chat.ts'
import type { Plain } from '../finder.ts'
import { NAMES } from '../lexicon/names.ts'
import { NAME } from '../marks.ts'
import { inOrder } from '../order.ts'
import { sourceEnd, sourceOffset } from '../plain.ts'
import type { SealedName } from '../reading.ts'
import { foldText, isEdge, isLetter, isUpper } from '../script.ts'
import { swept } from '../sweep.ts'
import { hanName, hanNameBefore, indicName, latinName, unspacedName } from './name-shapes.ts'
import { type Lead, NAME_TRIGGERS, type Trigger } from './name-words.ts'

/** A name without its place in the source. */
export interface NameSpan {
  readonly start: number
  readonly end: number
}

const CONFIDENCE: Readonly<Record<Lead, number>> = {
  ...{ title: 0.8, said: 0.85, kin: 0.7, holder: 0.8, unspaced_title: 0.75, unspaced_said: 0.75 },
  ...{ unspaced_holder: 0.75, indic: 0.7, indic_holder: 0.7, han: 0.75, han_title: 0.75 },
}

const SHAPES: Readonly<Record<Lead, (text: string, from: number) => NameSpan | null>> = {
  title: (text, from) => latinName(text, from, 1),
  said: (text, from) => latinName(text, from, 1),
  kin: (text, from) => latinName(text, from, 1),
  holder: (text, from) => latinName(text, from, 2),
  unspaced_title: (text, from) => unspacedName(text, from, false),
  unspaced_said: (text, from) => latinName(text, from, 1) ?? unspacedName(text, from, false),
  unspaced_holder: (text, from) => latinName(text, from, 2) ?? unspacedName(text, from, true),
  indic: (text, from) => latinName(text, from, 1) ?? indicName(text, from, 1),
  indic_holder: (text, from) => latinName(text, from, 2) ?? indicName(text, from, 2),
  han: hanName,
  han_title: () => null,
}

/**
 * Names of people, to be offered sealed and never as clear facts: behind forms of address, "my name is", kinship and
 * account holders, in front of 先生, and as senders of a chat.
 * @param facts  what was found already: a name never lies across a fact, so that none is both
 * Quiet         rather than wrong: a name that nothing announces is not looked for
 * Cost          linear: around each listed word at most eighty units are looked at
 */
export function findNames(plain: Plain, chat: Chat | null, facts: readonly Fact[]): SealedName[] {
  const found = announced(plain)
  if (chat !== null) for (const name of speakers(plain.source, chat)) found.push(name)
  inOrder(found)
  const kept: SealedName[] = []
  let next = 0
  let past = 0
  for (const name of found) {
    while ((facts[next]?.end ?? Number.POSITIVE_INFINITY) <= name.start) next++
    if (name.start < past || (facts[next]?.start ?? Number.POSITIVE_INFINITY) < name.end) continue
    past = name.end
    kept.push(name)
  }
  return kept
}

function announced(plain: Plain): SealedName[] {
  const found: SealedName[] = []
  const { text, source } = plain
  const { at, bits } = swept(plain)
  let i = 0
  let reach = 0
  const accepts = ({ exact, lead }: Trigger, end: number) => {
    if (exact !== null && text.slice(i, end) !== exact) return false
    return lead.startsWith('unspaced') || lead.startsWith('han') || isEdge(text, end) || !isLetter(text, end)
  }
  for (let mark = 0; mark < at.length; mark++) {
    i = at[mark] as number
    if (((bits[mark] as number) & NAME) === 0 || i < reach) continue
    const hit = NAME_TRIGGERS.longest(text, i, accepts)
    if (hit === null) continue
    const { lead } = hit.value
    const span = lead === 'han_title' ? hanNameBefore(text, i) : SHAPES[lead](text, hit.end)
    if (span === null) continue
    const start = sourceOffset(plain, span.start)
    const end = sourceEnd(plain, span.end)
    const why = `a name ${lead === 'han_title' ? 'in front of' : 'behind'} '${text.slice(i, hit.end).trim()}'`
    found.push({ text: source.slice(start, end), start, end, confidence: CONFIDENCE[lead], why })
    reach = hit.end
  }
  return found
}

const NOT_SPEAKERS: ReadonlySet<string> = new Set(NAMES.not_speakers.map(foldText))

/** Who writes in a chat, each once, where the chat first names them. */
function* speakers(source: string, chat: Chat | null): Generator<SealedName> {
  const seen = new Set<string>()
  let next = 0
  for (const { speaker, start: body } of chat?.messages ?? []) {
    if (seen.has(speaker)) continue
    seen.add(speaker)
    const headers = chat?.headers ?? []
    while (next + 1 < headers.length && (headers[next + 1]?.start ?? body) < body) next++
    const header = headers[next]
    if (header === undefined || !isPersonal(speaker)) continue
    const stop = Math.max(header.end, body) + speaker.length
    const start = header.start + source.slice(header.start, stop).indexOf(speaker)
    if (start < header.start || start >= Math.max(header.end, body)) continue
    yield {
      text: speaker,
      start,
      end: start + speaker.length,
      confidence: 0.6,
      why: 'somebody who writes in the chat',
    }
  }
}

/** Letters, not a number, a handle, a link or a part that people play. */
function isPersonal(speaker: string): boolean {
  if (speaker.length < 2 || speaker.length > 40 || /[\d@/\\_]/.test(speaker)) return false
  if (NOT_SPEAKERS.has(foldText(speaker)) || !isLetter(speaker, 0)) return false
  return isUpper(speaker, 0) || !/^[a-z]/.test(speaker)
}
