import { HouseError } from '../core/errors.ts'
import type { Fact } from '../core/fact.ts'
import { newId } from '../core/ids.ts'
import { type Identity, newDraft, type ReportDraft } from './draft.ts'
import { type AccountRole, type Decision, type Entry, pickSaid } from './entries.ts'
import { keyOf } from './kinds.ts'

/** A fact as the sealed report keeps it: with what a person decided about it. */
export interface KeptFact extends Fact {
  readonly shared: boolean
  readonly confirmed: boolean
  readonly role: AccountRole
  /** How often it is said. */
  readonly times: number
}

export interface KeptFile {
  readonly sealedId: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** What is sealed to the own organisation when a report is saved. */
export interface ReportPayload {
  readonly v: 1
  readonly text: string
  readonly language: string
  readonly identity: Identity
  readonly facts: readonly KeptFact[]
  readonly messages: readonly unknown[] | null
  readonly files: readonly KeptFile[]
  readonly savedAt: string
}

/** What is sealed to the people of the organisation that is asked to act. */
export interface BriefingPayload {
  readonly v: 1
  readonly identity: Identity
  readonly text?: string
  readonly files: readonly KeptFile[]
}

export function keptFact(entry: Entry): KeptFact {
  const [first] = entry.places
  const { kind, value, normal, confidence, why, country, system } = entry
  return {
    kind,
    value,
    normal,
    text: first?.text ?? '',
    start: first?.source === 'text' ? first.start : 0,
    end: first?.source === 'text' ? first.end : 0,
    confidence,
    why,
    ...(country === undefined ? {} : { country }),
    ...(system === undefined ? {} : { system }),
    ...(first?.speaker === undefined ? {} : { speaker: first.speaker }),
    ...(first?.at === undefined ? {} : { at: first.at }),
    shared: entry.shared && entry.state === 'confirmed',
    confirmed: entry.state === 'confirmed',
    role: entry.role,
    times: entry.places.length,
  }
}

export function keptFile({ sealedId, name, type, size }: KeptFile): KeptFile {
  return { sealedId, name, type, size }
}

/** A draft of a request from a report that is saved already: its facts as they were decided, and nothing to save again. */
export function draftForRequest(payload: ReportPayload, reportId: string): ReportDraft {
  const { text, identity, facts, files } = payload
  return {
    ...newDraft(),
    text,
    identity,
    decisions: facts.map((fact) => [keyOf(fact.kind, fact.normal), decisionOf(fact)]),
    files: files.map((file) => ({ ...file, id: newId(), facts: [], payments: [], note: '', safety: null })),
    saving: { reportId, sealed: null, reported: true },
  }
}

function decisionOf({ confirmed, shared, role, ...fact }: KeptFact): Decision {
  return {
    state: confirmed ? 'confirmed' : 'found',
    said: pickSaid(fact),
    corrected: null,
    // it may come from a file, so it need not stand in the text
    addedFrom: '',
    shared,
    role,
  }
}

/** Reads what a seal held. Whoever sealed it chose the shape, so nothing in it is believed. */
export function reportPayloadFrom(value: unknown): ReportPayload {
  const it = value as Partial<ReportPayload> | null
  const ok =
    typeof it === 'object' &&
    it !== null &&
    it.v === 1 &&
    typeof it.text === 'string' &&
    typeof it.identity?.name === 'string' &&
    Array.isArray(it.facts) &&
    Array.isArray(it.files) &&
    it.facts.every((fact) => typeof fact?.kind === 'string' && 'normal' in fact) &&
    it.files.every((file) => typeof file?.sealedId === 'string' && typeof file.name === 'string')
  if (!ok)
    throw new HouseError('invalid', 'this was opened, but it is not a report that this version can read')
  return it as ReportPayload
}
