import type { Candidate, Finder } from '../finder.ts'
import { endsWord } from '../lexicon/form.ts'
import { resolveOverlaps } from '../overlap.ts'
import { isEdge } from '../script.ts'
import { hanNameByCall, hanNameByTail, hanNameByWork } from './organisation-han.ts'
import { indicNameByCall, indicNameByTail } from './organisation-indic.ts'
import { KNOWN, knownAt } from './organisation-known.ts'
import { nameByHead, nameByTail, nameByThing } from './organisation-latin.ts'
import { nameByUnspacedHead, nameByUnspacedTail } from './organisation-unspaced.ts'
import { type Named, type OrganisationWord, TRIGGERS } from './organisation-words.ts'

interface Span {
  readonly start: number
  readonly end: number
}

const READERS: Record<OrganisationWord, (text: string, at: Span) => Named | null> = {
  legal: (text, at) => nameByTail(text, 'legal', at),
  strong: (text, at) => nameByTail(text, 'strong', at),
  weak: (text, at) => nameByTail(text, 'weak', at),
  head: nameByHead,
  thing: nameByThing,
  han_tail: hanNameByTail,
  han_called: (text, at) => hanNameByCall(text, at, false),
  han_quoted: (text, at) => hanNameByCall(text, at, true),
  han_work: hanNameByWork,
  unspaced_head: (text, at) => nameByUnspacedHead(text, at, 'kept'),
  unspaced_dropped: (text, at) => nameByUnspacedHead(text, at, 'dropped'),
  unspaced_shy: (text, at) => nameByUnspacedHead(text, at, 'shy'),
  unspaced_tail: nameByUnspacedTail,
  indic_tail: indicNameByTail,
  indic_called: indicNameByCall,
}

/**
 * Companies, casinos, compounds, banks, and the apps of scammers: by their legal form or kind of business, by a word that
 * announces a name, or because they are known.
 * Normal   the name as it is written; `system` has a bank's usual name.
 * Quiet    on police, ministries, embassies, charities and platforms; on kinds without a name (a Chinese company).
 * Cost     linear: around each of the listed words at most a hundred units are looked at.
 */
export const findOrganisations: Finder = ({ text }) => {
  const found: Candidate[] = []
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isAsciiLetter(unit) && isAsciiLetter(text.charCodeAt(i - 1))) continue
    if (KNOWN.starts(unit) && KNOWN.reaches(text, i) && isEdge(text, i)) {
      const known = knownAt(text, i)
      if (known !== null) found.push(knownCandidate(text, known))
    }
    if (!TRIGGERS.starts(unit) || !TRIGGERS.reaches(text, i) || !isEdge(text, i)) continue
    TRIGGERS.visit(text, i, (kind, end) => {
      const named = endsWord(text, end) ? READERS[kind](text, { start: i, end }) : null
      if (named !== null) found.push(toCandidate(text, named))
    })
  }
  return resolveOverlaps(withoutPadding(found))
}

/** A known name is more than a run of capitals that ends with it (Deposit KBZ Bank), unless a legal form follows. */
function withoutPadding(found: readonly Candidate[]): Candidate[] {
  const known = new Map(found.flatMap((it) => (it.system === undefined ? [] : [[it.end, it.start] as const])))
  return found.filter(({ start, end, system }) => system !== undefined || (known.get(end) ?? start) <= start)
}

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 32
  return lower >= 97 && lower <= 122
}

function toCandidate(text: string, { start, end, confidence, why }: Named): Candidate {
  const name = text.slice(start, end).replace(/\s+/g, ' ')
  return { kind: 'organisation', start, end, value: name, normal: name, confidence, why }
}

function knownCandidate(text: string, known: ReturnType<typeof knownAt> & object): Candidate {
  const { start, end, name, country, bank } = known
  const written = text.slice(start, end)
  const why = bank
    ? `'${written}' is a name of ${name}, a bank`
    : `'${written}' is a compound that public reporting names`
  const normal = bank ? written : name
  return {
    kind: 'organisation',
    start,
    end,
    value: written,
    normal,
    confidence: 0.95,
    why,
    country,
    ...(bank ? { system: name } : {}),
  }
}
