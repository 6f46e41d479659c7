import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { queries, queryClient } from '../web/queries.ts'
import type { SealedToSend } from '../web/seal-words.ts'
import { seal } from '../web/sealer.ts'
import { sendContent, type UploadWatch } from './upload.ts'

export interface Attempt {
  /** Seals, announces and sends; answers the record's id. May be called again after a failure: nothing is done twice. */
  readonly run: (watch?: AttemptWatch) => Promise<string>
}

export interface AttemptWatch extends UploadWatch {
  /** Sealed: so many bytes will leave. */
  readonly onSealed?: (bytes: number) => void
}

interface AttemptOptions {
  readonly kind: 'report' | 'evidence' | 'briefing'
  readonly content: () => Promise<Uint8Array<ArrayBuffer>>
  /** Everybody of these organisations who holds a key can open it. */
  readonly orgIds: readonly string[]
}

/** One sealed record on its way to the server. Its ciphertext is kept until it has arrived in full. */
export function sealedAttempt({ kind, content, orgIds }: AttemptOptions): Attempt {
  const id = newId()
  const key = newId()
  let sealed: SealedToSend | null = null
  let announced = false
  return {
    async run(watch = {}) {
      sealed ??= await seal('record', { plain: await content(), readers: await readersOf(orgIds) })
      watch.signal?.throwIfAborted()
      const { ciphertext, recipient, wraps } = sealed
      watch.onSealed?.(ciphertext.length)
      if (!announced) await api.sealedNew({ id, kind, recipient, wraps: [...wraps] }, key)
      announced = true
      await sendContent(id, ciphertext, watch)
      return id
    },
  }
}

/** Key holders of several organisations; each person once. */
export async function readersOf(orgIds: readonly string[]) {
  const lists = await Promise.all(
    [...new Set(orgIds)].map((orgId) =>
      queryClient.fetchQuery({ ...queries.keyHolders(orgId), staleTime: 0 }),
    ),
  )
  return [...new Map(lists.flatMap(({ holders }) => holders.map((it) => [it.memberId, it]))).values()]
}

export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(JSON.stringify(value)))
}
