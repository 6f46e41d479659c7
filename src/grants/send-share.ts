import { newId } from '../core/ids.ts'
import type { Basis, Marking, Use } from '../core/marking.ts'
import { vouchedReaders } from '../reports/put-sealed.ts'
import { api } from '../web/api.ts'
import { queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import type { ShareWhole } from './shapes.ts'
import { openTo, type Target } from './share-plan.ts'

export interface ShareDraft {
  readonly targets: readonly Target[]
  readonly use: Use
  readonly basisKind: Basis
  readonly basis: string
  readonly reveal: boolean
  /** ISO 8601. */
  readonly expiresAt: string
  /** Sealed records to pass the keys of. */
  readonly content: readonly string[]
}

interface Sending {
  readonly itemKind: 'report' | 'request'
  readonly itemId: string
  readonly marking: Pick<Marking, 'tlp' | 'handling' | 'possibleVictim'>
  /** The sender's own key; needed only for content. */
  readonly key: CryptoKey | null
}

type Body = Parameters<typeof api.shareNew>[0]

/** What was made ready under an idempotency key: trying again sends the very same. */
let ready: { readonly key: string; readonly body: Body } | null = null

/** Seals the keys of the content to everybody who may open it, in this browser, and shares in one act. */
export async function sendShare(draft: ShareDraft, it: Sending, key: string): Promise<ShareWhole> {
  if (ready?.key !== key) ready = { key, body: await bodyOf(draft, it) }
  const share = await api.shareNew(ready.body, key)
  ready = null
  void queryClient.invalidateQueries({ queryKey: ['shares'] })
  return share
}

async function bodyOf(draft: ShareDraft, it: Sending): Promise<Body> {
  return {
    id: newId(),
    itemKind: it.itemKind,
    itemId: it.itemId,
    to: draft.targets.map((target) => ({ id: newId(), [target.as]: target.id })),
    purpose: draft.use,
    basisKind: draft.basisKind,
    basis: draft.basis,
    reveal: draft.reveal,
    expiresAt: draft.expiresAt,
    wraps: it.key === null ? [] : await wrapsOf(draft, it, it.key),
  }
}

async function wrapsOf(draft: ShareDraft, it: Sending, key: CryptoKey): Promise<Body['wraps']> {
  const people = draft.targets.flatMap((target) => openTo(it.marking, target, draft.use))
  if (people.length === 0 || draft.content.length === 0) return []
  const readers = await vouchedReaders(people)
  const wraps = []
  for (const sealedId of draft.content) {
    const { wrapped } = await api.sealedOpen(sealedId, newId())
    const made = await seal('share', {
      wrapped,
      key,
      readers,
    })
    wraps.push(...made.map((wrap) => ({ ...wrap, sealedId })))
  }
  return wraps
}
