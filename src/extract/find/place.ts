import type { Candidate, Context, Finder } from '../finder.ts'
import { languagesIn } from '../language.ts'
import { endsWord } from '../lexicon/form.ts'
import { PLACE } from '../marks.ts'
import { isUpper } from '../script.ts'
import { swept } from '../sweep.ts'
import { GAZETTEER, hasLocative, hasMotion, isOtherName, isPeople, type PlaceForm } from './place-words.ts'

/**
 * Countries, provinces, towns, border crossings and special zones, by a gazetteer in all languages of the house.
 * Normal   the English short name.
 * Quiet    on peoples and tongues (Thai, คนไทย, 中国人), on names that are everyday words or first names unless a word of
 *          place stands beside them, and on names that go on as something else (Bangkok Post).
 * Cost     linear: each word is looked up once, as far as the longest name.
 * Source   content/lexicon: GeoNames (CC BY 4.0), Unicode CLDR (Unicode License v3), and names collected by hand.
 */
export const findPlaces: Finder = (plain, context) => {
  const { text } = plain
  const languages = languagesIn(plain, context)
  const found: Hit[] = []
  const { at, bits } = swept(plain)
  let start = 0
  let reach = 0
  const accepts = (form: PlaceForm, end: number) =>
    endsWord(text, end) &&
    (form.languages === null || form.languages.some((it) => languages.has(it))) &&
    isWritten(form, text, start, end)
  for (let i = 0; i < at.length; i++) {
    start = at[i] as number
    if (((bits[i] as number) & PLACE) === 0 || start < reach) continue
    const hit = GAZETTEER.longest(text, start, accepts)
    if (hit === null) continue
    found.push({ form: hit.value, start, end: hit.end })
    reach = hit.end
  }
  if (found.length === 0) return []
  const named = countriesNamed(found, context)
  return found.filter((_, i) => isBelieved(text, found, i, named)).map((hit) => toCandidate(text, hit))
}

interface Hit {
  readonly form: PlaceForm
  readonly start: number
  readonly end: number
}

/** Any border town or zone keeps company with doubtful names: such texts are about places like these. */
const ANY = '*'
/** In front of a country that the text's language or reporter points to, which is enough in scripts with capitals. */
const LIKELY = '~'

function countriesNamed(found: readonly Hit[], { countries }: Context): ReadonlySet<string> {
  const named = new Set(countries.slice(0, 1).map((country) => `${LIKELY}${country}`))
  for (const { form } of found) {
    if (form.needs !== 'nothing') continue
    named.add(form.place.country)
    if (form.place.kind === 'border' || form.place.kind === 'zone') named.add(ANY)
  }
  return named
}

/** Doubtful names stand beside a sure one (Clark, Pampanga), or behind a word of place; some ask for both their country and that. */
function isBelieved(text: string, found: readonly Hit[], i: number, named: ReadonlySet<string>): boolean {
  const hit = found[i]
  if (hit === undefined || hit.form.needs === 'nothing') return true
  if (isBeside(text, found[i - 1], hit) || isBeside(text, hit, found[i + 1])) return true
  if (!hasLocative(text, hit.start, hit.end) && !isDateline(text, hit)) return false
  const { needs, place, latin } = hit.form
  if (needs === 'locative' || named.has(place.country) || named.has(ANY)) return true
  return latin && named.has(`${LIKELY}${place.country}`)
}

/** A report opens with where and when it was written: ঢাকা, ২২ মে ২০২৫; the text has its digits in ASCII here. */
function isDateline(text: string, { start, end }: Hit): boolean {
  const opens = start === 0 || text[start - 1] === '\n'
  return (
    opens &&
    /^(?:,| [–—-]) {1,2}(?:\p{L}[\p{L}\p{M}]{1,12},? )?\d{1,2}[ /.-]/u.test(text.slice(end, end + 22))
  )
}

/** Two places with a comma or a blank between them, one of them sure, in one country. */
function isBeside(text: string, a: Hit | undefined, b: Hit | undefined): boolean {
  if (a === undefined || b === undefined || b.start - a.end > 3) return false
  if (a.form.place.country !== b.form.place.country) return false
  const sure = a.form.needs === 'nothing' || b.form.needs === 'nothing'
  return sure && /^[ ,、(]{0,3}$/.test(text.slice(a.end, b.start))
}

/** Letters of the shortest name that is believed in small letters without a word of place. */
const LONG_NAME = 8
/** The same for countries, border towns and zones, which are seldom words of another language: myanmar, bavet. */
const LONG_COUNTRY = 5
const COUNTRY_LIKE: ReadonlySet<string> = new Set(['country', 'border', 'zone'])

/** Whether the text writes a name as its list asks, in a place where it is one. */
function isWritten(form: PlaceForm, text: string, start: number, end: number): boolean {
  if (form.exact !== null && text.slice(start, end) !== form.exact) return false
  if (form.place.kind === 'country' && isPeople(text, start, end)) return false
  if (!form.latin) return true
  if (!hasAccents(form, text.slice(start, end)) || isOtherName(text, end)) return false
  if (isUpper(text, start)) return true
  if (form.capital || form.needs !== 'nothing') return false
  const long = COUNTRY_LIKE.has(form.place.kind) ? LONG_COUNTRY : LONG_NAME
  return end - start >= long || hasLocative(text, start, end) || hasMotion(text, start)
}

/** Accents as the list has them, or none: Huế and Hue are a city, Huệ is a name. */
function hasAccents({ accents, strict }: PlaceForm, written: string): boolean {
  if (!strict && isAscii(written)) return true
  return written.toLowerCase().normalize('NFC').replaceAll('’', "'") === accents
}

function isAscii(written: string): boolean {
  for (let i = 0; i < written.length; i++) if (written.charCodeAt(i) >= 0x80) return false
  return true
}

const KINDS = {
  country: 'a country',
  region: 'a province or state',
  city: 'a city',
  town: 'a town',
  border: 'a border town',
  zone: 'a zone or site',
} as const

function toCandidate(text: string, { form, start, end }: Hit): Candidate {
  const { name, country, kind } = form.place
  const sure = form.needs === 'nothing'
  const why = `'${text.slice(start, end)}' is ${KINDS[kind]} in the gazetteer${sure ? '' : ', and stands where a place stands'}`
  return { kind: 'place', start, end, value: name, normal: name, confidence: sure ? 0.95 : 0.7, why, country }
}
