import { spellings } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { foldText } from '../script.ts'
import { type Entry, Trie } from '../trie.ts'

/** A word that may be part of the name of a firm, or announce one. */
export type OrganisationWord =
  /** Latin letters, behind a name: Ltd, Group, Services. */
  | 'legal'
  | 'strong'
  | 'weak'
  /** Latin letters, in front of a name: PT, Bank, Công ty. */
  | 'head'
  /** A noun that a name may follow: company, app. */
  | 'thing'
  | 'han_tail'
  | 'han_called'
  | 'han_quoted'
  | 'han_work'
  /** Thai, Lao, Khmer, Burmese: in front of a name, kept or not, or only with quotes or capitals. */
  | 'unspaced_head'
  | 'unspaced_dropped'
  | 'unspaced_shy'
  | 'unspaced_tail'
  | 'indic_tail'
  | 'indic_called'

const LISTS: readonly (readonly [OrganisationWord, readonly string[]])[] = [
  ['legal', ORGANISATIONS.legal],
  ['strong', ORGANISATIONS.strong],
  ['weak', ORGANISATIONS.weak],
  ['head', ORGANISATIONS.heads_latin],
  ['thing', [...new Set([...ORGANISATIONS.things, ...ORGANISATIONS.things_plain])]],
  ['han_tail', ORGANISATIONS.han.tails],
  ['han_called', ORGANISATIONS.han.called],
  ['han_quoted', ORGANISATIONS.han.quoted],
  ['han_work', ORGANISATIONS.han.work],
  ['unspaced_head', ORGANISATIONS.heads],
  ['unspaced_dropped', ORGANISATIONS.heads_dropped],
  ['unspaced_shy', ORGANISATIONS.heads_shy],
  ['unspaced_tail', ORGANISATIONS.tails_alone],
  ['indic_tail', ORGANISATIONS.indic_tails],
  ['indic_called', ORGANISATIONS.indic_called],
]

function entries<T>(list: readonly string[], value: T): Entry<T>[] {
  return list.flatMap((form) => spellings(form).map((spelling) => [spelling, value] as const))
}

/** Every word at which a name of a firm is looked for. */
export const TRIGGERS = new Trie<OrganisationWord>(LISTS.flatMap(([kind, list]) => entries(list, kind)))

const flags = (list: readonly string[], direction: 'forward' | 'backward' = 'forward') =>
  new Trie<true>(entries(list, true), direction)

export const NAMED = flags(ORGANISATIONS.named)
export const KIND_WORDS = flags([...ORGANISATIONS.legal, ...ORGANISATIONS.strong, ...ORGANISATIONS.weak])
export const CUES_BACK = flags([...ORGANISATIONS.things, ...ORGANISATIONS.named], 'backward')
export const HAN_STOPS_BACK = flags(ORGANISATIONS.han.stops, 'backward')
export const HAN_GENERIC = flags(ORGANISATIONS.han.generic)
export const UNSPACED_TAILS = flags(ORGANISATIONS.tails)
export const UNSPACED_STOPS = flags(ORGANISATIONS.stops)
export const UNSPACED_OPENERS = flags([
  ...ORGANISATIONS.stops,
  ...ORGANISATIONS.heads,
  ...ORGANISATIONS.heads_dropped,
  ...ORGANISATIONS.heads_shy,
  'ชื่อ',
  'ຊື່',
  'ឈ្មោះ',
])
export const UNSPACED_GENERIC = flags(ORGANISATIONS.generic)

const folded = (list: readonly string[]): ReadonlySet<string> => new Set(list.map(foldText))
const words = (list: string) => list.split(/\s+/).filter((word) => word !== '')

export const KEPT_HEADS = folded(ORGANISATIONS.heads_kept)
export const PLAIN_THINGS = folded(ORGANISATIONS.things_plain)
export const INDIC_STOPS = folded(ORGANISATIONS.indic_stops)
export const HAN_KINDS = ORGANISATIONS.han.kinds
/** With their accents: Tại stands in front of a name, Tai may be its first word. */
export const LEADING: ReadonlySet<string> = new Set(
  words(ORGANISATIONS.leading).map((word) => word.toLowerCase()),
)
export const NATIONALITIES = folded(words(ORGANISATIONS.nationalities))
export const PLATFORMS = folded(words(ORGANISATIONS.platforms))
/** Written with capitals: "United" is part of many names, "united" of none. */
export const NOT_ORGANISATIONS: readonly string[] = words(ORGANISATIONS.not_organisations).map((it) =>
  it.replaceAll('_', ' '),
)

/** What a reader of one script says of one trigger: where a name stands and why it is believed. */
export interface Named {
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly why: string
}
