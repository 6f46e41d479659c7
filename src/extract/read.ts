import type { Fact } from '../core/fact.ts'
import { fromZawgyi, isZawgyi } from '../core/zawgyi.ts'
import { type Chat, readChat, type Span } from './chat.ts'
import { findAccounts } from './find/account.ts'
import { findAmounts } from './find/amount.ts'
import { findBics } from './find/bic.ts'
import { findCrypto } from './find/crypto.ts'
import { findDates } from './find/date.ts'
import { findDocuments } from './find/document.ts'
import { findHandles } from './find/handle.ts'
import { findIbans } from './find/iban.ts'
import { findImeis } from './find/imei.ts'
import { findIps } from './find/ip.ts'
import { findNames } from './find/name.ts'
import { findOrganisations } from './find/organisation.ts'
import { findPaymentRefs } from './find/payment-ref.ts'
import { findInternationalPhones, findPhones } from './find/phone.ts'
import { findPlaces } from './find/place.ts'
import { findWeb } from './find/web.ts'
import type { Candidate, Context, Plain } from './finder.ts'
import { type LanguageGuess, languageOf } from './language.ts'
import { inOrder } from './order.ts'
import { resolveOverlaps } from './overlap.ts'
import { Cutter, LONGEST, type Piece, piecesOf } from './pieces.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'
import type { Message, Reading, Refusal, Refuse } from './reading.ts'
import { addFactSigns, guessCountries, wordSigns } from './region.ts'

export type { Message, Reading, Refusal, SealedName } from './reading.ts'

export interface ReadOptions {
  /** The reporter's country, ISO 3166-1 alpha-2. */
  readonly country?: string
  /** The moment relative dates count from, ISO 8601. */
  readonly now?: string
}

/** What finders may ask for beside text and context. */
interface Setting {
  readonly refuse: Refuse
  /** In a chat: when the message at this offset was written. */
  readonly momentAt: (at: number) => string | null
}

type RoomFinder = (plain: Plain, context: Context, setting: Setting) => Candidate[]

const FINDERS: readonly RoomFinder[] = [
  (plain, context, { refuse }) => findIbans(plain, context, refuse),
  findBics,
  (plain, context, { refuse }) => findCrypto(plain, context, refuse),
  findWeb,
  findIps,
  findHandles,
  findPhones,
  findAccounts,
  findPaymentRefs,
  (plain, context, { refuse }) => findImeis(plain, context, refuse),
  findDocuments,
  findAmounts,
  findOrganisations,
  (plain, context, setting) => findDates(plain, context, setting),
]

/**
 * Reads a text: its language, likely countries, and every fact in it with its exact place and reason.
 * Keeps    `source.slice(fact.start, fact.end) === fact.text`; facts are sorted and never overlap.
 * Never    throws, whatever the string; does any I/O.
 * Cost     linear in the text's length: a very long text is read piece by piece, each with its own language and
 *          countries.
 */
export function read(source: string, options: ReadOptions = {}): Reading {
  if (source.length <= LONGEST) return readWhole(source, options)
  const pieces = [...piecesOf(source)].map((piece) => readPiece(piece, options))
  return joined(pieces.map(({ reading }) => reading))
}

/** What one piece of a long text says; every offset is into the whole text. */
export interface PieceReading {
  /** The part of the text that was read, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly reading: Reading
}

/**
 * Reads a text that comes in chunks, however long it is: no more than one piece of it is held at a time.
 * @param chunks  the text in its order, cut anywhere, even inside a word
 * Keeps    the facts of all pieces, one after the other, are those of `read` on the whole text.
 */
export async function* readInChunks(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions = {},
): AsyncGenerator<PieceReading> {
  const cutter = new Cutter()
  // A slice keeps the whole text it was cut from in memory; a clone does not.
  for await (const chunk of chunks)
    for (const piece of cutter.push(chunk)) yield structuredClone(readPiece(piece, options))
  for (const piece of cutter.end()) yield structuredClone(readPiece(piece, options))
}

function readPiece({ text, lead, start, end }: Piece, options: ReadOptions): PieceReading {
  const reading = readWhole(text, options)
  const shift = start - lead
  return { start, end, reading: shift === 0 && lead === 0 ? reading : shifted(reading, lead, shift) }
}

/** Moves what was found behind the lead; a piece's reading is its own, so nothing is copied. */
function shifted(reading: Reading, lead: number, shift: number): Reading {
  const moved = <T extends Span>(list: readonly T[]): T[] => {
    const kept: Writable<T>[] = lead === 0 ? (list as Writable<T>[]) : list.filter((it) => it.start >= lead)
    for (const it of kept) {
      it.start += shift
      it.end += shift
    }
    return kept
  }
  return {
    ...reading,
    facts: moved(reading.facts),
    names: moved(reading.names),
    messages: reading.messages === null ? null : moved(reading.messages),
    refused: moved(reading.refused),
  }
}

/** One reading of all pieces (at least one); the language and countries are those of the first that has a language. */
export function joined(readings: readonly Reading[]): Reading {
  const [first] = readings
  if (first === undefined) throw new Error('a text has at least one piece')
  if (readings.length === 1) return first
  const told = readings.find(({ language }) => language !== 'und') ?? first
  const messages = readings.flatMap((it) => it.messages ?? [])
  return {
    ...told,
    facts: readings.flatMap(({ facts }) => facts),
    names: readings.flatMap(({ names }) => names),
    messages: messages.length > 0 ? messages : null,
    refused: readings.flatMap(({ refused }) => refused),
  }
}

function readWhole(source: string, options: ReadOptions, converts = true): Reading {
  const plain = toPlain(source)
  const spoken = languageOf(plain)
  if (converts && spoken.language === 'my' && isZawgyi(source)) return readZawgyi(source, options)
  const chat = readChat(source, plain)
  const { context, places } = situate(plain, spoken, options)
  const refused: Refusal[] = []
  const setting: Setting = {
    refuse: (kind, { start, end }, why) => {
      refused.push({ kind, ...sourceSpan(plain, start, end), why })
    },
    momentAt: (at) => messageAt(chat, sourceOffset(plain, at))?.at ?? null,
  }
  const found: Candidate[] = []
  addPlaced(found, plain, places)
  for (let i = 0; i < FINDERS.length; i++)
    addPlaced(found, plain, (FINDERS[i] as RoomFinder)(plain, context, setting))
  const facts = resolveOverlaps(outsideHeaders(found, chat?.headers ?? [])).map((it) =>
    toFact(it, source, messageAt(chat, it.start)),
  )
  return {
    language: spoken.language,
    languageWhy: spoken.why,
    countries: context.countries,
    countriesWhy: context.why,
    facts,
    names: findNames(plain, chat, facts),
    messages: chat?.messages ?? null,
    refused: outsideHeaders(refused, chat?.headers ?? []),
  }
}

/** What the text as a whole says of its country; the places that say so are found on the way. */
/** Burmese in the old encoding is read in Unicode; every place is one of the text as it was written. */
function readZawgyi(source: string, options: ReadOptions): Reading {
  const { text, starts, ends } = fromZawgyi(source)
  const reading = readWhole(text, options, false)
  let reach = 0
  const back = <T extends Span>(list: readonly T[]): T[] => {
    reach = 0
    return list.flatMap((it) => {
      const start = starts[it.start] ?? source.length
      const end = ends[it.end - 1] ?? source.length
      if (start < reach) return []
      reach = end
      return [{ ...it, start, end, ...('text' in it ? { text: source.slice(start, end) } : {}) }]
    })
  }
  return {
    ...reading,
    languageWhy: `${reading.languageWhy}; written in Zawgyi, the encoding before Unicode, and converted to be read`,
    facts: back(reading.facts),
    names: back(reading.names),
    messages: reading.messages === null ? null : back(reading.messages),
    refused: back(reading.refused),
  }
}

function situate(plain: Plain, spoken: LanguageGuess, { country, now }: ReadOptions) {
  const { language } = spoken
  const signs = wordSigns(plain, spoken)
  addFactSigns(signs, findInternationalPhones(plain))
  const first = guessCountries(signs, country)
  const places = findPlaces(plain, { language, countries: first.countries, why: first.why, now: now ?? null })
  if (places.length > 0) addFactSigns(signs, places)
  const { countries, why, tied } = places.length === 0 ? first : guessCountries(signs, country)
  const context: Context = { language, countries, tied, why, now: now ?? null }
  return { context, places }
}

function sourceSpan(plain: Plain, start: number, end: number): { text: string; start: number; end: number } {
  const from = sourceOffset(plain, start)
  const to = sourceEnd(plain, end)
  return { text: plain.source.slice(from, to), start: from, end: to }
}

/** Adds candidates at their offsets in the source. */
function addPlaced(found: Candidate[], plain: Plain, candidates: readonly Candidate[]): void {
  for (let i = 0; i < candidates.length; i++) {
    const it = candidates[i] as Candidate
    if (plain.at === null) found.push(it)
    else found.push({ ...it, start: sourceOffset(plain, it.start), end: sourceEnd(plain, it.end) })
  }
}

function toFact(it: Candidate, source: string, said: Message | null): Fact {
  const { kind, value, normal, start, end, confidence, why, country, system } = it
  const fact: Writable<Fact> = {
    kind,
    value,
    normal,
    text: source.slice(start, end),
    start,
    end,
    confidence,
    why,
  }
  if (country !== undefined) fact.country = country
  if (system !== undefined) fact.system = system
  if (said !== null) fact.speaker = said.speaker
  if (said !== null && said.at !== null) fact.at = said.at
  return fact
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The message whose words hold this offset of the source. */
function messageAt(chat: Chat | null, offset: number): Message | null {
  if (chat === null) return null
  const { messages } = chat
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((messages[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const message = messages[low]
  return message !== undefined && message.start <= offset ? message : null
}

/** Without what touches the header of a message: its time and name are no facts. Sorted by start. */
function outsideHeaders<T extends Span>(found: T[], headers: readonly Span[]): T[] {
  const sorted = inOrder(found)
  if (headers.length === 0) return sorted
  let next = 0
  return sorted.filter(({ start, end }) => {
    while ((headers[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++
    return (headers[next]?.start ?? Number.POSITIVE_INFINITY) >= end
  })
}
