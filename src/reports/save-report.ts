import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Message } from '../extract/reading.ts'
import { api } from '../web/api.ts'
import { queryClient } from '../web/queries.ts'
import type { EditorState } from './editor-state.ts'
import type { Entry } from './entries.ts'
import { keptFact, keptFile, type ReportPayload } from './payload.ts'
import { jsonBytes, sealedAttempt } from './put-sealed.ts'
import { nameOf, saveReport } from './saving.ts'
import { askedAs, matchableOf } from './use-matches.ts'

interface ToSave {
  readonly state: EditorState
  readonly entries: readonly Entry[]
  readonly language: string
  readonly messages: readonly Message[] | null
  readonly me: Me
  /** Writes down how far it is, and keeps the draft before the next step. */
  readonly keep: (saving: EditorState['saving']) => Promise<unknown>
}

/** The sealed part of a report as it stands. */
export function payloadOf({
  state,
  entries,
  language,
  messages,
}: Omit<ToSave, 'me' | 'keep'>): Omit<ReportPayload, 'savedAt'> {
  return {
    v: 1,
    text: state.text,
    language,
    identity: state.identity,
    facts: entries.map(keptFact),
    messages,
    files: filesOf(state).map(keptFile),
  }
}

/** Files that have arrived; the others would not be in the report. */
export function filesOf({ files }: EditorState) {
  return files.flatMap((file) => (file.sealedId === null ? [] : [{ ...file, sealedId: file.sealedId }]))
}

/** Tokens of what is confirmed now: a fact that was removed since takes its tokens with it. */
export function tokensOf(state: EditorState, entries: readonly Entry[]) {
  const all = matchableOf(entries).flatMap((entry) => state.tokens[askedAs(entry)] ?? [])
  return [...new Map(all.map((it) => [it.token, it])).values()]
}

/** Seals the report in this browser, sends it, and files its frame. May be called again after any failure. */
export async function sealAndSave(it: ToSave): Promise<string> {
  const { state, entries, me, keep } = it
  const going = state.files.find(({ status }) => status !== 'done')
  if (going)
    throw new HouseError('conflict', `${going.name} is not sealed and sent yet: wait for it, or take it out`)
  const payload = payloadOf(it)
  const savedAt = new Date().toISOString()
  const { reportId } = await saveReport(state.saving, await nameOf([payload, state.tlp]), {
    seal: () =>
      sealedAttempt({
        kind: 'report',
        content: async () => jsonBytes({ ...payload, savedAt } satisfies ReportPayload),
        orgIds: [me.org.id],
      }).run(),
    isThere,
    file: ({ reportId, sealedId }) =>
      api.reportNew(
        {
          id: reportId,
          tlp: state.tlp,
          sealedId,
          evidence: filesOf(state).map((file) => file.sealedId),
          tokens: tokensOf(state, entries).slice(0, 500),
          draftId: null, // the draft goes when the requests that belong to it have gone, too
        },
        newId(),
      ),
    keep,
  })
  void queryClient.invalidateQueries({ queryKey: ['reports'] })
  return reportId
}

async function isThere(reportId: string): Promise<boolean> {
  try {
    await api.report(reportId)
    return true
  } catch (error) {
    if (error instanceof HouseError && error.code === 'not_found') return false
    throw error
  }
}
