import type { z } from 'zod'
import type { Fact } from '../core/fact.ts'
import type { TlpShape } from '../core/shapes.ts'
import { RequestDraft } from '../freeze/request-draft.ts'
import type { BlindToken } from '../web/matching.ts'
import type { History } from './decide.ts'
import type { DraftFile, Identity, PaymentRow, ReportDraft, Saving } from './draft.ts'
import type { Decisions, ReadSource } from './entries.ts'

/** A file in the editor: on its way, or sealed and there. */
export interface LiveFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** The sealed record; null until it has arrived in full. */
  readonly sealedId: string | null
  readonly status: 'waiting' | 'sealing' | 'sending' | 'done' | 'failed'
  /** Bytes of the ciphertext that have left, of how many, since when (ms since 1970). */
  readonly sent: number
  readonly total: number
  readonly startedAt: number
  readonly error: string | null
  readonly facts: readonly Fact[]
  readonly payments: readonly PaymentRow[]
  readonly note: string
  /** Why its words ask for safeguarding. */
  readonly safety: string | null
  readonly problems: readonly string[]
  /** Letters of a long text that are read so far, of how many, since when; null when nothing is being read. */
  readonly reading: { readonly done: number; readonly total: number; readonly startedAt: number } | null
}

export type TokenNew = Pick<BlindToken, 'token' | 'kind' | 'country'>

/** Everything of a report while it is written. */
export interface EditorState {
  readonly text: string
  readonly identity: Identity
  readonly history: History<Decisions>
  readonly files: readonly LiveFile[]
  readonly tlp: z.infer<typeof TlpShape>
  /** Blind tokens by what was asked about (`askedAs`). */
  readonly tokens: Readonly<Record<string, readonly TokenNew[]>>
  readonly requests: readonly RequestDraft[]
  readonly saving: Saving
}

export function stateOf(draft: ReportDraft): EditorState {
  const { text, identity, tlp, tokens, saving } = draft
  return {
    text,
    identity,
    tlp,
    tokens,
    saving,
    history: { now: new Map(draft.decisions), past: [] },
    files: draft.files.map(asLive),
    // a request that an older version wrote otherwise is written anew rather than read wrongly
    requests: draft.requests.flatMap((it) => {
      const known = RequestDraft.safeParse(it)
      return known.success ? [known.data] : []
    }),
  }
}

function asLive(file: DraftFile): LiveFile {
  return {
    ...file,
    status: 'done',
    sent: 0,
    total: 0,
    startedAt: 0,
    error: null,
    problems: [],
    reading: null,
  }
}

/** What is kept of it: files that have not arrived are not, as their bytes would be gone with the window. */
export function draftOf(state: EditorState, now: Date, version = ''): ReportDraft {
  const { text, identity, tlp, saving } = state
  return {
    v: 1,
    text,
    identity,
    tlp,
    saving,
    tokens: Object.fromEntries(Object.entries(state.tokens).map(([key, tokens]) => [key, [...tokens]])),
    decisions: [...state.history.now].map(([key, decision]) => [key, decision]),
    files: state.files.flatMap(asKept),
    requests: state.requests.map((it) => ({ ...it })),
    savedAt: now.toISOString(),
    version,
  }
}

function asKept({ id, name, type, size, sealedId, facts, payments, note, safety }: LiveFile): DraftFile[] {
  if (sealedId === null) return []
  return [
    {
      id,
      name,
      type,
      size,
      sealedId,
      note,
      safety,
      facts: [...facts],
      payments: [...payments],
    },
  ]
}

/** Facts of files, beside those of the box. */
export function fileSources(files: readonly LiveFile[]): ReadSource[] {
  return files.filter(({ facts }) => facts.length > 0).map(({ id, facts }) => ({ source: id, facts }))
}
