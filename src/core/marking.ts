import type { OrgKind } from './power.ts'
import type { TLPS } from './shapes.ts'

/** TLP 2.0 of FIRST, widest first: each rank may go less far than the one before. */
export const TLP_ORDER = [
  'CLEAR',
  'GREEN',
  'AMBER',
  'AMBER+STRICT',
  'RED',
] as const satisfies (typeof TLPS)[number][]
export type Tlp = (typeof TLPS)[number]

/** Permissible actions protocol: what a recipient may do with it, freest first. */
export const PAPS = ['CLEAR', 'GREEN', 'AMBER', 'RED'] as const
export type Pap = (typeof PAPS)[number]

/** What must be kept in mind whoever holds it. Labels and meanings are in content/codelists/markings.yaml. */
export const HANDLING = [
  'victim-identity',
  'no-police',
  'no-embassy',
  'no-employer',
  'duress-risk',
  'evidence-only',
  'chatham-house',
] as const
export type Handling = (typeof HANDLING)[number]

/** What something may be used for. A survivor consents to each by itself; each share names one. */
export const USES = ['protect_money', 'support', 'investigation', 'statistics', 'warning'] as const
export type Use = (typeof USES)[number]

/** On what a share rests. `consent` lives and ends with the survivor's consent to that use. */
export const BASES = ['consent', 'vital_interest', 'legal_duty', 'public_interest'] as const
export type Basis = (typeof BASES)[number]

export interface Marking {
  readonly tlp: Tlp
  readonly pap: Pap
  /** Sorted as in HANDLING, none twice. */
  readonly handling: readonly Handling[]
  /** The uses that a survivor consented to; null where no survivor's consent is needed. */
  readonly uses: readonly Use[] | null
  /** A person in it may be a victim of trafficking: kept from enforcement without basis and second person. */
  readonly possibleVictim: boolean
  /** ISO 8601 in UTC; null when it does not expire. */
  readonly expiresAt: string | null
}

/** Marks nothing at all: joining it changes nothing. */
export const UNMARKED: Marking = {
  tlp: 'CLEAR',
  pap: 'CLEAR',
  handling: [],
  uses: null,
  possibleVictim: false,
  expiresAt: null,
}

/**
 * The marking of something made of two others: never lower than either.
 * Keeps  commutative, associative, idempotent, UNMARKED is neutral, covers(join(a, b), a) (marking.test.ts).
 */
export function join(a: Marking, b: Marking): Marking {
  return {
    tlp: higher(TLP_ORDER, a.tlp, b.tlp),
    pap: higher(PAPS, a.pap, b.pap),
    handling: HANDLING.filter((mark) => a.handling.includes(mark) || b.handling.includes(mark)),
    uses: common(a.uses, b.uses),
    possibleVictim: a.possibleVictim || b.possibleVictim,
    expiresAt: earlier(a.expiresAt, b.expiresAt),
  }
}

/** The marking of what is derived from several sources, which may ask for more and never for less. */
export function derived(sources: readonly Marking[], wanted: Marking = UNMARKED): Marking {
  return sources.reduce(join, wanted)
}

/** After it crossed to another instance, it may go one step less far; CLEAR may go anywhere, RED nowhere. */
export function crossed(it: Marking): Marking {
  const rank = TLP_ORDER.indexOf(it.tlp)
  if (it.tlp === 'RED')
    throw new RangeError('TLP:RED is for the people it was sent to; it does not leave this instance')
  return { ...it, tlp: rank === 0 ? 'CLEAR' : (TLP_ORDER[rank + 1] ?? 'RED') }
}

/** Whether `a` holds everything that `b` asks for. */
export function covers(a: Marking, b: Marking): boolean {
  const joined = join(a, b)
  return (
    joined.tlp === a.tlp &&
    joined.pap === a.pap &&
    joined.handling.length === a.handling.length &&
    joined.possibleVictim === a.possibleVictim &&
    joined.expiresAt === a.expiresAt &&
    (joined.uses === null ? a.uses === null : joined.uses.length === a.uses?.length)
  )
}

function higher<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

function common(a: readonly Use[] | null, b: readonly Use[] | null): readonly Use[] | null {
  if (a === null || b === null) return a ?? b
  return USES.filter((use) => a.includes(use) && b.includes(use))
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) <= Date.parse(b) ? a : b
}

/** A marking as somebody wrote it: what it counts as, and whether that is what they wrote. */
export interface Read<T> {
  readonly value: T
  /** False: unknown, misspelt or written with look-alike letters; it counts as RED. */
  readonly understood: boolean
}

/** `TLP:amber+strict`, `tlp: white` (which TLP 1.0 called CLEAR), full-width letters; everything else counts as RED. */
export function readTlp(text: string): Read<Tlp> {
  const word = wordOf(text, 'TLP')
  if (word === 'WHITE') return { value: 'CLEAR', understood: true }
  return readOne(TLP_ORDER, /^AMBER\W?STRICT$/.test(word) ? 'AMBER+STRICT' : word)
}

/** `PAP:GREEN` likewise; `white` is its old word for CLEAR. */
export function readPap(text: string): Read<Pap> {
  const word = wordOf(text, 'PAP')
  return readOne(PAPS, word === 'WHITE' ? 'CLEAR' : word)
}

function readOne<T extends string>(words: readonly T[], word: string): Read<T | 'RED'> {
  const found = words.find((it) => it === word)
  return found === undefined ? { value: 'RED', understood: false } : { value: found, understood: true }
}

/**
 * Letters of other scripts that look Latin stay what they are, and so match nothing: a marking that only looks like CLEAR
 * must not open anything. NFKC folds full-width letters alone.
 */
function wordOf(text: string, scheme: string): string {
  const folded = text
    .normalize('NFKC')
    .trim()
    .replace(/^\[|\]$/g, '')
  const plain = folded.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()).replaceAll(/\s+/g, ' ')
  return plain.replace(new RegExp(`^${scheme}\\s?[:=-]?\\s?"?`), '').replace(/"$/, '')
}

/** Kinds of organisation that enforce: what goes to them about a possible victim needs basis and second person. */
export const ENFORCERS: readonly OrgKind[] = ['police', 'fiu']

/** From whom a handling mark keeps an item. Kinds that the network does not have yet stand in the code list. */
const KEPT_FROM: Partial<Record<Handling, readonly OrgKind[]>> = { 'no-police': ['police'] }

/** Whether a mark keeps an item from organisations of that kind. */
export function keptFrom(mark: Handling, kind: OrgKind): boolean {
  return KEPT_FROM[mark]?.includes(kind) ?? false
}

export interface Recipient {
  readonly as: 'org' | 'person' | 'group'
  /** Of the organisation, or of the person's; null for a group, whose members are judged one by one. */
  readonly kind: OrgKind | null
}

/** Why this may not go there as it is marked; null when it may. The database decides by the same rules (grants.test.ts). */
export function whyNot(
  marking: Pick<Marking, 'tlp' | 'handling' | 'possibleVictim'>,
  to: Recipient,
  it: { readonly use: Use; readonly approved: boolean },
): string | null {
  if (marking.tlp === 'RED' && to.as !== 'person')
    return 'TLP:RED is for named people: share it with a person, or lower the marking first'
  const mark = marking.handling.find((name) => to.kind !== null && keptFrom(name, to.kind))
  if (mark) return `it is marked “${mark}”`
  const enforces = it.use === 'investigation' || (to.kind !== null && ENFORCERS.includes(to.kind))
  if (marking.possibleVictim && enforces && !it.approved)
    return 'it is about a possible victim: enforcement needs a basis and a second person first'
  return null
}
