import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Identity } from '../reports/draft.ts'
import type { Entry } from '../reports/entries.ts'
import type { BriefingPayload, KeptFile } from '../reports/payload.ts'
import { jsonBytes, readersOf, sealedAttempt } from '../reports/put-sealed.ts'
import { nameOf } from '../reports/saving.ts'
import { api } from '../web/api.ts'
import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { freezeNew, type RequestDraft, withFactIds } from './request-draft.ts'
import type { RequestWhole } from './shapes.ts'

/** A file of the report, under the id by which a request ticks it. */
export interface SendableFile extends KeptFile {
  readonly id: string
}

export interface Sending {
  readonly reportId: string
  readonly orgId: string
  readonly carried: readonly Entry[]
  readonly tokens: readonly string[]
  readonly identity: Identity
  readonly text: string
  readonly files: readonly SendableFile[]
  /** The sender's own key; needed only to pass on the keys of ticked files. */
  readonly key: CryptoKey | null
  /** Writes down how far it is, before the next step. */
  readonly keep: (draft: RequestDraft) => unknown
}

/**
 * Sends a request in steps that may be taken again: ids stay, a briefing that has arrived is used again, and a request
 * that is there already is not sent a second time.
 */
export async function sendRequest(before: RequestDraft, it: Sending): Promise<RequestWhole> {
  let draft = withFactIds(before, it.carried)
  await it.keep(draft)
  const briefing = briefingOf(draft, it)
  if (briefing) {
    const of = await nameOf([briefing, draft.toOrg])
    if (draft.sealedBriefing?.of !== of) {
      await shareFiles(briefing.files, draft.toOrg, it.key)
      const content = async () => jsonBytes(briefing)
      const orgIds = [draft.toOrg, it.orgId]
      draft = {
        ...draft,
        sealedBriefing: { id: await sealedAttempt({ kind: 'briefing', content, orgIds }).run(), of },
      }
      await it.keep(draft)
    }
  }
  const { reportId, carried, tokens } = it
  if (draft.basis === 'consent') await keepConsent(reportId, draft.basisWords.trim())
  const briefingId = briefing ? (draft.sealedBriefing?.id ?? null) : null
  const sent = await post(freezeNew(draft, { reportId, facts: carried, tokens, briefingId }))
  await it.keep({ ...draft, sent: true })
  await showAnswer(queries.request(sent.id).queryKey, sent)
  void queryClient.invalidateQueries({ queryKey: ['requests'] })
  void queryClient.invalidateQueries({ queryKey: ['report', reportId] })
  return sent
}

/** What rests on the person's consent needs that consent recorded, so that they can withdraw it. */
async function keepConsent(reportId: string, how: string): Promise<void> {
  const { consents } = await api.consents(reportId)
  if (consents.some(({ use, live }) => use === 'protect_money' && live)) return
  const consent = { id: newId(), use: 'protect_money', givenBy: 'person', how, expiresAt: null } as const
  await api.consentNew(reportId, consent, newId())
}

async function post(request: ReturnType<typeof freezeNew>): Promise<RequestWhole> {
  try {
    return await api.requestNew(request, newId())
  } catch (error) {
    // an earlier try may have arrived although its answer did not
    if (!(error instanceof HouseError) || error.code !== 'conflict') throw error
    return await api.request(request.id).catch(() => {
      throw error
    })
  }
}

/** What is sealed to the recipient: only what was ticked; null when nothing was. */
export function briefingOf(
  draft: RequestDraft,
  it: Pick<Sending, 'identity' | 'text' | 'files'>,
): BriefingPayload | null {
  const { identity, text, files } = draft.briefing
  const chosen = it.files.filter(({ id }) => files.includes(id))
  if (!identity && !text && chosen.length === 0) return null
  return {
    v: 1,
    identity: identity ? it.identity : { name: '', contact: '', notes: '' },
    ...(text ? { text: it.text } : {}),
    files: chosen.map(({ sealedId, name, type, size }) => ({ sealedId, name, type, size })),
  }
}

/** Passes the keys of ticked files on to the recipient's people; each is an act that the audit log records. */
async function shareFiles(files: readonly KeptFile[], toOrg: string, key: CryptoKey | null): Promise<void> {
  if (files.length === 0) return
  if (key === null)
    throw new HouseError('forbidden', 'your key is locked here: unlock it, or send without the files')
  const readers = await readersOf([toOrg])
  for (const { sealedId } of files) {
    const { wrapped } = await api.sealedOpen(sealedId, newId())
    const wraps = await seal('share', { wrapped, key, readers })
    await api.sealedShare(sealedId, { wraps: [...wraps] }, newId())
  }
}
