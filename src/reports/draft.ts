import { z } from 'zod'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { FACT_KINDS } from '../core/fact.ts'
import { newId } from '../core/ids.ts'
import { Country, Id, TlpShape, Token } from '../core/shapes.ts'

const NormalShape = z.union([z.string(), z.object({ minor: z.int(), currency: z.string().nullable() })])

const SaidShape = z.object({
  kind: z.enum(FACT_KINDS),
  value: z.string(),
  normal: NormalShape,
  confidence: z.number(),
  why: z.string(),
  country: z.string().optional(),
  system: z.string().optional(),
})

const FactShape = SaidShape.extend({
  country: z.string().exactOptional(),
  system: z.string().exactOptional(),
  text: z.string(),
  start: z.int(),
  end: z.int(),
  speaker: z.string().exactOptional(),
  at: z.string().exactOptional(),
})

const DecisionShape = z.object({
  state: z.enum(['found', 'confirmed', 'removed']),
  said: SaidShape,
  corrected: SaidShape.nullable(),
  addedFrom: z.string().nullable(),
  shared: z.boolean().nullable(),
  role: z.enum(['payer', 'payee']),
})

/** One payment that a table of transactions states. */
const PaymentRow = z.object({
  /** Key of the account or wallet that received it. */
  toKey: z.string(),
  minor: z.int(),
  currency: z.string().nullable(),
  paidAt: z.string().nullable(),
})
export type PaymentRow = z.infer<typeof PaymentRow>

/** A file that is already sealed and uploaded; one that is not would be lost with the window, so it is not written. */
const FileShape = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  /** Bytes of the original. */
  size: z.int(),
  sealedId: Id,
  /** What was read in it, when it did not go into the box. */
  facts: z.array(FactShape),
  payments: z.array(PaymentRow),
  note: z.string(),
  /** Why what was read beside the box asks for safeguarding. */
  safety: z.string().nullable().default(null),
})
export type DraftFile = z.infer<typeof FileShape>

export const IdentityShape = z.object({
  name: z.string(),
  contact: z.string(),
  notes: z.string(),
})
export type Identity = z.infer<typeof IdentityShape>

/** Ids of one attempt to save: made once, so that trying again never makes a second report. */
const Saving = z.object({
  reportId: Id,
  /** The sealed record whose content has arrived in full, and the text it was made of. */
  sealed: z.object({ id: Id, of: z.string() }).nullable(),
  reported: z.boolean(),
})
export type Saving = z.infer<typeof Saving>

export const ReportDraft = z.object({
  v: z.literal(1),
  text: z.string(),
  identity: IdentityShape,
  decisions: z.array(z.tuple([z.string(), DecisionShape])),
  files: z.array(FileShape),
  tlp: TlpShape,
  /** Blind tokens by what was asked about (`askedAs`), so that a draft opened again does not ask twice: each asking counts. */
  tokens: z.record(
    z.string(),
    z.array(z.object({ token: Token, kind: z.enum(FACT_KINDS), country: Country.nullable() })),
  ),
  /** Requests that are being written, as src/freeze/request-draft.ts has them. */
  requests: z.array(z.record(z.string(), z.unknown())),
  saving: Saving,
  savedAt: z.string(),
  /** The name of this version on the server; '' for a draft that was kept before versions had names, or never. */
  version: z.union([z.literal(''), Id]).default(''),
})
export type ReportDraft = z.infer<typeof ReportDraft>

export function newDraft(): ReportDraft {
  return {
    v: 1,
    text: '',
    identity: { name: '', contact: '', notes: '' },
    decisions: [],
    files: [],
    tlp: 'AMBER',
    tokens: {},
    requests: [],
    saving: newSaving(),
    savedAt: new Date(0).toISOString(),
    version: '',
  }
}

function newSaving(): Saving {
  return { reportId: newId(), sealed: null, reported: false }
}

/** The same words as a draft of its own: what is saved or sent of it is not taken for a second try of the other. */
export function copyOf(draft: ReportDraft): ReportDraft {
  const open = draft.requests.filter(({ sent }) => sent !== true)
  return {
    ...draft,
    version: '',
    saving: draft.saving.reported ? draft.saving : newSaving(),
    requests: open.map((it) => ({ ...it, id: newId(), sealedBriefing: null, factIds: {} })),
  }
}

/** Whether there is anything in it that somebody would miss. */
export function isEmpty(draft: ReportDraft): boolean {
  const { name, contact, notes } = draft.identity
  return (
    draft.text === '' &&
    name + contact + notes === '' &&
    draft.decisions.length === 0 &&
    draft.files.length === 0
  )
}

/** Ids of the sealed records that a draft refers to: its files, its story, the briefings of its requests. */
export function sealedIn({ files, saving, requests }: ReportDraft): string[] {
  const briefings = requests.map(({ sealedBriefing }) => (sealedBriefing as { id?: unknown } | null)?.id)
  const ids = [...files.map(({ sealedId }) => sealedId), saving.sealed?.id, ...briefings]
  return [...new Set(ids.filter((id) => Id.safeParse(id).success) as string[])]
}

export function draftBytes(draft: ReportDraft): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(draft))
}

/** Throws `invalid` when these bytes are no draft that this version can read. */
export function draftFrom(bytes: Uint8Array): ReportDraft {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new HouseError('invalid', 'this draft was opened, but its content cannot be read', { cause })
  }
  return check(ReportDraft, value) as ReportDraft
}

/** One line that tells drafts apart: the first words, or what else is in it. */
export function titleOf({ text, identity, files }: ReportDraft): string {
  const first = text
    .slice(0, 400)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
  if (first !== undefined) return first.length > 90 ? `${first.slice(0, 90).toWellFormed()}…` : first
  return identity.name || files[0]?.name || 'Nothing written yet'
}
