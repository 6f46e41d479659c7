import type { Fact, FactKind, Normal } from '../core/fact.ts'
import type { Span } from './edit.ts'
import { MOST_TIMES } from './incoming.ts'
import { count, isAccount, KIND_ORDER, keyOf, leadsToMoney } from './kinds.ts'

/** What a fact says, without where it stands. */
export interface Said {
  readonly kind: FactKind
  readonly value: string
  readonly normal: Normal
  readonly confidence: number
  readonly why: string
  readonly country?: string | undefined
  readonly system?: string | undefined
}

/** Where a fact stands; `source` is `text` for the box, else a file's id. */
export interface Place extends Span {
  readonly source: string
  readonly text: string
  readonly speaker?: string | undefined
  readonly at?: string | undefined
}

/** Facts of one source: the box, or a file. */
export interface ReadSource {
  readonly source: string
  readonly facts: readonly Fact[]
}

/** Which end of a payment an account is: the person's own, from which it was paid, or the one that received it. */
export type AccountRole = 'payer' | 'payee'

/** What a person decided about one fact; it outlives every new reading of the text. */
export interface Decision {
  readonly state: 'found' | 'confirmed' | 'removed'
  /** The fact as it was when it was decided: kept when its words leave the text. */
  readonly said: Said
  /** What a person put in its place. */
  readonly corrected: Said | null
  /** The words a person marked when adding a fact; '' for one typed by hand; null for one that was read. */
  readonly addedFrom: string | null
  /** Null: as the house proposes. */
  readonly shared: boolean | null
  readonly role: AccountRole
}

export type Decisions = ReadonlyMap<string, Decision>

/** One thing the report states, however often it is said. */
export interface Entry extends Said {
  readonly key: string
  readonly state: 'found' | 'confirmed'
  readonly origin: 'read' | 'corrected' | 'added'
  /** What was read before it was corrected. */
  readonly read: Said | null
  readonly places: readonly Place[]
  /** Its words stand in no source any more. */
  readonly gone: boolean
  readonly shared: boolean
  readonly sharedWhy: string
  readonly role: AccountRole
  /** Its country is only what the words around it suggest: the number does not say it, and no person did. */
  readonly assumed: boolean
}

const MOST_PLACES = 200

/**
 * The list beside the text: what was read, with what a person decided, by kind and then by where it first stands.
 * What was removed is not in it; what was confirmed stays even when its words leave the text.
 */
export function entriesOf(sources: readonly ReadSource[], decisions: Decisions, text: string): Entry[] {
  const found = collect(sources)
  const marked = new Map<string, Place[]>()
  for (const [key, { addedFrom, state }] of decisions)
    if (addedFrom !== null && state !== 'removed') marked.set(key, placesOf(addedFrom, text))
  const taken = [...marked.values()].flat()
  const drafts: Draft[] = []
  for (const [key, { said, places }] of found) {
    const decision = decisions.get(key)
    if (decision?.state === 'removed') continue
    const free = marked.has(key) ? places : places.filter((place) => !overlapsAny(place, taken))
    if (free.length === 0 && decision === undefined) continue
    drafts.push({ key, said, decision, places: merge(free, marked.get(key) ?? []) })
  }
  for (const [key, decision] of decisions) {
    if (found.has(key) || decision.state === 'removed') continue
    if (decision.state === 'found' && decision.addedFrom === null) continue // only a tick, and nothing left to tick
    drafts.push({ key, said: decision.said, decision, places: marked.get(key) ?? [] })
  }
  const near = nearMoney(drafts)
  return drafts.map((draft) => toEntry(draft, near)).sort(byKindAndPlace)
}

interface Draft {
  readonly key: string
  readonly said: Said
  readonly decision: Decision | undefined
  readonly places: readonly Place[]
}

function toEntry({ key, said, decision, places }: Draft, near: NearMoney): Entry {
  const corrected = decision?.corrected ?? null
  const now = corrected ?? said
  const role = decision?.role ?? 'payee'
  const proposal = propose(now.kind, role, near(places))
  const added = decision?.addedFrom ?? null
  return {
    ...pickSaid(now),
    key,
    state: decision?.state === 'confirmed' ? 'confirmed' : 'found',
    origin: corrected ? 'corrected' : added === null ? 'read' : 'added',
    read: corrected ? pickSaid(said) : null,
    places,
    gone: places.length === 0 && added !== '',
    shared: decision?.shared ?? proposal.shared,
    sharedWhy: whyShared(decision?.shared ?? null, proposal),
    role,
    assumed: corrected === null && added === null && sayNoCountry(said),
  }
}

/** A domestic account number says no country; without its bank, only the words around it do. */
function sayNoCountry({ kind, country, system }: Said): boolean {
  return kind === 'bank_account' && country !== undefined && system === undefined
}

function whyShared(chosen: boolean | null, proposal: { shared: boolean; why: string }): string {
  return chosen === null || chosen === proposal.shared ? proposal.why : 'you chose this'
}

/** Whether a fact is shared when nobody chose: accounts and what paid into them are, people never are. */
function propose(kind: FactKind, role: AccountRole, near: boolean): { shared: boolean; why: string } {
  if (role === 'payer' && isAccount(kind))
    return { shared: false, why: "the person's own account stays sealed until you share it" }
  if (leadsToMoney(kind)) return { shared: true, why: 'it leads to the money' }
  if ((kind === 'amount' || kind === 'date') && near)
    return { shared: true, why: 'it stands beside an account or payment' }
  if (kind === 'amount' || kind === 'date')
    return { shared: false, why: 'it stands beside no account or payment' }
  if (OF_PEOPLE.includes(kind)) return { shared: false, why: 'it may point at a person' }
  return { shared: false, why: 'stopping the money does not need it' }
}

const OF_PEOPLE: readonly FactKind[] = ['phone', 'email', 'handle', 'passport', 'plate', 'imei', 'ip']

type NearMoney = (places: readonly Place[]) => boolean

/** Code units within which an amount or a date counts as said of a payment: two or three lines of a chat. */
const NEAR = 160

function nearMoney(drafts: readonly Draft[]): NearMoney {
  const starts = new Map<string, number[]>()
  for (const { said, decision, places } of drafts) {
    if (!leadsToMoney(decision?.corrected?.kind ?? said.kind)) continue
    for (const { source, start, end } of places) {
      const list = starts.get(source) ?? []
      list.push(start, end)
      starts.set(source, list)
    }
  }
  for (const list of starts.values()) list.sort((a, b) => a - b)
  return (places) =>
    places.some(({ source, start, end }) => {
      const list = starts.get(source) ?? []
      const next = list[firstAtLeast(list, start - NEAR)]
      return next !== undefined && next <= end + NEAR
    })
}

/** Index of the first number that is not under `least` in an ascending list. */
function firstAtLeast(list: readonly number[], least: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}

function collect(sources: readonly ReadSource[]): Map<string, { said: Said; places: Place[] }> {
  const found = new Map<string, { said: Said; places: Place[] }>()
  for (const { source, facts } of sources) {
    for (const fact of facts) {
      const key = keyOf(fact.kind, fact.normal)
      const known = found.get(key)
      const { text, start, end, speaker, at } = fact
      const place: Place = { source, text, start, end, speaker, at }
      if (known === undefined) found.set(key, { said: pickSaid(fact), places: [place] })
      else {
        if (known.places.length < MOST_PLACES) known.places.push(place)
        if (fact.confidence > known.said.confidence) known.said = pickSaid(fact)
      }
    }
  }
  return found
}

/** How often it is said: `2 times`; `at least` where more of its places were found than are kept. */
export function timesSaid(places: readonly Pick<Place, 'source'>[]): string {
  const ofFile = (id: string) => places.filter(({ source }) => source === id).length
  const cut =
    places.length >= MOST_PLACES ||
    places.some(({ source }) => source !== 'text' && ofFile(source) >= MOST_TIMES)
  return `${cut ? 'at least ' : ''}${count(places.length, 'time')}`
}

/** Every place where marked words stand in the box. */
function placesOf(words: string, text: string): Place[] {
  const places: Place[] = []
  if (words === '') return places
  for (let at = text.indexOf(words); at >= 0 && places.length < MOST_PLACES; ) {
    places.push({ source: 'text', text: words, start: at, end: at + words.length })
    at = text.indexOf(words, at + words.length)
  }
  return places
}

function overlapsAny(place: Place, others: readonly Place[]): boolean {
  return others.some(
    ({ source, start, end }) => source === place.source && start < place.end && place.start < end,
  )
}

function merge(read: readonly Place[], marked: readonly Place[]): readonly Place[] {
  if (marked.length === 0) return read
  return [...read.filter((place) => !overlapsAny(place, marked)), ...marked].sort((a, b) => a.start - b.start)
}

export function pickSaid({ kind, value, normal, confidence, why, country, system }: Said): Said {
  return { kind, value, normal, confidence, why, country, system }
}

function byKindAndPlace(a: Entry, b: Entry): number {
  const kind = KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind)
  return kind || firstPlace(a) - firstPlace(b) || (a.key < b.key ? -1 : 1)
}

function firstPlace({ places }: Entry): number {
  const [first] = places
  if (first === undefined) return Number.POSITIVE_INFINITY
  return first.source === 'text' ? first.start : 1e9 + first.start
}
