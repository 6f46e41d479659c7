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
  | 'shy'
  /** Latin letters, in front of a name: PT, Bank, Công ty. */
  | 'head'
  /** `called`, when a noun stands near in front. */
  | 'announcing'
  /** A noun that a name may follow: company, app. */
  | 'thing'
  /** The same, when a word of work, payment or confinement stands near: building, khu. */
  | 'thing_shy'
  | 'han_tail'
  | 'han_called'
  | 'han_quoted'
  | 'han_work'
  | 'han_into'
  /** In front of a name that nothing else announces; the first only with a word of `slot_trails` behind it. */
  | 'han_slot'
  | 'han_slot_sure'
  /** Thai, Lao, Khmer, Burmese: in front of a name, kept or not, or only with quotes or capitals. */
  | 'unspaced_head'
  | 'unspaced_dropped'
  | 'unspaced_shy'
  | 'unspaced_tail'
  /** Foreign words in those letters, and lucky numbers glued to a name. */
  | 'sound_brand'
  | 'lucky'
  | 'indic_head'
  | 'indic_tail'
  | 'indic_tail_weak'
  | 'indic_called'
  | 'indic_app'
  | 'indic_named'
  /** What firms stand behind, or in front of, when nothing announces them; how surely, see organisation-weighed.ts. */
  | 'frame_sure'
  | 'frame_plain'
  | 'frame_loose'
  | 'frame_bare'
  | 'trail_sure'
  | 'trail_plain'
  | 'han_frame'
  | 'han_trail'
  | 'indic_frame'
  | 'indic_front'

const LISTS: readonly (readonly [OrganisationWord, readonly string[]])[] = [
  ['legal', ORGANISATIONS.legal],
  ['strong', ORGANISATIONS.strong],
  ['weak', ORGANISATIONS.weak],
  ['shy', ORGANISATIONS.shy],
  ['head', ORGANISATIONS.heads_latin],
  ['announcing', ORGANISATIONS.announcing],
  ['thing', [...new Set([...ORGANISATIONS.things, ...ORGANISATIONS.things_plain])]],
  ['thing_shy', ORGANISATIONS.things_shy],
  ['han_tail', ORGANISATIONS.han.tails],
  ['han_called', ORGANISATIONS.han.called],
  ['han_quoted', ORGANISATIONS.han.quoted],
  ['han_work', ORGANISATIONS.han.work],
  ['han_into', ORGANISATIONS.han.into],
  ['han_slot', ORGANISATIONS.han.slots],
  ['han_slot_sure', ORGANISATIONS.han.slots_sure],
  ['unspaced_head', ORGANISATIONS.heads],
  ['unspaced_dropped', ORGANISATIONS.heads_dropped],
  ['unspaced_shy', ORGANISATIONS.heads_shy],
  ['unspaced_tail', ORGANISATIONS.tails_alone],
  ['sound_brand', [...new Set([...ORGANISATIONS.weighed.thai_brand, ...ORGANISATIONS.weighed.sound_brand])]],
  ['lucky', ORGANISATIONS.weighed.lucky],
  ['indic_head', ORGANISATIONS.indic_heads],
  ['indic_tail', ORGANISATIONS.indic_tails],
  ['indic_tail_weak', ORGANISATIONS.indic_tails_weak],
  ['indic_called', ORGANISATIONS.indic_called],
  ['indic_app', ORGANISATIONS.indic_apps],
  ['indic_named', ORGANISATIONS.indic_named],
  ['frame_sure', ORGANISATIONS.weighed.frames_sure],
  ['frame_plain', ORGANISATIONS.weighed.frames_plain],
  ['frame_loose', ORGANISATIONS.weighed.frames_loose],
  ['frame_bare', ORGANISATIONS.weighed.frames_bare],
  ['trail_sure', ORGANISATIONS.weighed.trails_sure],
  ['trail_plain', ORGANISATIONS.weighed.trails_plain],
  ['han_frame', ORGANISATIONS.weighed.han_frames],
  ['han_trail', ORGANISATIONS.weighed.han_trails],
  ['indic_frame', ORGANISATIONS.weighed.indic_frames],
  ['indic_front', ORGANISATIONS.weighed.indic_fronts],
]

export interface Trigger {
  readonly kind: OrganisationWord
  readonly accents: Accents
}

/** The form in small letters when its accents tell it from other words: sàn is a trading platform, San a saint. */
export type Accents = string | null

function accentsOf(form: string): Accents {
  return /[\u00c0-\u024f\u1e00-\u1eff]/.test(form) ? form.toLowerCase().normalize('NFC') : null
}

function entries<T>(list: readonly string[], value: (form: string) => T): Entry<T>[] {
  return list.flatMap((form) => spellings(form).map((spelling) => [spelling, value(form)] as const))
}

/** Every word at which a name of a firm is looked for. */
export const TRIGGERS = new Trie<Trigger>(
  LISTS.flatMap(([kind, list]) => entries(list, (form) => ({ kind, accents: accentsOf(form) }))),
)

export function hasAccents(accents: Accents, text: string, start: number, end: number): boolean {
  return accents === null || text.slice(start, end).toLowerCase().normalize('NFC') === accents
}

const flags = (list: readonly string[], direction: 'forward' | 'backward' = 'forward') =>
  new Trie<true>(
    entries(list, () => true as const),
    direction,
  )

export const NAMED = flags(ORGANISATIONS.named)
export const KIND_WORDS = flags([
  ...ORGANISATIONS.legal,
  ...ORGANISATIONS.strong,
  ...ORGANISATIONS.weak,
  ...ORGANISATIONS.shy,
])
const accented = (list: readonly string[]) => new Trie<Accents>(entries(list, accentsOf))
export const FIRM_CUES = accented([...ORGANISATIONS.things, ...ORGANISATIONS.named])
/** Words of work, payment and confinement. */
export const WORDS_AROUND = accented(ORGANISATIONS.around)
export const FIRM_THINGS = accented([...ORGANISATIONS.things, ...ORGANISATIONS.things_plain])

export const QUOTED_THINGS = flags(ORGANISATIONS.quoted_things)
export const QUOTED_THINGS_BACK = flags(ORGANISATIONS.quoted_things, 'backward')
export const HAN_STOPS_BACK = flags(ORGANISATIONS.han.stops, 'backward')
export const HAN_SLOT_TRAILS = flags(ORGANISATIONS.han.slot_trails)
export const HAN_EVERYDAY = flags(ORGANISATIONS.han.everyday)
export const HAN_GENERIC = flags(ORGANISATIONS.han.generic)
export const UNSPACED_TAILS = flags(ORGANISATIONS.tails)
export const UNSPACED_HEADS: ReadonlySet<string> = new Set(ORGANISATIONS.heads)
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
const INDIC_STOP_WORDS = folded(ORGANISATIONS.indic_stops)
/** Bengali verbs and plurals by their endings, which no name has: পাঠিয়েছিল, চেনেন, কর্মীদের. */
const BENGALI_INFLECTED = /(?:িয়ে|িয়ে|ছিল|ছিলেন|েছে|েছেন|য়েছে|েনেন|দেরকে|গুলো|গুলোর)$/u
/** Whether a word of Hindi or Bengali ends a name. */
export function isIndicStop(word: string): boolean {
  return INDIC_STOP_WORDS.has(foldText(word)) || BENGALI_INFLECTED.test(word)
}
export const INDIC_THINGS = flags(ORGANISATIONS.indic_things)
export const HAN_KINDS = ORGANISATIONS.han.kinds
const lowered = (list: string): ReadonlySet<string> => new Set(words(list).map((word) => word.toLowerCase()))
/** With their accents: Tại stands in front of a name, Tai may be its first word. */
export const LEADING = lowered(ORGANISATIONS.leading)
export const LEADING_FIRST = lowered(ORGANISATIONS.leading_first)
export const BREAKING = lowered(ORGANISATIONS.breaking)
export const ORDINARY = folded(words(ORGANISATIONS.ordinary))
export const NATIONALITIES = folded(words(ORGANISATIONS.nationalities))
export const PLATFORMS = folded(words(ORGANISATIONS.platforms))
/** Words that firms are named with, words that people are named with, and what is said behind a firm's name. */
export const BRANDS = folded(words(ORGANISATIONS.weighed.brand))
export const PEOPLE = folded(words(ORGANISATIONS.weighed.people))
export const HAN_BRANDS: ReadonlySet<string> = new Set(ORGANISATIONS.weighed.han_brand)
export const HAN_NOT_BRANDS: ReadonlySet<string> = new Set(ORGANISATIONS.weighed.han_not_brand)
export const THAI_BRANDS = flags(ORGANISATIONS.weighed.thai_brand)
export const SOUND_BRANDS = flags([...ORGANISATIONS.weighed.thai_brand, ...ORGANISATIONS.weighed.sound_brand])
/** Syllables of Chinese names as they are written in Thai, Lao and Khmer. */
export const SOUND_SYLLABLES = flags(ORGANISATIONS.weighed.sound_syllable)
export const INDIC_BRANDS = flags(ORGANISATIONS.weighed.indic_brand)
export const INDIC_BRANDS_BACK = flags(ORGANISATIONS.weighed.indic_brand, 'backward')
export const ROLES: ReadonlySet<string> = new Set(ORGANISATIONS.weighed.roles)
export const COINED_FRONT = flags(ORGANISATIONS.weighed.coined.front)
export const COINED_BACK = flags(ORGANISATIONS.weighed.coined.back, 'backward')
/** Kind words of one word: Group, Services, Tower. */
export const KIND_NAMES = folded(
  [...ORGANISATIONS.legal, ...ORGANISATIONS.strong, ...ORGANISATIONS.weak, ...ORGANISATIONS.shy].filter(
    (word) => !word.includes(' '),
  ),
)
/** Written with capitals: "United" is part of many names, "united" of none. */
export const NOT_ORGANISATIONS: ReadonlySet<string> = new Set(
  words(ORGANISATIONS.not_organisations).map((it) => it.replaceAll('_', ' ')),
)

/** The blank between words, as a UTF-16 unit. */
export const BLANK = 32

/** A stretch of the text, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What a reader of one script says of one trigger: where a name stands and why it is believed. */
export interface Named extends Span {
  readonly confidence: number
  readonly why: string
}
