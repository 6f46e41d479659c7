import { parseForm, spellings } from '../lexicon/form.ts'
import { PLACES } from '../lexicon/places.ts'
import { foldText, isEdge } from '../script.ts'
import { type Entry, Trie } from '../trie.ts'

export type PlaceKind = 'country' | 'region' | 'city' | 'town' | 'border' | 'zone'

/** A place of the gazetteer. */
export interface Place {
  /** English short name. */
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly kind: PlaceKind
}

/** One way in which a place is written. */
export interface PlaceForm {
  readonly place: Place
  /** `locative`: needs a word of place beside it. `company`: that, and another place of its country in the text. */
  readonly needs: 'nothing' | 'locative' | 'company'
  /** Exactly as it must be written, capitals included; null: see `accents`. */
  readonly exact: string | null
  /** The form in small letters with its accents: a text has these, or none at all unless they are `strict`. */
  readonly accents: string
  readonly strict: boolean
  readonly latin: boolean
  readonly languages: readonly string[] | null
  /** An everyday word when written small. */
  readonly capital: boolean
}

const words = (list: string) => list.split(/\s+/).filter((word) => word !== '')
const LOWER_STOP = new Set(words(PLACES.lower_stop))

const NEEDS = { '?': 'locative', '&': 'company' } as const

function toForm(place: Place, written: string): { form: string; entry: PlaceForm } {
  const sign = written[0] === '?' || written[0] === '&' ? written[0] : null
  const { form, marks } = parseForm(sign === null ? written : written.slice(1))
  const latin = /^[a-z]/.test(foldText(form))
  const capital = latin && (form.length < 5 || LOWER_STOP.has(foldText(form)))
  const entry: PlaceForm = {
    place,
    needs: sign === null ? 'nothing' : NEEDS[sign],
    exact: marks.anyCase ? null : marks.exact,
    accents: form.toLowerCase().normalize('NFC'),
    strict: marks.anyCase,
    latin,
    languages: marks.languages,
    capital,
  }
  return { form, entry }
}

function* curated(): Generator<Entry<PlaceForm>> {
  for (const line of PLACES.places.split('\n')) {
    const [name = '', country = '', kind = '', forms = ''] = line.split('\t')
    const place: Place = { name, country, kind: kind.replace('?', '') as PlaceKind }
    const written = forms === '' ? [] : forms.split('|')
    const asked = written.includes(`?${name}`) || written.includes(`&${name}`)
    for (const one of [...(asked ? [] : [name]), ...written]) {
      const { form, entry } = toForm(place, one)
      for (const spelling of spellings(form)) yield [spelling, entry]
    }
  }
}

function* towns(): Generator<Entry<PlaceForm>> {
  for (const [country, list] of Object.entries(PLACES.towns)) {
    for (const name of list.split('|')) {
      yield [name, townForm({ name: withoutAccents(name), country, kind: 'town' }, name)]
    }
  }
}

/** A town is written as in its list, which has no marks; thousands are made where a reader starts. */
function townForm(place: Place, name: string): PlaceForm {
  return {
    place,
    needs: 'locative',
    exact: null,
    accents: isAscii(name) ? name.toLowerCase() : name.toLowerCase().normalize('NFC'),
    strict: false,
    latin: /^[a-z]/.test(foldText(name)),
    languages: null,
    capital: true,
  }
}

function isAscii(name: string): boolean {
  return /^[\0-\x7f]*$/.test(name)
}

export function withoutAccents(name: string): string {
  if (isAscii(name)) return name
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}

export const GAZETTEER = new Trie<PlaceForm>([...curated(), ...towns()])

const asEntries = (list: string): Entry<true>[] => words(list).map((word) => [word, true])
const LOCATIVES = new Trie<true>(asEntries(PLACES.locatives), 'backward')
const SMALL = new Trie<true>(asEntries(PLACES.locatives_small), 'backward')
const LOCATIVES_BEHIND = new Trie<true>(asEntries(PLACES.locatives_behind))
/** Vietnamese dân is people, Indonesian dan is "and": words with accents are told by them. */
const PEOPLE_BEFORE = new Trie<string | null>(
  words(PLACES.people_before).map((word) => [
    word,
    /[\u00c0-\u1ef9]/.test(word) && /^[^\u0900-\u1aff]+$/.test(word) ? word : null,
  ]),
  'backward',
)
const PEOPLE_BEHIND = new Trie<true>(asEntries(PLACES.people_behind))
const NOT_PLACES = new Trie<true>(asEntries(PLACES.not_places))

const BLANK = 32

function before(text: string, start: number): number {
  return text.charCodeAt(start - 1) === BLANK ? start - 1 : start
}

function behind(text: string, end: number): number {
  return text.charCodeAt(end) === BLANK ? end + 1 : end
}

/** Whether a word of place stands directly in front of the span, or directly behind it, or as an ending on it. */
export function hasLocative(text: string, start: number, end: number): boolean {
  const front = LOCATIVES.longest(text, before(text, start), (_, from) => isEdge(text, from))
  if (front !== null || !isEdge(text, end)) return true
  return LOCATIVES_BEHIND.longest(text, behind(text, end), () => true) !== null
}

/** Whether a word like `to` stands in front, which is enough for names that are no everyday words. */
export function hasMotion(text: string, start: number): boolean {
  return SMALL.longest(text, before(text, start), (_, from) => isEdge(text, from)) !== null
}

/** Whether the name of a country is that of its people, tongue or money here: คนไทย, 中国人. */
export function isPeople(text: string, start: number, end: number): boolean {
  const front = before(text, start)
  const people = PEOPLE_BEFORE.longest(text, front, (exact, from) => {
    if (!isEdge(text, from)) return false
    return exact === null || text.slice(from, front).toLowerCase().normalize('NFC') === exact
  })
  if (people !== null) return true
  return PEOPLE_BEHIND.longest(text, end, () => true) !== null
}

/** Whether the name goes on as that of something else: Bangkok Post. */
export function isOtherName(text: string, end: number): boolean {
  if (text.charCodeAt(end) !== BLANK) return false
  return NOT_PLACES.longest(text, end + 1, (_, stop) => isEdge(text, stop)) !== null
}

/** Whether a text is the name of a place and nothing else: Poipet in "Poipet casino". */
export function isPlaceName(text: string): boolean {
  return GAZETTEER.longest(text, 0, (form, end) => end === text.length && form.place.kind !== 'town') !== null
}

/** The same, small towns included: too many to say so of a name that looks like a firm's. */
export function isTownName(text: string): boolean {
  return GAZETTEER.longest(text, 0, (_, end) => end === text.length) !== null
}
