import { api } from '../web/api.ts'
import { seal } from '../web/sealer.ts'
import { draftBytes, type ReportDraft, sealedIn } from './draft.ts'

interface DraftToPut {
  /** Its `version` is the name under which it is kept. */
  readonly draft: ReportDraft
  /** The version it was written from; '' for a new one. */
  readonly after: string
  /** The author's own key, to which it is sealed. */
  readonly recipient: string
}

/** Throws `conflict` when another version came between, `not_found` when the draft has gone since. */
export async function putDraft(id: string, { draft, after, recipient }: DraftToPut): Promise<void> {
  const plain = new Uint8Array(draftBytes(draft))
  const octets = await seal('draft', { plain, recipient })
  await api.draftPut(id, octets, { after, as: draft.version, holds: sealedIn(draft) })
}
