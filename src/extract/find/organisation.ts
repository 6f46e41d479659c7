/*
 * Who finds which names. The text is gone through once. At each place are asked, in this order: a word with two capitals
 * (`coinedName` in -latin), quotes (-latin, and when it finds nothing -han), the banks and compounds known by name (-known),
 * and the reader of each listed word that begins there (READERS; of no word that the name before has taken in). Latin
 * letters: -latin has names with a kind word or a noun beside them, -weighed those that only stand where firms stand, -low
 * the same in chats without capitals; -capitals tells where a run of capitals begins and ends. Chinese: -han has names with
 * a kind word or an announcing one, -han-weighed those that only their place or their lucky characters tell. Thai, Lao,
 * Khmer and Burmese: -unspaced has names behind heads and in front of tails, -sounds foreign words written by ear, for which
 * -weighed asks, too. Hindi and Bengali: -indic. The lists are in content/lexicon/organisations.yaml, read by -words;
 * -quotes and -near tell what stands in quotes, and what is spoken of around a name. Of names that overlap
 * `resolveOverlaps` keeps the longer, then the surer, then the one found first.
 */
import type { Candidate, Finder } from '../finder.ts'
import { endsWord } from '../lexicon/form.ts'
import { BANK, INNER_CAPITAL, ORGANISATION, QUOTE } from '../marks.ts'
import { resolveOverlaps } from '../overlap.ts'
import { singleSpaced } from '../script.ts'
import { swept } from '../sweep.ts'
import { opensSentence } from './organisation-capitals.ts'
import {
  hanNameByCall,
  hanNameByTail,
  hanNameByWork,
  hanNameInQuotes,
  hanNameInto,
} from './organisation-han.ts'
import { hanNameBeforeTrail, hanNameBehindFrame, hanNameInSlot } from './organisation-han-weighed.ts'
import {
  indicNameBeforeTrail,
  indicNameBehindFront,
  indicNameByCall,
  indicNameByHead,
  indicNameByTail,
  indicNameByWeakTail,
  indicNameCalled,
  indicNameOfApp,
} from './organisation-indic.ts'
import { knownAt } from './organisation-known.ts'
import {
  coinedName,
  nameByAnnouncement,
  nameByHead,
  nameByShyThing,
  nameByTail,
  nameByThing,
  nameInQuotes,
} from './organisation-latin.ts'
import { type Near, nearIn } from './organisation-near.ts'
import { nameOfForeignWords, nameWithLuck } from './organisation-sounds.ts'
import { nameByUnspacedHead, nameByUnspacedTail } from './organisation-unspaced.ts'
import { nameBeforeTrail, nameBehindFrame } from './organisation-weighed.ts'
import {
  hasAccents,
  type Named,
  type OrganisationWord,
  type Span,
  TRIGGERS,
  type Trigger,
} from './organisation-words.ts'

const READERS: Record<OrganisationWord, (text: string, at: Span, near: Near) => Named | null> = {
  legal: (text, at, near) => nameByTail(text, 'legal', { at, near }),
  strong: (text, at, near) => nameByTail(text, 'strong', { at, near }),
  weak: (text, at, near) => nameByTail(text, 'weak', { at, near }),
  shy: (text, at, near) => nameByTail(text, 'shy', { at, near }),
  head: nameByHead,
  announcing: nameByAnnouncement,
  thing: nameByThing,
  thing_shy: nameByShyThing,
  han_tail: hanNameByTail,
  han_called: (text, at) => hanNameByCall(text, at, false),
  han_quoted: (text, at) => hanNameByCall(text, at, true),
  han_work: hanNameByWork,
  han_into: hanNameInto,
  han_slot: (text, at, near) => hanNameInSlot(text, at, near, false),
  han_slot_sure: (text, at, near) => hanNameInSlot(text, at, near, true),
  unspaced_head: (text, at) => nameByUnspacedHead(text, at, 'kept'),
  unspaced_dropped: (text, at) => nameByUnspacedHead(text, at, 'dropped'),
  unspaced_shy: (text, at) => nameByUnspacedHead(text, at, 'shy'),
  unspaced_tail: nameByUnspacedTail,
  sound_brand: nameOfForeignWords,
  lucky: nameWithLuck,
  indic_head: indicNameByHead,
  indic_tail: indicNameByTail,
  indic_tail_weak: indicNameByWeakTail,
  indic_called: indicNameByCall,
  indic_app: indicNameOfApp,
  indic_named: indicNameCalled,
  frame_sure: (text, at, near) => nameBehindFrame(text, at, { weight: 'sure', near }),
  frame_plain: (text, at, near) => nameBehindFrame(text, at, { weight: 'plain', near }),
  frame_loose: (text, at, near) => nameBehindFrame(text, at, { weight: 'loose', near }),
  frame_bare: (text, at, near) => nameBehindFrame(text, at, { weight: 'bare', near }),
  trail_sure: (text, at, near) => nameBeforeTrail(text, at, { weight: 'sure', near }),
  trail_plain: (text, at, near) => nameBeforeTrail(text, at, { weight: 'plain', near }),
  han_frame: hanNameBehindFrame,
  han_trail: hanNameBeforeTrail,
  indic_frame: indicNameBeforeTrail,
  indic_front: indicNameBehindFront,
}

/**
 * Companies, casinos, compounds, banks, and the apps of scammers: by their legal form or kind of business, by a word that
 * announces a name, or because they are known.
 * Normal   the name as it is written; `system` has a bank's usual name.
 * Quiet    on police, ministries, embassies, charities and platforms; on kinds without a name (a Chinese company).
 * Cost     linear: around each of the listed words at most a hundred units are looked at.
 */
export const findOrganisations: Finder = (plain) => {
  const { text } = plain
  const near = nearIn(plain)
  const { at, bits } = swept(plain)
  let past = 0
  const found: Candidate[] = []
  let start = 0
  const read = ({ kind, accents }: Trigger, end: number) => {
    const named =
      endsWord(text, end) && hasAccents(accents, text, start, end)
        ? READERS[kind](text, { start, end }, near)
        : null
    if (named === null) return
    found.push(toCandidate(text, named))
    // A name that ends behind its kind word has taken in the kind words that follow.
    if (named.start < start) past = Math.max(past, named.end)
  }
  for (let i = 0; i < at.length; i++) {
    start = at[i] as number
    const kinds = bits[i] as number
    if ((kinds & KINDS) === 0) continue
    const coined = kinds === INNER_CAPITAL ? coinedName(text, start, near) : null
    if (coined !== null) found.push(toCandidate(text, coined))
    const quoted = (kinds & QUOTE) === 0 ? null : (nameInQuotes(text, start) ?? hanNameInQuotes(text, start))
    if (quoted !== null) found.push(toCandidate(text, quoted))
    const known = (kinds & BANK) === 0 ? null : knownAt(text, start)
    if (known !== null) found.push(knownCandidate(text, known))
    if (start < past || (kinds & ORGANISATION) === 0) continue
    TRIGGERS.visit(text, start, read)
  }
  return found.length < 2 ? found : resolveOverlaps(withoutPadding(text, found))
}

const KINDS = ORGANISATION | BANK | QUOTE | INNER_CAPITAL

/** A known bank is more than the capitals that end with it, when these open a sentence (Deposit KBZ Bank). */
function withoutPadding(text: string, found: readonly Candidate[]): Candidate[] {
  const known = new Map(found.flatMap((it) => (it.system === undefined ? [] : [[it.end, it.start] as const])))
  return found.filter(({ start, end, system }) => {
    const bank = known.get(end)
    if (system !== undefined || bank === undefined || bank <= start) return true
    return !opensSentence(text, start) && !/[\u4e00-\u9fff]/.test(text[bank] ?? '')
  })
}

function toCandidate(text: string, { start, end, confidence, why }: Named): Candidate {
  const stop = endsSentence(text, end) ? end - 1 : end
  const name = singleSpaced(text.slice(start, stop))
  return { kind: 'organisation', start, end: stop, value: name, normal: name, confidence, why }
}

/** The full stop behind `Ltd` is the sentence's when nothing or a capital follows; behind `Co., Ltd` it is the name's. */
function endsSentence(text: string, end: number): boolean {
  if (text[end - 1] !== '.' || /Co\.,? ?Ltd\.$/.test(text.slice(Math.max(0, end - 9), end))) return false
  return /^(?:\s*$|\s*\n|\s+\p{Lu})/u.test(text.slice(end, end + 4))
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
